"""P2 on the screen: goods sent ahead of the signature (4.4-2), goods that come back (4.3-4),
the joint stock-take (4.5-4).
"""

from __future__ import annotations

import pytest

from huiyin.journal.verification import verify
from huiyin.returns.models import Replacement, StockTake
from tests.browser import TELEPHONE
from tests.scenarios.browser.colleagues import BrowserStaff, words

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"
NUMBER = "BH261116-01"
PAGE = f"/replacements/{NUMBER}"
REQUEST = "填写《补/换/退货申请单》"


def test_goods_go_first_come_back_and_are_scrapped(staff: BrowserStaff) -> None:
    complaint = staff.works.complaint()
    staff.clock.at("2026-11-16 09:30")
    requested(staff, complaint.number, NUMBER, customer="秦川传动")
    mei = staff("mei", PAGE)
    ahead(staff)
    signed_late_and_received(staff)
    back_and_scrapped(staff)
    staff.photographs("lin", PAGE, "replacement")
    staff.photographs("mei", "/replacements/", "replacements")
    staff.photographs("fang", "/replacements/losses", "losses")
    mei.goes(PAGE).takes("办结", note="客户满意")
    assert Replacement.objects.get().state == "closed"
    mei.goes(f"/complaints/{complaint.number}")
    assert [words(one) for one in mei.page.locator("#ties li").all()] == [
        f"补换退货 · {NUMBER} 已办结 秦川传动 · HY-40"
    ]
    staff.photographs("mei", f"/complaints/{complaint.number}", "complaint-ties")
    assert verify().code == 0


def requested(staff: BrowserStaff, complaint: str, number: str, **more: str) -> None:
    """4.3-2: goods are requested from the complaint's page, urgently."""
    mei = staff("mei", f"/complaints/{complaint}")
    mei.presses(REQUEST)
    mei.fills(reason="接头处漏油，客户停线", way_0="换货", quantity_0="3", serials_0="S-77", **more)
    mei.fills(urgent="紧急", urgent_reason="客户停线")
    mei.presses("申请")
    assert (mei.path(), mei.toast()) == (f"/replacements/{number}", f"已申请 {number}")


def ahead(
    staff: BrowserStaff,
    page: str = PAGE,
    when: str = "2026-11-16 10:00",
    freight: str = "35.5",
    borne_by: str = "本公司",
) -> None:
    """4.4-2: what is urgent goes before it is signed; the signature is owed."""
    staff.clock.at(when)
    ku = staff("ku", page, screen=TELEPHONE)
    ku.presses("先发货，后补签")
    staff.photographs("ku", ku.path(), "urgent-shipment")
    ku.fills(waybill="SF1001", carrier="顺丰", freight=freight, borne_by=borne_by)
    ku.presses("先发货，后补签")
    owed = staff("lin", page).reads("#owed .owed-what")
    assert any("补签责任部门（先发货）" in one for one in owed), owed


def signed_late_and_received(staff: BrowserStaff, page: str = PAGE, when: str = "2026-11-16 14:00") -> None:
    """4.4-2: 补签, and the customer has the goods."""
    staff.clock.at(when)
    lin = staff("lin", page)
    assert lin.next() == "下一步：补签责任部门"
    lin.fills(department="生产车间", note="密封圈装反")
    lin.presses("补签责任部门")
    mei = staff("mei", page)
    mei.presses("确认客户签收：第 1 批")
    mei.fills(who="周厂长", received_on=when[:10])
    mei.presses("确认客户签收")


def back_and_scrapped(
    staff: BrowserStaff, page: str = PAGE, agreed: str = "2026-11-16", when: str = "2026-11-18 09:00"
) -> None:
    """4.3-4: what the customer agreed to send back comes, is inspected and disposed of."""
    mei = staff("mei", page)
    mei.presses("与客户商定退货")
    mei.fills(who="周厂长", channel="电话", consented_on=agreed)
    mei.presses("与客户商定退货")
    staff.clock.at(when)
    ku = staff("ku", page)
    ku.presses("收退货")
    ku.fills(condition="外箱完好")
    ku.presses("收退货")
    lin = staff("lin", page)
    lin.presses("检验退回品：HY-40 · B2611")
    lin.page.complaints.expected.append("422")
    lin.fills(good="1", bad="1", findings="密封圈装反")
    assert lin.refuses("检验退回品") == ["合格数量、不合格数量合计 2 件，比收回数量（3 件）少 1 件"]
    lin.fills(good="0", bad="3")
    lin.presses("检验退回品")
    lin.presses("处置退回品：HY-40 · B2611")
    lin.fills(bad_scrap="3", note="密封圈全部报废")
    staff.photographs("lin", lin.path(), "disposal")
    lin.presses("处置退回品")


def test_a_stock_take_with_three_signatures(staff: BrowserStaff) -> None:
    complaint = staff.works.complaint()
    staff.clock.at("2026-11-16 09:30")
    counted_by_three(staff, complaint.number, customer="秦川传动")
    record = StockTake.objects.get()
    assert (record.state, record.verdict) == ("settled", "quality")
    assert verify().code == 0


def counted_by_three(staff: BrowserStaff, complaint: str, **more: str) -> None:
    """4.5-4: finance, warehouse and quality count and sign; the verdict follows from the rule."""
    lin = staff("lin", f"/complaints/{complaint}")
    lin.presses("发起三方盘点")
    lin.fills(material="密封圈 MF-12", claim="少发三件", claimed="3", **more)
    lin.presses("发起")
    page = lin.path()
    for name, button, count in (
        ("fang", "填报账面数", "100"),
        ("ku", "填报卡片数", "101"),
        ("lin", "填报实物数", "103"),
    ):
        one = staff(name, page)
        one.presses(button)
        one.fills(count=count)
        one.presses(button)
    for name, role in (("fang", "财务部"), ("ku", "仓储物流科"), ("lin", "质量部")):
        one = staff(name, page)
        one.page.locator("#signatures summary").click()
        one.fills(role={"财务部": "财务", "仓储物流科": "仓储物流", "质量部": "质量"}[role])
        one.presses("签字")
    lin = staff("lin", page)
    staff.photographs("lin", page, "stock-take")
    lin.takes("盘点定论", remark="三方在场")
