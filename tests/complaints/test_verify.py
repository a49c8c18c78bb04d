"""Verifying intake: complete, accurate, and the quantities add up."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.complaints.actions import intake
from huiyin.complaints.models import Complaint
from huiyin.obligations.models import Obligation
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("feedback")
office = desks("2026-11-16 10:00")


def refused(works: Factory, quantity: Decimal | None = None, **facts: Any) -> list[str]:
    """The reasons, in Chinese, why a complaint with these facts is not verified."""
    complaint = works.complaint(**facts)
    with pytest.raises(Refused) as why:
        intake.verify(complaint, "齐全", verified_quantity=quantity, context=works.context("mei", "2026-11-16 10:00"))
    assert Complaint.objects.get(pk=complaint.pk).state == "registered"
    return [r.show("zh") for r in [*why.value.reasons, *why.value.fields.values()]]


def test_what_is_missing_is_all_named_at_once(works: Factory) -> None:
    assert refused(works, caller_name="", caller_phone="", model="", defect_quantity=None, demands=[]) == [
        "请先确定客户",
        "请先记录客户的要求",
    ]
    assert refused(works, model="", defect_quantity=None) == ["请先写明产品型号", "请先填写不良数量"]


def test_the_companys_own_field_is_asked_for_here(works: Factory) -> None:
    assert refused(works, extra={}) == ["请填写“机器序列号”"]


@pytest.mark.parametrize(
    ("facts", "verified", "said"),
    [
        ({"complained_quantity": Decimal(120)}, None, "投诉数量（120）不能大于发货数量（100）"),
        ({}, Decimal(11), "核实数量（11）不能大于投诉数量（10）"),
        ({"defect_quantity": Decimal(9)}, Decimal(8), "不良数量（9）不能大于核实数量（8）"),
        ({"defect_quantity": Decimal("10.5")}, None, "不良数量（10.5）不能大于投诉数量（10）"),
    ],
)
def test_quantities_that_cannot_be_are_named(
    works: Factory, facts: dict[str, Any], verified: Decimal | None, said: str
) -> None:
    assert refused(works, verified, **facts) == [said]


def test_all_that_was_shipped_may_be_complained_of_verified_and_defective(works: Factory) -> None:
    whole = Decimal(100)
    complaint = works.complaint(shipped_quantity=whole, complained_quantity=whole, defect_quantity=whole)
    intake.verify(complaint, "齐全", verified_quantity=whole, context=works.context("mei", "2026-11-16 10:00"))
    assert Complaint.objects.get(pk=complaint.pk).state == "verified"


def test_verified_quantities_are_kept_with_the_findings(works: Factory) -> None:
    complaint = works.complaint()
    intake.verify(
        complaint,
        "与客户核对",
        verified_quantity=Decimal(8),
        defect_quantity=Decimal(2),
        context=works.context("mei", "2026-11-16 10:00"),
    )
    now = Complaint.objects.get(pk=complaint.pk)
    assert (now.state, now.findings, now.verified_quantity, now.defect_quantity) == (
        "verified",
        "与客户核对",
        8,
        2,
    )


def test_the_page_asks_for_what_intake_left_open(office: Office) -> None:
    complaint = office.works.complaint(extra={})
    path = f"/complaints/{complaint.number}/verification"
    mei = office.desk("mei")
    page = ParsedPage(mei.send(path, findings="齐全"))
    assert (page.status, page.form(path).values["findings"]) == (422, ["齐全"])
    assert mei.send(path, findings="齐全", machine_serial="M-1").status_code == 302
    now = Complaint.objects.get(pk=complaint.pk)
    assert (now.state, now.extra["machine_serial"]) == ("verified", "M-1")


def test_the_sheet_goes_out_with_a_photograph_or_a_sample_only(works: Factory) -> None:
    complaint = works.complaint(sample="")
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 10:00"))
    with pytest.raises(Refused) as why:
        intake.forward(complaint, "", context=works.context("mei", "2026-11-16 10:10"))
    assert [r.show("zh") for r in why.value.reasons] == ["请先附上照片或登记样品"]
    assert Obligation.objects.get(record_id=complaint.pk, rule="forward").fulfilled_at is None


def test_forwarding_tells_quality_and_engineering_and_is_counted_from_receipt(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 11:00", received_at=at("2026-11-16 08:30"))
    intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 11:10"))
    intake.forward(complaint, "请尽快", context=works.context("mei", "2026-11-16 11:20"))
    row = Obligation.objects.get(record_id=complaint.pk, rule="forward")
    assert (row.base_at, row.due_at, row.fulfilled_at) == (
        at("2026-11-16 08:30"),
        at("2026-11-16 14:00"),
        at("2026-11-16 11:20"),
    )
    told = {n.person.username for n in row_notices(complaint)}
    assert told == {"lin", "qian", "tao"}


def row_notices(complaint: Complaint) -> Any:
    from huiyin.journal.models import Entry
    from huiyin.obligations.models import Notice

    entry = Entry.objects.get(record_id=complaint.pk, event="complaint.forwarded")
    return Notice.objects.filter(entry_id=entry.pk).select_related("person")


def test_the_remark_stands_in_the_time_line(office: Office) -> None:
    complaint = office.works.complaint()
    page = f"/complaints/{complaint.number}"
    mei = office.desk("mei")
    assert mei.send(f"{page}/verification", findings="齐全").status_code == 302
    assert mei.send(f"{page}/forwarding", remark="客户停线，请先看").status_code == 302
    assert "客户停线，请先看" in mei.get(page).text


def test_the_quantity_the_procedure_wants_is_asked_for_at_its_field(office: Office) -> None:
    complaint = office.works.complaint(defect_quantity=None)
    path = f"/complaints/{complaint.number}/verification"
    page = ParsedPage(office.desk("mei").send(path, findings="资料齐全"))
    assert (page.status, "请填写不良数量。" in page.text) == (422, True)
    assert page.form(path).values["findings"] == ["资料齐全"]


def test_what_holds_the_verification_leads_to_where_it_is_written(office: Office) -> None:
    held, free = office.works.complaint(demands=[]), office.works.complaint()
    mei = office.desk("mei")
    found = []
    for complaint in (held, free):
        text = mei.client.get(f"/complaints/{complaint.number}").content.decode()
        coming = text[text.index('id="next"') :].split("</section>")[0]
        found.append(("请先记录客户的要求" in coming, f"/complaints/{complaint.number}/facts" in coming))
    assert found == [(True, True), (False, False)]
