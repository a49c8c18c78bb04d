"""How the blocks of a printed record are set on the page: one layout for each sheet that the rooms declare."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The set-up of one form: page, width of the label column in millimetres, and size of type in points."""

    key: str
    landscape: bool
    label_width: float
    size: float
    table_size: float


_layouts: dict[str, PageLayout] = {}


class UnknownLayout(LookupError):
    """No layout has this key; the packs may name only those that ``layouts()`` lists."""


def declare(made: PageLayout) -> None:
    """Take in a layout; ValueError when its key is declared twice with different set-ups."""
    if _layouts.setdefault(made.key, made) != made:
        raise ValueError(f"the layout {made.key!r} is declared twice with different set-ups")


def layout(key: str) -> PageLayout:
    """The layout of ``key``; raises ``UnknownLayout``."""
    try:
        return _layouts[key]
    except KeyError:
        raise UnknownLayout(key) from None


def layouts() -> tuple[str, ...]:
    """The keys of all layouts, in order of declaration."""
    return tuple(_layouts)
