"""One telephone number, many ways to write it."""

from __future__ import annotations

import pytest

from huiyin.customers.telephones import looks_like_number, normalise_number


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("+86 571-8888 1234", "57188881234"),
        ("(0571) 88881234 转 8", "57188881234"),
        ("0571-88881234", "57188881234"),
        ("008613800138000", "13800138000"),
        ("8613800138000", "13800138000"),
        ("１３８ ００１３ ８０００", "13800138000"),
        ("021-65551234/65551235", "2165551234"),
        ("+49 711 12345", "4971112345"),
        ("400-800-1234", "4008001234"),
        ("未知", ""),
        ("", ""),
    ],
)
def test_every_spelling_of_a_number_is_looked_up_alike(written: str, digits: str) -> None:
    assert normalise_number(written) == digits


@pytest.mark.parametrize(
    ("typed", "is_number"),
    [
        ("8000", True),
        ("0571-8888", True),
        ("(0571) 88881234", True),
        ("+86 138", True),
        ("12", False),
        ("C-1001", False),
        ("3M中国", False),
    ],
)
def test_digits_typed_count_as_a_number_from_three_on(typed: str, is_number: bool) -> None:
    assert looks_like_number(typed) is is_number
