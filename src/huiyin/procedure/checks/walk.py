"""Whoever must act next owes it: every state of every kind is walked, from its opening steps to its ends.

Along every path the duties that events open and end are followed; one with conditions counts as owed, for it may be.
Found are a state that nobody owes to lead on, a duty that an end leaves open, and a step that one person alone can take
and nobody can take over. While a record waits for approval, what is owed is the signature of each who is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.procedure.approval_completion import ASKED, OF_THE_ROUND, signer_kind
from huiyin.procedure.checks import walk_findings as findings
from huiyin.procedure.checks import walk_idle, walk_parts
from huiyin.procedure.checks import walk_people as people
from huiyin.procedure.checks.generic import single_answers
from huiyin.procedure.checks.owing import Owing
from huiyin.procedure.checks.paths import Duty, DutyStanding, Ways, ends_of
from huiyin.procedure.checks.walk_findings import WalkFinding
from huiyin.procedure.conditions import fields_in, holds
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import State, StepEntry
from huiyin.procedure.held_back import HeldUntil, until_parts
from huiyin.procedure.kind_entries import ApprovalEntry, ApprovalLevel
from huiyin.procedure.lexicon import Vocabulary
from huiyin.procedure.sheet import ParsedPack
from huiyin.procedure.vocabulary import LAST_PHASES, Event

ROWS_ENDED = ("answered", "settled")
"""Guards that hold a step back while a task row of the child table they name is open."""


@dataclass(frozen=True)
class Walked:
    """What of a procedure is walked: everything that its walks share.

    ``tables``: the kind of the rows of each child table, by the kind of the record and the table's name. ``answers``:
    what may be answered to a field that holds one word, by its kind and name.
    """

    states: Sequence[State]
    steps: Sequence[StepEntry]
    rules: Sequence[ObligationRule]
    words: Vocabulary
    approvals: Sequence[ApprovalEntry] = ()
    levels: Sequence[ApprovalLevel] = ()
    tables: Mapping[tuple[str, str], str] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Sequence[str]] = field(default_factory=dict)

    @cached_property
    def owing(self) -> Owing:
        """Who may be meant by the owners of duties."""
        return Owing(self.steps, self.words)

    @cached_property
    def kinds(self) -> dict[str, Walk]:
        """A walk for each kind that has states and a step that opens it."""
        states: dict[str, dict[str, State]] = {}
        steps: dict[str, list[StepEntry]] = {}
        for state in self.states:
            states.setdefault(state.kind, {})[state.name] = state
        for step in self.steps:
            if step.key in self.words.verbs:
                steps.setdefault(step.kind, []).append(step)
        opened = [kind for kind in states if any(not step.from_ for step in steps.get(kind, ()))]
        return {kind: Walk(kind, states[kind], steps[kind], self) for kind in opened}

    @cached_property
    def coming_with(self) -> dict[str, list[str]]:
        """The events that come with a step, beside its own."""
        found: dict[str, list[str]] = {}
        for event in self.words.events.values():
            for step in event.told_by:
                found.setdefault(step, []).append(event.key)
        return found

    @cached_property
    def places(self) -> frozenset[str]:
        """The kinds of part that are places to sign."""
        return frozenset(signer_kind(one.kind) for one in self.approvals)

    def waiting(self, kind: str) -> frozenset[str]:
        """The states in which records of a kind wait for signatures."""
        return frozenset(one.state for one in self.approvals if one.kind == kind)

    def findings(self) -> Iterator[WalkFinding]:
        """Everything that is wrong, kind by kind."""
        for walk in self.kinds.values():
            yield from walk.findings()


@dataclass(frozen=True)
class Walk:
    """The walk of one kind: its states by their names, its steps, and the whole that it belongs to."""

    kind: str
    states: Mapping[str, State]
    steps: Sequence[StepEntry]
    of: Walked

    def findings(self) -> Iterator[WalkFinding]:
        """Everything that is wrong, each once."""
        yield from walk_idle.idle(self)
        yield from self._left()
        yield from (findings.unasked(level, self.kind) for level in self._levels_unasked())
        yield from walk_parts.rows_left(self)
        for step in people.held_by_one(self.steps, self.kind, self.words):
            yield findings.alone(step, is_certain=self._is_declared)

    # ---- what there is

    @property
    def _is_declared(self) -> bool:
        """Whether the pack declares the kind; the product knows it otherwise."""
        return self.kind in self.words.declared

    @property
    def words(self) -> Vocabulary:
        """The words of the procedure."""
        return self.of.words

    @cached_property
    def ways(self) -> Ways:
        """The ways its records may take."""
        return Ways(self.steps)

    @cached_property
    def final(self) -> frozenset[str]:
        """The states in which a record may stay for ever."""
        return frozenset(name for name, one in self.states.items() if one.phase in LAST_PHASES)

    @cached_property
    def void(self) -> frozenset[str]:
        """The states of records that count no more."""
        return frozenset(name for name, one in self.states.items() if one.phase == "void")

    @cached_property
    def own(self) -> dict[str, ObligationRule]:
        """The rules opened by events of this kind itself."""
        events = {event.key for step in self.steps for event in self.told(step)}
        return {rule.key: rule for rule in self.of.rules if rule.opens in events}

    def answers(self, name: str) -> Sequence[str]:
        """What may be answered to a field, of a part also to one of its record; nothing where it may hold several."""
        of = ((kind, name) for kind in (self.kind, self.words.chain_of(self.kind)))
        return next((self.of.answers[one] for one in of if one in self.of.answers), ())

    def event(self, step: StepEntry) -> str:
        """What the step writes into the journal as its own event."""
        return self.words.verbs[step.key].event

    def told(self, step: StepEntry) -> list[Event]:
        """Everything that the step tells: its own event, and those that come with it."""
        asked = [f"{self.kind}.{ASKED}"] if self._is_place and step.to == ASKED else []
        keys = dict.fromkeys((self.event(step), *asked, *self.of.coming_with.get(step.key, ())))
        return [self.words.events[key] for key in keys]

    # ---- walking

    def standings(self, key: str) -> dict[str, list[DutyStanding]]:
        """By state how a record may stand there with a duty of its own."""
        return self.standings_of(self.duties[key])

    def standings_of(self, duty: Duty) -> dict[str, list[DutyStanding]]:
        """The same of a duty as the steps move it."""
        return self._standings[duty]

    @cached_property
    def _standings(self) -> dict[Duty, dict[str, list[DutyStanding]]]:
        alike = dict.fromkeys(self.duties.values())
        return {duty: self.ways.explore(DutyStanding.NEVER, duty.cases) for duty in alike}

    @cached_property
    def duties(self) -> dict[str, Duty]:
        """How the steps move each rule of this kind."""
        return {key: self._duty(rule) for key, rule in self.own.items()}

    def _duty(self, rule: ObligationRule) -> Duty:
        ends = ends_of(rule)
        told = [(step, event) for step in self.steps for event in self.told(step)]
        undone = {key for _, event in told for key in event.undoes}
        return Duty(
            open=_keys(step for step, event in told if event.key == rule.opens),
            end=_keys(step for step, event in told if event.key in ends),
            undone=_keys(step for step, event in told if event.key in ends & undone),
            revive=_keys(step for step, event in told if not ends.isdisjoint(event.undoes)),
            take_up=_keys(step for step, event in told if rule.opens in event.takes_up),
            wait=_keys(step for step in self.steps if self.waits_for(step, rule)),
        )

    @property
    def _is_place(self) -> bool:
        return self.kind in self.of.places

    def leading(self, state: str) -> list[StepEntry]:
        """The steps by which somebody is expected to go on from here; those that a round takes by itself are none, nor
        those of a part that come with a step of its record.
        """
        by_itself = OF_THE_ROUND if self._is_place else ()
        return [
            one
            for one in self.ways.from_(state)
            if not one.aside and not self._ends(one) and one.verb not in by_itself and not self._comes_with(one)
        ]

    def _ends(self, step: StepEntry) -> bool:
        return step.ends or self.words.verbs[step.key].ends

    def _comes_with(self, step: StepEntry) -> tuple[str, ...]:
        """The steps of its record with which a step of a part comes along."""
        within = self.words.verbs[step.key].within
        return tuple(one for one in within if one.partition(".")[0] != self.kind) if within else ()

    # ---- guards that wait for duties

    def waits_for(self, step: StepEntry, rule: ObligationRule) -> bool:
        """Whether the step cannot be taken while a duty is open: a guard of it waits until it has ended."""
        return any(self._has_ended(held, rule) for guard in step.guards for held in self.held_back(guard))

    def held_back(self, guard: str) -> tuple[HeldUntil, ...]:
        """Until when a guard of a step holds it back."""
        name, _, argument = guard.partition(":")
        if name in ROWS_ENDED:
            rows = self.of.tables.get((self.kind, argument), "")
            walk = self.of.kinds.get(rows)
            return (until_parts(rows, *walk.final),) if walk is not None else ()
        known = self.words.guards.get((self.kind, guard))
        return known.holds_back if known is not None else ()

    def _has_ended(self, held: HeldUntil, rule: ObligationRule) -> bool:
        """Whether a duty must have ended by the time a guard holds: by each event that it waits for, or because it is
        open in none of the states in which it lets parts be.
        """
        if held.events:
            return held.events <= ends_of(rule)
        part = self.of.kinds.get(held.part)
        if part is None or rule.key not in part.own:
            return False
        return not any(DutyStanding.OPEN in part.standings(rule.key).get(state, ()) for state in held.states)

    def is_foreign(self, event: str) -> bool:
        """Whether an event happens to another record than this one and its parts."""
        return self.words.chain_of(event.partition(".")[0]) not in (self.kind, self.words.chain_of(self.kind))

    # ---- a duty that an end leaves open

    def _left(self) -> Iterator[WalkFinding]:
        for key, rule in self.own.items():
            for state, standings in self.standings(key).items():
                if state in self.final and DutyStanding.OPEN in standings and not self._can_end(rule, state):
                    yield findings.left(rule, self.states[state], self._ends_open(rule, state))

    def _ends_open(self, rule: ObligationRule, state: str) -> list[str]:
        """The events that come to a state and leave the duty open."""
        coming = [self.event(one) for one in self.ending() if one.to == state]
        return [event for event in coming if event not in ends_of(rule)] or coming

    def _can_end(self, rule: ObligationRule, state: str) -> bool:
        """Whether what an end leaves open can still end: by a step from there, on the record of a part, at any time, or
        on another record.
        """
        if any(event.key in ends_of(rule) for step in self.leading(state) for event in self.told(step)):
            return True
        if any(event.key in rule.closes for step in self.ways.from_(state) for event in self.told(step)):
            return True
        if any(self._is_nearby(event) or self._comes_any_time(event) for event in rule.closes):
            return True
        return state not in self.void and (rule.outlives or any(self.is_foreign(one) for one in ends_of(rule)))

    def _is_nearby(self, event: str) -> bool:
        """Whether an event happens to the record of this part, or to another part of it."""
        kind = event.partition(".")[0]
        return kind != self.kind and self.words.chain_of(kind) == self.words.chain_of(self.kind) != self.kind

    def _comes_any_time(self, event: str) -> bool:
        """Whether an event of this kind is bound to no step."""
        bound = self.words.verbs_writing(event) or self.words.events[event].told_by
        return event.partition(".")[0] == self.kind and not bound

    def ending(self) -> Iterator[StepEntry]:
        """The steps by which a record ends."""
        return (step for step in self.steps if step.from_ and step.to in self.final)

    # ---- parts, and places to sign

    def moves(self, state: str) -> list[tuple[tuple[str, ...], str]]:
        """Where a part may come from a state, each with the steps of the record with which it does, if with any."""
        if state not in self._moves:
            ways = self.ways.onward((state, ())) if state else self.ways.beginnings()
            self._moves[state] = [(self._comes_with(step), place[0]) for step, place in ways]
        return self._moves[state]

    @cached_property
    def _moves(self) -> dict[str, list[tuple[tuple[str, ...], str]]]:
        return {}

    def is_done_after(self, rule: ObligationRule, *, void: bool) -> bool:
        """Whether what is owed on a part of the product's own may be done when its record has ended."""
        verbs = [verb for event in rule.closes for verb in self.words.verbs_writing(event) if verb.kind == self.kind]
        return not self._is_declared and any(not (void and verb.never_when_void) for verb in verbs)

    def _levels_unasked(self) -> Iterator[ApprovalLevel]:
        """The levels whose signers owe no signature."""
        places = signer_kind(self.kind)
        approvals = {one.key for one in self.of.approvals if one.kind == self.kind}
        opened = [one for one in self.of.rules if one.opens == f"{places}.{ASKED}" and f"{places}.sign" in one.closes]
        for level in self.of.levels:
            if level.approval in approvals and not any(_speaks_of(rule, level) for rule in opened):
                yield level


def _keys(steps: Iterable[StepEntry]) -> frozenset[str]:
    return frozenset(step.key for step in steps)


def _speaks_of(rule: ObligationRule, level: ApprovalLevel) -> bool:
    """Whether the conditions of a rule on places to sign let those of a level in."""
    said = [one for one in rule.when if set(fields_in([one])) == {"level"}]
    return all(holds(one, lambda _: level.key, today=date.min) for one in said)


def check(sheet: ParsedPack) -> None:
    """Walk every kind, once all that is walked could be read."""
    read = ("state", "step", "obligation", "approval", "level")
    if not sheet.is_whole(*read, "kind", "field") or sheet.mistakes:
        return
    states, steps, rules, approvals, levels = ([one.entry for one in sheet.of(name)] for name in read)
    tables = {(one.kind, one.name): one.of for one in sheet.field_entries() if one.type == "rows"}
    answers = single_answers(sheet)
    for found in Walked(states, steps, rules, sheet.vocabulary, approvals, levels, tables, answers).findings():
        located = next(one for one in sheet.of(found.section) if one.entry.key == found.key)
        if found.is_certain:
            sheet.wrong(located, found.path, found.problem, found.remedy)
        else:
            sheet.warnings.append(located.mistake(found.path, found.problem, found.remedy))
