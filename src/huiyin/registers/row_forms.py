"""Child tables in forms: a small form for each row, those that stand there and some empty ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.registers import asking
from huiyin.registers.actions import RowInput
from huiyin.registers.field_types import FILES
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRow
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

    @property
    def is_blank(self) -> bool:
        """Whether nobody wrote anything into it."""
        return all(not self.cleaned_data.get(name) for name in self.fields if name not in ("pk", "item"))


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
        """The fields of a row that people write."""
        return [each for each in self.rows.fields if each.is_written and each.type not in (*FILES, "rows")]

    @cached_property
    def forms(self) -> list[RowForm]:
        """A form for each row that was sent, or that stands there with a few empty ones behind."""
        if self.form.is_bound:
            return [self._form(index, {}) for index in self._sent[:MOST_ROWS]]
        initial = [self._initial(row) for row in self.present]
        if self.kind == "checklist":
            initial = self._checklist(initial)
        else:
            initial += [{}] * (1 if initial else BLANK)
        return [self._form(str(index), one) for index, one in enumerate(initial)]

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
        return [*found, "owner", "due_on"] if self.kind == "task" else found

    def _check(self, form: RowForm) -> bool:
        for name in self.needed:
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
        given = {
            one.name: self.form.stored_value(one, cleaned.get(one.name), before.get(one.name)) for one in self.entries
        }
        given |= {name: cleaned[name] or None for name in ("item", "verdict", "remark") if name in cleaned}
        owner = cleaned.get("owner")
        person = Person.objects.filter(pk=int(owner)).first() if owner else None
        return RowInput(given, row.pk if row is not None else None, person, cleaned.get("due_on"))
