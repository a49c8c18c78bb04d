"""One company for all attacks; what each does to it is rolled back behind it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.attacks.siege import Town, build
from tests.cast import PASSWORD, factory
from tests.desk import Clock, stopped


@pytest.fixture(scope="package")
def besieged(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Town]:
    with django_db_blocker.unblock(), transaction.atomic(), stopped("2026-11-16 11:00"):
        works = factory("base")
        for person in works.people.values():
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        yield build(works)
        transaction.set_rollback(True)


@pytest.fixture
def clock(db: Any) -> Iterator[Clock]:
    with stopped("2026-11-16 11:00") as clock:
        yield clock


@pytest.fixture
def town(besieged: Town, clock: Clock, settings: Any) -> Town:
    settings.TWO_FACTOR = "none"
    return besieged
