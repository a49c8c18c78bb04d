"""Every page of a case, opened and sent by the people of the factory."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.sections import SECTIONS
from tests.cast import Factory, factory
from tests.desk import Office, stopped
from tests.improvement import cases

pytestmark = pytest.mark.django_db


@pytest.fixture
def works() -> Factory:
    return factory("base")


@pytest.fixture
def office(works: Factory) -> Any:
    with stopped("2026-12-14 10:00") as clock:
        yield Office(works, clock)


@pytest.mark.parametrize("last", cases.WAY, ids=lambda one: one.__name__)
def test_a_case_is_read_and_written_at_every_stage(works: Factory, office: Office, last: Any) -> None:
    problem = cases.through(works, last)
    lin = office.desk("lin")
    pages = [
        lin.get(f"/problems/{problem.number}{rest}") for rest in ("", *(f"/{one.key}" for one in SECTIONS))
    ]
    assert [page.status for page in pages] == [200] * 10
