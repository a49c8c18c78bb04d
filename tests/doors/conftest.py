"""One company for both questions, who may open what and what stands there: each page is asked for once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.cast import NOON
from tests.desk import stopped
from tests.doors.grown import Grown, told
from tests.secrets import staffed


@pytest.fixture(scope="package")
def grown(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Grown]:
    with django_db_blocker.unblock(), transaction.atomic(), stopped(NOON):
        company = staffed()
        before = {name: told(company, name) for name in ("ke", "bai", "root")}
        company.open()
        yield Grown(company, before)
        transaction.set_rollback(True)


@pytest.fixture
def seen(grown: Grown, db: Any, settings: Any) -> Iterator[Grown]:
    """The company at noon; what a test does to it is rolled back behind the test."""
    settings.TWO_FACTOR = "none"
    with stopped(NOON):
        yield grown
