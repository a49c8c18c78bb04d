"""How single values of a pack are written: texts in two languages, hours, durations, amounts, standards."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, PlainValidator, StringConstraints

from huiyin.kernel.anchors import PeriodDay
from huiyin.kernel.durations import Duration
from huiyin.kernel.holidays import HOLIDAY_TABLES
from huiyin.kernel.hours import Interval, week_pattern
from huiyin.kernel.mistake import Invalid
from huiyin.kernel.numbering import NumberPattern
from huiyin.kernel.text import Text, t
from huiyin.procedure.words import PERMANENT, PROMISED, UNLIMITED, choice

_STANDARD = re.compile(r"(?P<standard>\S.*?)[:—-](?P<edition>\d{4}) (?P<clause>\S+)")
_NUMBER = re.compile(r"[\w().,+ -]+")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
_KEPT = re.compile(r"[1-9]\d{0,2} (year|month)s?")
_AGE = re.compile(r"[1-9]\d{0,3} (year|month|week|day)s?")
_RUNG = re.compile(r"\d+(\.\d+)?%|[+-]\s*\d.*")


LONGEST_NUMBER = 30
LONGEST_ZH, LONGEST_EN = 100, 100
"""What fits into the columns and forms that show a label or a title."""


def _text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    pair = dict(value) if isinstance(value, dict) else {}
    if set(pair) != {"zh", "en"} or not all(isinstance(each, str) and each.strip() for each in pair.values()):
        raise Invalid(
            t("这里要中文和英文两种说法，都不能空", "This needs its words in Chinese and in English, neither empty."),
            t("请写成 {pattern}", "Write {pattern}.", pattern='{ zh = "…", en = "…" }'),
        )
    if any(_UNSEEN.search(each) for each in pair.values()):
        raise Invalid(
            t("文字里有看不见的控制字符", "These words hold an invisible control character."),
            t("请重新输入这段文字", "Type the words anew."),
        )
    return Text(pair["zh"].strip(), pair["en"].strip())


def _short(text: Text) -> Text:
    if len(text.zh) > LONGEST_ZH or len(text.en) > LONGEST_EN:
        raise Invalid(
            t("名称太长", "This name is too long."),
            t(
                "中文最多 {chinese} 个字，英文最多 {english} 个字符",
                "Use at most {chinese} characters in Chinese and {english} in English.",
                chinese=LONGEST_ZH,
                english=LONGEST_EN,
            ),
        )
    return text


def _zone(value: Any) -> ZoneInfo:
    if isinstance(value, ZoneInfo):
        return value
    try:
        return ZoneInfo(value)
    except (OSError, TypeError, ValueError, KeyError):
        raise Invalid(
            t("没有「{zone}」这个时区", "There is no time zone “{zone}”.", zone=str(value)),
            t("请写成 Asia/Shanghai 这样的名称", "Write a name such as Asia/Shanghai."),
        ) from None


def _hours(written: str) -> str:
    return str(Interval.parse(written))


def _hours_of_day(hours: tuple[str, ...]) -> tuple[str, ...]:
    week_pattern({"mon": hours})  # refuses overlapping intervals
    return hours


def _written_date(value: Any) -> Any:
    if isinstance(value, date | str):
        return value
    raise Invalid(
        t("这里要一个日期", "This must be a date."),
        t("请写成 2026-12-31，不加引号", "Write 2026-12-31 without quotes."),
    )


def _duration(written: str) -> str:
    Duration.parse(written)
    return written


def _within(written: str) -> str:
    if written == PROMISED:
        return written
    if written.endswith("%") or written.startswith(("+", "-")):
        raise Invalid(
            t("期限不能写成「{written}」", "A time limit cannot be “{written}”.", written=written),
            t(
                "请写成 48h、0.5 workdays、1 month，或 promised",
                "Write 48h, 0.5 workdays, 1 month, or promised.",
            ),
        )
    return _duration(written)


def _rung_at(written: str) -> str:
    if not _RUNG.fullmatch(written):
        raise Invalid(
            t("「{written}」不是阶梯上的时刻", "“{written}” is no moment of a ladder.", written=written),
            t("请写成 75%、100%、+1 workday 或 -2 workhours", "Write 75%, 100%, +1 workday or -2 workhours."),
        )
    return _duration(written)


def _on_day(written: object) -> str:
    is_number = isinstance(written, int) and not isinstance(written, bool)
    return PeriodDay.parse(str(written) if is_number or isinstance(written, str) else "").written if written else ""


def _age(written: str) -> str:
    if not _AGE.fullmatch(written):
        raise Invalid(
            t("「{written}」不是一段时间", "“{written}” is no length of time.", written=written),
            t("请写成 1 year、6 months 或 30 days", "Write 1 year, 6 months or 30 days."),
        )
    return written


def _retention(written: str) -> str:
    if written != PERMANENT and not _KEPT.fullmatch(written):
        raise Invalid(
            t("「{written}」不是保存期限", "“{written}” is no time to keep a form.", written=written),
            t("请写成 3 years、18 months 或 permanent", "Write 3 years, 18 months or permanent."),
        )
    return written


def _pattern(written: str) -> str:
    sample = NumberPattern.parse(written).sample()
    if not _NUMBER.fullmatch(sample):
        raise Invalid(
            t(
                "编号「{sample}」里有不能用的符号",
                "The number “{sample}” has a sign that it cannot have.",
                sample=sample,
            ),
            t("请只用文字、数字和 - _ . ( )", "Use letters, digits and - _ . ( ) alone: it stands in addresses."),
        )
    if len(sample) > LONGEST_NUMBER:
        raise Invalid(
            t("编号「{sample}」太长", "The number “{sample}” is too long.", sample=sample),
            t("最多 {most} 个字符", "Use at most {most} characters.", most=LONGEST_NUMBER),
        )
    return written


def _amount(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise Invalid(
            t("金额要写成整数或带引号的小数", "An amount is a whole number or a decimal in quotes."),
            t('请写成 10 或 "10.50"', 'Write 10 or "10.50".'),
        )
    written = str(value).strip()
    if not re.fullmatch(r"\d{1,15}(\.\d{1,2})?", written):
        raise Invalid(
            t("「{written}」不是金额", "“{written}” is no amount.", written=written),
            t('请写成 "1000" 或 "10.50"，不能是负数', 'Write "1000" or "10.50", never below zero.'),
        )
    return written


def _limit(value: Any) -> str:
    return UNLIMITED if value == UNLIMITED else _amount(value)


def _standard(written: str) -> str:
    if not _STANDARD.fullmatch(written):
        raise Invalid(
            t("「{written}」不是标准条款", "“{written}” is no clause of a standard.", written=written),
            t("请写成 ISO 10002:2018 7.5", "Write standard, edition and clause: ISO 10002:2018 7.5."),
        )
    return written


def split_standard(written: str) -> tuple[str, str, str]:
    """Standard, edition and clause of ``"ISO 10002:2018 7.5"``."""
    found = _STANDARD.fullmatch(written)
    if found is None:
        raise ValueError(f"{written!r} names no standard, edition and clause")
    return found["standard"], found["edition"], found["clause"]


def one_or_many(value: Any) -> Any:
    """A single word counts as a list of one."""
    return [value] if isinstance(value, str) else value


def _percent(written: Any) -> str:
    if not isinstance(written, str) or not re.fullmatch(r"\d{1,3}(\.\d{1,4})?%", written):
        raise Invalid(
            t("这里要一个百分数", "This must be a percentage."),
            t('请写成 "50%" 或 "12.5%"', 'Write "50%" or "12.5%".'),
        )
    return written


def as_fraction(percent: str) -> Decimal:
    """The number that ``"12.5%"`` stands for: 0.125."""
    return Decimal(percent.removesuffix("%")) / 100


PackText = Annotated[Text, PlainValidator(_text), PlainSerializer(lambda text: {"zh": text.zh, "en": text.en})]
Label = Annotated[PackText, AfterValidator(_short)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=60)]
OptionKey = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_.-]*$", max_length=30)]
ClauseKey = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=40)]
EvidenceKey = Annotated[str, StringConstraints(pattern=r"^\S(.*\S)?$", max_length=60)]
Words = tuple[str, ...]
Hours = Annotated[tuple[Annotated[str, AfterValidator(_hours)], ...], AfterValidator(_hours_of_day)]
Amount = Annotated[str, PlainValidator(_amount)]
Percent = Annotated[str, PlainValidator(_percent)]
Zone = Annotated[ZoneInfo, PlainValidator(_zone), PlainSerializer(str)]
WrittenDuration = Annotated[str, AfterValidator(_duration)]
HolidayKey = Annotated[str, AfterValidator(choice(HOLIDAY_TABLES))]
WrittenDate = Annotated[date, BeforeValidator(_written_date)]
Within = Annotated[str, AfterValidator(_within)]
RungAt = Annotated[str, AfterValidator(_rung_at)]
OnDay = Annotated[str, BeforeValidator(_on_day)]
"""A day of a period: "friday", "last workday", "december", 15."""
Age = Annotated[str, AfterValidator(_age)]
Retention = Annotated[str, AfterValidator(_retention)]
NumberingPattern = Annotated[str, AfterValidator(_pattern)]
Limit = Annotated[str, PlainValidator(_limit)]
Standard = Annotated[str, AfterValidator(_standard)]
