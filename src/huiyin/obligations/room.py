"""What this room tells the house."""

from __future__ import annotations

from huiyin.journal import kinds, record_urls
from huiyin.journal.verification import register_derived
from huiyin.kernel.text import Text, t
from huiyin.obligations import phrases, sight  # noqa: F401 - the sentences make themselves known
from huiyin.obligations.models import Occasion, SiteDay
from huiyin.obligations.places import period_of_number
from huiyin.obligations.queries import occasion_for
from huiyin.obligations.replay import first_difference
from huiyin.obligations.site_days import SITE_DAY
from huiyin.obligations.subjects import register_people
from huiyin.ui.rooms import MenuItem, Room, administrators, everybody


def _declare_occasions() -> None:
    """Recurring duties are documents: each has a chain of its own, but none is a record of a procedure."""
    name = t("定期事项", "Recurring duty")
    kinds.register_document(Occasion.kind, Occasion)
    record_urls.register(Occasion.kind, "/occasions/", name, number=lambda number: period_of_number(number).label)
    kinds.register_document(SITE_DAY, SiteDay)
    record_urls.register(
        SITE_DAY, "/calendar/", t("厂历", "Site calendar"), number=lambda number: Text(number[:10], number[:10])
    )
    sight.register_visibility(Occasion.kind, occasion_for)


def _declare_replay() -> None:
    """Obligations are derived: a verification of the journal plays them again."""
    register_derived(first_difference)


ROOM = Room(
    name="obligations",
    urls=(("", "huiyin.obligations.urls"),),
    menu=(
        MenuItem(label=t("今日", "Today"), url="today", icon="today", key="t", position=10, may_open=everybody),
        MenuItem(
            label=t("待办总览", "Obligations"),
            url="obligations",
            icon="tasks",
            key="o",
            position=90,
            may_open=everybody,
        ),
        MenuItem(
            label=t("厂历", "Site calendar"), url="site_calendar", icon="clock", position=165, may_open=administrators
        ),
    ),
    on_start=(_declare_occasions, register_people, _declare_replay),
)
