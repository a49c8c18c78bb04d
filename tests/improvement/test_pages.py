"""Every page of a case, opened and sent by the people of the factory."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.actions import moving
from huiyin.improvement.models import Problem
from huiyin.improvement.report.sections import SECTIONS
from huiyin.procedure import versions
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from tests.cast import Factory
from tests.desk import Office, ParsedPage, stopped
from tests.improvement import cases
from tests.stage import stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows
works = stage("base")


@pytest.fixture
def office(works: Factory) -> Any:
    with stopped("2026-12-14 10:00") as clock:
        yield Office(works, clock)


@pytest.mark.parametrize("last", cases.WAY, ids=lambda one: one.__name__)
def test_a_case_is_read_and_written_at_every_stage(works: Factory, office: Office, last: Any) -> None:
    problem = cases.through(works, last)
    lin = office.desk("lin")
    pages = [lin.get(f"/problems/{problem.number}{rest}") for rest in ("", *(f"/{one.key}" for one in SECTIONS))]
    assert [page.status for page in pages] == [200] * 10


def test_a_case_is_opened_from_a_complaint_with_what_is_known(works: Factory, office: Office) -> None:
    complaint = works.complaint(model="HY-40", batch="B2611", defect="leakage", severity="function")
    lin = office.desk("lin")
    values = lin.get("/problems/new", complaint=complaint.number).form("/problems/new").values
    known = [values[name][0] for name in ("title", "model", "batch", "defect", "severity", "symptom", "owner")]
    assert known == ["HY-40 接头处漏油", "HY-40", "B2611", "leakage", "function", "接头处漏油", "林志远"]
    answer = lin.post("/problems/new", {name: one[0] for name, one in values.items() if one})
    problem = Problem.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/problems/{problem.number}")
    assert (problem.contents.get().text, problem.owner) == ("接头处漏油", works.lin)
    page = lin.get(f"/problems/{problem.number}")
    assert f"/complaints/{complaint.number}" in page.links
    assert f"/problems/{problem.number}" in lin.get(f"/complaints/{complaint.number}").links


def test_a_case_is_not_opened_from_what_one_may_not_see_nor_without_a_title(works: Factory, office: Office) -> None:
    complaint = works.complaint()
    assert office.desk("ku").get("/problems/new", complaint=complaint.number).status == 404
    page = ParsedPage(office.desk("lin").post("/problems/new", {"path": "8d", "symptom": "漏油"}))
    assert (page.status, "请填写题目。" in page.text) == (422, True)
    assert page.form("/problems/new").values["symptom"] == ["漏油"]


def test_facts_are_corrected_and_two_at_once_see_both(works: Factory, office: Office) -> None:
    problem = cases.case(works)
    path = f"/problems/{problem.number}/facts"
    sheet = office.desk("qian").sheet(path)
    assert office.desk("lin").send(path, title="接头渗油").status_code == 302
    values = {name: one[0] for name, one in sheet.values.items() if one}
    clash = ParsedPage(office.desk("qian").post(path, {**values, "title": "接头大漏"}))
    assert (clash.status, "接头渗油" in clash.text, "接头大漏" in clash.html) == (409, True, True)


def test_saving_by_itself_does_not_flood_the_time_line(works: Factory, office: Office) -> None:
    problem = cases.case(works)
    for at in range(5):
        cases.text(works, problem, "symptom", f"渗油 {at}")
    page = office.desk("lin").get(f"/problems/{problem.number}")
    assert "（5 次保存）" in page.text


def test_simplified_handling_leads_to_its_statement_and_past_the_report(works: Factory, office: Office) -> None:
    problem = cases.case(works, path="statement")
    page = office.desk("lin").get(f"/problems/{problem.number}")
    assert "下一步：简要说明" in page.text
    assert "还没有写" not in page.text
    assert "已遏制，查原因" not in page.text
    moving.settle(problem, "标签批号印反，已重印", context=works.context("lin", "2026-11-16 11:00"))
    page = office.desk("qian").get(f"/problems/{problem.number}")
    assert "下一步：批准结案（D8）" in page.text
    assert "效果已证实" not in page.text


@pytest.mark.parametrize(("stored", "said"), [("yes", "停线 是"), ("no", "停线 否"), (True, "停线 是"), (False, "")])
def test_a_yes_or_no_of_the_companys_own_is_read_as_it_was_answered(
    works: Factory, office: Office, monkeypatch: Any, *, stored: str | bool, said: str
) -> None:
    own = {"key": "problem.stops_line", "type": "yesno", "label": {"zh": "停线", "en": "Stops the line"}}
    fields = (*works.procedure.fields, FieldEntry.model_validate(own))
    procedure = Procedure.from_json(works.procedure.model_copy(update={"fields": fields}).to_json())
    monkeypatch.setattr(versions, "procedure_of", lambda _: procedure)
    problem = cases.case(works, extra={"stops_line": stored})
    page = office.desk("lin").get(f"/problems/{problem.number}").text
    assert [one for one in ("停线 是", "停线 否") if one in page] == ([said] if said else [])
