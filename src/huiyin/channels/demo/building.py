"""Building the demonstration company: the people and what is reserved first, then batch after batch, each one transaction."""

from __future__ import annotations

import multiprocessing
import os
import pickle
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import connection, models, transaction
from django.db.models import F

from huiyin.channels.demo import making, people, pictures, worker
from huiyin.channels.demo.chance import source
from huiyin.channels.demo.making import OBLIGATIONS, OF_COMPLAINT, Batch, Bell, Made, Maker, Numbered, Spec
from huiyin.channels.demo.past import LIVED, Past
from huiyin.channels.demo.world import PEOPLE, SHIPMENTS, World
from huiyin.channels.demo.writing import reserve, table, write
from huiyin.complaints.models import Complaint
from huiyin.contacts.models import Contact
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.journal.models import Entry
from huiyin.journal.protection import hold_seal_off
from huiyin.obligations.models import Notice, Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records import bulk
from huiyin.records.models import SearchText
from huiyin.records.search import search
from huiyin.records.steps.numbers import take

BATCH = 500
"""Records made and written together; others can write between two batches."""
MANY = 5000
"""From so many complaints on, batches are made in other processes."""
AHEAD = 2
"""Batches that each other process may be ahead of the writing."""

Tell = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be built: how many complaints, from which seed, up to the day of ``at``; at most ``most_lived`` step by step."""

    complaints: int
    seed: int
    at: datetime
    version: int
    most_lived: int = LIVED

    @property
    def lived(self) -> int:
        """Those of the complaints that are lived step by step under the procedure."""
        return min(self.complaints, self.most_lived)

    @property
    def before(self) -> int:
        """Those that were over before it and stand on old registers."""
        return self.complaints - self.lived


def build(wanted: Wanted, *, tell: Tell = lambda done, of: None, processes: int | None = None) -> int:
    """Build the company; ``tell`` hears how many complaints of how many are done; returns how many in the end."""
    if processes is None:
        processes = min(os.cpu_count() or 1, 4) if wanted.complaints >= MANY else 0
    done = 0
    for stage in _stages(wanted, processes):
        for complaints in stage:
            done += complaints
            tell(done, wanted.complaints)
    if wanted.complaints >= MANY:
        search.tidy()
        bulk.let_planner_look()
    return done


def _stages(wanted: Wanted, processes: int) -> Iterator[Iterable[int]]:
    """What is made one after the other: all at once, or the customers' files, the old registers, then all that is lived.

    Each gives how many complaints every piece of it brought.
    """
    procedure = versions.procedure_of(wanted.version)
    spec = _spec(wanted, procedure, pictures.keep_all())
    with transaction.atomic():
        people.seat(list(Department.objects.filter(active=True)), at=_begins(wanted, procedure))
        spec, batches = _files(spec, procedure)
    if wanted.before:
        yield _written(spec, batches, processes)
        past = Past(Maker(spec), [one for batch in batches for one in batch.customers])
        yield past.carry_over(wanted.before)
        batches = []
    with transaction.atomic():
        spec, more = _complaints(spec, procedure)
    yield _written(spec, [*batches, *more], processes)


def _written(spec: Spec, batches: list[Batch], processes: int) -> Iterator[int]:
    with _made(spec, batches, processes) as every:
        for made in every:
            _write(made)
            yield made.complaints


def _spec(wanted: Wanted, procedure: Procedure, kept: Iterable[pictures.Kept]) -> Spec:
    """The run before anything is reserved for it."""
    ends = _world(wanted, procedure).ends
    return Spec(wanted.seed, wanted.lived, wanted.version, ends, {}, tuple(kept))


def _begins(wanted: Wanted, procedure: Procedure) -> datetime:
    return _world(wanted, procedure).begins - timedelta(days=1)


def begins(at: datetime, procedure: Procedure) -> datetime:
    """When the company of a demonstration made at ``at`` takes up its procedure."""
    return _begins(Wanted(1, 1, at, 0), procedure)


def _world(wanted: Wanted, procedure: Procedure) -> World:
    calendar = procedure.calendar_for(None)
    ends = World.until(wanted.at, calendar)
    return World(wanted.seed, wanted.lived, wanted.version, ends, calendar, {})


def _world_of(spec: Spec, procedure: Procedure) -> World:
    calendar = procedure.calendar_for(None)
    return World(spec.seed, spec.complaints, spec.version, spec.ends, calendar, spec.bases)


# ---- what is reserved


def _files(spec: Spec, procedure: Procedure) -> tuple[Spec, list[Batch]]:
    """Reserve ids and numbers for the customers' files, and divide them into batches."""
    world = _world_of(spec, procedure)
    first = reserve(
        {
            Customer: world.customers,
            ContactPerson: world.customers * PEOPLE,
            Delivery: world.customers * SHIPMENTS,
            Obligation: world.customers * OBLIGATIONS,
            SearchText: world.customers,
        }
    )
    bases = {
        "customer": first[Customer],
        "contact_person": first[ContactPerson],
        "delivery": first[Delivery],
        "customer_obligation": first[Obligation],
    }
    customers = _numbered("customer", [world.filed_at(place) for place in range(world.customers)], procedure)
    batches = list(_found_under(_of_customers(customers), first[SearchText]))
    return replace(spec, bases=bases), batches


def _complaints(spec: Spec, procedure: Procedure) -> tuple[Spec, list[Batch]]:
    """Reserve ids and numbers for contacts and complaints, and divide them into batches."""
    world = _world_of(spec, procedure)
    counts: dict[type[models.Model], int] = {
        Contact: world.contacts,
        Complaint: world.complaints,
        SearchText: world.contacts + world.complaints,
    } | {model: world.complaints * most for model, most in OF_COMPLAINT.items()}
    counts[Obligation] += world.contacts * OBLIGATIONS
    first = reserve(counts)
    bases = {**spec.bases, **{model.__name__: first[model] for model in OF_COMPLAINT}}
    bases |= {"contact": first[Contact], "complaint": first[Complaint]}
    bases["contact_obligation"] = first[Obligation] + world.complaints * OF_COMPLAINT[Obligation]
    complaints = _numbered("complaint", world.arrivals, procedure)
    batches = _of_complaints(complaints, _contacts(world, procedure))
    return replace(spec, bases=bases), list(_found_under(batches, first[SearchText]))


def _found_under(batches: Iterable[Batch], first: int) -> Iterator[Batch]:
    """Each batch with the ids under which its records are found, later ones under higher ids."""
    for batch in batches:
        yield replace(batch, found=first)
        first += len(batch.customers) + len(batch.complaints) + len(batch.contacts)


def _numbered(series: str, moments: list[datetime], procedure: Procedure) -> list[Numbered]:
    """Numbers by the procedure's pattern in the order of the moments, reserved period by period."""
    pattern = procedure.numbering_for(series).compiled
    local = [at.astimezone(procedure.zone) for at in moments]
    periods = [pattern.period_key(day) for day in local]
    last = {period: take(series, period, count) - count for period, count in Counter(periods).items()}
    found = []
    for place, (at, day, period) in enumerate(zip(moments, local, periods, strict=True)):
        last[period] += 1
        found.append(Numbered(place, at, pattern.render(last[period], day)))
    return found


def _contacts(world: World, procedure: Procedure) -> list[tuple[int, Numbered]]:
    """Contacts come shortly before every third complaint; each with the place of that complaint."""
    drawn = []
    for k in range(world.contacts):
        place = 3 * k + 1
        random = source(world.seed, "contact-time", k)
        at = world.calendar.after_work(world.arrivals[place], -random.randrange(2, 40))
        drawn.append((at.replace(second=random.randrange(60)), place))
    drawn = sorted((min(at, world.arrivals[place]), place) for at, place in drawn)
    numbered = _numbered("contact", [at for at, _ in drawn], procedure)
    return [(place, one) for (_, place), one in zip(drawn, numbered, strict=True)]


def _of_customers(customers: list[Numbered]) -> Iterator[Batch]:
    for start in range(0, len(customers), BATCH):
        yield Batch(customers=tuple(customers[start : start + BATCH]))


def _of_complaints(complaints: list[Numbered], contacts: list[tuple[int, Numbered]]) -> Iterator[Batch]:
    of = dict(contacts)
    for start in range(0, len(complaints), BATCH):
        chosen = tuple(complaints[start : start + BATCH])
        before = tuple(complaints[max(start - making.BEFORE, 0) : start])
        belonging = tuple((one.place, of[one.place]) for one in chosen if one.place in of)
        yield Batch(complaints=chosen, before=before, contacts=belonging)


# ---- making and writing


@contextmanager
def _made(spec: Spec, batches: list[Batch], processes: int) -> Iterator[Iterator[Made]]:
    """The batches made, in their order, here or in other processes that are never far ahead."""
    if processes < 1:
        maker = Maker(spec)
        yield (maker.make(batch) for batch in batches)
        return
    database = str(connection.settings_dict["NAME"])
    connection.close()  # PostgreSQL's pool and SQLite's file are opened anew by each process
    with ProcessPoolExecutor(
        processes,
        mp_context=multiprocessing.get_context("spawn"),
        initializer=worker.begin,
        initargs=(pickle.dumps(spec), database),
    ) as pool:
        yield _in_order(pool, batches, processes * AHEAD)


def _in_order(pool: ProcessPoolExecutor, batches: list[Batch], most: int) -> Iterator[Made]:
    waiting: deque[Future[bytes]] = deque()
    for batch in batches:
        waiting.append(pool.submit(worker.make, pickle.dumps(batch)))
        if len(waiting) > most:
            yield _unpacked(waiting.popleft())
    while waiting:
        yield _unpacked(waiting.popleft())


def _unpacked(future: Future[bytes]) -> Made:
    made: Made = pickle.loads(future.result())  # noqa: S301 - from our own child process
    return made


def _write(made: Made) -> None:
    """Insert a batch: records before their parts, entries before the notices of them."""
    with transaction.atomic():
        hold_seal_off()
        for model in sorted(made.rows, key=_order):
            write(table(model, connection.vendor, with_id=model not in _WITHOUT_IDS), made.rows[model])
        bulk.run(made.index)
        if made.bells:
            _ring(made.bells)


_FIRST = (Customer, ContactPerson, Delivery, Contact, Complaint)
_WITHOUT_IDS = frozenset(making.WITHOUT_IDS)


def _order(model: type[models.Model]) -> int:
    return _FIRST.index(model) if model in _FIRST else len(_FIRST)


def _ring(bells: list[Bell]) -> None:
    """Put notices into people's bells, and count those they have not read."""
    ids: dict[tuple[str, int, int], int] = {}
    for kind in {bell.kind for bell in bells}:
        records = sorted({bell.record_id for bell in bells if bell.kind == kind})
        for start in range(0, len(records), 500):
            entries = Entry.objects.filter(kind=kind, record_id__in=records[start : start + 500])
            ids |= {(kind, r, s): pk for pk, r, s in entries.values_list("pk", "record_id", "sequence")}
    Notice.objects.bulk_create(
        [
            Notice(
                person_id=bell.person,
                kind=bell.kind,
                record_number=bell.number,
                text_zh=bell.zh,
                text_en=bell.en,
                entry_id=ids[bell.kind, bell.record_id, bell.sequence],
                urgent=bell.urgent,
                at=bell.at,
                read_at=bell.read_at,
            )
            for bell in sorted(bells, key=lambda bell: (bell.at, bell.person))
        ],
        batch_size=1000,
    )
    for person, count in Counter(bell.person for bell in bells if bell.read_at is None).items():
        Person.objects.filter(pk=person).update(unread_notices=F("unread_notices") + count)
