"""The service management procedure from a customer's word to the file:
both answers of its flow chart, and the way back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from huiyin.improvement.actions import content, effects, moving, opening
from huiyin.improvement.models import Problem
from huiyin.improvement.values import EffectPlan, NeedsDecision, ProblemFacts
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Department
from tests.cast import Factory, at, day
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("service-process")


SOUGHT = "措施无效或重新立案之后，还没有写过原因：请写出这一轮查明的原因，或说明原因为什么不变"


class Feedback:
    """One feedback record, step by step; each step ten minutes after the one before."""

    def __init__(self, works: Factory) -> None:
        self.works, self.now = works, at("2026-11-16 09:00")
        self.record: Problem = opening.open_problem(
            ProblemFacts(
                title="客户反馈接头有异响",
                path="capa",
                customer_name="周厂",
                model="HY-40",
            ),
            procedure_id=works.version,
            context=works.context("mei", "2026-11-16 09:00"),
        )

    def context(self, who: str, when: str = "") -> Any:
        self.now = at(when) if when else self.now + timedelta(minutes=10)
        return self.works.context(who, f"{self.now.astimezone(self.works.procedure.zone):%Y-%m-%d %H:%M}")

    def owed(self) -> dict[str, object]:
        rows = Obligation.objects.filter(OPEN, kind="problem", record_id=self.record.pk)
        return dict(rows.order_by("rule").values_list("rule", "owner_department__key"))

    def decide(self, *, cause: bool, action: bool, effect: bool) -> None:
        department = Department.objects.get(key="production") if action or cause else None
        decision = NeedsDecision(cause, action, effect, "装配手法", department)
        opening.decide(self.record, decision, context=self.context("mei"))

    def row(self, who: str, kind: str, **values: Any) -> Any:
        return content.put_row(self.record, kind, values, context=self.context(who))

    def cause(self, text: str = "压装力没有监控") -> Any:
        row = self.row("peng", "cause", leg="occurrence", text=text, is_root=True)
        moving.analyse(self.record, "", context=self.context("peng"))
        return row

    def measures(self, cause: Any, text: str = "加装压力传感器") -> Any:
        row = self.row(
            "peng",
            "action",
            measure="corrective",
            cause=cause,
            text=text,
            chosen=True,
            responsible=self.works.peng,
            planned_on=day("2026-11-30"),
        )
        moving.choose(self.record, "", context=self.context("peng"))
        return row

    def reviewed_and_approved(self) -> None:
        moving.review_plan(self.record, "可行", context=self.context("shen"))
        moving.approve_plan(self.record, "同意", context=self.context("zong"))

    def carried_out(self, action: Any, *, until: str = "2026-12-10") -> None:
        plan = EffectPlan("异响件数", "3", "0", day("2026-11-20"), day(until), self.works.lin)
        if self.record.needs_effect:
            effects.plan_effect(self.record, plan, context=self.context("mei"))
        values = {"done_on": day("2026-11-19"), "cut_in_batch": "B2612"}
        content.put_row(self.record, "action", values, pk=action.pk, version=None, context=self.context("peng"))
        moving.implement(self.record, "", context=self.context("peng"))

    def checked(self, verdict: str, when: str) -> None:
        effect = self.record.effects.get(verdict="")
        effects.check_effect(self.record, effect, verdict, "0", "", context=self.context("lin", when))

    def events(self) -> list[str]:
        rows = Entry.objects.filter(kind="problem", record_id=self.record.pk).exclude(event="problem.written")
        return [event.removeprefix("problem.") for event in rows.order_by("sequence").values_list("event", flat=True)]


def test_no_action_needed_record_answer_close(works: Factory) -> None:
    one = Feedback(works)
    assert (one.record.number, one.record.state) == ("FK202611-001", "open")
    assert one.owed() == {"feedback-decide": "reception", "problem-close": "reception"}
    one.decide(cause=False, action=False, effect=False)
    assert one.owed() == {"feedback-answer": "reception", "problem-close": "reception"}
    moving.settle(one.record, "属正常声响，已向顾客说明", context=one.context("mei"))
    assert one.owed() == {"problem-close": "reception", "problem-statement-approval": "reception"}
    assert refused(lambda: moving.approve(one.record, "", context=one.context("mei")))[0].startswith("这一步由")
    moving.approve(one.record, "归档", context=one.context("song"))
    assert (one.record.phase, one.owed()) == ("closed", {})
    assert one.events() == ["opened", "decided", "settled", "approved"]
    assert verify().code == 0


def test_what_needs_action_cannot_be_settled_by_words(works: Factory) -> None:
    one = Feedback(works)
    assert refused(lambda: moving.settle(one.record, "没事", context=one.context("mei"))) == [
        "现在处于“已接收记录”，不能“记录并答复顾客”"
    ]
    one.decide(cause=True, action=True, effect=True)
    assert refused(lambda: moving.settle(one.record, "没事", context=one.context("mei"))) == [
        "需要采取措施，不能只作说明"
    ]


def test_deciding_anew_makes_nobody_punctual(works: Factory) -> None:
    """The answer owed within a workday of the first decision was late when the second was taken."""
    one = Feedback(works)
    one.decide(cause=False, action=False, effect=False)
    one.now = at("2026-11-19 09:00")
    one.decide(cause=False, action=False, effect=False)
    rows = Obligation.objects.filter(rule="feedback-answer").order_by("id")
    found = [(row.is_open, row.put_off, row.is_late(one.now)) for row in rows]
    assert found == [(False, True, True), (True, False, False)]


def test_action_needs_a_department(works: Factory) -> None:
    one = Feedback(works)
    nobody = NeedsDecision(True, True, True, "装配手法")
    said = refused(lambda: opening.decide(one.record, nobody, context=one.context("mei")))
    assert said == ["请先确定责任部门"]
    one.record.refresh_from_db()
    assert (one.record.state, one.record.needs_action) == ("open", None)


def test_action_needed_from_notice_to_file(works: Factory) -> None:
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    entry = Entry.objects.get(event="problem.decided")
    told = set(Notice.objects.filter(entry_id=entry.pk).values_list("person__username", flat=True))
    assert {"peng", "shen", "tao"} <= told  # the department, and engineering for FMEA and control plan
    assert one.owed() == {"feedback-cause": "production", "problem-close": "reception"}
    cause = one.cause()
    assert one.owed() == {"feedback-measures": "production", "problem-close": "reception"}
    action = one.measures(cause)
    assert one.owed() == {"feedback-review": "production", "problem-close": "reception"}
    assert refused(lambda: moving.review_plan(one.record, "", context=one.context("peng")))[0].startswith("这一步由")
    assert refused(lambda: moving.review_plan(one.record, "", context=one.context("tao")))[0].startswith("这一步由")
    moving.review_plan(one.record, "可行", context=one.context("shen"))
    assert one.owed() == {"feedback-plan-approval": "management", "problem-close": "reception"}
    moving.approve_plan(one.record, "同意", context=one.context("zong"))
    assert one.owed() == {"problem-carry-out": "production", "problem-close": "reception"}
    due = Obligation.objects.filter(OPEN, rule="problem-carry-out").get().due_at
    assert due == at("2026-11-30 17:30")
    one.carried_out(action)
    assert one.owed() == {"problem-close": "reception", "problem-effect": "quality"}
    assert refused(lambda: moving.prove(one.record, "", context=one.context("mei"))) == ["“异响件数”还没有验证"]
    one.checked("proven", "2026-12-10 10:00")
    moving.prove(one.record, "有效", context=one.context("mei"))
    assert one.owed() == {"problem-close": "reception", "problem-prevention": "technical"}
    paper = one.row("tao", "document", document="pfmea", number="PF-40", before="A/1")
    said = refused(lambda: moving.prevent(one.record, "", context=one.context("tao")))
    assert said == ["文件“PFMEA PF-40”还没有更新，也没有免改理由"]
    assert refused(lambda: moving.approve(one.record, "", context=one.context("song"))) == said
    content.put_row(
        one.record,
        "document",
        {"after": "A/2", "done_on": day("2026-12-10")},
        pk=paper.pk,
        version=1,
        context=one.context("tao"),
    )
    one.row("tao", "document", document="dfmea", waiver="设计未变")
    moving.prevent(one.record, "已标准化", context=one.context("tao"))
    moving.approve(one.record, "归档", context=one.context("song"))
    assert (one.record.phase, one.owed()) == ("closed", {})
    assert one.events() == [
        "opened",
        "decided",
        "analysed",
        "planned",
        "plan_reviewed",
        "plan_approved",
        "effect_planned",
        "implemented",
        "effect_checked",
        "proven",
        "prevented",
        "approved",
    ]
    assert verify().code == 0


def test_not_approved_back_to_the_measures(works: Factory) -> None:
    """The first "no" of the flow chart: of the head, then of the management representative."""
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    cause = one.cause()
    one.measures(cause, "加强巡检")
    moving.return_plan(one.record, "治标", context=one.context("shen"))
    assert (one.record.state, one.record.return_reason) == ("analysed", "治标")
    assert one.owed() == {"feedback-plan-again": "production", "problem-close": "reception"}
    moving.choose(one.record, "", context=one.context("peng"))
    moving.review_plan(one.record, "可行", context=one.context("shen"))
    moving.return_plan(one.record, "费用过高", context=one.context("zong"))
    assert one.owed() == {"feedback-plan-again": "production", "problem-close": "reception"}
    moving.choose(one.record, "改用旧件", context=one.context("peng"))
    one.reviewed_and_approved()
    assert one.record.state == "approved"
    assert one.events()[-7:] == [
        "plan_returned",
        "planned",
        "plan_reviewed",
        "plan_returned",
        "planned",
        "plan_reviewed",
        "plan_approved",
    ]


def test_not_effective_back_to_the_cause(works: Factory) -> None:
    """The second "no": the effect is missing, so the cause was not the one; then all over again."""
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    action = one.measures(one.cause())
    one.reviewed_and_approved()
    one.carried_out(action)
    one.checked("failed", "2026-12-10 10:00")
    assert refused(lambda: moving.prove(one.record, "", context=one.context("mei"))) == [
        "“异响件数”没有达到目标，只能退回重查原因"
    ]
    moving.reject_effect(one.record, "仍有异响", context=one.context("mei"))
    assert one.record.state == "decided"
    assert one.owed() == {"problem-causes-again": "production", "problem-close": "reception"}
    assert refused(lambda: moving.analyse(one.record, "", context=one.context("peng"))) == [SOUGHT]
    assert one.owed() == {"problem-causes-again": "production", "problem-close": "reception"}
    second = one.cause("导向套材料偏软")
    old = one.record.causes.earliest("id")
    content.put_row(one.record, "cause", {"ruled_out": True}, pk=old.pk, version=None, context=one.context("peng"))
    action = one.measures(second, "更换材料牌号")
    one.reviewed_and_approved()
    plan = EffectPlan("异响件数", "3", "0", day("2026-12-12"), day("2026-12-30"), one.works.lin)
    effects.plan_effect(one.record, plan, context=one.context("mei"))
    content.put_row(
        one.record,
        "action",
        {"done_on": day("2026-12-11"), "cut_in_on": day("2026-12-11")},
        pk=action.pk,
        version=1,
        context=one.context("peng"),
    )
    moving.implement(one.record, "", context=one.context("peng"))
    one.checked("proven", "2026-12-30 10:00")
    moving.prove(one.record, "", context=one.context("mei"))
    moving.approve(one.record, "归档", context=one.context("song"))  # nothing to standardise: closed at once
    assert (one.record.phase, one.owed()) == ("closed", {})
    assert verify().code == 0


def failed(works: Factory) -> Feedback:
    """A record whose measures had no effect."""
    one = Feedback(works)
    one.decide(cause=True, action=True, effect=True)
    action = one.measures(one.cause())
    one.reviewed_and_approved()
    one.carried_out(action)
    one.checked("failed", "2026-12-10 10:00")
    moving.reject_effect(one.record, "仍有异响", context=one.context("mei"))
    return one


def test_a_cause_that_stays_is_confirmed_with_a_reason(works: Factory) -> None:
    one = failed(works)
    assert refused(lambda: moving.analyse(one.record, "照旧", context=one.context("peng"), stays="  ")) == [SOUGHT]
    moving.analyse(one.record, "", context=one.context("peng"), stays="复测三台压机，压装力仍超差")
    assert one.record.state == "analysed"
    assert timeline("problem", one.record.pk)[0].text.zh == (
        "彭师傅查明了原因：压装力没有监控。重查后原因不变：复测三台压机，压装力仍超差"
    )


def test_only_words_on_the_cause_count_as_seeking_it(works: Factory) -> None:
    """Neither another section, nor ruling out, nor what was taken away again says why it happened."""
    one = failed(works)
    content.write(one.record, "what", "接头转动时异响", version=None, context=one.context("peng"))
    cause = one.record.causes.get()
    gone = one.row("peng", "cause", leg="occurrence", text="润滑不足", is_root=True)
    content.drop_row(one.record, "cause", gone.pk, version=None, context=one.context("peng"))
    assert refused(lambda: moving.analyse(one.record, "", context=one.context("peng"))) == [SOUGHT]
    values = {"text": "压装力只在首件监控"}
    content.put_row(one.record, "cause", values, pk=cause.pk, version=None, context=one.context("peng"))
    moving.analyse(one.record, "", context=one.context("peng"))
    assert (one.record.state, verify().code) == ("analysed", 0)


def test_reopened_the_cause_is_sought_anew_too(works: Factory) -> None:
    one = Feedback(works)
    one.decide(cause=False, action=True, effect=False)
    moving.analyse(one.record, "显而易见", context=one.context("peng"))
    action = one.measures(None, "补发说明书")
    one.reviewed_and_approved()
    one.carried_out(action)
    moving.prove(one.record, "", context=one.context("mei"))
    moving.approve(one.record, "", context=one.context("song"))
    moving.reopen(one.record, "又漏发", context=one.context("mei"))
    assert refused(lambda: moving.analyse(one.record, "显而易见", context=one.context("peng"))) == [SOUGHT]
    moving.analyse(one.record, "", context=one.context("peng"), stays="还是装箱单没有这一项")
    assert one.record.state == "analysed"


def test_neither_cause_nor_effect_needed(works: Factory) -> None:
    """Action without analysis and without confirmation, as the three boxes of the record allow."""
    one = Feedback(works)
    one.decide(cause=False, action=True, effect=False)
    moving.analyse(one.record, "显而易见", context=one.context("peng"))
    action = one.measures(None, "补发说明书")
    one.reviewed_and_approved()
    one.carried_out(action)
    assert one.owed() == {"feedback-confirm": "reception", "problem-close": "reception"}
    moving.prove(one.record, "", context=one.context("mei"))
    moving.approve(one.record, "", context=one.context("song"))
    assert one.record.phase == "closed"


def test_who_is_to_act_cannot_be_corrected_away(works: Factory) -> None:
    one = Feedback(works)
    facts = ProblemFacts(title="接头异响", path="capa")
    opening.change_facts(one.record, facts, context=one.context("mei"))
    one.decide(cause=True, action=True, effect=True)
    assert refused(lambda: opening.change_facts(one.record, facts, context=one.context("mei"))) == ["请先确定责任部门"]


def test_a_cause_found_although_no_action_is_needed_ends_in_an_answer(works: Factory) -> None:
    one = Feedback(works)
    one.decide(cause=True, action=False, effect=False)
    assert one.owed() == {"feedback-cause-alone": "production", "problem-close": "reception"}
    assert refused(lambda: moving.settle(one.record, "先答复", context=one.context("mei"))) == [
        "“发生”的根本原因还没有标出"
    ]
    content.put_row(
        one.record, "cause", {"leg": "occurrence", "text": "安装手法", "is_root": True}, context=one.context("lin")
    )
    moving.analyse(one.record, "", context=one.context("lin"))
    assert one.owed() == {"feedback-answer-cause": "reception", "problem-close": "reception"}
    said = refused(lambda: moving.choose(one.record, "", context=one.context("lin")))
    assert said[0] == "已判定不需要采取措施，作简要说明即可"
    moving.settle(one.record, "已向顾客说明安装手法", context=one.context("mei"))
    moving.approve(one.record, "归档", context=one.context("song"))
    assert (one.record.phase, one.owed()) == ("closed", {})


def test_the_complaint_hangs_on_the_record_and_the_card_has_its_lines(works: Factory) -> None:
    one = Feedback(works)
    complaint = works.complaint(when="2026-11-16 10:00")
    opening.attach_case(one.record, complaint, context=one.context("mei"))
    assert Entry.objects.filter(kind="complaint", event="record.linked").count() == 1
    card = [field.label.show("zh") for field in works.procedure.fields_of("customer")]
    assert card == [
        "企业负责人",
        "年采购金额",
        "采购时间（月份）",
        "采购数量（PCS）",
        "金额（USD）",
        "书面答复期限要求",
    ]


def test_the_clause_index_is_whole(works: Factory) -> None:
    keys = {clause.key for clause in works.procedure.clauses}
    assert keys >= {
        "5.2",
        "5.3",
        "5.4.1",
        "5.4.2",
        "5.5.1",
        "5.5.1.1",
        "5.5.2",
        "5.5.3",
        "5.6",
        "5.6.1",
        "5.6.2",
        "5.7",
        "annex 1",
    }
