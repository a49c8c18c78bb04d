"""Values that views hand to the macros; what a macro does not know cannot be passed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.kernel.text import Text

Words = str | Text


@dataclass(frozen=True, slots=True)
class StepBarItem:
    """One step of the step bar; ``state`` is done, current, ahead, skipped or ended;
    ``reasons`` say why it cannot come yet.
    """

    label: Words
    state: str = "ahead"
    reasons: Sequence[Words] = ()
    title: Words | None = None

    def __post_init__(self) -> None:
        if self.state not in ("done", "current", "ahead", "skipped", "ended"):
            raise ValueError(f"unknown state of a step: {self.state}")


@dataclass(frozen=True, slots=True)
class FilterChip:
    """One filter chip: a link that sets it, or takes it away when it is active."""

    label: Words
    url: str
    active: bool = False
    count: int | str | None = None


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab or saved view."""

    label: Words
    url: str
    active: bool = False
    count: int | str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact of a record; ``wide`` facts take the whole width."""

    label: Words
    value: Any
    href: str | None = None
    wide: bool = False


@dataclass(frozen=True, slots=True)
class FieldConflict:
    """One field two people changed at once: what was typed (mine) against what stands there now (theirs)."""

    name: str
    label: Words
    mine: str
    theirs: str


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """One column of a board; ``count`` counts all records, ``cards`` may hold the first ones only."""

    label: Words
    cards: Sequence[Any]
    phase: str | None = None
    count: int | str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the left navigation; ``key`` is the letter after ``g``."""

    label: Words
    url: str
    icon: str
    key: str = ""
    count: int | str | None = None
    active: bool = False
    group: Words | None = None


@dataclass(frozen=True, slots=True)
class CreateItem:
    """One entry of the quick-create menu."""

    label: Words
    url: str
    icon: str = "plus"
    note: Words | None = None
    group: Words | None = None


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds a page of a signed-in person; made once per request by the configuration."""

    person: Any
    at: datetime
    language: str = "zh"
    theme: str = "auto"
    zone: str = "Asia/Shanghai"
    site_name: Words = ""
    navigation: Sequence[NavigationItem] = ()
    creates: Sequence[CreateItem] = ()
    unread: int = 0
    query: str = ""
    home_url: str = "/"
    search_url: str = "/search"
    suggest_url: str = "/search/suggest"
    notices_url: str = "/notices"
    preferences_url: str = "/preferences"
    profile_url: str | None = None
    sign_out_url: str = "/accounts/logout/"
    path: str = "/"
    department: Words | None = None
    extra: dict[str, Any] = field(default_factory=dict)
