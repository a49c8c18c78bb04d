"""Sheets that were filled in without a network: taken once, a changed one is a conflict, what is late is kept."""

from __future__ import annotations

import hashlib
from typing import Any
from uuid import uuid4

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.registers.models import FormRecord
from tests.cast import Factory
from tests.desk import Office
from tests.registers.offline import WORK, Telephone, an_order
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
office = desks("2026-11-17 08:00")
ARRIVED = {"arrived_at": "2026-11-17T09:20"}


def telephone(office: Office, name: str = "peng") -> Telephone:
    """Somebody's telephone, with their orders on it."""
    desk = office.desk(name)
    found = Telephone(desk.client, desk.person.pk)
    found.take_along()
    return found


def events() -> list[str]:
    return list(Entry.objects.filter(kind="repair").order_by("sequence").values_list("event", flat=True))


def test_what_is_taken_along(office: Office) -> None:
    order = an_order(office.works)
    found = telephone(office).orders[order.number]
    assert (found["subject"], found["state"]) == ("厨房水管漏水 · 3 号楼 1202", "ordered")
    assert [step["verb"] for step in found["steps"]] == ["reappoint", "arrive", "finish"]
    finish = found["steps"][2]
    assert (finish["from"], finish["to"], finish["checked"]) == (["on-site"], "finished", ["checks"])
    assert "customer_signature" in finish["required"]
    assert telephone(office, "tao").orders == {}


def test_two_steps_are_taken_one_after_the_other(office: Office) -> None:
    order = an_order(office.works)
    phone = telephone(office)
    office.clock.at("2026-11-17 11:00")
    assert phone.send(phone.sheet(order.number, "arrive", ARRIVED)).json()["result"] == "taken"
    assert phone.send(phone.sheet(order.number, "finish", WORK)).json()["result"] == "taken"
    assert events() == ["repair.order", "repair.arrive", "repair.finish"]
    record = FormRecord.objects.get(kind="repair")
    assert (record.state, record.extra["arrived_at"]) == ("finished", "2026-11-17T01:20:00+00:00")
    assert record.rows.filter(part_kind="repair-check").count() == 5
    assert (verify().code, verify().fault) == (0, None)
