"""Child tables in forms: a small form for each row, those that stand there and some empty ones."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.registers import field_types
from huiyin.registers.actions import RowInput
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
        return [each for each in self.rows.fields if each.is_written and each.type not in (*field_types.FILES, "rows")]

    @cached_property
    def forms(self) -> list[RowForm]:
        """A form for each row that was sent, or that stands there with a few empty ones behind."""
        if self.form.is_bound:
            return [self._form(index, {}) for index in self._sent()]
        initial = [self._initial(row) for row in self.present]
        if self.kind == "checklist":
            initial = self._checklist(initial)
        else:
            initial += [{}] * BLANK
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

    def _sent(self) -> list[str]:
        start = f"{self.entry.name}-"
        found = {name.removeprefix(start).partition("-")[0] for name in self.form.data if name.startswith(start)}
        return sorted((one for one in found if one.isdecimal() and len(one) < 4), key=int)[:MOST_ROWS]

    def _form(self, index: str, initial: Mapping[str, Any]) -> RowForm:
        return self._made(index, self.form.data if self.form.is_bound else None, initial)

    def _made(self, index: str, data: Any, initial: Mapping[str, Any]) -> RowForm:
        form = RowForm(data, prefix=f"{self.entry.name}-{index}", initial=dict(initial))
        if self.kind == "checklist":
            options = [(one.key, one.label) for one in self._items()]
            form.fields["item"] = forms.Choice(label=self.rows.label, options=options, required=False)
            form.fields["verdict"] = forms.Segments(label=t("结果", "Result"), options=VERDICTS, required=False)
        for one in self.entries:
            form.fields[one.name] = field_types.form_field(one, self.form.asking, required=False)
        if self.kind == "task":
            people = Person.objects.filter(is_active=True).select_related(None).order_by("name")
            form.fields["owner"] = forms.Choice(
                label=t("负责人", "Responsible"),
                options=[field_types.NOT_SAID, *((str(one.pk), one.display_name) for one in people)],
                required=False,
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
        found = {one.name: field_types.initial(one, row.extra.get(one.name)) for one in self.entries}
        found |= {name: row.extra.get(name) for name in ("item", "verdict", "remark") if name in row.extra}
        return {**found, "pk": row.pk, "owner": str(row.owner_id or ""), "due_on": row.due_on}

    def label_of(self, form: RowForm) -> Text | str:
        """The words of a checklist's row."""
        key = form["item"].value()
        return next((one.label for one in self._items() if one.key == key), str(key or ""))

    def is_valid(self) -> bool:
        """Whether every row that says something says it right; what is wrong stands on its field."""
        sound = True
        for form in self.forms:
            if not form.is_valid():
                sound = False
                continue
            if not form.is_blank:
                sound = self._check(form) and sound
        return sound

    def _check(self, form: RowForm) -> bool:
        needed = [one.name for one in self.entries if one.required_for]
        if self.kind == "task":
            needed += ["owner", "due_on"]
        for name in needed:
            if form.cleaned_data.get(name) in (None, "", []):
                form.refuse_field(name, t("请填写", "Fill in"))
        return not form.errors

    def inputs(self) -> list[RowInput]:
        """The rows that say something, as the actions take them."""
        present = {row.pk for row in self.present}
        found = []
        for form in self.forms:
            if form.is_valid() and not form.is_blank:
                pk = int(form.cleaned_data["pk"]) if form.cleaned_data["pk"].isdecimal() else None
                found.append(self._input(form.cleaned_data, pk if pk in present else None))
        return found

    def _input(self, cleaned: Mapping[str, Any], pk: int | None) -> RowInput:
        given = {one.name: field_types.stored(one, cleaned.get(one.name), self.form.asking) for one in self.entries}
        given |= {name: cleaned[name] or None for name in ("item", "verdict", "remark") if name in cleaned}
        owner = cleaned.get("owner")
        person = Person.objects.filter(pk=int(owner)).first() if owner else None
        return RowInput(given, pk, person, cleaned.get("due_on"))
