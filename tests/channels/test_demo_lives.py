"""Customers' files and contacts in memory leave behind what real steps on them leave."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.channels.demo.lives import LiveContact, LiveCustomer
from huiyin.channels.demo.making import Rows
from huiyin.channels.demo.memory import Desk, Ids, KnownStaff, Live
from huiyin.contacts import actions as contact_actions
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers import actions as customer_actions
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import ContactPersonFacts as PersonFacts
from huiyin.customers.values import CustomerFacts, DeliveryFacts
from huiyin.journal.models import Entry
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department, Person
from huiyin.records.models import SearchText
from huiyin.records.search import search
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at, day, factory
from tests.channels.two_ways import remind, values

pytestmark = pytest.mark.django_db

COMPANY = CustomerFacts(
    name="徐州恒岳重型机器有限公司", short_name="恒岳重机", tier="A", telephone="0516-55501234", warranty_months=18
)
FIRST = PersonFacts(name="单志强", role="quality", post="质量工程师", mobile="13800001111", email="a@b.example")
SECOND = PersonFacts(name="Emma Clark", role="purchasing", telephone="+44 113 496 0840")
GOODS = DeliveryFacts(
    model="WS-2SN-DN19",
    batch="260401-2",
    order_number="XS2604-0007",
    ship_date=day("2026-04-20"),
    quantity=Decimal(200),
    unit="piece",
)


def desk(works: Factory) -> Desk:
    people = list(Person.objects.select_related("department"))
    return Desk(works.procedure, works.version, KnownStaff(list(Department.objects.filter(active=True)), people))


def left(model: Any, record: Any) -> dict[str, Any]:
    """What real steps left of a record."""
    kept = {"kind": record.kind, "record_id": record.pk}
    words = SearchText.objects.get(**kept)
    return {
        "record": values([model.objects.get(pk=record.pk)]),
        "entries": values(Entry.objects.filter(**kept).order_by("sequence"), "id"),
        "obligations": values(Obligation.objects.filter(**kept).order_by("id")),
        "words": (words.number, words.title, words.text, words.at),
    }


def lived(live: Live) -> dict[str, Any]:
    """The same of steps in memory."""
    words = search.search_document(live.record, at=live.record.opened_at)
    return {
        "record": values([live.record]),
        "entries": values(live.entries, "id"),
        "obligations": values(live.owed.rows),
        "words": (words.number, words.title, words.text, words.at),
    }


def test_a_customers_file() -> None:
    works = factory("feedback")
    mei = works.context("mei", "2026-05-04 09:00").actor
    assert mei is not None
    real = customer_actions.register_customer(
        COMPANY, procedure_id=works.version, contact=FIRST, context=StepContext(mei, at("2026-05-04 09:00"))
    )
    customer_actions.add_contact_person(real, SECOND, context=StepContext(mei, at("2026-05-04 09:01")))
    customer_actions.record_delivery(real, GOODS, context=StepContext(mei, at("2026-05-05 16:30")))
    people = ContactPerson.objects.order_by("id")
    ids = Ids({ContactPerson: (people[0].pk, 9), Delivery: (Delivery.objects.get().pk, 9)})
    live = LiveCustomer(desk(works), ids, Customer(pk=real.pk, number=real.number, procedure_id=works.version))
    live.register(COMPANY, FIRST, actor=works.mei, at=at("2026-05-04 09:00"))
    live.add_contact_person(SECOND, actor=works.mei, at=at("2026-05-04 09:01"))
    live.record_delivery(GOODS, actor=works.mei, at=at("2026-05-05 16:30"))
    assert values(live.of(ContactPerson)) == values(people)
    assert values(live.of(Delivery)) == values(Delivery.objects.all())
    live.record._prefetched_objects_cache = {"contact_people": Rows(live.of(ContactPerson))}
    assert lived(live) == left(Customer, real)


@pytest.mark.parametrize("end", ["convert", "file"])
def test_a_contact(end: str) -> None:
    works = factory("base")
    facts = ContactFacts(
        channel="telephone",
        happened_at=at("2026-11-16 08:55"),
        party_name="周厂长",
        party_phone="13900001111",
        text="接头漏油，请回电\n型号 WS-2SN",
        promise_text="下午回电",
        promised_at=at("2026-11-16 15:00"),
    )
    how = StepContext(works.context("mei", "2026-11-16 09:00").actor, at("2026-11-16 09:00"))
    real = contact_actions.register(facts, procedure_id=works.version, context=how)
    later = at("2026-11-18 10:00")
    remind(later)
    after = StepContext(how.actor, later)
    if end == "convert":
        contact_actions.convert(real, "complaint", "KS2026-0001", context=after)
    else:
        contact_actions.file(real, "answered", "已告知", context=after)
    first = Obligation.objects.order_by("id")[0].pk
    record = Contact(pk=real.pk, number=real.number, procedure_id=works.version)
    live = LiveContact(desk(works), Ids({Obligation: (first, 9)}), record)
    live.register(facts, actor=works.mei, at=at("2026-11-16 09:00"))
    if end == "convert":
        live.convert("complaint", "KS2026-0001", actor=works.mei, at=later)
    else:
        live.file("answered", "已告知", actor=works.mei, at=later)
    assert len(live.entries) > 2
    assert lived(live) == left(Contact, real)
