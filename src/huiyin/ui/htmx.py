"""Whole page or fragment: decided here and nowhere else."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import engines
from django.template.backends.jinja2 import Jinja2
from django.template.backends.utils import csrf_input_lazy, csrf_token_lazy
from django.utils.cache import patch_vary_headers

from huiyin.kernel.text import Text
from huiyin.ui.fields import shown
from huiyin.ui.jinja import render_block


def wants_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part of a page (not a boosted link, not a page of its history)."""
    headers = request.headers
    return (
        headers.get("HX-Request") == "true"
        and headers.get("HX-Boosted") != "true"
        and headers.get("HX-History-Restore-Request") != "true"
    )


def _engine() -> Jinja2:
    for engine in engines.all():
        if isinstance(engine, Jinja2):
            return engine
    raise LookupError("no Jinja2 engine is configured")


def render(
    request: HttpRequest,
    template: str,
    context: dict[str, Any] | None = None,
    *,
    block: str | None = None,
    status: int = 200,
) -> HttpResponse:
    """The page ``template``; when htmx asks and ``block`` is named, that block of it alone."""
    engine = _engine()
    page = engine.get_template(template)
    whole = dict(context or {})
    if block and wants_fragment(request):
        whole.update(request=request, csrf_input=csrf_input_lazy(request), csrf_token=csrf_token_lazy(request))
        for processor in engine.template_context_processors:
            whole.update(processor(request))
        body = render_block(page.template, block, whole)
    else:
        body = page.render(whole, request)
    response = HttpResponse(body, status=status)
    patch_vary_headers(response, ("HX-Request",))
    return response


def done(request: HttpRequest, to: str, said: str | Text | None = None) -> HttpResponse:
    """After a POST that was accepted: go to ``to``; ``said`` is shown there once."""
    if said is not None:
        messages.success(request, shown(said))
    if wants_fragment(request):
        response = HttpResponse(status=204)
        response["HX-Redirect"] = to
        return response
    return HttpResponseRedirect(to)
