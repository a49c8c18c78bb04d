"""A factory with a customer who writes mails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from huiyin.channels.mails.ingest import IngestResult, ingest
from huiyin.customers.actions import register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.stage import stage

NOW = at("2026-11-16 09:30")


@dataclass
class Post:
    """The company's mailbox."""

    factory: Factory

    def take(self, raw: bytes, when: str = "2026-11-16 09:30") -> IngestResult:
        """Take a mail in."""
        return ingest(raw, procedure_id=self.factory.version, at=at(when))

    def customer(self, name: str, email: str, person: str = "李工") -> Customer:
        """A customer on file with one contact person."""
        return register_customer(
            CustomerFacts(name=name),
            procedure_id=self.factory.version,
            contact=ContactPersonFacts(name=person, email=email),
            context=StepContext(self.factory.mei, NOW),
        )


works = stage("base")


@pytest.fixture
def post(works: Factory, db: Any) -> Post:
    return Post(works)
