"""Approvals in the browser: the section of the record, the forms of a signer, the list of what one owes, the paper."""

from __future__ import annotations

import re

import pytest

from huiyin.journal.verification import verify
from huiyin.registers.models import ApprovalSigner, FormRecord
from tests.desk import Desk, Office
from tests.registers.approvals.signing import place_to
from tests.registers.works import PACK
from tests.stage import desks, stage

works = stage(PACK)
office = desks()
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows


def drafted(office: Office, amount: str = "5000") -> str:
    mei = office.desk("mei")
    opened = mei.send("/registers/request/new/draft", what="换密封圈", amount=amount, reviewer=str(office.works.lin.pk))
    assert opened.status_code == 302, opened.content.decode()
    return str(opened.headers["Location"])


def test_from_submission_to_release_in_the_browser(office: Office) -> None:
    here = drafted(office)
    mei, lin, tao = office.desk("mei"), office.desk("lin"), office.desk("tao")
    page = mei.get(here)
    for words in ("会签", "审核", "部门会签", "2 人签署", "总经理批准", "还没有提交", "提交会签"):
        assert words in page.text
    assert mei.send(f"{here}/submit").status_code == 302
    assert "审核" in lin.get("/obligations/").text

    page = lin.get(here)
    assert page.status == 200
    for words in ("第 1 轮", "进行中", "林志远", "陶工", "待签", "同意并签署", "不同意", "转交", "加签"):
        assert words in page.text
    assert lin.send(place_to(lin, here, "sign"), opinion="可以").status_code == 302
    page = lin.get(here)
    assert "可以" in page.text
    assert "撤回签字" in page.text
    assert mei.get(f"{here}/withdraw").text.count("已经有人签署") >= 1
    assert tao.send(place_to(tao, here, "sign")).status_code == 302

    shen, cai, zong = office.desk("shen"), office.desk("cai"), office.desk("zong")
    refusal = shen.sheet(place_to(shen, here, "refuse"))
    assert {"reason", "to", "straight"} <= set(refusal.names)
    assert shen.send(place_to(shen, here, "sign")).status_code == 302
    assert cai.send(place_to(cai, here, "sign"), opinion="同意采购").status_code == 302
    page = zong.get(here)
    assert "不需要" in page.text
    assert zong.send(place_to(zong, here, "refuse"), reason="太贵", to="request.review").status_code == 302
    assert FormRecord.objects.get(number=here.rpartition("/")[2]).state == "in-approval"
    for desk in (lin, tao, shen, cai, zong):
        assert desk.send(place_to(desk, here, "sign")).status_code == 302
    record = FormRecord.objects.get(number=here.rpartition("/")[2])
    assert record.state == "released"
    assert "已通过" in mei.get(here).text
    pdf = mei.client.get(f"/sheets/request/{record.number}/request.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert (verify().code, verify().fault) == (0, None)


def test_another_signer_from_the_form(office: Office) -> None:
    here = drafted(office, "10")
    office.desk("mei").send(f"{here}/submit")
    lin = office.desk("lin")
    assert lin.send(place_to(lin, here, "add-signer"), to=str(office.works.peng.pk)).status_code == 302
    assert lin.send(place_to(lin, here, "transfer"), to=str(office.works.ku.pk)).status_code == 302
    rows = ApprovalSigner.objects.filter(state="asked").values_list("person__name", flat=True)
    assert sorted(rows) == sorted(["陶工", "彭师傅", "库长青"])
    page = office.desk("peng").get(here)
    assert page.status == 200
    assert "（加签）" in page.text
    assert office.desk("fang").get(here).status == 404


def test_the_section_reads_in_english(office: Office) -> None:
    here = drafted(office, "10")
    mei = office.desk("mei")
    mei.send(f"{here}/submit")
    mei.person.language = "en"
    mei.person.save()
    page = mei.get(here)
    for words in ("Countersigning", "Departments", "2 sign", "Round 1", "in progress", "To sign", "not over 1000"):
        assert words in page.text


def test_the_next_part_says_who_must_sign_and_by_when(office: Office) -> None:
    here = drafted(office, "10")
    mei, lin, tao = office.desk("mei"), office.desk("lin"), office.desk("tao")
    mei.send(f"{here}/submit")

    def awaited(desk: Desk) -> str:
        found = re.search(r'<dl class="awaited">.*?</dl>', desk.get(here).html, re.DOTALL)
        return re.sub(r"<[^>]+>|\s+", "", found.group()) if found else ""

    said = awaited(mei)
    assert re.search(r"审核由林志远签署，期限\S*\d\d:\d\d", said), said
    assert "审核由陶工签署" in said
    assert "林志远" not in awaited(lin)
    assert "审核由陶工签署" in awaited(lin)
    lin.send(place_to(lin, here, "sign"))
    tao.send(place_to(tao, here, "sign"))
    assert "部门会签由质量部（林志远或钱卫东）签署" in awaited(mei)
