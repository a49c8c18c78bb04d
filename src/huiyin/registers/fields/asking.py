"""How fields are asked, by their type: the box of a form, what of it is stored, what stands in the box again.

What is stored is plain JSON.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import cached_property
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.procedure.computing import is_number
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.registers.fields import inputs
from huiyin.registers.fields.field_types import NUMERIC, YES_NO, decimal_of
from huiyin.registers.fields.inputs import NOT_APPLICABLE, SignedName
from huiyin.ui import forms

NOT_SAID: tuple[str, Text] = ("", t("未填", "Not said"))
SKIPPED: tuple[str, Text] = (NOT_APPLICABLE, t("不适用（/）", "Not applicable (/)"))
SCORES = ("1", "2", "3", "4", "5")


@dataclass(frozen=True)
class Asking:
    """For whom and when a field is asked; people and departments are read once for a form with all its rows."""

    procedure: Procedure
    person: Person
    at: datetime

    @cached_property
    def people(self) -> list[tuple[str, str | Text]]:
        """Everybody who may be named."""
        found = Person.objects.filter(is_active=True).select_related(None).order_by("name")
        return [NOT_SAID, *((str(one.pk), one.display_name) for one in found)]

    @cached_property
    def departments(self) -> list[tuple[str, str | Text]]:
        """Every department that may be named."""
        return [NOT_SAID, *((str(one.pk), one.name) for one in Department.objects.filter(active=True))]


Make = Callable[[FieldEntry, Asking, bool], Any]


def form_field(field: FieldEntry, asking: Asking, *, required: bool) -> Any:
    """The field of a form in which it is asked."""
    make = _MAKERS.get(field.type, _line)
    return make(field, asking, required)


def _words(field: FieldEntry, required: bool) -> dict[str, Any]:
    return {"label": field.label, "help": field.help, "required": required}


def _line(field: FieldEntry, asking: Asking, required: bool) -> Any:
    match field.type:
        case "email":
            return inputs.email_input(**_words(field, required))
        case "link":
            return inputs.link_input(**_words(field, required))
    kind = "tel" if field.type == "telephone" else None
    return forms.TextInput(**_words(field, required), max_length=300, kind=kind)


def _text(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.TextField(**_words(field, required))


def _number(field: FieldEntry, asking: Asking, required: bool) -> Any:
    if field.type == "money":
        amount = inputs.AmountOrSlash if field.may_skip else forms.Amount
        span = {"least": decimal_of(field.least), "most": decimal_of(field.most)}
        return amount(**_words(field, required), currency=field.unit or asking.procedure.currency, **span)
    unit: Any = asking.procedure.option("unit", field.unit)
    shown = unit.label if unit is not None else "%" if field.type == "percent" else field.unit or None
    decimals = field.decimals if field.decimals is not None else 3
    limits: dict[str, Any] = {}
    if field.type != "measured":  # what is measured may lie outside; that is its verdict
        limits = {"least": decimal_of(field.least), "most": decimal_of(field.most)}
    number = inputs.NumberOrSlash if field.may_skip else forms.Number
    return number(**_words(field, required), decimals=decimals, unit=shown, **limits)


def _day(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Day(**_words(field, required))


def _moment(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Moment(**_words(field, required))


def _time(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.TimeOfDay(**_words(field, required))


def _duration(field: FieldEntry, asking: Asking, required: bool) -> Any:
    box = inputs.DurationOrSlash if field.may_skip else inputs.DurationInput
    return box(**_words(field, required))


def _period(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return inputs.PeriodInput(**_words(field, required))


def _signature(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return inputs.SignatureInput(**_words(field, required))


def _options(field: FieldEntry, asking: Asking, options: list[tuple[str, str | Text]], required: bool) -> Any:
    offered: list[tuple[str, str | Text]] = [] if required and field.type == "choices" else [NOT_SAID]
    offered += options
    if field.may_skip:
        offered.append(SKIPPED)
    if len(offered) <= 4 and not field.other:
        return forms.Segments(**_words(field, required), options=offered)
    return forms.Choice(**_words(field, required), options=offered)


def _choice(field: FieldEntry, asking: Asking, required: bool) -> Any:
    options: list[tuple[str, str | Text]] = [
        (one.key, one.label) for one in asking.procedure.catalogue(field.catalogue or "")
    ]
    if field.other:
        skipped = [SKIPPED] if field.may_skip else []
        return forms.ChoiceOrOther(**_words(field, required), options=[NOT_SAID, *options, *skipped])
    return _options(field, asking, options, required)


def _choices(field: FieldEntry, asking: Asking, required: bool) -> Any:
    options = [(one.key, one.label) for one in asking.procedure.catalogue(field.catalogue or "")]
    return forms.Choices(**_words(field, required), options=options)


def _yesno(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return _options(field, asking, YES_NO, required)


def _score(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Segments(**_words(field, required), options=[NOT_SAID, *((one, one) for one in SCORES)])


def _person(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Choice(**_words(field, required), options=asking.people)


def _department(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Choice(**_words(field, required), options=asking.departments)


def _record(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Lookup(**_words(field, required), url=f"/registers/lookup/{field.of or field.type}")


def _files(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Files(**_words(field, required), accept="image/*" if field.type == "photo" else "")


_MAKERS: Mapping[str, Make] = {
    "longtext": _text,
    "opinion": _text,
    "number": _number,
    "quantity": _number,
    "money": _number,
    "percent": _number,
    "measured": _number,
    "date": _day,
    "moment": _moment,
    "time": _time,
    "duration": _duration,
    "period": _period,
    "signature": _signature,
    "choice": _choice,
    "choices": _choices,
    "yesno": _yesno,
    "score": _score,
    "person": _person,
    "department": _department,
    "customer": _record,
    "record": _record,
    "file": _files,
    "photo": _files,
}


def stored(field: FieldEntry, value: Any, asking: Asking, before: Any = None) -> Any:
    """A clean value of the form as it is kept; None where nothing was said.

    A person, an opinion and a signature that read as ``before`` keep the name, the moment and the drawing of then.
    """
    match field.type:
        case "person":
            if isinstance(before, Mapping) and str(before.get("person")) == value:
                return before
            person = Person.objects.filter(pk=int(value), is_active=True).first() if value else None
            return {"person": person.pk, "name": person.name, "name_en": person.name_en} if person else None
        case "department":
            found = Department.objects.filter(pk=int(value)).first() if value else None
            return {"department": found.pk, "key": found.key, "name": found.name.zh} if found else None
        case "opinion":
            same = isinstance(before, Mapping) and before.get("text") == value
            return before if same else _opinion(value, asking)
        case "signature":
            return _signed(value, asking, before)
    return plain(value)


def _signed(value: SignedName | None, asking: Asking, before: Any) -> Any:
    if not value:
        return None
    if isinstance(before, Mapping) and before.get("name") == value.name and not value.drawn:
        return before
    return {"name": value.name, "at": plain(asking.at)}


def plain(value: Any) -> Any:
    """A value as JSON holds it, so that it reads back alike on every database."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case Decimal():
            return f"{value.normalize():f}"
        case list():
            return [plain(one) for one in value] or None
        case str():
            return value.strip() or None
    return value


def _opinion(text: Any, asking: Asking) -> Any:
    """An opinion bears the name and the day of whoever wrote it."""
    if not text:
        return None
    person = asking.person
    return {
        "text": text,
        "person": person.pk,
        "name": person.name,
        "name_en": person.name_en,
        "at": asking.at.isoformat(),
    }


def initial(field: FieldEntry, value: Any) -> Any:
    """What stands in the form's box for a stored value."""
    if value in NOTHING:
        return None
    match field.type:
        case "person":
            return str(value.get("person"))
        case "department":
            return str(value.get("department"))
        case "opinion":
            return value.get("text")
        case "signature":
            return SignedName(value.get("name", ""))
        case "duration":
            return int(value) if is_number(value) else value
        case "moment":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "customer" | "record":
            return forms.LookupValue(value.get("name") or value.get("number", ""), value.get("number", ""))
    return Decimal(value) if field.type in NUMERIC and is_number(value) else value
