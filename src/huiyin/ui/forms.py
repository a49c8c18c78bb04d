"""The base of every form: what was typed is kept, refusals are sentences, sending twice does nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import uuid4

from django import forms

from huiyin.kernel.text import Text
from huiyin.ui.fields import (
    OTHER,
    Amount,
    Choice,
    ChoiceOrOther,
    Choices,
    Day,
    File,
    Files,
    Hidden,
    Lookup,
    LookupValue,
    Moment,
    Number,
    Option,
    Segments,
    TextField,
    TextInput,
    TimeOfDay,
    YesNo,
    lazily,
    localised,
    normalise_typed,
)

__all__ = [
    "OTHER",
    "Amount",
    "Choice",
    "ChoiceOrOther",
    "Choices",
    "Day",
    "File",
    "Files",
    "Form",
    "Hidden",
    "Lookup",
    "LookupValue",
    "Moment",
    "Number",
    "Option",
    "Segments",
    "StepForm",
    "TextField",
    "TextInput",
    "TimeOfDay",
    "YesNo",
    "lazily",
    "localised",
    "normalise_typed",
]


class Form(forms.Form):
    """The base of every form; errors are sentences, nothing typed is lost."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def add_choices(self, name: str, options: Iterable[Option]) -> None:
        """Gives the choice field ``name`` its options, known only now."""
        self.fields[name].choices = list(options)  # type: ignore[attr-defined]

    def refuse(self, reasons: Sequence[str | Text] | str | Text) -> None:
        """Puts ``reasons`` at the top of the form; it is then no longer valid."""
        for reason in [reasons] if isinstance(reasons, str | Text) else reasons:
            self.add_error(None, localised(reason))

    def refuse_field(self, name: str, reason: str | Text) -> None:
        """Puts ``reason`` at the field ``name``."""
        self.add_error(name, localised(reason))


class StepForm(Form):
    """A form that takes a step: carries a token so that sending twice does nothing twice,
    and the version it was made from.
    """

    submission = Hidden(max_length=64)
    version = Hidden(max_length=12)

    def __init__(self, *args: Any, version: int | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("submission", uuid4().hex)
        if version is not None:
            self.initial.setdefault("version", version)

    def values(self) -> dict[str, Any]:
        """The clean values of the form's own fields, by the names that the action's parameters have.

        Fields added while it was made (choices of the company, facts that the procedure asks for) are not among them.
        """
        return {name: self.cleaned_data[name] for name in self.base_fields if name not in ("submission", "version")}

    def clean_version(self) -> int | None:
        """The version of the record the form was made from, or None."""
        typed = self.cleaned_data.get("version") or ""
        return int(typed) if typed.isdecimal() else None
