"""The half of a step that needs no database: what it collects, whether it may be taken, and what follows from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from huiyin.journal.chain import to_json_value
from huiyin.journal.models import Entry
from huiyin.kernel.steptable import PREVIOUS, Transition
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import vocabulary
from huiyin.procedure.conditions import told
from huiyin.procedure.generic_guards import field_of_guard
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Part, Record
from huiyin.records.steps.conditions import GuardContext, checked_after_form, current_state, step_refusals
from huiyin.records.steps.refusals import Refused


@dataclass(slots=True)
class StepRun:
    """A step being taken: collects what the journal is to say of it.

    ``about`` names the part a record's own step speaks of (the promise kept), so that only its obligation settles;
    ``speaker`` somebody from outside who has no account and acts all the same, where ``actor`` is nobody.
    """

    record: Record
    part: Any
    actor: Person | None
    at: datetime
    procedure: Procedure
    transition: Transition
    payload: dict[str, Any] = field(default_factory=dict)
    touched_parts: dict[str, Part] = field(default_factory=dict)
    removed_parts: list[str] = field(default_factory=list)
    further_events: list[tuple[str, Any, dict[str, Any], dict[str, Any]]] = field(default_factory=list)
    changes: dict[str, list[Any]] = field(default_factory=dict)
    about: Any = None
    recipients: list[Person] = field(default_factory=list)
    entry: Entry | None = None
    speaker: str = ""

    def add_payload(self, **values: Any) -> None:
        """Facts of this step that its sentence, its evidence and its obligations need."""
        self.payload.update(values)

    def touched(self, *parts: Part) -> None:
        """These parts were created or changed and saved in the body; their digests go into the entry."""
        for part in parts:
            self.touched_parts[part.part_key] = part

    def removed(self, *keys: str) -> None:
        """These parts (``kind:id``) were deleted in the body."""
        self.removed_parts.extend(keys)

    def event(self, name: str, part: Any, changes: Mapping[str, Any] | None = None, /, **particulars: Any) -> None:
        """A further event of the same step, on a part (``task.assigned`` for each task of ``complaint.assigned``),
        perhaps with what it changed of the part.
        """
        self.further_events.append((name, part, dict(changes or {}), particulars))

    def notify(self, *people: Person) -> None:
        """These people are told of the step beside those whom the procedure names."""
        self.recipients.extend(people)

    def change(self, name: str, before: Any, after: Any) -> None:
        """A change worth showing that is not a column of the record or part."""
        self.changes[name] = [to_json_value(before), to_json_value(after)]

    @property
    def verb(self) -> str:
        """The step's key, such as ``task.answer``."""
        kind = self.part.part_kind if self.part is not None else self.record.kind
        return f"{kind}.{self.transition.verb}"


def checked_transition(situation: GuardContext, kind: str, subject: Any, verb: str) -> Transition:
    """The transition that ``verb`` is now; raises Refused with every reason why it may not be taken."""
    reasons = step_refusals(situation, kind, verb)
    transition = situation.procedure.step_table(kind).transition(current_state(subject), verb)
    if reasons or transition is None:
        raise Refused(reasons)
    return transition


def check_after_form(situation: GuardContext, transition: Transition, kind: str) -> None:
    """Judge the guards that the step's own input had to satisfy; a refusal undoes the whole step."""
    guards = [g for g in transition.guards if g in checked_after_form(f"{kind}.{transition.verb}", situation.procedure)]
    reasons: list[Text] = []
    fields: dict[str, Text] = {}
    for guard in guards:
        found = vocabulary.guard_refusals(kind, guard, situation)
        field = field_of_guard(guard)
        if field is None:
            reasons += found
        elif found:
            fields[field] = found[0]
    if reasons or fields:
        raise Refused(list(dict.fromkeys(reasons)), fields)


def apply_required_values(record: Record, transition: Transition, values: Mapping[str, Any]) -> None:
    """Lay the values that the step requires on the record's columns, the company's own fields into ``extra``."""
    if not values:
        return
    columns = _columns(type(record))
    for name in transition.requires:
        if name not in values:
            continue
        if name in columns:
            setattr(record, name, values[name])
        else:
            record.extra = {**record.extra, name: values[name]}


@cache
def _columns(model: type[Record]) -> frozenset[str]:
    return frozenset(column.name for column in model._meta.concrete_fields)


def apply_transition(run: StepRun, kind: str, subject: Any) -> None:
    """Set the state the step leads to; ``previous`` goes back to where the subject came from."""
    to = run.transition.to
    if to == PREVIOUS:
        *before, to = subject.previous_state.split() or [subject.state]
        subject.previous_state = " ".join(before)
    elif to is not None and subject.state != to:
        table = run.procedure.step_table(kind)
        before = [*subject.previous_state.split(), subject.state] if table.leads_back(to) else []
        subject.previous_state = " ".join(before)
    if to is not None:
        subject.state = to
        if hasattr(subject, "phase"):
            subject.phase = run.procedure.phase(kind, to)
            ended = subject.phase in ("closed", "void")
            subject.closed_at = (subject.closed_at or run.at) if ended else None
    subject.version += 1


def check_required(run: StepRun, subject: Any) -> None:
    """Raises Refused, on its field, for each fact the procedure wants of this step and nobody gave.

    The company's own fields are asked of people only: a mail that comes in by itself is not turned away for them.
    """
    missing = {}
    own = {each.name for each in run.procedure.fields_of(run.record.kind)} if run.actor is None else ()
    for name in run.transition.requires:
        if name in own or not subject.needs_fact(name):
            continue
        value = subject.fact(name)
        if value is None or value == "":
            value = run.record.own_facts.get(name) or run.payload.get(name)
        if value in (None, "", [], {}):
            missing[name] = t("请填写“{field}”", "Fill in “{field}”", field=run.procedure.field_label(subject, name))
    if missing:
        raise Refused(fields=missing)


HIDDEN_COLUMNS = frozenset({"version", "state", "phase", "previous_state"})


def visible_changes(stored: dict[str, Any], now: dict[str, Any]) -> dict[str, list[Any]]:
    """What differs between two readings of a row and is worth showing: ``{column: [before, after]}``.

    The company's own facts stand each under its own name.
    """
    changed = {
        name: [stored[name], value]
        for name, value in now.items()
        if stored[name] != value and name not in HIDDEN_COLUMNS
    }
    if "extra" in changed:
        before, after = changed.pop("extra")
        pairs = {one: [told(before.get(one)), told(after.get(one))] for one in dict.fromkeys([*before, *after])}
        changed |= {one: pair for one, pair in pairs.items() if pair[0] != pair[1]}
    return changed


def entry_values(run: StepRun, event: str, part: Any, said: dict[str, Any]) -> dict[str, Any]:
    """What the journal says of any event of a step: on which record and part, by whom, when, with which particulars."""
    actor = run.actor
    return {
        "kind": run.record.kind,
        "record_id": run.record.id,
        "number": run.record.number,
        "event": event,
        "at": run.at,
        "actor_id": actor.id if actor else None,
        "actor_name": actor.name if actor else run.speaker,
        "part": part.part_key if part is not None else "",
        "procedure_id": run.record.procedure_id,
        "particulars": said,
    }
