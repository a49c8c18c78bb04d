"""The lists of requests, of losses (which finance takes out as a sheet) and of stock-takes."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import HttpResponseBase

from huiyin.kernel.text import Text, t
from huiyin.records.lists import usual
from huiyin.records.lists.labels import option_label, with_next_due
from huiyin.records.lists.listing import (
    DateRangeFilter,
    DepartmentFilter,
    ListColumn,
    ListPage,
    SearchFilter,
    YesNoFilter,
)
from huiyin.returns import queries
from huiyin.returns.access import replacements_of, stock_takes_of
from huiyin.returns.models import Line, Loss
from huiyin.ui.addresses import cached_url


def _way(keys: Any, request: Any) -> Q:
    return Q(Exists(Line.objects.filter(replacement_id=OuterRef("pk"), way__in=keys)))


def _goods(row: Any) -> str:
    return row.first_model or ""


REPLACEMENTS = ListPage(
    key="replacements",
    title=t("补换退货", "Replacements"),
    rows=lambda request: queries.for_list(replacements_of(request.user)),
    steady=True,
    order="-opened_at",
    creates=(t("申请补换退货", "Request replacement"), "replacement_new"),
    opens="replacement.request",
    empty=(
        t("还没有补换退货申请", "No requests yet"),
        t(
            "客户要补货、换货或退货时，从投诉页面或这里申请。",
            "Where a customer wants goods sent, exchanged or taken back, request it from the complaint or here.",
        ),
    ),
    columns=[
        usual.number_column("replacement"),
        ListColumn(key="customer_name", label=t("客户", "Customer"), main=True),
        ListColumn(key="way", label=t("方式", "Way"), value=lambda r: option_label(r, "way", r.first_way)),
        ListColumn(key="goods", label=t("货物", "Goods"), value=_goods),
        ListColumn(key="quantity", label=t("数量", "Quantity"), value=lambda r: r.first_quantity, kind="quantity"),
        ListColumn(
            key="unit", label=t("单位", "Unit"), value=lambda r: option_label(r, "unit", r.first_unit), default=False
        ),
        usual.state_column(),
        ListColumn(key="urgent", label=t("紧急", "Urgent"), kind="yesno"),
        ListColumn(
            key="responsible",
            label=t("责任部门", "Responsible"),
            value=lambda r: r.responsible.name if r.responsible else "",
        ),
        usual.due_column(),
        usual.owner_column(t("申请人", "Asked by")),
        usual.opened_column(t("申请时间", "Requested")),
        usual.closed_column(t("办结", "Closed")),
    ],
    filters=[
        SearchFilter(key="q", label=t("在补换退货中查找", "Search replacements"), kind="replacement"),
        usual.phase_filter(),
        usual.state_filter("replacement"),
        usual.choice_filter("way", t("方式", "Way"), condition=_way),
        usual.open_filter(),
        usual.late_filter("replacement"),
        YesNoFilter(key="urgent", label=t("紧急", "Urgent"), condition=lambda yes, request: Q(urgent=yes)),
        DepartmentFilter(
            key="responsible",
            label=t("责任部门", "Responsible"),
            condition=lambda rows, request: Q(responsible__in=rows),
        ),
        usual.owner_filter(t("申请人", "Asked by")),
        usual.opened_filter(t("申请日期", "Requested")),
        usual.begins_filter("customer", t("客户", "Customer"), field="customer_name"),
    ],
)


def _losses(request: Any) -> Any:
    seen = replacements_of(request.user)
    return Loss.objects.filter(replacement__in=seen).select_related("replacement", "replacement__responsible", "by")


def _of(row: Any, catalogue: str, key: str) -> Text | str:
    return option_label(row.replacement, catalogue, key)


LOSSES = ListPage(
    key="losses",
    title=t("费用与损失", "Costs and losses"),
    rows=_losses,
    order="-at",
    empty=(
        t("还没有费用或损失", "No costs or losses yet"),
        t(
            "发货时填的运费和各申请登记的损失列在这里，可导出给财务。",
            "Freight entered with shipments and losses of requests are listed here, to be taken out for finance.",
        ),
    ),
    columns=[
        ListColumn(
            key="number",
            label=t("申请编号", "Request"),
            value=lambda r: r.replacement.number,
            link=lambda r: cached_url("replacement", r.replacement.number),
            main=True,
        ),
        ListColumn(key="customer", label=t("客户", "Customer"), value=lambda r: r.replacement.customer_name, main=True),
        ListColumn(key="loss", label=t("类别", "Kind"), value=lambda r: _of(r, "loss", r.loss)),
        ListColumn(key="amount", label=t("金额", "Amount"), kind="money", sort="amount", total=True),
        ListColumn(key="currency", label=t("币种", "Currency"), default=False),
        ListColumn(key="borne_by", label=t("承担方", "Borne by"), value=lambda r: _of(r, "bearer", r.borne_by)),
        ListColumn(
            key="responsible",
            label=t("责任部门", "Responsible"),
            value=lambda r: r.replacement.responsible.name if r.replacement.responsible else "",
        ),
        ListColumn(key="note", label=t("说明", "Note")),
        ListColumn(key="by", label=t("登记人", "Entered by"), value=lambda r: r.by, kind="person"),
        ListColumn(key="at", label=t("登记时间", "Entered"), kind="moment", sort="at"),
    ],
    filters=[
        usual.choice_filter("loss", t("类别", "Kind")),
        usual.choice_filter("borne_by", t("承担方", "Borne by"), catalogue="bearer"),
        DepartmentFilter(
            key="responsible",
            label=t("责任部门", "Responsible"),
            condition=lambda rows, request: Q(replacement__responsible__in=rows),
        ),
        DateRangeFilter(key="at", label=t("登记日期", "Entered"), field="at"),
        usual.begins_filter("customer", t("客户", "Customer"), field="replacement__customer_name"),
    ],
)

STOCK_TAKES = ListPage(
    key="stock-takes",
    title=t("三方盘点", "Joint stock-takes"),
    rows=lambda request: with_next_due(stock_takes_of(request.user).select_related("owner")),
    order="-opened_at",
    creates=(t("发起三方盘点", "Open a joint stock-take"), "stock_take_new"),
    opens="stock-take.open",
    empty=(
        t("还没有三方盘点", "No stock-takes yet"),
        t(
            "与客户各执一词、双方都拿不出证据时发起。",
            "Open one where it is word against word and neither side can prove.",
        ),
    ),
    columns=[
        usual.number_column("stock_take"),
        ListColumn(key="material", label=t("物料", "Material"), main=True),
        ListColumn(key="batch", label=t("批次", "Batch")),
        ListColumn(key="customer_name", label=t("客户", "Customer")),
        ListColumn(key="claimed", label=t("客户所称差额", "Claimed"), kind="quantity"),
        ListColumn(key="book", label=t("账", "Book"), kind="quantity"),
        ListColumn(key="card", label=t("卡", "Bin card"), kind="quantity"),
        ListColumn(key="goods", label=t("物", "Physical count"), kind="quantity"),
        usual.choice_column("verdict", t("结论", "Verdict"), catalogue="stock_verdict"),
        usual.state_column(),
        usual.due_column(),
        usual.opened_column(t("发起时间", "Opened")),
    ],
    filters=[
        SearchFilter(key="q", label=t("在盘点中查找", "Search stock-takes"), kind="stock-take"),
        usual.choice_filter("verdict", t("结论", "Verdict"), catalogue="stock_verdict"),
        usual.state_filter("stock-take"),
        usual.open_filter(),
        usual.opened_filter(t("发起日期", "Opened")),
        usual.begins_filter("material", t("物料", "Material")),
    ],
)


def replacements(request: Any) -> HttpResponseBase:
    """All requests the reader may see."""
    return REPLACEMENTS.respond(request)


def losses(request: Any) -> HttpResponseBase:
    """Costs and losses of the requests the reader may see, by kind, to be added up and exported."""
    return LOSSES.respond(request)


def stock_takes(request: Any) -> HttpResponseBase:
    """All stock-takes the reader may see."""
    return STOCK_TAKES.respond(request)
