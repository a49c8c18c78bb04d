"""Other ways to look at the list of a declared kind: a board by step, and a calendar by week or month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from huiyin.journal.record_urls import record_url
from huiyin.kernel.people_time import WEEKDAY_NAMES
from huiyin.kernel.periods import Period, period_of
from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.lists.labels import open_states
from huiyin.records.lists.listing import ListPage
from huiyin.registers.catalogue import slots_of
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import DAYS, FormRecord
from huiyin.ui import zone
from huiyin.ui.components import BoardColumn
from huiyin.ui.htmx import render

DEPTH = 30
"""So many cards stand in a column of the board."""
COUNTED = 1000
MOST_SHOWN = 600
"""So many records stand in a calendar; more are told of."""


NOBODY = Text("", "")


@dataclass(frozen=True, slots=True)
class CalendarCard:
    """A record in the calendar."""

    number: str
    url: str
    title: Text | str
    who: Text
    ended: bool
    subject: Text = NOBODY


@dataclass(frozen=True, slots=True)
class CalendarCell:
    """A day with its records; ``other`` when it lies outside the month that is shown."""

    day: date
    cards: Sequence[CalendarCard]
    other: bool = False


@dataclass(frozen=True, slots=True)
class CalendarRow:
    """A week of the month, or the week of one person."""

    days: Sequence[CalendarCell]
    who: Text = NOBODY


def views_of(kind: DataKind, here: str) -> list[tuple[str, Text, str, bool]]:
    """The ways to look at a kind: key, words, address, whether it is this one."""
    ways = [("", t("列表", "List")), ("board", t("看板", "Board"))]
    if calendar_slot(kind):
        ways += [("week", t("周历", "Week")), ("month", t("月历", "Month"))]
    base = f"/registers/{kind.key}/"
    return [(key, words, f"{base}?view={key}" if key else base, key == here) for key, words in ways]


def calendar_slot(kind: DataKind) -> str:
    """The column that repeats the day by which the kind stands in a calendar; nothing without one."""
    calendar = kind.entry.calendar
    slot = slots_of(kind.key).get(calendar.day, "") if calendar is not None else ""
    return slot if slot in DAYS else ""


def _kept(page: ListPage, request: Any) -> QuerySet[FormRecord]:
    return page.kept(request, page.wanted(request))


def _others(page: ListPage, request: Any) -> str:
    """The filters of the address, to be kept by links."""
    return urlencode(page.wanted(request).pairs(only_good=True))


def board(request: Any, kind: DataKind, page: ListPage) -> HttpResponse:
    """Open records by the step they are in."""
    rows = _kept(page, request)
    columns = []
    own = {state.name for state in kind.procedure.states_of(kind.key)}
    for state in open_states(kind.key, kind.procedure):
        here = rows.filter(state=state.name).exclude(phase__in=LAST_PHASES)
        cards = list(here.order_by("-opened_at", "-pk")[:DEPTH])
        if not cards and state.name not in own:
            continue  # others than the reader stand there
        count: int | str = len(cards)
        if count == DEPTH:
            count = here.order_by()[: COUNTED + 1].count()
        more = f"/registers/{kind.key}/?state={state.name}"
        columns.append(BoardColumn(state.label, cards, phase=state.phase, count=count, url=more))
    context = {
        "kind": kind,
        "columns": columns,
        "ways": views_of(kind, "board"),
        "openings": _openings(request, kind),
        "called": _called,
    }
    return render(request, "registers/board.html", context)


def calendar(request: Any, kind: DataKind, page: ListPage, view: str) -> HttpResponse:
    """The records of a week, a row for each person, or of a month."""
    slot, entry = calendar_slot(kind), kind.entry.calendar
    assert entry is not None
    shown = _span(request, view)
    first = shown.start - timedelta(days=shown.start.weekday())
    last = shown.end + timedelta(days=6 - shown.end.weekday())
    until = slots_of(kind.key).get(entry.until or "", "")
    within = Q(**{f"{slot}__gte": first, f"{slot}__lte": last})
    if until:
        within |= Q(**{f"{slot}__lte": last, f"{until}__gte": first})
    rows = list(_kept(page, request).filter(within).order_by(slot, "pk")[: MOST_SHOWN + 1])
    by_day = _by_day(rows[:MOST_SHOWN], slot, until, entry.who or "", (first, last))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    context = {
        "kind": kind,
        "ways": views_of(kind, view),
        "openings": _openings(request, kind),
        "view": view,
        "title": shown.label,
        "today": zone.day_of(request.at),
        "weekdays": WEEKDAY_NAMES,
        "rows": _weeks(days, by_day, shown) if view == "month" else _people(days, by_day),
        "dates": days[:7],
        "who": _who_label(kind),
        "earlier": _link(view, shown.previous, page, request),
        "later": _link(view, shown.next, page, request),
        "too_many": len(rows) > MOST_SHOWN,
        "any": bool(rows),
    }
    return render(request, "registers/calendar.html", context)


def _openings(request: Any, kind: DataKind) -> Any:
    return kind.openings_for(request.user)


def _span(request: Any, view: str) -> Period:
    """The week or month that the address asks for; the present one for anything else."""
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = zone.day_of(request.at)
    if not 1990 <= day.year <= 2190:
        day = zone.day_of(request.at)
    return period_of("month" if view == "month" else "week", day)


def _link(view: str, span: Period, page: ListPage, request: Any) -> str:
    others = _others(page, request)
    return f"?view={view}&day={span.start.isoformat()}" + (f"&{others}" if others else "")


def _who_label(kind: DataKind) -> Text:
    calendar = kind.entry.calendar
    field = kind.field(calendar.who) if calendar is not None and calendar.who else None
    return field.label if field is not None else t("负责人", "In charge")


def _by_day(
    rows: Sequence[FormRecord], slot: str, until: str, who: str, within: tuple[date, date]
) -> dict[date, list[CalendarCard]]:
    found: dict[date, list[CalendarCard]] = {}
    for row in rows:
        card = _card(row, who)
        day = max(getattr(row, slot), within[0])
        end = min((getattr(row, until) if until else None) or day, within[1])
        while day <= max(end, day) and day <= within[1]:
            found.setdefault(day, []).append(card)
            day += timedelta(days=1)
            if day > end:
                break
    return found


def _called(row: FormRecord) -> Text | str:
    """By what people know a card: the customer, else what the record itself is about."""
    customer = row.about_name if row.about_kind == "customer" else ""
    return customer or (row.titled if row.title else row.about_known if row.about_name else row.number)


def _card(row: FormRecord, who: str) -> CalendarCard:
    named = row.extra.get(who)
    name = (
        Text(str(named["name"]), str(named.get("name_en") or named["name"])) if isinstance(named, Mapping) else NOBODY
    )
    url = record_url(row.kind, row.number) or ""
    return CalendarCard(row.number, url, _called(row), name, row.phase in LAST_PHASES, row.titled)


def _weeks(days: Sequence[date], by_day: Mapping[date, Sequence[CalendarCard]], shown: Period) -> list[CalendarRow]:
    made = [CalendarCell(day, by_day.get(day, ()), not shown.start <= day <= shown.end) for day in days]
    return [CalendarRow(made[start : start + 7]) for start in range(0, len(made), 7)]


def _people(days: Sequence[date], by_day: Mapping[date, Sequence[CalendarCard]]) -> list[CalendarRow]:
    """A row for each person named; those who are named by nobody come last, under no name."""
    names = sorted({card.who for cards in by_day.values() for card in cards}, key=lambda who: (who == NOBODY, who.zh))
    return [
        CalendarRow([CalendarCell(day, [c for c in by_day.get(day, ()) if c.who == name]) for day in days], name)
        for name in names
    ]
