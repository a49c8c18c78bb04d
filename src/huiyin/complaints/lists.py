"""The list of complaints: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseBase

from huiyin.complaints import queries
from huiyin.complaints.access import visible_to
from huiyin.complaints.models import Task
from huiyin.kernel.text import t
from huiyin.procedure import vocabulary
from huiyin.records.lists.labels import catalogue_options, is_open, option_label, overdue, state_cell, state_options
from huiyin.records.lists.listing import (
    ChoiceFilter,
    DateRangeFilter,
    DepartmentFilter,
    ListColumn,
    ListPage,
    PersonFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from huiyin.ui.addresses import cached_url

SHOWN_OF_PROBLEM = 40


def _rows(request: Any) -> Any:
    return queries.for_list(visible_to(request.user, request.procedure))


def _given_to(departments: Any, request: Any) -> Q:
    return Q(Exists(Task.objects.filter(complaint_id=OuterRef("pk"), department__in=departments)))


COMPLAINTS = ListPage(
    key="complaints",
    title=t("投诉", "Complaints"),
    rows=_rows,
    steady=True,
    order="-received_at",
    creates=(t("登记投诉", "Register a complaint"), "complaint_new"),
    opens="complaint.register",
    empty=(
        t("还没有投诉", "No complaints yet"),
        t("接到电话、来函或邮件后从这里登记。", "Register one when a customer calls, writes or visits."),
    ),
    columns=[
        ListColumn(
            key="number", label=t("编号", "Number"), link=lambda r: cached_url("complaint", r.number), main=True
        ),
        ListColumn(key="who", label=t("客户", "Customer"), value=lambda r: r.who, main=True),
        ListColumn(key="model", label=t("型号", "Model")),
        ListColumn(key="batch", label=t("批次", "Batch"), default=False),
        ListColumn(key="problem", label=t("问题", "Problem"), shown=SHOWN_OF_PROBLEM),
        ListColumn(key="state", label=t("状态", "State"), value=state_cell, kind="phase"),
        ListColumn(
            key="severity", label=t("严重程度", "Severity"), value=lambda r: option_label(r, "severity", r.severity)
        ),
        ListColumn(key="due", label=t("最急的期限", "Next due"), value=lambda r: r.next_due_at, kind="due"),
        ListColumn(key="owner", label=t("负责人", "Owner"), value=lambda r: r.owner, kind="person"),
        ListColumn(key="received_at", label=t("接到", "Received"), kind="moment", sort="received_at"),
        ListColumn(key="closed_at", label=t("结案", "Closed"), kind="moment", default=False),
        ListColumn(key="serial", label=t("机号", "Serial"), default=False),
        ListColumn(key="order_number", label=t("订单号", "Order"), default=False),
        ListColumn(key="defect_quantity", label=t("不良数量", "Defective"), kind="quantity", default=False),
        ListColumn(
            key="verdict",
            label=t("结论", "Verdict"),
            value=lambda r: option_label(r, "verdict", r.verdict),
            default=False,
        ),
        ListColumn(
            key="satisfaction",
            label=t("满意度", "Satisfaction"),
            value=lambda r: option_label(r, "satisfaction", r.satisfaction),
            default=False,
        ),
        ListColumn(
            key="channel",
            label=t("渠道", "Channel"),
            value=lambda r: option_label(r, "channel", r.channel),
            default=False,
        ),
    ],
    filters=[
        SearchFilter(key="q", label=t("在投诉中查找", "Search complaints"), kind="complaint"),
        ChoiceFilter(key="phase", label=t("阶段", "Phase"), options=[(k, v) for k, v in vocabulary.PHASES.items()]),
        ChoiceFilter(key="state", label=t("状态", "State"), options=state_options("complaint")),
        ChoiceFilter(key="severity", label=t("严重程度", "Severity"), options=catalogue_options("severity")),
        YesNoFilter(key="open", label=t("未结", "Open"), condition=is_open, steady=True),
        YesNoFilter(key="late", label=t("有逾期", "Overdue"), condition=overdue("complaint")),
        PersonFilter(key="owner", label=t("负责人", "Owner")),
        DepartmentFilter(key="department", label=t("任务在部门", "Task given to"), condition=_given_to, steady=True),
        DateRangeFilter(key="received", label=t("接到日期", "Received"), field="received_at"),
        ChoiceFilter(key="cause_kind", label=t("异常类别", "Kind of cause"), options=catalogue_options("cause_kind")),
        ChoiceFilter(key="verdict", label=t("结论", "Verdict"), options=catalogue_options("verdict")),
        TextFilter(key="customer", label=t("客户", "Customer"), field="customer_name", lookup="istartswith"),
        TextFilter(key="model", label=t("型号", "Model"), lookup="istartswith"),
        TextFilter(key="batch", label=t("批次", "Batch"), lookup="istartswith"),
    ],
)


def complaints(request: Any) -> HttpResponseBase:
    """All complaints the reader may see."""
    return COMPLAINTS.respond(request)
