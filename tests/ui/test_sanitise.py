"""What pages take from addresses and forms for the number of a row or for a day."""

from __future__ import annotations

from datetime import date

import pytest

from huiyin.ui.sanitise import is_plausible_day, row_id


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("0", 0),
        ("007", 7),
        ("9223372036854775807", 9_223_372_036_854_775_807),  # what an eight-byte column holds
        ("9223372036854775808", None),
        ("0000000000000000001", 1),
        ("00000000000000000001", None),  # twenty digits
        ("", None),
        ("-1", None),
        ("+1", None),
        ("1.0", None),
        (" 1", None),
        ("１", None),
        ("²", None),
    ],
)
def test_the_number_of_a_row_is_plain_digits_that_a_column_holds(written: str, number: int | None) -> None:
    assert row_id(written) == number


@pytest.mark.parametrize(
    ("day", "plausible"),
    [
        (date(1899, 12, 31), False),
        (date(1900, 1, 1), True),
        (date(2199, 12, 31), True),
        (date(2200, 1, 1), False),
    ],
)
def test_days_from_1900_to_2199_are_plausible(day: date, plausible: bool) -> None:
    assert is_plausible_day(day) is plausible
