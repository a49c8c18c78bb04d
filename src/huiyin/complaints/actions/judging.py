"""Judging, assigning to departments, simplified handling, concluding with a verdict and approving it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.complaints.actions.values import Assignment, Judgement
from huiyin.complaints.models import Complaint, Task
from huiyin.kernel.text import t
from huiyin.people.models import Department
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step


def judge(complaint: Complaint, judgement: Judgement, *, context: StepContext) -> Complaint:
    """First analysis: classification on three axes, severity, responsible departments (P2 4.4-1)."""
    with step(complaint, "judge", **context.step_kwargs) as run:
        complaint.content, complaint.nature = judgement.content, judgement.nature
        complaint.cause_kind, complaint.severity = judgement.cause_kind, judgement.severity
        complaint.responsible, complaint.lighter = list(judgement.responsible), judgement.lighter
        named = [d.name for d in Department.objects.filter(key__in=judgement.responsible)]
        run.add_payload(
            severity=option(run, "severity", judgement.severity),
            content=option(run, "content", judgement.content),
            cause_kind=option(run, "cause_kind", judgement.cause_kind),
            departments=named,
        )
    return complaint


def option(run: StepRun, catalogue: str, key: str) -> Any:
    """The label of a chosen option, so that the journal's sentence reads for ever as it was meant."""
    found = run.procedure.option(catalogue, key)
    return found.label if found else key


def assign(complaint: Complaint, assignments: Sequence[Assignment], *, context: StepContext) -> list[Task]:
    """Split the problem to departments; each gets its own task and deadline (P2 4.5-1)."""
    with step(complaint, "assign", **context.step_kwargs) as run:
        if not assignments:
            raise Refused(fields={"departments": t("请选择部门", "Choose a department")})
        tasks = [_task(run, complaint, one, context) for one in assignments]
        keys = [one.department.key for one in assignments]
        complaint.responsible = [*complaint.responsible, *(k for k in keys if k not in complaint.responsible)]
        run.add_payload(departments=[one.department.name for one in assignments])
    return tasks


def _task(run: StepRun, complaint: Complaint, one: Assignment, context: StepContext) -> Task:
    task = Task.objects.create(
        complaint=complaint,
        department=one.department,
        question=one.question,
        state="assigned",
        round=complaint.round,
        assigned_at=context.at,
        assigned_by=context.actor,
    )
    run.event("task.assigned", task, department=one.department.name, question=one.question[:200])
    return task


def settle(complaint: Complaint, statement: str, verdict: str, *, context: StepContext) -> Complaint:
    """Simplified handling: a short statement in place of department tasks, which would be out of proportion."""
    with step(complaint, "settle", **context.step_kwargs) as run:
        complaint.statement = complaint.verdict_reason = statement
        complaint.verdict, complaint.verdict_by = verdict, context.actor
        complaint.lighter = True
        run.add_payload(statement=statement, verdict=option(run, "verdict", verdict))
    return complaint


def conclude(complaint: Complaint, verdict: str, reason: str, statement: str, *, context: StepContext) -> Complaint:
    """Merge the departments' answers and propose a verdict, which stands apart from the customer's satisfaction."""
    with step(complaint, "conclude", **context.step_kwargs) as run:
        _give_verdict(run, verdict, reason, statement)
        complaint.verdict_approved_by = complaint.verdict_approved_at = None
    return complaint


def conclude_finally(
    complaint: Complaint, verdict: str, reason: str, statement: str, *, context: StepContext
) -> Complaint:
    """The same where the procedure wants nobody's approval: whoever draws the verdict up stands for it."""
    with step(complaint, "conclude_finally", **context.step_kwargs) as run:
        _give_verdict(run, verdict, reason, statement)
        complaint.verdict_approved_by, complaint.verdict_approved_at = context.actor, context.at
    return complaint


def _give_verdict(run: StepRun, verdict: str, reason: str, statement: str) -> None:
    complaint: Any = run.record
    complaint.verdict, complaint.verdict_reason, complaint.statement = verdict, reason, statement
    complaint.verdict_by = run.actor
    run.add_payload(verdict=option(run, "verdict", verdict), reason=reason)


def approve_verdict(complaint: Complaint, note: str, *, context: StepContext) -> Complaint:
    """Somebody other than the proposer stands for the verdict."""
    with step(complaint, "approve_verdict", **context.step_kwargs) as run:
        complaint.verdict_approved_by, complaint.verdict_approved_at = context.actor, context.at
        run.add_payload(verdict=option(run, "verdict", complaint.verdict), note=note)
    return complaint


def return_verdict(complaint: Complaint, reason: str, *, context: StepContext) -> Complaint:
    """The verdict is not convincing; the complaint goes back to handling."""
    with step(complaint, "return_verdict", **context.step_kwargs) as run:
        complaint.verdict_approved_by = complaint.verdict_approved_at = None
        run.add_payload(note=reason)
    return complaint
