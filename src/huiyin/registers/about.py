"""What a record of a declared kind is about: found by a type-ahead box, or given by the page it is opened from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.conditions import fields_in
from huiyin.records.access import record_for
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord
from huiyin.ui import forms

BOX = "about-"
"""Before the kind: the name of the box in which it is found. No field has a hyphen in its name."""
FROM = "from-"
"""Before the kind: the name of the hidden box that says from which page the form was opened."""


def known_name(record: Any) -> str:
    """What a record is known as, as it is kept beside its number."""
    known = record.known_as
    return known.show("zh") if isinstance(known, Text) else str(known)


def found_record(person: Person, kind: str, value: Any) -> Any:
    """The record that was chosen in a box, or whose number was typed; None if the person may not see one."""
    written = (value.key or value.text) if value else ""
    if not written or "\x00" in written:
        return None
    try:
        return record_for(person, kind, written)
    except Http404:
        return None


def about_of(kind: DataKind, source: Any) -> tuple[Any, Any]:
    """What a new record is about, and to what it is tied: the record it is opened from, or what that one is about."""
    if source is None:
        return None, None
    if source.kind in kind.entry.about:
        return source, None
    for name in kind.entry.about:
        other = getattr(source, name.replace("-", "_"), None)
        if other is not None and getattr(other, "kind", "") == name:
            return other, source
    return None, source


def about_boxes(kind: DataKind, verb: str, labels: Mapping[str, Text], record: FormRecord | None) -> dict[str, Any]:
    """The boxes in which it is found, one for each kind of record that it may be about."""
    found = {}
    for other in kind.entry.about:
        mine = record is not None and record.about_kind == other
        needed = mine or (record is None and len(kind.entry.about) == 1 and _is_needed(kind, verb, other))
        label = labels.get(other, Text(other, other))
        url = f"/registers/lookup/{other}"
        found[BOX + other] = forms.Lookup(label=label, required=needed, url=url, must_exist=True)
    return found


def about_initial(record: FormRecord | None) -> dict[str, Any]:
    """What stands in the boxes at first."""
    if record is None or record.about_id is None:
        return {}
    return {BOX + record.about_kind: forms.LookupValue(record.about_name, record.about_number)}


def picked_record(form: Any, kind: DataKind, record: FormRecord | None) -> Any:
    """The record chosen in one of the boxes, None where nothing (else) was; what is unknown stands on it."""
    for other in kind.entry.about:
        name = BOX + other
        value = form.cleaned_data.get(name)
        if not value or _is_the_same(value, other, record):
            continue
        found = found_record(form.person, other, value)
        if found is not None:
            return found
        form.refuse_field(name, t("没有找到，请从列表中选择。", "Not found; choose one of the list."))
    return None


def _is_the_same(value: Any, other: str, record: FormRecord | None) -> bool:
    return record is not None and (record.about_kind, record.about_number) == (other, value.key)


def _is_needed(kind: DataKind, verb: str, other: str) -> bool:
    """Whether something that the opening step needs is a fact of what the record is about."""
    step = kind.procedure.step(f"{kind.key}.{verb}")
    for field in kind.fields:
        needs = verb in field.required_for or (step is not None and field.name in step.requires)
        paths = [field.copies, field.shows, *fields_in(field.shown)]
        if needs and any(path.startswith(f"{other}.") for path in paths):
            return True
    return False
