"""A demonstration company under the feedback procedure, for all tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from huiyin.procedure.schema import Procedure
from tests.demo.made import made

COMPLAINTS = 60


@pytest.fixture(scope="package")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Procedure]:
    with django_db_blocker.unblock(), made(complaints=COMPLAINTS) as (procedure, _):
        yield procedure
