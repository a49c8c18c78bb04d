"""Goods sent and disposed of by several people in one moment:
whoever comes last ends the duty, and nothing goes twice.
"""

from __future__ import annotations

from decimal import Decimal

from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.refusals import Refused
from huiyin.returns.actions import returning, shipping
from huiyin.returns.actions.values import DisposalEntry
from huiyin.returns.balance import balance_of
from huiyin.returns.models import Disposal, Lot, Replacement, ShippedRow
from tests.cast import Factory
from tests.faults.conftest import at_once
from tests.returns.goods import GoodsTale, line


def owed(record: Replacement) -> list[str]:
    rows = Obligation.objects.filter(OPEN, kind="replacement", record_id=record.pk).order_by("rule")
    return sorted(set(rows.values_list("rule", flat=True)))


def signed(works: Factory, way: str = "resupply") -> GoodsTale:
    """Two pieces are signed and nothing has gone or come yet."""
    tale = GoodsTale(works, line(way, "2"))
    tale.sign()
    return tale


def test_two_shipments_of_one_piece_each_end_the_duty(works: Factory) -> None:
    """Each by itself is a part of what is to go; together they are all of it."""
    tale = signed(works)
    assert "replacement-shipment" in owed(tale.record)
    sents = [tale.context("ku"), tale.context("ku")]

    def act(n: int) -> int:
        mine = Replacement.objects.get(pk=tale.record.pk)
        return shipping.ship(mine, tale.dispatch("1"), context=sents[n]).place

    assert sorted(at_once(2, act)) == [1, 2]
    record = Replacement.objects.get(pk=tale.record.pk)
    assert (balance_of(record).to_ship, ShippedRow.objects.count()) == (0, 2)
    assert owed(record) == ["replacement-closing", "shipment-receipt"]


def test_of_two_shipments_of_everything_one_goes(works: Factory) -> None:
    tale = signed(works)
    sents = [tale.context("ku"), tale.context("ku")]

    def act(n: int) -> int:
        mine = Replacement.objects.get(pk=tale.record.pk)
        return shipping.ship(mine, tale.dispatch("2"), context=sents[n]).place

    found = at_once(2, act)
    assert sorted(type(one).__name__ for one in found) == ["Refused", "int"]
    assert sum(row.quantity for row in ShippedRow.objects.all()) == 2


def test_two_disposals_of_one_piece_each_end_the_lot(works: Factory) -> None:
    tale = signed(works, "return")
    tale.consent("2")
    lot = tale.take_back("2")[0]
    tale.inspect(lot, "0", "2")
    sents = [tale.context("lin") for _ in range(3)]

    def act(n: int) -> int:
        mine = Lot.objects.get(pk=lot.pk)
        return len(returning.dispose(mine, [DisposalEntry(False, Disposal.SCRAP, Decimal(1))], context=sents[n]))

    found = at_once(3, act)
    assert sorted(type(one).__name__ for one in found) == ["Refused", "int", "int"]
    assert next(one for one in found if isinstance(one, Refused)).reasons
    lot.refresh_from_db()
    assert (lot.state, Disposal.objects.count()) == ("disposed", 2)
    assert "returned-goods-disposal" not in owed(tale.record)
