"""Field by field: what a sheet changed is laid on the record as it is now; only what both changed is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from huiyin.kernel.text import Text
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.registers import facts
from huiyin.registers.actions import FormInput
from huiyin.registers.fields.field_types import FILES
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord
from huiyin.registers.rows.input import RowInput

OF_CHECKLISTS = ("item", "verdict", "remark")


@dataclass(frozen=True, slots=True)
class Question:
    """A field that was changed on the telephone and on the server: ``now`` is what stands there, as it is stored."""

    field: FieldEntry
    mine: Any
    now: Any


def standing(record: FormRecord, kind: DataKind, verb: str) -> dict[str, Any]:
    """What stands in the fields of a step's form, as it is stored: what a sheet is compared with later."""
    rows = facts.rows_of(record, kind)
    found: dict[str, Any] = {}
    for one in kind.asked_by(verb):
        if one.type == "rows":
            found[one.name] = [_row(row, names_of(kind, one)) for row in rows.get(one.name, ())]
        elif one.type not in (*FILES, "note"):
            found[one.name] = record.extra.get(one.name)
    return found


def names_of(kind: DataKind, table: FieldEntry) -> list[str]:
    """What people write in a row of a child table."""
    return [*(one.name for one in kind.rows(table).fields if one.is_written), *OF_CHECKLISTS]


def _row(row: Any, names: Sequence[str]) -> dict[str, Any]:
    said = {name: row.extra[name] for name in names if row.extra.get(name) is not None}
    return {**said, "pk": row.pk, "owner": row.owner_id, "due_on": row.due_on.isoformat() if row.due_on else None}


def _row_given(row: RowInput) -> dict[str, Any]:
    said = {name: value for name, value in row.facts.items() if value is not None}
    due = row.due_on.isoformat() if row.due_on else None
    return {**said, "pk": row.pk, "owner": row.owner.pk if row.owner else None, "due_on": due}


def merged(
    given: FormInput,
    kind: DataKind,
    verb: str,
    *,
    then: Mapping[str, Any],
    now: Mapping[str, Any],
    follow: Sequence[str],
) -> tuple[FormInput, list[Question]]:
    """The sheet with what others changed meanwhile and its author did not; and the fields that both changed.

    ``then`` is what stood there when the sheet was taken along, ``follow`` names fields in which the author has chosen
    what stands there ``now``.
    """
    kept, rows, questions = dict(given.facts), dict(given.rows), list[Question]()
    for one in kind.asked_by(verb):
        if one.name not in now:
            continue
        before, stands = then.get(one.name), now[one.name]
        if one.type == "rows":
            mine: Any = [_row_given(row) for row in rows.get(one.name, ())]
        else:
            mine = kept.get(one.name)
        if one.name not in follow:
            if _same(stands, before) or _same(stands, mine):
                continue
            if not _same(mine, before):
                questions.append(Question(one, mine, stands))
                continue
        if one.type == "rows":
            rows.pop(one.name, None)
        else:
            kept[one.name] = stands
    return replace(given, facts=kept, rows=rows), questions


def _same(one: Any, other: Any) -> bool:
    """Whether two stored values say the same; when something was signed or said is not what it says."""
    return bool(_said(one) == _said(other))


def _said(value: Any) -> Any:
    match value:
        case None | "" | []:
            return None
        case str():
            return value.replace("\r\n", "\n")
        case dict() if "at" in value:
            return value.get("name"), _said(value.get("text")), value.get("picture")
        case list():
            return [_said(one) for one in value]
        case dict():
            return {name: _said(one) for name, one in value.items()}
    return value


def shown(question: Question, value: Any, kind: DataKind) -> Text | str:
    """A value that is asked about, as people read it."""
    field = question.field
    if field.type == "rows":
        words = [", ".join(_words(row)) for row in value or ()]
        return "; ".join(word for word in words if word) or "—"
    said = facts.shown(field, value, kind.procedure)
    return said if isinstance(said, Text) else str(said) if said is not None else "—"


def _words(row: Mapping[str, Any]) -> list[str]:
    skipped = ("pk", "owner")
    return [str(value) for name, value in row.items() if name not in skipped and isinstance(value, str)]
