"""What lateness and freight cost: reporting is never fined, brackets rise, shares make a whole."""

from __future__ import annotations

from decimal import Decimal

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import t
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.shapes import as_fraction
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import SHARERS


def check(sheet: ParsedPack) -> None:
    """Note fines on reporting, and sharings that do not divide a cost wholly."""
    for located in sheet.of("obligation"):
        _reporting(sheet, located)
    for located in sheet.of("sharing"):
        _brackets(sheet, located)
        _parts(sheet, located)


def _reporting(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Who reports a problem must never pay for having done so: what reporting opens or fulfils has no fine."""
    rule = located.entry
    if rule.late is None or not sheet.vocabulary.reporting & {rule.opens, *rule.closes}:
        return
    sheet.wrong(
        located,
        ["late"],
        t("登记和反馈问题不得考核", "Reporting a problem is never fined."),
        t(
            "请去掉 late；只考核制定和落实措施的迟误",
            "Leave late out; fine only lateness in deciding on and carrying out measures.",
        ),
    )


def _brackets(sheet: ParsedPack, located: ParsedEntry) -> None:
    sharing = located.entry
    try:
        sharing.table  # noqa: B018 - read to see whether it can be
    except Invalid as wrong:
        sheet.wrong(located, ["brackets"], wrong.problem, wrong.remedy)
        return
    if sharing.brackets[-1].upto is not None:
        problem = t("最后一档有上限，超出的费用没有说法", "The last bracket ends; what exceeds it is left open.")
        sheet.wrong(located, ["brackets"], problem, t("请去掉最后一档的 upto", "Leave upto out of the last bracket."))


def _parts(sheet: ParsedPack, located: ParsedEntry) -> None:
    parts = located.entry.parts
    seen: set[str] = set()
    for index, part in enumerate(parts):
        if part.to in seen:
            problem = t("「{to}」写了两次", "“{to}” is written twice.", to=part.to)
            sheet.wrong(
                located,
                ["parts", index, "to"],
                problem,
                suggestion([each for each in SHARERS if each not in seen]),
            )
        seen.add(part.to)
    whole = sum((as_fraction(part.share) for part in parts), Decimal(0))
    if whole != 1:
        problem = t("各份加起来是 {sum}%", "The shares add up to {sum}%.", sum=f"{(whole * 100).normalize():f}")
        sheet.wrong(located, ["parts"], problem, t("请写成合计 100%", "Make them 100% together."))
