"""Today, the obligations of a person, a department and the company, how a due time was reached, and the bell."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from markupsafe import Markup

from huiyin.journal import record_urls
from huiyin.journal.kinds import known_kinds
from huiyin.journal.queries import timeline
from huiyin.journal.record_urls import record_url
from huiyin.kernel.derivation import DerivationLine
from huiyin.kernel.durations import Duration
from huiyin.kernel.text import Text, t
from huiyin.obligations import places, queries, settling, sight, site_calendar, standing
from huiyin.obligations.models import Notice, Obligation, Occasion
from huiyin.obligations.notices import mark_read
from huiyin.people.models import Department
from huiyin.procedure import versions
from huiyin.procedure.explain import counting_from_sentence
from huiyin.ui import python_components
from huiyin.ui.components import FilterChip, Tab
from huiyin.ui.htmx import redirect_with_message, render
from huiyin.ui.sanitise import row_id

SHOWN = 200
FIRST = 50
"""What the home page lists before one asks for more."""


@dataclass(frozen=True, slots=True)
class UrgencyGroup:
    """Obligations of one urgency, with the words that head them."""

    title: Text
    tone: str
    rows: list[Obligation]


def by_urgency(rows: Iterable[Obligation], at: datetime, zone: Any) -> list[UrgencyGroup]:
    """Late, due today, due this week, later, paused; empty groups are left out."""
    today = at.astimezone(zone).date()
    late, now, week, later, paused = [], [], [], [], []
    for row in rows:
        day = row.due_at.astimezone(zone).date()
        if row.paused_at is not None:
            paused.append(row)
        elif row.due_at < at:
            late.append(row)
        elif day <= today:
            now.append(row)
        elif day <= today + timedelta(days=7):
            week.append(row)
        else:
            later.append(row)
    groups = [
        UrgencyGroup(t("已逾期", "Late"), "bad", late),
        UrgencyGroup(t("今天到期", "Due today"), "warn", now),
        UrgencyGroup(t("七天之内", "Within seven days"), "neutral", week),
        UrgencyGroup(t("更晚", "Later"), "neutral", later),
        UrgencyGroup(t("等待中，暂停计时", "Waiting, the clock stands still"), "neutral", paused),
    ]
    return [group for group in groups if group.rows]


@require_safe
def today(request: Any) -> HttpResponse:
    """Everyone's home page: what they owe, most urgent first."""
    most = SHOWN if request.GET.get("show") == "more" else FIRST
    rows = queries.first_open_for(request.user, most + 1)
    groups = by_urgency(rows[:most], request.at, request.procedure.zone)
    context = {
        "groups": groups,
        "most": most,
        "more": len(rows) > most,
        "total": min(len(rows), most),
        "most_of_all": SHOWN,
        "record_urls": record_urls,
        "line_of": lambda row: _line(row, request.at),
        "notices": queries.newest_unread(request.user),
    }
    return render(request, "obligations/today.html", context)


def _line(row: Obligation, at: datetime) -> Markup:
    """A line of what one owes; the page has fifty, so they are put together here and not in the template."""
    place = places.link_for(row)
    number, subject = (
        record_urls.number_label(row.kind, row.record_number),
        row.known_as,
    )
    return python_components.owed(
        row.label,
        t("{n} {subject}", "{n} {subject}", n=number, subject=subject),
        row.due_at,
        at,
        clause=row.clause,
        href=place.url if place else record_urls.record_url(row.kind, row.record_number),
        paused=row.paused_at is not None,
    )


@require_safe
def obligations(request: Any) -> HttpResponse:
    """What my department or the whole company owes."""
    whose = request.GET.get("whose", "department" if request.user.department_ids else "all")
    late_only = request.GET.get("late") == "1"
    rows = queries.all_open() if whose == "all" else queries.open_for_departments(request.user)
    department = row_id(request.GET.get("department", ""))
    if whose == "all" and department is not None:
        rows = rows.filter(owner_department_id=department)
    if late_only:
        rows = rows.filter(queries.is_overdue_at(request.at))
    rows = _visible(request, rows)
    shown = list(rows.select_related("owner_department", "owner_person")[: SHOWN + 1])
    context = {
        "rows": shown[:SHOWN],
        "more": len(shown) > SHOWN,
        "record_urls": record_urls,
        "place_of": places.link_for,
        "tabs": _tabs(whose, late_only, company=sight.is_led_to_company(request.user, request.procedure)),
        "filters": _filters(whose, department, late_only),
    }
    return render(request, "obligations/obligations.html", context, block="results")


def _visible(request: Any, rows: Any) -> Any:
    """Obligations on kinds of records the person sees all of, those of the calendar,
    and those of their own departments.
    """
    person = request.user
    if person.is_administrator:
        return rows
    seen = [kind for kind in known_kinds(request.procedure) if request.procedure.sees_all(kind, person.functions())]
    of_calendar = Q(kind=Occasion.kind, rule__in=queries.rules_seen(person, request.procedure))
    return rows.filter(Q(kind__in=seen) | of_calendar | Q(owner_department_id__in=person.department_ids))


def _sees_all(request: Any, kind: str) -> bool:
    person = request.user
    return person.is_administrator or request.procedure.sees_all(kind, person.functions())


def _may_see(request: Any, row: Obligation) -> bool:
    """Whoever sees the record sees what is owed on it, and everybody what they or their department owe."""
    person = request.user
    own = row.owner_person_id == person.pk or row.owner_department_id in person.department_ids
    return own or _sees_all(request, row.kind) or sight.can_see_record(person, row)


def _tabs(whose: str, late_only: bool, *, company: bool) -> list[Tab]:
    tail = "&late=1" if late_only else ""
    tabs = [
        Tab(t("我的", "Mine"), "/"),
        Tab(t("我的部门", "My department"), f"?whose=department{tail}", active=whose != "all"),
    ]
    if company:
        tabs.append(Tab(t("全公司", "The company"), f"?whose=all{tail}", active=whose == "all"))
    return tabs


def _filters(whose: str, department: int | None, late_only: bool) -> list[FilterChip]:
    base = f"?whose={'all' if whose == 'all' else 'department'}"
    chosen = f"&department={department}" if department is not None else ""
    filters = [
        FilterChip(t("只看逾期", "Late only"), f"{base}{chosen}{'' if late_only else '&late=1'}", active=late_only)
    ]
    if whose == "all":
        tail = "&late=1" if late_only else ""
        for one in Department.objects.filter(active=True):
            on = one.pk == department
            filters.append(FilterChip(one.name, f"{base}{tail}{'' if on else f'&department={one.pk}'}", active=on))
    return filters


@require_safe
def explain(request: Any, pk: int) -> HttpResponse:
    """How a due time was reached, day by day, with every pause."""
    row = Obligation.objects.select_related("owner_department", "owner_person").filter(pk=pk).first()
    if row is None or not _may_see(request, row):
        raise Http404
    procedure = versions.procedure_of(row.procedure_id)
    rule = procedure.rule(row.rule)
    pauses = settling.pauses_of(row, rule)
    calendar = settling.calendar_of_row(row, procedure)
    due = settling.explain(row, rule, pauses, calendar)
    if rule.recurs:
        said = counting_from_sentence(rule, places.period_of_number(row.record_number), row.base_at, procedure)
        due = replace(due, derivation=(DerivationLine(said), *due.derivation))
    context = {
        "record_urls": record_urls,
        "row": row,
        "rule": rule,
        "due": due,
        "procedure": procedure,
        "href": record_url(row.kind, row.record_number),
        "pauses": pauses,
        "within": _within(rule),
        "clause": _clause(procedure, row.clause),
        "otherwise": standing.opened_otherwise(row, rule),
        "calendar": _calendar_words(row, procedure) if rule.within != "promised" else None,
    }
    return render(request, "obligations/explain.html", context)


def _calendar_words(row: Obligation, procedure: Any) -> Text:
    span = min(row.base_at, row.due_at), max(row.base_at, row.due_at)
    return site_calendar.calendar_words(
        procedure, site_calendar.department_of_row(row), site_calendar.special_days(), span
    )


@require_safe
def occasion(request: Any, number: str) -> HttpResponse:
    """What one period owes under one rule: until when, where it is done or was, and everything that happened to it."""
    found = queries.occasion_for(request.user, number)
    row = queries.on_record(Occasion.kind, found.pk)[0]
    procedure = versions.procedure_of(row.procedure_id)
    period = places.period_of_number(found.number)
    context = {
        "row": row,
        "period": period,
        "procedure": procedure,
        "clause": _clause(procedure, row.clause),
        "place": places.link_for(row),
        "done_by": places.fulfilling_record(row, request.user),
        "lines": timeline(Occasion.kind, found.pk),
    }
    return render(request, "obligations/occasion.html", context)


def _within(rule: Any) -> Text:
    promised = t("承诺的时间", "the promised moment")
    return promised if rule.within == "promised" else Duration.parse(rule.within).label


def _clause(procedure: Any, key: str) -> Any:
    return next((clause for clause in procedure.clauses if clause.key == key), None)


@require_safe
def notices(request: Any) -> HttpResponse:
    """The bell: what happened that the person should know."""
    rows = list(Notice.objects.filter(person=request.user).order_by("-at")[:100])
    return render(request, "obligations/notices.html", {"rows": rows, "record_urls": record_urls})


@require_POST
def notices_read(request: Any) -> HttpResponse:
    """All notices have been seen."""
    mark_read(request.user, at=request.at)
    return redirect_with_message(request, "/notices")
