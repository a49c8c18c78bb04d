"""What the calendar opened, on the pages: among what one owes, with the way to where it is done, and explained."""

from __future__ import annotations

import json
from argparse import Namespace

import pytest

from huiyin.assessment.actions import making
from huiyin.kernel.periods import Period
from huiyin.obligations.commands import explain_due_command
from huiyin.obligations.models import Obligation
from huiyin.obligations.occasions import open_due_periods
from tests.cast import at
from tests.desk import Office
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage("feedback")
office = desks("2026-11-23 10:00")
WEEK = Period.parse("2026-W47")


@pytest.fixture(autouse=True)
def monday(works: object, db: object) -> None:
    open_due_periods(at=at("2026-11-23 00:05"), since=at("2026-11-20 00:00"))


def test_quality_finds_it_among_what_it_owes_and_goes_from_there_to_the_sheet(office: Office) -> None:
    lin = office.desk("lin")
    for path in ("/", "/obligations/"):
        page = lin.get(path)
        assert "统计一周的考核" in page.text
        assert 'href="/assessments/new?week=2026-W47"' in page.html
    assert '<option value="2026-W47" selected>' in lin.get("/assessments/new?week=2026-W47").html


def test_a_week_long_past_can_still_be_compiled_when_it_is_owed(office: Office) -> None:
    page = office.desk("lin").get("/assessments/new?week=2026-W20")
    assert '<option value="2026-W20" selected>' in page.html
    assert 'value="2026-W90"' not in office.desk("lin").get("/assessments/new?week=2026-W90").html


def test_its_page_says_what_happened_and_leads_on(office: Office) -> None:
    page = office.desk("lin").get("/occasions/2026-W47")
    assert "2026年第47周的“统计一周的考核”从此应办" in page.text
    assert 'href="/assessments/new?week=2026-W47"' in page.html
    sent = office.works.context("lin", "2026-11-23 09:00")
    sheet = making.compile_week(WEEK, procedure_id=office.works.version, context=sent)
    after = office.desk("lin").get("/occasions/2026-W47")
    assert f'href="/assessments/{sheet.number}"' in after.html
    assert "林志远办了“统计一周的考核”" in after.text
    office.desk("mei").get("/occasions/2026-W47", status=404)
    office.desk("lin").get("/occasions/2026-W01", status=404)


def test_how_its_deadline_was_reached(office: Office) -> None:
    row = Obligation.objects.get(rule="weekly-sheet")
    page = office.desk("lin").get(f"/obligations/{row.pk}")
    assert "2026年第47周于 2026-11-23 00:00 结束，从此起算" in page.text
    assert "2026-11-23 周一 17:30" in page.text


def test_the_same_from_the_pack_alone(capsys: pytest.CaptureFixture[str]) -> None:
    wish = Namespace(pack="feedback", rule="weekly-sheet", from_="2026-11-18T10:00", json=True, language="en")
    assert explain_due_command(wish) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["due"] == "2026-11-23T17:30+08:00"
    assert said["derivation"][0] == "Week 47, 2026 ends at 2026-11-23 00:00; counted from then"
