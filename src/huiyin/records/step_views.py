"""The views of steps: every step of a record, or of one of its parts, at one address each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse

from huiyin.people.models import Person
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.record_forms import form_page

View = Callable[..., HttpResponse]


def step_view(steps: StepPages, find: Callable[[Person, str], Any]) -> View:
    """The steps of a record: the form of one, or the reasons why it cannot be taken.

    ``find(person, number)`` gives the record if the person may see it; Http404 otherwise.
    """

    @form_page
    def step(request: Any, number: str, noun: str) -> HttpResponse:
        return steps.respond(request, noun, lambda: (find(request.user, number), None))

    return step


def part_step_view(steps: StepPages, find: Callable[[Person, str, int], Any], *, of: str) -> View:
    """The steps of a part of a record: ``find(person, number, id)`` gives the part, which has its record as ``of``.

    The id is what the address has besides number and noun, under the name of the part (``task_id``).
    """

    @form_page
    def step(request: Any, number: str, noun: str, **ids: int) -> HttpResponse:
        (part_id,) = ids.values()

        def find_both() -> tuple[Any, Any]:
            part = find(request.user, number, part_id)
            return getattr(part, of), part

        return steps.respond(request, noun, find_both)

    return step
