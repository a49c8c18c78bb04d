"""What a room of the house declares once, and where the pages learn of it: addresses, navigation, kinds of records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Protocol

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, URLResolver, include, path
from django.utils.module_loading import module_has_submodule

from huiyin.kernel.text import Text

MayOpen = Callable[[Any, Any], bool]
"""``(person, procedure)``: whether the page would answer this person; ``procedure`` is None before one is in force."""


def everybody(person: Any, procedure: Any) -> bool:
    """A page that each person of the company may open."""
    return True


def administrators(person: Any, procedure: Any) -> bool:
    """A page of administrators alone."""
    return bool(person.is_administrator)


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItem:
    """An entry of the navigation or of quick-create: a page, shown to whoever may open it.

    ``url`` is the name of its address; entries stand in the order of ``position``; ``key`` is the letter after ``g``.
    ``kind`` names a kind of record whose name in the company's words comes before ``label``; the picture is then
    ``plain_icon``, for a picture may say the usual name. ``group`` opens a group with this heading. ``path`` is the
    page's address where it has no name of its own.
    """

    label: Text
    url: str
    icon: str
    position: int
    may_open: MayOpen
    key: str = ""
    group: Text | None = None
    note: Text | None = None
    kind: str = ""
    plain_icon: str = ""
    path: str = ""


class Declaration(Protocol):
    """Something a room declares: it hands its parts to the registries that want them."""

    def register(self) -> None:
        """Called once, when Django has loaded all rooms."""


@dataclass(frozen=True, kw_only=True)
class Room:
    """Everything a room tells the house.

    ``urls`` are prefixes and the modules of the addresses below them; ``on_start`` is called when all rooms are loaded,
    for what is no record (people follow the procedure in force, importers make themselves known).
    ``menu_of(procedure)`` gives entries that hang on the procedure (None before one is in force), and
    ``creates_of(person, procedure)`` those of quick-create that the person has by it.
    """

    name: str
    urls: Sequence[tuple[str, str]]
    menu: Sequence[MenuItem]
    creates: Sequence[MenuItem] = ()
    kinds: Sequence[Declaration] = ()
    on_start: Sequence[Callable[[], None]] = ()
    menu_of: Callable[[Any], Sequence[MenuItem]] | None = None
    creates_of: Callable[[Any, Any], Sequence[MenuItem]] | None = None

    def register(self) -> None:
        """Take the room into the house; declaring one twice is a mistake."""
        if self.name in rooms:
            raise ImproperlyConfigured(f"the room {self.name} is declared twice")
        rooms[self.name] = self
        for kind in self.kinds:
            kind.register()
        for act in self.on_start:
            act()


rooms: dict[str, Room] = {}
"""The rooms that were declared, lowest first."""


def register_all() -> None:
    """Take every installed room into the house: what it declares stands in its ``room.py`` as ``ROOM``."""
    for app in apps.get_app_configs():
        if module_has_submodule(app.module, "room"):
            declared: Room = import_module(f"{app.name}.room").ROOM
            declared.register()


def menu(procedure: Any) -> list[MenuItem]:
    """All entries of the navigation, those of the procedure's own kinds among them, in their order."""
    found = [item for room in rooms.values() for item in room.menu]
    found += [item for room in rooms.values() if room.menu_of for item in room.menu_of(procedure)]
    return sorted(found, key=lambda item: item.position)


def creates(person: Any, procedure: Any) -> list[MenuItem]:
    """All entries of quick-create, what the person may open by the procedure's own kinds among them, in their order."""
    found = [item for room in rooms.values() for item in room.creates]
    found += [item for room in rooms.values() if room.creates_of for item in room.creates_of(person, procedure)]
    return sorted(found, key=lambda item: item.position)


def addresses() -> list[URLPattern | URLResolver]:
    """The addresses of all rooms; those of the highest first, for they are asked for most."""
    found: list[URLPattern | URLResolver] = []
    for room in reversed(rooms.values()):
        found += [path(prefix, include(module)) for prefix, module in room.urls]
    return found
