"""A joint stock-take: each enters their own count, the verdict follows by rule, three people sign."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.signatures import sign
from huiyin.records.steps.refusals import Refused
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")
WHO = {"book": "fang", "card": "ku", "goods": "lin"}
ROLES = {"fang": "finance", "ku": "warehouse", "lin": "quality"}


def opened(works: Factory, claimed: str = "3") -> StockTake:
    wanted = StockTakeFacts("密封圈", "piece", "少发三件", Decimal(claimed), "秦川传动")
    return stocktaking.open_take(wanted, procedure_id=works.version, context=works.context("lin", "2026-11-16 09:00"))


def counted(works: Factory, take: StockTake, **counts: str) -> None:
    for what, amount in counts.items():
        stocktaking.count(take, what, Decimal(amount), context=works.context(WHO[what], "2026-11-16 10:00"))


def signed(works: Factory, take: StockTake, *names: str) -> None:
    for name in names:
        sign(take, ROLES[name], actor=works.people[name], at=at("2026-11-16 11:00"))


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return [reason.show("zh") for reason in found.value.reasons]


def settle(works: Factory, take: StockTake) -> Any:
    return lambda: stocktaking.settle(take, "三方在场", context=works.context("lin", "2026-11-16 12:00"))


@pytest.mark.parametrize(
    ("goods", "verdict"), [("103", "quality"), ("100", "customer"), ("101", "warehouse"), ("97", "warehouse")]
)
def test_the_verdict_follows_the_figures(works: Factory, goods: str, verdict: str) -> None:
    take = opened(works)
    counted(works, take, book="100", card="90", goods=goods)
    assert take.verdict == verdict
    signed(works, take, "fang", "ku", "lin")
    settle(works, take)()
    owed = Obligation.objects.filter(OPEN, kind="stock-take", record_id=take.pk)
    assert (take.state, owed.count(), verify().code) == ("settled", 0, 0)


def test_what_keeps_it_from_being_final(works: Factory) -> None:
    take = opened(works)
    counted(works, take, book="100", card="100")
    assert refused(settle(works, take)) == [
        "实物数还没有填报",
        "财务部还没有在现在的数字上签字",
        "质量部还没有在现在的数字上签字",
        "仓储物流科、制造部物流还没有在现在的数字上签字",
    ]
    counted(works, take, goods="103")
    signed(works, take, "fang", "ku")
    assert refused(settle(works, take)) == ["质量部还没有在现在的数字上签字"]


def test_a_corrected_count_makes_signatures_void(works: Factory) -> None:
    take = opened(works)
    counted(works, take, book="100", card="100", goods="103")
    signed(works, take, "fang", "ku", "lin")
    counted(works, take, book="103")
    assert take.verdict == "customer"
    assert refused(settle(works, take)) == [
        "财务部还没有在现在的数字上签字",
        "质量部还没有在现在的数字上签字",
        "仓储物流科、制造部物流还没有在现在的数字上签字",
    ]
    signed(works, take, "fang", "ku", "lin")
    settle(works, take)()
    assert take.state == "settled"


def test_three_signatures_are_of_three_people(works: Factory) -> None:
    take = opened(works)
    counted(works, take, book="100", card="100", goods="103")
    for role in ROLES.values():
        sign(take, role, actor=works.lin, at=at("2026-11-16 11:00"))
    assert refused(settle(works, take)) == ["三方签字须是三个人"]


def test_each_count_belongs_to_its_function(works: Factory) -> None:
    take = opened(works)
    for what, stranger, whose in (("book", "ku", "财务部"), ("card", "fang", "仓储物流科、制造部物流")):
        sent = works.context(stranger, "2026-11-16 10:00")
        assert refused(lambda w=what, s=sent: stocktaking.count(take, w, Decimal(1), context=s)) == [
            f"这一步由{whose}办理"
        ]


def test_a_claim_of_nothing_is_none(works: Factory) -> None:
    assert refused(lambda: opened(works, "0")) == ["请写明客户所称的差额，不能是零"]
    assert StockTake.objects.count() == 0


def test_it_can_be_cancelled(works: Factory) -> None:
    take = opened(works)
    stocktaking.cancel(take, "客户找到了", context=works.context("lin", "2026-11-16 10:00"))
    assert (take.state, Obligation.objects.filter(OPEN, kind="stock-take").count()) == ("cancelled", 0)
