"""Making a batch of records in memory and turning them into rows; done here or in other processes, with the same outcome."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.db import connection, models

from huiyin.channels.demo import wording
from huiyin.channels.demo.chance import source
from huiyin.channels.demo.choices import Choices
from huiyin.channels.demo.facts import Case, again, case_of
from huiyin.channels.demo.lives import LiveContact, LiveCustomer
from huiyin.channels.demo.memory import Desk, Ids, KnownStaff, Live, blank
from huiyin.channels.demo.story import Story, Twin
from huiyin.channels.demo.verbs import LiveComplaint
from huiyin.channels.demo.world import PEOPLE, SHIPMENTS, World, delivered
from huiyin.channels.demo.writing import Row, table
from huiyin.complaints.models import Answer, Call, Complaint, Demand, Measure, Promise, Remedy, Task
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.obligations.models import Obligation, Pause
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.records.bulk import Many
from huiyin.records.files.files import Kept
from huiyin.records.models import Attachment
from huiyin.records.search import search

OF_COMPLAINT: Mapping[type[models.Model], int] = {
    Demand: 4,
    Task: 16,
    Measure: 80,
    Remedy: 6,
    Answer: 8,
    Call: 16,
    Promise: 8,
    Attachment: 8,
    Obligation: 160,
}
"""Most rows of a kind that hang on one complaint; their ids are that far apart."""
OBLIGATIONS = 8
"""Most obligations of one customer's file or contact."""
WITHOUT_IDS = (Entry, Pause)
"""Models whose rows get their ids from the database."""
BEFORE = 10
"""So many complaints back a second telling of the same matter may lie."""
TOLD_DAYS, UNREAD_DAYS = 30, 2
"""Notices are kept of records still open, so far back; those of the last days nobody has read yet."""


@dataclass(frozen=True, slots=True)
class Spec:
    """What a process must know to make batches of a run."""

    seed: int
    complaints: int
    version: int
    ends: datetime
    bases: dict[str, int]
    pictures: tuple[Kept, ...]


@dataclass(frozen=True, slots=True)
class Numbered:
    """A record to be made: its place in its own line, when, and the number it gets."""

    place: int
    at: datetime
    number: str


@dataclass(frozen=True, slots=True)
class Batch:
    """Records to be made together; ``before`` are complaints just before the first of these."""

    customers: tuple[Numbered, ...] = ()
    complaints: tuple[Numbered, ...] = ()
    before: tuple[Numbered, ...] = ()
    contacts: tuple[tuple[int, Numbered], ...] = ()  # each with the place of the complaint it belongs to or follows
    found: int = 0  # the first of the ids under which these records are found


@dataclass(frozen=True, slots=True)
class Bell:
    """A notice; its entry is known by its place in a chain until it has an id."""

    person: int
    kind: str
    record_id: int
    sequence: int
    number: str
    zh: str
    en: str
    urgent: bool
    at: datetime
    read_at: datetime | None


@dataclass(slots=True)
class Made:
    """A batch as rows, by model; the entries in the order in which they happened."""

    rows: dict[type[models.Model], list[Row]] = field(default_factory=dict)
    index: list[Many] = field(default_factory=list)
    bells: list[Bell] = field(default_factory=list)
    complaints: int = 0


class Maker:
    """Makes the batches of one run."""

    def __init__(self, spec: Spec) -> None:
        procedure = versions.procedure_of(spec.version)
        departments = list(Department.objects.filter(active=True))
        people = list(Person.objects.select_related("department").filter(is_active=True))
        self.desk = Desk(procedure, spec.version, KnownStaff(departments, people))
        self.choices = Choices(self.desk)
        self.spec = spec
        self.world = World(spec.seed, spec.complaints, spec.version, spec.ends, self.choices.calendar, spec.bases)
        self.vendor = connection.vendor

    def make(self, batch: Batch) -> Made:
        """Live every record of the batch up to the end of the run."""
        made = Made()
        entries: list[Entry] = []
        words: list[search.Words] = []
        for one in batch.customers:
            self._keep(made, entries, words, self._customer(one))
        numbers = {one.place: one for one in (*batch.before, *batch.complaints)}
        contacts = dict(batch.contacts)
        for one in batch.complaints:
            for live in self._complaint(one, numbers, contacts.get(one.place)):
                self._keep(made, entries, words, live)
        entries.sort(key=lambda entry: entry.at)
        words.sort(key=lambda each: each.at)
        made.index = search.fresh(words, batch.found)
        into = table(Entry, self.vendor, with_id=False)
        made.rows[Entry] = [into.row(entry) for entry in entries]
        made.complaints = len(batch.complaints)
        return made

    # ---- customers

    def _customer(self, one: Numbered) -> Live:
        world, spec = self.world, self.spec
        company = world.company(one.place)
        random = source(spec.seed, "file", one.place)
        record = Customer(pk=spec.bases["customer"] + one.place, number=one.number, procedure_id=spec.version)
        ids = Ids(
            {
                ContactPerson: (spec.bases["contact_person"] + one.place * PEOPLE, PEOPLE),
                Delivery: (spec.bases["delivery"] + one.place * SHIPMENTS, SHIPMENTS),
                Obligation: (spec.bases["customer_obligation"] + one.place * OBLIGATIONS, OBLIGATIONS),
            }
        )
        live = LiveCustomer(self.desk, ids, record)
        actor = self._who(live, "register", random)
        live.register(company.facts, company.people[0], actor=actor, at=one.at)
        for k, person in enumerate(company.people[1:]):
            live.add_contact_person(person, actor=actor, at=one.at + timedelta(seconds=40 * (k + 1)))
        changer = self._who(live, "change", random)
        latest = live.entries[-1].at
        for goods, entered in world.shipments_to(one.place):
            if entered < spec.ends:
                latest = max(latest, entered)
                live.record_delivery(delivered(goods), actor=changer, at=latest)
        record._prefetched_objects_cache = {"contact_people": Rows(live.of(ContactPerson))}  # type: ignore[attr-defined]
        return live

    def _who(self, live: Live, verb: str, random: Random) -> Person:
        person = self.choices.who(live, verb, random)
        if person is None:
            raise LookupError(f"nobody in this procedure may take {live.record.kind}.{verb}")
        return person

    # ---- complaints and contacts

    def _complaint(self, one: Numbered, numbers: Mapping[int, Numbered], contact: Numbered | None) -> Iterable[Live]:
        spec, random = self.spec, source(self.spec.seed, "story", one.place)
        twin = self._twin(one, numbers)
        case = self._case(one, twin)
        before = self._contact(contact, one, case) if contact else None
        if before is not None and before.record.state and before.record.became:
            case = replace(case, facts=replace(case.facts, source=before.record, received_at=before.record.happened_at))
        record = blank(Complaint, spec.bases["complaint"] + one.place)
        record.number, record.procedure_id = one.number, spec.version
        blocks = {model: (spec.bases[model.__name__] + one.place * most, most) for model, most in OF_COMPLAINT.items()}
        live = LiveComplaint(self.desk, Ids(blocks), record)
        live.listens_from = spec.ends - timedelta(days=TOLD_DAYS)
        known = Twin(spec.bases["complaint"] + twin.place, twin.number) if twin else None
        story = Story(live, case, self.choices, random, spec.ends, known)
        name = "证据照片.png" if case.language == "zh" else "evidence.png"
        story.evidence = tuple(replace(kept, name=name) for kept in spec.pictures[one.place % 3 :][:1])
        story.run(one.at, self._photographs(one, case))
        return [live] if before is None else [before, live]

    def _twin(self, one: Numbered, numbers: Mapping[int, Numbered]) -> Numbered | None:
        """The complaint this one repeats, for about one in thirty: one not long before that will stand."""
        random = source(self.spec.seed, "twin", one.place)
        if random.random() > 0.035:
            return None
        place = one.place - random.randrange(1, BEFORE)
        stands = source(self.spec.seed, "story", place).random() > 0.06
        itself = source(self.spec.seed, "twin", place).random() <= 0.035
        return numbers.get(place) if stands and not itself else None

    def _case(self, one: Numbered, twin: Numbered | None) -> Case:
        if twin is None:
            return case_of(self.world, self.choices, one.place, one.at)
        first = case_of(self.world, self.choices, twin.place, twin.at)
        return again(first, one.at, self.choices, source(self.spec.seed, "again", one.place))

    def _photographs(self, one: Numbered, case: Case) -> tuple[Kept, ...]:
        random = source(self.spec.seed, "photographs", one.place)
        if not self.spec.pictures or random.random() > 0.14:
            return ()
        name = "现场照片 {k}.png" if case.language == "zh" else "site photo {k}.png"
        chosen = random.sample(self.spec.pictures, random.choice((1, 1, 2)))
        return tuple(replace(kept, name=name.format(k=k + 1)) for k, kept in enumerate(chosen))

    def _contact(self, contact: Numbered, complaint: Numbered, case: Case) -> Live:
        """A contact that becomes the complaint, or one of another customer that comes to nothing more."""
        spec, random = self.spec, source(self.spec.seed, "contact", contact.place)
        record = blank(Contact, spec.bases["contact"] + contact.place)
        record.number, record.procedure_id = contact.number, spec.version
        first = spec.bases["contact_obligation"] + contact.place * OBLIGATIONS
        live = LiveContact(self.desk, Ids({Obligation: (first, OBLIGATIONS)}), record)
        live.listens_from = spec.ends - timedelta(days=TOLD_DAYS)
        actor = self._who(live, "register", random)
        heard = self.choices.calendar.after_work(contact.at, -random.randrange(1, 9))
        if random.random() < 0.45 and self._converts():
            facts = _told(case, heard)
            live.register(facts, actor=actor, at=contact.at)
            live.convert("complaint", complaint.number, actor=actor, at=complaint.at)
        else:
            filed_as, topic, analysis = random.choice(wording.TOPICS)
            live.register(self._idle(contact, random, topic, heard), actor=actor, at=contact.at)
            at = self.choices.moment(live, "contact.filed", random, contact.at)
            if at < spec.ends and (by := self.choices.who(live, "file", random)) is not None:
                live.file(filed_as, wording.show(analysis, "zh"), actor=by, at=at)
        live.remind(until=spec.ends - timedelta(seconds=1))
        return live

    def _converts(self) -> bool:
        return self.desk.procedure.step_table("contact").transition("registered", "convert") is not None

    def _idle(self, contact: Numbered, random: Random, topic: Any, heard: datetime) -> ContactFacts:
        world = self.world
        place = world.customer_of(random, contact.at)
        goods = world.shipments_to(place)[0][0]
        language = world.company(place).language
        text = wording.show(topic, language, model=goods.model)
        person = world.contact_person(place, 0)
        channel = self.choices.option("channel", random.choice(("telephone", "wechat", "email")), "telephone", "email")
        return ContactFacts(
            channel=channel,
            happened_at=heard,
            stage=self.choices.option("stage", "pre-sale", "in-sale"),
            customer=world.customer(place),
            contact_person=person,
            party_name=person.name,
            party_phone=person.best_telephone,
            party_email=person.email,
            topic=text[:60],
            text=text,
        )

    # ---- rows

    def _keep(self, made: Made, entries: list[Entry], words: list[search.Words], live: Live) -> None:
        """Put everything a record left behind among the rows."""
        record = live.record
        entries += live.entries
        for row in (record, *live.parts.values(), *live.owed.rows):
            made.rows.setdefault(row.__class__, []).append(table(row.__class__, self.vendor).row(row))
        pauses = live.owed.pauses()
        if pauses:
            into = table(Pause, self.vendor, with_id=False)
            made.rows.setdefault(Pause, []).extend(into.row(pause) for pause in pauses)
        words.append(search.words_under(record, at=record.opened_at))
        if record.closed_at is None and record.kind != "customer":
            made.bells += self._bells(live)

    def _bells(self, live: Live) -> list[Bell]:
        ends = self.spec.ends
        found = []
        for told in live.told:
            entry = told.entry
            if entry.at < ends - timedelta(days=TOLD_DAYS):
                continue
            read_at = entry.at + timedelta(hours=3) if entry.at < ends - timedelta(days=UNREAD_DAYS) else None
            zh, en = sentence(entry, "zh")[:300], sentence(entry, "en")[:300]
            found += [
                Bell(
                    person,
                    entry.kind,
                    entry.record_id,
                    entry.sequence,
                    entry.number,
                    zh,
                    en,
                    told.urgent,
                    entry.at,
                    read_at,
                )
                for person in sorted(set(told.people) - {entry.actor_id})
            ]
        return found


class Rows(list[Any]):
    """Rows at hand where a related manager's ``all()`` is asked for them."""

    def all(self) -> Sequence[Any]:
        """Themselves."""
        return self


def _told(case: Case, heard: datetime) -> ContactFacts:
    """The complaint as it was first told."""
    facts = case.facts
    person = facts.contact_person
    return ContactFacts(
        channel=facts.channel,
        happened_at=heard,
        stage=facts.stage,
        customer=facts.customer,
        contact_person=person,
        party_name=case.who,
        party_phone=facts.caller_phone,
        party_email=person.email if person else "",
        text=facts.problem,
    )
