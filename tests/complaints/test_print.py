"""The controlled forms of each pack as PDF: number, title, every value, for those who may see the complaint."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.complaints.actions import answering, ending, remedies, tasks
from huiyin.complaints.actions.values import RemedyInput
from huiyin.records.files.files import attach
from huiyin.records.print.forms import PrintJob, sheet_builder
from huiyin.records.print.sheets import TableBlock
from tests.cast import at, factory
from tests.desk import Office, stopped
from tests.records.office import picture, upload
from tests.records.print import pdf
from tests.story import told

# What paper says is the same, whichever database gave the rows.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone, pdf.needs_poppler]

NUMBERS = {
    "base": {
        "complaint-register": "编号：KF-FR-01",
        "feedback-sheet": "编号：KF-FR-02",
        "liaison-sheet": "编号：KF-FR-03",
    },
    "feedback": {"complaint-register": "", "feedback-sheet": ""},
    "communication": {
        "complaint-register": "编号：Q/SX•G4•G09—05",
        "liaison-sheet": "编号：Q/SX•G4•G09—06",
    },
    "complaint-measures": {},
}
VALUES = {
    "complaint-register": [
        "周厂长",
        "13900001111",
        "HY-40",
        "B2611",
        "S-77",
        "D-9",
        "接头处漏油",
        "漏油接头一件",
        "资料齐全，照片已收到",
        "工装划伤油封唇口",
        "库存隔离全检",
        "彭师傅",
        "更换导向套",
        "沈主任",
        "2026-11-20",
        "已更换工装并补发十件",
    ],
    "feedback-sheet": ["HY-40", "接头处漏油", "库存隔离全检", "更换导向套", "工装划伤油封唇口", "2026-11-18"],
    "liaison-sheet": ["接头处漏油", "HY-40"],
    "quality-costs": ["HY-40", "周厂长"],
}


@pytest.mark.parametrize("key", ["base", "feedback", "communication", "complaint-measures"])
def test_each_form_of_a_pack_says_its_number_its_title_and_every_value(key: str) -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory(key)
        story = told(works, "closed")
        office = Office(works, clock)
        forms = [f for f in works.procedure.forms_of("complaint") if f.layout]
        assert {f.key for f in forms} >= set(NUMBERS[key])
        for form in forms:
            answer = office.desk("mei").client.get(f"/sheets/complaint/{story.complaint.number}/{form.key}.pdf")
            assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
            expected = [form.title.zh, story.complaint.number, *VALUES[form.layout]]
            number = NUMBERS[key].get(form.key, "" if form.number == "—" else f"编号：{form.number}")
            assert pdf.missing(answer.content, number, *expected) == [], form.key
            assert pdf.missing(answer.content, "编号：—") == ["编号：—"], form.key


def test_the_form_speaks_the_language_asked_for_or_the_readers_own() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "answered")
        mei = Office(works, clock).desk("mei")
        path = f"/sheets/complaint/{story.complaint.number}/complaint-register.pdf"
        assert pdf.missing(mei.client.get(path).content, "客户投诉登记表") == []
        assert pdf.missing(mei.client.get(f"{path}?language=en").content, "Customer complaint register") == []
        both = mei.client.get(f"{path}?language=both").content
        assert pdf.missing(both, "客户投诉登记表", "Customer complaint register") == []


def test_a_form_is_for_those_who_see_the_complaint_and_only_forms_the_pack_prints() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "approved_tasks")
        office = Office(works, clock)
        path = f"/sheets/complaint/{story.complaint.number}"
        found = {
            name: office.desk(name).client.get(f"{path}/feedback-sheet.pdf").status_code
            for name in ("mei", "peng", "fang")
        }
        assert found == {"mei": 200, "peng": 200, "fang": 404}
        missing = [
            office.desk("mei").client.get(f"{path}/{form}.pdf").status_code for form in ("call-back-record", "nothing")
        ]
        assert missing == [404, 404]


def test_a_task_that_was_cancelled_is_not_printed_and_one_sent_back_says_why() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "judged")
        _, dropped, refused = story.assign("production", "purchasing", "warehouse")
        tasks.cancel(dropped, "分派错了", context=story.context("lin"))
        tasks.decline(refused, "not-ours", "", context=story.context("ku"))
        mei = Office(works, clock).desk("mei")
        sheet = mei.client.get(f"/sheets/complaint/{story.complaint.number}/liaison-sheet.pdf").content
        assert len(pdf.pages(sheet)) == 2
        assert pdf.missing(sheet, "生产部", "仓储物流部", "不接受：不属本部门职责") == []
        assert pdf.missing(sheet, "采购部") == ["采购部"]


def test_the_register_says_who_closed_it_and_what_was_granted_with_its_units() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "concluded")
        wanted = RemedyInput("resupply", quantity=Decimal(3), amount=Decimal("920.5"))
        remedies.grant(story.complaint, wanted, context=story.context("song"))
        asked = remedies.request(
            story.complaint, RemedyInput("refund", amount=Decimal(5000)), context=story.context("mei")
        )
        remedies.deny(story.complaint, asked, "不成立", context=story.context("zong"))
        remedies.request(story.complaint, RemedyInput("refund", amount=Decimal(6000)), context=story.context("mei"))
        mei = Office(works, clock).desk("mei")
        path = f"/sheets/complaint/{story.complaint.number}/complaint-register.pdf"
        sheet = mei.client.get(path).content
        granted, others = "补发 3 件 920.50 CNY", ("5,000.00", "6,000.00")
        assert (pdf.missing(sheet, granted), pdf.missing(sheet, *others)) == ([], [*others])
        closed = told(works, "closed").complaint
        said = pdf.words(mei.client.get(f"/sheets/complaint/{closed.number}/complaint-register.pdf").content)
        assert "结论签名林志远日期2026-11-16" in said
        assert "结案签名王晓梅日期2026-11-16" in said


def test_the_register_of_what_was_judged_unfounded_says_why() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "judged")
        attach(story.complaint, upload("证.png", picture()), actor=works.lin, at=story.now)
        ending.reject(story.complaint, "not-our-product", "铭牌不符", context=story.context("qian"))
        mei = Office(works, clock).desk("mei")
        path = f"/sheets/complaint/{story.complaint.number}/complaint-register.pdf"
        assert pdf.missing(mei.client.get(path).content, "铭牌不符") == []


def test_the_register_holds_what_was_said_when_last_called_back() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = told(works, "accepted")
        answering.call_back(story.complaint, "dissatisfied", "还是漏", context=story.context("song"))
        ending.reopen(story.complaint, "回访不满意", context=story.context("mei"))
        story.handle()
        story.conclude()
        story.approve_verdict()
        story.answer()
        story.accept()
        answering.call_back(story.complaint, "satisfied", "这回好了", context=story.context("song"))
        mei = Office(works, clock).desk("mei")
        sheet = mei.client.get(f"/sheets/complaint/{story.complaint.number}/complaint-register.pdf").content
        assert pdf.missing(sheet, "这回好了", "还是漏") == ["还是漏"]


@pytest.mark.parametrize(
    ("key", "form", "rows"), [("feedback", "feedback-sheet", 6), ("base", "complaint-register", 3)]
)
def test_a_form_without_measures_leaves_room_to_write_them_by_hand(key: str, form: str, rows: int) -> None:
    works = factory(key)
    entry = next(one for one in works.procedure.forms_of("complaint") if one.key == form)
    build = sheet_builder(entry.layout or "", "complaint")
    assert build is not None
    job = PrintJob(works.complaint(), works.procedure, entry, works.mei, at("2026-11-20 10:00"), "zh")
    tables = [block for block in build(job).blocks if isinstance(block, TableBlock)]
    room = {table.columns[1].label: max(table.least_rows, len(table.rows)) for table in tables}
    assert room["措施"] == rows
