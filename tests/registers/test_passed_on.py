"""Whoever a row or a field names owes it; when it names another, that one does."""

from __future__ import annotations

from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.registers.models import FormRecord
from tests.desk import Office
from tests.registers.test_lists import visits
from tests.registers.works import PACK
from tests.stage import desks, stage

works, office = stage(PACK), desks()


def owing(rule: str) -> str:
    """Who owes what is open of a rule."""
    person = Obligation.objects.get(OPEN, rule=rule).owner_person
    assert person is not None
    return person.username


def reported(office: Office) -> FormRecord:
    """A visit with a task for tao."""
    (visit,) = visits(office, 1)
    task = {
        "findings-0-what": "接头渗油",
        "findings-0-owner": str(office.works.tao.pk),
        "findings-0-due_on": "2026-11-20",
    }
    office.desk("lin").send(f"/registers/visit/{visit.number}/report", summary="两处要改", **task)
    return visit


def test_a_task_passed_on_is_owed_by_who_has_it_now(office: Office) -> None:
    visit = reported(office)
    assert owing("visit-finding-answer") == "tao"
    row = visit.rows.get()
    here = f"/registers/visit/{visit.number}/rows/{row.pk}"
    assert office.desk("tao").send(f"{here}/pass-on", to=str(office.works.mei.pk)).status_code == 302
    assert owing("visit-finding-answer") == "mei"
    assert visit.number in office.desk("mei").get("/obligations/").text
    assert "接头渗油" not in office.desk("tao").get("/obligations/").text


def test_who_a_corrected_field_names_owes_what_the_other_did(office: Office) -> None:
    (visit,) = visits(office, 1)
    assert owing("visit-report") == "lin"
    page = office.desk("mei").get(f"/registers/visit/{visit.number}/facts")
    assert page.status == 200
    changed = office.desk("mei").send(
        f"/registers/visit/{visit.number}/facts",
        planned_on="2026-11-18",
        visitor=str(office.works.tao.pk),
        sort="planned",
        purpose="回访",
    )
    assert changed.status_code == 302
    assert owing("visit-report") == "tao"


def test_what_the_owner_owes_goes_with_the_record(office: Office) -> None:
    visit = reported(office)
    assert owing("visit-close") == "mei"
    here = f"/registers/visit/{visit.number}/hand_over"
    assert office.desk("mei").send(here, to=str(office.works.tao.pk), reason="出差").status_code == 302
    assert owing("visit-close") == "tao"
    assert owing("visit-finding-answer") == "tao"


def corrected(office: Office, visit: FormRecord, **boxes: str) -> None:
    """Some boxes of the visit are corrected by mei."""
    changed = office.desk("mei").send(f"/registers/visit/{visit.number}/facts", **boxes)
    assert changed.status_code == 302


def test_a_task_given_to_somebody_else_on_the_form_of_its_record_is_owed_by_them(office: Office) -> None:
    visit = reported(office)
    corrected(office, visit, **{"findings-0-owner": str(office.works.mei.pk)})
    assert visit.rows.get().owner == office.works.mei
    assert owing("visit-finding-answer") == "mei"
    corrected(office, visit, summary="三处要改", **{"findings-0-owner": str(office.works.lin.pk)})
    assert owing("visit-finding-answer") == "lin"
    assert (verify().code, verify().fault) == (0, None)
