"""What stands in an address or a form, read so that no value can upset what lies behind."""

from __future__ import annotations

from datetime import date

from huiyin.kernel.text import Text, t

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


def is_plausible_day(day: date) -> bool:
    """Whether a day is one that people here can mean."""
    return FIRST_YEAR <= day.year <= LAST_YEAR


def number_error_messages(decimals: int) -> dict[str, Text]:
    """What is said of a number that cannot be taken, by the code under which Django refuses it."""
    finer = t("最多写 %(max)s 位小数。", "Give at most %(max)s decimals.")
    return {
        "invalid": t("请填写数字。", "Enter a number."),
        "min_value": t("不能小于 %(limit_value)s。", "This cannot be less than %(limit_value)s."),
        "max_value": t("不能大于 %(limit_value)s。", "This cannot be more than %(limit_value)s."),
        "max_decimal_places": finer if decimals else t("请填写整数。", "Enter a whole number."),
    }
