"""States that nobody owes to lead on from: judged for each answer on which guards make the way onward depend."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import TYPE_CHECKING

from huiyin.procedure.checks import walk_findings as findings
from huiyin.procedure.checks import walk_people as people
from huiyin.procedure.checks.paths import Duty, DutyStanding
from huiyin.procedure.checks.walk_findings import WalkFinding
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.generic_guards import field_of_guard

if TYPE_CHECKING:
    from huiyin.procedure.checks.walk import Walk

Case = Mapping[str, str]
"""What stands in the fields on which the way onward depends."""
MOST_CASES = 64
"""Of more the way onward is judged as if no answer mattered."""


def idle(walk: Walk) -> Iterator[WalkFinding]:
    """What is wrong with each state of cases in which people work on a record; one finding of each sort for a state."""
    kind = walk.words.kinds.get(walk.kind)
    if kind is not None and not kind.is_case:
        return
    for name in walk.states:
        if name not in walk.final and name not in walk.of.waiting(walk.kind) and walk.leading(name):
            yield from _in_state(walk, name)


def _in_state(walk: Walk, name: str) -> Iterator[WalkFinding]:
    """What is wrong in a state, of each sort the first case."""
    found: dict[str, WalkFinding] = {}
    for case in _cases(walk, name):
        steps = [step for step in walk.leading(name) if _fits(step, case)]
        events = _events_on(walk, name, steps)
        if not steps:
            found.setdefault("stuck", findings.stuck(walk.states[name], case))
        elif _may_be_idle(walk, name, [rule for rule in walk.own.values() if _asks(walk, rule, steps, case)]):
            found.setdefault("idle", findings.idle(walk.states[name], events, case))
        elif _may_be_idle(walk, name, [rule for rule in walk.own.values() if _asks_its_own(walk, rule, steps, case)]):
            found.setdefault("owed", findings.owed_by_another(walk.states[name], events, case))
    yield from found.values()


# ---- cases


def _cases(walk: Walk, state: str) -> Iterable[Case]:
    """Every answer to the fields by which guards choose between the ways onward; one case where none does."""
    steps = walk.leading(state)
    names = dict.fromkeys(field for step in steps for guard in step.guards if (field := field_of_guard(guard)))
    answers = {name: found for name in names if (found := walk.answers(name))}
    if prod(map(len, answers.values())) > MOST_CASES:
        return [{}]
    return [dict(zip(answers, words, strict=True)) for words in product(*answers.values())]


def _fits(step: StepEntry, case: Case) -> bool:
    """Whether the guards of a step let a record of this case pass."""
    asked = [(field, guard) for guard in step.guards if (field := field_of_guard(guard))]
    return all(guard == f"is:{field}={case.get(field, '')}" for field, guard in asked if field in case)


def _is_owed(rule: ObligationRule, case: Case) -> bool:
    """Whether the conditions of a duty let it be owed in this case."""
    said = [(case[one.field], one) for one in rule.when if one.field in case]
    return all((not one.is_ or word in one.is_) and word not in one.not_ for word, one in said)


# ---- who is asked


def _may_be_idle(walk: Walk, state: str, asking: Sequence[ObligationRule]) -> bool:
    """Whether a record may come to the state while none of these duties is owed."""
    duties = dict.fromkeys(walk.duties[rule.key] for rule in asking)
    found = {duty: walk.standings_of(duty).get(state, []) for duty in duties}
    if [DutyStanding.OPEN] in found.values():
        return False
    asked = [duty for duty, standings in found.items() if DutyStanding.OPEN in standings]
    before = tuple(DutyStanding.NEVER for _ in asked)
    cases = walk.ways.explore(
        before,
        lambda case, step: _after_all(asked, case, step),
        is_less=lambda one, other: all(map(Duty.is_less, asked, one, other)),
    )
    return any(DutyStanding.OPEN not in case for case in cases.get(state, ()))


def _after_all(
    duties: Iterable[Duty], case: tuple[DutyStanding, ...], step: StepEntry
) -> Iterator[tuple[DutyStanding, ...]]:
    """How a record stands with several duties when a step was taken; nothing where it waits for one of them."""
    then = [duty.after(standing, step) for duty, standing in zip(duties, case, strict=True)]
    if None not in then:
        yield tuple(one for one in then if one is not None)


def _asks(walk: Walk, rule: ObligationRule, steps: Sequence[StepEntry], case: Case) -> bool:
    """Whether a duty asks for the next step, or for a later one of somebody who may take the next; what is done on
    another record asks there.
    """
    if not _is_owed(rule, case):
        return False
    if any(walk.is_foreign(event) for event in rule.closes):
        return True
    closing = [step for step in steps if walk.event(step) in rule.closes]
    if any(people.can_be_asked(rule.owner, step.by, walk.words) for step in closing):
        return True
    return any(people.may_take(rule.owner, step.by, walk.words) for step in steps)


def _asks_its_own(walk: Walk, rule: ObligationRule, steps: Sequence[StepEntry], case: Case) -> bool:
    """The same, of duties alone whose owner is known to be among those who may take the step, or of whom nothing is
    known.
    """
    if not _is_owed(rule, case):
        return False
    if any(walk.is_foreign(event) for event in rule.closes):
        return True
    if any(walk.event(step) in rule.closes and walk.of.owing.perhaps(rule, step) for step in steps):
        return True
    return any(walk.of.owing.surely(rule, step) for step in steps)


def _events_on(walk: Walk, state: str, steps: Sequence[StepEntry]) -> list[str]:
    """The events that lead on from a state; those that leave it where some do."""
    return [walk.event(step) for step in [one for one in steps if one.to not in (None, state)] or steps]
