"""What becomes of each thing the customer demands: granted, refused with reason, or turned into a request."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import answering, ending, intake, remedies
from huiyin.complaints.actions.demands import outcome_field, reason_field
from huiyin.complaints.actions.values import ComplaintFacts, DemandDecision, DemandInput, RemedyInput
from huiyin.complaints.models import Answer, Complaint, Demand
from huiyin.complaints.printing.sheets import complaint_register
from huiyin.journal.queries import timeline
from huiyin.records.print.forms import PrintJob
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.returns.goods import GoodsTale
from tests.stage import desks, stage
from tests.story import Story, granted

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-18 10:00")
FACTS = ComplaintFacts(channel="telephone", received_at=at("2026-11-16 09:00"), problem="漏油")
FIRST, SECOND = "resupply", "claim"


def demanding(works: Factory, chapter: str = "decided", *demands: str) -> Story:
    """A complaint whose customer wants goods again and money, told up to here."""
    asked = [DemandInput(key) for key in demands or (FIRST, SECOND)]
    story = Story(works, demands=asked)
    story.until(chapter)
    return story


def outcomes(complaint: Complaint) -> list[tuple[str, str, str]]:
    rows = Demand.objects.filter(complaint=complaint).order_by("pk")
    return list(rows.values_list("demand", "outcome", "outcome_reason"))


def answered(story: Story, *decisions: DemandDecision) -> Refused | None:
    try:
        answering.answer(story.complaint, "已换", "telephone", decisions, context=story.context("mei"))
    except Refused as refused:
        return refused
    return None


def test_nobody_answers_before_it_is_said_what_becomes_of_each_demand(works: Factory) -> None:
    story = demanding(works)
    first, second = story.complaint.demands.order_by("pk")
    refused = answered(story, DemandDecision(first.pk, Demand.GRANTED))
    assert refused is not None
    assert [said.show("zh") for said in refused.reasons] == ["客户的要求“赔偿损失”还没有说明怎样处理"]
    assert [said.show("en") for said in refused.reasons] == [
        "What becomes of the demand “Compensation for loss” is not said yet"
    ]
    assert outcomes(story.complaint) == [(FIRST, "", ""), (SECOND, "", "")]
    assert Answer.objects.count() == 0
    assert (
        answered(
            story, DemandDecision(first.pk, Demand.GRANTED), DemandDecision(second.pk, Demand.REFUSED, " 不在质保内 ")
        )
        is None
    )
    assert outcomes(story.complaint) == [(FIRST, "granted", ""), (SECOND, "refused", "不在质保内")]
    first.refresh_from_db()
    assert (first.decided_by, first.decided_at) == (works.mei, story.now)
    said = [line.text.zh for line in timeline("complaint", story.complaint.pk)]
    assert [words for words in said if "客户的要求：" in words] == [
        "不能满足客户的要求：赔偿损失（不在质保内）",
        "满足客户的要求：补货",
    ]


def test_a_refusal_needs_its_reason(works: Factory) -> None:
    story = demanding(works)
    first, second = story.complaint.demands.order_by("pk")
    refused = answered(story, DemandDecision(first.pk, Demand.REFUSED, "  "), DemandDecision(second.pk, Demand.GRANTED))
    assert refused is not None
    assert {name: said.show("zh") for name, said in refused.fields.items()} == {
        reason_field(first.pk): "请写明为什么不满足"
    }
    assert outcomes(story.complaint) == [(FIRST, "", ""), (SECOND, "", "")]


@pytest.mark.parametrize("way", ["nothing", "remedy", "goods"])
def test_a_request_must_be_there(works: Factory, way: str) -> None:
    story = demanding(works, "decided", FIRST)
    if way == "remedy":
        remedies.grant(story.complaint, RemedyInput("refund", amount=Decimal(10)), context=story.context("song"))
    elif way == "goods":
        GoodsTale(works, about=story.complaint)
    row = story.complaint.demands.get()
    refused = answered(story, DemandDecision(row.pk, Demand.REQUESTED))
    fields = {name: said.show("zh") for name, said in refused.fields.items()} if refused else {}
    assert fields == ({outcome_field(row.pk): "还没有补救或补货退货的申请，请先提出"} if way == "nothing" else {})
    assert outcomes(story.complaint) == [(FIRST, "" if way == "nothing" else "requested", "")]


def test_demands_of_another_complaint_are_none_of_this_one(works: Factory) -> None:
    story, other = demanding(works, "decided", FIRST), demanding(works, "registered", FIRST)
    refused = answered(story, *granted(story.complaint), *granted(other.complaint))
    assert refused is not None
    assert [said.show("zh") for said in refused.reasons] == ["客户的要求刚被改过，请重新打开页面"]
    assert outcomes(other.complaint) == [(FIRST, "", "")]


def test_the_form_asks_for_each_demand_and_keeps_what_was_chosen(works: Factory, office: Office) -> None:
    story = demanding(works)
    first, second = story.complaint.demands.order_by("pk")
    here = f"/complaints/{story.complaint.number}/answer"
    mei = office.desk("mei")
    given = {"answer_text": "已换", "channel": "telephone", outcome_field(first.pk): "refused"}
    page = ParsedPage(mei.send(here, **given))
    form = page.form(here)
    assert (page.status, form.values[outcome_field(first.pk)], form.values["answer_text"]) == (
        422,
        ["refused"],
        ["已换"],
    )
    assert "请选择客户要求“赔偿损失”的处理。" in page.html
    given[outcome_field(second.pk)] = "granted"
    assert "请写明为什么不满足" in ParsedPage(mei.send(here, **given)).html
    assert outcomes(story.complaint) == [(FIRST, "", ""), (SECOND, "", "")]
    assert mei.send(here, **given, **{reason_field(first.pk): "已无库存"}).status_code == 302
    assert outcomes(story.complaint) == [(FIRST, "refused", "已无库存"), (SECOND, "granted", "")]


def test_a_new_round_may_decide_otherwise(works: Factory, office: Office) -> None:
    story = demanding(works, "decided", FIRST)
    assert answered(story, *granted(story.complaint)) is None
    story.refuse()
    story.conclude()
    story.approve_verdict()
    row = story.complaint.demands.get()
    form = office.desk("mei").sheet(f"/complaints/{story.complaint.number}/answer")
    assert form.values[outcome_field(row.pk)] == ["granted"]
    assert answered(story, DemandDecision(row.pk, Demand.REFUSED, "客户放弃")) is None
    assert outcomes(story.complaint) == [(FIRST, "refused", "客户放弃")]


def test_what_was_decided_stays_when_another_demand_comes_up(works: Factory) -> None:
    story = demanding(works, "registered", FIRST)
    row = story.complaint.demands.get()
    Demand.objects.filter(pk=row.pk).update(outcome=Demand.GRANTED)
    asked = [DemandInput(FIRST), DemandInput(SECOND)]
    intake.supplement(story.complaint, FACTS, demands=asked, context=story.context("mei"))
    assert outcomes(story.complaint) == [(FIRST, "granted", ""), (SECOND, "", "")]
    intake.supplement(story.complaint, FACTS, demands=asked[1:], context=story.context("mei"))
    assert outcomes(story.complaint) == [(SECOND, "", "")]


def test_a_demand_that_came_up_after_the_answer_is_decided_at_the_end(works: Factory) -> None:
    story = demanding(works, "called_back", FIRST)
    late = Demand.objects.create(complaint=story.complaint, demand=SECOND)
    with pytest.raises(Refused) as refused:
        ending.close(story.complaint, "好", context=story.context("mei"))
    assert [said.show("zh") for said in refused.value.reasons] == ["客户的要求“赔偿损失”还没有说明怎样处理"]
    decision = DemandDecision(late.pk, Demand.REFUSED, "客户放弃")
    ending.close(story.complaint, "好", [decision], context=story.context("mei"))
    assert (story.complaint.phase, outcomes(story.complaint)) == (
        "closed",
        [(FIRST, "granted", ""), (SECOND, "refused", "客户放弃")],
    )


def test_a_complaint_is_not_closed_over_a_request_that_nobody_has_signed(works: Factory) -> None:
    story = demanding(works, "called_back", FIRST)
    goods = GoodsTale(works, about=story.complaint)
    with pytest.raises(Refused) as refused:
        ending.close(story.complaint, "好", context=story.context("mei"))
    assert [said.show("zh") for said in refused.value.reasons] == ["还有补换退货申请没有签署"]
    goods.sign("3")
    ending.close(story.complaint, "好", context=story.context("mei"))
    assert story.complaint.phase == "closed"


def test_page_and_paper_say_what_became_of_it(works: Factory, office: Office) -> None:
    story = demanding(works)
    first, second = story.complaint.demands.order_by("pk")
    decisions = (DemandDecision(first.pk, Demand.GRANTED), DemandDecision(second.pk, Demand.REFUSED, "不在质保内"))
    assert answered(story, *decisions) is None
    page = office.desk("mei").get(f"/complaints/{story.complaint.number}")
    assert "补货 满足 赔偿损失 不满足（不在质保内）" in page.text
    form = next(one for one in works.procedure.forms_of("complaint") if one.layout == "complaint-register")
    job = PrintJob(story.complaint, works.procedure, form, works.mei, at("2026-11-20 10:00"), "zh")
    assert "补货：满足；赔偿损失：不满足（不在质保内）" in repr(complaint_register(job))
