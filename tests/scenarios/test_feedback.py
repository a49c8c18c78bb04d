"""P2, the feedback procedure, from intake (4.1) to the technical answer (4.8),
each step by the department whose it is.
"""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import answering, ending, intake, judging, remedies, tasks
from huiyin.complaints.actions.values import (
    Assignment,
    DemandInput,
    Judgement,
    PlannedMeasure,
    PromiseInput,
    RemedyInput,
)
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, day
from tests.stage import stage
from tests.story import granted

pytestmark = pytest.mark.django_db
works = stage("feedback")


def owed(complaint: Complaint, rule: str) -> Obligation:
    return Obligation.objects.get(kind="complaint", record_id=complaint.pk, rule=rule)


def department(function: str) -> Department:
    return next(d for d in Department.objects.filter(active=True) if function in d.functions)


def judged(works: Factory) -> Complaint:
    """A complaint that quality has judged (4.1 to 4.4-1)."""
    complaint = works.complaint(promise=PromiseInput("给出初步答复", at("2026-11-17 12:00")))
    intake.verify(complaint, "资料齐全，照片已收到", context=works.context("mei", "2026-11-16 10:00"))
    intake.forward(complaint, "", context=works.context("mei", "2026-11-16 10:30"))
    chosen = Judgement("product-quality", "valid-company", "quality", "appearance", ("production",))
    judging.judge(complaint, chosen, context=works.context("lin", "2026-11-16 14:00"))
    return complaint


def split(works: Factory, complaint: Complaint) -> tuple[Task, Task]:
    """The problem split to production and purchasing (4.5-1)."""
    asked = [
        Assignment(department("production"), "查压装工位"),
        Assignment(department("purchasing"), "查密封圈来料"),
    ]
    one, two = judging.assign(complaint, asked, context=works.context("lin", "2026-11-16 14:30"))
    return one, two


def answered(works: Factory, task: Task, who: str, when: str) -> None:
    planned = [
        PlannedMeasure("interim", "库存隔离全检", "彭师傅", day("2026-11-18")),
        PlannedMeasure("corrective", "更换导向套", "沈主任", day("2026-11-20")),
    ]
    tasks.answer(task, "装配工装划伤油封唇口", planned, context=works.context(who, when))


def test_the_sheet_is_owed_half_a_working_day_after_receipt(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    row = owed(complaint, "forward")
    assert (row.clause, row.due_at) == ("4.3-2", at("2026-11-16 14:30"))
    assert row.owner_department == department("reception")


def test_nothing_is_forwarded_before_it_is_verified(works: Factory) -> None:
    complaint = works.complaint()
    with pytest.raises(Refused) as refused:
        intake.forward(complaint, "", context=works.context("mei", "2026-11-16 09:30"))
    assert "不能" in refused.value.reasons[0].show("zh")
    assert Complaint.objects.get(pk=complaint.pk).state == "registered"


def test_intake_without_a_demand_is_not_complete(works: Factory) -> None:
    complaint = works.complaint(demands=[])
    with pytest.raises(Refused) as refused:
        intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 10:00"))
    assert [r.show("en") for r in refused.value.reasons] == ["Record what the customer demands first"]


def test_only_quality_judges(works: Factory) -> None:
    complaint = works.complaint()
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 10:00"))
    intake.forward(complaint, "", context=works.context("mei", "2026-11-16 10:30"))
    chosen = Judgement("product-quality", "valid-company", "quality", "appearance", ("production",))
    with pytest.raises(Refused) as refused:
        judging.judge(complaint, chosen, context=works.context("mei", "2026-11-16 14:00"))
    assert refused.value.reasons[0].show("zh") == "这一步由质量部办理"


def test_each_department_answers_within_48_hours_of_its_own_task(works: Factory) -> None:
    complaint = judged(works)
    one, two = split(works, complaint)
    due = {o.part: o.due_at for o in Obligation.objects.filter(rule="measures", record_id=complaint.pk)}
    assert due == {one.part_key: at("2026-11-18 14:30"), two.part_key: at("2026-11-18 14:30")}
    answered(works, one, "shen", "2026-11-17 09:00")
    kept = Obligation.objects.get(rule="measures", part=one.part_key)
    waiting = Obligation.objects.get(rule="measures", part=two.part_key)
    assert (kept.fulfilled_at, waiting.fulfilled_at) == (at("2026-11-17 09:00"), None)


def test_quality_cannot_merge_the_answers_before_all_are_there(works: Factory) -> None:
    complaint = judged(works)
    one, _ = split(works, complaint)
    answered(works, one, "shen", "2026-11-17 09:00")
    tasks.approve(one, context=works.context("lin", "2026-11-17 10:00"))
    with pytest.raises(Refused) as refused:
        judging.conclude(complaint, "justified", "实物", "汇总", context=works.context("lin", "2026-11-17 11:00"))
    assert [r.show("zh") for r in refused.value.reasons] == ["采购的任务还没有审核通过"]


def test_a_promise_of_money_above_the_limit_is_only_requested(works: Factory) -> None:
    complaint = judged(works)
    wanted = RemedyInput("compensation", amount=Decimal("3000"))
    with pytest.raises(Refused) as refused:
        remedies.grant(complaint, wanted, context=works.context("qian", "2026-11-16 15:00"))
    assert list(refused.value.fields) == ["amount"]
    assert Remedy.objects.count() == 0
    row = remedies.request(complaint, wanted, context=works.context("mei", "2026-11-16 15:10"))
    with pytest.raises(Refused):
        remedies.approve(complaint, row, "", context=works.context("qian", "2026-11-16 15:20"))
    remedies.approve(complaint, row, "同意", context=works.context("zong", "2026-11-16 16:00"))
    row.refresh_from_db()
    assert (row.decision, row.decided_by) == (Remedy.GRANTED, works.zong)


def test_the_whole_way_from_intake_to_closing_with_a_refusal(works: Factory) -> None:
    complaint = judged(works)
    one, two = split(works, complaint)
    for task, who in ((one, "shen"), (two, "cai")):
        answered(works, task, who, "2026-11-17 09:00")
        tasks.approve(task, context=works.context("lin", "2026-11-17 10:00"))
    intake.keep_promise(complaint, complaint.promises.get(), "", context=works.context("mei", "2026-11-17 11:00"))
    judging.conclude(complaint, "justified", "实物确认", "换工装", context=works.context("lin", "2026-11-17 11:30"))
    answering.answer(
        complaint, "已更换工装", "phone", granted(complaint), context=works.context("mei", "2026-11-17 14:00")
    )
    answering.refuse(complaint, "周厂长", "还在漏", context=works.context("mei", "2026-11-17 15:00"))
    assert (complaint.state, complaint.round, complaint.answered_at) == ("handling", 2, None)
    judging.conclude(complaint, "justified", "现场复核", "补换十件", context=works.context("lin", "2026-11-17 16:00"))
    answering.answer(
        complaint, "已补发十件", "phone", granted(complaint), context=works.context("tao", "2026-11-17 16:10")
    )
    answering.accept(complaint, "周厂长", "可以", context=works.context("mei", "2026-11-17 16:30"))
    ending.close(complaint, "客户满意", context=works.context("mei", "2026-11-17 17:00"))
    assert (complaint.state, complaint.phase, complaint.closed_at) == (
        "closed",
        "closed",
        at("2026-11-17 17:00"),
    )
    told = list(complaint.answers.order_by("round").values_list("round", "accepted"))
    assert told == [(1, False), (2, True)]


def test_measures_are_carried_out_and_verified_after_closing_with_the_customer(works: Factory) -> None:
    complaint = judged(works)
    one, _ = split(works, complaint)
    answered(works, one, "shen", "2026-11-17 09:00")
    tasks.approve(one, context=works.context("lin", "2026-11-17 10:00"))
    assert owed(complaint, "carry-out").due_at == at("2026-11-20 17:30")
    done = [(m, day("2026-11-19"), "完成") for m in one.measures.all()]
    tasks.carry_out(one, done, context=works.context("shen", "2026-11-19 16:00"))
    with pytest.raises(Refused):
        tasks.verify(one, "好", context=works.context("shen", "2026-11-20 09:00"))
    tasks.verify(one, "连续百件无漏", context=works.context("lin", "2026-11-20 09:00"))
    assert Task.objects.get(pk=one.pk).state == "verified"
    assert owed(complaint, "carry-out").fulfilled_at == at("2026-11-19 16:00")


def test_every_step_stands_in_the_journal_and_the_chain_holds(works: Factory) -> None:
    complaint = judged(works)
    split(works, complaint)
    events = list(
        Entry.objects.filter(kind="complaint", record_id=complaint.pk)
        .order_by("sequence")
        .values_list("event", "clause")
    )
    assert events == [
        ("complaint.registered", "4.1-1"),
        ("complaint.promised", "B2.3"),
        ("complaint.verified", "4.3-1"),
        ("complaint.forwarded", "4.3-2"),
        ("complaint.judged", "4.4-1"),
        ("complaint.assigned", "4.5-1"),
        ("task.assigned", "4.5-1"),
        ("task.assigned", "4.5-1"),
    ]
    found = verify()
    assert (found.code, found.entries, found.fault) == (0, 12, None)


def test_the_demands_are_kept_apart_from_what_is_granted(works: Factory) -> None:
    first, second = works.procedure.catalogue("demand")[:2]
    complaint = works.complaint(demands=[DemandInput(first.key, Decimal(3)), DemandInput(second.key, note="加急")])
    kept = list(complaint.demands.order_by("id").values_list("demand", "quantity", "note"))
    assert kept == [(first.key, Decimal(3), ""), (second.key, None, "加急")]
    assert complaint.remedies.count() == 0
