"""What every form page of the customer file does after it was sent: act, or show why not without losing what was typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect

from huiyin.kernel.text import Text
from huiyin.records.links import record_url
from huiyin.records.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.ui import zone
from huiyin.ui.components import Difference
from huiyin.ui.forms import StepForm
from huiyin.ui.htmx import done, render


def token_of(form: StepForm) -> UUID | None:
    """The form's token, by which sending twice is known."""
    try:
        return UUID(form.cleaned_data.get("submission") or "")
    except ValueError:
        return None


def sent(
    request: Any,
    form: StepForm,
    act: Callable[[], Any],
    *,
    to: Callable[[Any], str],
    said: Text,
    theirs: Callable[[], tuple[int, Mapping[str, Any]]] | None = None,
) -> HttpResponse | None:
    """Take the step a valid form asks for.

    Returns where to go; the page that shows both texts when somebody else was faster (``theirs`` gives the newer version
    and its values); None when the step was refused, with the reasons on the form.
    """
    try:
        result = act()
    except Refused as refused:
        _refuse(form, refused)
        return None
    except AlreadyDone as already:
        return redirect(record_url(already.entry.kind, already.entry.number))
    except ChangedMeanwhile:
        if theirs is None:
            raise
        return _conflict(request, form, *theirs())
    return done(request, to(result), said)


def _refuse(form: StepForm, refused: Refused) -> None:
    form.refuse(refused.reasons)
    for name, reason in refused.fields.items():
        if name in form.fields:
            form.refuse_field(name, reason)
        else:
            form.refuse([reason])


def _conflict(request: Any, form: StepForm, version: int, theirs: Mapping[str, Any]) -> HttpResponse:
    """Both texts side by side (409)."""
    differences, same = [], []
    for name, field in form.fields.items():
        if name in ("version", "submission"):
            continue
        mine, other = str(form.data.get(name, "")), as_typed(theirs.get(name))
        if name in theirs and mine.strip() != other.strip():
            differences.append(Difference(name, str(field.label or name), mine, other))
        else:
            same.append((name, mine))
    context = {
        "differences": differences, "action": request.path, "version": version, "hidden": same,
        "back": request.path, "who": None, "when": None,
    }  # fmt: skip
    return render(request, "ui/conflict.html", context, status=409)


def as_typed(value: Any) -> str:
    """A value as it would stand in its box."""
    match value:
        case None:
            return ""
        case datetime():
            return zone.localtime(value).strftime("%Y-%m-%dT%H:%M")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value.normalize():f}"
    return str(value)
