"""Sign-in rules: accounts are made by an administrator, nobody signs up by themselves, guessing passwords is slow."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from huiyin.people import throttle
from huiyin.people.models import Person

WRONG_PASSWORDS = throttle.Limit(5, 5 * 60)
"""So many for one account; allauth counts those from one place (ACCOUNT_RATE_LIMITS)."""


class StaffAdapter(DefaultAccountAdapter):
    """allauth without public sign-up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse before the password is looked at; a password that proves right is taken back from the count."""
        super().pre_authenticate(request, **credentials)
        if not throttle.attempt(_account(credentials), WRONG_PASSWORDS, at=request.at):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: Any, **credentials: Any) -> Any:
        """The person with these credentials, or None."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            throttle.forgive(_account(credentials), WRONG_PASSWORDS, at=request.at)
        return person


def _account(credentials: dict[str, Any]) -> str:
    """What wrong passwords are counted by: the account. Neither the host asked for nor the spelling starts anew."""
    name = str(credentials.get("username") or "")
    known = Person.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
    return f"sign-in account:{known}" if known else f"sign-in name:{name.upper().casefold()}"
