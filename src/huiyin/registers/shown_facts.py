"""What stands on the page of a record of a declared kind: its fields in order, with links, pictures and signatures."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.records.models import Attachment
from huiyin.records.search import search
from huiyin.registers import facts
from huiyin.registers.fields.field_types import FILES
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord
from huiyin.registers.printing.pictures import PART, signed_picture
from huiyin.registers.printing.sheet import shown_value
from huiyin.ui import formats

LEADS = {"telephone": "tel:", "email": "mailto:", "link": ""}


@dataclass(frozen=True, slots=True)
class ShownFact:
    """One field as the page shows it: words, where they lead, the files of the field, the picture of a signature."""

    label: Text
    value: Any
    href: str | None = None
    wide: bool = False
    files: Sequence[Attachment] = ()
    picture: Attachment | None = None


def readable(value: Any) -> Any:
    """A value as it stands on a page: moments on the site's clock."""
    if isinstance(value, datetime):
        return formats.format_datetime(value)
    return value.isoformat() if isinstance(value, date) else value


def shown_facts(record: FormRecord, kind: DataKind, files: Sequence[Attachment], reader: Person) -> list[ShownFact]:
    """What stands on the record, field by field; what nobody wrote yet is left out."""
    found = []
    for field in kind.fields:
        if field.type in ("rows", "note") or not facts.is_shown(field, record):
            continue
        mine = [one for one in files if one.part == PART + field.name]
        if field.type in FILES:
            if mine:
                found.append(ShownFact(field.label, None, wide=True, files=mine))
            continue
        value = shown_value(field, record, kind)
        if value is not None:
            found.append(_fact(field, record, value, mine, reader))
    return found


def _fact(field: FieldEntry, record: FormRecord, value: Any, files: Sequence[Attachment], reader: Person) -> ShownFact:
    stored = record.extra.get(field.name)
    return ShownFact(
        field.label,
        readable(value),
        href=_href(field, stored, reader),
        wide=facts.is_wide(field, value),
        picture=signed_picture(stored, files) if field.type == "signature" else None,
    )


def _href(field: FieldEntry, stored: Any, reader: Person) -> str | None:
    """Where a fact leads: a call, a mail, a page, a record that the reader may see."""
    if field.type in LEADS and isinstance(stored, str):
        lead = LEADS[field.type]
        return f"{lead}{stored}" if lead or stored.startswith(("https://", "http://")) else None
    if field.type in ("customer", "record") and isinstance(stored, Mapping) and stored.get("id"):
        kind, number = str(stored["kind"]), str(stored["number"])
        return record_url(kind, number) if search.can_see(reader, kind, stored["id"]) else None
    return None


def loose_files(kind: DataKind, files: Sequence[Attachment], but: Collection[str] = ()) -> list[Attachment]:
    """The files of a record that stand beside none of its fields, nor of the parts ``but``."""
    named = {*but} | {PART + field.name for field in kind.fields if field.type in (*FILES, "signature")}
    return [one for one in files if one.part not in named]
