"""The list of requests to suppliers: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseBase

from huiyin.improvement.suppliers.access import visible_to
from huiyin.kernel.text import t
from huiyin.records.lists import usual
from huiyin.records.lists.labels import with_next_due
from huiyin.records.lists.listing import ListColumn, ListPage, SearchFilter

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
    *usual.OWNER_NAMED,
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
        usual.number_column("scar"),
        ListColumn(key="supplier", label=t("供方", "Supplier"), main=True),
        ListColumn(key="model", label=t("零件/型号", "Part or model")),
        ListColumn(key="batch", label=t("批次", "Batch")),
        usual.state_column(),
        usual.due_column(),
        usual.owner_column(t("负责人", "Owner")),
        usual.opened_column(t("拟定", "Drafted")),
        ListColumn(key="round", label=t("答复次数", "Answers"), kind="number", default=False),
        usual.closed_column(t("结案", "Closed")),
    ],
    filters=[
        SearchFilter(key="q", label=t("查找", "Search"), kind="scar"),
        usual.phase_filter(),
        usual.state_filter("scar"),
        usual.open_filter(),
        usual.late_filter("scar"),
        usual.owner_filter(t("负责人", "Owner")),
        usual.opened_filter(t("拟定日期", "Drafted")),
        usual.begins_filter("supplier", t("供方", "Supplier")),
        usual.begins_filter("model", t("零件/型号", "Part or model")),
    ],
)


def scars(request: Any) -> HttpResponseBase:
    """All requests the reader may see."""
    return SCARS.respond(request)
