"""Taking a complaint in: its number, owner, demands, promise and photographs; on one page or by an action."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions.values import DemandInput, PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Notice, Obligation
from huiyin.records.models import Attachment, NumberSeries
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.records.office import picture, upload
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 09:00")
NEW = "/complaints/new"
TOLD = {"caller_name": "周厂长", "problem": "接头处漏油", "severity": "function"}


def test_whoever_takes_it_in_owns_it_and_the_clock_runs(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    assert (complaint.number, complaint.state, complaint.phase) == ("KS2026-0001", "registered", "received")
    assert (complaint.owner, complaint.opened_by, complaint.round) == (works.mei, works.mei, 1)
    due = dict(Obligation.objects.filter(record_id=complaint.pk).values_list("rule", "due_at"))
    assert due == {"verify": at("2026-11-16 11:00"), "answer": at("2026-11-23 09:00")}


@pytest.mark.parametrize("severity", ["safety", "regulation"])
def test_what_may_hurt_people_is_owed_faster_and_management_hears_at_once(works: Factory, severity: str) -> None:
    complaint = works.complaint(severity=severity)
    due = dict(Obligation.objects.filter(record_id=complaint.pk).values_list("rule", "due_at"))
    assert due == {"verify-grave": at("2026-11-16 09:30"), "answer-grave": at("2026-11-18 09:00")}
    row = Obligation.objects.get(record_id=complaint.pk, rule="answer-grave")
    assert row.next_alarm_at == at("2026-11-16 09:00")


def test_numbers_follow_one_another_and_a_refused_one_leaves_no_gap(works: Factory) -> None:
    assert works.complaint().number == "KS2026-0001"
    with pytest.raises(Refused) as refused:
        works.complaint(severity="")
    assert {k: v.show("zh") for k, v in refused.value.fields.items()} == {"severity": "请填写“严重程度”"}
    assert works.complaint().number == "KS2026-0002"
    assert NumberSeries.objects.get(series="complaint").last == 2


def test_only_those_who_take_complaints_in_register_one(works: Factory) -> None:
    with pytest.raises(Refused) as refused:
        works.complaint("fang")
    assert [r.show("zh") for r in refused.value.reasons] == ["这一步由售后服务部、办公室、质量部、客服部办理"]
    assert Complaint.objects.count() == 0


def test_the_desk_is_told_but_not_who_registered_it(works: Factory) -> None:
    works.complaint("lin")
    told = Notice.objects.values_list("person__username", "text_zh").order_by("person__username")
    said = "林志远登记了周厂长的投诉：接头处漏油"
    assert list(told) == [("mei", said), ("song", said)]


def test_a_promise_on_the_telephone_is_owed_to_the_customer(works: Factory) -> None:
    complaint = works.complaint(promise=PromiseInput("中午前回电", at("2026-11-16 11:30")))
    row = Obligation.objects.get(record_id=complaint.pk, rule="customer-promise")
    kept = complaint.promises.get()
    assert (row.due_at, row.owner_person, row.owed_to, row.part) == (
        at("2026-11-16 11:30"),
        works.mei,
        "customer",
        f"promise:{kept.pk}",
    )
    assert row.next_alarm_at == at("2026-11-16 10:30")
    assert verify().code == 0


def test_one_page_takes_the_whole_telephone_call(office: Office) -> None:
    answer = office.desk("mei").send(
        NEW,
        **TOLD,
        model="HY-40",
        batch="B2611",
        demands=["repair", "report"],
        demand_quantity__repair="3",
        complained_quantity="１０",
        promise_text="明早回电",
        promised_at="2026-11-17T09:00",
        photos=[upload("漏油.png", picture())],
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/complaints/KS2026-0001")
    complaint = Complaint.objects.get()
    assert (complaint.caller_name, complaint.model, complaint.complained_quantity) == ("周厂长", "HY-40", 10)
    assert complaint.received_at == at("2026-11-16 09:00")
    demanded = set(complaint.demands.values_list("demand", "quantity"))
    assert demanded == {("repair", 3), ("report", None)}
    assert complaint.promises.get().promised_at == at("2026-11-17 09:00")
    assert Attachment.objects.get(kind="complaint", record_id=complaint.pk).name == "漏油.png"
    events = (
        Entry.objects.filter(kind="complaint", record_id=complaint.pk)
        .order_by("sequence")
        .values_list("event", flat=True)
    )
    assert list(events) == ["complaint.registered", "complaint.promised", "record.file_attached"]


def test_the_page_asks_for_what_the_procedure_requires_and_keeps_what_was_typed(office: Office) -> None:
    page = ParsedPage(office.desk("mei").send(NEW, problem="异响", batch="B2611", severity=""))
    assert page.status == 422
    assert [s in page.text for s in ("请选择客户，或写下来电人或电话", "请选择严重程度")] == [True, True]
    kept = page.form(NEW).values
    assert (kept["problem"], kept["batch"]) == (["异响"], ["B2611"])
    assert Complaint.objects.count() == 0


def test_a_file_that_is_refused_registers_nothing_at_all(office: Office) -> None:
    page = ParsedPage(office.desk("mei").send(NEW, **TOLD, photos=[upload("病毒.exe", b"MZ\x90\x00" + b"\0" * 99)]))
    assert (page.status, Complaint.objects.count(), NumberSeries.objects.count()) == (422, 0, 0)
    assert page.form(NEW).values["problem"] == ["接头处漏油"]


def test_every_file_that_is_refused_is_named_at_its_field_and_all_are_to_be_chosen_again(
    office: Office,
) -> None:
    bad = [upload("病毒.exe", b"MZ\x90\x00" + b"\0" * 99), upload("假.png", b"MZ\x90\x00" + b"\0" * 99)]
    page = ParsedPage(office.desk("mei").send(NEW, **TOLD, photos=[upload("漏油.png", picture()), *bad]))
    again = "请重新选择文件，浏览器没有留住它们"
    assert [said in page.text for said in ("照片与文件：", "病毒.exe", "假.png", again)] == [True] * 4
    fresh = ParsedPage(office.desk("mei").send(NEW, **TOLD | {"problem": ""}, photos=[upload("漏油.png", picture())]))
    assert (fresh.status, again in fresh.text) == (422, True)
    bare = ParsedPage(office.desk("mei").send(NEW, **TOLD | {"problem": ""}))
    assert (bare.status, again in bare.text) == (422, False)


def test_a_promise_needs_its_moment(office: Office) -> None:
    page = ParsedPage(office.desk("mei").send(NEW, **TOLD, promise_text="尽快", promised_at=""))
    assert (page.status, "请写明最迟何时" in page.text) == (422, True)


def test_the_same_form_sent_twice_registers_once(office: Office) -> None:
    mei = office.desk("mei")
    filled = {**mei.sheet(NEW).values, **TOLD}
    answers = [mei.post(NEW, filled) for _ in range(2)]
    assert [(a.status_code, a.headers["Location"]) for a in answers] == [(302, "/complaints/KS2026-0001")] * 2
    assert Complaint.objects.count() == 1


def test_whose_business_it_is_not_reads_why_and_loses_nothing(office: Office) -> None:
    assert NEW not in [form.action for form in office.desk("fang").get(NEW).forms]
    page = ParsedPage(office.desk("fang").send_from(office.desk("mei"), NEW, **TOLD))
    assert (page.status, Complaint.objects.count()) == (422, 0)
    assert "这一步由售后服务部、办公室、质量部、客服部办理" in page.text
    assert page.form(NEW).values["problem"] == ["接头处漏油"]


def test_demands_are_kept_with_quantity_and_money(works: Factory) -> None:
    complaint = works.complaint(demands=[DemandInput("refund", amount=None), DemandInput("resupply", 3)])
    assert list(complaint.demands.order_by("id").values_list("demand", "quantity", "amount")) == [
        ("refund", None, None),
        ("resupply", 3, None),
    ]
