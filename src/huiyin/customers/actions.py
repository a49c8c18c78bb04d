"""Every write to the customer file; one function per verb."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import (
    CONTACT,
    CUSTOMER,
    DELIVERY,
    ContactPersonFacts,
    CustomerFacts,
    DeliveryFacts,
    RowFacts,
    code_fault,
)
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.conditions import told
from huiyin.procedure.schema import Procedure
from huiyin.records.ownfields import merged_extra
from huiyin.records.search import search
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.numbers import next_number
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile, Refused
from huiyin.records.steps.stepping import record_event, step

PartT = TypeVar("PartT", ContactPerson, Delivery)


def register_customer(
    facts: CustomerFacts,
    *,
    procedure_id: int,
    contact: ContactPersonFacts | None = None,
    context: StepContext,
) -> Customer:
    """Open a customer's file, if wished with the first person to speak to; without an own code the pack numbers it."""
    with transaction.atomic():
        _once(context.submission)  # before the code is looked at, which the first sending of the form has taken
        customer = Customer(procedure_id=procedure_id)
        facts.apply_to(customer)
        if customer.code:
            _refuse_bad_code(customer)
        else:
            customer.code = free_number(versions.procedure_of(procedure_id), at=context.at)
        customer.number = customer.code
        with step(customer, "register", **context.step_kwargs) as run:
            run.add_payload(name=customer.name, code=customer.code)
            if contact is not None:
                run.touched(_new(ContactPerson, customer, contact))
    return customer


def change_customer(customer: Customer, facts: CustomerFacts, *, context: StepContext) -> Customer:
    """Correct the customer's card; the number stays, the code may follow the company's other systems."""
    with step(customer, "change", **context.step_kwargs) as run:
        facts = facts if facts.code else replace(facts, code=customer.code)
        changed = facts.differing(customer)
        facts.apply_to(customer)
        if "code" in changed:
            _refuse_bad_code(customer)
        run.add_payload(fields=_labels(changed, run.procedure))
    return customer


def change_own_fields(customer: Customer, values: Mapping[str, Any], *, context: StepContext) -> Customer:
    """Write some of the company's own fields of the card; nothing is entered where they say so already."""
    merged = merged_extra(customer.extra, values)
    if merged != merged_extra(customer.extra, {}):
        change_customer(customer, replace(CustomerFacts.of(customer), extra=merged), context=context)
    return customer


def retire_customer(customer: Customer, reason: str, *, context: StepContext) -> Customer:
    """We no longer deal with the customer; the file stays, and it is no longer offered for new records."""
    with step(customer, "retire", **context.step_kwargs) as run:
        run.add_payload(reason=reason)
    return customer


def add_contact_person(customer: Customer, facts: ContactPersonFacts, *, context: StepContext) -> ContactPerson:
    """Enter somebody who speaks for the customer; the customer is found under them from then on."""
    with _changing(customer, context):
        row = _new(ContactPerson, customer, facts)
        _enter(customer, "customer.contact_added", row, context, name=row.name)
        search.index(customer, at=context.at)
    return row


def change_contact_person(contact: ContactPerson, facts: ContactPersonFacts, *, context: StepContext) -> ContactPerson:
    """Correct what is known of a contact person, or note that they left; ``context`` has the person's own version."""
    customer = contact.customer
    with _changing(customer, context):
        changed = _apply(contact, facts, context.version)
        if changed:
            payload = _payload_of(changed, CONTACT)
            _enter(customer, "customer.contact_changed", contact, context, name=contact.name, **payload)
            search.index(customer, at=context.at)
    return contact


def record_delivery(customer: Customer, facts: DeliveryFacts, *, context: StepContext) -> Delivery:
    """Enter goods shipped to the customer; the base of warranty."""
    with _changing(customer, context):
        row = _new(Delivery, customer, facts)
        _enter(customer, "customer.delivery_recorded", row, context, what=str(row))
    return row


def change_delivery(delivery: Delivery, facts: DeliveryFacts, *, context: StepContext) -> Delivery:
    """Correct what is known of a delivery; ``context`` has the delivery's own version."""
    customer = delivery.customer
    with _changing(customer, context):
        changed = _apply(delivery, facts, context.version)
        if changed:
            payload = _payload_of(changed, DELIVERY)
            _enter(customer, "customer.delivery_changed", delivery, context, what=str(delivery), **payload)
    return delivery


def free_number(procedure: Procedure, *, at: datetime) -> str:
    """The next number of the procedure's pattern that no customer bears as a code of its own."""
    while True:
        number = next_number("customer", procedure, at=at)
        if not Customer.objects.filter(Q(code=number) | Q(number=number)).exists():
            return number


def _refuse_bad_code(customer: Customer) -> None:
    fault = code_fault(customer.code)
    if fault is not None:
        raise Refused(fields={"code": fault})
    others = Customer.objects.filter(Q(code=customer.code) | Q(number=customer.code)).exclude(pk=customer.pk)
    other = others.first()
    if other is not None:
        raise Refused(
            fields={
                "code": t(
                    "编号 {code} 已属于“{name}”",
                    "The code {code} belongs to “{name}”",
                    code=customer.code,
                    name=other.name,
                )
            }
        )


@contextmanager
def _changing(customer: Customer, context: StepContext) -> Iterator[None]:
    """A transaction in which parts change: once per form, the file's row locked, the right to ``change`` checked."""
    with transaction.atomic():
        _once(context.submission)
        customer.refresh_from_db(from_queryset=Customer.objects.select_for_update().filter(pk=customer.pk))
        procedure = versions.procedure_of(customer.procedure_id)
        reasons = step_refusals(
            GuardContext(customer, None, context.actor, context.at, procedure), "customer", "change"
        )
        if reasons:
            raise Refused(reasons)
        yield


def _enter(
    customer: Customer, event: str, part: ContactPerson | Delivery, context: StepContext, **payload: Any
) -> None:
    record_event(
        customer,
        event,
        actor=context.actor,
        at=context.at,
        parts=[part],
        submission=context.submission,
        **payload,
    )


def _once(submission: UUID | None) -> None:
    done = Entry.objects.filter(submission=submission).first() if submission else None
    if done is not None:
        raise AlreadyDone(done)


def _new(model: type[PartT], customer: Customer, facts: RowFacts) -> PartT:
    row = model(customer=customer)
    facts.apply_to(row)
    row.save(force_insert=True)
    return row


def _apply(row: ContactPerson | Delivery, facts: RowFacts, version: int | None) -> dict[str, tuple[Any, Any]]:
    """Write ``facts`` onto the row if nobody else changed it since ``version``; returns what changed."""
    customer = row.customer
    row.refresh_from_db()
    row.customer = customer
    if version is not None and row.version != version:
        raise ChangedMeanwhile(row)
    changed = facts.differing(row)
    if changed:
        facts.apply_to(row)
        row.version += 1
        row.save()
    return changed


def _labels(changed: dict[str, tuple[Any, Any]], procedure: Procedure) -> list[Text]:
    """What the changed fields of a customer's card are called, the procedure's own among them."""
    labels = [CUSTOMER[name] for name in changed if name in CUSTOMER]
    before, after = changed.get("extra", ({}, {}))
    own = procedure.fields_of("customer")
    differing = (each for each in own if told(before.get(each.name)) != told(after.get(each.name)))
    return [*labels, *(each.label for each in differing)]


def _payload_of(changed: dict[str, tuple[Any, Any]], labels: dict[str, Text]) -> dict[str, Sequence[Any]]:
    """What the journal says of a change: which fields, and each one's text before and after."""
    return {
        "fields": [labels[name] for name in changed],
        "changed": [[name, *("" if value is None else str(value) for value in pair)] for name, pair in changed.items()],
    }
