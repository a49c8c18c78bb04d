"""Whoever a row or a field names owes it; when it names another, that one does."""

from __future__ import annotations

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify, verify_with_derived
from huiyin.obligations.models import OPEN, Obligation
from huiyin.registers.models import FormRecord
from tests.cast import at
from tests.desk import Office
from tests.registers.lists.test_lists import visits
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


def corrected_task(office: Office, visit: FormRecord, owner: str, day: str, **more: str) -> None:
    """The task of the visit is given to ``owner`` by ``day`` on the form that corrects the visit."""
    facts = {"planned_on": "2026-11-18", "visitor": str(office.works.lin.pk), "sort": "planned", "purpose": "回访"}
    task = {
        "findings-0-pk": str(visit.rows.get().pk),
        "findings-0-what": "接头渗油",
        "findings-0-owner": str(office.works.people[owner].pk),
        "findings-0-due_on": day,
    }
    here = f"/registers/visit/{visit.number}/facts"
    sent = office.desk("mei").send(here, **{**facts, "summary": "两处要改", **task, **more})
    assert sent.status_code == 302


def test_a_task_that_a_correction_gives_to_somebody_else_by_another_day_is_owed_so(office: Office) -> None:
    visit = reported(office)
    first = Obligation.objects.get(OPEN, rule="visit-finding-answer")
    corrected_task(office, visit, "mei", "2026-11-27", purpose="改了")
    given = Entry.objects.filter(event="visit-finding.given").order_by("id")
    assert [one.particulars["promised_at"][:10] for one in given] == ["2026-11-20", "2026-11-27"]
    assert given[1].changes["due_on"] == ["2026-11-20", "2026-11-27"]
    owed = Obligation.objects.get(OPEN, rule="visit-finding-answer")
    assert (owed.owner_person, owed.due_at) == (office.works.mei, at("2026-11-27 23:59"))
    first.refresh_from_db()
    assert (first.owner_person, first.put_off) == (office.works.tao, True)
    assert visit.number in office.desk("mei").get("/obligations/").text
    assert visit.number not in office.desk("tao").get("/obligations/").text
    assert verify_with_derived().code == 0


@pytest.mark.parametrize(("owner", "day"), [("mei", "2026-11-20"), ("tao", "2026-11-18")])
def test_either_the_person_or_the_day_alone_gives_it_anew(office: Office, owner: str, day: str) -> None:
    visit = reported(office)
    corrected_task(office, visit, owner, day)
    owed = Obligation.objects.get(OPEN, rule="visit-finding-answer")
    assert (owed.owner_person, owed.due_at) == (office.works.people[owner], at(f"{day} 23:59"))


def test_a_correction_that_leaves_a_task_as_it_was_gives_nothing(office: Office) -> None:
    visit = reported(office)
    corrected_task(office, visit, "tao", "2026-11-20", **{"findings-0-what": "接头渗油，换垫片"})
    assert Entry.objects.filter(event="visit-finding.given").count() == 1
    assert Obligation.objects.filter(rule="visit-finding-answer").count() == 1


def test_what_was_answered_is_not_given_again(office: Office) -> None:
    visit = reported(office)
    here = f"/registers/visit/{visit.number}/rows/{visit.rows.get().pk}"
    assert office.desk("tao").send(f"{here}/answer", answer="换了垫片").status_code == 302
    corrected_task(office, visit, "mei", "2026-11-27")
    assert Entry.objects.filter(event="visit-finding.given").count() == 1
    assert not Obligation.objects.filter(OPEN, rule="visit-finding-answer").exists()
