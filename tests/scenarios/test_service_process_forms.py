"""The forms of the service management procedure, from desk to desk through the pages: a visit of a customer with its
questions, a request by the customer's day, and the records that come round with the calendar.
"""

from __future__ import annotations

import re
from typing import Any

import pytest

from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.occasions import open_due_periods
from huiyin.people.models import Delegation
from huiyin.records.steps.refusals import Refused
from huiyin.registers import actions
from huiyin.registers.actions import FormInput
from huiyin.registers.approvals import approvals
from huiyin.registers.models import ApprovalSigner, FormRecord, FormRow
from tests.cast import SHANGHAI, Factory, at
from tests.desk import Office
from tests.records.print.pdf import missing
from tests.registers.approvals.signing import is_asked, place_to, signs
from tests.registers.works import a_customer
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-process")
office = desks()


def owed(record: FormRecord) -> dict[str, tuple[str | None, str]]:
    """What is still owed on a record: rule → department (or person), due in site time."""
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk).order_by("id")
    return {
        row.rule: (
            row.owner_person.username if row.owner_person else row.owner_department.key,
            f"{row.due_at.astimezone(SHANGHAI):%m-%d %H:%M}",
        )
        for row in rows
    }


def sent(answer: Any) -> None:
    """The step was taken; else what the page says against it."""
    said = re.findall(r'(?s)<p class="field-error[^>]*>(.*?)</p>|class="reasons">(.*?)</ul>', answer.content.decode())
    assert answer.status_code == 302, said or answer.content.decode()[:2000]


def test_a_visit_from_liaison_sheet_to_file(office: Office) -> None:
    works = office.works
    customer = a_customer(works)
    mei, bai, zong = office.desk("mei"), office.desk("bai"), office.desk("zong")
    sent(
        mei.send(
            "/registers/visitor/new/request",
            at_page=f"/registers/visitor/new/request?customer={customer.number}",
            visitors="周厂、李工",
            arrives="2026-11-19T09:00",
            until="2026-11-20",
            topic="看新线试产",
            needs=["lodging"],
        )
    )
    record = FormRecord.objects.get(kind="visitor")
    here = f"/registers/visitor/{record.number}"
    assert (record.number, record.state, record.about_number) == ("LL202611-001", "requested", customer.number)
    assert owed(record) == {"visitor-management-sign": ("management", "11-16 14:30")}

    signs(zong, here, "refuse", reason="请写明陪同人员")
    assert owed(record) == {"visitor-revise": ("mei", "11-18 09:00")}
    sent(mei.send(f"{here}/submit", companions="宋建国、陶工"))
    assert list(owed(record)) == ["visitor-management-sign"]
    signs(zong, here, opinion="同意接待")
    assert owed(record) == {"visitor-arrangement": ("office", "11-17 09:00")}
    paper = mei.client.get(f"/sheets/visitor/{record.number}/visitor-liaison.pdf").content
    assert missing(paper, "审查核准 总经理/管理者代表", "同意接待", "第 1 轮：总经理赵 退回（请写明陪同人员）") == []

    page = bai.get(f"{here}/arrange")
    assert "住宿安排" in page.text
    refused = bai.send(f"{here}/arrange", lodging="")
    assert refused.status_code == 422
    sent(bai.send(f"{here}/arrange", lodging="海川宾馆两间，19 日一晚"))
    assert owed(record) == {"visitor-record": ("mei", "11-20 23:59")}
    record.refresh_from_db()
    assert (record.state, "travel" in record.extra) == ("arranged", False)

    sent(mei.send(f"{here}/facts", topic="看新线试产并谈年度合同"))
    record.refresh_from_db()
    assert (record.state, list(owed(record))) == ("requested", ["visitor-management-sign"])
    signs(zong, here)
    sent(bai.send(f"{here}/arrange"))
    assert owed(record) == {"visitor-record": ("mei", "11-20 23:59")}

    office.clock.at("2026-11-19 16:00")
    no_rows = mei.send(f"{here}/receive", presented=["profile", "quality"], content="看了新线")
    assert no_rows.status_code in (409, 422)
    sent(
        mei.send(
            f"{here}/receive",
            presented=["profile", "quality"],
            content="看了新线，谈了包装",
            **{
                "questions-0-what": "能否改用周转箱",
                "questions-0-owner": str(works.tao.pk),
                "questions-0-due_on": "2026-11-25",
            },
        )
    )
    question = FormRow.objects.get(part_kind="visitor-question")
    assert owed(record)["visitor-question-answer"] == ("tao", "11-25 23:59")
    assert "还有 1 项没有办理" in mei.get(f"{here}/close").text
    sent(office.desk("tao").send(f"{here}/rows/{question.pk}/answer", answer="可以，十二月起用周转箱"))
    sent(office.desk("song").send(f"{here}/review", review_opinion="问题都已说清"))
    sent(mei.send(f"{here}/close", result="已答复顾客，十二月起改用周转箱"))
    record.refresh_from_db()
    assert (record.state, owed(record)) == ("closed", {})
    assert "十二月起用周转箱" in mei.get(here).text
    assert "问题都已说清（宋建国 2026-11-19）" in mei.get(here).text
    for form in ("visitor-liaison", "visit-record"):
        pdf = mei.client.get(f"/sheets/visitor/{record.number}/{form}.pdf")
        assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert verify().code == 0


def test_nobody_approves_their_own_sheet(office: Office) -> None:
    """The management representative who wrote down a journey leaves its approval to somebody else."""
    works = office.works
    Delegation.objects.create(
        person=works.zong, deputy=works.mei, starts_at=at("2026-11-16 00:00"), ends_at=at("2026-11-17 00:00")
    )
    record = opened(works, "service-order", "request", "mei", work=["repair"], wanted_on="2026-11-20")
    office.clock.at("2026-11-16 10:00")
    mei, song = office.desk("mei"), office.desk("song")
    here = f"/registers/service-order/{record.number}"
    assert ("与自己有关的单子要由别人签署" in mei.get(here).text, is_asked(mei, here)) == (True, False)
    signer = ApprovalSigner.objects.select_related("record", "round").get(record=record)
    with pytest.raises(Refused, match="与自己有关的单子要由别人签署"):
        approvals.sign(signer, context=works.context("mei", "2026-11-16 10:00"))
    zong = office.desk("zong")
    assert zong.send(place_to(zong, here, "transfer"), to=str(works.mei.pk)).status_code == 422
    signs(zong, here, "transfer", to=str(works.song.pk), reason="我在外地")
    signs(song, here, opinion="同意")
    record.refresh_from_db()
    assert record.state == "approved"


def test_a_request_by_the_customers_day(office: Office) -> None:
    works = office.works
    customer = a_customer(works)
    mei, tao = office.desk("mei"), office.desk("tao")
    unsaid = mei.send(
        "/registers/request/new/take",
        at_page=f"/registers/request/new/take?customer={customer.number}",
        wanted=["price", "sample"],
        what="HY-40 报价并寄样",
        wanted_by="2026-11-20",
    )
    assert unsaid.status_code == 422
    assert "样品数量" in unsaid.content.decode()
    sent(
        mei.send(
            "/registers/request/new/take",
            at_page=f"/registers/request/new/take?customer={customer.number}",
            wanted=["price", "sample"],
            what="HY-40 报价并寄样",
            wanted_by="2026-11-20",
            sample_count="5",
        )
    )
    record = FormRecord.objects.get(kind="request")
    here = f"/registers/request/{record.number}"
    assert (record.number, owed(record)) == ("XJ202611-001", {"request-answer": ("mei", "11-20 23:59")})

    sent(
        mei.send(
            f"{here}/share",
            **{"shares-0-what": "样品五件", "shares-0-owner": str(works.tao.pk), "shares-0-due_on": "2026-11-18"},
        )
    )
    share = FormRow.objects.get(part_kind="request-share")
    sent(mei.send(f"{here}/extend", wanted_by="2026-11-24", agreed_with="周厂"))
    assert owed(record) == {
        "request-share-answer": ("tao", "11-18 23:59"),
        "request-answer-extended": ("mei", "11-24 23:59"),
    }
    assert "还有 1 项没有办理" in mei.get(f"{here}/answer_together").text
    sent(tao.send(f"{here}/rows/{share.pk}/answer", answer="样品已备好"))
    without_price = mei.send(f"{here}/answer_together", given="报价单和样品五件", given_on="2026-11-23")
    assert without_price.status_code == 422
    sent(mei.send(f"{here}/answer_together", given="报价单和样品五件", given_on="2026-11-23", price="12.50"))
    assert list(owed(record)) == ["request-filing"]
    sent(mei.send(f"{here}/close", customer_says="样品合格，下月下单"))
    record.refresh_from_db()
    assert (record.state, owed(record)) == ("closed", {})
    put_off = Obligation.objects.get(kind="request", record_id=record.pk, rule="request-answer")
    assert put_off.put_off
    assert verify().code == 0


def opened(
    works: Factory, kind: str, verb: str, who: str, when: str = "2026-11-16 09:00", *, period: str = "", **facts: Any
) -> FormRecord:
    """A record opened by one of the people, with whatever else its form asks filled in."""
    procedure = works.procedure
    needed = {
        each.name: facts.get(each.name, "1")
        for each in procedure.fields_of(kind)
        if verb in each.required_for and each.type not in ("rows", "file")
    }
    for each in procedure.fields_of(kind):
        if each.type == "person" and each.name in needed:
            needed[each.name] = {"person": works.lin.pk, "name": works.lin.name, "name_en": ""}
        if each.type == "date" and needed.get(each.name) == "1":
            needed[each.name] = "2026-11-20"
        if each.type == "file" and verb in each.required_for:
            needed[each.name] = ["result.xlsx"]
    given = FormInput({**needed, **facts})
    context = works.context(who, when)
    return actions.open_record(kind, verb, given, procedure_id=works.version, context=context, period=period)


def test_half_yearly_satisfaction_is_owed_and_reported(works: Factory) -> None:
    open_due_periods(at=at("2026-07-02 09:00"))
    owing = Obligation.objects.get(OPEN, rule="satisfaction-half")
    assert (owing.record_number, owing.owner_department.key) != ("", "")
    with pytest.raises(Refused, match="「2026-06」不是"):
        opened(works, "satisfaction", "report", "mei", "2026-07-06 09:00", period="2026-06")
    record = opened(works, "satisfaction", "report", "mei", "2026-07-06 09:00", period="2026-H1")
    assert (record.period, record.number) == ("2026-H1", "MY2026-01")
    owing.refresh_from_db()
    assert owing.fulfilled_at is not None
    actions.end(record, "void", "统计有误", context=works.context("mei", "2026-07-06 10:00"))
    assert Obligation.objects.filter(OPEN, rule="satisfaction-half").exists()
    assert verify().code == 0


def test_the_tool_comes_back_by_the_agreed_day(works: Factory) -> None:
    loan = opened(works, "tool-loan", "lend", "mei", sort="tool", lent_on="2026-11-16", back_by="2026-11-30")
    assert owed(loan) == {"loan-back": ("mei", "11-30 23:59")}
    given = FormInput({"back_by": "2026-12-10", "extend_reason": "顾客还要用"})
    actions.take(loan, "extend", given, context=works.context("mei", "2026-11-20 09:00"))
    assert owed(loan) == {"loan-back-extended": ("mei", "12-10 23:59")}
    given = FormInput({"back_on": "2026-12-08", "condition_back": "完好"})
    actions.take(loan, "take_back", given, context=works.context("lin", "2026-12-08 09:00"))
    assert (loan.state, loan.extra["days_out"], owed(loan)) == ("back", "22", {})


def test_an_agreement_is_verified_again_and_again(works: Factory) -> None:
    one = opened(works, "agreement", "sign", "mei", next_check="2026-12-31")
    assert owed(one) == {"agreement-check": ("mei", "12-31 23:59")}
    facts = {"kept": "四次上门都按约定", "effect": "停机由三次降到零", "next_check": "2027-06-30"}
    actions.take(one, "confirm", FormInput(facts), context=works.context("mei", "2026-12-30 09:00"))
    assert owed(one) == {"agreement-check-next": ("mei", "06-30 23:59")}
    facts = {"kept": "两次迟到", "effect": "停机两次"}
    actions.take(one, "fail", FormInput(facts), context=works.context("lin", "2027-06-29 09:00"))
    assert (one.state, list(owed(one))) == ("poor", ["agreement-improve"])


def test_every_clause_says_what_shows_it_or_what_is_missing(works: Factory) -> None:
    told = {clause.key: clause for clause in works.procedure.clauses}
    assert {key for key in ("5.3", "5.4.2", "5.6", "5.6.2") if told[key].gap is None} == {
        "5.3",
        "5.4.2",
        "5.6",
        "5.6.2",
    }
    assert "obligation:service-order-management-sign" in told["5.5.3"].evidence
    assert all(told[key].gap is not None for key in ("5.2", "5.5.3", "5.6.1", "5.7"))
    assert "step:visitor.arrange" in told["5.3"].evidence


def test_the_yearly_collection_is_that_of_its_year(office: Office) -> None:
    mei = office.desk("mei")
    here = "/registers/customer-census/new/collect"
    answers = {"counted": "120", "changed": "8"}
    sent(mei.send(here, at_page=f"{here}?period=2025", **answers))
    again = mei.send(here, at_page=f"{here}?period=2025", **answers)
    assert again.status_code in (409, 422)
    record = FormRecord.objects.get(kind="customer-census")
    assert (record.period, list(owed(record))) == ("2025", ["customer-census-review"])
    sent(office.desk("song").send(f"/registers/customer-census/{record.number}/review"))
    record.refresh_from_db()
    assert (record.state, verify().code) == ("closed", 0)


def test_a_repair_is_approved_with_its_parts_done_and_filed(office: Office) -> None:
    works = office.works
    customer = a_customer(works)
    mei = office.desk("mei")
    sent(
        mei.send(
            "/registers/service-order/new/request",
            at_page=f"/registers/service-order/new/request?customer={customer.number}",
            work=["repair", "calibrate"],
            demand="修理渗油并校正压力表",
            place="宁波海川二厂",
            wanted_on="2026-11-20",
            goes=str(works.lin.pk),
            **{"items-0-sort": "part", "items-0-name": "密封圈 HY-40", "items-0-count": "4"},
        )
    )
    record = FormRecord.objects.get(kind="service-order")
    here = f"/registers/service-order/{record.number}"
    assert list(owed(record)) == ["service-order-management-sign"]
    signs(office.desk("zong"), here, opinion="同意")
    assert owed(record) == {"service-carry-out": ("lin", "11-20 23:59")}
    lin = office.desk("lin")
    done = {"course": "更换密封圈", "result": "不再渗油", "done_on": "2026-11-19"}
    assert lin.send(f"{here}/carry_out", **done).status_code == 422, "calibration needs its data"
    unsaid = lin.send(f"{here}/carry_out", **done, calibration="压力表示值误差 0.2%", **{"items-0-used": "3"})
    assert "“携带的零件与工具”第 1 行：“携带数量”是 4，各项合计 3，两边不等" in unsaid.content.decode()
    split = {"items-0-used": "3", "items-0-back": "1"}
    sent(lin.send(f"{here}/carry_out", **done, calibration="压力表示值误差 0.2%", **split))
    assert owed(record) == {"service-filing": ("reception", "11-19 09:00")}
    sent(mei.send(f"{here}/close"))
    record.refresh_from_db()
    assert (record.state, owed(record), verify().code) == ("closed", {}, 0)
