"""Approvals: states that exist, levels that somebody can sign, and a way that does not lead round in a circle."""

from __future__ import annotations

from collections.abc import Iterable, Set

from huiyin.kernel.text import t
from huiyin.procedure.approval_completion import MOST, signer_kind
from huiyin.procedure.checks.kinds import FIELD, KIND, NUMBERS, conditions, fields_of
from huiyin.procedure.completion import CORRECT
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.lexicon import FIELD as HELD
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import PREVIOUS

AUTHORITY = "authority:"
STATE = t("状态", "state")
ON_RECORD = ("record.head", "record.department", "owner")


def check(sheet: ParsedPack) -> None:
    """Note what keeps an approval from being asked for, signed, or ended."""
    approvals = {each.entry.key: each for each in sheet.of("approval")}
    kinds = {each.entry.key: each for each in sheet.of("kind")}
    for located in approvals.values():
        _approval(sheet, located, kinds)
        _voided_unseen(sheet, located)
    for located in sheet.of("level"):
        approval = approvals.get(located.entry.approval)
        known = [f"{key}.{located.entry.name}" for key in approvals]
        if sheet.known(located, ["key"], located.entry.key, known, t("会签级的键", "key of a level")) and approval:
            _level(sheet, located, approval.entry.kind, kinds)
    mine = {signer_kind(each.entry.kind) for each in approvals.values()}
    for key, located in kinds.items():
        if located.entry.rows == "signers" and key not in mine:
            problem = t("signers 由会签带来，不能自己写", "Signers come with an approval and cannot be written.")
            sheet.wrong(located, ["rows"], problem, t("请写 [[approval]]", "Write an [[approval]]."))


def _approval(sheet: ParsedPack, located: ParsedEntry, kinds: dict[str, ParsedEntry]) -> None:
    one = located.entry
    whole = [key for key, each in kinds.items() if each.entry.part_of is None]
    if not sheet.known(located, ["kind"], one.kind, whole, KIND):
        return
    if len(one.kind) > MOST:
        problem = t("有会签的类别键太长", "The key of a kind with an approval is too long.")
        sheet.wrong(located, ["kind"], problem, t("最多 {n} 个字符", "Use at most {n} characters.", n=MOST))
    states = [each.entry.name for each in sheet.of_kind("state", one.kind)]
    others = [name for name in states if name != one.state]
    for name, state in (("from", one.from_), ("approved", one.approved), ("returned", one.returned)):
        sheet.known(located, [name], state, others, STATE)
    _circle(sheet, located)
    for index, name in enumerate(one.fills):
        sheet.known(located, ["fills", index], name, fields_of(sheet, one.kind), FIELD)
    for index, state in enumerate(one.binds):
        sheet.known(located, ["binds", index], state, [n for n in others if n not in (one.from_, one.returned)], STATE)
    people = ["opener", "owner", *(name for name, each in fields_of(sheet, one.kind).items() if each.type == "person")]
    for index, name in enumerate(one.not_by):
        sheet.known(located, ["not_by", index], name, people, t("人员", "person"))
    levels = [each for each in sheet.of("level") if each.entry.approval == one.key]
    if not levels:
        problem = t("会签没有一级", "The approval has no level.")
        remedy = t('请加上 [[level]] key = "{key}.…"', 'Add [[level]] key = "{key}.…".', key=one.key)
        sheet.wrong(located, ["key"], problem, remedy)
    elif all(each.entry.when for each in levels):
        problem = t("每一级都有条件，可能一级也不适用", "Every level has conditions; perhaps none would apply.")
        remedy = t("请至少让一级不带 when", "Leave at least one level without when.")
        sheet.wrong(levels[-1], ["when"], problem, remedy)


def _circle(sheet: ParsedPack, located: ParsedEntry) -> None:
    """What is approved must not be asked again for the same, nor two approvals share a state."""
    one = located.entry
    if one.approved in (one.from_, one.returned):
        problem = t("通过以后又回到会签之前", "Once approved it stands before the approval again.")
        remedy = t("请让 approved 是后面的状态", "Let approved be a state behind it.")
        sheet.wrong(located, ["approved"], problem, remedy)
    others = [each.entry for each in sheet.of_kind("approval", one.kind) if each.entry.key != one.key]
    for other in others:
        if other.state == one.state:
            problem = t("两个会签用同一个状态「{state}」", "Two approvals share the state “{state}”.", state=one.state)
            sheet.wrong(located, ["state"], problem, t("请给它另一个 state", "Give it a state of its own."))
        if (other.from_, other.approved) == (one.approved, one.from_):
            problem = t("与「{key}」互相绕圈", "It leads round in a circle with “{key}”.", key=other.key)
            sheet.wrong(located, ["approved"], problem, t("请断开这个圈", "Break the circle."))


def _voided_unseen(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Warn of fields that a step asks while what was signed is bound: who fills one in has everybody asked again."""
    one = located.entry
    steps = [each.entry for each in sheet.of_kind("step", one.kind)]
    bound = {state for each in steps if each.verb == one.verb("ask_again") for state in each.from_}
    said: dict[str, list[str]] = {}
    for step in steps:
        if step.verb == CORRECT or step.to == one.state or not _stays_bound(step, steps, bound, one.state):
            continue
        for name, field in fields_of(sheet, one.kind).items():
            if field.is_written and name not in one.fills and step.verb in field.asked:
                said.setdefault(name, []).append(step.verb)
    for name, verbs in said.items():
        problem = t(
            "“{field}”在送签以后还要填（{steps}），却不在会签「{approval}」的 fills 里：一填，签字就作废、重新会签",
            "“{field}” is filled in after it was signed ({steps}) and is not among fills of the approval "
            "“{approval}”: filling it in voids the signatures, and everybody is asked again.",
            field=name,
            steps=", ".join(verbs),
            approval=one.key,
        )
        remedy = t(
            '请在 fills 加上 "{field}"；改了就该重签的，请另设一步退回再改',
            'Add "{field}" to fills; what must be signed anew is better changed after a step that takes it back.',
            field=name,
        )
        sheet.warnings.append(located.mistake(["fills"], problem, remedy))


def _stays_bound(step: StepEntry, steps: Iterable[StepEntry], bound: Set[str], waiting: str) -> bool:
    """Whether a record may stand where what was signed is bound both before a step and some time after, without having
    been submitted anew in between.
    """
    if not bound & {*step.from_}:
        return False
    onward = [one for one in steps if one.to != waiting]
    ahead, reached = ([*step.from_] if step.to is None else [step.to]), set[str]()
    while ahead:
        here = ahead.pop()
        if here in bound or here == PREVIOUS:
            return True
        reached.add(here)
        ahead += [str(one.to) for one in onward if here in one.from_ and one.to and one.to not in reached]
    return False


def _level(sheet: ParsedPack, located: ParsedEntry, kind: str, kinds: dict[str, ParsedEntry]) -> None:
    level = located.entry
    known = list(_who(sheet, kind))
    for index, word in enumerate(level.who):
        sheet.known(located, ["who", index], word, known, t("人员", "selector"))
    if isinstance(level.need, int) and not isinstance(level.need, bool) and level.need > _most(level.who):
        problem = t("要 {n} 人签，只写了 {m} 处", "It needs {n} to sign and names {m}.", n=level.need, m=len(level.who))
        sheet.wrong(located, ["need"], problem, t("请在 who 里写够，或减少 need", "Name enough in who, or need fewer."))
    if level.refusal == "ends" and "return" in level.may:
        problem = t("拒绝就结束，又可以退回", "A refusal ends it, and yet it may be returned.")
        sheet.wrong(located, ["may"], problem, t("请去掉其中之一", "Leave one of them out."))
    if kind in kinds:
        conditions(sheet, located, "when", level.when, kinds[kind].entry)


def _most(who: Iterable[str]) -> int:
    """How many a level asks at most; a field may hold one."""
    return len(set(who))


def _who(sheet: ParsedPack, kind: str) -> Iterable[str]:
    """Every word that a level may ask."""
    functions = sheet.vocabulary.functions
    yield from functions
    yield from (f"{function}.head" for function in functions)
    yield from ON_RECORD
    fields = fields_of(sheet, kind)
    yield from (f"{HELD}{name}" for name in sheet.vocabulary.named.get(kind, {}))
    amounts = [name for name, each in fields.items() if each.type in NUMBERS]
    yield from (f"{AUTHORITY}{key}.{name}" for key in sheet.keys("authority") for name in amounts)
