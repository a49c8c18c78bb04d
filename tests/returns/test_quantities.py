"""What is refused because it does not add up, in whole sentences; nothing is saved then."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from huiyin.records.steps.refusals import Refused
from huiyin.returns.actions import requesting, returning, shipping
from huiyin.returns.actions.values import DispatchLine, DisposalEntry, ReturnedGoods, ShipmentInput
from huiyin.returns.balance import balance_of
from huiyin.returns.models import Consent, Disposal, Lot, Replacement, ShippedRow
from tests.cast import Factory
from tests.returns.goods import GoodsTale, line
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def refused(act: Callable[[], Any]) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return [reason.show("zh") for reason in found.value.reasons]


def test_no_more_than_the_complaint_speaks_of(works: Factory) -> None:
    complaint = works.complaint()
    known = {"about": complaint, "claimable": Decimal(10), "claimable_unit": "piece"}
    GoodsTale(works, line("exchange", "7"), **known)
    assert refused(lambda: GoodsTale(works, line("resupply", "4"), **known)) == [
        "申请数量合计 11 件，比投诉涉及数量（10 件）多 1 件"
    ]
    assert Replacement.objects.count() == 1
    withdrawn = GoodsTale(works, line("resupply", "3"), **known)
    requesting.withdraw(withdrawn.record, "客户自己有", context=withdrawn.context("mei"))
    GoodsTale(works, line("resupply", "3"), **known)
    assert Replacement.objects.count() == 3


def test_no_more_signed_than_asked_nor_sent_than_signed(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "3"))
    assert refused(lambda: tale.sign("4")) == ["签署数量合计 4 件，比HY-40 · B2611：申请数量（3 件）多 1 件"]
    tale.sign("2")
    assert refused(lambda: tale.ship("3")) == [
        "已发数量、不再发数量合计 3 件，比HY-40 · B2611：签署数量（2 件）多 1 件"
    ]
    assert (ShippedRow.objects.count(), balance_of(tale.record).to_ship) == (0, 2)


def test_a_late_signature_cannot_take_back_what_went(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "3"))
    tale.ship_urgent("3")
    assert refused(lambda: tale.sign("2", late=True)) == [
        "已发数量、不再发数量合计 3 件，比HY-40 · B2611：签署数量（2 件）多 1 件"
    ]


def test_what_does_not_arrive_is_owed_again(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "3"))
    tale.sign()
    shipment = tale.ship("3")
    assert refused(lambda: tale.receive(shipment, "4")) == [
        "客户签收数量合计 4 件，比HY-40 · B2611：已发数量（3 件）多 1 件"
    ]
    tale.receive(shipment, "2")
    balance = balance_of(tale.record)
    assert (balance.lines[0].lost, balance.to_ship) == (1, 1)
    assert refused(lambda: requesting.close(tale.record, "", context=tale.context("mei"))) == [
        "HY-40 · B2611还有 1 件 没有发出"
    ]
    shipping.release_sending(tale.record, "客户不要了", context=tale.context("mei"))
    requesting.close(tale.record, "", context=tale.context("mei"))
    assert tale.record.state == "closed"


def test_nothing_comes_back_without_consent_nor_more_than_agreed(works: Factory) -> None:
    tale = GoodsTale(works, line("return", "3", serials="S1 S2 S3"))
    tale.sign()
    assert refused(lambda: tale.take_back("1")) == ["客户还没有同意退货，或已收齐"]
    assert refused(lambda: tale.consent("4")) == ["客户同意退回数量合计 4 件，比HY-40 · B2611：签署数量（3 件）多 1 件"]
    tale.consent("2")
    assert refused(lambda: tale.take_back("3")) == [
        "收回数量合计 3 件，比HY-40 · B2611：客户同意退回数量（2 件）多 1 件"
    ]
    strange = [ReturnedGoods(tale.lines()[0], Decimal(1), "完好", "S9")]
    assert refused(lambda: returning.take_back(tale.record, strange, context=tale.context("ku"))) == [
        "序列号 S9 不在申请之列"
    ]
    assert (Consent.objects.count(), Lot.objects.count()) == (1, 0)


def test_of_a_lot_nothing_is_lost(works: Factory) -> None:
    tale = GoodsTale(works, line("return", "3"))
    tale.sign()
    tale.consent("3")
    (lot,) = tale.take_back("3")
    assert refused(lambda: tale.inspect(lot, "1", "1")) == ["合格数量、不合格数量合计 2 件，比收回数量（3 件）少 1 件"]
    tale.inspect(lot, "1", "2")
    lot.refresh_from_db()
    too_many = [DisposalEntry(False, "scrap", Decimal(3))]
    assert refused(lambda: returning.dispose(lot, too_many, context=tale.context("lin"))) == [
        "不合格品处置合计 3 件，比不合格数量（2 件）多 1 件"
    ]
    assert refused(lambda: requesting.close(tale.record, "", context=tale.context("mei"))) == [
        "HY-40 · B2611收回的还有 3 件 没有处置"
    ]
    assert Disposal.objects.count() == 0


def test_serial_numbers_are_counted(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "2"))
    tale.sign()
    row = tale.lines()[0]
    for written, sentence in (("A1 A1", "序列号 A1 写了两次"), ("A1,A2,A3", "序列号有 3 个，多于数量 2 件")):
        dispatch = ShipmentInput((DispatchLine(row, Decimal(2), written),))
        assert refused(lambda d=dispatch: shipping.ship(tale.record, d, context=tale.context("ku"))) == [sentence]
    assert refused(lambda: tale.ship("0")) == ["请至少写一项数量"]


def test_who_signs_ships_and_inspects(works: Factory) -> None:
    tale = GoodsTale(works, line("exchange", "1"))
    assert refused(lambda: tale.ship("1")) == ["现在处于“待签署”，不能“补发货物”"]
    tale.sign()
    assert refused(lambda: tale.ship("1", by="mei")) == ["这一步由仓储物流科、制造部物流办理"]
    assert refused(lambda: requesting.withdraw(tale.record, "x", context=tale.context("lin"))) == [
        "这一步由申请人、营销支持科办理"
    ]


def test_a_line_that_only_takes_back_sends_nothing_and_the_other_way_round(works: Factory) -> None:
    tale = GoodsTale(works, line("return", "3"), line("resupply", "3", model="HY-50"))
    tale.sign()
    assert refused(lambda: tale.ship("1", "1")) == [
        "已发数量、不再发数量合计 1 件，比HY-40 · B2611：应发数量（0 件）多 1 件"
    ]
    assert refused(lambda: tale.consent("1", "1")) == [
        "客户同意退回数量合计 1 件，比HY-50 · B2611：应退数量（0 件）多 1 件"
    ]
    tale.consent("1", "0")
    assert refused(lambda: tale.take_back("1", "1")) == [
        "收回数量合计 1 件，比HY-50 · B2611：客户同意退回数量（0 件）多 1 件",
        "收回数量、不再退回数量合计 1 件，比HY-50 · B2611：应退数量（0 件）多 1 件",
    ]
    assert (ShippedRow.objects.count(), Lot.objects.count()) == (0, 0)
