"""The closed list of layouts: how the blocks of a printed record are set on the page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageLayout:
    """The set-up of one form: page, width of the label column in millimetres, and size of type in points."""

    key: str
    landscape: bool = False
    label_width: float = 25
    size: float = 9.5
    table_size: float = 9


_LAYOUTS = {
    each.key: each
    for each in (
        PageLayout("complaint-register"),
        PageLayout("feedback-sheet", table_size=8.5),
        PageLayout("liaison-sheet", size=10, label_width=27),
        PageLayout("replacement-request", table_size=8.5),
        PageLayout("stock-take", size=10, label_width=27),
        PageLayout("8d-vda", table_size=8),
        PageLayout("8d-ford", table_size=8),
        PageLayout("eight-steps", table_size=8),
        PageLayout("quality-costs", table_size=8.5),
        PageLayout("scar", size=10, label_width=30),
        PageLayout("assessment-sheet", landscape=True, table_size=8.5),
    )
}


class UnknownLayout(LookupError):
    """No layout has this key; the packs may name only those that ``layouts()`` lists."""


def layout(key: str) -> PageLayout:
    """The layout of ``key``; raises ``UnknownLayout``."""
    try:
        return _LAYOUTS[key]
    except KeyError:
        raise UnknownLayout(key) from None


def layouts() -> tuple[str, ...]:
    """The keys of all layouts, in order of declaration."""
    return tuple(_LAYOUTS)
