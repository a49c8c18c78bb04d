"""What every request carries: the moment, the person's language and the active procedure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.middleware import get_user
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.functional import SimpleLazyObject

from huiyin.procedure import versions
from huiyin.ui import zone

LANGUAGE_COOKIE = "huiyin_language"
Next = Callable[[HttpRequest], HttpResponse]


class AnonymousLanguageMiddleware:
    """Chooses the language of pages nobody is signed in to: cookie, then the browser's wish, then Chinese."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        wish = request.COOKIES.get(LANGUAGE_COOKIE)
        if wish not in ("zh-hans", "en"):
            accepted = request.headers.get("Accept-Language", "")[:100].lower()
            wish = "en" if accepted.startswith("en") else "zh-hans"
        translation.activate(wish)
        request.LANGUAGE_CODE = wish  # type: ignore[attr-defined]
        response = self.get_response(request)
        translation.deactivate()
        return response


class RequestContextMiddleware:
    """Sets ``request.at``, the reader's language, ``request.version`` and ``request.procedure``."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        request.at = datetime.now(UTC)
        # The person themselves: Django's stand-in asks anew at each of their attributes.
        request.user = person = get_user(request)
        if person.is_authenticated:
            translation.activate(person.language)
            request.version = person.active_version_id
            if request.version:
                zone.set_site_zone(versions.procedure_of(request.version).zone.key)
        else:
            request.version = None
        zone.set_page_moment(request.at)
        request.procedure = SimpleLazyObject(lambda: versions.procedure_of(request.version))
        return self.get_response(request)


class TwoFactorRequiredMiddleware:
    """Sends people who must have a second factor (HUIYIN_TWO_FACTOR) to set it up before anything else."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: Any, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        if not request.user.is_authenticated or not self.is_required(request.user):
            return None
        name = request.resolver_match.view_name or ""
        if name.startswith(("mfa_", "account_")) or name in ("healthz", "preferences"):
            return None
        return None if is_mfa_enabled(request.user) else redirect(reverse("mfa_activate_totp"))

    @staticmethod
    def is_required(person: Any) -> bool:
        wanted = settings.TWO_FACTOR
        return wanted == "all" or (wanted == "administrators" and person.is_administrator)
