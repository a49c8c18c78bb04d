"""Numbers of records as a procedure writes them: "{year}{month}-{seq:3}", starting again each month."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, Literal, cast

from huiyin.kernel.mistake import Invalid
from huiyin.kernel.text import Text, t

Restart = Literal["day", "month", "year", "never"]
RESTARTS: Final[tuple[Restart, ...]] = ("day", "month", "year", "never")
FIELDS: Final = ("year", "year2", "month", "day", "prefix", "department", "seq", "check")
"""The fields a pattern may hold; ``seq`` takes its least width: ``{seq:3}``."""

_TOKEN = re.compile(r"\{(?P<field>[a-z0-9]+)(?::(?P<width>\d+))?\}|(?P<literal>[^{}]+)|(?P<stray>[{}])")
_DATES: dict[str, Callable[[date], str]] = {
    "year": lambda day: f"{day.year:04}",
    "year2": lambda day: f"{day.year % 100:02}",
    "month": lambda day: f"{day.month:02}",
    "day": lambda day: f"{day.day:02}",
}
_DIGITS = frozenset({*_DATES, "seq", "check"})
_NEEDED: dict[str, tuple[str, ...]] = {
    "never": (),
    "year": ("year",),
    "month": ("year", "month"),
    "day": ("year", "month", "day"),
}
_SAMPLE_DAY = date(2026, 11, 5)
_MOST_WIDTH = 12


class NumberInvalid(Invalid):
    """A pattern that cannot give unmistakable numbers, or a prefix that does not fit it."""


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of a pattern: a field, or with ``field == ""`` the literal ``text``."""

    field: str
    text: str = ""
    width: int = 1


@dataclass(frozen=True, slots=True)
class NumberPattern:
    """How the numbers of one kind of record look and when their running number starts again at 1.

    Numbers are unmistakable: two of different date, prefix, department or running number never look the same.
    A running number that outgrows its width is written in full. ``{check}`` is a check digit by ISO 7064
    MOD 11,10 over all other digits of the number; it finds every single wrong digit.
    """

    pattern: str
    restart: Restart
    parts: tuple[_Part, ...]

    @classmethod
    def parse(cls, pattern: str, *, restart: str | None = None) -> NumberPattern:
        """Read a pattern; raises NumberInvalid, saying what is wrong.

        Without ``restart`` the running number starts again with the finest date field of the pattern.
        """
        parts = tuple(_parts(pattern))
        fields = [part.field for part in parts if part.field]
        _check_fields(pattern, fields)
        _check_neighbours(pattern, parts)
        chosen = _finest(fields) if restart is None else restart
        _check_restart(pattern, fields, chosen)
        return cls(pattern, cast(Restart, chosen), parts)

    def period_key(self, at_local: date, *, prefix: str = "", department: str = "") -> str:
        """Which counter the running number is taken from: "2026-11", "2026/TS", "all".

        ``at_local`` is the local day (or moment) at the site. A prefix or department has a counter of its own only
        when the pattern shows it.
        """
        length = {"never": 0, "year": 4, "month": 7, "day": 10}[self.restart]
        period = f"{at_local:%Y-%m-%d}"[:length] or "all"
        shown = [value for field, value in (("prefix", prefix), ("department", department)) if self._has(field)]
        return "/".join([period, *shown])

    def render(self, seq: int, at_local: date, *, prefix: str = "", department: str = "") -> str:
        """The number with running number ``seq`` (from 1); raises NumberInvalid when a prefix does not fit."""
        if seq < 1:
            raise ValueError("running numbers start at 1")
        values = {"prefix": prefix, "department": department}
        written = []
        for index, part in enumerate(self.parts):
            if part.field in values:
                written.append(self._named(index, values[part.field]))
            elif part.field == "seq":
                written.append(f"{seq:0{part.width}}")
            elif part.field in _DATES:
                written.append(_DATES[part.field](at_local))
            else:
                written.append(part.text)
        if self._has("check"):
            position = next(index for index, part in enumerate(self.parts) if part.field == "check")
            written[position] = check_digit("".join(written))
        return "".join(written)

    def sample(self) -> str:
        """A number as it would look on 5 November 2026, for the pack's author."""
        return self.render(1, _SAMPLE_DAY, prefix="TS", department="ZL")

    def meets(self, other: NumberPattern) -> bool:
        """Whether both may come to give the same number: also where a running number has outgrown its width."""
        return any(
            one.sequence_of(two.render(seq, _SAMPLE_DAY, prefix="TS", department="ZL")) is not None
            for one, two in ((self, other), (other, self))
            for seq in (1, 10**_MOST_WIDTH)
        )

    def sequence_of(self, number: str) -> int | None:
        """The running number within ``number``; None when it does not follow the pattern or fails its check digit."""
        found = re.fullmatch(self._expression(), number)
        if found is None or not int(found["seq"]):
            return None
        if self._has("check"):
            bare = number[: found.start("check")] + number[found.end("check") :]
            if check_digit(bare) != found["check"]:
                return None
        return int(found["seq"])

    def _has(self, field: str) -> bool:
        return any(part.field == field for part in self.parts)

    def _expression(self) -> str:
        written = []
        for index, part in enumerate(self.parts):
            before, after = self._beside(index)
            if part.field in ("prefix", "department"):
                head = "(?![0-9])" if _ends_with_digit(before) else ""
                tail = "(?<![0-9])" if _starts_with_digit(after) else ""
                written.append(rf"{head}[^\W_]+{tail}")
            else:
                written.append(_expression(part))
        return "".join(written)

    def _beside(self, index: int) -> tuple[_Part, _Part]:
        nothing = _Part("")
        following = self.parts[index + 1] if index + 1 < len(self.parts) else nothing
        return self.parts[index - 1] if index else nothing, following

    def _named(self, index: int, value: str) -> str:
        """A prefix or department, which must not run into the digits beside it."""
        if not value.isalnum():
            raise NumberInvalid(
                t(
                    "编号前缀「{value}」须由字母、汉字或数字组成",
                    "The prefix “{value}” must be letters and digits.",
                    value=value,
                ),
                t("请去掉空格与符号", "Leave out spaces and signs."),
            )
        before, after = self._beside(index)
        if (_is_digit(value[-1]) and _starts_with_digit(after)) or (_is_digit(value[0]) and _ends_with_digit(before)):
            raise NumberInvalid(
                t(
                    "前缀「{value}」的数字会与相邻的数字混在一起",
                    "The digit of the prefix “{value}” would run into the digits beside it.",
                    value=value,
                ),
                t("请换一个前缀，或在格式中加分隔符", "Choose another prefix, or put a separator into the pattern."),
            )
        return value


def check_digit(number: str) -> str:
    """The ISO 7064 MOD 11,10 check digit over the digits of ``number``; other characters are passed over."""
    product = 10
    for character in number:
        if _is_digit(character):
            product = (product + int(character)) % 10 or 10
            product = product * 2 % 11
    return str((11 - product) % 10)


def _parts(pattern: str) -> list[_Part]:
    parts = []
    for found in _TOKEN.finditer(pattern):
        field, width = found["field"], found["width"]
        if found["stray"]:
            raise _wrong(pattern, t("花括号没有成对", "A brace stands alone."))
        if field is None:
            parts.append(_Part("", found["literal"]))
            continue
        if field not in FIELDS:
            raise _wrong(pattern, t("没有名为「{field}」的字段", "There is no field “{field}”.", field=field))
        if width is not None and (field != "seq" or not 1 <= int(width) <= _MOST_WIDTH):
            raise _wrong(
                pattern,
                t(
                    "只有 seq 可以写宽度，且在 1 至 {most} 之间",
                    "Only seq takes a width, from 1 to {most}.",
                    most=_MOST_WIDTH,
                ),
            )
        parts.append(_Part(field, width=int(width or 1)))
    return parts


def _check_fields(pattern: str, fields: Sequence[str]) -> None:
    if fields.count("seq") != 1:
        raise _wrong(pattern, t("须有且只有一个 {seq}", "It needs exactly one {seq}."))
    for field in ("check", "prefix", "department"):
        if fields.count(field) > 1:
            raise _wrong(pattern, t("字段「{field}」出现了两次", "The field “{field}” stands twice.", field=field))


def _check_neighbours(pattern: str, parts: Sequence[_Part]) -> None:
    named = [index for index, part in enumerate(parts) if part.field in ("prefix", "department")]
    for first, second in pairwise(named):
        between = "".join(part.text for part in parts[first + 1 : second])
        if between.isalnum() or not between:
            raise _wrong(
                pattern,
                t("前缀与部门之间缺少分隔符", "A separator is missing between prefix and department."),
            )


def _check_restart(pattern: str, fields: Sequence[str], restart: str) -> None:
    if restart not in RESTARTS:
        raise NumberInvalid(
            t(
                "没有名为「{restart}」的重新计数方式",
                "The running number cannot restart by “{restart}”.",
                restart=restart,
            ),
            t("请写 day、month、year 或 never", "Write day, month, year or never."),
        )
    shown = {"year" if field == "year2" else field for field in fields}
    for field in _NEEDED[restart]:
        if field not in shown:
            raise NumberInvalid(
                t(
                    "编号「{pattern}」每{period}重新计数，却没有 {{{field}}}，号码会重复",
                    "“{pattern}” restarts every {period} but lacks {{{field}}}; numbers would repeat.",
                    pattern=pattern,
                    period=_PERIODS[restart],
                    field=field,
                ),
                t(
                    "请在格式中加上 {{{field}}}，或改变重新计数方式",
                    "Add {{{field}}} to the pattern or change the restart.",
                    field=field,
                ),
            )


_PERIODS = {"day": t("日", "day"), "month": t("月", "month"), "year": t("年", "year")}


def _finest(fields: Sequence[str]) -> Restart:
    """The shortest period the pattern tells apart in full."""
    shown = {"year" if field == "year2" else field for field in fields}
    return next(restart for restart in RESTARTS if shown.issuperset(_NEEDED[restart]))


def _expression(part: _Part) -> str:
    if part.field == "seq":
        return rf"(?P<seq>[0-9]{{{part.width},}})"
    if part.field == "check":
        return r"(?P<check>[0-9])"
    if part.field in _DATES:
        return "[0-9]{4}" if part.field == "year" else "[0-9]{2}"
    return re.escape(part.text)


def _starts_with_digit(part: _Part) -> bool:
    return part.field in _DIGITS or _is_digit(part.text[:1])


def _ends_with_digit(part: _Part) -> bool:
    return part.field in _DIGITS or _is_digit(part.text[-1:])


def _is_digit(character: str) -> bool:
    return character.isascii() and character.isdigit()


def _wrong(pattern: str, problem: Text) -> NumberInvalid:
    return NumberInvalid(
        t(
            "编号格式「{pattern}」有误：{problem}",
            "The pattern “{pattern}” is wrong: {problem}",
            pattern=pattern,
            problem=problem,
        ),
        t("例如 {year}{month}-{seq:3}", "For example {year}{month}-{seq:3}"),
    )
