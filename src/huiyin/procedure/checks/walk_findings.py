"""What a walk through the states of a kind finds, and how it is said: where, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from huiyin.kernel.text import Text, t
from huiyin.procedure.approval_completion import ASKED, signer_kind
from huiyin.procedure.checks.paths import ends_of
from huiyin.procedure.duty_entries import ObligationRule
from huiyin.procedure.entries import State, StepEntry
from huiyin.procedure.kind_entries import ApprovalLevel


@dataclass(frozen=True, slots=True)
class WalkFinding:
    """What is wrong at an entry of a section: ``path`` within it, the problem and what to do. Where it is not certain,
    for it may be meant so, the author is warned.
    """

    section: str
    key: str
    path: tuple[str, ...]
    problem: Text
    remedy: Text
    is_certain: bool = True


def idle(state: State, events: Sequence[str], case: Mapping[str, str]) -> WalkFinding:
    """Nobody owes what leads on from a state."""
    return WalkFinding(
        "state",
        state.key,
        (),
        t(
            "到了“{state}”{case}，没有人应办下一步（{events}）",
            "In the state “{state}”{case} nobody owes the next step ({events}).",
            state=state.label,
            case=_where(case),
            events=" / ".join(events),
        ),
        t(
            "请加一条 [[obligation]]，由到达这一状态的事件产生，closes = [{events}]",
            "Add an [[obligation]] opened by what leads here, with closes = [{events}].",
            events=_listed(events),
        ),
    )


def owed_by_another(state: State, events: Sequence[str], case: Mapping[str, str]) -> WalkFinding:
    """What is owed in a state is owed by somebody who may take none of the steps that lead on, as far as one knows."""
    return WalkFinding(
        "state",
        state.key,
        (),
        t(
            "到了“{state}”{case}，担着责任的人办不了下一步（{events}）",
            "In the state “{state}”{case} whoever owes something may not take the next step ({events}).",
            state=state.label,
            case=_where(case),
            events=" / ".join(events),
        ),
        t(
            "请让能办这一步的人担责任（[[obligation]] 的 owner），或在步骤的 by 加上担责任的人",
            "Let an [[obligation]] be owed by who may take the step, or add who owes it to by of the step.",
        ),
        is_certain=False,
    )


def stuck(state: State, case: Mapping[str, str]) -> WalkFinding:
    """In a case no guard lets a record pass on."""
    return WalkFinding(
        "state",
        state.key,
        (),
        t(
            "到了“{state}”{case}，没有一步走得下去",
            "In the state “{state}”{case} no step leads on.",
            state=state.label,
            case=_where(case),
        ),
        t(
            "请给这种情况加一步，或放宽一步的 is 条件",
            "Add a step for this case, or ask less by a guard is.",
        ),
        is_certain=False,
    )


def left(rule: ObligationRule, state: State, events: Sequence[str]) -> WalkFinding:
    """A duty is open when the record has ended, and nobody can fulfil it any more."""
    missing = [event for event in events if event not in ends_of(rule)] or events
    return WalkFinding(
        "obligation",
        rule.key,
        ("cancels",),
        t(
            "记录到了“{state}”，这项责任还在",
            "This is still owed when the record has come to “{state}”.",
            state=state.label,
        ),
        t("请在 cancels 加上 {events}", "Add {events} to cancels.", events=_listed(missing)),
    )


def left_on_part(rule: ObligationRule, state: State, event: str) -> WalkFinding:
    """A duty on a part is open when its record has ended; it could still be done, and may be meant so."""
    return WalkFinding(
        "obligation",
        rule.key,
        ("cancels",),
        t(
            "记录到了“{state}”，这项责任可能还在，也还能办",
            "This may still be owed when the record has come to “{state}”, and can still be done.",
            state=state.label,
        ),
        t(
            '请在 cancels 加上 "{event}"，或给这一步加上等它办完的条件；本意如此就写 outlives = true',
            'Add "{event}" to cancels, or a guard that waits for it; write outlives = true if it is meant so.',
            event=event,
        ),
        is_certain=False,
    )


def unasked(level: ApprovalLevel, kind: str) -> WalkFinding:
    """Whoever is asked at a level of an approval on records of a kind does not owe the signature."""
    places = signer_kind(kind)
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


def alone(step: StepEntry, *, is_certain: bool) -> WalkFinding:
    """One person alone can take a step, and nobody can take it over."""
    return WalkFinding(
        "step",
        step.key,
        ("by",),
        t("只有一个人能办，别人接不过去", "One person alone can take this step, and nobody can take it over."),
        t(
            "请在 by 加上一个职能或 head，或加上移交的步骤",
            "Add a function or head to by, or a step that hands it over.",
        ),
        is_certain,
    )


def _where(case: Mapping[str, str]) -> Text:
    """In which case: with which answers; empty where none matters."""
    if not case:
        return Text("", "")
    said = ", ".join(f"{field} = {word}" for field, word in case.items())
    return t("（{said}）", " ({said})", said=said)


def _listed(events: Sequence[str]) -> str:
    return ", ".join(f'"{event}"' for event in events)
