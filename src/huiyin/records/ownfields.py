"""Facts that a company's procedure keeps on its records beside the built-in ones: asked, kept and shown by their type.

A form asks them by ``add_custom_fields`` when it is made, its template shows them by ``own_fields(form)`` of
``records/fields.html``, its action keeps ``custom_values(form)`` by ``merged_extra``, and the record's page shows
``custom_facts``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.conditions import told
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.procedure.words import YES_NO
from huiyin.ui import forms

NOT_SAID: tuple[str, Text] = ("", t("—", "—"))
NOTHING = (None, "")


def form_field(own: FieldEntry, procedure: Procedure, *, required: bool) -> Any:
    """The field of a form in which it is asked; nothing is answered before somebody did, needed or not."""
    match own.type:
        case "longtext":
            return forms.TextField(label=own.label, required=required)
        case "number":
            return forms.Number(label=own.label, required=required, decimals=3)
        case "date":
            return forms.Day(label=own.label, required=required)
        case "yesno":
            return forms.Segments(label=own.label, required=required, options=[NOT_SAID, *YES_NO.items()])
        case "choice":
            options = [(option.key, option.label) for option in procedure.catalogue(own.catalogue or "")]
            return forms.Choice(label=own.label, required=required, options=[NOT_SAID, *options])
    return forms.TextInput(label=own.label, required=required, max_length=300)


def custom_field(kind: str, name: str, procedure: Procedure) -> FieldEntry | None:
    """The company's own field of this name; None for what is built in or unknown."""
    return next((own for own in procedure.fields_of(kind) if own.name == name), None)


def add_custom_fields(form: Any, kind: str, verb: str, procedure: Procedure) -> None:
    """Add the company's own fields of ``kind`` to a form for ``verb``; the form knows them as ``own`` from then on."""
    form.own = procedure.fields_of(kind)
    for own in form.own:
        form.fields[own.name] = form_field(own, procedure, required=verb in own.required_for)


def custom_values(form: Any) -> dict[str, Any]:
    """What stands in a valid form's own fields, as it is kept; None where it was left empty."""
    values = {own.name: stored_value(form.cleaned_data.get(own.name)) for own in form.own}
    return {name: None if value in NOTHING else value for name, value in values.items()}


def merged_extra(extra: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """``record.extra`` with these values: what was left empty goes, what was not asked stays."""
    return {name: value for name, value in {**extra, **values}.items() if told(value) not in NOTHING}


def stored_value(value: Any) -> Any:
    """A clean value as ``record.extra`` holds it: days and numbers as text, so that it reads back alike everywhere."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return value


def display_value(own: FieldEntry, value: Any, procedure: Procedure) -> Text | str:
    """A kept value as people read it."""
    if own.type == "yesno":
        return YES_NO.get(value, str(value))
    if own.type == "choice":
        option = procedure.option(own.catalogue or "", str(value))
        return option.label if option else str(value)
    return str(value)


def custom_facts(record: Any, procedure: Procedure) -> list[tuple[Text, Text | str]]:
    """The record's own facts that are filled, with their labels."""
    said = record.own_facts
    pairs = ((own, said.get(own.name)) for own in procedure.fields_of(record.kind))
    return [(own.label, display_value(own, value, procedure)) for own, value in pairs if value not in NOTHING]
