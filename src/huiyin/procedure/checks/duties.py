"""Obligations, pauses and authority: events that happen, people who exist, ladders that climb, limits that end."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from huiyin.kernel.durations import Duration, Unit
from huiyin.kernel.text import Text, t
from huiyin.procedure.checks import recurring
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import PROMISED, UNLIMITED

EVENT = t("事件", "event")
SELECTOR = t("人员", "selector")
ANY_RECORD = ("record", "obligation")
_MINUTES = {
    Unit.WORKMINUTE: 1,
    Unit.WORKHOUR: 60,
    Unit.WORKDAY: 480,
    Unit.MINUTE: 1,
    Unit.HOUR: 60,
    Unit.DAY: 1440,
    Unit.WEEK: 10080,
    Unit.MONTH: 43200,
    Unit.QUARTER: 129600,
    Unit.YEAR: 525600,
    Unit.PERCENT: 1,
}


def check(sheet: ParsedPack) -> None:
    """Note what keeps a duty from arising, ending, reaching somebody or being decided."""
    for located in sheet.of("obligation"):
        _events(sheet, located)
        _people(sheet, located)
        _time(sheet, located)
        _ladder(sheet, located)
        _conditions(sheet, located)
    for located in sheet.of("pause"):
        _pause(sheet, located)
    for located in sheet.of("authority"):
        _authority(sheet, located)


def _events(sheet: ParsedPack, located: ParsedEntry) -> None:
    rule = located.entry
    if rule.recurs:
        recurring.check(sheet, located)
        return
    if not rule.opens:
        problem = t("没有写由什么产生这项责任", "Nothing says what this obligation arises from.")
        remedy = t(
            '请写 opens = 事件，或 every = "week" 之类',
            'Name the event in opens, or a period such as every = "week".',
        )
        sheet.wrong(located, ["opens"], problem, remedy)
        return
    recurring.only_with_every(sheet, located)
    opens = sheet.known(located, ["opens"], rule.opens, sheet.vocabulary.events, EVENT)
    if rule.from_ == "received_at" and opens and _chain(sheet, rule.opens) in sheet.vocabulary.declared:
        problem = t(
            "自行定义的记录没有“收到时间”可起算", "Records of a kind of your own have no receipt to count from."
        )
        remedy = t(
            '请写 from = "event"；要从填写的时间起算，就让步骤许诺一个时间（promises），并写 within = "promised"',
            'Write from = "event", or let the step promise a moment (promises) and write within = "promised".',
        )
        sheet.wrong(located, ["from"], problem, remedy)
    if opens and not _can_happen(sheet, rule.opens):
        sheet.wrong(located, ["opens"], *recurring.never(sheet, rule.opens))
    closing = _all_known(sheet, located, "closes", rule.closes)
    _all_known(sheet, located, "cancels", rule.cancels)
    _all_known(sheet, located, "puts_off", rule.puts_off)
    if opens:
        for name, events in (("closes", rule.closes), ("cancels", rule.cancels), ("puts_off", rule.puts_off)):
            _same_record(sheet, located, name, rule.opens, events)
    _put_off(sheet, located)
    if closing and not any(_can_happen(sheet, event) for event in rule.closes):
        problem = t("这项责任永远不能完成", "This obligation can never be fulfilled.")
        remedy = (
            recurring.never(sheet, rule.closes[0])[1]
            if rule.closes
            else t("请写上使它完成的事件", "Name the events that fulfil it.")
        )
        sheet.wrong(located, ["closes"], problem, remedy)


def _put_off(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Note events that cancel what they open anew, for lateness would vanish with it, and the other way round."""
    rule = located.entry
    opened = {other.opens for one in sheet.of("obligation") if set((other := one.entry).closes) & set(rule.closes)}
    for index, event in enumerate(rule.cancels):
        if event in opened:
            problem = t(
                "「{event}」之后同一件事照样要做：写在 cancels 里，已有的延误就看不见了",
                "After “{event}” the same is owed again: in cancels it would make lateness disappear.",
                event=event,
            )
            sheet.wrong(located, ["cancels", index], problem, t("请写在 puts_off 里", "Name it in puts_off."))
    for index, event in enumerate(rule.puts_off):
        if event in sheet.vocabulary.events and event not in opened:
            problem = t(
                "「{event}」之后没有责任接着要求同一件事",
                "After “{event}” no obligation asks for the same.",
                event=event,
            )
            sheet.wrong(located, ["puts_off", index], problem, t("请写在 cancels 里", "Name it in cancels."))


def _all_known(sheet: ParsedPack, located: ParsedEntry, name: str, events: Iterable[str]) -> bool:
    known = [sheet.known(located, [name, i], each, sheet.vocabulary.events, EVENT) for i, each in enumerate(events)]
    return all(known)


def _can_happen(sheet: ParsedPack, event: str) -> bool:
    """Whether some step of the pack writes the event; the built-in ones of every record always can."""
    verbs = sheet.vocabulary.verbs_writing(event)
    return not verbs or any(verb.key in sheet.keys("step") for verb in verbs)


def _chain(sheet: ParsedPack, event: str) -> str | None:
    """The kind of record on whose chain an event is journaled; None when on any."""
    kind = sheet.vocabulary.events[event].kind
    if kind in ANY_RECORD:
        return None
    return sheet.vocabulary.chain_of(kind)


def _same_record(sheet: ParsedPack, located: ParsedEntry, name: str, opens: str, events: Iterable[str]) -> int:
    """Note events that happen to another record than ``opens``; how many there are."""
    here, foreign = _chain(sheet, opens), 0
    for index, event in enumerate(events):
        if event not in sheet.vocabulary.events or None in (here, _chain(sheet, event)) or _chain(sheet, event) == here:
            continue
        tied = _tie(sheet, str(_chain(sheet, event)), str(here)) if located.section == "obligation" else False
        if tied is True:
            continue
        near = [key for key in sheet.vocabulary.events if _chain(sheet, key) in (None, here)]
        problem = t("「{event}」发生在另一种记录上", "“{event}” happens to another kind of record.", event=event)
        sheet.wrong(located, [name, index], problem, tied or suggestion(near, event))
        foreign += 1
    return foreign


def _tie(sheet: ParsedPack, made: str, for_: str) -> bool | Text:
    """Whether a record ``made`` can be made for one of kind ``for_``; of a declared kind the remedy where it cannot."""
    kind = sheet.vocabulary.declared.get(made)
    if kind is None:
        return for_ in sheet.vocabulary.kinds[made].opens_from
    opened = [one.entry for one in sheet.of("effect") if one.entry.opens.partition(".")[0] == made]
    if for_ in (*kind.about, *kind.opens_from) or any(one.step.partition(".")[0] == for_ for one in opened):
        return True
    return t(
        "请在 [[kind]] {made} 写 opens_from = [{for_}]，或换一个事件",
        "Write opens_from = [{for_}] in the [[kind]] {made}, or name another event.",
        made=made,
        for_=f'"{for_}"',
    )


def _people(sheet: ParsedPack, located: ParsedEntry) -> None:
    rule = located.entry
    part = sheet.vocabulary.events[rule.opens].kind if rule.opens in sheet.vocabulary.events else None
    for name, word in (("owner", rule.owner), ("owed_to", rule.owed_to)):
        if not word or not sheet.known(located, [name], word, sheet.vocabulary.owner_words(part or ""), SELECTOR):
            continue
        wanted = sheet.vocabulary.kind_of_part(word)
        if wanted is not None and part is not None and wanted != part:
            problem = t("「{opens}」不涉及 {part}", "“{opens}” is not about a {part}.", opens=rule.opens, part=wanted)
            sheet.wrong(
                located,
                [name],
                problem,
                suggestion(
                    [
                        each
                        for each in sheet.vocabulary.owner_words(part or "")
                        if sheet.vocabulary.kind_of_part(each) is None
                    ]
                ),
            )


def _time(sheet: ParsedPack, located: ParsedEntry) -> None:
    rule = located.entry
    if rule.within == PROMISED:
        promising = [event.key for event in sheet.vocabulary.events.values() if event.promises]
        if rule.opens in sheet.vocabulary.events and rule.opens not in promising:
            problem = t("「{opens}」不带承诺的时间", "“{opens}” carries no promised time.", opens=rule.opens)
            sheet.wrong(
                located,
                ["within"],
                problem,
                t(
                    "请写期限，或由 {events} 开始",
                    "Write a time limit, or open it by {events}.",
                    events=", ".join(promising),
                ),
            )
        return
    duration = Duration.parse(rule.within)
    if rule.counts is not None and rule.counts != duration.counts:
        problem = t(
            "「{within}」的单位与 counts 不符",
            "The unit of “{within}” contradicts counts.",
            within=rule.within,
        )
        sheet.wrong(located, ["counts"], problem, suggestion([duration.counts]))


def _ladder(sheet: ParsedPack, located: ParsedEntry) -> None:
    below: Duration | None = None
    for index, rung in enumerate(located.entry.ladder):
        sheet.known(located, ["ladder", index, "to"], rung.to, sheet.vocabulary.ladder_words(), SELECTOR)
        here = Duration.parse(rung.at)
        if below is not None and _is_earlier(here, below):
            problem = t("阶梯没有按时间先后排列", "The ladder does not climb in time.")
            sheet.wrong(
                located,
                ["ladder", index, "at"],
                problem,
                t("请放在 {at} 之前", "Put it before {at}.", at=located.entry.ladder[index - 1].at),
            )
        below = here


def _is_earlier(one: Duration, other: Duration) -> bool:
    """Whether a rung comes before another for sure; units that cannot be compared never do."""
    if _stage(one) != _stage(other):
        return _stage(one) < _stage(other)
    alike = one.is_percentage == other.is_percentage and one.counts == other.counts
    return alike and one.amount * _MINUTES[one.unit] < other.amount * _MINUTES[other.unit]


def _stage(duration: Duration) -> int:
    """Before due, at due, after due."""
    due = Decimal(100) if duration.is_percentage else Decimal(0)
    return (duration.amount > due) - (duration.amount < due)


def _conditions(sheet: ParsedPack, located: ParsedEntry) -> None:
    rule = located.entry
    if rule.opens not in sheet.vocabulary.events:
        return
    fields = _readable(sheet, rule.opens)
    whole = [each.entry for each in sheet.of("catalogue") if each.is_whole]
    options = {each.key: [option.key for option in each.options] for each in whole}
    for index, condition in enumerate(rule.when):
        _condition(sheet, located, ["when", index], condition, fields, options)


def _condition(
    sheet: ParsedPack,
    located: ParsedEntry,
    path: list[str | int],
    condition: Condition,
    fields: Mapping[str, str | None],
    options: Mapping[str, list[str]],
) -> None:
    """The condition and those within it speak of facts that the record, its part or what it is about has."""
    for index, inner in enumerate(condition.any):
        _condition(sheet, located, [*path, "any", index], inner, fields, options)
    if condition.any or not sheet.known(located, [*path, "field"], condition.field, fields, t("字段", "field")):
        return
    known = options.get(fields[condition.field] or "")
    for place, value in enumerate(condition.is_ if known is not None else ()):
        sheet.known(located, [*path, "is", place], value, known or (), t("选项", "option"))


def _readable(sheet: ParsedPack, event: str) -> dict[str, str | None]:
    """The facts that a condition may read where ``event`` happens, each with its catalogue: those of the record and
    its part by their names, those of what the record is about as ``kind.name``.
    """
    chain = _chain(sheet, event)
    kinds = [sheet.vocabulary.events[event].kind, *([chain] if chain else [])]
    declared = sheet.vocabulary.declared.get(str(chain))
    abouts = dict.fromkeys([*(declared.about if declared else ()), *(["customer"] if chain != "customer" else [])])
    found: dict[str, str | None] = {}
    every = [(of, name, field.catalogue) for (of, name), field in sheet.vocabulary.fields.items()]
    for kind in dict.fromkeys([*kinds, *abouts]):
        every += [(kind, each.entry.name, each.entry.catalogue) for each in sheet.of_kind("field", kind)]
    for of, name, catalogue in every:
        if of in kinds:
            found[name] = catalogue
        if of in abouts:
            found[f"{of}.{name}"] = catalogue
    return found


def _pause(sheet: ParsedPack, located: ParsedEntry) -> None:
    pause = located.entry
    foreign = 0
    if pause.starts in sheet.vocabulary.events:
        foreign = _same_record(sheet, located, "ends", pause.starts, pause.ends)
    events: dict[tuple[str | int, ...], str] = {("starts",): pause.starts}
    events |= {("ends", index): event for index, event in enumerate(pause.ends)}
    for path, event in events.items():
        known = sheet.known(located, path, event, sheet.vocabulary.events, EVENT)
        if known and not foreign and not _can_happen(sheet, event):
            sheet.wrong(located, path, *recurring.never(sheet, event))


def _authority(sheet: ParsedPack, located: ParsedEntry) -> None:
    levels = located.entry.levels
    for index, level in enumerate(levels):
        sheet.known(located, ["levels", index, "who"], level.who, sheet.vocabulary.authority_words(), SELECTOR)
    limits = [Decimal("Infinity") if each.limit == UNLIMITED else Decimal(each.limit) for each in levels]
    for index in range(1, len(limits)):
        if limits[index] < limits[index - 1]:
            problem = t("权限没有从低到高排列", "The limits do not rise.")
            sheet.wrong(
                located,
                ["levels", index, "limit"],
                problem,
                t("请按金额从低到高写", "Write them from the lowest to the highest."),
            )
    if Decimal("Infinity") not in limits:
        problem = t("没有不限金额的一级，超出的申请无人能批", "No level is unlimited; nobody could decide above it.")
        sheet.wrong(
            located,
            ["levels"],
            problem,
            t('请给最高一级写 limit = "unlimited"', 'Give the highest level limit = "unlimited".'),
        )
