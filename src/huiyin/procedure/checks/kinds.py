"""Kinds that a pack declares: their fields, rows, conditions, what is computed, and words that are taken already."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal, InvalidOperation

from huiyin.kernel.numbering import NumberPattern
from huiyin.kernel.text import t
from huiyin.procedure import vocabulary
from huiyin.procedure.conditions import fields_in
from huiyin.procedure.kind_entries import Condition, FieldEntry, KindEntry
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.offline_completion import MOST, SHEETS, sheet_kind
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

RESERVED = frozenset(
    [
        "id",
        "kind",
        "number",
        "state",
        "phase",
        "version",
        "subject",
        "title",
        "owner",
        "department",
        "period",
        "about",
        "procedure",
        "extra",
        "rows",
        "opened_at",
        "opened_by",
        "closed_at",
        "previous_state",
        "submission",
        "reason",
        "pk",
        "item",
        "verdict",
        "remark",
        "answer",
        "due_on",
        "of_record",
        "actor",
        "csrfmiddlewaretoken",
        "draft",
        "page",
        "q",
    ]
)
"""Names that every record or row has already, or that forms and sentences use."""
TAKEN = ("group", "lookup", "offline")
"""Words that stand in addresses where the key of a kind does."""
MOST_FIELDS, MOST_KINDS, DEEPEST = 120, 200, 12
LARGEST = Decimal(10) ** 15
"""No limit of a number lies beyond it."""
FIELD = t("字段", "field")
KIND = t("记录类别", "kind of record")
CHOOSING = ("choice", "choices")
NUMBERS = ("number", "quantity", "money", "percent", "measured", "score")
TIMES = ("date", "moment")


def check(sheet: ParsedPack) -> None:
    """Note what keeps a declared kind from being asked, kept, shown or counted."""
    kinds = {each.entry.key: each for each in sheet.of("kind")}
    too_large = _size(sheet, kinds)
    for located in kinds.values():
        _kind(sheet, located, kinds)
    _circles(sheet, kinds)
    for located in sheet.of("field"):
        kind = kinds.get(located.entry.kind)
        if kind is not None and kind.entry.key not in too_large:
            _field(sheet, located, kind.entry)
    _numbers_apart(sheet)


def fields_of(sheet: ParsedPack, kind: str) -> dict[str, FieldEntry]:
    """The fields of a kind that could be read, by name."""
    return {each.entry.name: each.entry for each in sheet.of_kind("field", kind)}


def of_type(
    sheet: ParsedPack,
    located: ParsedEntry,
    path: Sequence[str | int],
    name: str,
    fields: Mapping[str, FieldEntry],
    types: Sequence[str],
) -> bool:
    """Whether ``name`` is a field of one of these types; notes what it is instead, and which types are right."""
    fitting = [key for key, each in fields.items() if each.type in types]
    if name not in fields or name in fitting:
        return sheet.known(located, path, name, fitting, FIELD)
    problem = t(
        "「{name}」的类型是 {type}，这里要 {types}",
        "“{name}” is of the type {type}; what stands here must be of the type {types}.",
        name=name,
        type=fields[name].type,
        types=" / ".join(types),
    )
    remedy = suggestion(fitting) if fitting else t("请先加上这样的字段", "Add such a field first.")
    sheet.wrong(located, path, problem, remedy)
    return False


def _size(sheet: ParsedPack, kinds: dict[str, ParsedEntry]) -> set[str]:
    """Note what there is too much of; gives the kinds whose fields are too many to look at one by one."""
    too_large = set()
    if len(kinds) > MOST_KINDS:
        problem = t("记录类别太多", "There are too many kinds.")
        last = list(kinds.values())[-1]
        sheet.wrong(last, ["key"], problem, t("最多 {most} 个", "Declare at most {most}.", most=MOST_KINDS))
    for key, located in kinds.items():
        if len(fields_of(sheet, key)) > MOST_FIELDS:
            too_large.add(key)
            problem = t("字段太多", "This kind has too many fields.")
            sheet.wrong(located, ["key"], problem, t("最多 {most} 个", "Declare at most {most}.", most=MOST_FIELDS))
    return too_large


def _kind(sheet: ParsedPack, located: ParsedEntry, kinds: dict[str, ParsedEntry]) -> None:
    kind = located.entry
    if kind.key in sheet.product_kinds:
        problem = t("「{key}」是程序自带的类别", "“{key}” is a kind of the product.", key=kind.key)
        sheet.wrong(located, ["key"], problem, t("请换一个键", "Take another key."))
    elif kind.key in TAKEN or kind.key in vocabulary.RESERVED:
        problem = t("记录类别不能叫「{key}」", "A kind cannot be called “{key}”.", key=kind.key)
        remedy = t(
            "程序自己用这个词，请换一个键，如 our-{key}",
            "The product uses the word itself; take another key, such as our-{key}.",
            key=kind.key,
        )
        sheet.wrong(located, ["key"], problem, remedy)
    if kind.part_of is not None:
        _rows(sheet, located, kinds)
        return
    if kind.offline and len(kind.key) > MOST:
        problem = t("能离线填写的类别键太长", "The key of a kind that works offline is too long.")
        sheet.wrong(located, ["key"], problem, t("最多 {n} 个字符", "Use at most {n} characters.", n=MOST))
    if kind.rows is not None or kind.catalogue is not None:
        problem = t("只有明细才有 rows 和 catalogue", "Only rows of a child table have rows and catalogue.")
        sheet.wrong(located, ["rows"], problem, t("请写 part_of，或去掉它们", "Write part_of, or leave them out."))
    if not sheet.of_kind("state", kind.key):
        problem = t("「{key}」没有状态", "“{key}” has no states.", key=kind.key)
        remedy = t('请加上 [[state]] key = "{key}.…"', 'Add [[state]] key = "{key}.…".', key=kind.key)
        sheet.wrong(located, ["key"], problem, remedy)
    whole = [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
    for name in ("about", "opens_from"):
        for index, other in enumerate(getattr(kind, name)):
            sheet.known(located, [name, index], other, [key for key in whole if key != kind.key], KIND)
    if kind.group:
        sheet.known(located, ["group"], kind.group, sheet.keys("group"), t("分组", "group"))
    if kind.for_each is not None and kind.period is None:
        problem = t("没有 period，就没有每人、每部门一份", "Without period there is none for each.")
        sheet.wrong(located, ["for_each"], problem, t('请写 period = "month"', 'Write period = "month".'))
    _named_fields(sheet, located)


def _named_fields(sheet: ParsedPack, located: ParsedEntry) -> None:
    kind, fields = located.entry, fields_of(sheet, located.entry.key)
    for name in ("subject", "columns"):
        for index, field in enumerate(getattr(kind, name)):
            sheet.known(located, [name, index], field, fields, FIELD)
    if kind.calendar is not None:
        of_type(sheet, located, ["calendar", "day"], kind.calendar.day, fields, TIMES)
        if kind.calendar.who is not None:
            of_type(sheet, located, ["calendar", "who"], kind.calendar.who, fields, ("person", "department"))
    if kind.reopens:
        states = [each.entry.name for each in sheet.of_kind("state", kind.key)]
        sheet.known(located, ["reopens"], kind.reopens, states, t("状态", "state"))


def _rows(sheet: ParsedPack, located: ParsedEntry, kinds: dict[str, ParsedEntry]) -> None:
    kind = located.entry
    whose = kinds.get(kind.part_of or "")
    if kind.rows == SHEETS and (whose is None or not whose.entry.offline or kind.key != sheet_kind(whose.entry.key)):
        problem = t("sheets 由离线填写带来，不能自己写", "Sheets come with offline = true and cannot be written.")
        sheet.wrong(located, ["rows"], problem, t("请写 offline = true", "Write offline = true."))
    whole = [key for key, each in kinds.items() if each.entry.part_of is None]
    sheet.known(located, ["part_of"], kind.part_of, whole, KIND)
    if (kind.rows == "checklist") != (kind.catalogue is not None):
        problem = t("检查表的各行是一张选项表", "The rows of a checklist are the options of a catalogue.")
        sheet.wrong(located, ["catalogue"], problem, suggestion(sheet.keys("catalogue")))
    elif kind.catalogue is not None:
        sheet.known(located, ["catalogue"], kind.catalogue, sheet.keys("catalogue"), t("选项表", "catalogue"))
    shown = [each.entry.of for each in sheet.of("field") if each.entry.type == "rows"]
    if kind.key not in shown and kind.rows not in ("signers", SHEETS):
        problem = t("没有字段显示这些明细", "No field shows these rows.")
        remedy = t(
            '请加上 type = "rows"、of = "{key}" 的字段',
            'Add a field with type = "rows" and of = "{key}".',
            key=kind.key,
        )
        sheet.wrong(located, ["key"], problem, remedy)


def _circles(sheet: ParsedPack, kinds: dict[str, ParsedEntry]) -> None:
    """A kind seen by whoever sees what it is about must not, by a way round, be about itself."""
    about = {key: each.entry.about for key, each in kinds.items()}
    for key, located in kinds.items():
        reached, waiting = set(), list(about[key])
        while waiting:
            here = waiting.pop()
            if here not in reached:
                reached.add(here)
                waiting += about.get(here, ())
        if key in reached:
            problem = t("「{key}」绕了一圈又关于自己", "“{key}” is about itself in a circle.", key=key)
            sheet.wrong(located, ["about"], problem, t("请断开这个圈", "Break the circle."))


def _field(sheet: ParsedPack, located: ParsedEntry, kind: KindEntry) -> None:
    field, fields = located.entry, fields_of(sheet, kind.key)
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,39}", field.name) or field.name in RESERVED:
        problem = t("字段不能叫「{name}」", "A field cannot be called “{name}”.", name=field.name)
        remedy = t(
            "请用小写字母、数字和 _，并避开 {names}",
            "Use small letters, digits and _, and none of {names}.",
            names=", ".join(sorted(RESERVED)),
        )
        sheet.wrong(located, ["key"], problem, remedy)
    verbs = [each.entry.verb for each in sheet.of_kind("step", kind.part_of or kind.key)]
    for index, verb in enumerate(field.asked):
        sheet.known(located, ["asked", index], verb, verbs, t("步骤", "step"))
    asked = field.asked or _openings(sheet, kind.key)
    for index, verb in enumerate(field.required_for if kind.part_of is None else ()):
        if verb in verbs and verb not in asked and field.is_written:
            problem = t("这一步的表单不问这个字段", "The form of this step does not ask the field.")
            sheet.wrong(located, ["required_for", index], problem, suggestion(asked, verb))
    _of(sheet, located, kind)
    _limits(sheet, located)
    conditions(sheet, located, "shown", field.shown, kind, own=field.name)
    _depth(sheet, located, fields)
    _copied(sheet, located, kind)


def _openings(sheet: ParsedPack, kind: str) -> list[str]:
    return [each.entry.verb for each in sheet.of_kind("step", kind) if not each.entry.from_]


def _of(sheet: ParsedPack, located: ParsedEntry, kind: KindEntry) -> None:
    field = located.entry
    match field.type:
        case "rows":
            parts = [each.entry.key for each in sheet.of("kind") if each.entry.part_of == kind.key]
            sheet.known(located, ["of"], field.of, parts, t("明细", "kind of rows"))
        case "record":
            whole = [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
            sheet.known(located, ["of"], field.of, whole, KIND)
        case _ if field.of:
            problem = t("只有 record 和 rows 字段才有 of", "Only fields of record and rows have of.")
            sheet.wrong(located, ["of"], problem, t("请去掉 of", "Leave of out."))
    if field.type in CHOOSING and field.catalogue is None and "catalogue" not in located.unread:
        problem = t("没有写明选项表", "The catalogue is missing.")
        sheet.wrong(located, ["catalogue"], problem, suggestion(sheet.keys("catalogue")))


def _limits(sheet: ParsedPack, located: ParsedEntry) -> None:
    field = located.entry
    for name in ("least", "most"):
        written = getattr(field, name)
        if written is None:
            continue
        try:
            wrong = field.type not in NUMBERS or not -LARGEST < Decimal(written) < LARGEST
        except InvalidOperation:
            wrong = True
        if wrong:
            problem = t("「{written}」不是这个字段的界限", "“{written}” is no limit of this field.", written=written)
            sheet.wrong(located, [name], problem, t('只用于数字，请写成 "10.5"', 'For numbers only; write "10.5".'))
    if field.type == "measured" and field.least is None and field.most is None:
        problem = t("测量值没有界限", "A measured value needs a limit.")
        sheet.wrong(located, ["least"], problem, t("请写 least 或 most", "Write least or most."))


def conditions(
    sheet: ParsedPack, located: ParsedEntry, name: str, found: Iterable[Condition], kind: KindEntry, *, own: str = ""
) -> None:
    """Note conditions on fields that cannot be read there, and on options that do not exist."""
    fields = {key: each for key, each in fields_of(sheet, kind.key).items() if key != own}
    about = [
        f"{other}.{each.name}"
        for other in kind.about
        for each in (*fields_of(sheet, other).values(), *_built_in(sheet, other))
    ]
    options = {
        each.entry.key: [one.key for one in each.entry.options] for each in sheet.of("catalogue") if each.is_whole
    }
    for index, condition in enumerate(found):
        for one in condition.any or (condition,):
            if not sheet.known(located, [name, index, "field"], one.field, [*fields, *about], FIELD):
                continue
            field = fields.get(one.field)
            known = options.get(field.catalogue or "") if field is not None and field.type in CHOOSING else None
            known = ["yes", "no"] if field is not None and field.type == "yesno" else known
            for word in (*one.is_, *one.not_) if known is not None else ():
                sheet.known(located, [name, index, "is"], word, known or (), t("选项", "option"))


def _built_in(sheet: ParsedPack, kind: str) -> list[FieldEntry]:
    return [
        FieldEntry(key=f"{kind}.{name}", type="text", label=each.label)
        for (of, name), each in sheet.vocabulary.fields.items()
        if of == kind
    ]


def _depth(sheet: ParsedPack, located: ParsedEntry, fields: dict[str, FieldEntry]) -> None:
    """Fields that hang on one another must not do so in a circle, nor deeper than is reckoned."""
    waiting, seen, depth = [located.entry.name], set(), 0
    while waiting and depth <= DEEPEST:
        waiting = [name for one in waiting if one in fields for name in fields_in(fields[one].shown)]
        seen |= set(waiting)
        depth += 1
    if located.entry.name in seen or depth > DEEPEST:
        problem = t("显示条件绕了一圈，或者套得太深", "These conditions run in a circle, or too deep.")
        sheet.wrong(located, ["shown"], problem, t("最多套 {n} 层", "Nest them {n} deep at most.", n=DEEPEST))


def _copied(sheet: ParsedPack, located: ParsedEntry, kind: KindEntry) -> None:
    for name in ("copies", "shows"):
        path = getattr(located.entry, name)
        if not path:
            continue
        known = [
            f"{other}.{each.name}"
            for other in kind.about
            for each in (*fields_of(sheet, other).values(), *_built_in(sheet, other))
        ]
        sheet.known(located, [name], path, known, FIELD)


def _numbers_apart(sheet: ParsedPack) -> None:
    """Two kinds must not come to give the same number, for people name records by their numbers alone."""
    seen: dict[str, NumberPattern] = {}
    for located in sheet.of("numbering"):
        key, pattern = located.entry.key, NumberPattern.parse(located.entry.pattern)
        met = next((other for other, one in seen.items() if sheet.is_declared(key, other) and pattern.meets(one)), None)
        if met is not None:
            problem = t("编号与「{other}」的会重复", "Its numbers meet those of “{other}”.", other=met)
            sheet.wrong(located, ["pattern"], problem, t("请换一个字头", "Begin it with other letters."))
        seen[key] = pattern
