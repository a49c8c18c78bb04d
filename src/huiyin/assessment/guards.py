"""The conditions that packs may put before the steps of an assessment; each answers with nothing or with reasons."""

from __future__ import annotations

from typing import Any

from huiyin.assessment import vocabulary  # noqa: F401 - the guards whose code stands here are declared there
from huiyin.assessment.models import SETTLED, Allotment, Appeal, Charge, Item
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.vocabulary import check
from huiyin.records.steps.conditions import GuardContext, applicability


def _some(s: GuardContext, name: str, rows: Any) -> bool:
    return bool(s.once(name, rows.exists))


@check("assessment", "every_cost_entered")
def every_cost_entered(s: GuardContext) -> bool:
    open_ones = Item.objects.filter(assessment_id=s.record.pk, freight=None) | Item.objects.filter(
        assessment_id=s.record.pk, loss=None
    )
    return not _some(s, "without_cost", open_ones)


@check("assessment", "payers_named")
def payers_named(s: GuardContext) -> bool:
    return not _some(
        s,
        "unnamed",
        Charge.objects.filter(assessment_id=s.record.pk, person=None).exclude(charge=Charge.BORNE),
    )


@check("assessment", "rewards_decided")
def rewards_decided(s: GuardContext) -> bool:
    return not _some(s, "proposed", Charge.objects.filter(assessment_id=s.record.pk, state="proposed"))


@check("assessment", "signers_differ")
def signers_differ(s: GuardContext) -> bool:
    return s.actor is None or s.record.quality_by_id != s.actor.pk


@check("assessment", "everything_divided")
def everything_divided(s: GuardContext) -> bool:
    rows = Allotment.objects.filter(assessment_id=s.record.pk).exclude(state__in=SETTLED)
    return not _some(s, "undivided", rows)


@check("assessment", "no_open_appeal")
def no_open_appeal(s: GuardContext) -> bool:
    rows = Appeal.objects.filter(assessment_id=s.record.pk, decision="")
    return not _some(s, "appealed", rows)


@check("charge", "decider_differs")
def decider_differs(s: GuardContext) -> bool:
    """Neither who is charged or rewarded nor who proposed it, nor the head of the department that bears it."""
    if s.actor is None:
        return True
    if s.part.person_id is None and _heads(s.actor, s.part):
        return False
    return s.actor.pk not in (s.part.person_id, s.part.proposed_by_id)


@check("allotment", "decider_differs")
def head_does_not_decide(s: GuardContext) -> bool:
    return s.actor is None or not _heads(s.actor, s.part)


def _heads(person: Person, part: Charge | Allotment) -> bool:
    return person.is_head and person.department_id == part.department_id


@applicability("charge.approve", "charge.decline")
def sheet_is_being_made(s: GuardContext) -> Text | None:
    """A reward is decided until the sheet is signed by both."""
    if s.record.state in ("compiled", "sent", "returned", "quality_signed"):
        return None
    return t("统计表已经签字", "The sheet is signed already")


@applicability("charge.appeal", "allotment.appeal")
def can_be_appealed(s: GuardContext) -> Text | None:
    """Against a charge or a department's sum, not a reward, while the money is not yet with payroll."""
    if s.part.part_kind == "charge" and s.part.is_reward:
        return t("奖励没有申诉", "There is no appeal against a reward")
    if s.record.closed_at is not None:
        return t("财务已经执行，请与财务联系", "Finance has carried it out; speak to finance")
    return None
