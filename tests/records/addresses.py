"""The product's addresses, and list pages declared for the tests of listing."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.urls import path

from huiyin.complaints.models import Complaint
from huiyin.config.urls import urlpatterns as products
from huiyin.kernel.text import t
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

SAMPLE = ListPage(
    key="sample",
    title=t("样例", "Sample"),
    rows=lambda request: Complaint.objects.select_related("owner").annotate(late_by=F("defect_quantity")),
    order="-received_at",
    columns=[
        ListColumn(
            key="number",
            label=t("编号", "Number"),
            sort="number",
            link=lambda row: f"/complaints/{row.number}",
            main=True,
        ),
        ListColumn(key="problem", label=t("问题", "Problem"), value=lambda row: row.problem[:40]),
        ListColumn(
            key="phase", label=t("阶段", "Phase"), kind="phase", value=lambda row: (row.phase, t("受理", "Received"))
        ),
        ListColumn(
            key="quantity",
            label=t("数量", "Quantity"),
            kind="number",
            value="defect_quantity",
            sort="defect_quantity",
            total=True,
        ),
        ListColumn(key="owner", label=t("负责人", "Owner"), kind="person", sort="owner__name"),
        ListColumn(key="received", label=t("接到", "Received"), kind="moment", value="received_at", sort="received_at"),
        ListColumn(key="late_by", label=t("迟", "Late"), kind="number", sort="late_by", default=False),
        ListColumn(
            key="due",
            label=t("期限", "Due"),
            kind="due",
            value=lambda row: (row.received_at, None, False),
            default=False,
        ),
        ListColumn(key="lighter", label=t("简易", "Simplified"), kind="yesno", default=False),
        ListColumn(
            key="shipped", label=t("发货日", "Shipped"), kind="day", value="ship_date", sort="ship_date", default=False
        ),
        ListColumn(
            key="mark",
            label=t("标记", "Mark"),
            kind="badge",
            value=lambda row: (t("急", "urgent"), "bad"),
            default=False,
        ),
        ListColumn(key="owner_name", label=t("负责人姓名", "Owner's name"), value="owner.name", default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("查找", "Search"), kind="complaint"),
        ChoiceFilter(
            key="state",
            label=t("状态", "State"),
            options=[("registered", t("已登记", "registered")), ("closed", t("已结案", "closed"))],
        ),
        TextFilter(key="batch", label=t("批次", "Batch")),
        YesNoFilter(key="lighter", label=t("简易处理", "Simplified handling")),
        DateRangeFilter(key="received", label=t("接到日期", "Received"), field="received_at"),
        DateRangeFilter(key="shipped", label=t("发货日期", "Shipped"), field="ship_date", moments=False),
        PersonFilter(key="owner", label=t("负责人", "Owner")),
        DepartmentFilter(key="department", label=t("部门", "Department"), field="owner__department"),
        YesNoFilter(
            key="mine",
            label=t("与我有关", "Mine"),
            condition=lambda yes, request: Q(owner=request.user) if yes else ~Q(owner=request.user),
        ),
    ],
)


def sample(request: Any) -> Any:
    """The sample list."""
    return SAMPLE.respond(request)


urlpatterns = [path("sample", sample, name="sample"), *products]
