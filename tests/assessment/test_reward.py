"""Rewards: proposed with what speaks for them, decided by somebody else, booked with the sheet."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.assessment.actions import appeals, rewards
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced
from tests.cast import Factory
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("feedback")


def test_an_approved_reward_is_paid_with_the_sheet(works: Factory) -> None:
    week = AssessedWeek(works)
    reward = rewards.propose(week.sheet, works.peng, Decimal(100), "提出防错工装", context=week.context("qian"))
    assert (reward.state, reward.evidence) == ("proposed", "提出防错工装")
    week.until("quality_signed")
    with pytest.raises(Refused) as open_:
        week.take("signed")
    assert [r.show("zh") for r in open_.value.reasons] == ["还有奖励提议没有批复"]
    rewards.approve(reward, context=week.context("zong"))
    for name in ("signed", "handed_over"):
        week.take(name)
    assert balances() == {"彭师傅": "-100.00", "奖励支出": "100.00"}
    week.take("carried_out")
    assert balances() == {"奖励支出": "100.00", "工资扣发": "-100.00"}
    assert is_balanced()


def test_a_declined_reward_is_booked_nowhere(works: Factory) -> None:
    week = AssessedWeek(works)
    reward = rewards.propose(week.sheet, works.peng, Decimal(100), "提出防错工装", context=week.context("qian"))
    rewards.decline(reward, "属本职工作", context=week.context("zong"))
    week.until("handed_over")
    assert (reward.state, balances()) == ("declined", {})


def test_nobody_proposes_or_decides_for_themselves(works: Factory) -> None:
    week = AssessedWeek(works)
    with pytest.raises(Refused):
        rewards.propose(week.sheet, works.qian, Decimal(100), "我很努力", context=week.context("qian"))
    own = rewards.propose(week.sheet, works.peng, Decimal(100), "好", context=week.context("zong"))
    with pytest.raises(Refused) as proposer:
        rewards.approve(own, context=week.context("zong"))
    assert [r.show("zh") for r in proposer.value.reasons] == ["不能决定自己的事"]
    with pytest.raises(Refused):
        rewards.approve(own, context=week.context("qian"))
    with pytest.raises(Refused):
        rewards.propose(week.sheet, works.peng, Decimal(0), "好", context=week.context("zong"))


def test_there_is_no_appeal_against_a_reward(works: Factory) -> None:
    week = AssessedWeek(works)
    reward = rewards.propose(week.sheet, works.peng, Decimal(100), "提出防错工装", context=week.context("qian"))
    rewards.approve(reward, context=week.context("zong"))
    week.until("handed_over")
    reward.refresh_from_db()
    with pytest.raises(Refused):
        appeals.appeal(reward, "太少", context=week.context("peng"))


def test_the_only_general_manager_takes_back_their_own_proposal(works: Factory) -> None:
    """Nobody else can decide on it, and the sheet would wait for ever."""
    week = AssessedWeek(works)
    own = rewards.propose(week.sheet, works.peng, Decimal(100), "好", context=week.context("zong"))
    rewards.decline(own, "改为口头表扬", context=week.context("zong"))
    week.until("handed_over")
    assert (own.state, balances()) == ("declined", {})
