"""Obligations that the calendar opens: a period, a moment to count from, events that tell the period,
owners known beforehand.
"""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure.entries import PERIOD_FROM
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import PROMISED

EVENT = t("事件", "event")


def check(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Note what keeps a rule with ``every`` from coming round, reaching somebody or ending."""
    rule = located.entry
    if rule.opens:
        problem = t("every 与 opens 只能写一个", "Write either every or opens, not both.")
        sheet.wrong(located, ["opens"], problem, t("请去掉 opens", "Leave opens out."))
    if rule.from_ not in PERIOD_FROM:
        problem = t("没有写从期间的哪一头起算", "Nothing says from which end of the period it counts.")
        sheet.wrong(located, ["from"], problem, suggestion(PERIOD_FROM))
    if rule.within == PROMISED:
        problem = t("期间没有承诺的时间", "A period promises no time.")
        sheet.wrong(located, ["within"], problem, t("请写期限", "Write a time limit."))
    for name, value in (("when", rule.when), ("pause", rule.pause), ("puts_off", rule.puts_off)):
        if value:
            problem = t("期间不是记录，没有 {name}", "A period is no record and knows no {name}.", name=name)
            sheet.wrong(located, [name], problem, t("请去掉 {name}", "Leave {name} out.", name=name))
    _owner(sheet, located)
    for name in ("closes", "cancels", "reopens"):
        for index, event in enumerate(getattr(rule, name)):
            _tells(sheet, located, name, index, event)
    if not rule.closes:
        problem = t("这项责任永远不能完成", "This obligation can never be fulfilled.")
        sheet.wrong(located, ["closes"], problem, suggestion(sorted(sheet.vocabulary.period_events)))


def only_with_every(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Note words that speak of periods in a rule that has none."""
    rule = located.entry
    only = t("只用于写了 every 的责任", "This is only for obligations with every.")
    if rule.from_ in PERIOD_FROM:
        sheet.wrong(located, ["from"], only, suggestion(("event", "received_at")))
    if rule.reopens:
        sheet.wrong(located, ["reopens"], only, t("请去掉 reopens", "Leave reopens out."))


def _owner(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Nobody has taken a step and there is no record: only a department can owe it."""
    of_a_record = sheet.vocabulary.owner_roles()
    if located.entry.owner in of_a_record:
        of_department = [word for word in sheet.vocabulary.owner_words("") if word not in of_a_record]
        problem = t("期间没有「{word}」", "A period has no “{word}”.", word=located.entry.owner)
        sheet.wrong(located, ["owner"], problem, suggestion(of_department, "function:quality"))


def _tells(sheet: ParsedPack, located: ParsedEntry, name: str, index: int, event: str) -> None:
    """Only what says which period it speaks of can end what is owed for one, and only if some step writes it."""
    if not sheet.known(located, [name, index], event, sheet.vocabulary.events, EVENT):
        return
    if event not in sheet.vocabulary.period_events:
        problem = t("「{event}」不说是哪一期", "“{event}” tells no period.", event=event)
        sheet.wrong(located, [name, index], problem, suggestion(sorted(sheet.vocabulary.period_events), event))
        return
    verbs = sheet.vocabulary.verbs_writing(event)
    if verbs and not any(verb.key in sheet.keys("step") for verb in verbs):
        sheet.wrong(located, [name, index], *never(sheet, event))


def never(sheet: ParsedPack, event: str) -> tuple[Text, Text]:
    """That no step of the pack writes an event, and which would."""
    verbs = [verb.key for verb in sheet.vocabulary.verbs_writing(event)]
    return (
        t("本程序没有步骤产生「{event}」", "No step of this pack writes “{event}”.", event=event),
        t(
            "请加上步骤 {verbs}，或换一个事件",
            "Add the step {verbs}, or name another event.",
            verbs=" / ".join(verbs),
        ),
    )
