"""The list of requests to suppliers: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from huiyin.improvement.suppliers.access import visible_to
from huiyin.kernel.text import t
from huiyin.procedure import vocabulary
from huiyin.records.lists.labels import is_open, overdue, state_cell, state_options, with_next_due
from huiyin.records.lists.listing import (
    ChoiceFilter,
    DateRangeFilter,
    ListColumn,
    ListPage,
    PersonFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from huiyin.ui.addresses import cached_url

LISTED = (
    "number",
    "procedure",
    "state",
    "phase",
    "supplier",
    "model",
    "batch",
    "quantity",
    "unit",
    "answer_due",
    "round",
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


SCARS = ListPage(
    key="scars",
    title=t("供方整改", "Supplier corrective action"),
    rows=_rows,
    order="-opened_at",
    creates=(t("要求供方整改", "Ask a supplier to correct"), "scar_new"),
    opens="scar.open",
    empty=(
        t("还没有供方整改", "No requests to suppliers yet"),
        t(
            "从问题案例或投诉的页面点“要求供方整改”，或从这里发起；供方凭链接答复，不用账号。",
            "Ask from a problem case, a complaint or here; the supplier answers by a link, without an account.",
        ),
    ),
    columns=[
        ListColumn(key="number", label=t("编号", "Number"), link=lambda r: cached_url("scar", r.number), main=True),
        ListColumn(key="supplier", label=t("供方", "Supplier"), main=True),
        ListColumn(key="model", label=t("零件/型号", "Part or model")),
        ListColumn(key="batch", label=t("批次", "Batch")),
        ListColumn(key="state", label=t("状态", "State"), value=state_cell, kind="phase"),
        ListColumn(key="due", label=t("最急的期限", "Next due"), value=lambda r: r.next_due_at, kind="due"),
        ListColumn(key="owner", label=t("负责人", "Owner"), value=lambda r: r.owner, kind="person"),
        ListColumn(key="opened_at", label=t("拟定", "Drafted"), kind="moment", sort="opened_at"),
        ListColumn(key="round", label=t("答复次数", "Answers"), kind="number", default=False),
        ListColumn(key="closed_at", label=t("结案", "Closed"), kind="moment", default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("查找", "Search"), kind="scar"),
        ChoiceFilter(key="phase", label=t("阶段", "Phase"), options=[(k, v) for k, v in vocabulary.PHASES.items()]),
        ChoiceFilter(key="state", label=t("状态", "State"), options=state_options("scar")),
        YesNoFilter(key="open", label=t("未结", "Open"), condition=is_open),
        YesNoFilter(key="late", label=t("有逾期", "Overdue"), condition=overdue("scar")),
        PersonFilter(key="owner", label=t("负责人", "Owner")),
        DateRangeFilter(key="opened", label=t("拟定日期", "Drafted"), field="opened_at"),
        TextFilter(key="supplier", label=t("供方", "Supplier"), lookup="istartswith"),
        TextFilter(key="model", label=t("零件/型号", "Part or model"), lookup="istartswith"),
    ],
)


def scars(request: Any) -> HttpResponseBase:
    """All requests the reader may see."""
    return SCARS.respond(request)
