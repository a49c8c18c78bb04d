"""The forms of declared kinds, made from their fields: when a record is opened, at a step, when it is corrected."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import new_class
from typing import Any

from django.http import Http404

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.conditions import all_hold
from huiyin.procedure.kind_entries import Condition, FieldEntry
from huiyin.records.access import record_for
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.registers import facts, field_types
from huiyin.registers.actions import FormInput, RowInput
from huiyin.registers.field_types import FILES, Asking
from huiyin.registers.kinds import CORRECT, DataKind
from huiyin.registers.models import FormRecord
from huiyin.registers.row_forms import RowTable
from huiyin.ui import forms

PICKED = ("customer", "record")


@dataclass(frozen=True, slots=True)
class FormItem:
    """One thing on a form, in the pack's order: a field, fixed words, or a child table; ``shown`` are its conditions
    as the browser reads them.
    """

    name: str
    entry: FieldEntry
    shown: str = ""
    table: RowTable | None = None

    @property
    def is_note(self) -> bool:
        """Whether it is fixed words."""
        return self.entry.type == "note"

    @property
    def is_wide(self) -> bool:
        """Whether it takes the whole width."""
        return self.table is not None or self.entry.type in (*field_types.LONG, *FILES, "choices")


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
        stored = self.record.extra if self.record is not None else {}
        for one in self.entries:
            if one.type == "note":
                continue
            if one.type == "rows":
                self.tables[one.name] = RowTable(one, self.declared.rows(one), self)
                continue
            required = self.declared.is_required(one, self.verb) and not one.shown
            if one.type in FILES:
                required = required and not stored.get(one.name)
            self.fields[one.name] = field_types.form_field(one, self.asking, required=required)
            value = field_types.initial(one, stored.get(one.name))
            if value is None and self.verb != CORRECT:
                value = self._start_of(one)
            if value is not None:
                self.initial.setdefault(one.name, value)

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
    def items(self) -> Iterator[FormItem]:
        """Everything on the form in the pack's order."""
        for one in self.entries:
            yield FormItem(one.name, one, _as_json(one.shown), self.tables.get(one.name))

    @property
    def media_tables(self) -> bool:
        """Whether there is a child table, for which the browser has a script."""
        return bool(self.tables)

    def is_multipart(self) -> bool:
        """Whether files may come along."""
        return any(one.type in FILES for one in self.entries)

    def clean(self) -> dict[str, Any]:
        """What is shown must hold what the step needs; what is not shown is not kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        said = self._facts(cleaned)
        for one in self.entries:
            if one.name not in self.fields or not one.shown or one.name in self.errors:
                continue
            visible = self._is_shown(one, said)
            if visible and self.declared.is_required(one, self.verb) and cleaned.get(one.name) in (None, "", []):
                self.add_error(one.name, forms.localised(t("请填写{label}。", "Fill in: {label}.", label=one.label)))
            if not visible:
                cleaned[one.name] = None
        for table in self.tables.values():
            entry = table.entry
            if not table.is_valid():
                self.add_error(
                    None,
                    forms.localised(t("“{label}”里有要改的地方", "There are mistakes in {label}", label=entry.label)),
                )
            elif self.declared.is_required(entry, self.verb) and not table.inputs() and self._is_shown(entry, said):
                self.add_error(
                    None, forms.localised(t("“{label}”至少要填一行", "{label} needs a row", label=entry.label))
                )
        return cleaned

    def _facts(self, cleaned: Mapping[str, Any]) -> dict[str, Any]:
        """The record's facts as they would be, for conditions."""
        found = dict(self.record.extra) if self.record is not None else {}
        for one in self.entries:
            if one.name in cleaned and one.type not in FILES:
                found[one.name] = self._stored(one, cleaned[one.name])
        return found

    def _is_shown(self, one: FieldEntry, said: Mapping[str, Any]) -> bool:
        record = self.record if self.record is not None else FormRecord(kind=self.declared.key)
        today = self.asking.at.astimezone(self.declared.procedure.zone).date()
        return all_hold(one.shown, facts.reader(record, said), today=today)

    def _stored(self, one: FieldEntry, value: Any) -> Any:
        if one.type in PICKED:
            return self._picked(one, value)
        return field_types.stored(one, value, self.asking)

    def _picked(self, one: FieldEntry, value: Any) -> Any:
        """The record that was chosen, if the person may see it; else the words that were written."""
        if not value:
            return None
        kind = "customer" if one.type == "customer" else one.of
        try:
            found = record_for(self.person, kind, value.key or value.text)
        except Http404:
            return {"kind": kind, "name": value.text}
        known = found.known_as
        name = known.show("zh") if isinstance(known, Text) else str(known)
        return {"kind": kind, "id": found.pk, "number": found.number, "name": name}

    def values(self) -> dict[str, Any]:
        """What the form gives, as the actions of declared kinds take it."""
        given = {
            one.name: self._stored(one, self.cleaned_data.get(one.name))
            for one in self.entries
            if one.name in self.fields and one.type not in FILES
        }
        files = {one.name: self.cleaned_data.get(one.name) or [] for one in self.entries if one.type in FILES}
        rows: dict[str, list[RowInput]] = {name: table.inputs() for name, table in self.tables.items()}
        return {"given": FormInput(given, rows, files)}


def _as_json(conditions: tuple[Condition, ...]) -> str:
    """Conditions as the browser reads them; none where something else than the form's own fields decides."""
    return (
        json.dumps([one.model_dump(exclude_defaults=True) for one in conditions], ensure_ascii=False)
        if conditions
        else ""
    )


class DeclaredFactForm(DeclaredForm, FactForm):
    """The form by which a record is opened, or corrected."""

    @classmethod
    def initial_of(cls, record: Any) -> dict[str, Any]:
        """What stands in the boxes for a record."""
        entries = cls.declared.asked_by(cls.verb)
        return {one.name: field_types.initial(one, record.extra.get(one.name)) for one in entries}

    def prepare(self) -> None:
        """Its fields."""
        self.add_declared_fields()


class DeclaredStepForm(DeclaredForm, RecordForm):
    """The form of a step."""

    def prepare(self) -> None:
        """Its fields."""
        self.add_declared_fields()

    def ask_for_missing(self, verb: str) -> None:
        """What shows only under conditions is needed only while they hold; ``clean`` asks for it then."""
        super().ask_for_missing(verb)
        for one in self.entries:
            if one.shown and one.name in self.fields:
                self.fields[one.name].required = False

    def missing_field(self, name: str) -> Any:
        """Every fact of a declared kind is a field of it: what a step requires is asked where the form asks it."""
        return None


class ReasonForm(RecordForm):
    """Why a record is void, or taken up again."""

    reason = forms.TextField(label=t("原因", "Reason"), rows=2, max_length=500)


class HandOverForm(RecordForm):
    """Who is in charge from now on."""

    to = forms.Choice(label=t("交给", "Hand over to"))
    reason = forms.TextField(label=t("说明", "Remark"), rows=2, required=False, max_length=500)

    def prepare(self) -> None:
        """Everybody else."""
        people = Person.objects.filter(is_active=True).exclude(pk=self.record.owner_id).order_by("name")
        self.add_choices("to", [(str(one.pk), one.display_name) for one in people.select_related(None)])

    def values(self) -> dict[str, Any]:
        """The person, and why."""
        to = Person.objects.select_related("department").get(pk=int(self.cleaned_data["to"]))
        return {"to": to, "reason": self.cleaned_data["reason"]}


class AnswerRowForm(RecordForm):
    """What was done about a task."""

    answer = forms.TextField(label=t("办理结果", "What was done"), max_length=4000)


class PassRowForm(HandOverForm):
    """Who answers the task from now on."""

    reason = None  # type: ignore[assignment]  # Django's way to drop a field of the base

    def prepare(self) -> None:
        """Everybody else."""
        people = Person.objects.filter(is_active=True).exclude(pk=self.part.owner_id).order_by("name")
        self.add_choices("to", [(str(one.pk), one.display_name) for one in people.select_related(None)])

    def values(self) -> dict[str, Any]:
        """The person."""
        return {"to": Person.objects.get(pk=int(self.cleaned_data["to"]))}


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
