"""What the builders of all sheets share: words in the chosen language, catalogue labels, moments, people;
and who builds which.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person, company_name
from huiyin.procedure.entries import FormEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.files.files import bytes_of
from huiyin.records.models import Attachment
from huiyin.records.ownfields import NOTHING, display_value
from huiyin.records.print import layouts
from huiyin.records.print.layouts import PageLayout
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    CheckOption,
    Issuer,
    Language,
    Photo,
    Photos,
    PrintFact,
    PrintSheet,
    SignaturePlace,
)
from huiyin.records.print.wording import inline, label
from huiyin.records.queries import signatures_on

PHOTOS = 6


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Who prints what, when, in which language."""

    record: Any
    procedure: Procedure
    form: FormEntry
    person: Person
    at: datetime
    language: Language


@dataclass
class PrintFormatter:
    """What is printed of one record, said in one language."""

    printing: PrintJob
    signatures: list[Any] = field(init=False)

    def __post_init__(self) -> None:
        self.signatures = signatures_on(self.printing.record.kind, self.printing.record.pk)

    def w(self, zh: str, en: str) -> str:
        """A label; in both languages the English stands below."""
        return label(t(zh, en), self.printing.language)

    def line(self, text: Text | str | None) -> str:
        """A value within a line."""
        if text is None or isinstance(text, str):
            return text or ""
        return inline(text, self.printing.language)

    def asking(self, text: Text) -> str:
        """A word that waits for what is written behind it."""
        return f"{self.line(text)}{':' if self.printing.language == 'en' else '：'}"

    def bar(self, zh: str, en: str) -> str:
        """The title of a part."""
        return self.w(zh, en).replace("\n", "  ")

    def option(self, catalogue: str, key: str) -> str:
        """A chosen option's words."""
        found = self.printing.procedure.option(catalogue, key) if key else None
        return self.line(found.label) if found else key

    def checks(self, zh: str, en: str, catalogue: str, chosen: set[str], remark: str = "") -> CheckBoxes:
        """All options of a catalogue as boxes, the chosen ones ticked."""
        options = self.printing.procedure.catalogue(catalogue)
        boxes = tuple(CheckOption(self.line(o.label), o.key in chosen) for o in options)
        return CheckBoxes(self.w(zh, en), boxes, remark)

    def fact(self, zh: str, en: str, value: Any = "", span: int = 1) -> PrintFact:
        """A labelled value."""
        return PrintFact(self.w(zh, en), self.say(value), span)

    def own_facts(self) -> list[PrintFact]:
        """The company's own fields of this record, filled or to be filled in by hand."""
        p = self.printing
        said = p.record.own_facts
        values = [(own, said.get(own.name)) for own in p.procedure.fields_of(p.record.kind)]
        return [
            self.fact(own.label.zh, own.label.en, "" if value in NOTHING else display_value(own, value, p.procedure))
            for own, value in values
        ]

    def say(self, value: Any) -> str:
        """Any value as it is printed; nothing for none."""
        match value:
            case None:
                return ""
            case datetime():
                return f"{value.astimezone(self.printing.procedure.zone):%Y-%m-%d %H:%M}"
            case date():
                return value.isoformat()
            case Decimal():
                return f"{value.normalize():f}"
            case Person():
                return self.line(value.display_name)
            case Text():
                return self.line(value)
        return str(value)

    def quantity(self, value: Decimal | None, unit: str = "") -> str:
        """A quantity with its unit, the record's own without one."""
        unit = unit or getattr(self.printing.record, "unit", "")
        return f"{self.say(value)} {self.option('unit', unit)}" if value is not None else ""

    def signature(self, zh: str, en: str, person: Person | None = None, at: datetime | None = None) -> SignaturePlace:
        """A place to sign; filled when somebody took the step it stands for."""
        return SignaturePlace(self.bar(zh, en), self.say(person), f"{self.say(at)[:10]}" if at else "")

    def signed(
        self, zh: str, en: str, function: str, person: Person | None = None, at: datetime | None = None
    ) -> SignaturePlace:
        """A place for a function: who signed in it last, else who took the step it stands for."""
        last = next((s for s in reversed(self.signatures) if s.role == function), None)
        if last is None:
            return self.signature(zh, en, person, at)
        return SignaturePlace(self.bar(zh, en), self.say(last.author), self.say(last.at)[:10], last.statement)

    def photos(self) -> Photos:
        """The record's pictures, the first few."""
        record = self.printing.record
        rows = Attachment.objects.filter(
            kind=record.kind, record_id=record.pk, removed_at=None, width__isnull=False
        ).order_by("id")[:PHOTOS]
        return Photos(tuple(Photo(bytes_of(row), row.name) for row in rows), self.bar("照片", "Photographs"))

    def sheet(self, blocks: list[Block], *, number: str = "") -> PrintSheet:
        """The blocks under the form's title, number and marks."""
        p = self.printing
        last = Entry.objects.filter(kind=p.record.kind, record_id=p.record.pk).order_by("-sequence").first()
        state = p.procedure.state(p.record.kind, p.record.state)
        return PrintSheet(
            company=Issuer(self.line(company_name())),
            title=label(p.form.title, p.language),
            form_number=p.form.number if any(sign.isalnum() for sign in p.form.number) else "",
            revision=p.form.revision,
            record_number=number or p.record.number,
            retention=self._retention(p.form.retention),
            procedure=f"{self.line(p.procedure.title)} {p.procedure.version}",
            state=self.line(state.label),
            printed_by=self.say(p.person),
            printed_at=p.at.astimezone(p.procedure.zone),
            journal_head=last.hash if last else "",
            journal_length=last.sequence if last else 0,
            language=p.language,
            watermark=self.line(t("作废", "VOID")) if p.record.phase == "void" else "",
            blocks=tuple(blocks),
        )

    def _retention(self, written: str) -> str:
        number, _, unit = written.partition(" ")
        words = {
            "year": t("{n} 年", "{n} year"),
            "years": t("{n} 年", "{n} years"),
            "month": t("{n} 个月", "{n} month"),
            "months": t("{n} 个月", "{n} months"),
        }
        if unit in words:
            return self.line(words[unit].with_values(n=number))
        return self.line(t("长期", "Permanent")) if written == "permanent" else written


Builder = Callable[[PrintJob], PrintSheet]
_builders: dict[tuple[str, str], Builder] = {}


def register_sheet(layout: str, kind: str, build: Builder) -> None:
    """``build`` makes sheets of records of ``kind`` in a layout; how it is set says ``PrintedSheet``."""
    _builders[layout, kind] = build


def register_declared(layout: PageLayout, build: Builder) -> None:
    """``build`` makes the sheets of all kinds that packs declare, in a layout of that make."""
    layouts.declare(layout)
    _declared[layout.key] = build


_declared: dict[str, Builder] = {}


def sheet_builder(layout: str, kind: str) -> Builder | None:
    """Who makes the sheets of a layout for this kind of record; None when no room does."""
    return _builders.get((layout, kind)) or _declared.get(layout)


def printable_forms(procedure: Procedure, kind: str) -> list[FormEntry]:
    """The forms of the procedure that can be printed for records of this kind."""
    return [form for form in procedure.forms_of(kind) if form.layout and sheet_builder(form.layout, kind)]
