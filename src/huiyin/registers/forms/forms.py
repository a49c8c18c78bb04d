"""The forms of declared kinds, made from their fields: when a record is opened, at a step, when it is corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from types import new_class
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.conditions import NOTHING, all_hold, fields_in
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.registers import facts
from huiyin.registers.about import BOX, about_boxes, about_initial, about_of, found_record, known_name, picked_record
from huiyin.registers.actions import FormInput
from huiyin.registers.approvals.rounds import notice_before
from huiyin.registers.fields import asking, reckoning
from huiyin.registers.fields.asking import Asking
from huiyin.registers.fields.field_types import FILES, LONG
from huiyin.registers.fields.inputs import SignedName
from huiyin.registers.forms.plain import REASON, reason_box
from huiyin.registers.kinds import CORRECT, DataKind
from huiyin.registers.models import FormRecord
from huiyin.registers.rows.forms import RowTable, shown_as_json
from huiyin.registers.rows.input import RowInput
from huiyin.ui import forms

PICKED = ("customer", "record")
MOST_SENT_BACK = 300_000


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing on a form, in the pack's order: a field, fixed words, a child table, or what is ``reckoned`` from
    these; ``shown`` are its conditions and ``reckoned`` its operation as the browser reads them.
    """

    name: str
    entry: FieldEntry
    shown: str = ""
    table: RowTable | None = None
    is_needed: bool = False
    drawn: str = ""
    reckoned: str = ""
    value: Any = None

    @property
    def is_note(self) -> bool:
        """Whether it is fixed words."""
        return self.entry.type == "note"

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.table is not None or self.entry.type in (*LONG, *FILES, "choices", "signature")


class DeclaredForm(forms.Form):
    """What all three forms share; ``declared`` and ``verb`` are set by the class made for a kind's step."""

    declared: DataKind
    verb: str
    person: Person
    record: Any
    at: Any

    def add_declared_fields(self) -> None:
        """Add the fields that the step asks, filled with what stands on the record."""
        self.asking = Asking(self.declared.procedure, self.person, self.at)
        self.entries = self.declared.asked_by(self.verb)
        self.tables: dict[str, RowTable] = {}
        self.picked: Any = None
        for one in self.entries:
            if one.type == "rows":
                self.tables[one.name] = RowTable(one, self.declared.rows(one), self)
            elif one.type != "note":
                self._add(one)

    @property
    def notice(self) -> Text | None:
        """What the approvals of the record have to say before it is sent."""
        return notice_before(self.record, self.verb) if self.record is not None else None

    def _add(self, one: FieldEntry) -> None:
        stored = self.record.extra.get(one.name) if self.record is not None else None
        required = self._is_required(one) and not one.shown
        if one.type in FILES:
            required = required and not stored
        self.fields[one.name] = asking.form_field(one, self.asking, required=required)
        if one.type == "person" and isinstance(stored, Mapping):  # somebody who has left stays where they are named
            box: Any = self.fields[one.name]
            kept = (str(stored["person"]), str(stored["name"]))
            if kept[0] not in dict(box.choices):
                box.choices = [*box.choices, kept]
        value = asking.initial(one, stored)
        if value is None and self.verb != CORRECT:
            value = self._start_of(one)
        if value is not None:
            self.initial.setdefault(one.name, value)

    def _is_required(self, one: FieldEntry) -> bool:
        """Whether the step needs the field. A correction leaves nothing empty that was needed when it was filled in,
        nor what the one way of opening such a record asks for.
        """
        if self.verb != CORRECT:
            return self.declared.is_required(one, self.verb)
        openings = self.declared.openings
        if len(openings) == 1 and self.declared.is_required(one, openings[0].verb):
            return True
        needed = any(self.declared.is_required(one, step.verb) for step in self.declared.steps)
        return needed and self.record is not None and self.record.extra.get(one.name) not in NOTHING

    def _start_of(self, one: FieldEntry) -> Any:
        """What stands in an empty field at first, where the pack says so; a correction fills in nothing by itself."""
        match one.starts:
            case "today":
                return self.asking.at.astimezone(self.declared.procedure.zone).date()
            case "now":
                return self.asking.at
            case "me":
                return str(self.person.pk)
            case "my-department":
                return str(self.person.department_id or "")
        return None

    @property
    def about_fields(self) -> list[Any]:
        """The boxes in which what the record is about is found."""
        return [self[name] for name in self.fields if name.startswith(BOX)]

    @property
    def items(self) -> Iterator[FormItem]:
        """Everything on the form in the pack's order."""
        stored = self.record.extra if self.record is not None else {}
        asked = {one.name for one in self.entries}
        made = {one.name for one in self._reckoned}
        for one in self.declared.fields:
            shown = shown_as_json(one.shown)
            if one.name in made:
                yield FormItem(one.name, one, shown, reckoned=reckoning.as_json(one), value=stored.get(one.name))
            elif one.name in asked:
                needed = bool(one.shown) and self._is_required(one)
                yield FormItem(one.name, one, shown, self.tables.get(one.name), needed, self._drawn(one))

    @cached_property
    def _reckoned(self) -> list[FieldEntry]:
        return reckoning.reckoned_with(self.declared.fields, {one.name for one in self.entries})

    def _drawn(self, one: FieldEntry) -> str:
        """A signature that was drawn on a form that came back."""
        value = self[one.name].value() if one.type == "signature" and one.name in self.fields else None
        return value.drawn if isinstance(value, SignedName) and len(value.drawn) < MOST_SENT_BACK else ""

    @property
    def known_facts(self) -> str:
        """What conditions and sums on this form ask of facts that it does not hold, as the browser reads it."""
        there = [*self.entries, *self._reckoned]
        names = {name for one in there for name in fields_in(one.shown) if "." not in name}
        names = (names | reckoning.names_in(self._reckoned)) - {one.name for one in there}
        stored = self.record.extra if self.record is not None else {}
        fields = {one.name: one for one in self.declared.fields}
        zone = self.declared.procedure.zone
        found = {name: reckoning.known(fields, stored, name, zone) for name in sorted(names)}
        return json.dumps(found, ensure_ascii=False)

    def is_multipart(self) -> bool:
        """Whether files may come along."""
        return any(one.type in FILES for one in self.entries)

    def clean(self) -> dict[str, Any]:
        """What is shown must hold what the step needs; what is not shown is not kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if self.about_fields:
            self.picked = picked_record(self, self.declared, self.record)
        self.hidden = self._hidden(self._facts(cleaned))
        for one in self.entries:
            if one.name in self.hidden:
                self.errors.pop(one.name, None)
                cleaned[one.name] = None
            elif one.name in self.tables:
                self._check_table(self.tables[one.name])
            elif one.name in self.fields and one.shown:
                self._check_needed(one, cleaned.get(one.name))
        return cleaned

    def _check_needed(self, one: FieldEntry, value: Any) -> None:
        there = one.type in FILES and self.record is not None and self.record.extra.get(one.name)
        is_said = bool(value) or isinstance(value, int | Decimal)  # nought is said too
        if not is_said and not there and one.name not in self.errors and self._is_required(one):
            self.refuse_field(one.name, t("请填写{label}。", "Fill in: {label}.", label=one.label))

    def _check_table(self, table: RowTable) -> None:
        label = table.entry.label
        if not table.is_valid():
            self.refuse(table.problem or t("“{label}”里有要改的地方", "There are mistakes in {label}", label=label))
        elif self._is_required(table.entry) and not table.inputs():
            self.refuse(t("“{label}”至少要填一行", "{label} needs a row", label=label))

    def _facts(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The record's facts as they would be, for conditions."""
        found = dict(self.record.extra) if self.record is not None else {}
        for one in self.entries:
            if one.name in cleaned and one.type not in FILES:
                found[one.name] = self._stored(one, cleaned[one.name])
        return found

    def _hidden(self, said: dict[str, Any]) -> set[str]:
        """The fields that are not asked as the facts stand; what hangs on a hidden one is hidden with it."""
        record, hidden, today = self._subject(), set[str](), self.today
        while True:
            read = facts.reader(record, {name: value for name, value in said.items() if name not in hidden})
            more = {
                one.name
                for one in self.entries
                if one.name not in hidden and one.shown and not all_hold(one.shown, read, today=today)
            }
            if not more:
                return hidden
            hidden |= more

    @property
    def today(self) -> date:
        """The day on which a record was opened decides for good: what it once asked is not gone by waiting."""
        opened = self.record.opened_at if self.record is not None else self.asking.at
        found: date = opened.astimezone(self.declared.procedure.zone).date()
        return found

    def _subject(self) -> FormRecord:
        """The record as it is or will be, by what it is about."""
        if self.record is not None and self.picked is None:
            found: FormRecord = self.record
            return found
        about = self.picked or about_of(self.declared, getattr(self, "about", None))[0]
        if about is None:
            return FormRecord(kind=self.declared.key)
        return FormRecord(kind=self.declared.key, about_kind=about.kind, about_id=about.pk)

    def _stored(self, one: FieldEntry, value: Any) -> Any:
        return self.stored_value(one, value, self.record.extra.get(one.name) if self.record is not None else None)

    def stored_value(self, one: FieldEntry, value: Any, before: Any) -> Any:
        """A clean value of this form, or of one of its rows, as it is kept."""
        if one.type in PICKED:
            return self._picked(one, value, before)
        return asking.stored(one, value, self.asking, before)

    def _picked(self, one: FieldEntry, value: Any, before: Any) -> Any:
        """The record that was chosen, if the person may see it; else the words that were written."""
        if not value:
            return None
        if isinstance(before, Mapping) and value.key and before.get("number") == value.key:
            return before
        kind = "customer" if one.type == "customer" else one.of
        found = found_record(self.person, kind, value)
        if found is None:
            return {"kind": kind, "name": value.text}
        return {"kind": kind, "id": found.pk, "number": found.number, "name": known_name(found)}

    def values(self) -> dict[str, Any]:
        """What the form gives, as the actions of declared kinds take it."""
        given = {
            one.name: self._stored(one, self.cleaned_data.get(one.name))
            for one in self.entries
            if one.name in self.fields and one.type not in FILES
        }
        files = {one.name: self.cleaned_data.get(one.name) or [] for one in self.entries if one.type in FILES}
        files |= {one.name: self._drawing(one) for one in self.entries if one.type == "signature"}
        rows: dict[str, list[RowInput]] = {
            name: [] if name in self.hidden else table.inputs() for name, table in self.tables.items()
        }
        return {"given": FormInput(given, rows, files)}

    def _drawing(self, one: FieldEntry) -> list[Any]:
        signed = self.cleaned_data.get(one.name)
        upload = signed.upload() if isinstance(signed, SignedName) else None
        return [upload] if upload is not None else []


class DeclaredFactForm(DeclaredForm, FactForm):
    """The form by which a record is opened, or corrected; it also asks what the record is about."""

    @classmethod
    def initial_of(cls, record: Any) -> dict[str, Any]:
        """What stands in the boxes for a record."""
        entries = cls.declared.asked_by(cls.verb)
        found = {one.name: asking.initial(one, record.extra.get(one.name)) for one in entries}
        return {**found, **about_initial(record)}

    def prepare(self) -> None:
        """Its fields."""
        self.add_declared_fields()
        if about_of(self.declared, self.about)[0] is None:
            kinds = self.declared.procedure.vocabulary.kinds
            labels = {key: kinds[key].label for key in self.declared.entry.about if key in kinds}
            self.fields.update(about_boxes(self.declared, self.verb, labels, self.record))

    def values(self) -> dict[str, Any]:
        """Also the record that was picked."""
        return {**super().values(), "picked": self.picked}


class DeclaredStepForm(DeclaredForm, RecordForm):
    """The form of a step."""

    def prepare(self) -> None:
        """Its fields, and why the step is taken where it asks this."""
        self.add_declared_fields()
        if self.declared.asks_reason(self.verb):
            self.fields[REASON] = reason_box()

    def values(self) -> dict[str, Any]:
        """Also the reason."""
        found = super().values()
        return {**found, "given": replace(found["given"], reason=self.cleaned_data.get(REASON, ""))}

    def ask_for_missing(self, verb: str) -> None:
        """Add nothing: every fact of a declared kind is a field of it, and what is shown at times is asked then."""


def _class_of(name: str, base: type[DeclaredForm], declared: DataKind, verb: str) -> type[DeclaredForm]:
    return new_class(name, (base,), exec_body=lambda made: made.update({"declared": declared, "verb": verb}))


@dataclass(frozen=True)
class FormsOfKind:
    """The forms of one declared kind, a class for each step."""

    declared: DataKind

    @cached_property
    def _made(self) -> dict[tuple[type, str], type]:
        return {}

    def of(self, base: type[DeclaredForm], verb: str) -> Any:
        """The class of a step's form."""
        if (base, verb) not in self._made:
            name = f"{self.declared.key}_{verb}_{base.__name__}"
            self._made[base, verb] = _class_of(name, base, self.declared, verb)
        return self._made[base, verb]
