"""Child tables in forms: a small form for each row, those that stand there and some empty ones."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any

from django.utils.http import urlencode

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.computing import hidden_in_row
from huiyin.procedure.kind_entries import Condition, FieldEntry
from huiyin.registers.fields import asking, reckoning
from huiyin.registers.fields.field_types import FILES
from huiyin.registers.kinds import CORRECT, DataKind
from huiyin.registers.models import FormRecord, FormRow
from huiyin.registers.rows.input import RowInput
from huiyin.registers.rows.sources import SOURCE, OpenMatter, open_matters, source_key, source_link, source_of
from huiyin.ui import forms

MOST_ROWS = 200
BLANK = 2
PLACEHOLDER = "__n__"
"""Where the script of the page puts the number of a row that it adds."""
VERDICTS: list[tuple[str, str | Text]] = [
    ("pass", t("合格", "Pass")),
    ("fail", t("不合格", "Fail")),
    ("na", t("不适用（/）", "Not applicable (/)")),
]


class RowForm(forms.Form):
    """One row; empty ones say nothing."""

    pk = forms.Hidden()
    link: tuple[str, str] | None = None
    """Number and address of the record that the row came from."""
    says = ""
    """The box without whose words a row that came by itself says nothing."""
    table: RowTable
    hidden: Sequence[str] = ()
    """The boxes that are not asked, as what is written in the row stands."""

    def clean(self) -> dict[str, Any]:
        """What is not shown is not kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self.hidden = self.table.hidden(cleaned)
        for name in self.hidden:
            self.errors.pop(name, None)
            cleaned[name] = None
        return cleaned

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote anything into it."""
        if self.says and self.cleaned_data.get(SOURCE):
            return not self.cleaned_data.get(self.says)
        return all(not self.cleaned_data.get(name) for name in self.fields if name not in ("pk", "item", SOURCE))


class RowTable:
    """The child table of one field on a bound or unbound form."""

    def __init__(self, entry: FieldEntry, rows: DataKind, form: Any) -> None:
        self.entry, self.rows, self.form = entry, rows, form
        self.kind = rows.entry.rows or "plain"

    @cached_property
    def present(self) -> list[FormRow]:
        """The rows that stand on the record."""
        record = self.form.record
        if record is None or record.pk is None:
            return []
        return list(record.rows.filter(part_kind=self.rows.key).select_related("owner").order_by("position", "id"))

    @property
    def entries(self) -> list[FieldEntry]:
        """The fields of a row that people write at this step; one that names no step at every step."""
        written = [each for each in self.rows.fields if each.is_written and each.type not in (*FILES, "rows")]
        return [each for each in written if not each.asked or self.form.verb in (*each.asked, CORRECT)]

    @cached_property
    def forms(self) -> list[RowForm]:
        """A form for each row that was sent, or that stands there with a few empty ones behind."""
        if self.form.is_bound:
            return [self._form(index, {}) for index in self._sent[:MOST_ROWS]]
        initial = [self._initial(row) for row in self.present]
        if self.kind == "checklist":
            initial = self._checklist(initial)
        else:
            initial += self._coming({one.get(SOURCE) for one in initial})
            initial += [{}] * (1 if initial else BLANK)
        return [self._form(str(index), one) for index, one in enumerate(initial)]

    def refreshed(self) -> list[RowForm]:
        """The rows that were sent, without those whose matter has ended meanwhile, and those that came since."""
        open_now = {one.key for one in self._matters}
        kept = [
            form
            for form in self.forms
            if not form.is_valid()
            or (not form.is_blank and (form.cleaned_data["pk"] or form.cleaned_data[SOURCE] in ("", *open_now)))
        ]
        next_ = max((int(index) for index in self._sent), default=-1) + 1
        coming = self._coming({form.cleaned_data.get(SOURCE) for form in kept if form.is_valid()})
        more = coming or ([] if kept else [{}])
        return [*kept, *(self._made(str(next_ + place), None, one) for place, one in enumerate(more))]

    @property
    def comes(self) -> bool:
        """Whether rows come into it by themselves on this form."""
        return self.entry.rows_from is not None and self.form.verb != CORRECT

    @property
    def refresh_url(self) -> str:
        """Where the rows are made anew from what is sent."""
        number = self.form.record.number if self.form.record is not None else ""
        asked = urlencode({"verb": self.form.verb, **({"record": number} if number else {})})
        return f"/registers/{self.form.declared.key}/rows/{self.entry.name}?{asked}"

    @property
    def refresh_boxes(self) -> str:
        """The boxes that are sent for it, as a selector: the rows, and those that name whose and who goes on."""
        source = self.entry.rows_from
        people = [name for name in (source.person, source.owner) if name] if source is not None else []
        return ", ".join([f"#rows-{self.entry.name} [name]", *(f"[name='{name}']" for name in people)])

    @cached_property
    def _matters(self) -> list[OpenMatter]:
        """What is open with the person whom the form, or else the record, names."""
        source, form = self.entry.rows_from, self.form
        whose = self._named(source.person) if source is not None and self.comes else None
        if source is None or whose is None:
            return []
        record = form.record or FormRecord(kind=form.declared.key)
        procedure = form.declared.procedure
        return open_matters(source, whose, reader=form.person, at=form.asking.at, procedure=procedure, record=record)

    def _coming(self, present: set[Any]) -> list[dict[str, Any]]:
        """What stands in rows that come by themselves and are not there yet."""
        source = self.entry.rows_from
        owner = self._named(source.owner) if source is not None and source.owner else None
        return [
            {source.into: one.words, SOURCE: one.key, "due_on": one.due_on, "owner": str(owner or "")}
            for one in self._matters
            if source is not None and one.key not in present
        ]

    def _named(self, name: str) -> int | None:
        """The person in a field of the form, else of the record."""
        form = self.form
        if name in form.fields:
            value = str(form[name].value() or "")
            return int(value) if value.isascii() and value.isdecimal() and len(value) < 19 else None
        held = form.record.extra.get(name) if form.record is not None else None
        return held.get("person") if isinstance(held, Mapping) else None

    @cached_property
    def blank(self) -> RowForm:
        """The form from which the page makes further rows."""
        return self._made(PLACEHOLDER, None, {})

    @property
    def columns(self) -> list[Any]:
        """The headings, in the order of the fields."""
        return [bound.label for bound in self.blank.visible_fields()]

    @property
    def grows(self) -> bool:
        """Whether rows may be added."""
        return self.kind != "checklist"

    @cached_property
    def _sent(self) -> list[str]:
        """The numbers of the rows that were sent, in their order; signs that are no numbers are nobody's rows."""
        start = f"{self.entry.name}-"
        found = {name.removeprefix(start).partition("-")[0] for name in self.form.data if name.startswith(start)}
        return sorted((one for one in found if one.isascii() and one.isdecimal() and len(one) < 6), key=int)

    @property
    def problem(self) -> Text | None:
        """What is wrong with the table as a whole."""
        if len(self._sent) <= MOST_ROWS:
            return None
        return t("“{label}”最多 {n} 行", "{label} takes at most {n} rows", label=self.entry.label, n=MOST_ROWS)

    def _form(self, index: str, initial: Mapping[str, Any]) -> RowForm:
        return self._made(index, self.form.data if self.form.is_bound else None, initial)

    def _made(self, index: str, data: Any, initial: Mapping[str, Any]) -> RowForm:
        form = RowForm(data, prefix=f"{self.entry.name}-{index}", initial=dict(initial))
        form.table = self
        if self.kind == "checklist":
            options = [(one.key, one.label) for one in self._items()]
            form.fields["item"] = forms.Choice(label=self.rows.label, options=options, required=False)
            form.fields["verdict"] = forms.Segments(label=t("结果", "Result"), options=VERDICTS, required=False)
        for one in self.entries:
            form.fields[one.name] = asking.form_field(one, self.form.asking, required=False)
        if self.kind == "task":
            form.fields["owner"] = forms.Choice(
                label=t("负责人", "Responsible"), options=self.form.asking.people, required=False
            )
            form.fields["due_on"] = forms.Day(label=t("期限", "By"), required=False)
        if self.entry.rows_from is not None:
            form.fields[SOURCE] = forms.Hidden(required=False)
            form.says = self.entry.rows_from.into
            known = source_of(str(form[SOURCE].value() or ""), self.form.person)
            form.link = source_link(known, self.form.person)
        if self.kind == "checklist":
            form.fields["remark"] = forms.TextInput(label=t("说明", "Remark"), required=False)
        return form

    def _items(self) -> tuple[Any, ...]:
        return self.rows.procedure.catalogue(self.rows.entry.catalogue or "")

    def _checklist(self, present: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = {one.get("item"): one for one in present}
        return [known.get(one.key, {"item": one.key}) for one in self._items()]

    def _initial(self, row: FormRow) -> dict[str, Any]:
        found = {one.name: asking.initial(one, row.extra.get(one.name)) for one in self.entries}
        found |= {name: row.extra.get(name) for name in ("item", "verdict", "remark") if name in row.extra}
        found[SOURCE] = source_key(row.extra.get(SOURCE))
        return {**found, "pk": row.pk, "owner": str(row.owner_id or ""), "due_on": row.due_on}

    def label_of(self, form: RowForm) -> Text | str:
        """The words of a checklist's row."""
        key = form["item"].value()
        return next((one.label for one in self._items() if one.key == key), str(key or ""))

    def is_valid(self) -> bool:
        """Whether every row that says something says it right; what is wrong stands on its field."""
        sound = self.problem is None
        for form in self.forms:
            if not form.is_valid():
                sound = False
                continue
            if not form.is_blank:
                sound = self._check(form) and sound
        return sound

    @property
    def needed(self) -> list[str]:
        """The boxes that a row which says anything must fill."""
        found = [one.name for one in self.entries if one.required_for]
        if self.kind != "task":
            return found
        source = self.entry.rows_from
        return [*found, "due_on"] if source is not None and source.owner else [*found, "owner", "due_on"]

    def hidden(self, cleaned: Mapping[str, Any]) -> list[str]:
        """The fields of a row that are not asked, as what is written in it stands."""
        if not any(one.shown for one in self.entries):
            return []
        return hidden_in_row(self.rows.fields, self._stored(cleaned, {}), today=self.form.today)

    @cached_property
    def reckoned(self) -> list[tuple[FieldEntry, str]]:
        """What is reckoned in each row from its boxes, with the operation as the browser reads it."""
        found = reckoning.reckoned_with(self.rows.fields, {one.name for one in self.entries})
        return [(one, reckoning.as_json(one)) for one in found]

    @cached_property
    def shown(self) -> dict[str, str]:
        """The conditions of the boxes that have some, as the browser reads them."""
        return {one.name: shown_as_json(one.shown) for one in self.entries if one.shown}

    def _check(self, form: RowForm) -> bool:
        needed, source = [name for name in self.needed if name not in form.hidden], self.entry.rows_from
        if self.kind == "task" and source is not None and source.owner and not form.cleaned_data.get("owner"):
            form.cleaned_data["owner"] = str(self._named(source.owner) or "")
            needed = [*needed, "owner"]
        for name in needed:
            if form.cleaned_data.get(name) in (None, "", []):
                form.refuse_field(name, t("请填写", "Fill this in"))
        return not form.errors

    def inputs(self) -> list[RowInput]:
        """The rows that say something, as the actions take them; the id of a row of another record is not one."""
        present = {str(row.pk): row for row in self.present}
        return [
            self._input(form.cleaned_data, present.get(form.cleaned_data["pk"]))
            for form in self.forms
            if form.is_valid() and not form.is_blank
        ]

    def _input(self, cleaned: Mapping[str, Any], row: FormRow | None) -> RowInput:
        before = row.extra if row is not None else {}
        given = self._stored(cleaned, before)
        given |= {name: cleaned[name] or None for name in ("item", "verdict", "remark") if name in cleaned}
        if SOURCE in cleaned:
            kept = before.get(SOURCE)
            same = source_key(kept) == cleaned[SOURCE]
            given[SOURCE] = kept if same else source_of(cleaned[SOURCE], self.form.person)
        owner = cleaned.get("owner")
        person = Person.objects.filter(pk=int(owner)).first() if owner else None
        return RowInput(given, row.pk if row is not None else None, person, cleaned.get("due_on"))

    def _stored(self, cleaned: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
        """The pack's own facts of a row as they are kept."""
        return {
            one.name: self.form.stored_value(one, cleaned.get(one.name), before.get(one.name)) for one in self.entries
        }


def shown_as_json(conditions: tuple[Condition, ...]) -> str:
    """Conditions as the browser reads them; none where there are none."""
    if not conditions:
        return ""
    dumped = [one.model_dump(exclude_defaults=True, by_alias=True, mode="json") for one in conditions]
    return json.dumps(dumped, ensure_ascii=False)
