"""The types of fields: how what is stored is read, listed and printed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.journal.record_urls import subject_label
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.procedure import words
from huiyin.procedure.computing import is_number
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.registers.fields import inputs
from huiyin.registers.fields.inputs import NOT_APPLICABLE
from huiyin.ui import formats, forms, zone

OTHER = forms.OTHER
"""Before the words that somebody wrote where none of the options fits."""
YES_NO: list[tuple[str, str | Text]] = list(words.YES_NO.items())
LONG = frozenset({"longtext", "opinion", "note"})
FILES = frozenset({"file", "photo"})
NUMERIC = frozenset({"number", "quantity", "money", "percent", "measured"})


def decimal_of(written: str | None) -> Decimal | None:
    """A limit as packs write it."""
    return Decimal(written) if written is not None else None


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
            return said.with_values(text=value["text"], name=_name(value), day=site_day(value["at"]))
        case "signature":
            return t("{name}（{day}）", "{name} ({day})", name=value["name"], day=site_day(value["at"]))
        case "date":
            return date.fromisoformat(value)
        case "moment":
            return datetime.fromisoformat(value)
        case "duration":
            return inputs.duration_words(int(value)) if is_number(value) else str(value)
        case "period":
            return period_words(str(value))
        case "customer" | "record":
            name = value.get("name")
            return subject_label(value.get("kind", ""), name, procedure) if name else value.get("number")
    return _amount(field, value, procedure) if field.type in NUMERIC else str(value)


def site_day(moment: str) -> str:
    """The site's day of a stored moment."""
    return zone.day_of(datetime.fromisoformat(moment)).isoformat()


def period_words(key: str) -> Any:
    """What people call a period: its key where it is none."""
    try:
        return Period.parse(key).label
    except Invalid:
        return key


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
    low, high = decimal_of(field.least), decimal_of(field.most)
    inside = (low is None or number >= low) and (high is None or number <= high)
    return t("合格", "within limits") if inside else t("超差", "out of limits")


def for_list(field: FieldEntry, value: Any, procedure: Procedure) -> Any:
    """A stored value as a list's column of its kind takes it."""
    if LIST_KINDS.get(field.type) in NUMBERS:
        return Decimal(value) if is_number(value) else None
    if value == NOT_APPLICABLE:
        return None if field.type in LIST_KINDS else NOT_APPLICABLE
    return shown(field, value, procedure)


NUMBERS = ("money", "quantity", "number")
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
