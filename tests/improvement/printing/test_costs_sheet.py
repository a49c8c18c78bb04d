"""What a case or a complaint cost stands on an internal sheet of its own, and on none that goes to a customer."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from huiyin.complaints.actions import remedies
from huiyin.complaints.actions.remedies import RemedyInput
from huiyin.improvement.actions import opening
from huiyin.improvement.values import ProblemFacts
from huiyin.procedure import versions
from huiyin.records.print.forms import printable_forms
from tests.cast import Factory, at, factory
from tests.desk import Office, stopped
from tests.improvement.furnished import large, row
from tests.records.print import pdf
from tests.story import Story

# Paper says the same, whichever database gave the rows.
pytestmark = [pytest.mark.django_db, pdf.needs_poppler, pytest.mark.sqlite_alone]

PACKS = ("base", "communication", "complaint-measures", "feedback", "service-process")
OWN = ["13,480.50", "12,000.00", "8,000.00", "20,000.00", "全检与返工工时", "客户停线", "胶料供应商"]


def printed(office: Office, name: str, path: str) -> bytes:
    answer = office.desk(name).client.get(path)
    assert answer.status_code == 200, path
    return bytes(answer.getvalue())


def cells(content: bytes) -> str:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    return "\n".join(str(cell) for row in rows for cell in row if cell != "")


def test_the_costs_of_a_case_with_their_totals() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        problem = large(works, containments=1, causes=2)
        office = Office(works, clock)
        address = f"/sheets/problem/{problem.number}/quality-costs"
        paper = printed(office, "lin", f"{address}.pdf?language=both")
        said = [
            "质量损失核算单",
            "Costs of poor quality",
            "内部资料",
            "For internal use",
            "recover from",
            *OWN,
        ]
        assert pdf.missing(paper, *said) == []
        book = cells(printed(office, "lin", f"{address}.xlsx"))
        assert [one for one in OWN if one not in book] == []
        assert office.desk("fang").client.get(f"{address}.pdf").status_code == 404


def test_costs_of_what_is_tied_stand_apart_from_the_total() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        story = Story(works, "2026-11-16 09:00")
        for chapter in ("verify", "judge"):
            getattr(story, chapter)()
        remedies.grant(
            story.complaint, RemedyInput("compensation", amount=Decimal("777.00")), context=story.context("song")
        )
        problem = opening.open_problem(
            ProblemFacts("渗油", severity="function", model="HR-88", owner=works.lin),
            procedure_id=works.version,
            cases=[story.complaint],
            context=works.context("lin", "2026-11-17 09:00"),
        )
        row(works, problem, "cost", cost="scrap", note="报废三件", actual="450.00")
        office = Office(works, clock)
        case = printed(office, "lin", f"/sheets/problem/{problem.number}/quality-costs.pdf")
        assert pdf.missing(case, "相关记录登记的费用", story.complaint.number, "777.00", "450.00") == []
        assert "1,227.00" not in pdf.words(case)
        own = printed(office, "lin", f"/sheets/complaint/{story.complaint.number}/complaint-costs.pdf")
        assert pdf.missing(own, "777.00", problem.number, "450.00", "报废三件") == []
        forms = printable_forms(versions.procedure_of(story.complaint.procedure_id), "complaint")
        others = [f.key for f in forms if f.layout != "quality-costs"]
        assert {"complaint-register", "feedback-sheet"} <= set(others)
        for key in others:
            sheet = printed(office, "lin", f"/sheets/complaint/{story.complaint.number}/{key}.pdf")
            assert [said for said in ("450.00", "报废三件") if said in pdf.words(sheet)] == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_other_sheet_of_a_case_tells_what_it_cost(pack: str) -> None:
    """Every form of every pack but the internal one, in both languages, on paper and as a workbook."""
    with stopped("2026-11-20 10:00") as clock:
        works = factory(pack)
        problem = _with_costs(works)
        office = Office(works, clock)
        procedure = versions.procedure_of(problem.procedure_id)
        forms = printable_forms(procedure, "problem")
        assert [f.key for f in forms if f.layout == "quality-costs"] == ["quality-costs"]
        for form in forms:
            if form.layout == "quality-costs":
                continue
            address = f"/sheets/problem/{problem.number}/{form.key}"
            paper = pdf.words(printed(office, "lin", f"{address}.pdf?language=both"))
            book = cells(printed(office, "lin", f"{address}.xlsx"))
            for said in ("9,753.10", "9753.10", "8,642.20", "8642.20", "费用机密", "追偿机密"):
                assert (form.key, said in paper, said in book) == (form.key, False, False)


def _with_costs(works: Factory) -> Any:
    problem = opening.open_problem(
        ProblemFacts("渗油", severity="function", model="HR-88", owner=works.lin),
        procedure_id=works.version,
        cases=[],
        context=works.context("lin", "2026-11-17 09:00"),
    )
    costs = [one.key for one in works.procedure.catalogue("cost")]
    row(
        works,
        problem,
        "cost",
        cost=costs[0],
        note="费用机密",
        planned="9753.10",
        actual="8642.20",
        recover_from="追偿机密",
    )
    assert problem.opened_at < at("2026-11-20 10:00")
    return problem
