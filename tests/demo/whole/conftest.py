"""A demonstration company under the feedback procedure, for all tests of this folder, and who reads it."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import QueryDict

from huiyin.people.backends import load_person
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from tests.demo.made import AT, made

COMPLAINTS = 60


@pytest.fixture(scope="package")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Procedure]:
    with django_db_blocker.unblock(), made(complaints=COMPLAINTS) as (procedure, _):
        yield procedure


@pytest.fixture
def reader(company: Procedure, db: None) -> Any:
    """The request of an administrator, who sees the whole company."""
    person = load_person(Person.objects.get(username="admin").pk, at=AT)
    assert person is not None
    return SimpleNamespace(
        user=person, procedure=company, version=person.active_version_id, at=AT, path="/", GET=QueryDict()
    )
