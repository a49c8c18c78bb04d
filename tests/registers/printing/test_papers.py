"""Declared kinds on paper: title, number and revision, boxes to tick, numbered rows under a repeated head, places to
sign, what was sent back; with everything filled in, and with nothing yet.
"""

from __future__ import annotations

import re

import pytest

from huiyin.registers.models import FormRecord
from tests.desk import Desk, Office, ParsedPage
from tests.records.print.pdf import facts, missing, needs_poppler, words
from tests.registers.works import PACK
from tests.stage import desks, stage

# Paper says the same, whichever database gave the rows.
pytestmark = [pytest.mark.django_db, needs_poppler, pytest.mark.sqlite_alone]
works = stage(PACK)
office = desks()


def taken(answer: object) -> None:
    assert answer.status_code == 302, ParsedPage(answer).text[-900:]  # type: ignore[attr-defined]


def page_of(kind: str) -> str:
    return f"/registers/{kind}/{FormRecord.objects.filter(kind=kind).latest('pk').number}"


def paper(desk: Desk, kind: str) -> bytes:
    """The sheet of the last record of a kind."""
    number = page_of(kind).rpartition("/")[2]
    answer = desk.client.get(f"/sheets/{kind}/{number}/{kind}.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def test_customer_supplied_material_adds_up_and_prints(office: Office) -> None:
    mei, lin, ku = office.desk("mei"), office.desk("lin"), office.desk("ku")
    booked = {"part_number": "P-7781", "name_spec": "密封圈 NBR 70", "came_on": "2026-11-16", "received": "500"}
    lots = {"lots-0-lot": "L1", "lots-0-count": "300", "lots-0-place": "A-3"}
    taken(ku.send("/registers/material/new/book", **booked, **lots))
    here = page_of("material")
    blank = paper(ku, "material")
    assert missing(blank, "顾客提供物料点检表", "HY-QR-103", "A/1", "第1页共1页", "☐合格☐部分合格☐不合格") == []

    found = {"accepted": "470", "rejected": "20", "judged": "partly", "inspector": "林志远"}
    refused = lin.send(f"{here}/inspect", held="5", **found)
    assert (refused.status_code, "“实收数量”是 500，各项合计 495，两边不等" in refused.content.decode()) == (422, True)
    assert "合格数量 + " not in lin.get(here).text
    taken(lin.send(f"{here}/inspect", held="10", **found))
    assert "500 件（= 合格数量 + 不合格数量 + 隔离待定数量）" in lin.get(here).text
    record = FormRecord.objects.get(kind="material")
    FormRecord.objects.filter(pk=record.pk).update(extra={**record.extra, "held": "9"})
    assert "500 件（合格数量 + 不合格数量 + 隔离待定数量：499 件，两边不等）" in lin.get(here).text
    FormRecord.objects.filter(pk=record.pk).update(extra=record.extra)
    taken(mei.send(f"{here}/dispose", customer_says="不合格品退回"))
    full = paper(ku, "material")
    assert (
        missing(
            full,
            "470件",
            "500件（=合格数量+不合格数量+隔离待定数量）",
            "隔离待定数量10件",
            "☐合格☑部分合格☐不合格",
            "不合格品退回",
            "林志远",
        )
        == []
    )


def test_the_head_of_a_long_table_stands_on_every_page(office: Office) -> None:
    mei, lin = office.desk("mei"), str(office.works.lin.pk)
    planned = {"planned_on": "2026-11-20", "visitor": lin, "sort": "planned", "purpose": "例行走访"}
    taken(mei.send("/registers/visit/new/plan", **planned))
    here = page_of("visit")
    rows = {}
    for at in range(38):
        rows |= {f"findings-{at}-what": f"油封渗漏 {at + 1}", f"findings-{at}-owner": lin}
        rows[f"findings-{at}-due_on"] = "2026-11-25"
    sheet = mei.sheet(f"{here}/report")
    taken(mei.client.post(f"{here}/report", {**sheet.values, "summary": "走访了两个车间", **rows}))
    printed = paper(mei, "visit")
    assert facts(printed)["Pages"] == "2"
    text = words(printed)
    assert (text.count("序问题负责人期限办理结果"), text.count("油封渗漏")) == (2, 38)
    assert missing(printed, "☑例行☐处理投诉", "第2页共2页") == []


def test_an_approval_prints_its_boxes_and_what_was_sent_back(office: Office) -> None:
    mei, lin, tao, shen = (office.desk(name) for name in ("mei", "lin", "tao", "shen"))
    reviewer = str(office.works.lin.pk)
    taken(mei.send("/registers/request/new/draft", what="换密封圈", amount="5000", reviewer=reviewer))
    assert missing(paper(mei, "request"), "费用申请审批单", "审核审核人", "部门会签质量部", "总经理批准") == []
    here = page_of("request")

    def signing(desk: Desk, noun: str) -> str:
        return next(link for link in desk.get(here).links if re.fullmatch(rf"{here}/signers/\d+/{noun}", link))

    taken(mei.send(f"{here}/submit"))
    taken(lin.send(signing(lin, "add-signer"), to=str(office.works.qian.pk), reason="请质量部长也看"))
    taken(lin.send(signing(lin, "sign"), opinion="可以"))
    taken(tao.send(signing(tao, "sign")))
    qian = office.desk("qian")
    taken(qian.send(signing(qian, "sign"), opinion="同意"))
    assert missing(paper(mei, "request"), "审核钱卫东", "同意", "可以") == []
    taken(shen.send(signing(shen, "refuse"), reason="数量写错"))
    taken(mei.send(f"{here}/submit"))
    assert missing(paper(mei, "request"), "第1轮：沈主任退回（数量写错）2026-11-16", "审核林志远") == []
