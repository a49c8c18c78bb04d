"""Whole page or fragment: decided here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from huiyin.kernel.text import Text
from huiyin.ui.fields import localised
from huiyin.ui.language import fixed_language

FRAGMENT = "ui/fragment.html"


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (not a boosted link, not a page of its history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page ``template``; when htmx asks and ``block`` is named, that block of it alone.

    The block may stand in the page or in its skeleton; UndefinedError if it stands in neither.
    """
    shown_on_page = dict(context or {})
    if block and wants_fragment(request):
        template, shown_on_page = FRAGMENT, {**shown_on_page, "page_of_fragment": template, "block": block}
    with fixed_language():
        body = render_to_string(template, shown_on_page, request)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def redirect_with_message(request: HttpRequest, to: str, said: str | Text | None = None) -> HttpResponse:
    """After a POST that was accepted: go to ``to``; ``said`` is shown there once."""
    if said is not None:
        messages.success(request, localised(said))
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = to
        return response
    return HttpResponseRedirect(to)
