"""The conditions that packs may put before steps of complaints and tasks; each answers with nothing or reasons."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

from huiyin.complaints import vocabulary  # noqa: F401 - the guards whose code stands here are declared there
from huiyin.complaints.models import Demand, Measure, Promise, Remedy, Task
from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import check
from huiyin.records.models import Attachment
from huiyin.records.steps.conditions import GuardContext, applicability

DONE_TASKS = ("approved", "carried_out", "verified", "cancelled")
Reasons = Iterable[Text] | bool


def _complaint(s: GuardContext) -> Any:
    return s.record


@check("complaint", "has_customer")
def has_customer(s: GuardContext) -> Reasons:
    complaint = _complaint(s)
    return bool(complaint.customer_id or complaint.caller_name or complaint.caller_phone)


@check("complaint", "has_problem")
def has_problem(s: GuardContext) -> Reasons:
    return bool(_complaint(s).problem.strip())


@check("complaint", "has_product")
def has_product(s: GuardContext) -> Reasons:
    return bool(_complaint(s).model)


@check("complaint", "has_defect_quantity")
def has_defect_quantity(s: GuardContext) -> Reasons:
    return _complaint(s).defect_quantity is not None


@check("complaint", "quantities_add_up")
def quantities_add_up(s: GuardContext) -> Reasons:
    """Shipped ≥ complained ≥ verified and defective; each given as far as known."""
    complaint = _complaint(s)
    steps = [
        (t("发货数量", "shipped quantity"), complaint.shipped_quantity),
        (t("投诉数量", "complained quantity"), complaint.complained_quantity),
        (t("核实数量", "verified quantity"), complaint.verified_quantity),
        (t("不良数量", "defective quantity"), complaint.defect_quantity),
    ]
    known = [(label, value) for label, value in steps if value is not None]
    return [
        t(
            "{small}（{a}）不能大于{large}（{b}）",
            "The {small} ({a}) cannot exceed the {large} ({b})",
            small=small,
            large=large,
            a=f"{low.normalize():f}",
            b=f"{high.normalize():f}",
        )
        for (large, high), (small, low) in itertools.pairwise(known)
        if low > high
    ]


@check("complaint", "has_demand")
def has_demand(s: GuardContext) -> Reasons:
    return bool(s.once("demands", lambda: Demand.objects.filter(complaint_id=s.record.pk).exists()))


@check("complaint", "demands_decided")
def demands_decided(s: GuardContext) -> Reasons:
    waiting = t("客户的要求“{what}”还没有说明怎样处理", "What becomes of the demand “{what}” is not said yet")
    undecided = s.once("undecided", lambda: list(Demand.objects.filter(complaint_id=s.record.pk, outcome="")))
    options = ((row, s.procedure.option("demand", row.demand)) for row in undecided)
    return [waiting.with_values(what=option.label if option else row.demand) for row, option in options]


def _has_files(s: GuardContext) -> bool:
    rows = {"kind": "complaint", "record_id": s.record.pk, "removed_at": None}
    return bool(s.once("files", lambda: Attachment.objects.filter(**rows).exists()))


@check("complaint", "has_photo_or_sample")
def has_photo_or_sample(s: GuardContext) -> Reasons:
    return bool(_complaint(s).sample) or _has_files(s)


@check("complaint", "evidence_attached")
def evidence_attached(s: GuardContext) -> Reasons:
    return _has_files(s)


@check("complaint", "is_judged")
def is_judged(s: GuardContext) -> Reasons:
    complaint = _complaint(s)
    return bool(complaint.severity and complaint.cause_kind)


@check("complaint", "has_responsible_department")
def has_responsible_department(s: GuardContext) -> Reasons:
    return bool(_complaint(s).responsible)


def _tasks(s: GuardContext) -> list[Task]:
    rows: list[Task] = s.once(
        "tasks", lambda: list(Task.objects.filter(complaint_id=s.record.pk).select_related("department"))
    )
    return rows


def _open_requests(s: GuardContext) -> bool:
    rows = {"complaint_id": s.record.pk, "decision": Remedy.REQUESTED}
    return bool(s.once("requests", lambda: Remedy.objects.filter(**rows).exists()))


def _open_promises(s: GuardContext) -> bool:
    rows = {"complaint_id": s.record.pk, "kept_at": None}
    return bool(s.once("promises", lambda: Promise.objects.filter(**rows).exists()))


@check("complaint", "has_task")
def has_task(s: GuardContext) -> Reasons:
    return any(task.state not in ("cancelled", "declined") for task in _tasks(s))


@check("complaint", "tasks_answered")
def tasks_answered(s: GuardContext) -> Reasons:
    waiting = t("{who}的任务还没有审核通过", "The task of {who} is not approved yet")
    declined = t("{who}退了单，这项任务还没有取消", "{who} declined its task, which is not cancelled yet")
    return [
        (declined if task.state == "declined" else waiting).with_values(who=task.department.name)
        for task in _tasks(s)
        if task.state not in DONE_TASKS
    ]


@check("complaint", "measures_verified")
def measures_verified(s: GuardContext) -> Reasons:
    waiting = t("{who}的措施还没有验证效果", "The effect of the measures of {who} is not verified yet")
    return [
        waiting.with_values(who=task.department.name)
        for task in _tasks(s)
        if task.state not in ("verified", "cancelled", "declined")
    ]


@check("complaint", "has_verdict")
def has_verdict(s: GuardContext) -> Reasons:
    return bool(_complaint(s).verdict)


@check("complaint", "verdict_approved")
def verdict_approved(s: GuardContext) -> Reasons:
    return _complaint(s).verdict_approved_at is not None


@check("complaint", "approver_differs")
def approver_differs(s: GuardContext) -> Reasons:
    return s.actor is None or _complaint(s).verdict_by_id != s.actor.pk


@check("complaint", "has_answer")
def has_answer(s: GuardContext) -> Reasons:
    return _complaint(s).answered_at is not None


@check("complaint", "customer_accepted")
def customer_accepted(s: GuardContext) -> Reasons:
    return _complaint(s).accepted_at is not None


@check("complaint", "is_called_back")
def is_called_back(s: GuardContext) -> Reasons:
    return _complaint(s).called_back_at is not None


@check("complaint", "has_satisfaction")
def has_satisfaction(s: GuardContext) -> Reasons:
    return bool(_complaint(s).satisfaction)


@check("complaint", "caller_differs")
def caller_differs(s: GuardContext) -> Reasons:
    """The call-back is not made by whoever gave the last answer (ISO 10004: independence of the asking)."""
    answered = s.once(
        "answered_by", lambda: s.record.answers.order_by("-round").values_list("by_id", flat=True).first()
    )
    return s.actor is None or answered != s.actor.pk


@check("complaint", "no_open_remedy_request")
def no_open_remedy_request(s: GuardContext) -> Reasons:
    return not _open_requests(s)


@check("complaint", "no_open_promise")
def no_open_promise(s: GuardContext) -> Reasons:
    return not _open_promises(s)


@check("complaint", "no_transfer_open")
def no_transfer_open(s: GuardContext) -> Reasons:
    return _complaint(s).transfer_to_id is None


@check("task", "has_cause")
def has_cause(s: GuardContext) -> Reasons:
    return bool(s.part.cause.strip())


def _measures(s: GuardContext) -> list[Measure]:
    return list(s.once("measures", lambda: list(Measure.objects.filter(task_id=s.part.pk))))


@check("task", "has_measure")
def has_measure(s: GuardContext) -> Reasons:
    return bool(_measures(s))


@check("task", "every_measure_planned")
def every_measure_planned(s: GuardContext) -> Reasons:
    missing = t("措施“{text}”没有负责人或期限", "The measure “{text}” has no person or no date")
    return [missing.with_values(text=m.text[:40]) for m in _measures(s) if not (m.responsible and m.planned_on)]


@check("task", "every_measure_done")
def every_measure_done(s: GuardContext) -> Reasons:
    missing = t("措施“{text}”还没有完成", "The measure “{text}” is not done yet")
    return [missing.with_values(text=m.text[:40]) for m in _measures(s) if m.done_on is None]


@check("task", "checker_differs")
def checker_differs(s: GuardContext) -> Reasons:
    return s.actor is None or s.part.answered_by_id != s.actor.pk


@applicability("complaint.accept_transfer", "complaint.decline_transfer")
def is_offered_to_me(s: GuardContext) -> Text | None:
    receiver = s.record.transfer_to_id
    if receiver is None:
        return t("没有待接收的移交", "There is no transfer to take up")
    mine = s.actor is None or receiver in {s.actor.pk, *(p.pk for p in s.actor.standing_for)}
    return None if mine else t("移交给了别人", "The transfer is meant for somebody else")


@applicability("complaint.offer_transfer")
def is_not_offered_yet(s: GuardContext) -> Text | None:
    return t("已经在移交，等对方接收", "It is being handed over already") if s.record.transfer_to_id else None


@applicability("complaint.keep_promise")
def has_open_promise(s: GuardContext) -> Text | None:
    return None if _open_promises(s) else t("没有未兑现的承诺", "There is no promise to keep")


@applicability("complaint.approve_remedy", "complaint.deny_remedy")
def has_open_request(s: GuardContext) -> Text | None:
    return None if _open_requests(s) else t("没有待批的补救申请", "There is no remedy request to decide")


@applicability("complaint.approve_verdict", "complaint.return_verdict")
def has_verdict_to_approve(s: GuardContext) -> Text | None:
    waiting = s.record.verdict and s.record.verdict_approved_at is None
    return None if waiting else t("没有待批准的结论", "There is no verdict to approve")
