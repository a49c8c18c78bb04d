"""Judging, assigning to departments, the lighter path, concluding with a verdict and approving it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.complaints.actions.values import Assignment, Judgement
from huiyin.complaints.models import Complaint, Task
from huiyin.kernel.text import t
from huiyin.people.models import Department
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, step


def judge(complaint: Complaint, judgement: Judgement, *, sent: Sent) -> Complaint:
    """First analysis: classification on three axes, severity, responsible departments (P2 4.4-1)."""
    with step(complaint, "judge", **sent.how) as taken:
        complaint.content, complaint.nature = judgement.content, judgement.nature
        complaint.cause_kind, complaint.severity = judgement.cause_kind, judgement.severity
        complaint.responsible, complaint.lighter = list(judgement.responsible), judgement.lighter
        named = [d.name for d in Department.objects.filter(key__in=judgement.responsible)]
        taken.particulars(
            severity=option(taken, "severity", judgement.severity),
            content=option(taken, "content", judgement.content),
            cause_kind=option(taken, "cause_kind", judgement.cause_kind),
            departments=named,
        )
    return complaint


def option(taken: Taken, catalogue: str, key: str) -> Any:
    """The label of a chosen option, so that the journal's sentence reads for ever as it was meant."""
    found = taken.procedure.option(catalogue, key)
    return found.label if found else key


def assign(complaint: Complaint, assignments: Sequence[Assignment], *, sent: Sent) -> list[Task]:
    """Split the problem to departments; each gets its own task and deadline (P2 4.5-1)."""
    with step(complaint, "assign", **sent.how) as taken:
        if not assignments:
            raise Refused(fields={"departments": t("请选择部门", "Choose a department")})
        tasks = [_task(taken, complaint, one, sent) for one in assignments]
        keys = [one.department.key for one in assignments]
        complaint.responsible = [*complaint.responsible, *(k for k in keys if k not in complaint.responsible)]
        taken.particulars(departments=[one.department.name for one in assignments])
    return tasks


def _task(taken: Taken, complaint: Complaint, one: Assignment, sent: Sent) -> Task:
    task = Task.objects.create(
        complaint=complaint,
        department=one.department,
        question=one.question,
        state="assigned",
        round=complaint.round,
        assigned_at=sent.at,
        assigned_by=sent.actor,
    )
    taken.event("task.assigned", task, department=one.department.name, question=one.question[:200])
    return task


def settle(complaint: Complaint, statement: str, verdict: str, *, sent: Sent) -> Complaint:
    """The lighter path: a short statement in place of department tasks, where the full path is out of proportion."""
    with step(complaint, "settle", **sent.how) as taken:
        complaint.statement = complaint.verdict_reason = statement
        complaint.verdict, complaint.verdict_by = verdict, sent.actor
        complaint.lighter = True
        taken.particulars(statement=statement, verdict=option(taken, "verdict", verdict))
    return complaint


def conclude(complaint: Complaint, verdict: str, reason: str, statement: str, *, sent: Sent) -> Complaint:
    """Merge the departments' answers and propose a verdict; the verdict stands apart from the customer's satisfaction."""
    with step(complaint, "conclude", **sent.how) as taken:
        complaint.verdict, complaint.verdict_reason, complaint.statement = verdict, reason, statement
        complaint.verdict_by = sent.actor
        complaint.verdict_approved_by = complaint.verdict_approved_at = None
        taken.particulars(verdict=option(taken, "verdict", verdict), reason=reason)
    return complaint


def approve_verdict(complaint: Complaint, note: str, *, sent: Sent) -> Complaint:
    """Somebody other than the proposer stands for the verdict."""
    with step(complaint, "approve_verdict", **sent.how) as taken:
        complaint.verdict_approved_by, complaint.verdict_approved_at = sent.actor, sent.at
        taken.particulars(verdict=option(taken, "verdict", complaint.verdict), note=note)
    return complaint


def return_verdict(complaint: Complaint, note: str, *, sent: Sent) -> Complaint:
    """The verdict is not convincing; the complaint goes back to handling."""
    with step(complaint, "return_verdict", **sent.how) as taken:
        complaint.verdict_approved_by = complaint.verdict_approved_at = None
        taken.particulars(note=note)
    return complaint
