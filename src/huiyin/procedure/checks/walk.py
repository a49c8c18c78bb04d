"""Whoever must act next owes it: every state of a kind is walked, from its opening steps to its ends.

Along every path the duties that events open and end are followed; one with conditions counts as owed, for it may be.
Found are a state that nobody owes to lead on, a duty that an end leaves open, and a step that one person alone can take
and nobody can take over. While a record waits for approval, what is owed is the signature of each who is asked.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from huiyin.kernel.text import Text, t
from huiyin.procedure.approval_completion import ASKED, CONCLUSIONS, OF_THE_ROUND, signer_kind
from huiyin.procedure.conditions import fields_in, holds
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import State, StepEntry
from huiyin.procedure.kind_entries import ApprovalEntry, ApprovalLevel
from huiyin.procedure.lexicon import FIELD, Vocabulary
from huiyin.procedure.offline_completion import sheet_kind
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.procedure.words import PREVIOUS

MOST_NODES = 20_000
"""A kind whose states and duties meet in more ways than this is walked so far and no further."""
NONE_OPEN = ("answered:", "settled:")
"""Guards that hold a step back while a task row is open."""
Node = tuple[str, frozenset[str]]
"""A state, and the keys of the rules that are open there."""


@dataclass(frozen=True, slots=True)
class WalkFinding:
    """What is wrong at an entry of a section: ``path`` within it, the problem and what to do."""

    section: str
    key: str
    path: tuple[str, ...]
    problem: Text
    remedy: Text


@dataclass(frozen=True)
class ApprovalWalk:
    """The approvals of a pack with their levels."""

    entries: Sequence[ApprovalEntry] = ()
    levels: Sequence[ApprovalLevel] = ()

    @cached_property
    def places(self) -> frozenset[str]:
        """The kinds of part that are places to sign."""
        return frozenset(signer_kind(one.kind) for one in self.entries)

    def waiting(self, kind: str) -> frozenset[str]:
        """The states in which records of a kind wait for signatures."""
        return frozenset(one.state for one in self.entries if one.kind == kind)

    def conclusions(self, kind: str) -> frozenset[str]:
        """The verbs of the steps by which a round on a record of a kind ends."""
        return frozenset(one.verb(name) for one in self.entries if one.kind == kind for name in CONCLUSIONS)

    def levels_of(self, kind: str) -> list[ApprovalLevel]:
        """The levels that sign on records of a kind."""
        keys = {one.key for one in self.entries if one.kind == kind}
        return [one for one in self.levels if one.approval in keys]


@dataclass(frozen=True)
class Walk:
    """One kind: its states, its steps, the rules of the whole procedure; ``most`` states with their duties are seen."""

    kind: str
    states: Sequence[State]
    steps: Sequence[StepEntry]
    rules: Sequence[ObligationRule]
    words: Vocabulary
    approvals: ApprovalWalk = field(default_factory=ApprovalWalk)
    most: int = MOST_NODES

    def findings(self) -> Iterator[WalkFinding]:
        """Everything that is wrong, each once."""
        idle: dict[str, None] = {}
        left: dict[tuple[str, str], None] = {}
        for state, owed in self.nodes():
            if state in self.final:
                left |= {(rule, state): None for rule in owed if not self._can_end(rule, state)}
            elif self.leading(state) and not self._is_owed(state, owed):
                idle[state] = None
        yield from map(self._idle, idle)
        yield from (self._left(rule, state) for rule, state in left)
        yield from map(self._unasked, self._levels_unasked())
        yield from self._rows_left()
        yield from map(self._alone, self._held_by_one())

    # ---- walking

    @cached_property
    def final(self) -> frozenset[str]:
        """The states in which a record may stay for ever."""
        return frozenset(state.name for state in self.states if state.phase in LAST_PHASES)

    @cached_property
    def void(self) -> frozenset[str]:
        """The states of records that count no more."""
        return frozenset(state.name for state in self.states if state.phase == "void")

    @cached_property
    def own(self) -> dict[str, ObligationRule]:
        """The rules opened by events of this kind itself."""
        events = {self.event(step) for step in self.steps}
        return {rule.key: rule for rule in self.rules if rule.opens in events}

    def event(self, step: StepEntry) -> str:
        """What the step writes into the journal."""
        return self.words.verbs[step.key].event

    def nodes(self) -> list[Node]:
        """Every state with every set of duties that may be open in it."""
        waiting = deque((str(one.to), self._after(frozenset(), one)) for one in self.steps if not one.from_)
        seen: dict[Node, None] = {}
        while waiting and len(seen) < self.most:
            node = waiting.popleft()
            if node in seen:
                continue
            seen[node] = None
            state, owed = node
            for step in self._from(state):
                waiting.extend((target, self._after(owed, step)) for target in self._targets(step, state))
        return list(seen)

    def _after(self, owed: frozenset[str], step: StepEntry) -> frozenset[str]:
        event = self.event(step)
        told = {event, f"{self.kind}.{ASKED}"} if self._is_place and step.to == ASKED else {event}
        undone = set(self.words.undone_by(event))
        still = {key for key in owed if event not in _ends(self.own[key])}
        again = {key for key, rule in self.own.items() if undone & _ends(rule)}
        return frozenset({*still, *again, *(key for key, rule in self.own.items() if rule.opens in told)})

    def _from(self, state: str) -> Iterator[StepEntry]:
        return (step for step in self.steps if state in step.from_)

    @property
    def _is_place(self) -> bool:
        return self.kind in self.approvals.places

    def _targets(self, step: StepEntry, state: str) -> list[str]:
        """Where the step leads: to its state, to those from which one came here, or nowhere else."""
        if step.to == PREVIOUS:
            return list(dict.fromkeys(one for each in self.steps if each.to == state for one in each.from_))
        return [step.to or state]

    def leading(self, state: str) -> list[StepEntry]:
        """The steps by which somebody is expected to go on from here; those that a round takes by itself are none."""
        by_itself = OF_THE_ROUND if self._is_place else ()
        return [one for one in self._from(state) if not one.aside and not one.ends and one.verb not in by_itself]

    # ---- judging

    def _is_owed(self, state: str, owed: Collection[str]) -> bool:
        """Whether a duty asks for the next step, or for a later one of somebody who may take the next; what is done on
        another record asks there. Where records wait for approval it is the signatures.
        """
        if state in self.approvals.waiting(self.kind):
            return True
        steps = self.leading(state)
        for key in owed:
            rule = self.own[key]
            closes = set(rule.closes)
            if any(self._is_foreign(event) for event in closes):
                return True
            if any(self.event(one) in closes and _can_be_asked(rule.owner, one.by, self.words) for one in steps):
                return True
            if any(_may_take(rule.owner, step.by, self.words) for step in steps):
                return True
        return False

    def _can_end(self, key: str, state: str) -> bool:
        """Whether what an end leaves open can still end: by a step from there, or on another record."""
        rule = self.own[key]
        if any(self.event(step) in _ends(rule) for step in self.leading(state)):
            return True
        if any(self.event(step) in rule.closes for step in self._from(state)):
            return True
        return state not in self.void and (rule.outlives or any(self._is_foreign(event) for event in _ends(rule)))

    def _is_foreign(self, event: str) -> bool:
        return self.words.chain_of(event.partition(".")[0]) not in (self.kind, self.words.chain_of(self.kind))

    def _levels_unasked(self) -> Iterator[ApprovalLevel]:
        """The levels whose signers owe no signature."""
        places = signer_kind(self.kind)
        of_places = [one for one in self.rules if one.opens == f"{places}.{ASKED}" and f"{places}.sign" in one.closes]
        for level in self.approvals.levels_of(self.kind):
            if not any(_speaks_of(rule, level) for rule in of_places):
                yield level

    def _ending(self) -> Iterator[StepEntry]:
        return (step for step in self.steps if step.from_ and step.to in self.final)

    def _rows_left(self) -> Iterator[WalkFinding]:
        """Duties on rows must end with the record, unless the step waits until every row is answered."""
        for rule in self.rules:
            part = rule.opens.partition(".")[0]
            if not rule.opens or self.words.chain_of(part) != self.kind or part == self.kind:
                continue
            if part == sheet_kind(self.kind):
                continue  # what came too late is decided whatever became of the record
            for step in self._ending():
                if self.event(step) in _ends(rule) or any(g.startswith(NONE_OPEN) for g in step.guards):
                    continue
                stays = rule.outlives and step.to not in self.void
                if not stays and not self._releases_signers(step, part, rule):
                    yield self._left(rule.key, str(step.to), by=self.event(step))

    def _releases_signers(self, step: StepEntry, part: str, rule: ObligationRule) -> bool:
        """Whether nobody is asked to sign any more at this end: the round has ended before, or ends by it."""
        if part not in self.approvals.places or f"{part}.excused" not in _ends(rule):
            return False
        return not self.approvals.waiting(self.kind) & {*step.from_} or step.verb in self.approvals.conclusions(
            self.kind
        )

    def _held_by_one(self) -> Iterator[StepEntry]:
        """Steps that one person alone may take where nobody may put another in their place."""
        for step in self.steps:
            alone = [word for word in step.by if self._is_person(word)]
            if step.from_ and len(alone) == len(step.by) and not all(self._can_pass(w, step) for w in alone):
                yield step

    def _is_person(self, word: str) -> bool:
        field = self.words.field_in(word, self.kind)
        role = self.words.roles.get(word)
        return (
            word == "owner" or (field is not None and field.type != "department") or bool(role and not role.department)
        )

    def _can_pass(self, word: str, step: StepEntry) -> bool:
        """Whether in every state of the step somebody else may name another person for it."""
        if word == "owner" and self.words.chain_of(self.kind) != self.kind:
            return True  # the record of the row is handed over
        verb = "correct" if word.startswith(FIELD) else "hand_over" if word == "owner" else "pass_on"
        passing = next((each for each in self.steps if each.verb == verb), None)
        if passing is None or not set(step.from_) <= set(passing.from_):
            return False
        others = [one for one in passing.by if one != word]
        return any(not self._is_person(one) or self._can_pass(one, step) for one in others if one != word)

    # ---- saying

    def _idle(self, state: str) -> WalkFinding:
        label = next(each.label for each in self.states if each.name == state)
        events = [self.event(step) for step in self.leading(state)]
        return WalkFinding(
            "state",
            f"{self.kind}.{state}",
            (),
            t(
                "到了“{state}”，没有人应办下一步（{events}）",
                "In the state “{state}” nobody owes the next step ({events}).",
                state=label,
                events=" / ".join(events),
            ),
            t(
                "请加一条 [[obligation]]，由到达这一状态的事件产生，closes = [{events}]",
                "Add an [[obligation]] opened by what leads here, with closes = [{events}].",
                events=", ".join(f'"{event}"' for event in events),
            ),
        )

    def _unasked(self, level: ApprovalLevel) -> WalkFinding:
        places = signer_kind(self.kind)
        return WalkFinding(
            "level",
            level.key,
            (),
            t("这一级请谁签署，谁都没有责任", "Whoever is asked at this level does not owe the signature."),
            t(
                '请加一条 [[obligation]]，opens = "{opens}"，closes = ["{closes}"]',
                'Add an [[obligation]] with opens = "{opens}" and closes = ["{closes}"].',
                opens=f"{places}.{ASKED}",
                closes=f"{places}.sign",
            ),
        )

    def _left(self, key: str, state: str, *, by: str = "") -> WalkFinding:
        label = next(each.label for each in self.states if each.name == state)
        here = [by] if by else [self.event(step) for step in self._ending() if step.to == state]
        rule = next(one for one in self.rules if one.key == key)
        missing = [event for event in here if event not in _ends(rule)]
        return WalkFinding(
            "obligation",
            key,
            ("cancels",),
            t(
                "记录到了“{state}”，这项责任还在",
                "This is still owed when the record has come to “{state}”.",
                state=label,
            ),
            t(
                "请在 cancels 加上 {events}",
                "Add {events} to cancels.",
                events=", ".join(f'"{event}"' for event in missing or here),
            ),
        )

    def _alone(self, step: StepEntry) -> WalkFinding:
        return WalkFinding(
            "step",
            step.key,
            ("by",),
            t("只有一个人能办，别人接不过去", "One person alone can take this step, and nobody can take it over."),
            t(
                "请在 by 加上一个职能或 head，或加上移交的步骤",
                "Add a function or head to by, or a step that hands it over.",
            ),
        )


def _ends(rule: ObligationRule) -> set[str]:
    return {*rule.closes, *rule.cancels, *rule.puts_off}


def _speaks_of(rule: ObligationRule, level: ApprovalLevel) -> bool:
    """Whether the conditions of a rule on places to sign let those of a level in."""
    said = [one for one in rule.when if set(fields_in([one])) == {"level"}]
    return all(holds(one, lambda _: level.key, today=date.min) for one in said)


def _can_be_asked(owner: str, by: Collection[str], words: Vocabulary) -> bool:
    """Whether who owes the step may be one who takes it; of a department it is known whether it does."""
    return words.function_in(owner) is None or _may_take(owner, by, words)


def _may_take(owner: str, by: Collection[str], words: Vocabulary) -> bool:
    """Whether who owes something is among those who may take a step."""
    if "anyone" in by or owner in by:
        return True
    if owner == "record.owner":
        return "owner" in by
    function = words.function_in(owner)
    return function is not None and bool({function, f"{function}.head"} & set(by))


def walks(
    kinds: Iterable[str],
    states: Iterable[State],
    steps: Iterable[StepEntry],
    rules: Iterable[ObligationRule],
    words: Vocabulary,
    approvals: ApprovalWalk | None = None,
) -> Iterator[Walk]:
    """A walk for each of these kinds that has states and steps."""
    states, rules = list(states), list(rules)
    steps = [step for step in steps if step.key in words.verbs]
    for kind in kinds:
        of_states = [each for each in states if each.kind == kind]
        of_steps = [each for each in steps if each.kind == kind]
        if of_states and any(not step.from_ for step in of_steps):
            yield Walk(kind, of_states, of_steps, rules, words, approvals or ApprovalWalk())


def check(sheet: ParsedPack) -> None:
    """Walk every kind that the pack declares, once all that is walked could be read."""
    read = ("state", "step", "obligation", "approval", "level")
    if not sheet.is_whole(*read, "kind", "field") or sheet.mistakes:
        return
    states, steps, rules, approvals, levels = ([one.entry for one in sheet.of(name)] for name in read)
    declared = [kind.key for kind in sheet.kind_entries()]
    for walk in walks(declared, states, steps, rules, sheet.vocabulary, ApprovalWalk(approvals, levels)):
        for found in walk.findings():
            sheet.wrong(_located(sheet, found), found.path, found.problem, found.remedy)


def _located(sheet: ParsedPack, found: WalkFinding) -> ParsedEntry:
    return next(one for one in sheet.of(found.section) if one.entry.key == found.key)
