"""What no browser sends is turned away; what was accepted is told to the browser, so that its draft is thrown away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render, resolve_url

from huiyin.kernel.text import Text, t
from huiyin.ui.sanitise import LARGEST_ID

COOKIE = "huiyin_saved"
ANONYMOUS_BYTES = 64 * 1024
"""Nobody needs more to sign in."""
METHODS = ("GET", "HEAD", "POST")
"""Pages are read, forms are sent."""
FILES_AT_ONCE = 8
"""A form may bring as many files of the largest size at once."""
_guests: list[Callable[[HttpRequest], bool]] = []


def allow_guest_uploads(knows: Callable[[HttpRequest], bool]) -> None:
    """Strangers whose request ``knows`` answers for (they come by a living link)
    may send as much as people of the company.
    """
    if knows not in _guests:
        _guests.append(knows)


class RejectMalformedRequests:
    """Turns away, before any view, what would upset what lies behind: bodies beyond every limit, ids beyond any column,
    the character that no database holds; and methods that no page knows.

    Stands behind the middleware that knows the person, so that strangers cannot fill the disk with uploads.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        most = ANONYMOUS_BYTES
        if not length.isdecimal() or int(length[:19]) > most:
            most = self._most(request)
        if not length.isdecimal() or int(length[:19]) > most:
            return _refused(
                request,
                413,
                t("一次最多发送 {n} MB", "At most {n} MB can be sent at once", n=max(most >> 20, 1)),
            )
        return self.get_response(request)

    @staticmethod
    def _most(request: Any) -> int:
        """Bytes that may come with a request larger than anybody's."""
        known = request.user.is_authenticated or any(knows(request) for knows in _guests)
        return settings.UPLOAD_MEGABYTES * 1024 * 1024 * FILES_AT_ONCE if known else ANONYMOUS_BYTES

    def process_view(self, request: Any, view: Any, args: Any, kwargs: dict[str, Any]) -> HttpResponse | None:
        """Refuse what the address or the form holds; a page for people, since nothing of theirs is lost by it."""
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Http404
        if "\0" in request.path:
            raise Http404
        if any(_has_nul(sent) for sent in (request.GET, request.POST)):
            return _refused(
                request,
                400,
                t(
                    "内容里有不可见的控制字符（NUL）",
                    "What was sent holds an invisible control character (NUL)",
                ),
            )
        return None


def _has_nul(sent: Any) -> bool:
    return any("\0" in name or any("\0" in one for one in values) for name, values in sent.lists())


def _refused(request: HttpRequest, status: int, reason: Text) -> HttpResponse:
    return render(request, "ui/refusal.html", {"reasons": [reason], "back": "/"}, status=status)


class DraftClearedCookie:
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
            if token.isascii() and token.isalnum() and len(token) <= 64:
                response.set_cookie(COOKIE, token, max_age=600, samesite="Lax", secure=request.is_secure())
        return response
