"""What every row's form does: stands filled from its row, gives back columns, says which version it was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any, ClassVar

from huiyin.improvement.forms.fields import NOT_CHOSEN, ColleagueField, answered, colleague, departments, truth
from huiyin.improvement.models import Cause
from huiyin.kernel.text import Text
from huiyin.people.models import Department
from huiyin.procedure.schema import Procedure
from huiyin.ui import forms
from huiyin.ui.sanitise import row_id


class RowChoices:
    """What the rows of one page choose from, read once: departments, root causes, the procedure's catalogues."""

    def __init__(self, procedure: Procedure, causes: Sequence[Cause] = ()) -> None:
        self.procedure = procedure
        self.causes = {str(one.pk): one for one in causes}

    @cached_property
    def departments(self) -> list[tuple[str, Text]]:
        """Departments at work, none chosen first."""
        return departments()

    @cached_property
    def root_causes(self) -> list[tuple[str, str | Text]]:
        """Root causes by their first words, none chosen first."""
        roots = [(key, one.text[:40]) for key, one in self.causes.items() if one.is_root]
        return [NOT_CHOSEN, *roots]

    def options(self, catalogue: str) -> list[tuple[str, str | Text]]:
        """The options of a catalogue, none chosen first."""
        return [NOT_CHOSEN, *((one.key, one.label) for one in self.procedure.catalogue(catalogue))]


class RowForm(forms.Form):
    """One row of the report; ``catalogues`` says from which catalogue a choice takes its options."""

    version = forms.Hidden(max_length=12)
    catalogues: ClassVar[Mapping[str, str]] = {}
    questions: ClassVar[tuple[str, ...]] = ()
    """Columns that are true, false or not answered yet."""

    def __init__(self, *args: Any, row_choices: RowChoices, row: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.row_choices = row, row_choices
        for name, catalogue in self.catalogues.items():
            self.add_choices(name, row_choices.options(catalogue))
        if "department" in self.fields:
            self.add_choices("department", row_choices.departments)
        if row is not None:
            self.initial = {"version": row.version, **self.standing(row)}

    def standing(self, row: Any) -> dict[str, Any]:
        """The row's columns as they stand in the boxes."""
        return {name: self._box(row, name, field) for name, field in self.fields.items() if name != "version"}

    def _box(self, row: Any, name: str, field: Any) -> Any:
        if isinstance(field, ColleagueField):
            return colleague(getattr(row, name), "")
        if name in self.questions:
            return answered(getattr(row, name))
        if name in ("department", "cause"):
            return str(getattr(row, f"{name}_id") or "")
        return getattr(row, name)

    def values(self) -> dict[str, Any]:
        """Clean values by column."""
        return {name: self._column(name) for name in self.fields if name != "version"}

    def _column(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if isinstance(value, str):
            value = value.replace("\r\n", "\n")
        if name in self.questions:
            return truth(value)
        if name == "department":
            return Department.objects.filter(pk=row_id(value) or 0).first() if value else None
        if name == "cause":
            return self.row_choices.causes.get(value)
        return value if value is not None or isinstance(self.fields[name], ColleagueField) else self._empty(name)

    def _empty(self, name: str) -> Any:
        """Nothing, as the column holds it."""
        return None if isinstance(self.fields[name], forms.Number | forms.Day) else ""

    def clean_version(self) -> int | None:
        """Which version of the row the form was made from."""
        typed = self.cleaned_data.get("version") or ""
        return int(typed) if typed.isdecimal() else None
