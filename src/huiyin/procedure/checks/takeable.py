"""Steps of declared kinds that nobody can ever take: a guard wants what can stand nowhere by then."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from huiyin.kernel.text import Text, t
from huiyin.procedure.checks.contradictions import on_record
from huiyin.procedure.checks.kinds import fields_of
from huiyin.procedure.checks.reach import Blocked, Reach
from huiyin.procedure.completion import CORRECT
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

MADE = ("linked", "closed")
"""Guards that hold only where a record of a kind was made for this one."""


def check(sheet: ParsedPack) -> None:
    """Note steps that can never be taken, and warn of those that only a correction lets anybody take."""
    if sheet.mistakes or not sheet.is_whole("step", "field", "kind"):
        return
    for kind, entry in sheet.vocabulary.declared.items():
        if entry.part_of is None:
            _kind(sheet, kind)


def _kind(sheet: ParsedPack, kind: str) -> None:
    steps = {one.entry.key: one for one in sheet.of_kind("step", kind)}
    for located in steps.values():
        _made_for_it(sheet, located)
    never = _reach(sheet, kind).blocked()
    for key, why in never.items():
        sheet.wrong(steps[key], why.path, *_said(sheet, steps[key].entry, why))
    let_through = set(never)
    while likely := _reach(sheet, kind, let_through, may_correct=False).blocked():
        for key, why in likely.items():
            sheet.warnings.append(steps[key].mistake(why.path, *_said(sheet, steps[key].entry, why, corrected=True)))
        let_through |= set(likely)


def _reach(sheet: ParsedPack, kind: str, let_through: Collection[str] = (), *, may_correct: bool = True) -> Reach:
    find = on_record(sheet, kind)
    fields = {name: known for name in fields_of(sheet, kind) if (known := find(name)) is not None}
    balances = {one.entry.key.partition(".")[2]: one.entry for one in sheet.of("balance") if _is_of(one, kind)}
    given = {one.entry.opens: tuple(one.entry.map) for one in sheet.of("effect") if one.entry.opens}
    steps = [one.entry for one in sheet.of_kind("step", kind)]
    return Reach(steps, fields, balances, given, may_correct, let_through)


def _is_of(balance: ParsedEntry, kind: str) -> bool:
    return str(balance.entry.key).partition(".")[0] == kind


# ---- records made for others


def _made_for_it(sheet: ParsedPack, located: ParsedEntry) -> None:
    for index, guard in enumerate(located.entry.guards):
        name, _, made = guard.partition(":")
        if name in MADE and located.entry.kind not in _made_for(sheet, made):
            problem = t(
                "这一步谁都办不了：「{made}」不能为「{kind}」开出",
                "Nobody can ever take this step: no “{made}” can be made for a “{kind}”.",
                made=made,
                kind=located.entry.kind,
            )
            remedy = t(
                '请在 [[kind]] {made} 的 about 或 opens_from 加上 "{kind}"，或加一条开出它的联动',
                'Add "{kind}" to about or opens_from of the [[kind]] {made}, or an effect that opens one.',
                made=made,
                kind=located.entry.kind,
            )
            sheet.wrong(located, ["guards", index], problem, remedy)


def _made_for(sheet: ParsedPack, made: str) -> Iterator[str]:
    """The kinds of which a record may be what one of the kind ``made`` was made for."""
    entry = sheet.vocabulary.declared.get(made)
    if entry is not None:
        yield from (*entry.about, *entry.opens_from)
    for effect in sheet.of("effect"):
        if effect.entry.opens.partition(".")[0] == made:
            yield effect.entry.step.partition(".")[0]


# ---- what is said


def _said(sheet: ParsedPack, step: StepEntry, why: Blocked, *, corrected: bool = False) -> tuple[Text, Text]:
    who = (
        t("不靠更正，这一步谁都办不了", "But for a correction nobody can take this step")
        if corrected
        else t("这一步谁都办不了", "Nobody can ever take this step")
    )
    if not why.is_empty:
        reason = t("到这里“{field}”早已定成别的值", "by then “{field}” has been settled otherwise", field=why.field)
        remedy = t(
            '请改条件，或在字段 {field} 的 asked 加上 "{verb}"',
            'Change the guard, or add "{verb}" to asked of the field {field}.',
            field=why.field,
            verb=step.verb,
        )
    else:
        reason = _nobody_filled(sheet, step, why.field)
        remedy = t(
            '请在字段 {field} 的 asked 加上 "{verb}" 或它之前的步骤，或去掉这个条件',
            'Add "{verb}", or a step before it, to asked of the field {field}, or leave the guard out.',
            field=why.field,
            verb=step.verb,
        )
    return t("{who}：{reason}", "{who}: {reason}.", who=who, reason=reason), remedy


def _nobody_filled(sheet: ParsedPack, step: StepEntry, name: str) -> Text:
    """Why nothing stands in a field when the step is to be taken."""
    field = fields_of(sheet, step.kind)[name]
    steps = [one.entry for one in sheet.of_kind("step", step.kind) if one.entry.verb != CORRECT]
    asking = [one.verb for one in steps if field.is_asked(one.verb, opens=not one.from_)]
    if not field.is_written:
        return t("没有谁填写“{field}”", "nobody writes “{field}”", field=name)
    if step.verb in asking:
        return t(
            "“{field}”显示的条件到这一步还不能成立",
            "the conditions on which “{field}” is shown cannot hold by then",
            field=name,
        )
    return t(
        "到这时还没有人能填“{field}”（只在 {steps} 填写）",
        "nobody can have filled in “{field}” by then (it is asked by {steps} only)",
        field=name,
        steps=", ".join(asking),
    )
