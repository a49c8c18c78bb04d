"""A factory set up once for all tests of a file; what each test does to it is rolled back behind the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.cast import Factory, factory
from tests.desk import Office, stopped


def stage(key: str, when: str = "2026-01-05 08:00") -> Any:
    """A fixture with the company of one pack, adopted at ``when`` (site time): ``works = stage("feedback")`` atop a
    file.

    For files of ``django_db`` tests, not of ``transaction=True``: those empty the database.
    """

    @pytest.fixture(scope="module")
    def works(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Factory]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield factory(key, when)
            transaction.set_rollback(True)

    return works


def prepared(make: Callable[[Factory], Any]) -> Any:
    """A fixture with what ``make`` gives of ``works``, made once for the file: ``three = prepared(three_complaints)``.

    What a test does to the rows is rolled back behind it, what it does to the objects it got is not: it reads them, or
    loads its own.
    """

    @pytest.fixture(scope="module")
    def made(works: Factory, django_db_blocker: Any) -> Iterator[Any]:
        with django_db_blocker.unblock(), transaction.atomic():
            yield make(works)
            transaction.set_rollback(True)

    return made


def desks(start: str = "2026-11-16 09:00") -> Any:
    """A fixture with a desk for each of the people of ``works``; the clock of their requests stands at ``start``."""

    @pytest.fixture
    def office(works: Factory, db: Any) -> Iterator[Office]:
        with stopped(start) as clock:
            yield Office(works, clock)

    return office
