"""The zone in which a company reads its clock: one per site, set when the procedure in force is read."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

_site = ZoneInfo("Asia/Shanghai")


def use(name: str) -> None:
    """From now on moments are shown and read in the zone ``name`` ('Asia/Shanghai')."""
    global _site
    if name != _site.key:
        _site = ZoneInfo(name)


def site() -> ZoneInfo:
    """The zone in which moments are shown and typed."""
    return _site


def localtime(moment: datetime) -> datetime:
    """``moment`` (aware) on the site's clock."""
    return moment.astimezone(_site)


def day_of(value: date | datetime) -> date:
    """The calendar day of ``value``; an aware moment counts by the site's clock."""
    if isinstance(value, datetime):
        return localtime(value).date()
    return value
