"""Records that live in memory: every step is checked, journaled, settled and told as a real one is, without a database.

The same pure functions do the work as in ``records.stepping``, ``obligations.settling`` and ``obligations.ladder``;
a test takes the same steps in both ways and compares every row and every hash.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

from django.db.models import Model

from huiyin.channels.demo.owed import MemoryLedger
from huiyin.journal.chain import Happening, Reading, digest_of, instance, make_entry, read, refer
from huiyin.journal.models import Entry
from huiyin.kernel.steptable import Transition
from huiyin.obligations import ladder
from huiyin.obligations.models import Obligation
from huiyin.obligations.owners import Owner, Staff, resolve
from huiyin.obligations.settling import settle
from huiyin.people.models import Department, Person
from huiyin.procedure import vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part
from huiyin.records.steps.conditions import Situation
from huiyin.records.steps.transitions import (
    StepRun,
    check_required,
    check_supplied,
    checked,
    fill,
    happening,
    move,
    shown_changes,
)

PartT = TypeVar("PartT", bound=Part)


ModelT = TypeVar("ModelT", bound=Model)


def blank(model: type[ModelT], pk: int) -> ModelT:
    """A row of ``model`` with this id and otherwise its defaults, made quickly."""
    fixed, made = _defaults(model)
    return instance(model, {**fixed, **{name: default() for name, default in made}, "id": pk})


@cache
def _defaults(model: type[Model]) -> tuple[dict[str, Any], list[tuple[str, Callable[[], Any]]]]:
    """The defaults of a model's columns: those that are always the same value, and those made anew for each row."""
    columns = model._meta.concrete_fields
    made = [(c.attname, c.get_default) for c in columns if callable(c.default) and c.has_default()]
    return {c.attname: c.get_default() for c in columns}, made


class KnownStaff(Staff):
    """Departments and people read once for the whole run."""

    def __init__(self, departments: Sequence[Department], people: Sequence[Person]) -> None:
        self.__dict__["departments"] = list(departments)  # where Staff keeps what it has read
        self.people = sorted(people, key=lambda person: (person.name, person.pk))
        self._by_id = {department.id: department for department in departments}
        self._of: dict[tuple[int | None, int | None, bool], list[Person]] = {}
        self._with: dict[str, Department | None] = {}

    def with_function(self, function: str) -> Department | None:
        """The first active department that holds ``function``."""
        if function not in self._with:
            self._with[function] = super().with_function(function)
        return self._with[function]

    def by_id(self, pk: int | None) -> Department | None:
        """The active department with this id."""
        return self._by_id.get(pk) if pk is not None else None

    def people_of(self, owner: Owner) -> list[Person]:
        """The people an owner stands for; a department without a head falls back to all its people."""
        department = owner.department.id if owner.department else None
        key = (department, owner.person_id, owner.heads_only)
        if key not in self._of:
            self._of[key] = self._find(*key)
        return self._of[key]

    def _find(self, department: int | None, person: int | None, heads_only: bool) -> list[Person]:
        if person is not None:
            return [p for p in self.people if p.pk == person]
        staff = [p for p in self.people if department is not None and p.department_id == department]
        heads = [p for p in staff if p.is_head]
        return heads if heads_only and heads else staff


class Ids:
    """Primary keys for rows not yet inserted, taken from a block of its own for each model."""

    def __init__(self, blocks: Mapping[type[Model], tuple[int, int]]) -> None:
        """``blocks``: the first id and how many there are."""
        self._next = {model: first for model, (first, _) in blocks.items()}
        self._end = {model: first + count for model, (first, count) in blocks.items()}

    def take(self, model: type[Model]) -> int:
        """The next id of ``model``; raises LookupError when its block is used up."""
        pk = self._next[model]
        if pk >= self._end[model]:
            raise LookupError(f"more rows of {model.__name__} than were reserved")
        self._next[model] = pk + 1
        return pk


@dataclass(frozen=True, slots=True)
class Desk:
    """What all records of a run share: the procedure they run under and the people who work by it."""

    procedure: Procedure
    version: int
    staff: KnownStaff


@dataclass(frozen=True, slots=True)
class Told:
    """People who were told of an entry."""

    people: tuple[int, ...]
    entry: Entry
    urgent: bool = False


class Memo(dict[str, Any]):
    """What guards ask the database for, answered from memory; a question nobody foresaw is an error."""

    def __init__(self, record: Live, part: Any) -> None:
        super().__init__()
        self.record, self.part = record, part

    def __contains__(self, name: object) -> bool:
        return True

    def __missing__(self, name: str) -> Any:
        return self.record.known(name, self.part)


@dataclass(slots=True)
class Live:
    """One record with everything that hangs on it; ``record`` is a model instance that is never saved."""

    desk: Desk
    ids: Ids
    record: Any
    entries: list[Entry] = field(default_factory=list)
    parts: dict[str, Any] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    listens_from: datetime | None = None  # of entries before nobody wants to know who was told
    owed: MemoryLedger = field(init=False)
    _entered: dict[str, Reading] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owed = MemoryLedger(self)

    # ---- rows

    def new(self, model: type[PartT], **values: Any) -> PartT:
        """A new part with an id of its own."""
        row = blank(model, self.ids.take(model))
        for name, value in values.items():
            if isinstance(value, Model):
                refer(row, name, value)
            else:
                row.__dict__[name] = value
        self.parts[row.part_key] = row
        return row

    def drop(self, row: Part) -> None:
        """The part is deleted."""
        del self.parts[row.part_key]

    def of(self, model: type[PartT]) -> list[PartT]:
        """The parts of one model, oldest first."""
        return [row for row in self.parts.values() if row.__class__ is model]

    def known(self, name: str, part: Any) -> Any:
        """The answer to what a guard asks the database under ``name``."""
        raise LookupError(f"a guard asks for {name!r}")

    # ---- steps

    @contextmanager
    def step(
        self,
        verb: str,
        *,
        actor: Person,
        at: datetime,
        part: Any = None,
        values: Mapping[str, Any] | None = None,
    ) -> Iterator[StepRun]:
        """Take ``verb`` on the record or on one of its parts; raises Refused. Reminders due before are given first."""
        self.remind(until=at)
        record, procedure = self.record, self.desk.procedure
        subject: Any = part if part is not None else record
        kind = subject.part_kind if part is not None else record.kind
        transition = checked(self.situation(part, actor, at), kind, subject, verb)
        opening = not self.entries
        if opening:
            self._open(transition, actor, at)
        key = part.part_key if part is not None else ""
        stored = self._entered.get(key)
        taken = StepRun(record, part, actor, at, procedure, transition)
        fill(record, transition, values or {})
        yield taken
        check_required(taken, subject)
        check_supplied(self.situation(part, actor, at), transition, kind)
        if not opening:
            move(taken, kind, subject)
        digests: dict[str, str | None] = {key: self._digest(key, subject)}
        changes = shown_changes(stored.values, self._entered[key].values) if stored else {}
        self._enter(taken, digests, {**changes, **taken.changes})

    def situation(self, part: Any, actor: Person, at: datetime) -> Situation:
        """What guards may look at now."""
        return Situation(self.record, part, actor, at, self.desk.procedure, Memo(self, part))

    def note(self, event: str, *, actor: Person, at: datetime, parts: Sequence[Any] = (), **said: Any) -> Entry:
        """Enter something that changes no state."""
        self.remind(until=at)
        record = self.record
        entry = self._append(
            Happening(
                kind=record.kind,
                record_id=record.id,
                number=record.number,
                event=event,
                at=at,
                actor_id=actor.id,
                actor_name=actor.name,
                procedure_id=record.procedure_id,
                particulars=said,
                digests={part.part_key: self._digest(part.part_key, part) for part in parts},
            )
        )
        self._settle(entry, None, actor)
        return entry

    def remind(self, *, until: datetime) -> None:
        """Climb every rung that is reached by ``until``, each at its own moment or at once, as the worker's sweep does."""
        while (row := self.owed.next_to_remind(until)) is not None:
            assert row.next_alarm_at is not None
            at = max(row.next_alarm_at, self.entries[-1].at)
            people = self._climb(row, at)
            self.told.append(Told(tuple(p.id for p in people), self.entries[-1], row.due_at <= at))

    def _climb(self, row: Obligation, at: datetime) -> list[Person]:
        procedure = self.desk.procedure
        department = row.owner_department
        calendar = procedure.calendar_for(department.key if department else None)
        rung = ladder.climb(row, procedure.rule(row.rule), calendar, at=at)
        people = ladder.told_at(rung.to, row, self.desk.staff)
        self._append(ladder.happening(row, rung.to, people, number=self.record.number, at=at))
        return people

    # ---- inside

    def _open(self, transition: Transition, actor: Person, at: datetime) -> None:
        record = self.record
        record.opened_at, record.opened_by = at, actor
        record.state = transition.to or ""
        record.phase = self.desk.procedure.phase(record.kind, record.state)

    def _digest(self, key: str, row: Any) -> str:
        before = self._entered.get(key)
        now = self._entered[key] = read(row, before) if before else read(row)
        return digest_of(now.values, type(row))

    def _enter(self, run: StepRun, digests: dict[str, str | None], changes: dict[str, Any]) -> None:
        part, procedure = run.part, self.desk.procedure
        digests |= {key: self._digest(key, row) for key, row in run.touched_parts.items()}
        digests |= dict.fromkeys(run.removed_parts)
        event = vocabulary.VERBS[run.verb].event
        happened = happening(run, event, run.about if part is None else part, run.payload)
        clause = procedure.step_clause(run.verb)
        run.entry = self._append(Happening(**happened, clause=clause, changes=changes, digests=digests))
        self._settle(run.entry, part, run.actor)
        self._tell(run, run.entry, procedure.step_recipients(run.verb), part, also=run.recipients)
        for name, row, said in run.further_events:
            further = self._append(
                Happening(
                    **happening(run, name, row, said),
                    clause=procedure.event_clause(name),
                    digests={row.part_key: self._digest(row.part_key, row)},
                )
            )
            self._settle(further, row, run.actor)
            self._tell(run, further, procedure.event_recipients(name), row)

    def _append(self, happened: Happening) -> Entry:
        previous = self.entries[-1].hash if self.entries else ""
        entry = make_entry(happened, sequence=len(self.entries) + 1, previous=previous)
        self.entries.append(entry)
        return entry

    def _settle(self, entry: Entry, part: Any, actor: Person | None) -> None:
        desk = self.desk
        settle(
            entry,
            self.record,
            part,
            procedure=desk.procedure,
            actor=actor,
            staff=desk.staff,
            ledger=self.owed,
        )

    def _tell(
        self, run: StepRun, entry: Entry, selectors: Sequence[str], part: Any, *, also: Sequence[Person] = ()
    ) -> None:
        if self.listens_from is not None and entry.at < self.listens_from:
            return
        staff = self.desk.staff
        people = dict.fromkeys(person.id for person in also)
        for selector in selectors:
            owner = resolve(selector, record=run.record, part=part, actor=run.actor, staff=staff)
            people |= dict.fromkeys([person.id for person in staff.people_of(owner)])
        if people:
            self.told.append(Told(tuple(people), entry))
