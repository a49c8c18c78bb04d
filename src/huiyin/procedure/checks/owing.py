"""Whether whoever owes something may take what closes it, as far as a procedure says it without knowing the staff."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from huiyin.kernel.text import t
from huiyin.procedure.checks import walk_people as people
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.lexicon import FIELD, Vocabulary
from huiyin.procedure.sheet import ParsedPack


@dataclass(frozen=True)
class Owing:
    """Who may be meant by the owner of a duty, by the steps of a procedure."""

    steps: Sequence[StepEntry]
    words: Vocabulary

    def surely(self, rule: ObligationRule, step: StepEntry) -> bool:
        """Whether the owner may take a step by what is said of both."""
        if people.may_take(rule.owner, step.by, self.words):
            return True
        return not {*step.by}.isdisjoint(_held(self._whoever_owes(rule)))

    def perhaps(self, rule: ObligationRule, step: StepEntry) -> bool:
        """Whether the owner may take a step, or may be somebody of whom nothing is known."""
        return self.surely(rule, step) or not self._is_known(rule, step)

    def _is_known(self, rule: ObligationRule, step: StepEntry) -> bool:
        """Whether enough is known of the owner to say that the step is not theirs."""
        if self.words.function_in(rule.owner) is not None:
            return True
        here = self._record(rule)
        if self.words.chain_of(step.kind) != here:
            return False
        field = self.words.field_in(rule.owner, here)
        if rule.owner.startswith(FIELD):
            return field is not None and field.type != "department"
        if rule.owner in ("record.department", "record.head"):
            return here in self.words.declared
        return rule.owner in ("record.owner", "actor")

    def _record(self, rule: ObligationRule) -> str:
        """The kind of record on which it is owed."""
        return self.words.chain_of(rule.opens.partition(".")[0])

    def _whoever_owes(self, rule: ObligationRule) -> Iterator[str]:
        """The words of ``by`` that brought the owner to the record: who opened it, or took the step before."""
        if rule.owner == "actor":
            steps: Iterable[StepEntry] = self._writing.get(rule.opens, ())
        elif rule.owner == "record.owner" or (
            rule.owner in ("record.department", "record.head") and self._record(rule) in self.words.declared
        ):
            steps = (one for one in self.steps if one.kind == self._record(rule) and not one.from_)
        else:
            return
        yield from (word for step in steps for word in step.by)

    @cached_property
    def _writing(self) -> dict[str, list[StepEntry]]:
        """The steps that write each event as their own."""
        found: dict[str, list[StepEntry]] = {}
        for step in self.steps:
            if step.key in self.words.verbs:
                found.setdefault(self.words.verbs[step.key].event, []).append(step)
        return found

    def closing(self, rule: ObligationRule) -> list[StepEntry]:
        """The steps that close a duty; none where something closes it that no step writes."""
        if not all(self.words.verbs_writing(event) for event in rule.closes):
            return []
        return [step for event in rule.closes for step in self._writing.get(event, ())]


def _held(by: Iterable[str]) -> Iterator[str]:
    """What somebody is for sure who fits one of these words: the head of a department belongs to it."""
    for word in by:
        function, dot, post = word.partition(".")
        if word != "anyone":
            yield word
        if dot and post == "head" and function != "record":
            yield from (function, "head")


def check(sheet: ParsedPack) -> None:
    """Warn of duties whose owner may take none of the steps that close them."""
    if not sheet.is_whole("step", "obligation", "kind", "field"):
        return
    owing = Owing([one.entry for one in sheet.of("step")], sheet.vocabulary)
    for located in sheet.of("obligation"):
        rule = located.entry
        closing = owing.closing(rule)
        if closing and not any(owing.perhaps(rule, step) for step in closing):
            problem = t(
                "“{owner}”担着这项责任，却办不了使它完成的步骤（{steps}）",
                "“{owner}” owes this and may take none of the steps that fulfil it ({steps}).",
                owner=rule.owner,
                steps=", ".join(dict.fromkeys(step.key for step in closing)),
            )
            remedy = t(
                "请换一个 owner，或在这些步骤的 by 加上它", "Name another owner, or add it to by of these steps."
            )
            sheet.warnings.append(located.mistake(["owner"], problem, remedy))
