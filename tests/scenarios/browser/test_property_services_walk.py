"""P8, a property company on the screen: a request that is sent on, arranged, repaired on the telephone and judged."""

from __future__ import annotations

import pytest

from huiyin.journal.verification import verify
from tests.browser import TELEPHONE
from tests.scenarios.browser.colleagues import BrowserStaff
from tests.scenarios.browser.registers import (
    evidence,
    facts,
    gaps,
    opens,
    prints,
    rows,
    sends,
    shown,
    signs,
    takes,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "property-services"
RECEIVE, ARRANGE, FINISH = "受理需求", "联系客户并安排", "完成维修"
CHECKS = ["施工安全措施", "设备设施检查", "按操作规程作业", "试运行正常", "现场清理干净"]


def test_a_repair_from_the_request_to_the_judgement(staff: BrowserStaff) -> None:
    staff.clock.at("2026-11-16 09:00")
    mei = staff("mei", "/registers/request/new/receive")
    mei.fills(sort="投诉")
    assert shown(mei.page, "complaint")
    mei.fills(sort="报修")
    assert not shown(mei.page, "complaint")
    request = opens(
        mei,
        "request",
        RECEIVE,
        sort="报修",
        caller="周女士",
        telephone="13900001111",
        place="3 号楼 1202",
        matter="厨房水管漏水",
    )
    takes(mei, request, "分派到部门", unit="维修部", dispatch_note="今天回话")
    takes(staff("peng", screen=TELEPHONE), request, "部门接收")
    takes(
        mei,
        request,
        ARRANGE,
        confirmed="水槽下接头漏水，明天上午有人在家",
        visit_on="2026-11-17",
        window="上午",
        visit_by="2026-11-17T10:00",
        repairer="彭师傅",
    )
    assert mei.reads("#ties .lines a") == ["WX202611-0001"]
    mei.goes("/registers/repair/?view=week")
    assert (mei.reads(".calendar tbody th"), mei.reads(".calendar-one")) == (["彭师傅"], ["厨房水管漏水 · 3 号楼 1202"])
    order = "/registers/repair/WX202611-0001"
    takes(
        mei,
        order,
        "改约",
        visit_on="2026-11-18",
        window="上午",
        visit_by="2026-11-18T10:00",
        change_reason="客户有事",
    )
    day = mei.goes("/registers/repair/?view=week").page.locator("td", has=mei.page.locator(".calendar-one"))
    assert day.locator(".calendar-day").inner_text() == "11-18"

    staff.clock.at("2026-11-18 09:30")
    peng = staff("peng")
    assert peng.goes(f"{order}/finish").reads(".notice li") == ["现在处于“已预约”，不能“完成维修”"]
    assert peng.page.locator("main form").count() == 0
    takes(peng, order, "到达现场")
    peng.presses(FINISH)
    page = peng.page
    assert peng.reads("#table-checks .child-item") == CHECKS
    peng.fills(**{f"checks-{place}-verdict": "合格" for place in range(5)})
    page.locator("#table-parts [data-add-row]").click()
    for at, (part, price) in enumerate((("角阀 DN15", "35"), ("软管 60cm", "24.50"), ("生料带", "1.50"))):
        peng.fills(**{f"parts-{at}-part": part, f"parts-{at}-pieces": "1", f"parts-{at}-price": price})
    peng.fills(outcome="已修复", result="更换角阀和软管，试压不漏", told="是", opinion="师傅很准时", content="满意")
    peng.fills(customer_signature="周敏")
    assert signs(page) == "data:image/png;base64,"
    sends(peng, FINISH)
    assert rows(peng, "parts") == [
        ["角阀 DN15", "1", "¥35.00"],
        ["软管 60cm", "1", "¥24.50"],
        ["生料带", "1", "¥1.50"],
    ]
    said = facts(peng)
    assert (said["材料费合计"], said["维修结果"], said["客户签字"]) == ("¥61.00", "已修复", "周敏（2026-11-18）")
    assert page.locator(".signed-picture").count() == 1
    prints(peng, "维修工单", "角阀 DN15", "周敏", "☑已修复", "☐未能修复")

    takes(mei, order, "确认质量", quality="好")
    takes(mei, request, "维修办结")
    takes(mei, request, "评估并办结", quality="好", satisfaction="满意", suggestion="希望公示报价")
    assert told(mei)[-1] == "王晓梅 评估：服务质量好，客户满意（希望公示报价）"
    assert mei.reads("#owed .owed-list")[0] == "没有未了的事项"
    staff.photographs("mei", order, "p8-repair")
    assert gaps(staff, {"9", "11", "12", "13", "14"}) == set()
    assert evidence(staff, "13") == {FINISH: "1", "维修办结": "1"}
    assert (verify().code, verify().fault) == (0, None)
