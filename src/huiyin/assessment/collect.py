"""What stands on a week's sheet: cases by responsible department, and what was late; reads only (P2 5.1, 5.2)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import Q

from huiyin.assessment.fines import Fine, Lateness, Span, fine
from huiyin.complaints.models import Complaint, Task
from huiyin.journal.chain import hash_moment, to_json_value
from huiyin.journal.models import Entry
from huiyin.kernel.periods import Period
from huiyin.obligations.models import FULFILLED_LATE, OPEN, Obligation
from huiyin.obligations.settling import pauses_of
from huiyin.obligations.site_calendar import Special, calendar_at_site, special_days
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.duty_entries import LatenessFine
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure

RESPONSIBILITY_EVENTS = ("complaint.judged", "complaint.assigned", "complaint.settled")
"""Events by which a department becomes responsible for a case."""
EXCLUDED_TASK_STATES = ("declined", "cancelled")
"""States of a task that take the case off the department again."""

DAY = timedelta(days=1)
"""A working day may reach into the next one; of which day a moment is at the site differs from UTC by less."""


@dataclass(frozen=True, slots=True)
class LateObligation:
    """An obligation that was late in the week, who pays for it, and what it costs."""

    obligation: Obligation
    payer: Person | None
    fine: Fine
    basis: dict[str, Any]


@dataclass(frozen=True, slots=True)
class AssessedCase:
    """A complaint for which a department became responsible in the week."""

    complaint: Complaint
    department: Department


def late_obligations(period: Period, procedure: Procedure, *, at: datetime) -> list[LateObligation]:
    """Every obligation with a fine that was late in the week, oldest due first; what is cancelled costs nothing.

    What was put off when it was late already costs the time until then.
    Only rules that say what lateness costs are looked at, so that reporting is never assessed.
    """
    first, after = period.instants(procedure.zone)
    found, days = [], special_days()
    heads = HeadLookup()
    for row in _candidates(first, after):
        rule = versions.procedure_of(row.procedure_id).rule(row.rule)
        basis = fine_basis(row, rule, (first, after), at=at, days=days)
        cost = recalculate_fine(basis, versions.procedure_of(row.procedure_id))
        if cost:
            found.append(LateObligation(row, heads.payer(row, rule.late), cost, basis))
    return found


def _candidates(first: datetime, after: datetime) -> Iterator[Obligation]:
    """Obligations under a fine that were unfulfilled at some moment of the week behind their due moment."""
    of_rules = Q(pk=None)
    for version in ProcedureVersion.objects.order_by("pk").values_list("pk", flat=True):
        fined = [rule.key for rule in versions.procedure_of(version).obligations if rule.late is not None]
        if fined:
            of_rules |= Q(procedure_id=version, rule__in=fined)
    rows = Obligation.objects.filter(of_rules, due_at__lt=after)
    rows = rows.select_related("owner_department", "owner_person")
    # Questions with an index each: however many were kept in time, only the late ones are looked at.
    late = [*rows.filter(OPEN), *rows.filter(FULFILLED_LATE, fulfilled_at__gt=first, cancelled_at=None)]
    late += rows.filter(put_off=True, cancelled_at__gt=first)
    yield from sorted(late, key=lambda row: (row.due_at, row.pk))


def fine_basis(row: Obligation, rule: Any, span: Span, *, at: datetime, days: tuple[Special, ...]) -> dict[str, Any]:
    """All that a fine is reckoned from, frozen on the charge: no later change of the obligation, or of the site's
    calendar, changes anything.
    """
    after = span[1]
    ended = row.fulfilled_at or row.cancelled_at
    until = min(ended or max(at, after), after)
    held = [(pause.started_at, min(pause.ended_at or until, until)) for pause in pauses_of(row, rule)]
    return {
        "rule": row.rule,
        "department": row.owner_department.key if row.owner_department else None,
        "due": hash_moment(row.due_at),
        "until": hash_moment(until),
        "fulfilled": ended is not None and ended <= after,
        "pauses": [[hash_moment(began), hash_moment(ended)] for began, ended in held if began < ended],
        "span": [hash_moment(span[0]), hash_moment(after)],
        "late": rule.late.model_dump(mode="json"),
        "days": [to_json_value(one) for one in days if row.due_at.date() - DAY <= one[0] <= until.date() + DAY],
    }


def recalculate_fine(basis: dict[str, Any], procedure: Procedure) -> Fine:
    """The fine that a frozen basis gives, today as then."""
    lateness = Lateness(
        _moment(basis["due"]),
        _moment(basis["until"]),
        basis["fulfilled"],
        tuple((_moment(began), _moment(ended)) for began, ended in basis["pauses"]),
    )
    first, after = (_moment(each) for each in basis["span"])
    late = LatenessFine.model_validate(basis["late"])
    calendar = calendar_at_site(procedure, basis["department"], tuple(map(_special, basis.get("days", ()))))
    return fine(lateness, late, calendar, procedure.currency, span=(first, after))


def _special(written: list[Any]) -> Special:
    day, department, hours, zh, en = written
    return date.fromisoformat(day), department, None if hours is None else tuple(hours), zh, en


def _moment(written: str) -> datetime:
    return datetime.fromisoformat(written).astimezone(UTC)


class HeadLookup:
    """The heads of departments, each looked up once."""

    def __init__(self) -> None:
        self._known: dict[int, Person | None] = {}

    def of(self, department_id: int | None) -> Person | None:
        """The head of a department; None where it has none."""
        if department_id is None:
            return None
        if department_id not in self._known:
            heads = Person.objects.filter(department_id=department_id, is_head=True, is_active=True)
            self._known[department_id] = heads.order_by("id").first()
        return self._known[department_id]

    def payer(self, row: Obligation, late: LatenessFine | None) -> Person | None:
        """Who pays for what was late: its owner, if the rule says so and one is named, else the department's head."""
        if late is not None and late.payer == "owner" and row.owner_person is not None:
            return row.owner_person
        return self.of(row.owner_department_id)


def cases(period: Period, procedure: Procedure) -> list[AssessedCase]:
    """Every complaint for which a department became responsible in the week, by department; void ones left out."""
    first, after = period.instants(procedure.zone)
    judged = Entry.objects.filter(kind="complaint", event__in=RESPONSIBILITY_EVENTS, at__gte=first, at__lt=after)
    ids = sorted(set(judged.values_list("record_id", flat=True)))
    complaints = list(Complaint.objects.filter(pk__in=ids).exclude(phase="void").order_by("received_at", "id"))
    departments = {each.pk: each for each in Department.objects.all()}
    by_key = {each.key: each for each in departments.values()}
    tasks = Task.objects.filter(complaint_id__in=ids).exclude(state__in=EXCLUDED_TASK_STATES).order_by("id")
    of_complaint: dict[int, list[int]] = {}
    for complaint_id, department_id in tasks.values_list("complaint_id", "department_id"):
        of_complaint.setdefault(complaint_id, []).append(department_id)
    found = []
    for complaint in complaints:
        mine = of_complaint.get(complaint.pk) or [by_key[k].pk for k in complaint.responsible if k in by_key]
        found += [AssessedCase(complaint, departments[pk]) for pk in dict.fromkeys(mine)]
    return found


def not_yet_counted(found: Iterable[AssessedCase], known: set[tuple[str, int, int]]) -> list[AssessedCase]:
    """The cases that no earlier sheet has counted; ``known`` holds kind, id and department."""
    return [case for case in found if ("complaint", case.complaint.pk, case.department.pk) not in known]
