"""Steps that take a record back: to a state which the pack writes before those in which the step is taken."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.procedure.completion import REOPEN, VOID
from huiyin.procedure.entries import StepEntry


def goes_back(step: StepEntry, states: Sequence[str]) -> bool:
    """Whether a step leads before every state in which it may be taken; ``states`` in the pack's order."""
    if step.to not in states or not step.from_:
        return False
    return all(one in states and states.index(step.to) < states.index(one) for one in step.from_)


def asks_reason(step: StepEntry, states: Sequence[str], *, asks_else: bool) -> bool:
    """Whether the form of a step asks why, for the journal: where the pack says so, and where it says nothing of steps
    that void a record, take it up again, or take it back without asking anything else.
    """
    if step.reason is not None:
        return step.reason
    return not asks_else and (step.verb in (VOID, REOPEN) or goes_back(step, states))
