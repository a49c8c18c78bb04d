"""What each reader is shown: the whole sheet, the cases alone, or what concerns them; how often a page asks."""

from __future__ import annotations

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.assessment.actions import appeals, rewards
from huiyin.assessment.models import Charge
from huiyin.records.print.forms import PrintJob, sheet_builder
from huiyin.records.print.sheets import TableBlock
from tests.assessment.weeks import WEEK, AssessedWeek, late_task
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.records.print import pdf
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage("feedback")
office = desks("2026-11-24 10:00")
EXPORT = {"do": "export", "format": "csv"}


def made(works: Factory, until: str = "divided") -> AssessedWeek:
    """A sheet with a fine, freight, a reward."""
    late_task(works)
    week = AssessedWeek(works)
    reward = rewards.propose(week.sheet, works.mei, Decimal("50"), "主动回访", context=week.context("qian"))
    rewards.approve(reward, context=week.context("zong"))
    week.until(until)
    return week


def exported(office: Office, name: str, path: str) -> list[dict[str, str]]:
    answer = office.desk(name).post(path, EXPORT)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"))))


def test_cases_left_empty_cost_nothing_when_that_is_ticked(works: Factory, office: Office) -> None:
    for _ in range(3):
        late_task(works)
    week = AssessedWeek(works)
    week.until("sent")
    first, *others = week.sheet.items.order_by("id")
    path = "/assessments/KP2026-001/costs"
    desk = office.desk("ku")
    desk.send(path, **{f"i{first.pk}_freight": "333.33", f"i{others[1].pk}_loss": "12"})
    assert list(week.sheet.items.order_by("id").values_list("freight", "loss")) == [
        (Decimal("333.33"), None),
        (None, None),
        (None, Decimal(12)),
    ]
    desk.send(path, rest_nothing="on")
    assert list(week.sheet.items.order_by("id").values_list("freight", "loss")) == [
        (Decimal("333.33"), 0),
        (0, 0),
        (0, Decimal(12)),
    ]


def test_the_list_shows_each_reader_their_own_sums(works: Factory, office: Office) -> None:
    made(works)
    for name, shown in {
        "lin": "¥236.67",
        "fang": "¥236.67",
        "peng": "¥173.34",
        "shen": "¥236.67",
        "mei": "¥50.00",
    }.items():
        page = office.desk(name).get("/assessments/")
        assert ("KP2026-001" in page.text, shown in page.text) == (True, True), name
    for name in ("cai", "tao"):
        assert "KP2026-001" not in office.desk(name).get("/assessments/").text


@pytest.mark.parametrize(
    ("name", "sees", "hidden"),
    [
        ("lin", ["沈主任", "彭师傅", "王晓梅", "¥333.33", "48 小时内反馈改善措施及计划"], []),
        ("zong", ["沈主任", "彭师傅", "王晓梅"], []),
        ("fang", ["沈主任", "彭师傅", "王晓梅"], []),
        ("shen", ["沈主任", "彭师傅", "¥333.33"], ["¥50.00"]),
        ("peng", ["彭师傅", "¥173.34"], ["¥20.00", "¥43.33", "¥50.00"]),
        ("mei", ["王晓梅", "¥50.00"], ["¥20.00", "¥173.34", "彭师傅"]),
        ("ku", ["¥333.33", "FK261116-01"], ["沈主任", "彭师傅", "¥20.00", "¥173.34"]),
    ],
)
def test_each_reader_sees_what_concerns_them(
    works: Factory, office: Office, name: str, sees: list[str], hidden: list[str]
) -> None:
    week = made(works)
    page = office.desk(name).get(f"/assessments/{week.sheet.number}")
    assert page.status == 200
    shown = page.text.split("经过 ")[0]
    assert [word for word in sees if word not in shown] == []
    assert [word for word in hidden if word in page.text] == []


def test_before_it_is_handed_over_a_sheet_is_not_yet_theirs(works: Factory, office: Office) -> None:
    week = made(works, until="signed")
    seen = {
        name: office.desk(name).get(f"/assessments/{week.sheet.number}").status
        for name in ("shen", "peng", "mei", "ku")
    }
    assert seen == {"shen": 404, "peng": 404, "mei": 404, "ku": 200}


def test_a_charge_shows_how_it_was_reached_and_that_it_is_the_same_today(works: Factory, office: Office) -> None:
    week = made(works)
    path = f"/assessments/{week.sheet.number}/charges/{week.fine().pk}"
    page = office.desk("shen").get(path)
    assert "2 天 × 10.00 = 20.00" in page.text
    assert "今天按当时的数据重算，结果相同。" in page.text
    assert f"{path}/appeal" in page.links
    assert office.desk("peng").get(path).status == 404
    assert f"{path}/appeal" not in office.desk("lin").get(path).links


def test_a_figure_changed_in_the_database_is_seen(works: Factory, office: Office) -> None:
    week = made(works)
    Charge.objects.filter(pk=week.fine().pk).update(amount=30, counted=30)
    page = office.desk("lin").get(f"/assessments/{week.sheet.number}/charges/{week.fine().pk}")
    assert "今天重算为 ¥20.00，与表上不同。" in page.text


def test_the_head_divides_on_the_page(works: Factory, office: Office) -> None:
    week = made(works, until="handed_over")
    path = f"/assessments/{week.sheet.number}/allotments/{week.allotment().pk}/division"
    wrong = office.desk("shen").send(path, **{f"p{works.peng.pk}": "100"})
    assert (wrong.status_code, "各人合计 100.00，应为 173.34" in wrong.content.decode()) == (422, True)
    rest = office.desk("shen").get(path.replace("division", "rest"), **{f"p{works.peng.pk}": "100.04"})
    assert rest.text == "还有 ¥73.30 没有分。"
    over = office.desk("shen").get(path.replace("division", "rest"), **{f"p{works.peng.pk}": "200", "p1": "x"})
    assert over.status == 200
    for odd in ("9e999999", "NaN", "-5"):
        assert office.desk("shen").get(path.replace("division", "rest"), p1=odd).text == "还有 ¥173.34 没有分。"
    right = office.desk("shen").send(path, **{f"p{works.peng.pk}": "100", f"p{works.shen.pk}": "73.34"})
    assert right.status_code == 302
    assert Charge.objects.filter(allotment=week.allotment()).count() == 2


def test_ones_own_charges_and_their_export(works: Factory, office: Office) -> None:
    made(works)
    assert [row["金额"] for row in exported(office, "peng", "/charges/")] == ["173.34"]
    assert sorted(row["金额"] for row in exported(office, "shen", "/charges/")) == [
        "173.34",
        "20.00",
        "43.33",
    ]
    whole = exported(office, "fang", "/charges/")
    assert [(row["承担者"], row["种类"], row["金额"]) for row in whole] == [
        ("彭师傅", "运费", "173.34"),
        ("沈主任", "运费", "43.33"),
        ("王晓梅", "奖励", "50.00"),
        ("沈主任", "迟误", "20.00"),
    ]
    assert exported(office, "cai", "/charges/") == []


def test_the_ledger_is_exported_for_finance_and_balances(works: Factory, office: Office) -> None:
    made(works)
    rows = exported(office, "fang", "/ledger/")
    debit = sum(Decimal(row["借方"] or 0) for row in rows)
    credit = sum(Decimal(row["贷方"] or 0) for row in rows)
    assert (debit, credit) == (Decimal("460.01"), Decimal("460.01"))
    page = office.desk("fang").get("/ledger/balances")
    assert ("借贷平衡" in page.text, "考核收入" in page.text) == (True, True)
    for name in ("lin", "shen", "mei"):
        assert office.desk(name).get("/ledger/").status == 404
        assert office.desk(name).get("/ledger/balances").status == 404


@pdf.needs_poppler
def test_the_printed_sheet_bears_both_signatures(works: Factory, office: Office) -> None:
    week = made(works)
    answer = office.desk("fang").client.get(f"/sheets/assessment/{week.sheet.number}/assessment-sheet.pdf")
    assert answer.status_code == 200
    expected = [
        "考核统计表",
        "KP2026-001",
        "2026年第47周",
        "生产车间",
        "333.33",
        "173.34",
        "236.67",
        "沈主任",
        "彭师傅",
        "王晓梅",
        "钱卫东",
        "总经理赵",
        "2026-11-23",
    ]
    assert pdf.missing(answer.content, *expected) == []
    own = office.desk("ku").client.get(f"/sheets/assessment/{week.sheet.number}/assessment-sheet.pdf")
    assert pdf.missing(own.content, "彭师傅", "173.34", "王晓梅") == ["彭师傅", "173.34", "王晓梅"]


def test_every_figure_of_the_printed_sheet_stands_under_its_heading(works: Factory) -> None:
    """No figure can stand in another's place: no two are alike, but for the loss, which the department bears whole."""
    story = late_task(works)
    week = AssessedWeek(works)
    reward = rewards.propose(week.sheet, works.mei, Decimal("12.50"), "主动回访", context=week.context("qian"))
    rewards.approve(reward, context=week.context("zong"))
    week.until("costed", freight="300", loss="77.10")
    entry = next(one for one in works.procedure.forms_of("assessment") if one.layout == "assessment-sheet")
    build = sheet_builder("assessment-sheet", "assessment")
    assert build is not None
    paper = build(PrintJob(week.sheet, works.procedure, entry, works.fang, at("2026-11-23 12:00"), "zh"))
    tables = [block for block in paper.blocks if isinstance(block, TableBlock)]
    read = [[dict(zip((c.label for c in one.columns), row.cells, strict=True)) for row in one.rows] for one in tables]
    figures = ["1", "2", "20.00", "300.00", "77.10", "40.00", "160.00", "77.10", "297.10"]
    headings = ["反馈", "迟误天数", "迟误考核", "运费", "损失", "主管承担", "责任者承担", "损失承担", "合计"]
    by_department, cases, charges = read
    assert by_department == [
        {"责任部门": name, **dict(zip(headings, figures, strict=True))} for name in ("生产车间", "合计")
    ]
    said = {"责任部门": "生产车间", "运费": "300.00", "损失": "77.10", "说明": "顺丰"}
    assert cases == [{"案件": story.complaint.number, **said}]
    assert [(one["承担者 / 受奖人"], one["天数"], one["考核"], one["奖励"]) for one in charges] == [
        ("沈主任", "2", "20.00", ""),
        ("王晓梅", "", "", "12.50"),
        ("沈主任", "", "40.00", ""),
        ("生产车间", "", "77.10", ""),
    ]


def test_it_is_found_by_its_number_by_who_may_see_it(works: Factory, office: Office) -> None:
    made(works)
    found = {name: office.desk(name).client.get("/search", {"q": "KP2026-001"}) for name in ("lin", "peng", "cai")}
    led = {name: answer.headers.get("Location") for name, answer in found.items()}
    assert led == {"lin": "/assessments/KP2026-001", "peng": "/assessments/KP2026-001", "cai": None}


def test_its_week_is_said_in_words_and_found_by_them(works: Factory, office: Office) -> None:
    made(works, until="sent")
    found = office.desk("lin").get("/search", q="2026年第47周")
    assert ("KP2026-001" in found.text, "2026-W47" in found.text, "{y}" in found.text) == (True, True, False)
    assert "标题" in found.text
    works.lin.language = "en"
    works.lin.save()
    pages = {
        "/search?q=KP2026": "Week 47, 2026",
        "/assessments/KP2026-001": "Week 47, 2026",
        "/obligations/?whose=all": "Week 47, 2026",
        "/assessments/KP2026-001/withdrawal": "Week 47, 2026",
    }
    shown = {path: office.desk("lin").get(path).text for path in pages}
    assert {path: said in shown[path] for path, said in pages.items()} == dict.fromkeys(pages, True)
    keyed = [path for path, text in shown.items() if "2026-W47" in text]
    assert keyed == ["/search?q=KP2026"]  # among the words under which the sheet is found


def test_compiling_on_the_page(works: Factory, office: Office) -> None:
    late_task(works)
    answer = office.desk("lin").send("/assessments/new", week=WEEK.key)
    assert (answer.status_code, answer["Location"]) == (302, "/assessments/KP2026-001")
    assert WEEK.key not in office.desk("lin").sheet("/assessments/new").values["week"]
    page = office.desk("shen").get("/assessments/new")
    assert "这一步由质量部办理" in page.text
    assert [form.action for form in page.forms if "week" in form.names] == []


def asked(office: Office, name: str, path: str) -> int:
    for _ in range(2):
        office.desk(name).get(path)
    with CaptureQueriesContext(connection) as queries:
        page: ParsedPage = office.desk(name).get(path)
    assert page.status == 200
    return len(queries)


PATHS = ("/assessments/", "/assessments/{number}", "/charges/", "/ledger/", "/ledger/balances")
MOST = {"/assessments/": 5, "/assessments/{number}": 15, "/charges/": 6, "/ledger/": 6, "/ledger/balances": 6}


def test_pages_ask_as_often_for_many_as_for_one(works: Factory, office: Office) -> None:
    week = made(works)
    few = {path: asked(office, "zong", path.format(number=week.sheet.number)) for path in PATHS}
    for _ in range(8):
        late_task(works, start="2026-11-23 09:00", answered=None)
    big = AssessedWeek(works, WEEK.next, "2026-11-30 09:00")
    for _ in range(8):
        reward = rewards.propose(big.sheet, works.mei, Decimal(5), "好", context=big.context("qian"))
        rewards.approve(reward, context=big.context("zong"))
    big.until("divided")
    for charge in big.sheet.charges.filter(charge="fine"):
        appeals.appeal(charge, "不服", context=big.context("shen"))
    many = {path: asked(office, "zong", path.format(number=big.sheet.number)) for path in PATHS}
    assert {path: (few[path], n) for path, n in many.items() if n > few[path] + 1} == {}
    assert {path: n for path, n in many.items() if n > MOST[path]} == {}
