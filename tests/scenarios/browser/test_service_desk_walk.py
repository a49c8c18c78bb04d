"""P7, the service desk on the screen: roster, a hand-over refused and repeated, an enquiry, a first contact."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from huiyin.journal.verification import verify
from tests.scenarios.browser.colleagues import BrowserStaff
from tests.scenarios.browser.registers import (
    drawn,
    evidence,
    facts,
    gaps,
    opens,
    prints,
    rows,
    sends,
    signs,
    state,
    takes,
    told,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "service-desk"
PREPARE, REFUSE, PRESENT, ACCEPT = "整理交班", "不接", "整改后再交", "接班签字"


def test_a_roster_and_a_hand_over_that_is_refused_at_first(staff: BrowserStaff) -> None:
    staff.clock.at("2026-11-16 22:00")
    mei, song = staff("mei"), staff("song")
    shifts = [
        {"starts_at": "2026-11-16T22:00", "ends_at": "2026-11-17T06:00", "on_duty": "王晓梅", "special": "否"},
        {"starts_at": "2026-11-17T06:00", "ends_at": "2026-12-01T00:00", "on_duty": "宋建国", "special": "否"},
    ]
    roster = opens(
        mei,
        "duty-roster",
        "编制值班表",
        memo="十一月下旬",
        **{f"shifts-{place}-{name}": said for place, shift in enumerate(shifts) for name, said in shift.items()},
    )
    takes(song, roster, "发布")
    assert (facts(song)["期间"], facts(song)["班数"]) == ("2026年11月", "2")
    assert rows(song, "shifts") == [
        ["2026-11-16 22:00", "2026-11-17 06:00", "王晓梅", "—", "否", "—"],
        ["2026-11-17 06:00", "2026-12-01 00:00", "宋建国", "—", "否", "—"],
    ]

    staff.clock.at("2026-11-17 05:40")
    mei.goes("/registers/handover/").presses(PREPARE)
    mei.fills(
        relief="宋建国",
        shift_ends="2026-11-17T06:00",
        tidy="是",
        complete="是",
        major_repair="否",
        leaver_signature="王晓梅",
    )
    assert signs(mei.page) == "data:image/png;base64,"
    mei.page.get_by_role("button", name="重签").click()
    assert drawn(mei.page) == ""
    assert signs(mei.page) == "data:image/png;base64,"
    mei.fills(
        **{"matters-0-what": "回访三号泵站", "matters-0-owner": "宋建国", "matters-0-due_on": "2026-11-18"},
        **{"matters-1-what": "多写的"},
    )
    lines = mei.page.locator("#table-matters [data-row]")
    lines.nth(1).locator("[data-drop-row]").click()
    expect(lines).to_have_count(1)
    mei.presses(PREPARE)
    here = mei.path()
    assert (here, state(mei)) == ("/registers/handover/JJ202611-001", "待接班")

    staff.clock.at("2026-11-17 05:52")
    takes(song, here, REFUSE, refusals=["卫生不洁", "公物缺失"], refusal_reason="台面未擦，少一部电话")
    assert mei.goes("/").reads(".owed-what") == [
        "半小时内整改再交（时限由本程序包设定）",
        "月后归档值班表（时限由本程序包设定）",
    ]
    takes(mei, here, PRESENT, put_right="已擦净，电话在维修间", damage="电话一部送修")
    song.page.complaints.expected += ["422", "409"]
    song.goes(here).presses(ACCEPT)
    song.fills(relief_signature="宋建国")
    assert song.refuses(ACCEPT) == ["“清点物品”还没有逐项检查完"]
    song.fills(**{f"items-{place}-verdict": "合格" for place in range(5)}, **{"items-1-remark": "正常"})
    sends(song, ACCEPT)
    assert rows(song, "items") == [
        ["电话", "合格", "—"],
        ["电脑", "合格", "正常"],
        ["饮水机", "合格", "—"],
        ["值班记录本", "合格", "—"],
        ["钥匙与公物", "合格", "—"],
    ]
    assert told(song)[1:] == [
        "王晓梅 交办给 宋建国：回访三号泵站",
        "宋建国 不接（卫生不洁、公物缺失）：台面未擦，少一部电话",
        "王晓梅 整改后再交：已擦净，电话在维修间",
        "宋建国 清点无误，签字接班",
    ]
    assert song.page.locator(".signed-picture").count() == 1
    prints(song, "交接班记录", "回访三号泵站", "☑卫生不洁", "☐记录不清", "台面未擦", "已擦净")
    staff.photographs("song", here, "p7-handover")
    assert gaps(staff, {"值班-1", "交接班-1", "交接班-5", "交接班-6"}) == set()
    assert evidence(staff, "交接班-6") == {REFUSE: "1", PRESENT: "1"}
    assert (verify().code, verify().fault) == (0, None)


def test_an_enquiry_and_a_first_contact_until_the_customer_is_content(staff: BrowserStaff) -> None:
    staff.clock.at("2026-11-16 09:00")
    mei, tao, cai = staff("mei"), staff("tao"), staff("cai")
    here = opens(mei, "enquiry", "登记咨询", caller="李工", telephone="13900001111", question="旧型号滤芯能否通用")
    takes(mei, here, "询问有关人员", expert="陶工", explained="下午回电")
    takes(tao, here, "告知答案", advice="接口同为 G1，可通用")
    takes(mei, here, "答复用户", answer_text="可以通用", board="是")
    assert told(mei) == [
        "王晓梅 接受咨询：旧型号滤芯能否通用",
        "王晓梅 向 陶工 询问（下午回电）",
        "陶工 告知：接口同为 G1，可通用",
        "王晓梅 答复：可以通用",
    ]
    first = opens(
        cai, "first-contact", "登记", caller="周厂长", sort="服务请求", matter="控制柜报警", mine="否", major="否"
    )
    takes(cai, first, "移交", receiver="陶工", transfer_reason="属技术服务")
    takes(tao, first, "接收")
    takes(tao, first, "解决", result="远程复位，参数已改", solved_first="否")
    takes(cai, first, "回访：不满意", complaint_again="晚上又报警")
    takes(cai, first, "解决", result="更换继电器", solved_first="否")
    takes(cai, first, "回访：满意", satisfaction="满意", opinion="很快")
    assert cai.reads(".steps .is-done .steps-label")[-1] == "用户满意"
    assert told(cai)[-3:] == [
        "蔡采购 回访，用户不满意：晚上又报警",
        "蔡采购 解决：更换继电器",
        "蔡采购 回访，满意（很快）",
    ]
    assert cai.reads("#owed .owed-list")[0] == "没有未了的事项"
    staff.photographs("cai", first, "p7-first-contact")
    assert gaps(staff, {"咨询-1", "咨询-2", "首问-1", "首问-2", "首问-3"}) == set()
    assert evidence(staff, "首问-3") == {"回访：满意": "1", "回访：不满意": "1"}
    assert (verify().code, verify().fault) == (0, None)
