"""Sign-in rules: accounts are made by an administrator, nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter

from huiyin.people.models import Person


class StaffAdapter(DefaultAccountAdapter):
    """allauth without public sign-up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False

    def _get_login_attempts_cache_key(self, request: Any, **credentials: Any) -> str:
        """What failed attempts are counted by: the account. Neither the host asked for nor the spelling starts anew."""
        name = str(credentials.get("username") or "")
        known = Person.objects.filter(username__iexact=name).values_list("pk", flat=True).first()
        return f"account:{known}" if known else f"name:{name.upper().casefold()}"
