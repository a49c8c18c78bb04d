"""Obligations that the calendar opens: a period, a day or an end of it to count from, events that tell the period,
owners known beforehand; and those for whom they are owed.
"""

from __future__ import annotations

from huiyin.kernel.anchors import PeriodDay
from huiyin.kernel.text import Text, t
from huiyin.procedure.conditions import fields_in
from huiyin.procedure.duty_entries import PERIOD_FROM
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import IN_CHARGE, PROMISED

EVENT = t("事件", "event")
FACTS = {
    "delivery": ("delivered_on", "model", "batch", "order_number", "quantity", "unit", "warranty_until", "customer"),
    "department": ("key", "function"),
    "person": ("function", "department", "is_head", "username"),
}
"""What conditions may ask of a delivery, a department, a person; of a customer every field it has."""
OF_CUSTOMER = ("customer", "delivery")
OWNED_BY_SUBJECT = {"subject": ("department", "person"), "subject.head": ("department", "person")}


def check(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Note what keeps a rule that recurs from coming round, reaching somebody or ending."""
    rule = located.entry
    for name, value in (("every", rule.every), ("on", rule.on)):
        if rule.schedule and value:
            problem = t("{name} 与 schedule 只能写一个", "Write either {name} or schedule, not both.", name=name)
            sheet.wrong(located, [name], problem, t("请去掉 {name}", "Leave {name} out.", name=name))
    if rule.opens:
        problem = t("every 与 opens 只能写一个", "Write either every or opens, not both.")
        sheet.wrong(located, ["opens"], problem, t("请去掉 opens", "Leave opens out."))
    _from(sheet, located)
    _turns(sheet, located)
    _subjects(sheet, located)
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
    for name in ("reopens", "on", "for_each", "where"):
        if getattr(rule, name):
            sheet.wrong(located, [name], only, t("请去掉 {name}", "Leave {name} out.", name=name))


def _from(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Either every turn names its day, or the rule says from which end of the period it counts."""
    rule = located.entry
    if all(turn.on for turn in rule.turns):
        if rule.from_ in PERIOD_FROM:
            problem = t("on 与 from 只能写一个", "Write either on or from, not both.")
            sheet.wrong(located, ["from"], problem, t("请去掉 from", "Leave from out."))
    elif rule.from_ not in PERIOD_FROM:
        problem = t("没有写从期间的哪一头起算", "Nothing says from which end of the period it counts.")
        sheet.wrong(located, ["from"], problem, suggestion(PERIOD_FROM))


def _turns(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Each turn's day exists in its periods, and each line of a schedule can be reached."""
    rule = located.entry
    seen: set[str] = set()
    for index, turn in enumerate(rule.turns):
        path: list[str | int] = ["schedule", index] if rule.schedule else []
        if turn.on and not PeriodDay.parse(turn.on).fits(turn.every):
            problem = t(
                "「{on}」不是每个 {every} 都有的一天", "Not every {every} has a “{on}”.", on=turn.on, every=turn.every
            )
            remedy = t(
                "周写星期几，年写月份，其余写几号、first workday 或 last workday",
                "In a week name a weekday, in a year a month, else a number, first workday or last workday.",
            )
            sheet.wrong(located, [*path, "on"], problem, remedy)
        if turn.every in seen:
            problem = t("{every} 写了两次", "{every} stands here twice.", every=turn.every)
            sheet.wrong(located, [*path, "every"], problem, t("请只留一行", "Keep one line of them."))
        seen.add(turn.every)
        if bool(turn.during) != bool(turn.since):
            problem = t("during 与 since 要一起写", "during and since go together.")
            remedy = t(
                'during = "1 year" 配 since = "delivered_on"', 'Write during = "1 year" and since = "delivered_on".'
            )
            sheet.wrong(located, [*path, "during" if turn.during else "since"], problem, remedy)
        if turn.since:
            sheet.known(located, [*path, "since"], turn.since, _facts(sheet, rule.for_each), t("字段", "field"))
        if turn.during is None and index < len(rule.turns) - 1:
            problem = t("这一行之后的行永远轮不到", "The lines behind this one are never reached.")
            remedy = t("请写 during 与 since，或放在最后", "Give it during and since, or put it last.")
            sheet.wrong(located, [*path, "every"], problem, remedy)


def _subjects(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Conditions on subjects speak of facts that they have."""
    rule = located.entry
    if rule.where and rule.for_each is None:
        problem = t("where 只用于写了 for_each 的责任", "where is only for obligations with for_each.")
        sheet.wrong(located, ["where"], problem, t('请加上 for_each = "customer"', 'Add for_each = "customer".'))
        return
    known = _facts(sheet, rule.for_each)
    for index, condition in enumerate(rule.where):
        for name in fields_in([condition]):
            sheet.known(located, ["where", index, "field"], name, known, t("字段", "field"))


def _facts(sheet: ParsedPack, subject: str | None) -> tuple[str, ...]:
    if subject is None:
        return ()
    built_in = [name for (of, name) in sheet.vocabulary.fields if of == subject]
    own = [each.entry.name for each in sheet.of_kind("field", subject)]
    return (*FACTS.get(subject, ("opened_at",)), *built_in, *own)


def _owner(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Nobody has taken a step and there is no record: only a department, who is on duty, or the subject can owe it."""
    rule = located.entry
    of_subject = {
        "customer.salesperson": rule.for_each in OF_CUSTOMER,
        "on-duty": True,
        **{word: rule.for_each in kinds for word, kinds in OWNED_BY_SUBJECT.items()},
    }
    of_a_record = [word for word in sheet.vocabulary.owner_roles() if not of_subject.get(word)]
    if rule.owner in of_a_record:
        of_department = [word for word in sheet.vocabulary.owner_words("") if word not in of_a_record]
        problem = t("期间没有「{word}」", "A period has no “{word}”.", word=rule.owner)
        sheet.wrong(located, ["owner"], problem, suggestion(of_department, "function:quality"))


def _tells(sheet: ParsedPack, located: ParsedEntry, name: str, index: int, event: str) -> None:
    """Only what says which period or subject it speaks of can end what is owed for one, if some step writes it."""
    rule = located.entry
    if not sheet.known(located, [name, index], event, sheet.vocabulary.events, EVENT):
        return
    kind = sheet.vocabulary.declared.get(sheet.vocabulary.chain_of(event.partition(".")[0]))
    if event not in sheet.vocabulary.period_events and rule.for_each is None:
        problem = t("「{event}」不说是哪一期", "“{event}” tells no period.", event=event)
        sheet.wrong(located, [name, index], problem, suggestion(sorted(sheet.vocabulary.period_events), event))
        return
    turns = [turn.every for turn in rule.turns]
    if kind is not None and kind.period is not None and kind.period not in turns:
        problem = t(
            "{kind}每 {period} 一份，与 every 不符",
            "There is one {kind} for each {period}, which is not what every says.",
            kind=kind.label,
            period=kind.period,
        )
        sheet.wrong(located, [name, index], problem, suggestion([kind.period]))
    if kind is not None and rule.for_each in OF_CUSTOMER and not {*OF_CUSTOMER} & {*kind.about, *kind.opens_from}:
        problem = t("{kind}不说是哪个客户", "A {kind} does not say for which customer it is.", kind=kind.label)
        remedy = t('请在 [[kind]] 写 about = ["customer"]', 'Write about = ["customer"] in its [[kind]].')
        sheet.wrong(located, [name, index], problem, remedy)
    if kind is not None and kind.period is not None and rule.for_each in IN_CHARGE and kind.for_each != rule.for_each:
        problem = t("{kind}每期只有一份", "There is one {kind} for each period, and no more.", kind=kind.label)
        remedy = t(
            '请在 [[kind]] 写 for_each = "{each}"', 'Write for_each = "{each}" in its [[kind]].', each=rule.for_each
        )
        sheet.wrong(located, [name, index], problem, remedy)
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
