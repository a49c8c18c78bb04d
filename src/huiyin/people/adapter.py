"""Sign-in rules: accounts are made by an administrator, nobody signs up by themselves."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter


class StaffAdapter(DefaultAccountAdapter):
    """allauth without public sign-up."""

    def is_open_for_signup(self, request: Any) -> bool:
        return False
