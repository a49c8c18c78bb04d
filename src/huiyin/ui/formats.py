"""Moments, amounts and time left as people say them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.ui import zone

SOON = timedelta(hours=4)
SIGNS = {"CNY": "¥", "USD": "US$", "EUR": "€", "HKD": "HK$", "JPY": "JP¥", "GBP": "£"}


def format_date(value: date | datetime | None) -> str:
    """2026-11-21; an empty string for None."""
    return zone.day_of(value).isoformat() if value is not None else ""


def format_time(value: datetime | None) -> str:
    """14:05 on the site's clock; an empty string for None."""
    return zone.localtime(value).isoformat(" ", "minutes")[11:16] if value is not None else ""


def format_datetime(value: datetime | None) -> str:
    """2026-11-21 14:05 on the site's clock; an empty string for None."""
    return zone.localtime(value).isoformat(" ", "minutes")[:16] if value is not None else ""


def format_number(value: Decimal | int | float | None) -> str:
    """1,200 or 0.25: thousands grouped, no trailing zeros; an empty string for None."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        value = value.normalize()
        return f"{value:,f}"
    return f"{value:,}"


def format_money(value: Any, currency: str | None = None) -> str:
    """¥1,234.50 for a kernel Money, or for a number in ``currency`` (CNY without one); an empty string for None."""
    if value is None:
        return ""
    amount = getattr(value, "amount", value)
    code = str(currency or getattr(value, "currency", "CNY"))
    sign = SIGNS.get(code, f"{code} ")
    amount = Decimal(amount)
    return f"{'−' if amount < 0 else ''}{sign}{abs(amount):,.2f}"


def format_quantity(value: Any, unit: Any = None, language: str = "zh") -> str:
    """1,200 件 for a kernel Quantity, or for a number with ``unit`` (word or Text); an empty string for None."""
    if value is None:
        return ""
    number = getattr(value, "value", getattr(value, "amount", value))
    unit = unit if unit is not None else getattr(value, "unit", "")
    word = unit.show(language) if isinstance(unit, Text) else str(unit)
    return f"{format_number(number)} {word}".rstrip()


def format_size(octets: int | None) -> str:
    """3.4 MB; an empty string for None."""
    if octets is None:
        return ""
    if octets < 1000:
        return f"{octets} B"
    amount = octets / 1000
    for unit in ("kB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:,.0f} {unit}"
        amount /= 1000
    raise AssertionError("unreachable")


def format_span(span: timedelta, *, short: bool = False) -> Text:
    """A length of time in its two largest units (one when ``short``): 2 天 3 小时, 3 小时 20 分, 12 分."""
    minutes = int(abs(span).total_seconds() // 60)
    days, rest = divmod(minutes, 1440)
    hours, minutes = divmod(rest, 60)
    if days:
        if hours and not short and days < 10:
            return t("{d} 天 {h} 小时", "{d} d {h} h", d=days, h=hours)
        return t("{d} 天", "{d} d", d=days)
    if hours:
        if minutes and not short:
            return t("{h} 小时 {m} 分", "{h} h {m} min", h=hours, m=minutes)
        return t("{h} 小时", "{h} h", h=hours)
    return t("{m} 分", "{m} min", m=minutes)


def format_time_left(due: datetime, at: datetime, *, short: bool = False) -> Text:
    """The time from ``at`` to ``due``: 还剩 3 小时 20 分, 迟 2 天; 现在到期 within a minute either way."""
    span = due - at
    if abs(span) < timedelta(minutes=1):
        return t("现在到期", "due now")
    words = format_span(span, short=short)
    if span > timedelta(0):
        return t("还剩 {span}", "{span} left", span=words)
    return t("迟 {span}", "{span} late", span=words)


def urgency(due: datetime, at: datetime) -> str:
    """'late' after ``due``, 'soon' within four hours before it, else 'calm'."""
    if due <= at:
        return "late"
    return "soon" if due - at <= SOON else "calm"


def initials(name: str) -> str:
    """What stands in an avatar: the last two characters of a Chinese name, the first letters of other names."""
    name = name.strip()
    if not name:
        return "?"
    if any("㐀" <= c <= "鿿" for c in name):
        compact = "".join(name.split())
        return compact[-2:] if len(compact) <= 4 else compact[:2]
    parts = name.split()
    return (parts[0][0] + (parts[-1][0] if len(parts) > 1 else "")).upper()
