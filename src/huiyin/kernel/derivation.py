"""The reckoning of a due moment as lines a person can follow day by day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from itertools import groupby, pairwise
from typing import overload

from huiyin.kernel.people_time import humanise_day, humanise_minutes, humanise_moment, humanise_time
from huiyin.kernel.text import Text, t
from huiyin.kernel.worktime import WorkCalendar, WorkSegment, WorkSpan

_ONE_DAY = timedelta(days=1)

LONG_WALK = 10
"""A walk over more worked days than this shows runs of whole alike days in one line."""


@dataclass(frozen=True, slots=True)
class DerivationLine:
    """One line of a derivation; ``minutes`` is the working time it accounts for, None when it accounts for none."""

    text: Text
    minutes: int | None = None


class Derivation(Sequence[DerivationLine]):
    """The lines of a derivation, written only when somebody reads them: most due moments are never explained."""

    __slots__ = ("_lines", "_write")

    def __init__(self, write: Callable[[], Iterable[DerivationLine]]) -> None:
        self._write = write
        self._lines: tuple[DerivationLine, ...] | None = None

    @property
    def lines(self) -> tuple[DerivationLine, ...]:
        """All lines."""
        if self._lines is None:
            self._lines = tuple(self._write())
        return self._lines

    @overload
    def __getitem__(self, index: int) -> DerivationLine: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[DerivationLine, ...]: ...
    def __getitem__(self, index: int | slice) -> DerivationLine | tuple[DerivationLine, ...]:
        return self.lines[index]

    def __len__(self) -> int:
        return len(self.lines)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self.lines == tuple(other)

    def __hash__(self) -> int:
        return hash(self.lines)

    def __repr__(self) -> str:
        return repr(self.lines)

    def __reduce__(self) -> tuple[type, tuple[tuple[DerivationLine, ...]]]:
        return tuple, (self.lines,)


@dataclass(frozen=True, slots=True)
class _Worked:
    """The worked stretches of one day, or of a run of alike days, ``first`` being the one walked first."""

    first: date
    last: date
    days: int
    hours: Text
    minutes: int
    note: Text | None

    def extended(self, other: _Worked) -> _Worked:
        return replace(self, last=other.last, days=self.days + other.days, minutes=self.minutes + other.minutes)


@dataclass(frozen=True, slots=True)
class _Resting:
    """Days in a row on which nobody works."""

    first: date
    last: date
    note: Text


def derivation_lines(walk: WorkSpan) -> tuple[DerivationLine, ...]:
    """One line for each worked day, with what is left after it, and one for each run of days off between them.

    A first line says where the walk begins when its start lies outside working time.
    """
    left = abs(walk.minutes)
    lines = list(_entrance(walk))
    for each in _days_of(walk):
        if isinstance(each, _Resting):
            lines.append(DerivationLine(_say_resting(each)))
        else:
            left -= each.minutes
            lines.append(DerivationLine(_say_worked(each, left, backwards=walk.minutes < 0), each.minutes))
    return tuple(lines)


def _entrance(walk: WorkSpan) -> Iterator[DerivationLine]:
    steps = walk.steps
    if not steps:
        return
    backwards = walk.minutes < 0
    begins = steps[0].end if backwards else steps[0].start
    if abs((begins - walk.start).total_seconds()) < 60:
        return
    pattern = (
        t("不在工作时间内，从 {moment} 往前推", "Outside working time, so back from {moment}")
        if backwards
        else t("不在工作时间内，从 {moment} 起算", "Outside working time, so from {moment}")
    )
    yield DerivationLine(pattern.with_values(moment=humanise_moment(begins)))


def _days_of(walk: WorkSpan) -> Iterator[_Worked | _Resting]:
    """Worked days and runs of days off in the order walked, beginning with the day of the start."""
    worked = [_worked_day(day, list(steps), walk.calendar) for day, steps in groupby(walk.steps, lambda s: s.day)]
    if len(worked) > LONG_WALK:
        worked = list(_gathered(worked))
    backwards = walk.minutes < 0
    reached = walk.start.astimezone(walk.calendar.timezone).date()
    reached += _ONE_DAY if backwards else -_ONE_DAY
    for each in worked:
        yield from _rest_between(reached, each.first, walk.calendar)
        yield each
        reached = each.last


def _worked_day(day: date, steps: list[WorkSegment], calendar: WorkCalendar) -> _Worked:
    stretches = [_stretch(step) for step in steps]
    hours = t("、".join(each.zh for each in stretches), ", ".join(each.en for each in stretches))
    note = steps[0].note if calendar.is_special(day) else None
    return _Worked(day, day, 1, hours, sum(step.minutes for step in steps), note)


def _stretch(step: WorkSegment) -> Text:
    """The clock times of a stretch; of a night shift those after midnight are said to be the next day's."""
    start, end = humanise_time(step.start), humanise_time(step.end)
    if step.end.date() == step.day:
        return t(f"{start}–{end}", f"{start}–{end}")
    if step.start.date() == step.day:
        return t(f"{start}–次日 {end}", f"{start}–{end} the next day")
    return t(f"次日 {start}–{end}", f"{start}–{end} the next day")


def _gathered(worked: list[_Worked]) -> Iterator[_Worked]:
    """Alike days that follow one another directly become one; the first and the last day of a walk stay alone."""
    run = worked[0]
    for before, each in pairwise(worked):
        alike = (before.hours, before.note) == (each.hours, each.note)
        adjoining = abs(each.first - before.last) == _ONE_DAY
        if alike and adjoining and before is not worked[0] and each is not worked[-1]:
            run = run.extended(each)
        else:
            yield run
            run = each
    yield run


def _rest_between(one: date, other: date, calendar: WorkCalendar) -> Iterator[_Resting]:
    """The days strictly between two days, as one run with all its reasons; nothing when there are none."""
    first, last = (one, other) if one < other else (other, one)
    days = [first + timedelta(days=n) for n in range(1, (last - first).days)]
    days = [day for day in days if not calendar.is_workday(day)]
    if not days:
        return
    notes: list[Text] = []
    for day in days:
        note = calendar.label(day)
        if note not in notes:
            notes.append(note)
    yield _Resting(days[0], days[-1], reduce(lambda a, b: t("{a}、{b}", "{a}, {b}", a=a, b=b), notes))


def _say_resting(rest: _Resting) -> Text:
    if rest.first == rest.last:
        return t("{day} {note}", "{day} {note}", day=humanise_day(rest.first), note=rest.note)
    return t(
        "{first} 至 {last} {note}，共 {days} 天",
        "{first} to {last} {note}, {days} days",
        first=humanise_day(rest.first),
        last=humanise_day(rest.last),
        note=rest.note,
        days=(rest.last - rest.first).days + 1,
    )


def _say_worked(worked: _Worked, left: int, *, backwards: bool) -> Text:
    done = humanise_minutes(worked.minutes)
    when = _when(worked)
    if not left:
        pattern = (
            t("{when} 倒推 {done}，到头", "{when} back {done}, none left")
            if backwards
            else t("{when} 工作 {done}，期满", "{when} {done} worked, none left")
        )
        return pattern.with_values(when=when, done=done)
    pattern = (
        t("{when} 倒推 {done}，余 {left}", "{when} back {done}, {left} left")
        if backwards
        else t("{when} 工作 {done}，余 {left}", "{when} {done} worked, {left} left")
    )
    return pattern.with_values(when=when, done=done, left=humanise_minutes(left))


def _when(worked: _Worked) -> Text:
    days = humanise_day(worked.first)
    if worked.days > 1:
        first, last = sorted((worked.first, worked.last))
        days = t(
            "{first} 至 {last} 每天", "{first} to {last} daily", first=humanise_day(first), last=humanise_day(last)
        )
    hours = worked.hours
    if worked.note is None:
        return t("{days} {hours}", "{days} {hours}:", days=days, hours=hours)
    return t("{days} {note} {hours}", "{days} ({note}) {hours}:", days=days, note=worked.note, hours=hours)
