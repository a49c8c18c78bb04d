"""The steps of P5 on the screen: each box of the flow chart of annex 1 by the person whose function it is."""

from __future__ import annotations

import shutil

from playwright.sync_api import expect

from huiyin.complaints.models import Complaint
from huiyin.improvement.models import Problem
from tests.browser import TELEPHONE
from tests.records.print.pdf import missing
from tests.scenarios.browser.colleagues import BrowserColleague, BrowserStaff, words
from tests.scenarios.browser.writing import (
    CAUSES,
    CHOICE,
    DOING,
    STANDARD,
    back,
    implementation,
    measure,
    root_cause,
    saved,
    section,
)

CONTACT, COMPLAINT, NUMBER = "LF202611-001", "TS2026-001", "FK202611-001"
PAGE = f"/problems/{NUMBER}"
OPEN, DECIDE = "填写《顾客服务反馈记录表》", "判定是否需要纠正和预防"
ANALYSE, CHOOSE = "原因分析完成", "拟定纠正和预防措施"
REVIEW, APPROVE, RETURN = "部门主管审查", "管理者代表核准", "不核准，退回重拟"
IMPLEMENT, PROVE, FAIL = "措施已执行", "效果验证合格", "效果验证不合格，重新分析原因"
STANDARDISE, SETTLE, CLOSE = "标准化（FMEA、控制计划、作业指导书）", "记录并答复顾客", "结案归档"
NEEDED, NOT = "需要", "不需要"


def owes(colleague: BrowserColleague) -> list[str]:
    """What the colleague's home page says they owe; then they open the record from it."""
    found = colleague.goes("/").reads(".owed-what")
    if found:
        colleague.presses(found[0])
    return found


def called(staff: BrowserStaff) -> None:
    """5.5.1, 5.5.2: the customer's words are registered as they come and turned into a complaint."""
    staff.clock.at("2026-11-16 09:00")
    mei = staff("mei", "/contacts/")
    mei.presses("登记来往")
    mei.fills(
        caller_name="周厂长",
        caller_phone="13900001111",
        topic="接头有异响",
        text="一批 HY-40 接头转动时有异响，三件",
    )
    assert mei.presses("登记").toast() == "来往已登记"
    assert (mei.path(), mei.next()) == (f"/contacts/{CONTACT}", "这是什么？")
    mei.presses("转为投诉")
    assert mei.page.input_value("[name=caller_name]") == "周厂长"
    mei.fills(model="HY-40", severity="功能：影响使用或停线", defect_quantity="3")
    assert mei.presses("登记").toast() == f"已登记 {COMPLAINT}"
    assert mei.takes("核实", findings="与周厂长核对：三件，均为上周到货") == "核实：已完成"


def recorded_from_the_complaint(staff: BrowserStaff) -> None:
    """5.5.1: the feedback record is filled in from the complaint; each leads to the other."""
    mei = staff("mei", f"/complaints/{COMPLAINT}")
    mei.presses(OPEN)
    assert words(mei.page.locator("main h1")) == OPEN
    assert mei.page.locator("main [name=path]:visible").count() == 0  # one way of handling: nothing to choose
    staff.photographs("mei", mei.path(), "p5-open")
    mei.fills(title="HY-40 接头有异响").presses("立案")
    assert (mei.path(), mei.toast()) == (PAGE, f"已立案 {NUMBER}")
    assert mei.reads("#cases .lines a") == [COMPLAINT]
    assert mei.reads(".steps .steps-label") == [
        "已接收记录",
        "已判定，原因分析",
        "原因已明，拟定措施",
        "措施待主管审查",
        "措施待核准",
        "措施已核准，执行中",
        "已执行，效果验证",
        "效果已确认",
        "已结案归档",
    ]
    mei.presses(COMPLAINT)
    assert [words(one) for one in mei.page.locator("#ties li").all()] == [
        f"服务反馈记录 · {NUMBER} 已接收记录 HY-40 接头有异响 · 周厂长 · HY-40"
    ]


def opened(staff: BrowserStaff) -> BrowserColleague:
    """A feedback record without a complaint."""
    staff.clock.at("2026-11-16 09:00")
    mei = staff("mei", "/problems/new")
    mei.fills(title="HY-40 接头有异响", customer="周厂").presses("立案")
    assert mei.toast() == f"已立案 {NUMBER}"
    return mei


def decided(staff: BrowserStaff, cause: str, action: str, effect: str, **more: str) -> None:
    """5.5.1: whether analysis, action and confirmation are needed is the first thing asked."""
    mei = staff("mei", PAGE)
    assert "一个工作日内判定是否需要纠正和预防（由本程序包设定）" in mei.reads("#owed .owed-what")
    said = mei.takes(DECIDE, needs_cause=cause, needs_action=action, needs_effect=effect, reason="装配手法", **more)
    assert said == f"{DECIDE}：已完成"
    staff.photographs("mei", PAGE, "p5-decided")


def analysed(staff: BrowserStaff) -> None:
    """The department is told and owes the cause; its page leads to where the cause is written."""
    staff.clock.at("2026-11-17 09:00")
    peng = staff("peng", "/")
    assert peng.reads(".news p") == ["王晓梅判定：原因分析、纠正和预防措施、效果确认（装配手法）"]
    assert owes(peng) == ["责任部门三个工作日内分析原因"]
    assert (peng.path(), peng.next()) == (PAGE, f"下一步：{ANALYSE}")
    assert peng.reads("#next .reasons li") == ["“发生”的根本原因还没有标出"]
    staff.photographs("peng", PAGE, "p5-department")
    peng.presses(CAUSES)
    root_cause(peng, "压装力没有监控")
    staff.photographs("peng", peng.path(), "p5-causes")
    assert back(peng).takes(ANALYSE, words="看过压机记录") == f"{ANALYSE}：已完成"


def drawn_up(staff: BrowserStaff) -> None:
    staff.clock.at("2026-11-18 09:00")
    peng = staff("peng")
    assert owes(peng) == ["两个工作日内拟定纠正和预防措施"]
    measure(peng, "加强巡检", "压装力没有监控")
    section(peng, "D6")
    implementation(peng, responsible="彭师傅", planned_on="2026-11-30")
    assert peng.takes(CHOOSE) == f"{CHOOSE}：已完成"
    assert peng.reads("#next .awaited dd") == ["这一步由责任部门负责人办理"]


def the_head_does_not_approve(staff: BrowserStaff) -> None:
    """First "no": the head of the department sends the measures back, from the telephone."""
    shen = staff("shen", "/", screen=TELEPHONE)
    assert owes(shen) == ["部门主管审查措施"]
    assert shen.next() == f"下一步：{REVIEW}"
    staff.photographs("shen", PAGE, "p5-head")
    assert shen.presses(RETURN).fills(words="治标").presses(RETURN).toast() == f"{RETURN}：已完成"
    peng = staff("peng")
    assert owes(peng) == ["两个工作日内重拟被退回的措施"]
    assert peng.reads(".notice p") == ["被退回：治标"]
    staff.photographs("peng", PAGE, "p5-returned")
    rewritten(peng, "加装压力传感器")
    shen.goes(PAGE).takes(REVIEW, words="可行")


def rewritten(peng: BrowserColleague, text: str) -> None:
    """The measure in other words, drawn up again; then nothing says any more that it was returned."""
    item = peng.presses(CHOICE).page.locator("#rows-candidate .sheet-item").first
    item.locator("[name=text]").fill(text)
    item.locator("[name=text]").blur()
    saved(item)
    back(peng).takes(CHOOSE)
    assert peng.reads(".notice p") == []


def the_representative_does_not_approve(staff: BrowserStaff) -> None:
    """Second "no": the management representative sends them back."""
    zong = staff("zong", "/")
    assert owes(zong) == ["管理者代表核准或退回措施"]
    zong.presses(RETURN).fills(words="费用过高").presses(RETURN)
    peng = staff("peng", PAGE)
    assert peng.reads(".notice p") == ["被退回：费用过高"]
    rewritten(peng, "旧压机加装压力传感器")


def approved(staff: BrowserStaff) -> None:
    staff("shen", PAGE).takes(REVIEW, words="可行")
    zong = staff("zong")
    assert owes(zong) == ["管理者代表核准或退回措施"]
    assert zong.takes(APPROVE, words="同意") == f"{APPROVE}：已完成"
    assert zong.reads(".heading-under .phase") == ["措施已核准，执行中"]


def carried_out(staff: BrowserStaff, text: str, done: str, starts: str, ends: str) -> None:
    """The business section plans how the effect is shown, the department carries out by the day planned."""
    mei = staff("mei", PAGE)
    assert mei.reads("#next .awaited dd li") == [
        "这一步由责任部门的任何人、技术科办理",
        f"措施“{text}”还没有完成日期",
        "请先计划效果验证",
    ]
    mei.presses("计划效果验证")
    mei.fills(metric="异响件数", baseline="3", target="0", starts_on=starts, ends_on=ends, checker="林志远")
    assert mei.presses("计划效果验证").toast() == "计划效果验证：已完成"
    staff.clock.at(f"{done} 15:00")
    peng = staff("peng")
    assert owes(peng) == ["按计划日期执行措施"]
    peng.presses(DOING)
    implementation(peng, done_on=done, cut_in_batch="B2612")
    assert peng.takes(IMPLEMENT) == f"{IMPLEMENT}：已完成"
    staff.clock.at(f"{ends} 10:00")


def not_effective(staff: BrowserStaff) -> None:
    """Third "no": the effect is missing, so the cause was another; the case says so to whoever opens it."""
    lin = staff("lin", "/")
    assert owes(lin) == ["观察期满时验证效果"]
    lin.presses("验证效果")
    staff.photographs("lin", lin.path(), "p5-check")
    assert lin.fills(result="2", verdict="无效").presses("验证效果").toast() == "验证效果：已完成"
    mei = staff("mei", "/")
    assert "据验证结果确认有效，或退回重查" in mei.reads(".owed-what")
    mei.goes(PAGE)
    assert mei.takes(FAIL, words="仍有异响") == f"{FAIL}：已完成"
    assert mei.reads(".heading-under .phase") == ["已判定，原因分析"]


def analysed_anew(staff: BrowserStaff) -> None:
    staff.clock.at("2026-12-11 09:00")
    peng = staff("peng")
    assert owes(peng) == ["效果不合格：三个工作日内重新分析原因"]
    assert peng.reads(".notice p") == ["被退回：仍有异响"]
    peng.page.complaints.expected.append("422")
    assert peng.refuses(ANALYSE) == ["请填写原因为什么不变。"]
    assert Problem.objects.get().state == "decided"
    staff.photographs("peng", peng.path(), "p5-cause-stays")
    peng.goes(PAGE).presses(CAUSES)
    root_cause(peng, "导向套材料偏软", 2)
    first = peng.page.locator("#whys-occurrence > .why").first
    first.locator("[name=ruled_out]").check()
    saved(first)
    assert back(peng).page.locator("[name=stays]").count() == 0  # there is something new: no more is asked
    peng.takes(ANALYSE)
    measure(peng, "更换材料牌号", "导向套材料偏软", 2)
    section(peng, "D6")
    implementation(peng, responsible="彭师傅", planned_on="2026-12-15")
    peng.takes(CHOOSE)
    approved(staff)


def effective_and_standardised(staff: BrowserStaff) -> None:
    """5.5.1.1: engineering revises what the change touches; the file waits for it."""
    lin = staff("lin")
    assert owes(lin) == ["观察期满时验证效果"]
    lin.presses("验证效果").fills(result="0", verdict="有效").presses("验证效果")
    assert staff("mei", PAGE).takes(PROVE, words="连续两周无异响") == f"{PROVE}：已完成"
    tao = staff("tao", "/")
    assert owes(tao) == ["五个工作日内更新 FMEA、控制计划、作业指导书并归档"]
    tao.presses(STANDARD)
    add = tao.page.locator("form.is-new.is-document")
    add.locator("[name=document]").select_option(label="PFMEA")
    add.locator("[name=number]").fill("PF-40")
    add.locator("[name=before]").fill("A/1")
    add.get_by_role("button").click()
    item = tao.page.locator("#rows-document .sheet-item")
    expect(item).to_have_count(1)
    back(tao)
    assert tao.reads("#next .reasons li") == ["文件“PFMEA PF-40”还没有更新，也没有免改理由"]
    tao.presses(STANDARD)
    item.locator("[name=after]").fill("A/2")
    item.locator("[name=done_on]").fill("2026-12-31")
    item.locator("[name=done_on]").blur()
    saved(item)
    staff.photographs("tao", tao.path(), "p5-standardise")
    assert back(tao).takes(STANDARDISE, words="PFMEA 已改版") == f"{STANDARDISE}：已完成"


def closed_and_printed(staff: BrowserStaff) -> None:
    song = staff("song", "/")
    assert "结案归档或退回" in song.reads(".owed-what")
    song.goes(PAGE)
    assert song.takes(CLOSE, words="归档") == f"{CLOSE}：已完成"
    assert song.reads(".steps .is-done .steps-label")[-1] == "已结案归档"
    assert song.page.locator("#next h2").count() == 0
    assert song.reads("#owed .owed-list")[0] == "没有未了的事项"
    told = [line for line in song.reads(".timeline .entry-line span") if "改写" not in line]
    assert told[:4] == [
        "宋建国批准结案：归档",
        "陶工完成了预防与标准化：PFMEA 已改版",
        "王晓梅确认措施有效：连续两周无异响",
        "林志远验证了效果：异响件数，结果 0，有效",
    ]
    staff.photographs("song", PAGE, "p5-closed")
    printed(song, NUMBER, "HY-40 接头有异响", "导向套材料偏软", "更换材料牌号", "PF-40")


def printed(colleague: BrowserColleague, *said: str) -> None:
    """The feedback record as a PDF, from the page's menu."""
    colleague.page.locator("summary", has_text="打印").click()
    links = colleague.page.locator(".heading .menu-link")
    assert words(links.first) == "《顾客服务反馈记录表》"
    answer = colleague.page.request.get(links.first.get_attribute("href"))
    assert (answer.status, answer.headers["content-type"], answer.body()[:5]) == (
        200,
        "application/pdf",
        b"%PDF-",
    )
    if shutil.which("pdftotext"):
        assert missing(answer.body(), *said) == []


def the_complaint_is_answered(staff: BrowserStaff) -> None:
    """5.5.2: the complaint that the record explains is answered and closed by the complaint procedure."""
    mei = staff("mei", PAGE)
    mei.presses(COMPLAINT)
    mei.takes(
        "分类判定",
        cause_kind="质量异常",
        content="产品质量",
        nature="有效投诉：产品、服务或收费确有过失",
        severity="功能：影响使用或停线",
        lighter="走简易处理",
    )
    mei.takes("简易办理", statement=f"导向套材料已更换，见 {NUMBER}", verdict="成立")
    staff("zong", f"/complaints/{COMPLAINT}").presses("批准结论").presses("批准结论")
    mei.goes(f"/complaints/{COMPLAINT}").grants().takes("答复客户", answer_text="原因已查明，材料已更换，三件补发")
    mei.takes("客户认可", who="周厂长", words="可以")
    bai = staff("bai", f"/complaints/{COMPLAINT}")
    bai.takes("回访", satisfaction="满意", words="没有再响")
    assert mei.goes(f"/complaints/{COMPLAINT}").takes("办结", closing_note="客户满意") == "办结：已完成"
    assert Complaint.objects.get().phase == "closed"


def the_clauses_have_their_evidence(staff: BrowserStaff) -> None:
    """Annex 1 and 5.5 are shown; the chart's clause counts the record at every box it went through and at each "no"."""
    zong = staff("zong", "/clauses/?kind=quarter&day=2026-11-01")
    shown = {one.split()[0]: one for one in zong.reads("table tbody tr td.is-main a")}
    states = dict(zip(shown.values(), zong.reads("table tbody tr td:last-child"), strict=True))
    wanted = ("5.3", "5.5.1", "5.5.1.1", "5.5.2", "5.6.1", "annex")
    assert {key for key in wanted if states[shown[key]].startswith("缺口")} == set()
    zong.presses(shown["annex"])
    counted = {row[1]: row[2] for row in (r.split("\t") for r in _rows(zong)) if row[0] == "步骤"}
    boxes = (ANALYSE, CHOOSE, REVIEW, APPROVE, RETURN, IMPLEMENT, PROVE, FAIL, CLOSE)
    assert {name: counted[name] for name in boxes} == dict.fromkeys(boxes, "1")  # one record, however often
    assert zong.reads("#shown tbody tr") == [f"{NUMBER} 宋建国批准结案：归档 12-31 10:00"]
    staff.photographs("zong", zong.path(), "p5-annex")


def _rows(colleague: BrowserColleague) -> list[str]:
    """The table of what counts as evidence, cells apart."""
    return [row.inner_text() for row in colleague.page.locator("main table").first.locator("tbody tr").all()]
