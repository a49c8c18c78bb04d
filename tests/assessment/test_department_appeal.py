"""What a department bears is told to its head, who may appeal: a loss borne in full, and a sum before it is divided."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.assessment.actions import appeals, dividing
from huiyin.assessment.models import Booking, Charge
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Department
from huiyin.records.steps.refusals import Refused
from tests.assessment.weeks import AssessedWeek, balances, is_balanced, late_task
from tests.cast import Factory, at
from tests.desk import Office
from tests.records.print import pdf
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("feedback")
office = desks("2026-11-24 10:00")
LOSS = "今天的损失应由供方承担"


def handed_over(works: Factory, freight: str = "0", loss: str = "5000") -> AssessedWeek:
    late_task(works)
    week = AssessedWeek(works)
    week.until("handed_over", freight=freight, loss=loss)
    return week


def borne(week: AssessedWeek) -> Charge:
    return week.sheet.charges.get(charge="borne")


def told(works: Factory, name: str) -> list[tuple[str, str]]:
    rows = Notice.objects.filter(person=works.people[name], kind="assessment").order_by("id")
    return [(row.text_zh, row.text_en) for row in rows]


def owed(rule: str) -> list[tuple[str, str, Any]]:
    rows = Obligation.objects.filter(OPEN, rule=rule).select_related("owner_department")
    return [(r.owner_department.key if r.owner_department else "", r.owed_to, r.due_at) for r in rows]


def test_the_head_is_told_of_each_thing_the_department_bears(works: Factory) -> None:
    handed_over(works, freight="333.33")
    can = "，财务执行前可以申诉"
    said = [zh for zh, _ in told(works, "shen")]
    assert [zh for zh in said if "KP2026-001" in zh or "分解" in zh] == [
        f"考核统计 KP2026-001 的一项已记账，请查看：2026年第47周，迟误考核{can}",
        f"考核统计 KP2026-001 的一项已记账，请查看：2026年第47周，运费分担{can}",
        f"考核统计 KP2026-001 的一项已记账，请查看：2026年第47周，生产车间承担的损失{can}",
        "生产车间须把应承担的费用分解到人",
    ]
    assert told(works, "shen")[2][1] == (
        "A charge of KP2026-001 is booked; see what it says: Week 47, 2026, losses borne by Workshop; "
        "it can be appealed until finance carries it out"
    )
    assert told(works, "peng") == []


def test_a_loss_is_appealed_by_the_head_alone_and_once(works: Factory) -> None:
    week = handed_over(works)
    for name in ("peng", "lin", "zong", "cai", "fang"):
        with pytest.raises(Refused):
            appeals.appeal(borne(week), LOSS, context=week.context(name))
    appeals.appeal(borne(week), LOSS, context=week.context("shen"))
    assert borne(week).state == "appealed"
    assert owed("appeal-decision") == [("management", "charge.bearer", at("2026-11-26 09:00"))]
    assert told(works, "zong")[-1][0] == "沈主任对一项考核提出申诉：生产车间承担的损失"
    with pytest.raises(Refused):
        appeals.appeal(borne(week), LOSS, context=week.context("shen"))
    with pytest.raises(Refused) as waits:
        week.take("carried_out")
    assert [r.show("zh") for r in waits.value.reasons] == ["还有申诉没有决定"]


def test_a_loss_waived_is_booked_back_from_the_department(works: Factory) -> None:
    week = handed_over(works)
    appeals.appeal(borne(week), LOSS, context=week.context("shen"))
    appeals.waive(borne(week), "供方已认账", context=week.context("zong"))
    assert (borne(week).state, borne(week).amount, borne(week).counted) == ("waived", 0, 5000)
    assert balances() == {"沈主任": "20.00", "考核收入": "-20.00"}
    back = Booking.objects.get(booking="reversal")
    assert back.reverses == Booking.objects.get(booking="charge", charge=borne(week))
    assert told(works, "shen")[-1][0] == "总经理赵决定免予考核：供方已认账"
    week.take("carried_out")
    assert (is_balanced(), verify().code) == (True, 0)


def test_a_loss_reduced_stays_with_the_department_for_the_rest(works: Factory) -> None:
    week = handed_over(works)
    appeals.appeal(borne(week), LOSS, context=week.context("shen"))
    appeals.reduce(borne(week), Decimal("1200.50"), "各担一部分", context=week.context("zong"))
    assert balances() == {"沈主任": "20.00", "生产车间（损失）": "1200.50", "考核收入": "-1220.50"}
    assert is_balanced()


def test_who_heads_the_department_does_not_decide_in_its_favour(works: Factory) -> None:
    works.shen.extra_functions = ["management"]
    works.shen.save()
    week = handed_over(works, freight="333.33")
    appeals.appeal(borne(week), LOSS, context=week.context("shen"))
    appeals.appeal(week.allotment(), "不是我们的", context=week.context("shen"))
    for act in (
        lambda: appeals.waive(borne(week), "免", context=week.context("shen")),
        lambda: appeals.reduce(borne(week), Decimal(1), "减", context=week.context("shen")),
        lambda: appeals.waive(week.allotment(), "免", context=week.context("shen")),
    ):
        with pytest.raises(Refused):
            act()


def test_a_sum_is_appealed_before_it_is_divided(works: Factory) -> None:
    week = handed_over(works, freight="333.33", loss="0")
    assert len(owed("split")) == 1
    with pytest.raises(Refused):
        appeals.appeal(week.allotment(), "不是我们的", context=week.context("peng"))
    appeals.appeal(week.allotment(), "不是我们的", context=week.context("shen"))
    assert (owed("split"), len(owed("department-appeal-decision"))) == ([], 1)
    assert told(works, "zong")[-1][0] == "沈主任对部门的分担提出申诉：生产车间待分解的运费"
    with pytest.raises(Refused):
        dividing.split(week.allotment(), [(works.peng, Decimal("173.34"))], context=week.context("shen"))
    with pytest.raises(Refused) as waits:
        week.take("carried_out")
    assert [r.show("zh") for r in waits.value.reasons] == ["还有部门没有分解到人", "还有申诉没有决定"]


def test_a_sum_waived_leaves_nothing_to_divide(works: Factory) -> None:
    week = handed_over(works, freight="333.33", loss="0")
    appeals.appeal(week.allotment(), "不是我们的", context=week.context("shen"))
    appeals.waive(week.allotment(), "承运人的责任", context=week.context("zong"))
    assert (week.allotment().state, week.allotment().amount) == ("waived", 0)
    assert balances() == {"沈主任": "63.33", "考核收入": "-63.33"}
    back = Booking.objects.get(booking="reversal")
    assert back.reverses == Booking.objects.get(booking="allot")
    week.take("carried_out")
    assert (week.sheet.state, is_balanced(), verify().code) == ("carried_out", True, 0)


@pytest.mark.parametrize(("decision", "left"), [("reduced", "100.00"), ("upheld", "173.34")])
def test_what_the_decision_leaves_is_divided_in_three_days(works: Factory, decision: str, left: str) -> None:
    week = handed_over(works, freight="333.33", loss="0")
    appeals.appeal(week.allotment(), "不全是我们的", context=week.context("shen"))
    if decision == "reduced":
        for amount in ("0", "173.34", "-1"):
            with pytest.raises(Refused):
                appeals.reduce(week.allotment(), Decimal(amount), "减", context=week.context("zong"))
        appeals.reduce(week.allotment(), Decimal(100), "各半", context=week.context("zong", "2026-11-24 10:00"))
    else:
        appeals.uphold(week.allotment(), "是你们的", context=week.context("zong", "2026-11-24 10:00"))
    assert owed(f"split-{decision}") == [("production", "function:quality", at("2026-11-27 10:00"))]
    with pytest.raises(Refused):
        appeals.appeal(week.allotment(), "还是不服", context=week.context("shen"))
    assert week.allotment().amount == Decimal(left)
    dividing.split(week.allotment(), [(works.peng, Decimal(left))], context=week.context("shen"))
    assert not Obligation.objects.filter(OPEN, rule__startswith="split").exists()
    assert balances()["彭师傅"] == left
    week.take("carried_out")
    assert (is_balanced(), verify().code) == (True, 0)


def test_a_person_named_by_logistics_appeals_themselves(works: Factory) -> None:
    late_task(works)
    week = AssessedWeek(works)
    week.until("costed", freight="0", loss="460.50")
    charge = borne(week)
    charge.person, charge.department = works.peng, Department.objects.get(key="production")
    charge.save()
    for state in ("returned", "quality_signed", "signed", "handed_over"):
        week.take(state)
    assert told(works, "peng")[-1][0].endswith("承担的损失，财务执行前可以申诉")
    with pytest.raises(Refused):
        appeals.appeal(borne(week), "不服", context=week.context("shen"))
    appeals.appeal(borne(week), "不服", context=week.context("peng"))
    assert borne(week).state == "appealed"


@pdf.needs_poppler
def test_pages_lists_and_the_printed_sheet_know_the_appeal(works: Factory, office: Office) -> None:
    week = handed_over(works, freight="333.33")
    sheet = f"/assessments/{week.sheet.number}"
    own, sum_ = f"{sheet}/charges/{borne(week).pk}", f"{sheet}/allotments/{week.allotment().pk}"
    shen, zong = office.desk("shen"), office.desk("zong")
    page = shen.get(sheet)
    assert (f"{own}/appeal" in page.links, f"{sum_}/appeal" in page.links) == (True, True)
    assert f"{own}/appeal" in shen.get(own).links
    shen.send(f"{own}/appeal", reason=LOSS)
    shen.send(f"{sum_}/appeal", reason="承运人弄坏的")
    page = zong.get(sheet)
    assert ("申诉：生产车间，运费" in page.text, "申诉：生产车间，FK261116-01 的损失" in page.text) == (
        True,
        True,
    )
    assert LOSS in zong.get(f"{own}/waiver").text
    assert "承运人弄坏的" in zong.get(f"{sum_}/reduction").text
    zong.send(f"{own}/waiver", reason="供方已认账")
    zong.send(f"{sum_}/reduction", amount="100", reason="各半")
    paper = office.desk("fang").client.get(f"/sheets/assessment/{week.sheet.number}/assessment-sheet.pdf")
    expected = ["申诉与决定", LOSS, "供方已认账", "5,000.00", "承运人弄坏的", "各半", "100.00"]
    assert pdf.missing(paper.content, *expected) == []
    body = office.desk("fang").post(
        "/charges/?cols=what,person,appeal_reason,decision_reason", {"do": "export", "format": "csv"}
    )
    text = (b"".join(body.streaming_content) if body.streaming else body.content).decode("utf-8-sig")
    assert f"FK261116-01 的损失,生产车间,{LOSS},供方已认账" in text
    assert office.desk("peng").get(own).status == 404
    assert office.desk("peng").get(f"{sum_}/appeal").status == 404
