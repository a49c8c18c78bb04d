"""What is lost on the way is owed again, with a moment of its own, until it is sent or the customer forgoes it."""

from __future__ import annotations

import pytest

from huiyin.journal.models import Entry
from huiyin.obligations.models import OPEN, Obligation
from huiyin.returns.actions import shipping
from huiyin.returns.balance import balance_of
from tests.cast import Factory
from tests.returns.goods import GoodsTale, line
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def owed(tale: GoodsTale) -> list[str]:
    rules = ("replacement-shipment", "replacement-rest", "replacement-lost")
    rows = Obligation.objects.filter(OPEN, kind="replacement", record_id=tale.record.pk, rule__in=rules)
    return list(rows.order_by("id").values_list("rule", flat=True))


def test_a_part_that_is_lost_is_owed_again_until_it_is_sent(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "10"))
    tale.sign("10")
    sent = tale.ship("10")
    assert owed(tale) == []
    tale.receive(sent, "8")
    assert owed(tale) == ["replacement-lost"]
    assert Entry.objects.get(event="shipment.received").particulars["missing"] == "2.000"
    row = Obligation.objects.get(rule="replacement-lost")
    assert (row.clause, row.owner_department and row.owner_department.key) == ("4.4-2", "warehouse")
    assert row.base_at == tale.now
    again = tale.ship("2")
    assert owed(tale) == []
    tale.receive(again, "2")
    assert owed(tale) == []


def test_what_arrives_whole_owes_nothing(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "10"))
    tale.sign("10")
    first = tale.ship("4")
    tale.receive(first, "4")
    assert owed(tale) == ["replacement-shipment"]


def test_the_customer_may_forgo_it(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "10"))
    tale.sign("10")
    tale.receive(tale.ship("10"), "9")
    shipping.release_sending(tale.record, "客户说不用补了", context=tale.context("mei"))
    assert owed(tale) == []


def test_what_is_lost_ahead_of_the_signature_is_owed_with_it(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "3"))
    tale.receive(tale.ship_urgent("3"), "2")
    assert owed(tale) == []
    tale.sign("3", late=True)
    assert owed(tale) == ["replacement-rest"]


def test_what_is_forgone_twice_adds_up(works: Factory) -> None:
    """Three are not sent any more; of the seven sent two are lost, and the customer forgoes these too."""
    tale = GoodsTale(works, line("resupply", "10"))
    tale.sign("10")
    sent = tale.ship("7")
    shipping.release_sending(tale.record, "三件不用了", context=tale.context("mei"))
    tale.receive(sent, "5")
    assert owed(tale) == ["replacement-lost"]
    shipping.release_sending(tale.record, "丢的两件也不用了", context=tale.context("mei"))
    assert (tale.record.lines.get().not_sent, balance_of(tale.record).to_ship, owed(tale)) == (5, 0, [])
