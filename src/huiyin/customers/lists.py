"""The list of customers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse

from huiyin.customers.access import visible_to
from huiyin.customers.forms import TIERS
from huiyin.customers.models import Customer
from huiyin.kernel.text import t
from huiyin.records.lists import usual
from huiyin.records.lists.listing import ChoiceFilter, ListColumn, ListPage, PersonFilter, SearchFilter


def _rows(request: Any) -> QuerySet[Customer]:
    return visible_to(request.user).select_related("salesperson")


def _page_of(row: Customer) -> str:
    return reverse("customer", args=[row.number])


CUSTOMERS = ListPage(
    key="customers",
    title=t("客户", "Customers"),
    rows=_rows,
    steady=True,
    order="-opened_at",
    columns=(
        ListColumn(key="code", label=t("编号", "Code"), link=_page_of, sort="code", narrow=True),
        ListColumn(key="name", label=t("名称", "Name"), link=_page_of, sort="name", main=True),
        ListColumn(key="short_name", label=t("简称", "Short name"), sort="short_name", default=False),
        ListColumn(key="tier", label=t("等级", "Tier"), kind="badge", sort="tier", narrow=True),
        ListColumn(key="telephone", label=t("电话", "Telephone")),
        ListColumn(key="address", label=t("地址", "Address"), default=False),
        ListColumn(key="main_products", label=t("主营产品", "Main products"), default=False),
        ListColumn(key="salesperson", label=t("业务员", "Salesperson"), kind="person"),
        usual.state_column(),
        usual.opened_column(t("建档时间", "Opened")),
    ),
    filters=(
        SearchFilter(key="q", label=t("名称、编号、电话、联系人", "Name, code, telephone, contact"), kind="customer"),
        ChoiceFilter(key="tier", label=t("等级", "Tier"), options=[(tier, tier) for tier in TIERS]),
        usual.state_filter("customer"),
        PersonFilter(key="salesperson", label=t("业务员", "Salesperson")),
        usual.opened_filter(t("建档", "Opened")),
    ),
    creates=(t("新客户", "New customer"), "customer_new"),
    opens="customer.register",
    empty=(
        t("还没有客户", "No customers yet"),
        t(
            "登记第一位，或者在“导入”里用表格整批导入。",
            "Register the first, or import a sheet under “Import”.",
        ),
    ),
)


def customers(request: Any) -> HttpResponse:
    """All customers the person may see."""
    return CUSTOMERS.respond(request)
