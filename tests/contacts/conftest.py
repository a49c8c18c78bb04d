"""A factory that speaks with its customers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.channels.mails.ingest import ingest
from huiyin.contacts.actions import register
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers.actions import register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts as PersonFacts
from huiyin.customers.values import CustomerFacts
from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.stage import stage

NOW = "2026-11-16 09:30"


@dataclass
class ContactDesk:
    """The company, and shorthand for what its people do with contacts."""

    factory: Factory

    def person(self, name: str) -> Person:
        """The person as a request loads them."""
        found = load_person(self.factory.people[name].pk, at=at(NOW))
        assert found is not None
        return found

    def context(self, name: str = "mei", when: str = NOW, **how: Any) -> StepContext:
        """As ``name`` at ``when``."""
        return StepContext(self.person(name), at(when), **how)

    def call(self, name: str = "mei", when: str = NOW, **facts: Any) -> Contact:
        """A telephone call that ``name`` registers."""
        uploads = facts.pop("uploads", ())
        given: dict[str, Any] = {
            "channel": "telephone",
            "happened_at": at("2026-11-16 09:25"),
            "party_name": "周厂长",
            "party_phone": "13900001111",
            "text": "接头处漏油，问何时来人。",
        } | facts
        return register(
            ContactFacts(**given),
            procedure_id=self.factory.version,
            uploads=uploads,
            context=self.context(name, when),
        )

    def mail(self, raw: bytes, when: datetime | None = None) -> Contact:
        """A mail that arrives."""
        return ingest(raw, procedure_id=self.factory.version, at=when or at(NOW)).contact

    def customer(self, name: str = "宁波海川机电有限公司", email: str = "li@haichuan.example") -> Customer:
        """A customer with one contact person."""
        return register_customer(
            CustomerFacts(name=name),
            procedure_id=self.factory.version,
            contact=PersonFacts(name="李工", email=email, mobile="13912345678"),
            context=StepContext(self.factory.mei, at(NOW)),
        )

    def browser(self, name: str = "mei") -> Client:
        """The pages as ``name`` sees them."""
        client = Client()
        client.force_login(self.factory.people[name])
        return client


def picture(name: str = "a.png") -> SimpleUploadedFile:
    """A picture from a telephone."""
    from tests.channels.mail.letters import PNG

    return SimpleUploadedFile(name, PNG, "image/png")


works = stage("base")


@pytest.fixture
def desk(works: Factory, db: Any) -> ContactDesk:
    return ContactDesk(works)
