"""What every template is given besides what its view gives it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.utils.functional import SimpleLazyObject
from django.utils.html import format_html


def csrf_once(request: HttpRequest) -> dict[str, Any]:
    """``csrf_input`` as Django gives it, but masked once for all forms of a page instead of anew for each."""
    field = '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
    return {"csrf_input": SimpleLazyObject(lambda: format_html(field, get_token(request)))}
