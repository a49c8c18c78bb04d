"""Who can sign in at the demonstration company; declarations only, known without a database."""

from __future__ import annotations

from huiyin.demo.texts.staff import STAFF, StaffMember

PASSWORD = "demo-factory-7"  # noqa: S105 - public on purpose: the greeting of bin/up prints it
DOMAIN = "wangshu.example"
"""Addresses of the company's staff end so; no real address does (RFC 2606)."""
ACCOUNTS: tuple[StaffMember, ...] = tuple(member for member in STAFF if member.does is not None)
"""The people worth signing in as; every other member of staff has the same password."""


def sign_ins() -> list[dict[str, str]]:
    """The accounts as the greeting of ``bin/up`` prints them."""
    return [
        {
            "username": member.username,
            "password": PASSWORD,
            "name": f"{member.name} {member.name_en}",
            "functions": f"{member.does.zh} / {member.function}: {member.does.en.rpartition(': ')[2]}",
        }
        for member in ACCOUNTS
        if member.does is not None
    ]
