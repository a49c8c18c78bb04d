"""The zone in which a company reads its clock: one per site, set when the procedure in force is read.

Also the moment at which a page is read, one per request: what happened in another year is shown with its year.
"""

from __future__ import annotations

from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

_site = ZoneInfo("Asia/Shanghai")
_year: ContextVar[str | None] = ContextVar("year", default=None)


def set_site_zone(name: str) -> None:
    """From now on moments are shown and read in the zone ``name`` ('Asia/Shanghai')."""
    global _site
    if name != _site.key:
        _site = ZoneInfo(name)


def site_zone() -> ZoneInfo:
    """The zone in which moments are shown and typed."""
    return _site


def set_page_moment(moment: datetime) -> None:
    """The page that is now drawn is read at ``moment`` (aware)."""
    _year.set(f"{localtime(moment).year:04}")


def is_of_this_year(day: str) -> bool:
    """Whether a day of the site's clock, as ISO 8601, lies in the year in which the page is read.

    True if nobody said which.
    """
    year = _year.get()
    return year is None or day.startswith(year)


def localtime(moment: datetime) -> datetime:
    """``moment`` (aware) on the site's clock."""
    return moment.astimezone(_site)


def day_of(value: date | datetime) -> date:
    """The calendar day of ``value``; an aware moment counts by the site's clock."""
    if isinstance(value, datetime):
        return localtime(value).date()
    return value
