"""Compensation goes up level by level; nothing is promised before it is approved."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.steps.authority import approval_chain, deciding_role
from huiyin.records.steps.refusals import Refused
from huiyin.returns.actions import money, requesting
from huiyin.returns.models import Award
from tests.cast import Factory, day, pack
from tests.returns.goods import GoodsTale, line
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("complaint-measures")


@pytest.mark.parametrize(
    ("key", "amount", "above", "way", "decides"),
    [
        ("base", 1000, 0, ["head"], "任一部门负责人"),
        ("base", 1001, 0, ["head", "management"], "管理部"),
        ("feedback", 2000, 0, ["head"], "任一部门负责人"),
        ("feedback", 2001, 2000, ["management"], "总经理"),
        ("complaint-measures", 20000, 0, ["head", "office.head"], "总经理室生产管理组负责人"),
        ("complaint-measures", 20001, 5000, ["office.head", "management"], "总经理室"),
        ("communication", 3000, 0, ["reception.head"], "供销部负责人"),
        ("base", 500, 1000, [], "任一部门负责人"),
        ("base", 500, None, [], "任一部门负责人"),
    ],
)
def test_the_way_up(key: str, amount: int, above: int | None, way: list[str], decides: str) -> None:
    procedure = pack(key)
    limit = None if above is None else Decimal(above)
    assert approval_chain(Decimal(amount), limit, procedure) == way
    if decides != "管理部":
        assert deciding_role(Decimal(amount), procedure).show("zh") == decides


def owed(row: Award) -> list[tuple[str, str]]:
    rows = Obligation.objects.filter(OPEN, part=row.part_key)
    return [(o.rule, o.owner_department.key if o.owner_department else "") for o in rows]


def refused(act: object) -> list[str]:
    with pytest.raises(Refused) as found:
        act()  # type: ignore[operator]
    return [reason.show("zh") for reason in found.value.reasons]


def test_three_levels_one_after_the_other(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "1"))
    row = money.award(tale.record, Decimal(30000), "停线两天", context=tale.context("mei"))
    assert (row.state, row.waits_for, owed(row)) == (
        "requested",
        "head",
        [("award-decision-head", "reception")],
    )
    assert refused(lambda: money.promise(row, "周厂长", day("2026-11-17"), context=tale.context("mei"))) == [
        "还没有任一部门负责人的批准，不能答应客户"
    ]
    assert refused(lambda: money.approve(row, "", context=tale.context("song"))) == [
        "金额超过您的权限，须由总经理室批准"
    ]
    money.endorse(row, "属实", context=tale.context("song"))
    assert (row.waits_for, owed(row)) == ("office.head", [("award-decision-above-office", "office")])
    assert refused(lambda: money.endorse(row, "", context=tale.context("shen"))) == [
        "现在由总经理室生产管理组负责人审批"
    ]
    money.endorse(row, "同意", context=tale.context("bai"))
    assert (row.waits_for, owed(row)) == ("management", [("award-decision-above", "management")])
    money.approve(row, "同意", context=tale.context("zong"))
    assert (row.state, [step["who"] for step in row.endorsed]) == ("approved", ["head", "office.head"])
    money.promise(row, "周厂长", day("2026-11-17"), context=tale.context("mei"))
    assert owed(row) == [("award-payment", "office")]
    money.pay(row, day("2026-11-20"), "凭证 12", context=tale.context("bai"))
    assert (row.state, owed(row), verify().code) == ("paid", [], 0)


def test_within_ones_own_limit_it_is_approved_at_once(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "1"))
    row = money.award(tale.record, Decimal(5000), "停线", context=tale.context("song"))
    assert (row.state, row.decided_by, owed(row)) == (
        "approved",
        works.song,
        [("award-promise", "reception")],
    )


def test_nobody_decides_their_own_request(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "1"))
    row = money.award(tale.record, Decimal(6000), "停线", context=tale.context("song"))
    assert row.waits_for == "office.head"
    assert refused(lambda: money.endorse(row, "", context=tale.context("song")))[0] == "不能批准自己的申请"
    money.deny(row, "不成立", context=tale.context("zong"))
    assert (row.state, owed(row)) == ("denied", [])


def test_an_open_award_keeps_the_request_open(works: Factory) -> None:
    tale = GoodsTale(works, line("resupply", "1"))
    tale.sign()
    tale.receive(tale.ship("1", by="mei"))
    row = money.award(tale.record, Decimal(100), "误工", context=tale.context("song"))
    assert refused(lambda: requesting.close(tale.record, "", context=tale.context("mei"))) == [
        "赔偿 100.00 CNY 还没有了结"
    ]
    money.drop(row, "客户不要了", context=tale.context("mei"))
    requesting.close(tale.record, "", context=tale.context("mei"))
    assert tale.record.state == "closed"


def test_a_request_with_open_compensation_is_not_denied(works: Factory) -> None:
    """Else the decision on the compensation would stay owed on a request that has ended."""
    tale = GoodsTale(works, line("resupply", "1"))
    row = money.award(tale.record, Decimal(30000), "停线两天", context=tale.context("mei"))
    assert refused(lambda: requesting.deny(tale.record, "不是我们的", context=tale.context("lin"))) == [
        "赔偿 30,000.00 CNY 还没有了结"
    ]
    money.drop(row, "客户不要了", context=tale.context("mei"))
    requesting.deny(tale.record, "不是我们的", context=tale.context("lin"))
    assert (tale.record.state, Obligation.objects.filter(OPEN, kind="replacement").count()) == ("denied", 0)
