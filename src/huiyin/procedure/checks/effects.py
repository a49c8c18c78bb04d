"""What a step brings about: it must do one thing that there is, with fields of one sort, and not lead in a circle."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from huiyin.kernel.text import t
from huiyin.procedure.checks.kinds import FIELD, conditions, fields_of
from huiyin.procedure.kind_entries import EffectEntry, FieldEntry
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

STEP = t("步骤", "step")
WRITTEN = ("customer",)
"""Kinds of the product whose own fields an effect may write."""
DOES = ("opens", "writes", "closes", "replaces")
WORDS = ("text", "longtext", "telephone", "email", "link")
"""Types whose values read alike: one may be laid in a field of another."""


def check(sheet: ParsedPack) -> None:
    """Note effects of steps that there are not, that do nothing or several things, or that never come to an end."""
    effects = sheet.of("effect")
    for located in effects:
        kind = located.entry.step.partition(".")[0]
        steps = [each.entry.key for each in sheet.of("step") if sheet.is_declared(each.entry.kind)]
        if sheet.known(located, ["step"], located.entry.step, steps, STEP):
            _does_one_thing(sheet, located)
            _opens(sheet, located, kind)
            _writes(sheet, located, kind)
            _closes(sheet, located)
            _replaces(sheet, located, kind)
            conditions(sheet, located, "when", located.entry.when, sheet.vocabulary.declared[kind])
    _circles(sheet, effects)
    _followed(sheet, {step for each in effects for step in _brought(each.entry)})


def _does_one_thing(sheet: ParsedPack, located: ParsedEntry) -> None:
    done = [name for name in DOES if getattr(located.entry, name)]
    if len(done) != 1:
        problem = t("一条联动只做一件事", "An effect does one thing.")
        remedy = t("请只写其中一个：{names}", "Write one of {names}.", names=", ".join(DOES))
        sheet.wrong(located, [done[1] if done else "key"], problem, remedy)
    if located.entry.map and not located.entry.opens:
        problem = t("没有开出记录，却写了 map", "There is a map, but no record is opened.")
        sheet.wrong(located, ["map"], problem, t("请写 opens，或去掉 map", "Write opens, or leave map out."))


def _opens(sheet: ParsedPack, located: ParsedEntry, kind: str) -> None:
    opened = located.entry.opens
    if not opened:
        return
    openings = [
        each.entry.key
        for each in sheet.of("step")
        if not each.entry.from_ and (known := sheet.vocabulary.declared.get(each.entry.kind)) and known.part_of is None
    ]
    if sheet.known(located, ["opens"], opened, openings, STEP):
        there = fields_of(sheet, opened.partition(".")[0])
        _mapped(sheet, located, "map", located.entry.map, there, fields_of(sheet, kind))
        for name in _needed(sheet, opened):
            if name not in located.entry.map:
                problem = t(
                    "「{step}」必填「{field}」，这里没有给出", "“{step}” needs “{field}”, which it is not given."
                )
                remedy = t('请在 map 里写 {field} = "…"', 'Write {field} = "…" in map.', field=name)
                sheet.wrong(located, ["map"], problem.with_values(step=opened, field=name), remedy)


def _writes(sheet: ParsedPack, located: ParsedEntry, kind: str) -> None:
    written = located.entry.writes
    if not written:
        return
    about = [one for one in sheet.vocabulary.declared[kind].about if one in WRITTEN]
    if not about:
        problem = t("「{kind}」不是关于客户的", "“{kind}” is about no customer.", kind=kind)
        remedy = t('请在 [[kind]] 写 about = ["customer"]', 'Write about = ["customer"] in its [[kind]].')
        sheet.wrong(located, ["writes"], problem, remedy)
        return
    _mapped(sheet, located, "writes", written, fields_of(sheet, about[0]), fields_of(sheet, kind))


def _mapped(
    sheet: ParsedPack,
    located: ParsedEntry,
    name: str,
    pairs: Mapping[str, str],
    there: Mapping[str, FieldEntry],
    here: Mapping[str, FieldEntry],
) -> None:
    """Note pairs of which one field is unknown, or is of another sort than the other."""
    taken = {key: each for key, each in there.items() if each.is_written and each.type not in ("rows", "note")}
    for target, source in pairs.items():
        known = sheet.known(located, [name, target], target, taken, FIELD)
        if not sheet.known(located, [name, target], source, here, FIELD) or not known:
            continue
        if _sort(taken[target]) != _sort(here[source]):
            problem = t(
                "「{here}」是 {a}，「{there}」是 {b}",
                "“{here}” is of the type {a}, “{there}” of {b}.",
                here=source,
                there=target,
                a=here[source].type,
                b=taken[target].type,
            )
            sheet.wrong(located, [name, target], problem, t("两边要同一种", "Both must be of one sort."))


def _sort(field: FieldEntry) -> tuple[str, ...]:
    """What two fields must have in common for a value of one to stand in the other."""
    if field.type in WORDS:
        return ("words",)
    return (field.type, field.catalogue or "", field.of)


def _closes(sheet: ParsedPack, located: ParsedEntry) -> None:
    if located.entry.closes:
        steps = [each.entry.key for each in sheet.of("step") if sheet.is_declared(each.entry.kind) and each.entry.from_]
        if sheet.known(located, ["closes"], located.entry.closes, steps, STEP):
            _taken_without_form(sheet, located, "closes")


def _replaces(sheet: ParsedPack, located: ParsedEntry, kind: str) -> None:
    """An edition takes the place of one of its own kind, from which an effect opens it."""
    taken = located.entry.replaces
    if not taken:
        return
    steps = [each.entry.key for each in sheet.of_kind("step", kind) if each.entry.from_]
    if not sheet.known(located, ["replaces"], taken, steps, STEP):
        return
    if not any(_opens_next(each.entry, kind) for each in sheet.of("effect")):
        problem = t("没有联动开出「{kind}」的新版", "No effect opens the next edition of “{kind}”.", kind=kind)
        openings = [each.entry.key for each in sheet.of_kind("step", kind) if not each.entry.from_]
        remedy = t(
            '请加上 [[effect]] step = "{kind}.…"、opens = "{opens}"',
            'Add [[effect]] step = "{kind}.…" with opens = "{opens}".',
            kind=kind,
            opens=next(iter(openings), f"{kind}.…"),
        )
        sheet.wrong(located, ["replaces"], problem, remedy)
    _taken_without_form(sheet, located, "replaces")


def _opens_next(entry: EffectEntry, kind: str) -> bool:
    return entry.step.partition(".")[0] == entry.opens.partition(".")[0] == kind


def _needed(sheet: ParsedPack, step: str) -> list[str]:
    """What a step needs whatever else is written."""
    kind, _, verb = step.partition(".")
    required = next((each.entry.requires for each in sheet.of("step") if each.entry.key == step), ())
    return [
        name
        for name, each in fields_of(sheet, kind).items()
        if (verb in each.required_for or name in required) and each.is_written and not each.shown
    ]


def _taken_without_form(sheet: ParsedPack, located: ParsedEntry, name: str) -> None:
    """What the step needs must have been asked before: an effect takes it without its form."""
    step = getattr(located.entry, name)
    kind, _, verb = step.partition(".")
    openings = [each.entry.verb for each in sheet.of_kind("step", kind) if not each.entry.from_]
    fields = fields_of(sheet, kind)
    for field in _needed(sheet, step):
        if not set(fields[field].asked or openings) - {verb}:
            problem = t(
                "「{step}」必填「{field}」，只有它自己的表单才问",
                "Only the form of “{step}” asks “{field}”, which it needs.",
            )
            remedy = t(
                "请让更早的步骤也问它（asked），或不在这一步要求",
                "Let an earlier step ask it too (asked), or do not need it there.",
            )
            sheet.wrong(located, [name], problem.with_values(step=step, field=field), remedy)


def _circles(sheet: ParsedPack, effects: Iterable[ParsedEntry]) -> None:
    """Note effects that bring about the step that brings them about."""
    follows: dict[str, list[str]] = {}
    for each in effects:
        follows.setdefault(each.entry.step, []).extend(_brought(each.entry))
    for located in effects:
        reached, waiting = set[str](), _brought(located.entry)
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += follows.get(here, ())
        if located.entry.step in reached:
            problem = t(
                "「{step}」的联动绕了一圈又回到它自己",
                "The effects of “{step}” lead round to itself.",
                step=located.entry.step,
            )
            path = [next(name for name in DOES if getattr(located.entry, name))]
            sheet.wrong(located, path, problem, t("请断开这个圈", "Break the circle."))


def _followed(sheet: ParsedPack, brought: Collection[str]) -> None:
    """Note steps that no page shall offer and no effect takes: nobody could ever take them."""
    for located in sheet.of("step"):
        if located.entry.follows and located.entry.key not in brought:
            problem = t("没有联动办理「{step}」", "No effect takes “{step}”.", step=located.entry.key)
            remedy = t(
                "请去掉 follows，或加上办理它的 [[effect]]", "Leave follows out, or add an [[effect]] that takes it."
            )
            sheet.wrong(located, ["follows"], problem, remedy)


def _brought(entry: EffectEntry) -> list[str]:
    return [one for one in (entry.opens, entry.closes, entry.replaces) if one]
