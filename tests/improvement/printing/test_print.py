"""A problem case on paper in three orders, in both languages, and as a workbook that holds the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.db import models
from python_calamine import CalamineWorkbook

from huiyin.improvement.models import PARTS, Content, Problem, ProblemPart
from huiyin.procedure import versions
from huiyin.records.print.engine import render
from huiyin.records.print.forms import PrintJob, sheet_builder
from huiyin.records.print.sheets import Language, PrintSheet, TableBlock
from huiyin.records.print.workbook import workbook_of
from tests.cast import Factory, at, factory
from tests.desk import Office, stopped
from tests.improvement import cases
from tests.improvement.furnished import TITLE, WHYS, large
from tests.records.print import pdf

# What paper says is the same, whichever database gave the rows.
pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone, pdf.needs_poppler]
ORDERS = ("8d-vda", "8d-ford", "eight-steps")


def made(works: Factory, problem: Problem, layout: str, language: Language = "zh") -> PrintSheet:
    procedure = versions.procedure_of(problem.procedure_id)
    form = next(f for f in procedure.forms_of("problem") if f.layout)
    build = sheet_builder(layout, "problem")
    assert build is not None
    return build(PrintJob(problem, procedure, form, works.lin, at("2026-11-20 10:00"), language))


def cells(content: bytes) -> str:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


@pytest.mark.parametrize("layout", ORDERS)
def test_every_order_says_everything(layout: str) -> None:
    works = factory("base")
    problem = large(works)
    sheet = made(works, problem, layout)
    said = [
        TITLE[:20],
        problem.number,
        "HY-ZQ650",
        WHYS[0],
        "林志远",
        "换班时首件",
        "压装工位 B" if layout != "eight-steps" else "导向套",
    ]
    assert pdf.missing(render(layout, sheet), *said) == []
    book = cells(workbook_of(sheet))
    assert [one for one in said if one not in book] == []


OF_THE_HOUSE = frozenset(
    {
        "action.proof",
        "cause.method",
        "cause.verified_text",
        "containment.method",
        "cost.note",
        "cost.recover_from",
        "submission.note",
        "submission.to",
    }
)
"""What no order says of the rows of a case: how it was proven here, what it cost, what was written to the customer."""
UNASKED = {
    "8d-vda": frozenset[str](),
    "8d-ford": frozenset(["team_goal"]),
    "eight-steps": frozenset(["team_goal", "cause.evidence", "cause.text"])
    | {f"contrast.{name}" for name in ("is_so", "is_not", "difference", "change")},
}
"""And what one order alone does not ask for."""


def written_in(problem: Problem) -> Iterator[tuple[ProblemPart, str]]:
    """Each row that is part of a case, with each of its columns that has room for words and holds some."""
    for part in PARTS:
        names = [
            column.name
            for column in part._meta.concrete_fields
            if isinstance(column, models.TextField)
            or (
                isinstance(column, models.CharField)
                and f"{part.part_kind}.{column.name}" != "content.name"
                and (column.max_length or 0) >= 40
            )
        ]
        for row in part._default_manager.filter(problem=problem):
            yield from ((row, name) for name in names if getattr(row, name))


@pytest.mark.parametrize("layout", ORDERS)
def test_what_stands_in_the_rows_of_a_case_stands_in_every_order(layout: str) -> None:
    works = factory("base")
    problem = large(works, containments=2, causes=4)
    marks = {}
    for place, (row, name) in enumerate(written_in(problem)):
        marks[f"标{place:03}止"] = row.name if isinstance(row, Content) else f"{type(row).part_kind}.{name}"
        type(row)._default_manager.filter(pk=row.pk).update(**{name: f"标{place:03}止"})
    sheet = repr(made(works, problem, layout, "both"))
    assert {name for mark, name in marks.items() if mark not in sheet} == OF_THE_HOUSE | UNASKED[layout]


@pytest.mark.parametrize("layout", ORDERS)
def test_an_empty_case_leaves_room_to_write(layout: str) -> None:
    works = factory("base")
    sheet = made(works, cases.case(works), layout)
    assert pdf.missing(render(layout, sheet), "临时" if layout == "eight-steps" else "D3", "发生") == []


def test_both_languages_stand_on_one_sheet() -> None:
    works = factory("base")
    sheet = made(works, large(works, containments=2, causes=4), "8d-vda", "both")
    assert pdf.missing(render("8d-vda", sheet), "临时遏制", "Interim containment", "可疑", "Suspect") == []


def test_a_workbook_holds_text_alone() -> None:
    """Nothing typed becomes a formula or a link, and equal sheets give equal bytes."""
    works = factory("base")
    problem = large(works, containments=1, causes=2)
    problem.title = '=HYPERLINK("http://x.example","x")'
    sheet = made(works, problem, "8d-vda")
    content = workbook_of(sheet)
    assert content == workbook_of(sheet)
    with ZipFile(BytesIO(content)) as parts:
        page = parts.read("xl/worksheets/sheet1.xml").decode()
        assert ("<f>" in page, "hyperlink" in page.lower()) == (False, False)
    assert problem.title in cells(content)


def test_the_forms_of_the_pack_are_fetched_by_those_who_see_the_case() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        problem = large(works, containments=1, causes=2)
        office = Office(works, clock)
        found = {}
        for name in ("lin", "fang"):
            client = office.desk(name).client
            for suffix in ("pdf", "xlsx", "json"):
                address = f"/sheets/problem/{problem.number}/8d-report.{suffix}"
                found[name, suffix] = client.get(address).status_code
        assert found == {
            ("lin", "pdf"): 200,
            ("lin", "xlsx"): 200,
            ("lin", "json"): 404,
            ("fang", "pdf"): 404,
            ("fang", "xlsx"): 404,
            ("fang", "json"): 404,
        }
        layouts = {f.layout for f in works.procedure.forms_of("problem") if f.layout}
        assert layouts == {"8d-vda", "8d-ford", "quality-costs"}


@pytest.mark.parametrize("layout", ORDERS)
def test_what_the_customer_gets_holds_no_costs_and_says_plainly_what_is_planned_and_done(layout: str) -> None:
    works = factory("base")
    problem = large(works, containments=2, causes=3)
    text = pdf.words(render(layout, made(works, problem, layout, "both")))
    assert [one for one in ("质量成本", "13,480.50", "胶料供应商", "（What）") if one in text] == []
    assert ("2026-12-01/—" in text, "效果验证" in text, "横向展开" in text) == (True, True, True)


def test_the_workbook_is_as_wide_as_the_paper() -> None:
    """Its cells and the margins together are an A4 page, so that nothing is shrunk; a width counts seven pixels."""
    works = factory("base")
    content = workbook_of(made(works, cases.case(works), "8d-vda"))
    drawn = ZipFile(BytesIO(content)).read("xl/worksheets/sheet1.xml").decode()
    found = re.search(r'<col min="1" max="24" width="([\d.]+)"', drawn)
    assert found is not None
    points = 24 * float(found[1]) * 7 * 0.75
    assert 500 < points <= 595 - 2 * 0.5 * 72


@pytest.mark.parametrize("layout", ORDERS)
def test_suspect_goods_are_summed_below_their_places(layout: str) -> None:
    works = factory("base")
    problem = cases.case(works)
    for location, suspect in (("finished", 1200), ("transit", 34)):
        cases.row(works, problem, "containment", location=location, suspect=suspect, inspected=suspect)
    (goods,) = [
        one for one in made(works, problem, layout).blocks if isinstance(one, TableBlock) and "可疑品" in one.title
    ]
    assert [row.cells[1:3] for row in goods.rows] == [("1200", "1200"), ("34", "34"), ("1234", "1234")]
    assert goods.rows[-1].cells[0] == "合计"
