"""The list of cases: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase

from huiyin.improvement.access import visible_to
from huiyin.improvement.nouns import CASES, cases_called
from huiyin.kernel.text import t
from huiyin.procedure import vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.lists.labels import (
    catalogue_options,
    is_open,
    option_label,
    overdue,
    state_cell,
    state_options,
    with_next_due,
)
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
from huiyin.records.steps.conditions import label_of_step
from huiyin.ui.addresses import cached_url

LISTED = (
    "number",
    "procedure",
    "state",
    "phase",
    "path",
    "title",
    "customer_name",
    "customer_reference",
    "model",
    "batch",
    "defect",
    "severity",
    "revision",
    "opened_at",
    "closed_at",
    "owner",
    "owner__name",
    "owner__name_en",
    "owner__department",
)


def _rows(request: Any) -> Any:
    rows = with_next_due(visible_to(request.user, request.procedure))
    return rows.select_related("owner").only(*LISTED)


def _of(departments: Any, request: Any) -> Q:
    return Q(department__in=departments)


PROBLEMS = ListPage(
    key="problems",
    title=CASES,
    rows=_rows,
    steady=True,
    order="-opened_at",
    creates=(t("开 8D", "Open an 8D"), "problem_new"),
    opens="problem.open",
    columns=[
        ListColumn(key="number", label=t("编号", "Number"), link=lambda r: cached_url("problem", r.number), main=True),
        ListColumn(key="title", label=t("题目", "Title"), main=True),
        ListColumn(key="customer_name", label=t("客户", "Customer")),
        ListColumn(key="model", label=t("型号", "Model")),
        ListColumn(key="state", label=t("状态", "State"), value=state_cell, kind="phase"),
        ListColumn(key="path", label=t("办理方式", "Path"), value=lambda r: option_label(r, "path", r.path)),
        ListColumn(key="due", label=t("最急的期限", "Next due"), value=lambda r: r.next_due_at, kind="due"),
        ListColumn(key="owner", label=t("负责人", "Owner"), value=lambda r: r.owner, kind="person"),
        ListColumn(key="opened_at", label=t("立案", "Opened"), kind="moment", sort="opened_at"),
        ListColumn(key="closed_at", label=t("结案", "Closed"), kind="moment", default=False),
        ListColumn(
            key="severity",
            label=t("严重程度", "Severity"),
            value=lambda r: option_label(r, "severity", r.severity),
            default=False,
        ),
        ListColumn(
            key="defect",
            label=t("不良现象", "Defect"),
            value=lambda r: option_label(r, "defect", r.defect),
            default=False,
        ),
        ListColumn(key="batch", label=t("批次", "Batch"), default=False),
        ListColumn(key="customer_reference", label=t("客户的编号", "Customer's reference"), default=False),
        ListColumn(key="revision", label=t("版本", "Revision"), kind="number", default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("在案例中查找", "Search cases"), kind="problem"),
        ChoiceFilter(key="phase", label=t("阶段", "Phase"), options=[(k, v) for k, v in vocabulary.PHASES.items()]),
        ChoiceFilter(key="state", label=t("状态", "State"), options=state_options("problem")),
        ChoiceFilter(key="path", label=t("办理方式", "Path"), options=catalogue_options("path")),
        YesNoFilter(key="open", label=t("未结", "Open"), condition=is_open, steady=True),
        YesNoFilter(key="late", label=t("有逾期", "Overdue"), condition=overdue("problem")),
        PersonFilter(key="owner", label=t("负责人", "Owner")),
        DepartmentFilter(key="department", label=t("责任部门", "Responsible department"), condition=_of, steady=True),
        ChoiceFilter(key="defect", label=t("不良现象", "Defect"), options=catalogue_options("defect")),
        ChoiceFilter(key="severity", label=t("严重程度", "Severity"), options=catalogue_options("severity")),
        DateRangeFilter(key="opened", label=t("立案日期", "Opened"), field="opened_at"),
        TextFilter(key="customer", label=t("客户", "Customer"), field="customer_name", lookup="istartswith"),
        TextFilter(key="model", label=t("型号", "Model"), lookup="istartswith"),
    ],
)


def problems(request: Any) -> HttpResponseBase:
    """All cases the reader may see."""
    return named(request.procedure).respond(request)


def named(procedure: Procedure) -> ListPage:
    """The list in the company's own words."""
    opening, title = label_of_step(procedure, "problem", "open"), cases_called(procedure)
    empty = (
        t("还没有{many}", "Nothing under “{many}” yet", many=title),
        t(
            "从投诉的页面点“{open}”，或从这里立案：一个问题只查一次原因。",
            "Choose “{open}” on a complaint's page or here: a problem's cause is found once.",
            open=opening,
        ),
    )
    return replace(PROBLEMS, title=title, creates=(opening, "problem_new"), empty=empty)
