"""Tells the browser which form was accepted, so that its draft is thrown away and no other."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

COOKIE = "huiyin_saved"


class SavedMark:
    """Names the token of an accepted form in a cookie that the page's script reads and removes.

    Accepted means: a POST carrying ``submission`` answered by a redirect elsewhere than to the sign-in page.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST":
            return response
        target = response.get("HX-Redirect") or (
            response.get("Location") if response.status_code in (302, 303) else None
        )
        if target and not target.startswith(resolve_url(settings.LOGIN_URL)):
            token = request.POST.get("submission", "")
            if token.isalnum() and len(token) <= 64:
                response.set_cookie(COOKIE, token, max_age=600, samesite="Lax", secure=request.is_secure())
        return response
