"""What a record's page offers its reader: the step to take next, what else they may do,
and whom the record waits for.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from huiyin.procedure import vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Record
from huiyin.records.steps.pages import StepAction
from huiyin.ui.components import StepBarItem

ENDED = vocabulary.LAST_PHASES


@dataclass(frozen=True, slots=True)
class NextSteps:
    """What waits for the reader: one step to take first, decisions and steps of parts beside it.

    ``stuck`` is the one that would be theirs but for its reasons, where nothing else waits for them; ``waiting`` are
    steps of others that move the record on.
    """

    first: StepAction | None
    decisions: list[StepAction]
    tasks: list[tuple[Any, StepAction]]
    stuck: StepAction | None
    waiting: list[StepAction]

    @property
    def is_mine(self) -> bool:
        """Whether anything at all waits for the reader."""
        return bool(self.first or self.decisions or self.tasks)

    @property
    def shown(self) -> tuple[StepAction | None, ...]:
        """The steps of the record that stand in the part of the page that says what is next."""
        return (self.first, self.stuck, *self.decisions)


def next_steps(
    record: Record,
    actions: Sequence[StepAction],
    parts: Sequence[tuple[Any, Sequence[StepAction]]] = (),
    *,
    decisions: frozenset[str] = frozenset(),
    put_last: frozenset[str] = frozenset(),
) -> NextSteps:
    """What waits for the reader of the page, and whom the record waits for otherwise.

    ``decisions`` are verbs that leave the state as it is, yet somebody waits for them; ``put_last`` come behind others
    that lead on as well.
    """
    todo = [(part, a) for part, offered in parts for a in offered if a.offer.may and a.kind == "primary"]
    if record.phase in ENDED:
        return NextSteps(None, [], todo, None, [])
    onward = [a for a in actions if a.kind == "primary" and a.moves]
    onward.sort(key=lambda a: a.offer.verb in put_last)
    first = next((a for a in onward if a.offer.may), None)
    decided = [a for a in actions if a.offer.may and a.offer.verb in decisions and not a.moves]
    stuck = None if first or decided or todo else next((a for a in onward if a.offer.is_mine), None)
    return NextSteps(first, decided, todo, stuck, [a for a in onward if not a.offer.is_mine])


def other_steps(
    actions: Sequence[StepAction], coming: NextSteps, *, but: frozenset[str] = frozenset()
) -> list[StepAction]:
    """The reader's further steps, those apart that stand elsewhere on the page."""
    return [a for a in actions if a not in coming.shown and a.offer.is_mine and a.offer.verb not in but]


def step_bar(
    record: Record, procedure: Procedure, *, aside: frozenset[str] = frozenset(), events: Collection[str] | None = None
) -> list[StepBarItem]:
    """The states of the straight way from the first to the closed one; what is behind is done.

    States in ``aside`` lie off that way: they stand in the bar only while the record is in one of them. A record that
    waits in a side room stands where it came from; the bar of a void one ends where it left the way. With the
    ``events`` of the record, what is behind but was never reached (by a shorter way, by an import) is skipped.
    """
    kind = record.kind
    phases = list(vocabulary.PHASES)
    main = _main_way(record, procedure)
    reached_by_steps = None if events is None else _reached(kind, procedure, events)
    if record.phase == "void":
        return _cut_short(record, procedure, main, reached_by_steps or set())
    here = next((name for name in (record.state, *reversed(record.previous_state.split())) if name in main), "")
    reached = phases.index(record.phase)
    place = main.index(here) if here else sum(phases.index(procedure.phase(kind, name)) < reached for name in main)
    closed = record.phase == "closed"
    skipped: frozenset[str] = getattr(record, "skipped_states", frozenset())

    def standing(i: int, name: str) -> str:
        if name in skipped and record.state != name:
            return "skipped"
        if i < place or closed:
            never = reached_by_steps is not None and name not in reached_by_steps and record.state != name
            return "skipped" if never else "done"
        return "current" if name == here else "ahead"

    return [
        StepBarItem(procedure.state(kind, name).label, standing(i, name))
        for i, name in enumerate(main)
        if name not in aside or name == record.state
    ]


def _reached(kind: str, procedure: Procedure, events: Collection[str]) -> set[str]:
    """The states to which steps led that left these events."""
    return {
        row.to
        for row in procedure.step_table(kind).transitions
        if row.to is not None and procedure.vocabulary.event_of(f"{kind}.{row.verb}") in events
    }


def _cut_short(
    record: Record, procedure: Procedure, main: Sequence[str], reached: Collection[str]
) -> list[StepBarItem]:
    """The states that were reached, and the one that ended the way: it is no stop on it."""
    gone = [name for name in main if name in reached or name in record.previous_state.split()] or main[:1]
    way = [StepBarItem(procedure.state(record.kind, name).label, "done") for name in gone]
    return [*way, StepBarItem(procedure.state(record.kind, record.state).label, "ended")]


def _main_way(record: Record, procedure: Procedure) -> list[str]:
    """States in the pack's order on a way that never goes back, from where records open to where they close, and the
    one in which the record is. Where several close one, the longest ways are meant until another has closed it.
    """
    kind = record.kind
    table = procedure.step_table(kind)
    states = [each.name for each in procedure.states_of(kind) if each.phase != "void"]
    onward = _onward(procedure, kind, states)
    depth = dict.fromkeys(onward[None], 1)
    for name in states:
        for behind in onward[name] if name in depth else ():
            depth[behind] = max(depth.get(behind, 0), depth[name] + 1)
    closed = [name for name in depth if procedure.phase(kind, name) == "closed"]
    longest = max((depth[name] for name in closed), default=0)
    ends = {record.state} if record.state in closed else {name for name in closed if depth[name] == longest} or {*depth}
    for name in reversed(states):
        ends |= {name} if onward[name] & ends and name not in closed else set()
    way = {*(depth.keys() & ends), record.state}
    return [name for name in states if name in way and not table.leads_back(name)]


def _onward(procedure: Procedure, kind: str, states: Sequence[str]) -> dict[str | None, set[str]]:
    """The states behind each, in the pack's order, to which a step leads on from there; ``None`` is no record yet."""
    found: dict[str | None, set[str]] = {origin: set() for origin in (None, *states)}
    for row in procedure.step_table(kind).transitions:
        step = procedure.step(f"{kind}.{row.verb}")
        if row.to is None or row.to not in states or (step is not None and step.aside):
            continue
        for origin in row.origins:
            if origin is None or (origin in states and states.index(origin) < states.index(row.to)):
                found[origin].add(row.to)
    return found
