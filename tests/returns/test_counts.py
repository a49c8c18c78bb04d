"""How often the pages of this room ask the database: no more for many parts than for one."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.returns.actions import money
from huiyin.returns.actions.values import LossEntry
from tests.cast import Factory
from tests.desk import Desk, Office
from tests.returns.goods import GoodsTale, line
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("feedback")
office = desks("2026-11-18 11:00")
MOST = {"record": 20, "list": 6, "losses": 6, "takes": 6}


def asked(desk: Desk, path: str) -> int:
    desk.get(path)  # what is learned once
    with CaptureQueriesContext(connection) as seen:
        assert desk.get(path).status == 200
    return len(seen)


def busy(works: Factory, times: int) -> GoodsTale:
    """A request with so many of every part."""
    complaint = works.complaint(complained_quantity=100)
    goods = [line("exchange", "9", model=f"HY-{n}") for n in range(times)]
    tale = GoodsTale(works, *goods, about=complaint)
    tale.sign()
    for _ in range(times):
        tale.receive(tale.ship(*["1"] * times, freight=Decimal(5)))
        tale.consent(*["1"] * times)
        for lot in tale.take_back(*["1"] * times):
            tale.inspect(lot, "0", "1")
        money.award(tale.record, Decimal(500), "停线", context=tale.context("mei"))
        money.record_loss(tale.record, LossEntry("labour", Decimal(80)), context=tale.context("mei"))
    return tale


def test_a_request_asks_alike_for_one_part_and_for_many(works: Factory, office: Office) -> None:
    lin = office.desk("lin")
    one = asked(lin, f"/replacements/{busy(works, 1).record.number}")
    many = asked(lin, f"/replacements/{busy(works, 3).record.number}")
    assert (one, one <= MOST["record"]) == (many, True)


def test_lists_ask_alike_for_one_row_and_for_many(works: Factory, office: Office) -> None:
    lin = office.desk("lin")
    paths = {"list": "/replacements/", "losses": "/replacements/losses", "takes": "/stock-takes/"}
    busy(works, 1)
    one = {name: asked(lin, path) for name, path in paths.items()}
    for _ in range(3):
        busy(works, 1)
    assert {name: asked(lin, path) for name, path in paths.items()} == one
    assert {name: count for name, count in one.items() if count > MOST[name]} == {}


def test_a_complaint_to_which_nothing_is_tied_does_not_ask_for_ties(works: Factory, office: Office) -> None:
    complaint = works.complaint()
    desk = office.desk("lin")
    path = f"/complaints/{complaint.number}"
    desk.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert "相关记录" in desk.get(path).text
    assert [query["sql"] for query in seen if "records_link" in query["sql"]] == []
    assert len(seen) <= 12
