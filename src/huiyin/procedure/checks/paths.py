"""Every way that records of a kind may take through their states, and what is owed along it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import TypeVar

from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.words import PREVIOUS

Place = tuple[str, tuple[str, ...]]
"""A state, and those that lie behind it, the last one last, where some step leads back to where one came from."""
MOST_BEHIND = 4
"""So many states a record is followed to have left behind."""
S = TypeVar("S", bound=Hashable)


class DutyStanding(IntEnum):
    """How a record stands with a duty: ``UNDOABLE`` is one that has ended by something that may be taken back."""

    NEVER = 0
    ENDED = 1
    UNDOABLE = 2
    OPEN = 3


def ends_of(rule: ObligationRule) -> frozenset[str]:
    """The events by which what is owed ends."""
    return frozenset((*rule.closes, *rule.cancels, *rule.puts_off))


@dataclass(frozen=True)
class Ways:
    """The steps of a kind as ways from place to place."""

    steps: Sequence[StepEntry]

    @cached_property
    def _back(self) -> frozenset[str]:
        """The states from which some step leads back to where one came from."""
        return frozenset(state for step in self.steps if step.to == PREVIOUS for state in step.from_)

    @cached_property
    def _by_state(self) -> dict[str, list[StepEntry]]:
        found: dict[str, list[StepEntry]] = {}
        for step in self.steps:
            for state in step.from_:
                found.setdefault(state, []).append(step)
        return found

    @cached_property
    def _seen(self) -> dict[Place, list[tuple[StepEntry, Place]]]:
        return {}

    def from_(self, state: str) -> list[StepEntry]:
        """The steps that may be taken in a state."""
        return self._by_state.get(state, [])

    def beginnings(self) -> Iterator[tuple[StepEntry, Place]]:
        """The steps that open a record, each with where it then stands."""
        return ((step, (str(step.to), ())) for step in self.steps if not step.from_)

    def onward(self, place: Place) -> list[tuple[StepEntry, Place]]:
        """The steps that may be taken at a place, each with where it leads."""
        if place not in self._seen:
            self._seen[place] = [(step, self._target(step, place)) for step in self.from_(place[0])]
        return self._seen[place]

    def _target(self, step: StepEntry, place: Place) -> Place:
        state, behind = place
        if step.to == PREVIOUS:
            return (behind[-1], behind[:-1]) if behind else place
        if step.to is None or step.to == state:
            return place
        return (step.to, (*behind, state)[-MOST_BEHIND:] if step.to in self._back else ())

    def explore(
        self,
        begin: S,
        after: Callable[[S, StepEntry], Iterable[S]],
        *,
        is_less: Callable[[S, S], bool] | None = None,
    ) -> dict[str, list[S]]:
        """By state everything that may be the case there: ``begin`` holds before a record is opened, ``after`` says
        what may hold when a step was taken, nothing where it cannot be. With ``is_less`` only the least cases of each
        place.
        """
        known: dict[tuple[S, str], tuple[S, ...]] = {}
        cases: dict[Place, list[S]] = {}
        waiting: deque[tuple[Place, S]] = deque()

        def come(case: S, step: StepEntry, place: Place) -> None:
            if (case, step.key) not in known:
                known[case, step.key] = tuple(after(case, step))
            here = cases.setdefault(place, [])
            for then in known[case, step.key]:
                if then in here or (is_less and any(is_less(other, then) for other in here)):
                    continue
                if is_less:
                    here[:] = [other for other in here if not is_less(then, other)]
                here.append(then)
                waiting.append((place, then))

        for step, place in self.beginnings():
            come(begin, step, place)
        while waiting:
            here, case = waiting.popleft()
            if case in cases[here]:
                for step, place in self.onward(here):
                    come(case, step, place)
        found: dict[str, list[S]] = {}
        for (state, _), these in cases.items():
            found.setdefault(state, []).extend(these)
        return found


@dataclass(frozen=True)
class Duty:
    """A duty as the steps of a kind move it: those that ``open`` it and ``end`` it, those of the latter that may be
    ``undone``, those that give it back where it has so ended or has never been (``revive``, ``take_up``), and those
    that cannot be taken while it is open (``wait``), by their keys.
    """

    open: frozenset[str]
    end: frozenset[str]
    undone: frozenset[str]
    revive: frozenset[str]
    take_up: frozenset[str]
    wait: frozenset[str]

    def cases(self, standing: DutyStanding, step: StepEntry) -> tuple[DutyStanding, ...]:
        """How it stands when the step was taken; nothing where the step waits for the duty."""
        then = self.after(standing, step)
        return () if then is None else (then,)

    def after(self, standing: DutyStanding, step: StepEntry) -> DutyStanding | None:
        """How it stands when the step was taken; None where the step waits for the duty."""
        key = step.key
        if standing is DutyStanding.OPEN:
            if key in self.end:
                standing = DutyStanding.UNDOABLE if key in self.undone else DutyStanding.ENDED
            elif key in self.wait:
                return None
        if key in self.open:
            return DutyStanding.OPEN
        if standing is DutyStanding.UNDOABLE:
            return DutyStanding.OPEN if key in self.revive else standing
        return DutyStanding.OPEN if standing is DutyStanding.NEVER and key in self.take_up else standing

    def is_less(self, one: DutyStanding, other: DutyStanding) -> bool:
        """Whether nothing is owed after ``one`` that is not owed after ``other``, whatever steps follow."""
        if one is other or one is DutyStanding.ENDED:
            return True
        return one is DutyStanding.NEVER and not self.take_up
