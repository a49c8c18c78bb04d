"""What may stand on the records of a declared kind in each state, and so which steps can be taken at all. Pure.

A record is followed from its opening steps along every way: each form may write what it asks, each guard lets pass only
what it wants. What may stand in a field is a set of words; of several ways to a state all count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from huiyin.procedure.checks.contradictions import guards_as_conditions
from huiyin.procedure.checks.together import KnownField, wants
from huiyin.procedure.completion import CORRECT
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.kind_entries import BalanceEntry, Condition
from huiyin.procedure.words import PREVIOUS

EMPTY, SOMETHING = "", "*"
"""That nothing stands in a field; that something does which is no option."""
Words = frozenset[str]
Standing = Mapping[str, Words]
"""What may stand in each field."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """What keeps a step from being taken: the field that cannot be as it must, and the key and place that want it.

    ``is_empty``: nothing can stand in the field yet; else it can stand there only otherwise.
    """

    path: tuple[str | int, ...]
    field: str
    is_empty: bool


@dataclass
class Reach:
    """The walk of one kind. ``given``: fields that effects fill in when they take an opening step, by the step's key.

    Where ``may_correct`` is false nobody corrects anything. Steps in ``let_through`` are taken whatever they want.
    """

    steps: Sequence[StepEntry]
    fields: Mapping[str, KnownField]
    balances: Mapping[str, BalanceEntry] = field(default_factory=dict)
    given: Mapping[str, Collection[str]] = field(default_factory=dict)
    may_correct: bool = True
    let_through: Collection[str] = ()

    def blocked(self) -> dict[str, Blocked]:
        """The steps that can never be taken although records come to where they may be, each with why."""
        _, why = self.walked
        return {step.key: why[step.key] for step in self.steps if step.key in why}

    @cached_property
    def walked(self) -> tuple[dict[str, Standing], dict[str, Blocked]]:
        """What may stand in each state that is reached, and why steps that start from there cannot be taken."""
        nothing: Standing = {name: frozenset({EMPTY}) for name in self.fields}
        states: dict[str, Standing] = {}
        blocked: dict[str, Blocked] = {}
        taken: set[str] = set()
        changed = True
        while changed:
            changed = False
            for step in self.steps:
                for state in step.from_ or ("",):
                    before = nothing if not step.from_ else states.get(state)
                    if before is None:
                        continue
                    after = self.after(before, step)
                    if isinstance(after, Blocked):
                        blocked[step.key] = after
                        continue
                    taken.add(step.key)
                    for there in self._targets(step, state, states):
                        changed |= _join(states, there, after)
        return states, {key: why for key, why in blocked.items() if key not in taken}

    def _targets(self, step: StepEntry, state: str, states: Collection[str]) -> list[str]:
        if step.to == PREVIOUS:
            return [name for name in states if name not in step.from_]
        return [step.to or state]

    def after(self, before: Standing, step: StepEntry) -> Standing | Blocked:
        """What may stand when the step was taken by somebody; why nobody can take it."""
        if step.verb == CORRECT and not self.may_correct:
            return before
        now = dict(before)
        self._write(now, step)
        if step.key in self.let_through:
            return now
        for path, wanted in self._wanted(step):
            why = self._narrow(now, wanted, path)
            if why is not None:
                return why
        return now

    # ---- what a form writes

    def _write(self, now: dict[str, Words], step: StepEntry) -> None:
        """Everything that the form asks and that may be shown, what effects give, and what follows from it."""
        asked = self.asked_by(step)
        given = self.given.get(step.key, ())
        waiting = [name for name in self.fields if name in asked or name in given or self._comes_by_itself(name, step)]
        grown = True
        while grown:
            grown = False
            for name in [*waiting, *self._computed]:
                words = now[name] | self.words(name)
                if now[name] != words and self._may_be_there(name, now):
                    now[name], grown = words, True
        for name in asked:
            if self._is_needed(name, step):
                now[name] -= {EMPTY}

    def asked_by(self, step: StepEntry) -> list[str]:
        """The fields that people write on the form of a step; a correction asks all, a step that follows has none."""
        written = {name: one.entry for name, one in self.fields.items() if one.entry and one.entry.is_written}
        if step.follows:
            return []
        if step.verb == CORRECT:
            return list(written)
        return [name for name, entry in written.items() if entry.is_asked(step.verb, opens=not step.from_)]

    def _comes_by_itself(self, name: str, step: StepEntry) -> bool:
        """Whether a field is filled from what the record is about when it is opened."""
        entry = self.fields[name].entry
        return entry is not None and bool(entry.copies) and not step.from_

    @cached_property
    def _computed(self) -> list[str]:
        return [name for name, one in self.fields.items() if one.entry is not None and one.entry.computation]

    def _may_be_there(self, name: str, now: Standing) -> bool:
        """Whether a field may be shown, and of a computed one whether there may be something to compute it of."""
        entry = self.fields[name].entry
        assert entry is not None, "fields of declared kinds are entries"
        of = entry.computation[1] if entry.computation is not None else ()
        parts = [part.partition(".")[0] for part in of]
        return all(now.get(part, frozenset()) - {EMPTY} for part in parts) and all(
            any(self._may_hold(each, now) for each in one.any or (one,)) for one in entry.shown
        )

    def _may_hold(self, one: Condition, now: Standing) -> bool:
        return one.field not in self.fields or bool(self._liked(one, now[one.field]))

    def _is_needed(self, name: str, step: StepEntry) -> bool:
        entry = self.fields[name].entry
        named = entry is not None and (step.verb in entry.required_for or name in step.requires)
        return named and entry is not None and not entry.shown

    def words(self, name: str) -> Words:
        """What may be written in a field, or nothing."""
        known = self.fields[name]
        if known.is_never_kept:
            return frozenset({EMPTY})
        entry = known.entry
        if known.options is None:
            return frozenset({EMPTY, SOMETHING})
        more = {SOMETHING} if entry is not None and (entry.other or entry.may_skip) else set()
        return known.options | more | {EMPTY}

    # ---- what guards want

    def _wanted(self, step: StepEntry) -> Iterator[tuple[tuple[str | int, ...], Condition]]:
        """What the guards and the needed fields of a step ask of facts, with the place of each."""
        for index, one in guards_as_conditions(step.guards):
            yield ("guards", index), one
        for index, guard in enumerate(step.guards):
            name, _, argument = guard.partition(":")
            if name == "balance" and argument in self.balances:
                yield ("guards", index), Condition(field=self.balances[argument].total, filled=True)
        for index, name in enumerate(step.requires):
            known = self.fields.get(name)
            if known is not None and known.entry is not None and not known.entry.shown:
                yield ("requires", index), Condition(field=name, filled=True)

    def _narrow(self, now: dict[str, Words], one: Condition, path: tuple[str | int, ...]) -> Blocked | None:
        """Leave only what a condition lets be, with those on which its field is shown; why nothing is left."""
        waiting, seen = [one], set()
        while waiting:
            here = waiting.pop()
            if here.any or here.field not in self.fields:
                continue
            liked = self._liked(here, now[here.field])
            if not liked:
                return Blocked(path, here.field, is_empty=now[here.field] <= {EMPTY})
            if self.fields[here.field].holds_one or not here.is_:
                now[here.field] = liked
            entry = self.fields[here.field].entry
            if entry is not None and wants(here) and here.field not in seen:
                seen.add(here.field)
                waiting += entry.shown
        return None

    def _liked(self, one: Condition, words: Words) -> Words:
        """Those of the words with which a condition may hold."""
        if wants(one):
            words -= {EMPTY}
        if one.filled is False:
            words &= {EMPTY}
        known = self.fields[one.field]
        if known.options is None:
            return words
        if one.is_:
            words = words & frozenset(one.is_)
        return words - frozenset(one.not_) if known.holds_one else words


def _join(states: dict[str, Standing], state: str, after: Standing) -> bool:
    """Let what may stand after a step stand in a state as well; whether that is new."""
    before = states.get(state)
    if before is None:
        states[state] = after
        return True
    joined = {name: before[name] | words for name, words in after.items()}
    if joined == before:
        return False
    states[state] = joined
    return True
