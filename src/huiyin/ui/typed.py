"""What stands in an address or a form, read so that no value can upset what lies behind."""

from __future__ import annotations

from datetime import date

LARGEST_ID = 2**63 - 1
"""No database here numbers a row higher."""
FIRST_YEAR, LAST_YEAR = 1900, 2199
"""Days outside are slips of the keyboard, and their neighbours may lie beyond what a computer can name."""


def row_id(text: str) -> int | None:
    """The id of a row as an address or a hidden field names it; None for anything else."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 19):
        return None
    number = int(text)
    return number if number <= LARGEST_ID else None


def in_reach(day: date) -> bool:
    """Whether a day is one that people here can mean."""
    return FIRST_YEAR <= day.year <= LAST_YEAR
