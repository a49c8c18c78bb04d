"""Moments, amounts and time left as people read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from huiyin.kernel.money import Money
from huiyin.kernel.quantities import Quantity
from huiyin.kernel.text import t
from huiyin.ui import formats, zone

AT = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)

LEFT = [
    (timedelta(hours=3, minutes=20), "还剩 3 小时 20 分", "3 h 20 min left"),
    (timedelta(minutes=12, seconds=59), "还剩 12 分", "12 min left"),
    (timedelta(hours=5), "还剩 5 小时", "5 h left"),
    (timedelta(days=1, hours=2, minutes=9), "还剩 1 天 2 小时", "1 d 2 h left"),
    (timedelta(days=12, hours=2), "还剩 12 天", "12 d left"),
    (timedelta(seconds=59), "现在到期", "due now"),
    (timedelta(seconds=-59), "现在到期", "due now"),
    (timedelta(minutes=-1), "迟 1 分", "1 min late"),
    (timedelta(days=-2), "迟 2 天", "2 d late"),
    (timedelta(days=-2, hours=-4), "迟 2 天 4 小时", "2 d 4 h late"),
]


@pytest.mark.parametrize(("span", "zh", "en"), LEFT)
def test_time_left(span: timedelta, zh: str, en: str) -> None:
    said = formats.format_time_left(AT + span, AT)
    assert (said.show("zh"), said.show("en")) == (zh, en)


def test_short_time_left_has_one_unit() -> None:
    assert formats.format_time_left(AT + timedelta(days=2, hours=5), AT, short=True).show("zh") == "还剩 2 天"
    assert formats.format_time_left(AT + timedelta(hours=2, minutes=5), AT, short=True).show("zh") == "还剩 2 小时"


@pytest.mark.parametrize(
    ("hours", "urgency"),
    [(-1, "late"), (0, "late"), (0.5, "soon"), (4, "soon"), (4.01, "calm"), (100, "calm")],
)
def test_urgency(hours: float, urgency: str) -> None:
    assert formats.urgency(AT + timedelta(hours=hours), AT) == urgency


def test_moments_are_read_on_the_site_clock() -> None:
    assert formats.format_datetime(AT) == "2026-11-22 00:30"
    assert formats.format_date(AT) == "2026-11-22"
    assert formats.format_time(AT) == "00:30"
    assert formats.format_date(date(2026, 11, 21)) == "2026-11-21"
    assert (formats.format_datetime(None), formats.format_date(None), formats.format_time(None)) == ("", "", "")


def test_another_zone_for_the_site() -> None:
    zone.set_site_zone("Europe/Berlin")
    try:
        assert formats.format_datetime(AT) == "2026-11-21 17:30"
    finally:
        zone.set_site_zone("Asia/Shanghai")


def test_money() -> None:
    assert formats.format_money(Money(Decimal("1234.5"), "CNY")) == "¥1,234.50"
    assert formats.format_money(Decimal("-0.1"), "USD") == "−US$0.10"
    assert formats.format_money(3, "VND") == "VND 3.00"
    assert formats.format_money(None) == ""


def test_quantities() -> None:
    assert formats.format_quantity(Quantity(Decimal("1200"), "件")) == "1,200 件"
    assert formats.format_quantity(Decimal("0.250"), t("千克", "kg"), "en") == "0.25 kg"
    assert formats.format_quantity(None) == ""
    assert formats.format_number(Decimal("1200.00")) == "1,200"


@pytest.mark.parametrize(
    ("octets", "size"),
    [(0, "0 B"), (999, "999 B"), (1500, "1.5 kB"), (24500, "24 kB"), (2_411_000, "2.4 MB"), (None, "")],
)
def test_sizes(octets: int | None, size: str) -> None:
    assert formats.format_size(octets) == size


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("王晓梅", "晓梅"),
        ("李强", "李强"),
        ("欧阳建国", "建国"),
        ("Wang Xiaomei", "WX"),
        ("admin", "A"),
        ("营销支持部", "营销"),
        (" ", "?"),
    ],
)
def test_initials(name: str, initials: str) -> None:
    assert formats.initials(name) == initials
