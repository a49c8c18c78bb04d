"""P2 clause 5 on the screen: from a task answered too late to finance, the head's division and an appeal."""

from __future__ import annotations

import pytest

from huiyin.assessment.models import Allotment, Charge
from huiyin.journal.verification import verify
from tests.assessment.weeks import balances, is_balanced, late_task
from tests.scenarios.browser.colleagues import BrowserStaff, sees

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"
NUMBER = "KP2026-001"
PAGE = f"/assessments/{NUMBER}"


def test_from_a_late_task_to_finance(staff: BrowserStaff) -> None:
    late_task(staff.works)
    quality_compiles(staff)
    logistics_adds_costs(staff)
    a_reward_is_proposed(staff)
    two_signatures(staff)
    finance_gets_it(staff)
    the_department_objects_to_a_loss(staff)
    the_head_divides(staff)
    an_appeal(staff)
    finance_carries_it_out(staff)
    the_ledger_balances(staff, income="-336.67", losses="200.00")
    assert verify().code == 0


def quality_compiles(staff: BrowserStaff, due: str = "09:40") -> None:
    """5.1: on Monday quality compiles last week; the fine stands day by day."""
    staff.clock.at("2026-11-23 09:00")
    lin = staff("lin", "/assessments/")
    staff.photographs("lin", "/assessments/", "assessments-empty")
    lin.presses("统计一周")
    staff.photographs("lin", "/assessments/new", "assessment-new")
    assert lin.presses("统计").toast() == f"已统计 {NUMBER}"
    assert lin.path() == PAGE
    lin.presses("2 天，怎样算出来的")
    assert lin.reads(".derivation li") == [
        f"期限 2026-11-18 {due}，2026-11-20 08:10 完成",
        f"第 1 天：2026-11-18 {due} 至 2026-11-19 {due}，10.00",
        f"第 2 天：2026-11-19 {due} 至 2026-11-20 08:10，不足一天按一天，10.00",
        "2 天 × 10.00 = 20.00",
    ]
    lin.goes(PAGE)
    assert lin.takes("发给物流") == "发给物流：已完成"


def logistics_adds_costs(staff: BrowserStaff, loss: str = "1200") -> None:
    """Logistics finds it among its own, enters freight and losses of the case, and returns it.

    Fines are not its to see.
    """
    ku = staff("ku", "/")
    ku.presses("填写运费和损失并送回质量部")
    assert ku.path() == PAGE
    assert "沈主任" not in ku.page.content()
    assert ku.next() == "下一步：填写运费和损失"
    staff.photographs("ku", PAGE, "assessment-logistics")
    ku.presses("填写运费和损失")
    first = ku.page.locator("main input[name^=i][name$=_freight]").first
    item = (first.get_attribute("name") or "").split("_")[0]
    ku.page.get_by_label("其余案件没有发生费用，空着的按 0 记").check()
    ku.fills(**{f"{item}_freight": "333.33", f"{item}_loss": loss, f"{item}_note": "顺丰加急"})
    staff.photographs("ku", f"{PAGE}/costs", "assessment-costs")
    assert ku.presses("填写运费和损失").toast() == "填写运费和损失：已完成"
    assert ku.next() == "下一步：送回质量部"
    assert ku.takes("送回质量部") == "送回质量部：已完成"


def a_reward_is_proposed(staff: BrowserStaff) -> None:
    qian = staff("qian", f"{PAGE}/reward")
    qian.fills(whom="王晓梅（营销支持科）", amount="50", evidence="主动回访，避免了退货")
    assert qian.presses("提议奖励").toast() == "提议奖励：已完成"


SUMS = "生产车间 1 ¥20.00 2 天 ¥333.33 ¥1,200.00 ¥43.33 ¥173.34 ¥1,200.00 ¥1,436.67"


def two_signatures(staff: BrowserStaff, sums: str = SUMS) -> None:
    """The head of quality and the general manager sign; the reward has to be decided first."""
    qian = staff("qian", PAGE)
    assert qian.reads("#work table tbody tr")[0].startswith(sums)
    staff.photographs("qian", PAGE, "assessment")
    assert qian.takes("质量部长签字", statement="属实") == "质量部长签字：已完成"
    zong = staff("zong", PAGE)
    zong.presses("同意奖励：王晓梅")
    assert zong.presses("同意奖励").toast() == "同意奖励：已完成"
    assert zong.takes("总经理签字", statement="同意") == "总经理签字：已完成"


def finance_gets_it(staff: BrowserStaff) -> None:
    lin = staff("lin", PAGE)
    assert lin.takes("交财务执行") == "交财务执行：已完成"
    fang = staff("fang", "/")
    assert fang.reads(".owed-what") == ["财务执行考核"]
    fang.presses("财务执行考核")
    assert fang.next() == "下一步：执行考核"
    assert fang.reads("#next .reasons li") == ["还有部门没有分解到人"]


def the_department_objects_to_a_loss(staff: BrowserStaff) -> None:
    """The head of the department that bears a loss is told of it, appeals, and the general manager decides."""
    shen = staff("shen", "/notices")
    said = "考核统计 KP2026-001 的一项已记账，请查看：2026年第47周，生产车间承担的损失，财务执行前可以申诉"
    assert said in "".join(shen.reads("main table tbody tr"))
    shen.goes(PAGE)
    staff.photographs("shen", PAGE, "assessment-head")
    charge, sum_ = Charge.objects.get(charge="borne"), Allotment.objects.get()
    staff.photographs("shen", f"{PAGE}/allotments/{sum_.pk}/appeal", "sum-appeal")
    shen.presses(charge.label.zh)
    staff.photographs("shen", shen.path(), "loss")
    shen.presses("申诉")
    staff.photographs("shen", shen.path(), "loss-appeal")
    shen.fills(reason="来料尺寸超差，供方已认账 1,000 元")
    assert shen.presses("申诉").toast() == "申诉：已完成"
    zong = staff("zong", "/")
    staff.photographs("zong", "/", "today-manager")
    zong.presses("决定一项申诉")
    staff.photographs("zong", PAGE, "assessment-manager")
    zong.goes(f"{PAGE}/charges/{charge.pk}")
    zong.presses("减少金额")
    zong.fills(amount="200", reason="供方承担 1,000 元")
    staff.photographs("zong", zong.path(), "loss-reduction")
    assert zong.presses("减少金额").toast() == "减少金额：已完成"
    staff.photographs("shen", f"{PAGE}/charges/{charge.pk}", "loss-decided")
    staff.photographs("zong", "/search?q=2026-W47", "search-week")
    staff.photographs("zong", "/obligations/?whose=all", "obligations-week")


def the_head_divides(staff: BrowserStaff) -> None:
    """5.3: the head has three working days; the parts must add up to the sum."""
    staff.clock.at("2026-11-24 10:00")
    shen = staff("shen", "/")
    assert shen.reads(".owed-what")[0] == "3 个工作日内把考核分解到责任者"
    shen.presses("3 个工作日内把考核分解到责任者")
    shen.presses("分解到责任者：生产车间")
    peng, own = staff.works.peng.pk, staff.works.shen.pk
    shen.fills(**{f"p{peng}": "100", f"p{own}": "50"})
    sees(shen.page.locator("#rest p"), "还有 ¥23.34 没有分。")
    shen.page.complaints.expected += ["422"]
    assert shen.refuses("分解到责任者") == ["各人合计 150.00，应为 173.34"]
    shen.fills(**{f"p{peng}": "123.34"})
    staff.photographs("shen", shen.path(), "assessment-split")
    assert shen.presses("分解到责任者").toast() == "分解到责任者：已完成"


def an_appeal(staff: BrowserStaff) -> None:
    """Who is charged sees why, appeals, and management decides."""
    peng = staff("peng", "/charges/")
    assert peng.reads("#results tbody tr td:first-child") == ["运费分担"]
    peng.presses("运费分担")
    peng.presses("申诉")
    peng.fills(reason="当天我休假，不是我发的货")
    assert peng.presses("申诉").toast() == "申诉：已完成"
    zong = staff("zong", "/")
    zong.presses("决定一项申诉")
    zong.presses("减少金额")
    zong.fills(amount="23.34", reason="半天在岗")
    assert zong.presses("减少金额").toast() == "减少金额：已完成"
    peng.page.goto("/charges/")
    peng.presses("运费分担")
    assert "¥23.34" in peng.reads("main dl")[0]
    staff.photographs("peng", peng.path(), "charge")
    staff.photographs("peng", "/charges/", "charges")


def finance_carries_it_out(staff: BrowserStaff) -> None:
    fang = staff("fang", PAGE)
    assert fang.takes("执行考核", remark="随 11 月工资执行") == "执行考核：已完成"


def the_ledger_balances(staff: BrowserStaff, income: str = "-1336.67", losses: str = "1200.00") -> None:
    fang = staff("fang", "/ledger/balances")
    assert fang.reads(".section-tools .badge") == ["借贷平衡"]
    assert is_balanced()
    borne = {"生产车间（损失）": losses} if losses else {}
    assert balances() == {"考核收入": income, "奖励支出": "50.00", "工资扣发": "86.67", **borne}
    staff.photographs("fang", "/ledger/balances", "balances")
    staff.photographs("fang", "/ledger/", "ledger")
    answer = fang.page.request.get(f"/sheets/assessment/{NUMBER}/assessment-sheet.pdf")
    assert (answer.status, answer.body()[:5]) == (200, b"%PDF-")
    peng = staff("peng")
    peng.page.complaints.expected += ["404"]
    assert peng.page.request.get("/ledger/").status == 404
