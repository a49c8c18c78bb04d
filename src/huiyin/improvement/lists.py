"""The list of cases: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.http import HttpResponseBase

from huiyin.improvement.access import visible_to
from huiyin.improvement.nouns import CASES, cases_called
from huiyin.kernel.text import t
from huiyin.procedure.schema import Procedure
from huiyin.records.lists import usual
from huiyin.records.lists.labels import with_next_due
from huiyin.records.lists.listing import DepartmentFilter, ListColumn, ListPage, SearchFilter
from huiyin.records.steps.conditions import label_of_step

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
    *usual.OWNER_NAMED,
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
        usual.number_column("problem"),
        ListColumn(key="title", label=t("题目", "Title"), main=True),
        ListColumn(key="customer_name", label=t("客户", "Customer")),
        ListColumn(key="model", label=t("型号", "Model")),
        usual.state_column(),
        usual.choice_column("path", t("办理方式", "Path")),
        usual.due_column(),
        usual.owner_column(t("负责人", "Owner")),
        usual.opened_column(t("立案", "Opened")),
        usual.closed_column(t("结案", "Closed")),
        usual.choice_column("severity", t("严重程度", "Severity"), default=False),
        usual.choice_column("defect", t("不良现象", "Defect"), default=False),
        ListColumn(key="batch", label=t("批次", "Batch"), default=False),
        ListColumn(key="customer_reference", label=t("客户的编号", "Customer's reference"), default=False),
        ListColumn(key="revision", label=t("版本", "Revision"), kind="number", default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("在案例中查找", "Search cases"), kind="problem"),
        usual.phase_filter(),
        usual.state_filter("problem"),
        usual.choice_filter("path", t("办理方式", "Path")),
        usual.open_filter(),
        usual.late_filter("problem"),
        usual.owner_filter(t("负责人", "Owner")),
        DepartmentFilter(key="department", label=t("责任部门", "Responsible department"), condition=_of, steady=True),
        usual.choice_filter("defect", t("不良现象", "Defect")),
        usual.choice_filter("severity", t("严重程度", "Severity")),
        usual.opened_filter(t("立案日期", "Opened")),
        usual.begins_filter("customer", t("客户", "Customer"), field="customer_name"),
        usual.begins_filter("model", t("型号", "Model")),
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
