"""What this room tells the house."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.people.actions import adopt_departments
from huiyin.procedure.versions import on_effective
from huiyin.ui.rooms import MenuItem, Room

OVERSEERS = frozenset({"quality", "management", "office", "auditor"})


def _oversees(person: object, procedure: object) -> bool:
    return person.is_administrator or bool(person.functions() & OVERSEERS)  # type: ignore[attr-defined]


def _follow_the_procedure() -> None:
    """The company's departments are those of the procedure in force."""
    on_effective(adopt_departments)


ROOM = Room(
    name="people",
    urls=(("accounts/", "huiyin.people.signin_urls"), ("people/", "huiyin.people.urls")),
    menu=(MenuItem(label=t("人员", "People"), url="people", icon="people", key="u", position=180, may_open=_oversees),),
    on_start=(_follow_the_procedure,),
)
