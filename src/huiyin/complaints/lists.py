"""The list of complaints: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseBase

from huiyin.complaints import queries
from huiyin.complaints.access import visible_to
from huiyin.complaints.models import Task
from huiyin.kernel.text import t
from huiyin.records.lists import usual
from huiyin.records.lists.listing import DateRangeFilter, DepartmentFilter, ListColumn, ListPage, SearchFilter

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
        usual.number_column("complaint"),
        ListColumn(key="who", label=t("客户", "Customer"), value=lambda r: r.who, main=True),
        ListColumn(key="model", label=t("型号", "Model")),
        ListColumn(key="batch", label=t("批次", "Batch"), default=False),
        ListColumn(key="problem", label=t("问题", "Problem"), shown=SHOWN_OF_PROBLEM),
        usual.state_column(),
        usual.choice_column("severity", t("严重程度", "Severity")),
        usual.due_column(),
        usual.owner_column(t("负责人", "Owner")),
        ListColumn(key="received_at", label=t("接到", "Received"), kind="moment", sort="received_at"),
        usual.closed_column(t("结案", "Closed")),
        ListColumn(key="serial", label=t("机号", "Serial"), default=False),
        ListColumn(key="order_number", label=t("订单号", "Order"), default=False),
        ListColumn(key="defect_quantity", label=t("不良数量", "Defective"), kind="quantity", default=False),
        usual.choice_column("verdict", t("结论", "Verdict"), default=False),
        usual.choice_column("satisfaction", t("满意度", "Satisfaction"), default=False),
        usual.choice_column("channel", t("渠道", "Channel"), default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("在投诉中查找", "Search complaints"), kind="complaint"),
        usual.phase_filter(),
        usual.state_filter("complaint"),
        usual.choice_filter("severity", t("严重程度", "Severity")),
        usual.open_filter(),
        usual.late_filter("complaint"),
        usual.owner_filter(t("负责人", "Owner")),
        DepartmentFilter(key="department", label=t("任务在部门", "Task given to"), condition=_given_to, steady=True),
        DateRangeFilter(key="received", label=t("接到日期", "Received"), field="received_at"),
        usual.choice_filter("cause_kind", t("异常类别", "Kind of cause")),
        usual.choice_filter("verdict", t("结论", "Verdict")),
        usual.begins_filter("customer", t("客户", "Customer"), field="customer_name"),
        usual.begins_filter("model", t("型号", "Model")),
        usual.begins_filter("batch", t("批次", "Batch")),
    ],
)


def complaints(request: Any) -> HttpResponseBase:
    """All complaints the reader may see."""
    return COMPLAINTS.respond(request)
