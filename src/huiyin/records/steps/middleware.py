"""Refusals raised anywhere in a view become pages in the reader's language."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused


class RefusalMiddleware:
    """Shows a Refused as its reasons (409), a form sent twice as the page it led to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: Any, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, AlreadyDone):
            return redirect(record_url(exception.entry.kind, exception.entry.number))
        if isinstance(exception, Refused):
            context = {"reasons": [*exception.reasons, *exception.fields.values()], "typed": _typed(request)}
            return render(request, "ui/refusal.html", context, status=409)
        if isinstance(exception, ChangedMeanwhile):
            context = {"reasons": [], "typed": _typed(request), "changed": True}
            return render(request, "ui/refusal.html", context, status=409)
        return None


def _typed(request: Any) -> list[tuple[Text, str]]:
    """What was typed, so that nothing is lost on a refusal."""
    hidden = {"csrfmiddlewaretoken", "submission", "version"}
    label = t("您写的内容", "What you typed")
    return [(label, v) for k, values in request.POST.lists() if k not in hidden for v in values if v.strip()]
