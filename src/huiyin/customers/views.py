"""Pages of the customer file: fetch, call one action, render."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.customers import actions
from huiyin.customers.access import contact_person_for, customer_for, delivery_for
from huiyin.customers.card import delivered, sections_for
from huiyin.customers.forms import ContactForm, CustomerForm, DeliveryForm, RegisterForm, RetireForm
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.permission import reasons_against
from huiyin.journal.queries import time_line
from huiyin.kernel.text import t
from huiyin.obligations.queries import on_record
from huiyin.procedure import versions
from huiyin.records.models import Attachment, Comment
from huiyin.records.ownfields import facts_of
from huiyin.records.steps.context import token_of
from huiyin.records.steps.form_pages import take
from huiyin.ui.htmx import render

DELIVERIES_SHOWN = 50
form_page = require_http_methods(["GET", "POST"])


def _page_of(customer: Customer) -> str:
    return reverse("customer", args=[customer.number])


def _shown(request: Any, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything on one customer: card, people, deliveries with warranty, open cases, files, time-line."""
    customer = customer_for(request.user, number)
    procedure = versions.procedure_of(customer.procedure_id)
    today = request.at.astimezone(procedure.zone).date()
    of_record = {"kind": "customer", "record_id": customer.pk}
    context = {
        "customer": customer,
        "procedure": procedure,
        "own": facts_of(customer, procedure),
        "state": procedure.state("customer", customer.state),
        "people": customer.contact_people.order_by("left_on", "id"),
        "deliveries": delivered(customer, on=today, limit=DELIVERIES_SHOWN),
        "deliveries_total": customer.deliveries.count(),
        "sections": sections_for(customer, request.user, at=request.at),
        "against_change": reasons_against(customer, "change", person=request.user, at=request.at),
        "against_retire": reasons_against(customer, "retire", person=request.user, at=request.at),
        "owed": on_record("customer", customer.pk),
        "lines": time_line("customer", customer.pk),
        "files": Attachment.objects.filter(removed_at=None, **of_record).order_by("id"),
        "comments": Comment.objects.filter(**of_record).select_related("author").order_by("id"),
    }
    return render(request, "customers/customer.html", context)


@form_page
def register(request: Any) -> HttpResponse:
    """Open a customer's file."""
    given = {key: request.GET[key] for key in ("name", "telephone") if key in request.GET}
    form = RegisterForm(request.POST or None, procedure=request.procedure, person=request.user, initial=given)
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.register_customer(
                form.facts(),
                procedure_id=request.version,
                contact=form.contact(),
                actor=request.user,
                at=request.at,
                submission=token_of(form),
            ),
            to=_page_of,
            said=t("已建立客户档案", "The file is open"),
        )
        if answer is not None:
            return answer
    unsaved = Customer(procedure_id=request.version)
    reasons = reasons_against(unsaved, "register", person=request.user, at=request.at)
    return _shown(request, "customers/new.html", form, reasons=reasons)


@form_page
def change(request: Any, number: str) -> HttpResponse:
    """Correct a customer's card."""
    customer = customer_for(request.user, number)
    procedure = versions.procedure_of(customer.procedure_id)
    form = CustomerForm(request.POST or None, procedure=procedure, person=request.user, customer=customer)
    if form.is_valid():
        facts = form.facts()

        def theirs() -> tuple[Customer, int, dict[str, Any]]:
            fresh = customer_for(request.user, number)
            return (
                fresh,
                fresh.version,
                dict(CustomerForm(procedure=procedure, person=request.user, customer=fresh).initial),
            )

        answer = take(
            request,
            form,
            lambda: actions.change_customer(
                customer,
                facts,
                actor=request.user,
                at=request.at,
                version=form.cleaned_data["version"],
                submission=token_of(form),
            ),
            to=_page_of,
            said=t("客户资料已更改", "The file is changed"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    reasons = reasons_against(customer, "change", person=request.user, at=request.at)
    return _shown(request, "customers/change.html", form, customer=customer, reasons=reasons)


@form_page
def retire(request: Any, number: str) -> HttpResponse:
    """We no longer deal with a customer."""
    customer = customer_for(request.user, number)
    form = RetireForm(request.POST or None, version=customer.version)
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.retire_customer(
                customer,
                form.cleaned_data["reason"],
                actor=request.user,
                at=request.at,
                version=form.cleaned_data["version"],
                submission=token_of(form),
            ),
            to=_page_of,
            said=t("客户已停用", "The customer is retired"),
        )
        if answer is not None:
            return answer
    reasons = reasons_against(customer, "retire", person=request.user, at=request.at)
    return _shown(request, "customers/retire.html", form, customer=customer, reasons=reasons)


@form_page
def new_contact(request: Any, number: str) -> HttpResponse:
    """Enter a contact person."""
    customer = customer_for(request.user, number)
    form = ContactForm(request.POST or None, procedure=request.procedure)
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.add_contact_person(
                customer, form.facts(), actor=request.user, at=request.at, submission=token_of(form)
            ),
            to=lambda _: _page_of(customer),
            said=t("已添加联系人", "The contact person is added"),
        )
        if answer is not None:
            return answer
    return _part_page(request, "customers/contact.html", form, customer, None)


@form_page
def change_contact(request: Any, number: str, pk: int) -> HttpResponse:
    """Correct what is known of a contact person."""
    contact = contact_person_for(request.user, number, pk)
    customer = contact.customer
    form = _bound(ContactForm, request, contact)
    if form.is_valid():

        def theirs() -> tuple[Customer, int, dict[str, Any]]:
            fresh = contact_person_for(request.user, number, pk)
            return fresh.customer, fresh.version, form.initial_of(fresh)

        answer = take(
            request,
            form,
            lambda: actions.change_contact_person(
                contact,
                form.facts(),
                actor=request.user,
                at=request.at,
                version=form.cleaned_data["version"],
                submission=token_of(form),
            ),
            to=lambda _: _page_of(customer),
            said=t("联系人已更改", "The contact person is changed"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    return _part_page(request, "customers/contact.html", form, customer, contact)


@form_page
def new_delivery(request: Any, number: str) -> HttpResponse:
    """Enter goods shipped to a customer."""
    customer = customer_for(request.user, number)
    form = DeliveryForm(request.POST or None, procedure=request.procedure)
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.record_delivery(
                customer, form.facts(), actor=request.user, at=request.at, submission=token_of(form)
            ),
            to=lambda _: _page_of(customer),
            said=t("已登记发货", "The delivery is recorded"),
        )
        if answer is not None:
            return answer
    return _part_page(request, "customers/delivery.html", form, customer, None)


@form_page
def change_delivery(request: Any, number: str, pk: int) -> HttpResponse:
    """Correct a delivery."""
    delivery = delivery_for(request.user, number, pk)
    customer = delivery.customer
    form = _bound(DeliveryForm, request, delivery)
    if form.is_valid():

        def theirs() -> tuple[Customer, int, dict[str, Any]]:
            fresh = delivery_for(request.user, number, pk)
            return fresh.customer, fresh.version, form.initial_of(fresh)

        answer = take(
            request,
            form,
            lambda: actions.change_delivery(
                delivery,
                form.facts(),
                actor=request.user,
                at=request.at,
                version=form.cleaned_data["version"],
                submission=token_of(form),
            ),
            to=lambda _: _page_of(customer),
            said=t("发货记录已更改", "The delivery is changed"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    return _part_page(request, "customers/delivery.html", form, customer, delivery)


def _bound(form: Any, request: Any, row: ContactPerson | Delivery) -> Any:
    """The form of a part, filled with what stands there."""
    held = {name: getattr(row, name) for name in form.facts_of.names()}
    return form(request.POST or None, procedure=request.procedure, initial=held, version=row.version)


def _part_page(request: Any, template: str, form: Any, customer: Customer, row: Any) -> HttpResponse:
    reasons = reasons_against(customer, "change", person=request.user, at=request.at)
    return _shown(request, template, form, customer=customer, row=row, reasons=reasons)
