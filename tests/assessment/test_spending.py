"""Freight and losses that requests for goods have on record stand on the sheet as a proposal for logistics (P2 5.1)."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.assessment.actions import making
from huiyin.assessment.actions.making import CostInput
from huiyin.assessment.models import Assessment
from huiyin.journal.verification import verify
from huiyin.returns.actions import money, requesting
from huiyin.returns.actions.values import LossEntry
from tests.assessment.weeks import WEEK, AssessedWeek, late_task
from tests.cast import Factory
from tests.returns.goods import GoodsTale
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def items(sheet: Assessment) -> list[tuple[str, str, str | None, str | None, bool]]:
    rows = sheet.items.select_related("department").order_by("id")
    return [
        (
            i.case_number,
            i.department.key,
            None if i.freight is None else str(i.freight),
            None if i.loss is None else str(i.loss),
            i.proposed,
        )
        for i in rows
    ]


def shipped(works: Factory, freight: str = "333.33", **more: str) -> GoodsTale:
    tale = GoodsTale(works)
    tale.sign("3")
    tale.ship("3", freight=Decimal(freight), **more)
    return tale


def test_freight_of_a_shipment_is_proposed_for_the_department_signed(works: Factory) -> None:
    tale = shipped(works)
    week = AssessedWeek(works)
    assert items(week.sheet) == [(tale.record.number, "production", "333.33", "0.00", True)]
    assert [str(c.amount) for c in week.sheet.charges.all()] == ["43.33"]
    assert str(week.allotment().amount) == "173.34"
    assert verify().code == 0


def test_logistics_has_the_last_word(works: Factory) -> None:
    shipped(works)
    week = AssessedWeek(works)
    week.until("sent")
    week.costs(freight="80")
    assert [row[2:] for row in items(week.sheet)] == [("80.00", "0.00", False)]
    week.take("returned")
    making.recount(week.sheet, context=week.context("lin"))
    assert [row[2:] for row in items(week.sheet)] == [("80.00", "0.00", False)]


def test_a_request_made_for_a_complaint_counts_as_the_complaints(works: Factory) -> None:
    story = late_task(works)
    tale = GoodsTale(works, about=story.complaint)
    tale.sign("3")
    tale.ship("3", freight=Decimal(120))
    assert items(AssessedWeek(works).sheet) == [(story.complaint.number, "production", "120.00", "0.00", True)]


def test_what_a_carrier_or_the_company_bears_is_nobodys(works: Factory) -> None:
    shipped(works, borne_by="carrier")
    shipped(works, borne_by="company")
    assert items(AssessedWeek(works).sheet) == []


def test_each_cost_is_counted_once_and_later_ones_in_their_week(works: Factory) -> None:
    tale = shipped(works)
    AssessedWeek(works)
    money.record_loss(
        tale.record, LossEntry("material", Decimal(70), "", ""), context=works.context("ku", "2026-11-25 09:00")
    )
    later = AssessedWeek(works, WEEK.next, "2026-11-30 09:00")
    assert items(later.sheet) == [(tale.record.number, "production", "0.00", "70.00", True)]
    assert items(AssessedWeek(works, WEEK.next.next, "2026-12-07 09:00").sheet) == []


def test_goods_sent_ahead_of_the_signature_count_when_it_is_there(works: Factory) -> None:
    tale = GoodsTale(works)
    tale.ship_urgent("3")
    money.record_loss(
        tale.record, LossEntry("freight", Decimal(50), "", ""), context=works.context("ku", "2026-11-17 09:00")
    )
    week = AssessedWeek(works)
    assert items(week.sheet) == []
    tale.now = week.context("lin").at
    tale.sign("3", late=True)
    making.recount(week.sheet, context=week.context("lin", "2026-11-23 10:00"))
    assert items(week.sheet) == [(tale.record.number, "production", "50.00", "0.00", True)]


def test_a_withdrawn_sheet_counts_nothing(works: Factory) -> None:
    tale = shipped(works)
    week = AssessedWeek(works)
    making.withdraw(week.sheet, "选错", context=week.context("qian"))
    assert items(AssessedWeek(works).sheet) == [(tale.record.number, "production", "333.33", "0.00", True)]


def test_what_logistics_entered_elsewhere_is_not_proposed_again(works: Factory) -> None:
    tale = shipped(works, freight="100")
    week = AssessedWeek(works)
    week.until("sent")
    entered = CostInput(Decimal(140), Decimal(0), "含返程")
    making.add_costs(week.sheet, {i.pk: entered for i in week.sheet.items.all()}, context=week.context("ku"))
    money.record_loss(
        tale.record, LossEntry("freight", Decimal(60), "", ""), context=works.context("ku", "2026-11-25 09:00")
    )
    later = AssessedWeek(works, WEEK.next, "2026-11-30 09:00")
    assert items(later.sheet) == [(tale.record.number, "production", "20.00", "0.00", True)]


def test_what_was_spent_on_a_request_that_was_withdrawn_is_nobodys(works: Factory) -> None:
    tale = GoodsTale(works)
    tale.sign("3")
    money.record_loss(tale.record, LossEntry("labour", Decimal(70), "", "备货"), context=tale.context("ku"))
    requesting.withdraw(tale.record, "客户自己有", context=tale.context("mei"))
    assert (tale.record.phase, items(AssessedWeek(works).sheet)) == ("void", [])
