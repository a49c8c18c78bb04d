"""The pages of requests and stock-takes as their readers have them, from the complaint's page to the close."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.records.models import Signature
from huiyin.returns.models import Award, Lot, Replacement, Shipment, StockTake
from tests.cast import Factory
from tests.desk import Office
from tests.returns.goods import department
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage("feedback")
office = desks("2026-11-16 11:00")


def requested(office: Office, works: Factory, **more: Any) -> Replacement:
    """A request made on its page from a complaint."""
    complaint = works.complaint()
    mei = office.desk("mei")
    assert f"/replacements/new?complaint={complaint.number}" in mei.get(f"/complaints/{complaint.number}").links
    path = f"/replacements/new?complaint={complaint.number}"
    sheet = mei.get(path).form("/replacements/new")
    assert (
        sheet.values["model_0"],
        sheet.values["batch_0"],
        sheet.values["quantity_0"],
        sheet.values["serials_0"],
    ) == (
        ["HY-40"],
        ["B2611"],
        ["10"],
        ["S-77"],
    )
    given = {"customer": "周厂长", "way_0": "exchange", "quantity_0": "3"} | more
    answer = mei.post("/replacements/new", {**sheet.values, **given})
    record = Replacement.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/replacements/{record.number}")
    return record


def test_a_request_goes_its_way_page_by_page(office: Office, works: Factory) -> None:
    record = requested(office, works)
    here = f"/replacements/{record.number}"
    mei, lin, ku = office.desk("mei"), office.desk("lin"), office.desk("ku")
    line = record.lines.get()
    lin.send(f"{here}/signature", at_page=here, department="production")
    ku.send(f"{here}/shipment", **{f"quantity_{line.pk}": "3", "waybill": "SF1", "freight": "35.5"})
    sent = Shipment.objects.get()
    mei.send(f"{here}/shipments/{sent.pk}/receipt", who="周厂长", received_on="2026-11-18")
    mei.send(f"{here}/consent", channel="telephone", who="周厂长", consented_on="2026-11-16")
    ku.send(f"{here}/return", condition="外箱完好")
    lot = Lot.objects.get()
    lin.send(f"{here}/lots/{lot.pk}/inspection", good="1", bad="2", findings="密封圈装反")
    lin.send(f"{here}/lots/{lot.pk}/disposal", good_restock="1", bad_scrap="2")
    answer = mei.send(f"{here}/closure", at_page=here)
    assert answer["Location"] == here
    record.refresh_from_db()
    assert (record.state, record.responsible) == ("closed", department("production"))
    page = mei.get(here)
    assert page.status == 200
    assert "客户已签收" in page.text
    assert "费用与损失" in page.text


def test_compensation_waits_for_the_right_person(office: Office, works: Factory) -> None:
    record = requested(office, works)
    here = f"/replacements/{record.number}"
    mei = office.desk("mei")
    mei.send(f"{here}/compensation", amount="5000", reason="停线两天")
    award = Award.objects.get()
    assert (award.state, award.waits_for) == ("requested", "head")
    page = mei.get(f"{here}/awards/{award.pk}/promise")
    assert "还没有任一部门负责人的批准，不能答应客户" in page.text
    assert "须由总经理批准" in office.desk("song").get(f"{here}/awards/{award.pk}/approval").text
    office.desk("song").send(f"{here}/awards/{award.pk}/endorsement")
    office.desk("zong").send(f"{here}/awards/{award.pk}/approval", note="同意")
    mei.send(f"{here}/awards/{award.pk}/promise", who="周厂长", told_on="2026-11-17")
    office.desk("fang").send(f"{here}/awards/{award.pk}/payment", paid_on="2026-11-20")
    award.refresh_from_db()
    assert award.state == "paid"


def test_a_stock_take_is_counted_signed_and_final(office: Office, works: Factory) -> None:
    complaint = works.complaint()
    lin = office.desk("lin")
    path = f"/stock-takes/new?complaint={complaint.number}"
    sheet = lin.get(path).form("/stock-takes/new")
    lin.post("/stock-takes/new", {**sheet.values, "customer": "周厂长", "claimed": "3"})
    record = StockTake.objects.get()
    here = f"/stock-takes/{record.number}"
    office.desk("fang").send(f"{here}/account", count="100")
    office.desk("ku").send(f"{here}/card", count="100")
    lin.send(f"{here}/goods", count="103")
    record.refresh_from_db()
    assert record.verdict == "quality"
    assert "财务部还没有在现在的数字上签字" in lin.get(f"{here}/verdict").text
    refused = office.desk("fang").post(f"/signatures/stock-take/{record.number}", {"role": "quality"})
    assert (refused.status_code, "请选择以什么身份签字" in refused.content.decode()) == (409, True)
    assert not Signature.objects.exists()
    for name, role in (("fang", "finance"), ("ku", "warehouse"), ("lin", "quality")):
        office.desk(name).send(f"/signatures/stock-take/{record.number}", at_page=here, role=role)
    lin.send(f"{here}/verdict", at_page=here, remark="盘点三遍")
    record.refresh_from_db()
    assert (record.state, record.verdict) == ("settled", "quality")
    assert lin.get(f"/complaints/{complaint.number}").links.count(here) == 1


def test_lists_and_sheets(office: Office, works: Factory) -> None:
    record = requested(office, works)
    mei = office.desk("mei")
    for path in (
        "/replacements/",
        "/replacements/?way=exchange&open=1",
        "/replacements/losses?totals=1",
        "/stock-takes/",
    ):
        assert mei.get(path).status == 200
    assert f"/replacements/{record.number}" in mei.get("/replacements/").links
    for language in ("zh", "en", "both"):
        answer = mei.client.get(f"/sheets/replacement/{record.number}/replacement-request.pdf?language={language}")
        assert (answer.status_code, b"".join(answer)[:5] if answer.streaming else answer.content[:5]) == (
            200,
            b"%PDF-",
        )


def test_a_request_is_corrected_and_withdrawn(office: Office, works: Factory) -> None:
    record = requested(office, works)
    here = f"/replacements/{record.number}"
    mei = office.desk("mei")
    mei.send(f"{here}/facts", quantity_0="2", address="西安")
    record.refresh_from_db()
    assert (record.address, record.lines.get().quantity) == ("西安", 2)
    mei.send(f"{here}/withdrawal", reason="客户自己修好了")
    record.refresh_from_db()
    assert record.state == "withdrawn"
