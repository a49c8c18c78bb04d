"""The lives of customers' files and of contacts, in memory; each step as ``customers.actions`` and ``contacts.actions`` take it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from huiyin.channels.demo.memory import Live
from huiyin.contacts.actions import first_words, say
from huiyin.contacts.values import FILED_AS, ContactFacts
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import ContactPersonFacts as PersonFacts
from huiyin.customers.values import CustomerFacts, DeliveryFacts
from huiyin.journal.links import kind_name
from huiyin.people.models import Person


class LiveCustomer(Live):
    """A customer's file with its contact persons and deliveries."""

    def register(self, facts: CustomerFacts, first: PersonFacts, *, actor: Person, at: datetime) -> None:
        """Open the file; its number is set already and is the code."""
        customer: Customer = self.record
        facts.lay_on(customer)
        customer.code = customer.number
        with self.step("register", actor=actor, at=at) as run:
            run.add_payload(name=customer.name, code=customer.code)
            run.touched(self._laid(ContactPerson, first))

    def add_contact_person(self, facts: PersonFacts, *, actor: Person, at: datetime) -> None:
        """Enter somebody who speaks for the customer."""
        row = self._laid(ContactPerson, facts)
        self.note("customer.contact_added", actor=actor, at=at, parts=[row], name=row.name)

    def record_delivery(self, facts: DeliveryFacts, *, actor: Person, at: datetime) -> None:
        """Enter goods shipped to the customer."""
        row = self._laid(Delivery, facts)
        self.note("customer.delivery_recorded", actor=actor, at=at, parts=[row], what=str(row))

    def _laid(self, model: Any, facts: Any) -> Any:
        row = self.new(model, customer_id=self.record.pk)
        facts.lay_on(row)
        return row


class LiveContact(Live):
    """A call, letter, mail, chat or visit."""

    def register(self, facts: ContactFacts, *, actor: Person, at: datetime) -> None:
        """Enter it; who enters it owns it."""
        contact = self.record
        contact.owner = actor
        facts.lay_on(contact)
        contact.topic = contact.topic or first_words(contact.text)
        with self.step("register", actor=actor, at=at) as run:
            say(run, contact)

    def convert(self, became_kind: str, became_number: str, *, actor: Person, at: datetime) -> None:
        """It has become a record of its own."""
        with self.step("convert", actor=actor, at=at) as run:
            self.record.became = f"{became_kind}:{became_number}"
            run.add_payload(what=kind_name(became_kind), into=became_number)

    def file(self, filed_as: str, analysis: str, *, actor: Person, at: datetime) -> None:
        """Nothing further comes of it."""
        with self.step("file", actor=actor, at=at) as run:
            self.record.filed_as, self.record.analysis = filed_as, analysis
            run.add_payload(filed_as=FILED_AS[filed_as], analysis=analysis)
