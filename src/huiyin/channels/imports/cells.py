"""Reading one cell: text as people type it becomes a value, or a sentence that says what is wrong with it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.kernel.text import Text, t

Reader = Callable[[str], Any]
EARLIEST, LATEST = date(1950, 1, 1), date(2200, 12, 31)
NOON = time(12)


class InvalidCell(ValueError):
    """The cell cannot be taken as it stands; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(str(reason))


def folded(text: str) -> str:
    """Words as they are compared: half-width, lower case, without spaces and signs."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def line(longest: int) -> Reader:
    """One line of at most ``longest`` characters."""

    def read(text: str) -> str:
        one = " ".join(text.split())
        if len(one) > longest:
            raise InvalidCell(
                t(
                    "太长：{n} 字，最多 {most} 字",
                    "Too long: {n} characters, at most {most}",
                    n=len(one),
                    most=longest,
                )
            )
        return one

    return read


def words(longest: int = 20_000) -> Reader:
    """Text of several lines."""

    def read(text: str) -> str:
        if len(text) > longest:
            raise InvalidCell(t("太长，最多 {most} 字", "Too long, at most {most} characters", most=longest))
        return text.strip()

    return read


def code(fault: Callable[[str], Text | None], longest: int = 40) -> Reader:
    """A number or code: no spaces inside, full-width characters made half-width; ``fault`` says what else is wrong."""

    def read(text: str) -> str:
        one = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
        if len(one) > longest:
            raise InvalidCell(t("太长，最多 {most} 字", "Too long, at most {most} characters", most=longest))
        wrong = fault(one)
        if wrong is not None:
            raise InvalidCell(wrong)
        return one

    return read


def number_fault(number: str) -> Text | None:
    """Why a text cannot be a record's number: it stands in addresses and file names."""
    if not re.fullmatch(r"[\w.\-()]*\d[\w.\-()]*", number):
        return t(
            "编号要含数字，只能有字母、数字和 . - _ ( )",
            "A number has digits, and only letters, digits and . - _ ( )",
        )
    return None


def email(text: str) -> str:
    """An e-mail address."""
    one = unicodedata.normalize("NFKC", text).strip()
    if len(one) > 254 or not re.fullmatch(r"[^\s@]+@[^\s@]+\.[^\s@.]+", one):
        raise InvalidCell(t("不是电子邮箱地址", "Not an e-mail address"))
    return one


def day(text: str) -> date:
    """A calendar day: 2026-11-21, 2026/11/21, 2026.11.21, 20261121, 2026年11月21日, or the number a spreadsheet keeps."""
    one = unicodedata.normalize("NFKC", text).strip()
    one = re.sub(r"[T ]\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$", "", one)
    found = re.fullmatch(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?", one)
    found = found or re.fullmatch(r"(\d{4})(\d{2})(\d{2})", one)
    try:
        if found:
            return _sensible(date(*(int(part) for part in found.groups())))
        if re.fullmatch(r"\d{5}(\.\d+)?", one):  # days since 1899-12-30, as spreadsheets count
            return _sensible(date(1899, 12, 30) + timedelta(days=int(float(one))))
    except ValueError:
        pass
    raise InvalidCell(t("不是日期，请写成 2026-11-21 的样子", "Not a date; write it as 2026-11-21"))


def _sensible(found: date) -> date:
    if not EARLIEST <= found <= LATEST:
        raise ValueError
    return found


def moment(zone: ZoneInfo) -> Reader:
    """A day, with a time of the site's clock if there is one; noon stands for a day whose time nobody noted."""

    def read(text: str) -> datetime:
        found = re.search(r"[T ](\d{1,2}):(\d{2})", unicodedata.normalize("NFKC", text))
        clock = NOON
        if found:
            hours, minutes = int(found.group(1)), int(found.group(2))
            if hours > 23 or minutes > 59:
                raise InvalidCell(
                    t("不是时间，请写成 2026-11-21 14:05 的样子", "Not a time; write it as 2026-11-21 14:05")
                )
            clock = time(hours, minutes)
        return datetime.combine(day(text), clock, zone)

    return read


def quantity(text: str) -> Decimal:
    """A quantity above zero with at most three decimals."""
    number = _decimal(text)
    if number <= 0 or number >= Decimal(10) ** 11:
        raise InvalidCell(t("数量要大于零", "A quantity is above zero"))
    if number != number.quantize(Decimal("0.001")):
        raise InvalidCell(t("最多三位小数", "At most three decimals"))
    return number.quantize(Decimal("0.001"))


def count(least: int, most: int) -> Reader:
    """A whole number from ``least`` to ``most``."""

    def read(text: str) -> int:
        number = _decimal(text)
        if number != int(number) or not least <= number <= most:
            raise InvalidCell(
                t(
                    "要在 {least} 到 {most} 之间的整数",
                    "A whole number from {least} to {most}",
                    least=least,
                    most=most,
                )
            )
        return int(number)

    return read


def number(text: str) -> Decimal:
    """Any number with at most three decimals."""
    found = _decimal(text)
    if abs(found) >= Decimal(10) ** 11 or found != found.quantize(Decimal("0.001")):
        raise InvalidCell(t("数字太大或小数超过三位", "Too large, or more than three decimals"))
    return found


def yes_or_no(text: str) -> str:
    """Yes or no in the usual words."""
    word = folded(text)
    if word in ("是", "有", "y", "yes", "true", "1", "√", "v"):
        return "yes"
    if word in ("否", "无", "n", "no", "false", "0"):
        return "no"
    raise InvalidCell(t("请填“是”或“否”", "Write “yes” or “no”"))


def _decimal(text: str) -> Decimal:
    one = unicodedata.normalize("NFKC", text).replace(",", "").replace(" ", "")
    try:
        number = Decimal(one)
    except InvalidOperation:
        raise InvalidCell(t("不是数字", "Not a number")) from None
    if not number.is_finite():
        raise InvalidCell(t("不是数字", "Not a number"))
    return number


def choice(options: Iterable[tuple[str, Text]]) -> Reader:
    """One of a catalogue, by its key or by its label in either language."""
    listed = list(options)
    known = {folded(name): key for key, label in listed for name in (label.zh, label.en, key)}
    some = listed[:8]
    zh, en = "、".join(label.zh for _, label in some), ", ".join(label.en for _, label in some)

    def read(text: str) -> str:
        key = known.get(folded(text))
        if key is None:
            raise InvalidCell(t("只能填：{options}", "One of: {options}", options=Text(zh, en)))
        return key

    return read


def one_of(known: Mapping[str, Any], refusal: Text, ambiguous: Text) -> Reader:
    """What ``known`` holds under the words of the cell; a value of None there means several fit."""

    def read(text: str) -> Any:
        key = folded(text)
        if key not in known:
            raise InvalidCell(refusal)
        if known[key] is None:
            raise InvalidCell(ambiguous)
        return known[key]

    return read
