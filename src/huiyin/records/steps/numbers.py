"""Record numbers by the procedure's pattern: unique, in order, without unexplained gaps under any concurrency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from huiyin.procedure.schema import Procedure
from huiyin.records.models import NumberSeries


def next_number(series: str, procedure: Procedure, *, at: datetime, prefix: str = "", department: str = "") -> str:
    """The next number of ``series``; call inside the transaction that uses it, so a roll-back gives it back."""
    pattern = procedure.numbering_for(series).compiled
    local = at.astimezone(procedure.zone)
    period = pattern.period_key(local, prefix=prefix, department=department)
    return pattern.render(reserve_numbers(series, period), local, prefix=prefix, department=department)


def reserve_numbers(series: str, period: str, count: int = 1) -> int:
    """Reserve ``count`` running numbers; returns the last of them."""
    last = _moved(series, period, count)
    if last is None:
        try:
            with transaction.atomic():
                NumberSeries.objects.create(series=series, period=period, last=count)
            return count
        except IntegrityError:  # another writer opened the period in the same moment
            last = _moved(series, period, count)
            assert last is not None
    return last


_MOVE = f"""UPDATE {NumberSeries._meta.db_table} SET last = last + %s
    WHERE series = %s AND period = %s RETURNING last"""  # noqa: S608 - our own table


def _moved(series: str, period: str, count: int) -> int | None:
    """The last number of the period after it was moved on by ``count``; None when none was ever taken."""
    with connection.cursor() as cursor:
        cursor.execute(_MOVE, [count, series, period])
        found = cursor.fetchone()
    return int(found[0]) if found else None


class NumberTaken(Exception):
    """Somebody else took a number of the series after it was looked at."""


@dataclass(frozen=True, slots=True)
class NumberReservation:
    """Numbers of a series foreseen before the transaction that uses them: those after ``seen`` up to ``last``."""

    series: str
    period: str
    seen: int
    last: int

    def take(self) -> None:
        """Take them, inside the transaction that uses them; raises Meanwhile when the series has moved on since."""
        if reserve_numbers(self.series, self.period, 0) != self.seen:
            raise NumberTaken(self.series)
        if self.last > self.seen:
            reserve_numbers(self.series, self.period, self.last - self.seen)


def last_number(series: str, period: str) -> int:
    """The last running number given; 0 before the first."""
    given = NumberSeries.objects.filter(series=series, period=period).values_list("last", flat=True)
    return given.first() or 0
