"""Forms of steps that ask the same of every declared kind: why, who in somebody's stead, what was done."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.steps.pages import RecordForm
from huiyin.ui import forms

REASON = "reason"
"""The box that asks why a step is taken; no field of a pack may be called so."""


def reason_box() -> Any:
    """A box for why a step is taken, which the journal keeps."""
    return forms.TextField(label=t("原因", "Reason"), rows=2, max_length=500)


class ReasonForm(RecordForm):
    """Why a record is void, or taken up again."""

    reason = reason_box()


class AnotherPersonForm(RecordForm):
    """Who from now on, in somebody's stead or beside them."""

    to = forms.Choice(label=t("交给", "Hand over to"))
    reason = forms.TextField(label=t("说明", "Remark"), rows=2, required=False, max_length=500)

    def left_out(self) -> Collection[int | None]:
        """The people who cannot be chosen; none, unless the form says so."""
        return ()

    def prepare(self) -> None:
        """Everybody with an account but those who are left out."""
        but = [pk for pk in self.left_out() if pk is not None]
        people = Person.objects.filter(is_active=True).exclude(pk__in=but).order_by("name")
        self.add_choices("to", [(str(one.pk), one.display_name) for one in people.select_related(None)])

    def values(self) -> dict[str, Any]:
        """The person, and why where this is asked."""
        to = Person.objects.select_related("department").get(pk=int(self.cleaned_data["to"]))
        return {"to": to, **({"reason": self.cleaned_data["reason"]} if "reason" in self.cleaned_data else {})}


class HandOverForm(AnotherPersonForm):
    """Who is in charge from now on."""

    def left_out(self) -> Collection[int | None]:
        """Whoever is in charge now."""
        return [self.record.owner_id]


class AnswerRowForm(RecordForm):
    """What was done about a task."""

    answer = forms.TextField(label=t("办理结果", "What was done"), max_length=4000)


class PassRowForm(AnotherPersonForm):
    """Who answers the task from now on."""

    reason = None  # type: ignore[assignment]  # Django's way to drop a field of the base

    def left_out(self) -> Collection[int | None]:
        """Whoever is responsible now."""
        return [self.part.owner_id]
