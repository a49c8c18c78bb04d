"""Duties on parts of a record (a task, a shipment, a row, a place to sign): they must end with the record."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from huiyin.procedure.approval_completion import CONCLUSIONS
from huiyin.procedure.checks import walk_findings as findings
from huiyin.procedure.checks.paths import DutyStanding, ends_of
from huiyin.procedure.checks.walk_findings import WalkFinding
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.offline_completion import sheet_kind

if TYPE_CHECKING:
    from huiyin.procedure.checks.walk import Walk


def rows_left(record: Walk) -> Iterator[WalkFinding]:
    """Duties on rows must end with the record, unless the step waits until every row is answered."""
    for part, walk in record.of.kinds.items():
        if part == record.kind or record.words.chain_of(part) != record.kind or part == sheet_kind(record.kind):
            continue  # of a sheet: what came too late is decided whatever became of the record
        ends = _ends_with(record, walk)
        for rule in walk.own.values():
            open_in = {name for name, found in walk.standings(rule.key).items() if DutyStanding.OPEN in found}
            for step, standing in ends:
                if standing & open_in and not _is_settled(record, step, walk, rule):
                    state, event = record.states[str(step.to)], record.event(step)
                    if walk.is_done_after(rule, void=step.to in record.void):
                        yield findings.left_on_part(rule, state, event)
                    else:
                        yield findings.left(rule, state, [event])


def _ends_with(record: Walk, walk: Walk) -> list[tuple[StepEntry, frozenset[str]]]:
    """The steps that end a record, each with the states in which a part of a kind may stand when it is taken."""
    cases = record.ways.explore("", lambda state, step: _parts_after(record, walk, state, step))

    def standing(step: StepEntry) -> frozenset[str]:
        there = (state for name in step.from_ for state in cases.get(name, ()))
        return frozenset(state for state in there if _lets(record, step, walk, state))

    return [(step, standing(step)) for step in record.ending()]


def _parts_after(record: Walk, walk: Walk, state: str, step: StepEntry) -> set[str]:
    """Where a part may stand when a step of its record was taken: what comes along with the step has happened or
    not, and what is done on the part alone may have been done. Empty: there is no part.
    """
    if not _lets(record, step, walk, state):
        return set()
    found = {state, *(there for within, there in walk.moves(state) if step.key in within)}
    waiting = list(found)
    while waiting:
        for within, there in walk.moves(waiting.pop()):
            if not within and there not in found:
                found.add(there)
                waiting.append(there)
    return found


def _lets(record: Walk, step: StepEntry, walk: Walk, state: str) -> bool:
    """Whether the guards of a step let parts of a kind stand in a state."""
    held = [one.states for guard in step.guards for one in record.held_back(guard) if one.part == walk.kind]
    return not state or all(state in states for states in held)


def _is_settled(record: Walk, step: StepEntry, walk: Walk, rule: ObligationRule) -> bool:
    """Whether a duty on a part is open no more when an ending step was taken, or is meant to outlive it."""
    if record.event(step) in ends_of(rule) or record.waits_for(step, rule):
        return True
    void = step.to in record.void
    if rule.outlives and (not void or walk.is_done_after(rule, void=void)):
        return True
    return _releases_signers(record, step, walk.kind, rule)


def _releases_signers(record: Walk, step: StepEntry, part: str, rule: ObligationRule) -> bool:
    """Whether nobody is asked to sign any more at this end: the round has ended before, or ends by it."""
    if part not in record.of.places or f"{part}.excused" not in ends_of(rule):
        return False
    conclusions = {one.verb(name) for one in record.of.approvals if one.kind == record.kind for name in CONCLUSIONS}
    return not record.of.waiting(record.kind) & {*step.from_} or step.verb in conclusions
