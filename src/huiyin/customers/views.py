"""Pages of the customer file: fetch, call one action, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.customers import actions
from huiyin.customers.access import customer_for
from huiyin.customers.card import deliveries_with_warranty, sections_for
from huiyin.customers.forms import ContactPersonForm, CustomerForm, CustomerRegisterForm, DeliveryForm
from huiyin.customers.models import ContactPerson, Delivery
from huiyin.customers.part_pages import PartPage
from huiyin.customers.steps import STEPS
from huiyin.kernel.text import t
from huiyin.records.ownfields import custom_facts
from huiyin.records.record_pages import RecordPage
from huiyin.records.step_views import step_view
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage
from huiyin.ui.htmx import render

DELIVERIES_SHOWN = 50


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything on one customer: card, people, deliveries with warranty, open cases, files, time-line."""
    customer = customer_for(request.user, number)
    page = RecordPage(request, customer)
    procedure = page.procedure
    situation = GuardContext(customer, None, request.user, request.at, procedure)
    today = request.at.astimezone(procedure.zone).date()
    context = {
        "customer": customer,
        "procedure": procedure,
        "own": custom_facts(customer, procedure),
        "state": procedure.state("customer", customer.state),
        "people": customer.contact_people.order_by("left_on", "id"),
        "deliveries": deliveries_with_warranty(customer, on=today, limit=DELIVERIES_SHOWN),
        "deliveries_total": customer.deliveries.count(),
        "sections": sections_for(customer, request.user, at=request.at),
        "against_change": step_refusals(situation, "customer", "change"),
        "against_retire": step_refusals(situation, "customer", "retire"),
        "owed": page.owed,
        "lines": page.lines,
        "files": page.files,
        "comments": page.comments,
    }
    return render(request, "customers/customer.html", context)


register = OpeningPage(
    step="customer.register",
    form=CustomerRegisterForm,
    action=actions.register_customer,
    template="customers/new.html",
    said=lambda customer: t("已建立客户档案", "The file is open"),
    known=lambda request: {key: request.GET[key] for key in ("name", "telephone") if key in request.GET},
)
change = CorrectionPage(
    step="customer.change",
    form=CustomerForm,
    action=actions.change_customer,
    template="customers/change.html",
    said=t("客户资料已更改", "The file is changed"),
)
contact_person = PartPage(
    model=ContactPerson,
    form=ContactPersonForm,
    add=actions.add_contact_person,
    change=actions.change_contact_person,
    template="customers/contact.html",
    added=t("已添加联系人", "The contact person is added"),
    changed=t("联系人已更改", "The contact person is changed"),
)
delivery = PartPage(
    model=Delivery,
    form=DeliveryForm,
    add=actions.record_delivery,
    change=actions.change_delivery,
    template="customers/delivery.html",
    added=t("已登记发货", "The delivery is recorded"),
    changed=t("发货记录已更改", "The delivery is changed"),
)
step = step_view(STEPS, customer_for)
