"""A line in both languages says once what both begin with, and never cuts a word in two."""

from __future__ import annotations

import pytest

from huiyin.kernel.text import Text
from huiyin.records.print.wording import inline


@pytest.mark.parametrize(
    ("zh", "en", "both"),
    [
        ("合格", "Pass", "合格 Pass"),
        ("12 件", "12 pieces", "12 件 pieces"),
        ("漏油（已核实）", "漏油 (verified)", "漏油（已核实） (verified)"),
        ("标记012", "标记013", "标记012 标记013"),
        ("质量部", "质量检验", "质量部 质量检验"),
        ("HY-40", "HY-40", "HY-40"),
    ],
)
def test_what_both_begin_with_is_said_once(zh: str, en: str, both: str) -> None:
    assert inline(Text(zh, en), "both") == both
    assert (inline(Text(zh, en), "zh"), inline(Text(zh, en), "en")) == (zh, en)
