"""What is compiled gives the rows that Django gives, each with the same values and the same rows beside it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from huiyin.complaints.models import Complaint
from huiyin.obligations.models import Pause
from huiyin.obligations.queries import first_open_for
from huiyin.people.models import SavedView
from huiyin.records.comments import comment
from tests.cast import Factory
from tests.counting import Busy
from tests.database.both import differences, queries, told
from tests.desk import BACKEND, stopped
from tests.stage import stage

pytestmark = pytest.mark.django_db

base = stage("base")
OF_CASES = ("improvement.", "returns.", "registers.")


def test_of_a_complaint_and_what_every_record_has(base: Factory) -> None:
    with stopped("2026-11-18 09:00"):
        Busy(base)
        SavedView.objects.create(person=base.mei, list_key="complaints", name="漏油", query="q=漏油")
        Client().force_login(base.mei, backend=BACKEND)
        call = base.context("mei", "2026-11-18 08:00", submission=UUID(int=7))
        complaint = Complaint.objects.earliest("pk")
        comment(complaint, "请尽快", actor=base.mei, at=call.at, submission=call.submission)
        Pause.objects.create(kind="complaint", record_id=complaint.pk, key="asked", started_at=call.at)
        differing, reached = differences()
    assert differing == {}
    assert reached == {name for name in queries() if not name.startswith(OF_CASES)}


@pytest.mark.parametrize("name", ["mei", "lin", "shen"])
def test_of_what_one_owes(base: Factory, settings: Any, name: str) -> None:
    base.complaint()
    ways = []
    for is_on in (True, False):
        settings.COMPILED_QUERIES = is_on
        ways.append([told(row) for row in first_open_for(base.people[name], 10)])
    assert ways[0] == ways[1]
