"""What one obligation's lateness costs in a span of time, day by day; a pure function (P2 5.2)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from huiyin.kernel.money import Money
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar
from huiyin.procedure.duty_entries import LatenessFine

Span = tuple[datetime, datetime]
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Lateness:
    """When an obligation was due, until when it was seen unfulfilled, and when its clock stood still; moments in UTC.

    ``fulfilled`` says whether ``until`` is the moment of fulfilment or only the end of what was looked at.
    """

    due: datetime
    until: datetime
    fulfilled: bool
    pauses: tuple[Span, ...] = ()

    @property
    def stretches(self) -> tuple[Span, ...]:
        """The time it was late, without what lies in a pause, in order."""
        found: list[Span] = []
        start = self.due
        for began, ended in sorted(self.pauses):
            if ended <= start or began >= self.until:
                continue
            if began > start:
                found.append((start, began))
            start = max(start, ended)
        if start < self.until:
            found.append((start, self.until))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class LateDay:
    """One day of lateness, the ``number``-th; ``is_full`` when it passed wholly before the obligation was fulfilled."""

    number: int
    begins: datetime
    ends: datetime
    is_full: bool


@dataclass(frozen=True, slots=True)
class Fine:
    """What lateness costs in a span: the days counted in it, the ``rate`` of each, their sum, and how it follows."""

    days: tuple[LateDay, ...]
    rate: Money
    amount: Money
    derivation: tuple[Text, ...]

    def __bool__(self) -> bool:
        return bool(self.days)


def late_days(lateness: Lateness, per: str, calendar: WorkCalendar) -> tuple[LateDay, ...]:
    """Every day of lateness from the due moment on, by the kind of day (``day``, ``workday`` or ``once``)."""
    stretches = lateness.stretches
    if not stretches:
        return ()
    if per == "once":
        return (LateDay(1, stretches[0][0], stretches[-1][1], True),)
    if per == "workday":
        return tuple(_numbered(_workdays(stretches, calendar)))
    return tuple(_numbered(_days(stretches)))


def _numbered(days: Iterator[tuple[datetime, datetime, bool]]) -> Iterator[LateDay]:
    for number, (begins, ends, is_full) in enumerate(days, 1):
        yield LateDay(number, begins, ends, is_full)


def _days(stretches: Sequence[Span]) -> Iterator[tuple[datetime, datetime, bool]]:
    """Stretches cut into days of 24 hours on the clock; a day that a pause interrupts goes on behind it."""
    begins, left = None, _DAY
    for start, end in stretches:
        while start < end:
            begins = begins or start
            if end - start >= left:
                start += left
                yield begins, start, True
                begins, left = None, _DAY
            else:
                left -= end - start
                start = end
    if begins is not None:
        yield begins, stretches[-1][1], False


def _workdays(stretches: Sequence[Span], calendar: WorkCalendar) -> Iterator[tuple[datetime, datetime, bool]]:
    """Stretches cut into nominal workdays of working time; time nobody works belongs to no day."""
    whole = calendar.workday_minutes()
    begins, left = None, whole
    for start, end in stretches:
        here = calendar.next_work_moment(start)
        while here < end:
            begins = begins or here
            reached = calendar.after_work(here, left)
            if reached > end:
                left -= calendar.work_minutes_between(here, end)
                break
            yield begins, reached, True
            begins, left = None, whole
            here = calendar.next_work_moment(reached)
    if begins is not None:
        yield begins, stretches[-1][1], False


def counted_at(day: LateDay, late: LatenessFine) -> datetime | None:
    """The moment at which a day is counted: when it begins, or when it is full; None for one that never is.

    What costs once is counted as soon as it is late: it has no days that could be full.
    """
    if late.begun == "counts" or late.per == "once":
        return day.begins
    return day.ends if day.is_full else None


def fine(lateness: Lateness, late: LatenessFine, calendar: WorkCalendar, currency: str, *, span: Span) -> Fine:
    """What lateness costs in ``span`` (first moment, first moment after it) under the rule ``late``.

    Each day is counted in exactly one span, so that the fines of weeks that follow one another add up to that of the
    whole time; what happens after the span changes nothing in it.
    """
    first, after = span
    seen = Lateness(
        lateness.due, min(lateness.until, after), lateness.fulfilled and lateness.until <= after, lateness.pauses
    )
    everything = late_days(seen, late.per, calendar)
    moments = [(day, counted_at(day, late)) for day in everything]
    days = tuple(day for day, at in moments if at is not None and first <= at < after)
    before = sum(1 for _, at in moments if at is not None and at < first)
    rate = Money.of(late.fine, currency)
    amount = rate * len(days)
    return Fine(days, rate, amount, tuple(_derivation(seen, late, days, before, rate, amount, calendar)))


def _derivation(
    seen: Lateness,
    late: LatenessFine,
    days: Sequence[LateDay],
    before: int,
    rate: Money,
    amount: Money,
    calendar: WorkCalendar,
) -> Iterator[Text]:
    def at(moment: datetime) -> str:
        return f"{moment.astimezone(calendar.timezone):%Y-%m-%d %H:%M}"

    ended = (
        t("{until} 完成", "done at {until}", until=at(seen.until))
        if seen.fulfilled
        else t("到 {until} 还没有完成", "not done by {until}", until=at(seen.until))
    )
    yield t("期限 {due}，{ended}", "Due {due}, {ended}", due=at(seen.due), ended=ended)
    for began, stopped in seen.pauses:
        if stopped > seen.due and began < seen.until:
            yield t(
                "{began} 至 {ended} 暂停，不计",
                "{began} to {ended}: paused, not counted",
                began=at(began),
                ended=at(stopped),
            )
    if before:
        yield t("此前 {n} 天已计入以前各周", "{n} days before belong to earlier weeks", n=before)
    for day in days:
        yield _say_day(day, late, rate, at(day.begins), at(day.ends))
    if late.per != "once":
        yield t(
            "{n} 天 × {rate} = {amount}",
            "{n} days × {rate} = {amount}",
            n=len(days),
            rate=rate.amount,
            amount=amount.amount,
        )


def _say_day(day: LateDay, late: LatenessFine, rate: Money, begins: str, ends: str) -> Text:
    if late.per == "once":
        return t("迟误一次 {rate}", "Late once: {rate}", rate=rate.amount)
    kind = t("工作日", "working day") if late.per == "workday" else t("天", "day")
    if day.is_full:
        return t(
            "第 {n} {kind}：{begins} 至 {ends}，{rate}",
            "{kind} {n}: {begins} to {ends}, {rate}",
            n=day.number,
            kind=kind,
            begins=begins,
            ends=ends,
            rate=rate.amount,
        )
    return t(
        "第 {n} {kind}：{begins} 至 {ends}，不足一天按一天，{rate}",
        "{kind} {n}: {begins} to {ends}, begun, counts as one, {rate}",
        n=day.number,
        kind=kind,
        begins=begins,
        ends=ends,
        rate=rate.amount,
    )
