"""Conditions that can never all hold: on a field, a duty, a level, an effect, evidence, a target, or before a step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from huiyin.kernel.text import Text, t
from huiyin.procedure.checks.kinds import CHOOSING, fields_of
from huiyin.procedure.checks.together import Conflict, Fields, KnownField, conflict
from huiyin.procedure.generic_guards import field_of_guard
from huiyin.procedure.kind_entries import Condition, FieldEntry
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import YES_NO

WRITTEN = ("filled", "rows", "answered", "checked")
"""Generic guards that hold only where something stands in the field they name."""


def check(sheet: ParsedPack) -> None:
    """Note what can never hold."""
    for located in sheet.of("field"):
        kind = located.entry.kind
        if kind in sheet.vocabulary.declared:
            _field(sheet, located, _on_forms(sheet, kind))
    kinds = {one.entry.key: one.entry.kind for one in sheet.of("approval")}
    for located in sheet.of("level"):
        _list(sheet, located, "when", _on_forms(sheet, kinds.get(located.entry.approval, "")))
    for located in sheet.of("effect"):
        _list(sheet, located, "when", _on_forms(sheet, located.entry.step.partition(".")[0]))
    for located in sheet.of("obligation"):
        _list(sheet, located, "when", on_record(sheet, located.entry.opens.partition(".")[0]))
        _list(sheet, located, "where", on_record(sheet, located.entry.for_each or ""))
    for located in sheet.of("target"):
        _list(sheet, located, "where", on_record(sheet, located.entry.of.partition(".")[0]))
    records = {one.entry.key: one.entry.record for one in sheet.of("form")}
    for located in sheet.of("evidence"):
        what, _, key = located.entry.of.partition(":")
        kind = (records.get(key, "") if what == "form" else key).partition(".")[0]
        _list(sheet, located, "where", on_record(sheet, sheet.vocabulary.chain_of(kind)))
    for located in sheet.of("step"):
        _guards(sheet, located)


def on_record(sheet: ParsedPack, kind: str) -> Fields:
    """The fields of a kind as duties and guards read them: of a part also those of its record, and as ``kind.name``
    those of what the record is about.
    """

    @cache
    def find(name: str) -> KnownField | None:
        of, dot, rest = name.partition(".")
        for where in (of,) if dot else dict.fromkeys((kind, sheet.vocabulary.chain_of(kind))):
            own = fields_of(sheet, where).get(rest or name)
            if own is not None:
                return KnownField(own, options_of(sheet, own))
            if (where, rest or name) in sheet.vocabulary.fields:
                return KnownField()
        return None

    return find


def _on_forms(sheet: ParsedPack, kind: str) -> Fields:
    """The same as forms and rounds read them, which know nothing of rows."""
    find = on_record(sheet, kind)

    def without_rows(name: str) -> KnownField | None:
        found = find(name)
        if found is not None and found.entry is not None and found.entry.type == "rows":
            return KnownField(found.entry, is_read=False)
        return found

    return without_rows


def options_of(sheet: ParsedPack, field: FieldEntry) -> frozenset[str] | None:
    """The words that may be chosen in a field; None of one that has no options."""
    if field.type == "yesno":
        return frozenset(YES_NO)
    if field.type == "score":
        return frozenset("12345")
    if field.type not in CHOOSING:
        return None
    catalogues = (one.entry for one in sheet.of("catalogue") if one.entry.key == field.catalogue)
    return frozenset(option.key for one in catalogues for option in one.options)


def guards_as_conditions(guards: Iterable[str]) -> list[tuple[int, Condition]]:
    """What guards ask of facts, as conditions, each with its place among the guards."""
    found = []
    for index, written in enumerate(guards):
        name, _, argument = written.partition(":")
        field = field_of_guard(written)
        if field is not None:
            found.append((index, Condition.model_validate({"field": field, "is": argument.partition("=")[2]})))
        elif name in WRITTEN:
            found.append((index, Condition(field=argument, filled=True)))
    return found


# ---- each place


def _field(sheet: ParsedPack, located: ParsedEntry, fields: Fields) -> None:
    """A field that is never shown; those that hang on it are not said again."""
    named = [fields(one.field) for condition in located.entry.shown for one in condition.any or (condition,)]
    if not any(one is not None and one.entry is not None and conflict(one.entry.shown, fields) for one in named):
        _list(sheet, located, "shown", fields)


def _list(sheet: ParsedPack, located: ParsedEntry, name: str, fields: Fields) -> None:
    written: Sequence[Condition] = getattr(located.entry, name)
    found = conflict(written, fields)
    if found is not None:
        index = _first_too_many(written, fields)
        _say(sheet, located, (name, index), found, fields)


def _first_too_many(written: Sequence[Condition], fields: Fields) -> int:
    """The first condition with which those before it cannot hold."""
    return next(i for i in range(len(written)) if conflict(written[: i + 1], fields) is not None)


def _guards(sheet: ParsedPack, located: ParsedEntry) -> None:
    """Guards of one step that contradict one another, or ask for somebody else than the only one who may take it."""
    step, fields = located.entry, on_record(sheet, located.entry.kind)
    asked = guards_as_conditions(step.guards)
    for until in range(1, len(asked) + 1):
        found = conflict([one for _, one in asked[:until]], fields)
        if found is not None:
            _say(sheet, located, ("guards", asked[until - 1][0]), found, fields)
            break
    for index, alone in _other_than_the_only_one(step.guards, step.by):
        problem = t(
            "只有“{who}”能办这一步，条件又要求由别人办理",
            "Only “{who}” may take this step, and the guard wants somebody else.",
            who=alone,
        )
        remedy = t("请在 by 加上别人，或去掉这个条件", "Add others to by, or leave the guard out.")
        sheet.warnings.append(located.mistake(["guards", index], problem, remedy))


def _other_than_the_only_one(guards: Iterable[str], by: Sequence[str]) -> Iterator[tuple[int, str]]:
    for index, guard in enumerate(guards):
        name, _, who = guard.partition(":")
        if name == "other" and set(by) <= {who, f"field:{who}"}:
            yield index, by[0]


# ---- what is said


NEVER: Mapping[tuple[str, str], Text] = MappingProxyType(
    {
        ("field", "shown"): t("这个字段永远不会显示", "This field is never shown"),
        ("step", "guards"): t("这一步谁都办不了", "Nobody can ever take this step"),
        ("obligation", "when"): t("这项责任永远不会产生", "This is never owed"),
        ("obligation", "where"): t("这项责任谁都不会有", "Nobody ever owes this"),
        ("level", "when"): t("这一级永远不会请人签署", "This level is never asked"),
        ("effect", "when"): t("这条联动永远不会发生", "This effect never comes about"),
        ("target", "where"): t("没有一份记录算得进这个目标", "No record ever counts for this target"),
        ("evidence", "where"): t("没有一份记录算得上这条证据", "No record ever counts as this evidence"),
    }
)
"""What comes of conditions that never all hold, by the section and the key under which they stand."""


def _say(
    sheet: ParsedPack,
    located: ParsedEntry,
    path: tuple[str | int, ...],
    found: Conflict,
    fields: Fields,
) -> None:
    known = fields(found.field)
    if known is not None and known.is_never_kept:
        why = t(
            "条件里永远读不到“{field}”（类型 {type}）",
            "conditions here never find anything in “{field}” (type {type})",
            field=found.field,
            type=known.entry.type if known.entry is not None else "",
        )
        remedy = t(
            "请换一个字段；要用所关于的记录的资料，就写 copies 而不写 shows",
            "Name another field; to ask what the record is about, write copies instead of shows.",
        )
    else:
        why = t(
            "对“{field}”的要求合不到一起（它显示的条件也算）",
            "what is asked of “{field}” cannot come together (the conditions on which it is shown count)",
            field=found.field,
        )
        remedy = t("请改其中一个条件，或去掉它", "Change one of the conditions, or leave it out.")
    problem = t("{what}：{why}", "{what}: {why}.", what=NEVER[located.section, str(path[0])], why=why)
    if found.is_certain:
        sheet.wrong(located, path, problem, remedy)
    else:
        sheet.warnings.append(located.mistake(path, problem, remedy))
