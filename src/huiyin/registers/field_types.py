"""The types of fields: how each is asked, stored, shown, listed and printed. What is stored is plain JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.procedure.computing import is_number
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.ui import formats, forms

NOT_APPLICABLE = "/"
"""How people write that something does not apply; kept as it is written."""
NOT_SAID: tuple[str, Text] = ("", t("未填", "Not said"))
SKIPPED: tuple[str, Text] = (NOT_APPLICABLE, t("不适用（/）", "Not applicable (/)"))
OTHER = forms.OTHER
"""Before the words that somebody wrote where none of the options fits."""
YES_NO: list[tuple[str, str | Text]] = [("yes", t("是", "Yes")), ("no", t("否", "No"))]
SCORES = ("1", "2", "3", "4", "5")
LONG = frozenset({"longtext", "opinion", "note"})
FILES = frozenset({"file", "photo"})
NUMERIC = frozenset({"number", "quantity", "money", "percent", "measured"})


@dataclass(frozen=True, slots=True)
class Asking:
    """For whom and when a field is asked."""

    procedure: Procedure
    person: Person
    at: datetime


Make = Callable[[FieldEntry, Asking, bool], Any]


def form_field(field: FieldEntry, asking: Asking, *, required: bool) -> Any:
    """The field of a form in which it is asked."""
    make = _MAKERS.get(field.type, _line)
    return make(field, asking, required)


def _words(field: FieldEntry, required: bool) -> dict[str, Any]:
    return {"label": field.label, "help": field.help, "required": required}


def _line(field: FieldEntry, asking: Asking, required: bool) -> Any:
    kinds = {"telephone": "tel", "email": "email", "link": "url"}
    return forms.TextInput(**_words(field, required), max_length=300, kind=kinds.get(field.type))


def _text(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.TextField(**_words(field, required))


def _number(field: FieldEntry, asking: Asking, required: bool) -> Any:
    if field.type == "money":
        return forms.Amount(**_words(field, required), currency=field.unit or asking.procedure.currency, least=None)
    unit: Any = asking.procedure.option("unit", field.unit)
    shown = unit.label if unit is not None else "%" if field.type == "percent" else field.unit or None
    decimals = field.decimals if field.decimals is not None else 3
    limits: dict[str, Any] = {}
    if field.type != "measured":  # what is measured may lie outside; that is its verdict
        limits = {"least": _decimal(field.least), "most": _decimal(field.most)}
    return forms.Number(**_words(field, required), decimals=decimals, unit=shown, **limits)


def _decimal(written: str | None) -> Decimal | None:
    return Decimal(written) if written is not None else None


def _day(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Day(**_words(field, required))


def _moment(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Moment(**_words(field, required))


def _time(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.TimeOfDay(**_words(field, required))


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
        return forms.ChoiceOrOther(**_words(field, required), options=[NOT_SAID, *options])
    return _options(field, asking, options, required)


def _choices(field: FieldEntry, asking: Asking, required: bool) -> Any:
    options = [(one.key, one.label) for one in asking.procedure.catalogue(field.catalogue or "")]
    return forms.Choices(**_words(field, required), options=options)


def _yesno(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return _options(field, asking, YES_NO, required)


def _score(field: FieldEntry, asking: Asking, required: bool) -> Any:
    return forms.Segments(**_words(field, required), options=[NOT_SAID, *((one, one) for one in SCORES)])


def _person(field: FieldEntry, asking: Asking, required: bool) -> Any:
    people = Person.objects.filter(is_active=True).select_related(None).order_by("name")
    options = [NOT_SAID, *((str(one.pk), one.display_name) for one in people)]
    return forms.Choice(**_words(field, required), options=options)


def _department(field: FieldEntry, asking: Asking, required: bool) -> Any:
    options = [NOT_SAID, *((str(one.pk), one.name) for one in Department.objects.filter(active=True))]
    return forms.Choice(**_words(field, required), options=options)


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


# ---- stored


def stored(field: FieldEntry, value: Any, asking: Asking) -> Any:
    """A clean value of the form as it is kept; None where nothing was said."""
    match field.type:
        case "person":
            person = Person.objects.filter(pk=int(value), is_active=True).first() if value else None
            return {"person": person.pk, "name": person.name, "name_en": person.name_en} if person else None
        case "department":
            found = Department.objects.filter(pk=int(value)).first() if value else None
            return {"department": found.pk, "key": found.key, "name": found.name.zh} if found else None
        case "opinion":
            return _opinion(value, asking)
        case "signature":
            return {"name": value, "at": asking.at.isoformat()} if value else None
    return plain(value)


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
            return value.get("name")
        case "moment":
            return datetime.fromisoformat(value)
        case "date":
            return date.fromisoformat(value)
        case "customer" | "record":
            return forms.LookupValue(value.get("name") or value.get("number", ""), value.get("number", ""))
    return Decimal(value) if field.type in NUMERIC and is_number(value) else value


# ---- shown


def shown(field: FieldEntry, value: Any, procedure: Procedure) -> Any:
    """A stored value as people read it: words, a day, a moment, a number with its unit; None where there is nothing."""
    if value in NOTHING:
        return None
    if value == NOT_APPLICABLE:
        return t("不适用", "Not applicable")
    match field.type:
        case "yesno":
            return dict(YES_NO).get(str(value), str(value))
        case "choice" | "choices":
            return _option_words(field, value, procedure)
        case "person":
            return _name(value)
        case "department":
            known = next((each for each in procedure.departments if each.key == value.get("key")), None)
            return known.name if known is not None else str(value.get("name", ""))
        case "opinion":
            said = t("{text}（{name} {day}）", "{text} ({name} {day})")
            return said.with_values(text=value["text"], name=_name(value), day=value["at"][:10])
        case "signature":
            return t("{name} {day}", "{name} {day}", name=value["name"], day=value["at"][:10])
        case "date":
            return date.fromisoformat(value)
        case "moment":
            return datetime.fromisoformat(value)
        case "customer" | "record":
            return value.get("name") or value.get("number")
    return _amount(field, value, procedure) if field.type in NUMERIC else str(value)


def _name(value: Mapping[str, Any]) -> Text:
    return Text(value["name"], value.get("name_en") or value["name"])


def _option_words(field: FieldEntry, value: Any, procedure: Procedure) -> Any:
    both = [_one_option(field, str(one), procedure) for one in (value if isinstance(value, list) else [value])]
    return Text("、".join(one.zh for one in both), ", ".join(one.en for one in both))


def _one_option(field: FieldEntry, key: str, procedure: Procedure) -> Text:
    if key.startswith(OTHER):
        words = key.removeprefix(OTHER)
        return Text(f"其他：{words}", f"Other: {words}")
    option = procedure.option(field.catalogue or "", key)
    return option.label if option is not None else Text(key, key)


def _amount(field: FieldEntry, value: Any, procedure: Procedure) -> Any:
    if not is_number(value):
        return str(value)
    number = Decimal(value)
    if field.type == "money":
        return formats.format_money(number, field.unit or procedure.currency)
    unit = procedure.option("unit", field.unit)
    written = formats.format_number(number)
    if field.type == "percent":
        return f"{written}%"
    words = unit.label if unit is not None else Text(field.unit, field.unit)
    said = Text(f"{written} {words.zh}".strip(), f"{written} {words.en}".strip())
    return (
        said
        if field.type != "measured"
        else Text(f"{said.zh}（{verdict(field, number).zh}）", f"{said.en} ({verdict(field, number).en})")
    )


def verdict(field: FieldEntry, number: Decimal) -> Text:
    """Whether a measured value lies within the limits of its field."""
    low, high = _decimal(field.least), _decimal(field.most)
    inside = (low is None or number >= low) and (high is None or number <= high)
    return t("合格", "within limits") if inside else t("超差", "out of limits")


def for_list(field: FieldEntry, value: Any, procedure: Procedure) -> Any:
    """A stored value as a list's column of its kind takes it."""
    if value in NOTHING or value == NOT_APPLICABLE:
        return None if value in NOTHING else NOT_APPLICABLE
    if field.type in NUMERIC and is_number(value):
        return Decimal(value)
    return shown(field, value, procedure)


LIST_KINDS: Mapping[str, str] = {
    "date": "day",
    "moment": "moment",
    "money": "money",
    "number": "quantity",
    "quantity": "quantity",
    "percent": "quantity",
    "measured": "quantity",
    "score": "number",
}
"""How a list shows a type; words for all others."""
