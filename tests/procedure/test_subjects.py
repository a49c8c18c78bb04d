"""What a record is about in both languages: words of the procedure are said in English, anybody's own stay."""

from __future__ import annotations

import pytest

from huiyin.procedure.subjects import subject_in_both
from tests.cast import pack


@pytest.mark.parametrize(
    ("kind", "subject", "english"),
    [
        ("duty-log", "王晓梅 · 夜班", "王晓梅 · Night"),
        ("duty-log", "夜班 · 海川机电", "Night · 海川机电"),
        ("duty-log", "夜班、白班", "Night, Day"),
        ("duty-log", "夜班、下雨", "夜班、下雨"),
        ("duty-roster", "夜班", "夜班"),
        ("complaint", "夜班", "夜班"),
        ("duty-log", "", ""),
    ],
)
def test_words_of_the_kind_are_said_in_english(kind: str, subject: str, english: str) -> None:
    said = subject_in_both(kind, subject, pack("service-desk"))
    assert (said.zh, said.en) == (subject, english)
