"""Record numbers: patterns, counters, check digits, and that no two records ever get one number."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from huiyin.kernel.numbering import NumberInvalid, NumberPattern, check_digit
from tests.kernel.calendars import PROPERTY

NOVEMBER = date(2026, 11, 5)


@pytest.mark.parametrize(
    ("pattern", "number", "restart", "key"),
    [
        ("{year}{month}-{seq:3}", "202611-017", "month", "2026-11"),
        ("{year2}{month}{day}{seq:4}", "2611050017", "day", "2026-11-05"),
        ("KS{year}-{seq:5}", "KS2026-00017", "year", "2026"),
        ("C{seq:5}", "C00017", "never", "all"),
        ("{prefix}{year}{month}{seq:3}", "TS202611017", "month", "2026-11/TS"),
        ("{prefix}-{department}-{year}-{seq}", "TS-质量-2026-17", "year", "2026/TS/质量"),
        ("{department}/{seq:2}", "质量/17", "never", "all/质量"),
        ("{month}-{seq:3}", "11-017", "never", "all"),
        ("Q/SX•{year}-{seq:3}", "Q/SX•2026-017", "year", "2026"),
    ],
)
def test_patterns(pattern: str, number: str, restart: str, key: str) -> None:
    read = NumberPattern.parse(pattern)
    assert read.render(17, NOVEMBER, prefix="TS", department="质量") == number
    assert (read.restart, read.period_key(NOVEMBER, prefix="TS", department="质量")) == (restart, key)
    assert read.sequence_of(number) == 17


@pytest.mark.parametrize(
    ("restart", "key"), [("day", "2026-11-05"), ("month", "2026-11"), ("year", "2026"), ("never", "all")]
)
def test_the_running_number_restarts_as_the_procedure_says(restart: str, key: str) -> None:
    pattern = NumberPattern.parse("{year}{month}{day}-{seq:3}", restart=restart)
    assert pattern.period_key(NOVEMBER) == key


def test_a_running_number_that_outgrows_its_width_is_written_in_full() -> None:
    assert NumberPattern.parse("{year}{month}-{seq:3}").render(1234, NOVEMBER) == "202611-1234"


def test_a_sample_for_the_packs_author() -> None:
    assert NumberPattern.parse("{prefix}{year}{month}{day}-{department}{seq:3}").sample() == "TS20261105-ZL001"


def test_the_width_of_a_running_number() -> None:
    assert NumberPattern.parse("{seq}").render(5, NOVEMBER) == "5"
    assert NumberPattern.parse("{seq:12}").render(5, NOVEMBER) == "000000000005"


@pytest.mark.parametrize(
    ("pattern", "prefix", "number"),
    [
        ("{prefix}-{seq:3}", "A1", "A1-001"),
        ("{seq:3}-{prefix}", "1A", "001-1A"),
        ("{prefix}{seq:3}", "1A", "1A001"),
    ],
)
def test_a_prefix_may_hold_digits_where_none_are_beside_it(pattern: str, prefix: str, number: str) -> None:
    assert NumberPattern.parse(pattern).render(1, NOVEMBER, prefix=prefix) == number
    assert NumberPattern.parse(pattern).sequence_of(number) == 1


def test_running_numbers_start_at_one() -> None:
    with pytest.raises(ValueError, match="start at 1"):
        NumberPattern.parse("{seq}").render(0, NOVEMBER)


@pytest.mark.parametrize(
    ("pattern", "restart", "problem"),
    [
        ("{year}{month}", None, "须有且只有一个 {seq}"),
        ("{seq}-{seq}", None, "须有且只有一个 {seq}"),
        ("{year}{week}-{seq}", None, "没有名为「week」的字段"),
        ("{year-{seq}", None, "花括号没有成对"),
        ("{year:4}{seq}", None, "只有 seq 可以写宽度"),
        ("{seq:0}", None, "只有 seq 可以写宽度"),
        ("{seq:13}", None, "只有 seq 可以写宽度"),
        ("{seq}{check}{check}", None, "字段「check」出现了两次"),
        ("{prefix}{prefix}{seq}", None, "字段「prefix」出现了两次"),
        ("{prefix}{department}-{seq}", None, "前缀与部门之间缺少分隔符"),
        ("{prefix}X{department}-{seq}", None, "前缀与部门之间缺少分隔符"),
        ("{prefix}{year}{department}-{seq}", None, "前缀与部门之间缺少分隔符"),
        ("{seq:3}", "month", "每月重新计数，却没有 {year}"),
        ("{year}-{seq:3}", "month", "每月重新计数，却没有 {month}"),
        ("{year}{month}-{seq:3}", "day", "每日重新计数，却没有 {day}"),
        ("{month}-{seq:3}", "year", "每年重新计数，却没有 {year}"),
        ("{year}-{seq:3}", "weekly", "没有名为「weekly」的重新计数方式"),
    ],
)
def test_patterns_that_would_repeat_or_mean_nothing_are_refused(
    pattern: str, restart: str | None, problem: str
) -> None:
    with pytest.raises(NumberInvalid) as refused:
        NumberPattern.parse(pattern, restart=restart)
    assert problem in refused.value.problem.show("zh")
    assert refused.value.problem.show("en") != refused.value.problem.show("zh")
    assert refused.value.remedy.show("zh").startswith(("例如", "请"))


@pytest.mark.parametrize(
    ("pattern", "prefix", "problem"),
    [
        ("{prefix}{seq:3}", "A1", "would run into the digits"),
        ("{prefix}{year}-{seq:3}", "A1", "would run into the digits"),
        ("{prefix}7{seq:3}", "A1", "would run into the digits"),
        ("{prefix}7X{seq:3}", "A1", "would run into the digits"),
        ("{seq:3}X7{prefix}", "1A", "would run into the digits"),
        ("{seq:3}{prefix}", "1A", "would run into the digits"),
        ("{prefix}-{seq:3}", "", "must be letters and digits"),
        ("{prefix}-{seq:3}", "A-B", "must be letters and digits"),
        ("{prefix}-{seq:3}", "A B", "must be letters and digits"),
    ],
)
def test_a_prefix_that_does_not_fit_is_refused(pattern: str, prefix: str, problem: str) -> None:
    with pytest.raises(NumberInvalid, match=problem):
        NumberPattern.parse(pattern).render(1, NOVEMBER, prefix=prefix)


@pytest.mark.parametrize(("digits", "check"), [("0794", "5"), ("3339200596", "1"), ("", "1"), ("07-9/4", "5")])
def test_check_digits_of_iso_7064(digits: str, check: str) -> None:
    assert check_digit(digits) == check


def test_a_number_with_check_digit() -> None:
    pattern = NumberPattern.parse("{prefix}{year}-{seq:4}{check}")
    number = pattern.render(17, NOVEMBER, prefix="TS")
    assert number == "TS2026-0017" + check_digit("20260017")
    assert pattern.sequence_of(number) == 17


@pytest.mark.parametrize(
    "number", ["", "202611017", "202611-17", "202611-000", "20261-017", "202611-017a", "x202611-017"]
)
def test_a_number_of_another_pattern_is_not_read(number: str) -> None:
    assert NumberPattern.parse("{year}{month}-{seq:3}").sequence_of(number) is None


@PROPERTY
@given(st.integers(1, 99999), st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.data())
def test_every_single_wrong_digit_is_found(seq: int, day: date, data: st.DataObject) -> None:
    pattern = NumberPattern.parse("{year}{month}-{seq:4}{check}")
    number = pattern.render(seq, day)
    place = data.draw(st.sampled_from([index for index, each in enumerate(number) if each.isdigit()]))
    wrong = data.draw(st.sampled_from([each for each in "0123456789" if each != number[place]]))
    assert pattern.sequence_of(number) == seq
    assert pattern.sequence_of(number[:place] + wrong + number[place + 1 :]) is None


PATTERNS = (
    "{year}{month}-{seq:3}",
    "{prefix}{seq:3}",
    "{prefix}{year}{month}{seq:2}",
    "{prefix}-{department}{year2}{seq:1}{check}",
    "{seq:2}{department}.{prefix}",
    "{department}/{year}{month}{day}{seq:3}",
    "{day}{month}{year}{seq}",
    "{seq}{year}",
)
names = st.text("AB12Z质", min_size=1, max_size=3)


@PROPERTY
@given(
    st.sampled_from(PATTERNS),
    st.lists(st.tuples(st.integers(0, 800), names, names, st.integers(1, 1200)), max_size=40),
)
def test_no_two_records_share_a_number(pattern: str, wanted: list[tuple[int, str, str, int]]) -> None:
    read = NumberPattern.parse(pattern)
    given_out: dict[str, tuple[str, int]] = {}
    for days, prefix, department, seq in wanted:
        day = date(2026, 1, 1) + timedelta(days=days)
        try:
            number = read.render(seq, day, prefix=prefix, department=department)
        except NumberInvalid:
            continue
        source = (read.period_key(day, prefix=prefix, department=department), seq)
        assert read.sequence_of(number) == seq
        assert given_out.setdefault(number, source) == source


@PROPERTY
@given(names, names, st.integers(1, 3000), st.integers(1, 3000))
def test_prefixes_never_run_into_the_running_number(one: str, other: str, a: int, b: int) -> None:
    assume((one, a) != (other, b))
    pattern = NumberPattern.parse("{prefix}{seq:2}")
    numbers = []
    for prefix, seq in ((one, a), (other, b)):
        try:
            numbers.append(pattern.render(seq, NOVEMBER, prefix=prefix))
        except NumberInvalid:
            assert prefix[-1] in "12"
    assert len(set(numbers)) == len(numbers)
