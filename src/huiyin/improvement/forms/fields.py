"""Fields that several forms of this room share: a colleague by name, a question answered yes, no or not yet."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.ui import forms
from huiyin.ui.fields import localised
from huiyin.ui.sanitise import row_id

YES, NO = "yes", "no"
NOT_CHOSEN: tuple[str, Text] = ("", t("—", "—"))


class ColleagueField(forms.Lookup):
    """A person of the company by name: chosen from the list, or typed in full where only one has that name.

    Cleaned to a Person or None. With ``outsiders`` a name nobody here has is kept as it was typed.
    """

    def __init__(self, *, label: Text, required: bool = False, outsiders: bool = False, **others: Any) -> None:
        super().__init__(url="problem_people", label=label, required=required, max_length=60, **others)
        self.outsiders = outsiders

    def clean(self, value: Any) -> Any:
        """The person; the typed name for somebody from outside; None for nobody."""
        looked = super().clean(value)
        if not looked:
            return None
        found = _person(looked)
        if found is not None:
            return found
        if self.outsiders:
            return looked.text
        reason = t(
            "没有叫“{name}”的同事，请从列表里选",
            "No colleague is called “{name}”; choose from the list",
            name=looked.text,
        )
        raise ValidationError(localised(reason), code="unknown")

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never asked: rows are compared by what is stored."""
        return True


def _person(looked: forms.LookupValue) -> Person | None:
    key = row_id(looked.key)
    people = Person.objects.filter(is_active=True)
    if key is not None:
        return people.filter(pk=key).first()
    named = list(people.filter(Q(name=looked.text) | Q(name_en__iexact=looked.text))[:2])
    return named[0] if len(named) == 1 else None


def colleague(person: Person | None, name: str = "") -> forms.LookupValue:
    """What stands in the box for a person, or for somebody from outside by name."""
    if person is None:
        return forms.LookupValue(name)
    return forms.LookupValue(localised(person.display_name), str(person.pk))


def decided(label: Text, yes: Text, no: Text, open_: Text, **others: Any) -> forms.Segments:
    """A question that may still be open."""
    return forms.Segments(label=label, options=[("", open_), (YES, yes), (NO, no)], required=False, **others)


def truth(answer: str) -> bool | None:
    """What such a question was answered."""
    return {YES: True, NO: False}.get(answer)


def answered(value: bool | None) -> str:
    """How an answer stands in its box."""
    return "" if value is None else YES if value else NO


def departments() -> list[tuple[str, Text]]:
    """The departments at work as choices."""
    return [NOT_CHOSEN, *((str(d.pk), d.name) for d in Department.objects.filter(active=True).order_by("id"))]
