"""Steps on paper: who took those that lead on stands there like a signature; of those to come the places are left."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from huiyin.journal.models import Entry
from huiyin.journal.queries import with_names
from huiyin.procedure.approval_completion import RECORD
from huiyin.procedure.entries import StepEntry
from huiyin.records.print.forms import PrintFormatter
from huiyin.records.print.sheets import SignaturePlace
from huiyin.registers.approvals.rounds import approvals_of
from huiyin.registers.kinds import CORRECT, HAND_OVER, REOPEN, VOID, DataKind
from huiyin.registers.models import FormRecord

UNSIGNED = (CORRECT, HAND_OVER, VOID, REOPEN)
"""Steps that every record has by itself: whoever takes one signs nothing of the form."""


@dataclass(frozen=True, slots=True)
class _Taken:
    """A step that was taken and still holds: its entry, and where in the order of the states the record stood then."""

    step: StepEntry
    entry: Entry
    place: int


def step_places(say: PrintFormatter, record: FormRecord, kind: DataKind) -> list[SignaturePlace]:
    """Whoever entered the record, whoever took the steps since, and places for those by which it closes.

    Somebody whose name stands in a signature of the same form already is not printed twice.
    """
    places = []
    opener = record.opened_by.name if record.opened_by is not None else ""
    if not any(_is_signed_by(opener, record, kind, step) for step in kind.openings):
        places.append(say.signature("登记", "Entered by", record.opened_by, record.opened_at))
    for taken in _taken(record, kind).values():
        if taken.step.from_ and not _is_signed_by(taken.entry.actor_name, record, kind, taken.step):
            day = say.say(taken.entry.at)[:10]
            places.append(SignaturePlace(_role(say, taken.step), say.line(taken.entry.who), day))
    for step in _to_come(record, kind):
        if not any(field.type == "signature" for field in kind.asked_by(step.verb)):
            places.append(SignaturePlace(_role(say, step)))
    return places


def _role(say: PrintFormatter, step: StepEntry) -> str:
    return say.bar(step.label.zh, step.label.en)


def _is_signed_by(name: str, record: FormRecord, kind: DataKind, step: StepEntry) -> bool:
    """Whether a signature on the step's form bears the name."""
    fields = [field.name for field in kind.asked_by(step.verb) if field.type == "signature"]
    stored = [record.extra.get(field) for field in fields]
    return any(isinstance(one, Mapping) and one.get("name") == name for one in stored)


def _taken(record: FormRecord, kind: DataKind) -> dict[str, _Taken]:
    """The steps of a form that were taken, by their event, in the order in which they were; those behind a state to
    which the record went back are gone.
    """
    order = {state.name: place for place, state in enumerate(kind.procedure.states_of(kind.key))}
    steps = {step.event: step for step in kind.steps}
    entries = Entry.objects.filter(kind=record.kind, record_id=record.pk, part="", event__in=steps)
    found: dict[str, _Taken] = {}
    stands = 0
    for entry in with_names(entries.order_by("sequence")):
        step = steps[entry.event]
        stands = order.get(step.to or "", stands)
        found = {event: one for event, one in found.items() if one.place <= stands and event != entry.event}
        if step in _forms_steps(kind):
            found[entry.event] = _Taken(step, entry, stands)
    return found


def _forms_steps(kind: DataKind) -> list[StepEntry]:
    """The steps by which a form goes on; an approval has places of its own."""
    of_approvals = {one.verb(name) for one in approvals_of(kind.procedure, kind.key) for name in RECORD}
    return [
        step
        for step in kind.steps
        if not (step.aside or step.follows or kind.goes_back(step))
        and step.verb not in UNSIGNED
        and step.verb not in of_approvals
    ]


def _to_come(record: FormRecord, kind: DataKind) -> Iterator[StepEntry]:
    """The steps of the form on the way of the fewest steps from where it stands to a state that closes it."""
    closed = {state.name for state in kind.procedure.states_of(kind.key) if state.phase == "closed"}
    mine = _forms_steps(kind)
    return (step for step in _fewest(kind, record.state, closed) if step in mine)


def _fewest(kind: DataKind, state: str, ends: Collection[str]) -> tuple[StepEntry, ...]:
    """The fewest steps from a state to one of the ends, none of them a step that breaks off; nothing where none leads
    there.
    """
    ways: dict[str, tuple[StepEntry, ...]] = {state: ()}
    queue = [state]
    for reached in queue:
        if reached in ends:
            return ways[reached]
        for step in kind.steps:
            leads_on = reached in step.from_ and not (step.ends or step.aside) and step.verb != VOID
            if leads_on and step.to is not None and step.to not in ways:
                ways[step.to] = (*ways[reached], step)
                queue.append(step.to)
    return ()
