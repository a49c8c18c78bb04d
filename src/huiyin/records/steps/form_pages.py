"""What every form page does after it was sent: act, or show why not without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect

from huiyin.journal.queries import timeline
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text
from huiyin.records.models import Record
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.ui import zone
from huiyin.ui.components import FieldConflict
from huiyin.ui.forms import StepForm
from huiyin.ui.htmx import redirect_with_message, render

Theirs = Callable[[], tuple[Record, int, Mapping[str, Any]]]
"""Gives the record as it is now, the newer version (of the record or of its part)
and the values the form would show.
"""


def submit(
    request: Any,
    form: StepForm,
    act: Callable[[], Any],
    *,
    to: Callable[[Any], str],
    said: Text | Callable[[Any], Text],
    theirs: Theirs | None = None,
) -> HttpResponse | None:
    """Take the step a valid form asks for.

    Returns where to go; the page that shows both texts when somebody else was faster; None when the step was refused,
    with the reasons on the form.
    """
    try:
        result = act()
    except Refused as refused:
        show_refusal(form, refused)
        return None
    except AlreadyDone as already:
        return redirect(record_url(already.entry.kind, already.entry.number))
    except ChangedMeanwhile:
        if theirs is None:
            raise
        return conflict(request, form, *theirs())
    return redirect_with_message(request, to(result), said(result) if callable(said) else said)


def show_refusal(form: StepForm, refused: Refused) -> None:
    """Put each reason where it belongs: on its field if the form has it, else at the top."""
    form.refuse(refused.reasons)
    for name, reason in refused.fields.items():
        if name in form.fields:
            form.refuse_field(name, reason)
        else:
            form.refuse([reason])


def conflict(request: Any, form: StepForm, record: Record, version: int, theirs: Mapping[str, Any]) -> HttpResponse:
    """Somebody was faster: both texts side by side, nothing typed is lost (409); ``version`` is the newer one."""
    differences: list[FieldConflict] = []
    same: list[tuple[str, str]] = []
    for name, field in form.fields.items():
        if name in ("submission", "version"):
            continue
        typed = form.data.getlist(name) if hasattr(form.data, "getlist") else [form.data.get(name, "")]
        mine, other = "\n".join(typed), input_value(theirs.get(name))
        if name in theirs and mine.strip() != other.strip() and field.label:
            differences.append(FieldConflict(name, str(field.label), mine, other))
        else:
            same.extend((name, value) for value in typed)
        if key := form.data.get(f"{name}_key"):
            same.append((f"{name}_key", key))
    last = timeline(record.kind, record.pk)[0]
    context = {
        "differences": differences,
        "action": request.path,
        "version": version,
        "hidden": same,
        "back": record_url(record.kind, record.number),
        "who": last.who,
        "when": last.at,
    }
    return render(request, "ui/conflict.html", context, status=409)


def input_value(value: Any) -> str:
    """A value as it would stand in its box."""
    match value:
        case None:
            return ""
        case list():
            return "\n".join(str(one) for one in value)
        case datetime():
            return zone.localtime(value).strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
