"""What a kept sheet says, as people read it: the boxes of its form under their labels, rows of child tables, files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.records.models import Attachment
from huiyin.registers.fields.field_types import YES_NO
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import KeptSheet
from huiyin.registers.rows.forms import VERDICTS
from huiyin.ui import forms

IN_ROW = re.compile(r"([a-z0-9_]+)-(\d{1,5})-([a-z0-9_]+)")
UNSAID = ("pk", "item")
"""Boxes of a row in which nobody writes."""


def lines_of(sheet: KeptSheet) -> list[tuple[Text | str, str]]:
    """What was written, under the labels of the form; a box that the form has no longer stands under its own name."""
    kind = kind_of(versions.procedure_of(sheet.record.procedure_id), sheet.record.kind)
    rows = _rows(sheet)
    found: list[tuple[Text | str, str]] = []
    for name, values in sheet.values.items():
        written = [one for one in values if one.strip() and not one.startswith("data:")]
        if not written or IN_ROW.fullmatch(name) or name.endswith("_key"):
            continue
        entry = kind.field(name.removesuffix("_other"))
        found.append((entry.label, _said(kind, entry, written)) if entry is not None else (name, "\n".join(written)))
    for table, numbered in rows.items():
        entry = kind.field(table)
        said = [_row(kind, entry, numbered[number]) for number in sorted(numbered)]
        said = [one for one in said if one]
        if said:
            found.append((entry.label if entry is not None else table, "\n".join(said)))
    return found


def _rows(sheet: KeptSheet) -> dict[str, dict[int, dict[str, str]]]:
    """The boxes of child tables by table, row and name."""
    found: dict[str, dict[int, dict[str, str]]] = {}
    for name, values in sheet.values.items():
        place = IN_ROW.fullmatch(name)
        if place is not None:
            table, number, box = place.groups()
            found.setdefault(table, {}).setdefault(int(number), {})[box] = ", ".join(values)
    return found


def _row(kind: DataKind, table: FieldEntry | None, boxes: Mapping[str, str]) -> str:
    """One row in a line, with what it is about first; nothing where nobody wrote into it."""
    if table is None or table.type != "rows":
        return " · ".join(value for value in boxes.values() if value)
    rows = kind.rows(table)
    said = list(_cells(rows, boxes))
    if not said:
        return ""
    option = kind.procedure.option(rows.entry.catalogue or "", boxes.get("item", ""))
    return " · ".join([forms.localised(option.label), *said] if option is not None else said)


def _cells(rows: DataKind, boxes: Mapping[str, str]) -> Iterator[str]:
    for name, value in boxes.items():
        if name in UNSAID or not value.strip():
            continue
        entry = rows.field(name)
        if name == "verdict":
            yield forms.localised(dict(VERDICTS).get(value, value))
        elif name == "owner":
            yield _person(value)
        else:
            yield f"{forms.localised(entry.label)} {_said(rows, entry, [value])}" if entry is not None else value


def _said(kind: DataKind, entry: FieldEntry, values: list[str]) -> str:
    return "\n".join(_value(kind, entry, one) for one in values)


def _value(kind: DataKind, entry: FieldEntry, value: str) -> str:
    match entry.type:
        case "choice" | "choices":
            option = kind.procedure.option(entry.catalogue or "", value)
            return forms.localised(option.label) if option is not None else value
        case "yesno":
            return forms.localised(dict(YES_NO).get(value, value))
        case "moment":
            return value.replace("T", " ")
        case "person":
            return _person(value)
    return value


def _person(value: str) -> str:
    person = Person.objects.filter(pk=int(value)).first() if value.isascii() and value.isdecimal() else None
    return forms.localised(person.display_name) if person is not None else value


def pictures_of(sheet: KeptSheet) -> list[Attachment]:
    """The files that came with it."""
    return list(Attachment.objects.filter(kind=sheet.record.kind, record_id=sheet.record_id, part=sheet.part_key))
