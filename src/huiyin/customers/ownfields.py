"""Facts that a company's procedure keeps on its customers beside the built-in ones: asked, kept and shown by their type."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.customers.models import Customer
from huiyin.kernel.text import Text, t
from huiyin.procedure.entries import ExtraField
from huiyin.procedure.schema import Procedure
from huiyin.ui import forms

YES, NO = t("是", "Yes"), t("否", "No")


def form_field(own: ExtraField, procedure: Procedure, *, required: bool) -> Any:
    """The field of a form in which it is asked."""
    match own.type:
        case "longtext":
            return forms.Words(label=own.label, required=required)
        case "number":
            return forms.Number(label=own.label, required=required, decimals=3)
        case "date":
            return forms.Day(label=own.label, required=required)
        case "yesno":
            return forms.YesNo(label=own.label)
        case "choice":
            options: list[tuple[str, str | Text]] = [("", t("—", "—"))]
            options += [(option.key, option.label) for option in procedure.catalogue(own.catalogue or "")]
            return forms.Choice(label=own.label, required=required, options=options)
    return forms.Line(label=own.label, required=required, max_length=300)


def kept(value: Any) -> Any:
    """A clean value as ``record.extra`` holds it: days and numbers as text, so that it reads back alike everywhere."""
    match value:
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return value


def shown(own: ExtraField, value: Any, procedure: Procedure) -> Text | str:
    """A kept value as people read it."""
    if own.type == "yesno":
        return YES if value else NO
    if own.type == "choice":
        option = procedure.option(own.catalogue or "", str(value))
        return option.label if option else str(value)
    return str(value)


def facts_of(customer: Customer, procedure: Procedure) -> list[tuple[Text, Text | str]]:
    """The customer's own facts that are filled, with their labels."""
    pairs = ((own, customer.extra.get(own.name)) for own in procedure.fields_of("customer"))
    return [(own.label, shown(own, value, procedure)) for own, value in pairs if value not in (None, "")]
