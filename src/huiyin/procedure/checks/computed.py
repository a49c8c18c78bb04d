"""What is computed of other fields, and what adds up: the fields named are there, and of types that can be computed."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.kernel.text import t
from huiyin.procedure.checks.kinds import MOST_FIELDS, NUMBERS, TIMES, fields_of, of_type
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack

MADE_OF: Mapping[str, tuple[str, ...]] = {
    "count": ("rows",),
    "difference": NUMBERS,
    "product": NUMBERS,
    "days_between": TIMES,
    "hours_between": ("moment",),
}
"""Of which types each is computed."""


def check(sheet: ParsedPack) -> None:
    """Note what cannot be computed of the fields it names."""
    for located in sheet.of("field"):
        fields = fields_of(sheet, located.entry.kind)
        if located.entry.kind in sheet.vocabulary.declared and len(fields) <= MOST_FIELDS:
            _computed(sheet, located, fields)
    for located in sheet.of("balance"):
        _balance(sheet, located)


def _computed(sheet: ParsedPack, located: ParsedEntry, fields: Mapping[str, FieldEntry]) -> None:
    field = located.entry
    if field.computation is None:
        return
    how, of = field.computation
    if how == "total":
        _total(sheet, located, of[0], fields)
        return
    others = {name: each for name, each in fields.items() if name != field.name}
    for index, name in enumerate(of):
        path = [how] if how == "count" else [how, index]
        of_type(sheet, located, path, name, others, MADE_OF[how])
    if how.endswith("between") and len(of) != 2:
        problem = t("要写首尾两个时刻", "Name two moments, the first and the last.")
        known = [name for name, each in others.items() if each.type in MADE_OF[how]]
        sheet.wrong(located, [how], problem, suggestion(known))


def _total(sheet: ParsedPack, located: ParsedEntry, column: str, fields: Mapping[str, FieldEntry]) -> None:
    """A column of numbers of a child table, ``table.field``."""
    columns = {
        f"{table}.{name}": each
        for table, rows in fields.items()
        if rows.type == "rows"
        for name, each in fields_of(sheet, rows.of).items()
    }
    of_type(sheet, located, ["total"], column, columns, NUMBERS)


def _balance(sheet: ParsedPack, located: ParsedEntry) -> None:
    balance = located.entry
    fields = fields_of(sheet, balance.key.partition(".")[0])
    of_type(sheet, located, ["total"], balance.total, fields, NUMBERS)
    for index, name in enumerate(balance.parts):
        of_type(sheet, located, ["parts", index], name, fields, NUMBERS)
