"""What a template needs to know of one form field, ours or Django's: worked out once, here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.urls import reverse

from huiyin.kernel.text import t
from huiyin.ui import zone
from huiyin.ui.fields import OTHER, LookupValue, localised

WIDGET_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.HiddenInput, "hidden"),
    (forms.Textarea, "words"),
    (forms.CheckboxSelectMultiple, "choices"),
    (forms.RadioSelect, "segments"),
    (forms.CheckboxInput, "yesno"),
    (forms.SelectMultiple, "choices"),
    (forms.Select, "choice"),
    (forms.FileInput, "file"),
    (forms.DateTimeInput, "moment"),
    (forms.DateInput, "day"),
)
TYPES = {"line": "text", "time": "time", "day": "date", "moment": "datetime-local", "number": "text", "lookup": "text"}

AGAIN = t("请重新选择文件，浏览器没有留住它们", "Choose the files again; the browser did not keep them")


@dataclass(frozen=True, slots=True)
class OptionView:
    """One option of a choice."""

    value: str
    label: Any
    chosen: bool


@dataclass(frozen=True, slots=True)
class FieldView:
    """One field as it is shown."""

    kind: str
    type: str
    id: str
    name: str
    label: Any
    help: Any
    errors: list[str]
    required: bool
    value: str
    key: str = ""
    options: list[OptionView] = field(default_factory=list)
    placeholder: Any = None
    autofocus: bool = False
    unit: Any = None
    rows: int = 3
    accept: str = ""
    url: str = ""
    must_exist: bool = False
    autocomplete: str | None = None
    max_length: int | None = None
    numeric: str | None = None

    @property
    def attributes(self) -> dict[str, Any]:
        """The attributes every control has; those without a value are left out by the template."""
        return {
            "id": self.id,
            "name": self.name,
            "aria-required": "true" if self.required else None,
            "aria-invalid": "true" if self.errors else None,
            "aria-describedby": self.described_by or None,
            "placeholder": localised(self.placeholder) if self.placeholder else None,
            "autofocus": "" if self.autofocus else None,
            "autocomplete": self.autocomplete,
            "maxlength": self.max_length,
        }

    @property
    def described_by(self) -> str:
        """Ids of the help and the error, for aria-describedby."""
        ids = [f"{self.id}-help"] if self.help else []
        return " ".join(ids + ([f"{self.id}-error"] if self.errors else []))


def _kind(django_field: forms.Field) -> str:
    kind = getattr(django_field, "kind", None)
    if kind:
        return str(kind)
    for widget, name in WIDGET_KINDS:
        if isinstance(django_field.widget, widget):
            return name
    return "line"


def _text(value: Any, kind: str) -> str:
    """The value as it stands in the box."""
    if value is None or value is False:
        return ""
    if kind == "moment" and isinstance(value, datetime):
        return zone.localtime(value).strftime("%Y-%m-%dT%H:%M")
    if kind == "moment":
        return str(value).strip().replace(" ", "T")
    if isinstance(value, datetime):
        return zone.day_of(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, LookupValue):
        return value.text
    if kind == "other":
        return str(value).removeprefix(OTHER) if str(value).startswith(OTHER) else ""
    if isinstance(value, time):
        return value.isoformat("minutes")
    return str(value)


def _options(bound: BoundField, kind: str, value: Any) -> list[OptionView]:
    if kind == "other" and str(value or "").startswith(OTHER):
        value = OTHER
    chosen = {str(v) for v in value or ()} if kind == "choices" else {str(value if value is not None else "")}
    found: list[OptionView] = []
    for key, label in bound.field.choices:  # type: ignore[attr-defined]
        pairs = label if isinstance(label, list | tuple) else [(key, label)]
        found += [OptionView(str(k if k is not None else ""), words, str(k) in chosen) for k, words in pairs]
    return found


def _lost(bound: BoundField) -> list[str]:
    """No browser keeps chosen files in a form that comes back: they have to be chosen again."""
    form, stays = bound.form, getattr(bound.field, "stays", True)
    return [localised(AGAIN)] if not stays and form.errors and form.files.get(bound.html_name) else []


def view_of(bound: BoundField) -> FieldView:
    """All a macro needs to show ``bound``: kind, words, value as typed, options, errors."""
    its = bound.field
    kind = _kind(its)
    value = bound.value()
    attrs = its.widget.attrs
    lookup_url = getattr(its, "url", "")
    kind_type = TYPES.get(kind, kind)
    if kind == "line":
        kind_type = getattr(its.widget, "input_type", "text") or "text"
    return FieldView(
        kind="line" if kind in ("email", "tel", "password", "url") else kind,
        type=kind_type,
        id=bound.id_for_label or bound.auto_id or f"id_{bound.html_name}",
        name=bound.html_name,
        label=bound.label,
        help=bound.help_text,
        errors=[*map(str, bound.errors), *_lost(bound)],
        required=its.required,
        value="" if kind in ("file", "files", "choices") or kind_type == "password" else _text(value, kind),
        key=value.key if isinstance(value, LookupValue) else "",
        options=_options(bound, kind, value) if hasattr(its, "choices") else [],
        placeholder=getattr(its, "placeholder", None)
        or (attrs.get("placeholder") if not hasattr(its, "kind") else None),
        autofocus=bool(getattr(its, "autofocus", False) or attrs.get("autofocus")),
        unit=getattr(its, "unit", None),
        rows=getattr(its, "rows", 3),
        accept=getattr(its, "accept", ""),
        url=reverse(lookup_url) if lookup_url and not lookup_url.startswith("/") else lookup_url,
        must_exist=getattr(its, "must_exist", False),
        autocomplete=getattr(its, "autocomplete", None) or attrs.get("autocomplete"),
        max_length=getattr(its, "max_length", None),
        numeric=_numeric(kind, its) or attrs.get("inputmode"),
    )


def _numeric(kind: str, its: forms.Field) -> str | None:
    if kind != "number":
        return None
    return "decimal" if getattr(its, "decimal_places", 0) else "numeric"
