"""A factory with one customer on file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from huiyin.customers.actions import register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.stage import stage

NOW = at("2026-11-16 09:00")


@dataclass
class CustomerDesk:
    """The company, and shorthand to open files as one of its people."""

    factory: Factory

    def person(self, name: str) -> Person:
        """The person as a request loads them."""
        found = load_person(self.factory.people[name].pk, at=NOW)
        assert found is not None
        return found

    def customer(
        self, name: str = "宁波海川机电有限公司", *, contact: ContactPersonFacts | None = None, **facts: Any
    ) -> Customer:
        """A customer registered by Mei."""
        return register_customer(
            CustomerFacts(name=name, **facts),
            procedure_id=self.factory.version,
            contact=contact,
            context=StepContext(self.factory.mei, NOW),
        )


works = stage("base")


@pytest.fixture
def file(works: Factory, db: Any) -> CustomerDesk:
    return CustomerDesk(works)
