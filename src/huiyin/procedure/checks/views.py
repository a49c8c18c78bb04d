"""What a declared kind is beside a form: articles that answer questions, shifts of a roster, leave from them, rows that
come by themselves, facts taken over from the record it is opened from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from huiyin.kernel.text import t
from huiyin.procedure.checks.kinds import FIELD, KIND, fields_of
from huiyin.procedure.kind_entries import FieldEntry, KindEntry
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

WRITTEN = ("text", "longtext")
LEAVE = {"starts": "moment", "ends": "moment", "who": "person", "substitute": "person"}
STATE = t("状态", "state")


def check(sheet: ParsedPack) -> None:
    """Note what such a kind or field names that is not there, or is of another type."""
    kinds = {each.entry.key: each for each in sheet.of("kind")}
    answering = [each for each in kinds.values() if each.entry.knowledge is not None]
    for located in answering[1:]:
        problem = t("只能有一种记录作为知识库", "Only one kind can be the knowledge base.")
        sheet.wrong(located, ["knowledge"], problem, suggestion([answering[0].entry.key]))
    for located in kinds.values():
        _knowledge(sheet, located)
        _shift(sheet, located)
        _leave(sheet, located)
    for located in sheet.of("field"):
        owner = kinds.get(located.entry.kind)
        if owner is not None:
            _taken_from(sheet, located, owner.entry, {key: each.entry for key, each in kinds.items()})
            _rows_from(sheet, located, owner.entry)


def _knowledge(sheet: ParsedPack, located: ParsedEntry) -> None:
    kind, view = located.entry, located.entry.knowledge
    if view is None:
        return
    if kind.part_of is not None:
        problem = t("明细不能作为知识库", "Rows of a child table are no knowledge base.")
        sheet.wrong(located, ["knowledge"], problem, t("请去掉 knowledge", "Leave knowledge out."))
        return
    written = _of_type(sheet, kind.key, WRITTEN)
    for name in ("title", "question", "answer"):
        sheet.known(located, ["knowledge", name], getattr(view, name), written, FIELD)
    for name in ("family", "keywords"):
        if getattr(view, name) is not None:
            sheet.known(
                located,
                ["knowledge", name],
                getattr(view, name),
                _of_type(sheet, kind.key, (*WRITTEN, "choice")),
                FIELD,
            )
    _states(sheet, located, "knowledge", kind.key, view.states)
    entered = [f"{key}.{name}" for key in sheet.vocabulary.declared for name in _of_type(sheet, key, WRITTEN)]
    for index, path in enumerate(view.beside):
        sheet.known(located, ["knowledge", "beside", index], path, entered, FIELD)


def _shift(sheet: ParsedPack, located: ParsedEntry) -> None:
    kind, view = located.entry, located.entry.shift
    if view is None:
        return
    if kind.part_of is None or kind.rows != "plain":
        problem = t("只有普通明细才是班次", "Only plain rows of a child table are shifts.")
        sheet.wrong(
            located, ["shift"], problem, t('请写 part_of 和 rows = "plain"', 'Write part_of and rows = "plain".')
        )
        return
    _fields(sheet, located, "shift", view, {**LEAVE, "special": "yesno", "manager": "person"})
    _states(sheet, located, "shift", kind.part_of, view.states)


def _leave(sheet: ParsedPack, located: ParsedEntry) -> None:
    kind, view = located.entry, located.entry.leave
    if view is None:
        return
    if kind.part_of is not None:
        problem = t("明细不能记录请假", "Rows of a child table do not tell of leave.")
        sheet.wrong(located, ["leave"], problem, t("请去掉 leave", "Leave leave out."))
        return
    _fields(sheet, located, "leave", view, LEAVE)
    _states(sheet, located, "leave", kind.key, view.states)


def _fields(sheet: ParsedPack, located: ParsedEntry, name: str, view: Any, types: Mapping[str, str]) -> None:
    """Each field that a view names is one of its kind, and of the type that is wanted."""
    for part, type_ in types.items():
        if getattr(view, part) is not None:
            known = _of_type(sheet, located.entry.key, (type_,))
            sheet.known(located, [name, part], getattr(view, part), known, FIELD)


def _states(sheet: ParsedPack, located: ParsedEntry, name: str, kind: str, states: Iterable[str]) -> None:
    known = [each.entry.name for each in sheet.of_kind("state", kind)]
    for index, state in enumerate(states):
        sheet.known(located, [name, "states", index], state, known, STATE)


def _taken_from(sheet: ParsedPack, located: ParsedEntry, kind: KindEntry, kinds: dict[str, KindEntry]) -> None:
    field: FieldEntry = located.entry
    if not field.taken_from:
        return
    sources = {*kind.about, *kind.opens_from}
    rows = {key for key, each in kinds.items() if each.part_of in sources}
    fitting = [
        f"{other}.{name}"
        for other in sorted(sources | rows)
        for name, each in fields_of(sheet, other).items()
        if _fits(each, field)
    ]
    if field.type in WRITTEN:
        fitting += [f"{of}.{name}" for of, name in sheet.vocabulary.fields if of in sources]
    for index, path in enumerate(field.taken_from):
        sheet.known(located, ["taken_from", index], path, fitting, FIELD)


def _fits(source: FieldEntry, field: FieldEntry) -> bool:
    """Whether what stands in one field may stand in the other: words of a line also in a longer text."""
    if field.type == "longtext":
        return source.type in WRITTEN
    same = (source.type, source.catalogue, source.of) == (field.type, field.catalogue, field.of)
    return same and source.type not in ("rows", "note", "file", "photo", "signature", "opinion")


def _rows_from(sheet: ParsedPack, located: ParsedEntry, kind: KindEntry) -> None:
    field, source = located.entry, located.entry.rows_from
    if source is None:
        return
    if field.type != "rows" or kind.part_of is not None:
        problem = t("只有明细字段才有 rows_from", "Only fields of rows have rows_from.")
        sheet.wrong(located, ["rows_from"], problem, t("请去掉 rows_from", "Leave rows_from out."))
        return
    of_rows = next((each.entry for each in sheet.of("kind") if each.entry.key == field.of), None)
    if of_rows is not None and of_rows.rows == "checklist":
        problem = t("检查表的各行是固定的", "The rows of a checklist are fixed.")
        sheet.wrong(located, ["rows_from"], problem, t("请去掉 rows_from", "Leave rows_from out."))
    whole = [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
    for index, other in enumerate(source.kinds):
        sheet.known(located, ["rows_from", "kinds", index], other, whole, KIND)
    people = _of_type(sheet, kind.key, ("person",))
    sheet.known(located, ["rows_from", "person"], source.person, people, FIELD)
    if source.owner is not None:
        sheet.known(located, ["rows_from", "owner"], source.owner, people, FIELD)
    sheet.known(located, ["rows_from", "into"], source.into, _of_type(sheet, field.of, WRITTEN), FIELD)


def _of_type(sheet: ParsedPack, kind: str, types: tuple[str, ...]) -> list[str]:
    return [name for name, each in fields_of(sheet, kind).items() if each.type in types]
