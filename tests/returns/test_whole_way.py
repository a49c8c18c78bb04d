"""A request from its making to its close: request, signature, shipment, receipt, return, disposal."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.relations.relations import linked_records
from huiyin.returns.actions import requesting, returning
from huiyin.returns.actions.values import DisposalEntry
from huiyin.returns.balance import balance_of
from tests.cast import Factory
from tests.returns.goods import GoodsTale, line
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def owed(tale: GoodsTale) -> list[str]:
    rows = Obligation.objects.filter(OPEN, kind="replacement", record_id=tale.record.pk)
    return sorted(rows.values_list("rule", flat=True))


def test_from_request_to_close(works: Factory) -> None:
    complaint = works.complaint()
    tale = GoodsTale(works, line("exchange", "3", serials="S1,S2，S3"), about=complaint)
    assert (tale.record.state, tale.record.number) == ("requested", "BH261116-01")
    assert owed(tale) == ["replacement-closing", "replacement-signature"]
    assert [one.record.number for one in linked_records(complaint, tale.context("lin").actor)] == ["BH261116-01"]
    tale.sign()
    assert (tale.record.state, tale.record.responsible.key) == ("signed", "production")
    assert owed(tale) == ["replacement-closing", "replacement-shipment"]
    first = tale.ship("2", freight=Decimal("35.50"), borne_by="company")
    assert owed(tale) == ["replacement-closing", "replacement-shipment", "shipment-receipt"]
    second = tale.ship("1")
    assert owed(tale) == ["replacement-closing", "shipment-receipt", "shipment-receipt"]
    tale.receive(first)
    tale.receive(second)
    tale.consent("3")
    (lot,) = tale.take_back("3")
    assert owed(tale) == ["replacement-closing", "returned-goods-inspection"]
    tale.inspect(lot, "1", "2")
    assert owed(tale) == ["replacement-closing", "returned-goods-disposal"]
    returning.dispose(
        lot,
        [DisposalEntry(True, "restock", Decimal(1)), DisposalEntry(False, "scrap", Decimal(1))],
        context=tale.context("lin"),
    )
    assert balance_of(tale.record).held == 1
    returning.dispose(lot, [DisposalEntry(False, "rework", Decimal(1))], context=tale.context("lin"))
    requesting.close(tale.record, "客户满意", context=tale.context("mei"))
    assert (tale.record.state, owed(tale)) == ("closed", [])
    events = Entry.objects.filter(kind="replacement").order_by("sequence").values_list("event", flat=True)
    assert list(events) == [
        "replacement.requested",
        "replacement.signed",
        "replacement.partly_shipped",
        "shipment.sent",
        "replacement.shipped",
        "shipment.sent",
        "shipment.received",
        "shipment.received",
        "replacement.consented",
        "replacement.goods_returned",
        "lot.arrived",
        "lot.inspected",
        "lot.partly_disposed",
        "lot.disposed",
        "replacement.closed",
    ]
    found = verify()
    assert (found.code, found.fault) == (0, None)


def test_urgent_goods_go_first_and_the_signature_stays_owed(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "3"))
    shipment = tale.ship_urgent("3")
    assert (tale.record.state, tale.record.urgent, tale.record.urgent_reason) == ("ahead", True, "客户停线")
    assert owed(tale) == ["late-signature", "replacement-closing", "shipment-receipt"]
    tale.receive(shipment)
    tale.sign(late=True)
    assert (tale.record.state, owed(tale)) == ("signed", ["replacement-closing"])
    requesting.close(tale.record, "", context=tale.context("mei"))
    assert verify().code == 0
