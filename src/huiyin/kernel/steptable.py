"""Which business verb may be taken in which state, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

PREVIOUS = "previous"
"""Target of a step that leads back to the state the record was in before (a customer's reply, an undone merge)."""


class StepTableInvalid(Invalid):
    """The steps of a table contradict one another or name unknown states; ``problems`` holds all of them."""

    def __init__(self, problems: list[Text]) -> None:
        remedy = t("请改正步骤表中的状态与步骤", "Correct the states and steps of the step table.")
        super().__init__(problems[0], remedy)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a step table: ``verb`` taken in one of ``origins`` leads to ``to``.

    ``None`` among the origins means that the step opens a record; ``to`` is a state, ``None`` (the state stays)
    or ``PREVIOUS``. ``by`` says who may take it, ``guards`` which conditions must hold, ``requires`` which fields
    must be filled; their meaning belongs to the rooms.
    """

    verb: str
    origins: frozenset[str | None]
    to: str | None = None
    by: frozenset[str] = frozenset()
    guards: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()

    @property
    def opens(self) -> bool:
        """Whether the step may bring a record into being."""
        return None in self.origins

    @property
    def stays(self) -> bool:
        """Whether the state is left as it is."""
        return self.to is None


class StepTable:
    """All steps of one record kind under one procedure version; immutable.

    ``final`` are the states in which a record may rest for ever (closed, void). Raises StepTableInvalid, with all
    problems at once, when a step names an unknown state, opens a record without saying its state, or when a verb
    has two rows for the same origin. ``roles`` are all words that say who may take some step.
    """

    __slots__ = ("_rows", "_side_rooms", "_verbs", "final", "roles", "states", "transitions")

    def __init__(self, states: Iterable[str], transitions: Iterable[Transition], *, final: Iterable[str] = ()) -> None:
        self.states = tuple(states)
        self.transitions = tuple(transitions)
        self.final = frozenset(final)
        problems = self._problems()
        if problems:
            raise StepTableInvalid(problems)
        self._rows = {(origin, row.verb): row for row in self.transitions for origin in row.origins}
        origins: tuple[str | None, ...] = (None, *self.states)
        self._verbs = {
            origin: tuple(row.verb for row in self.transitions if origin in row.origins) for origin in origins
        }
        self.roles = frozenset(role for row in self.transitions for role in row.by)
        self._side_rooms = frozenset(origin for row in self.transitions if row.to == PREVIOUS for origin in row.origins)

    def transition(self, state: str | None, verb: str) -> Transition | None:
        """The row for ``verb`` taken in ``state`` (``None``: no record yet), or None when it may not be taken."""
        return self._rows.get((state, verb))

    def verbs_from(self, state: str | None) -> tuple[str, ...]:
        """The verbs that may be taken in ``state``, in the order of the table."""
        return self._verbs.get(state, ())

    def leads_back(self, state: str) -> bool:
        """Whether some step leads from ``state`` to where one came from; such side rooms may lie behind one another.

        A complaint that waits for the customer may be merged: taken out again it waits again, and after the reply it
        stands where it stood before the question. Hence a record remembers all that lies behind, the last one last.
        """
        return state in self._side_rooms

    def origins_of(self, verb: str) -> tuple[str | None, ...]:
        """The states in which ``verb`` may be taken, in the order of the states (``None`` first)."""
        return tuple(origin for origin in self._verbs if (origin, verb) in self._rows)

    def target(self, state: str | None, verb: str, *, previous: str | None = None) -> str:
        """The state after ``verb`` was taken in ``state``.

        ``previous`` is the state before this one, for steps that lead back. Raises LookupError when the step may
        not be taken, or leads back and no previous state is known.
        """
        row = self._rows.get((state, verb))
        if row is None:
            raise LookupError(f"no step {verb!r} from state {state!r}")
        arrived = previous if row.to == PREVIOUS else row.to or state
        if arrived is None:
            raise LookupError(f"step {verb!r} leads back, but no previous state of {state!r} is known")
        return arrived

    def way_to(self, state: str) -> tuple[str, ...]:
        """The fewest steps by which a record can come into ``state`` from nothing, never through a final state.

        Of ways equally short the one whose steps stand earlier in the table; empty when there is none.
        """
        ways: dict[str | None, tuple[str, ...]] = {None: ()}
        waiting: list[str | None] = [None]
        for here in waiting:
            for row in self.transitions:
                to = row.to
                if here not in row.origins or to in (None, PREVIOUS) or to in ways:
                    continue
                ways[to] = (*ways[here], row.verb)
                if to not in self.final:
                    waiting.append(to)
        return ways.get(state, ())

    def reachable(self) -> frozenset[str]:
        """The states a record can come into from nothing."""
        return self._spread({row.to for row in self.transitions if row.opens and row.to}, self._edges())

    def unreachable(self) -> tuple[str, ...]:
        """The states no record can ever come into, in the order of the states."""
        reached = self.reachable()
        return tuple(state for state in self.states if state not in reached)

    def dead_ends(self) -> tuple[str, ...]:
        """The states from which a record can no longer come to a final state, in the order of the states.

        When the table names no final states: the states that no step leaves.
        """
        edges = self._edges()
        if not self.final:
            leaving = {origin for origin, to in edges if origin != to}
            return tuple(state for state in self.states if state not in leaving)
        finishing = self._spread(set(self.final), {(to, origin) for origin, to in edges})
        return tuple(state for state in self.states if state not in finishing)

    def _edges(self) -> set[tuple[str, str]]:
        """Every possible change of state; a step back leads to each state from which its origin was entered."""
        edges = {
            (origin, row.to)
            for row in self.transitions
            if row.to and row.to != PREVIOUS
            for origin in row.origins
            if origin
        }
        back = {
            (origin, earlier)
            for row in self.transitions
            if row.to == PREVIOUS
            for origin in row.origins
            for earlier, to in edges
            if to == origin and origin is not None and earlier != origin
        }
        return edges | back

    @staticmethod
    def _spread(seeds: set[str], edges: set[tuple[str, str]]) -> frozenset[str]:
        reached = set(seeds)
        waiting = list(seeds)
        while waiting:
            here = waiting.pop()
            found = {to for origin, to in edges if origin == here} - reached
            reached |= found
            waiting.extend(found)
        return frozenset(reached)

    def _problems(self) -> list[Text]:
        problems = []
        known = set(self.states)
        if len(known) != len(self.states):
            problems.append(t("状态有重复", "A state is listed twice."))
        for state in sorted(self.final - known):
            problems.append(t("没有终止状态「{state}」", "There is no final state “{state}”.", state=state))
        seen: set[tuple[str | None, str]] = set()
        for row in self.transitions:
            problems.extend(_problems_of(row, known))
            for origin in row.origins:
                if (origin, row.verb) in seen:
                    problems.append(_twice(row.verb, origin))
                seen.add((origin, row.verb))
        return problems


def _problems_of(row: Transition, known: set[str]) -> list[Text]:
    problems = []
    named = {origin for origin in row.origins if origin is not None}
    named |= {row.to} if row.to is not None and row.to != PREVIOUS else set()
    for state in sorted(named - known):
        problems.append(
            t(
                "步骤「{verb}」引用了不存在的状态「{state}」",
                "Step “{verb}” names an unknown state “{state}”.",
                verb=row.verb,
                state=state,
            )
        )
    if not row.origins:
        problems.append(t("步骤「{verb}」没有起始状态", "Step “{verb}” starts from no state.", verb=row.verb))
    if row.opens and row.to in (None, PREVIOUS):
        problems.append(
            t(
                "步骤「{verb}」新建记录，却没有写明到达的状态",
                "Step “{verb}” opens a record but does not say in which state.",
                verb=row.verb,
            )
        )
    return problems


def _twice(verb: str, origin: str | None) -> Text:
    if origin is None:
        return t("步骤「{verb}」两次规定如何新建", "Step “{verb}” says twice how a record is opened.", verb=verb)
    return t(
        "步骤「{verb}」在状态「{state}」下规定了两次",
        "Step “{verb}” has two rows for the state “{state}”.",
        verb=verb,
        state=origin,
    )
