"""Somebody leaves: what is bound to them alone goes to whoever takes over, in the act of closing the account."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.complaints.actions.ownership import offer_transfer
from huiyin.complaints.models import Complaint
from huiyin.obligations import queries
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.people.backends import load_person
from huiyin.people.models import AT_NO_TIME, Delegation, Person
from huiyin.registers.actions import FormInput, open_record, take
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.registers.approvals.signing import is_asked, signs
from tests.registers.works import PACK
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage(PACK)
office = desks()


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.TWO_FACTOR = "none"


def leaves(office: Office, name: str, successor: str) -> Any:
    """The account is closed on its page; the form is sent as browsers send it, without the box that is not ticked."""
    path = f"/people/{office.works.people[name].pk}"
    sheet = office.desk("root").sheet(path)
    values = sheet.values | {"successor": [successor and str(office.works.people[successor].pk)]}
    del values["is_active"]
    return office.desk("root").post(path, values)


def owed(office: Office, name: str) -> list[str]:
    """The rules of what stands in somebody's Today."""
    person = load_person(office.works.people[name].pk, at=at("2026-11-16 12:00"))
    assert person is not None
    return sorted(queries.open_for(person).values_list("rule", flat=True))


def submitted(works: Factory) -> FormRecord:
    facts = {
        "what": "展会样机",
        "amount": "500",
        "reviewer": {"person": works.tao.pk, "name": "陶工", "name_en": "Tao"},
    }
    context = works.context("mei", "2026-11-16 09:00")
    given = FormInput(facts)
    record = open_record("request", "draft", given, procedure_id=works.version, context=context)
    take(record, "submit", FormInput(), context=context)
    return record


def test_nobody_leaves_without_somebody_who_takes_over(office: Office) -> None:
    assert "请指定接手人" in ParsedPage(leaves(office, "mei", "")).text
    assert Person.objects.get(username="mei").is_active


def test_what_the_leaver_owes_stands_in_the_successors_today_and_can_be_done(office: Office) -> None:
    complaint = office.works.complaint("mei")
    page = f"/complaints/{complaint.number}"
    assert owed(office, "song") == []
    assert leaves(office, "mei", "song").status_code == 302
    assert owed(office, "song") == ["answer", "verify"]
    assert office.desk("song").send(f"{page}/verification", findings="齐全").status_code == 302
    assert Complaint.objects.get(pk=complaint.pk).state == "verified"
    mei = office.works.mei
    assert StaffDirectory().people_of(Owner(mei.department, mei.pk)) == [office.works.song]


def test_a_complaint_offered_to_the_leaver_is_answered_by_the_successor(office: Office) -> None:
    complaint = office.works.complaint("mei")
    offer_transfer(complaint, office.works.peng, "他熟悉", context=office.works.context("mei", "2026-11-16 09:30"))
    assert leaves(office, "peng", "shen").status_code == 302
    declined = office.desk("shen").send(f"/complaints/{complaint.number}/transfer-decline", reason="不在我处")
    assert declined.status_code == 302
    assert Complaint.objects.get(pk=complaint.pk).transfer_to_id is None


def test_who_takes_over_signs_for_the_leaver(office: Office) -> None:
    record = submitted(office.works)
    here = f"/registers/request/{record.number}"
    assert leaves(office, "tao", "shen").status_code == 302
    assert is_asked(office.desk("shen"), here)
    signs(office.desk("shen"), here)
    assert "沈主任（代 陶工）" in office.desk("shen").get(here).text


def test_who_took_over_and_leaves_too_passes_everything_on(office: Office) -> None:
    office.works.complaint("mei")
    leaves(office, "mei", "peng")
    leaves(office, "peng", "shen")
    assert owed(office, "shen") == ["answer", "verify"]


def test_back_again_nobody_stands_in_their_place(office: Office) -> None:
    office.works.complaint("mei")
    leaves(office, "mei", "peng")
    back = office.desk("root").send(f"/people/{office.works.mei.pk}", is_active="on")
    assert back.status_code == 302
    assert not Delegation.objects.filter(ends_at=AT_NO_TIME).exists()
    assert (owed(office, "peng"), owed(office, "mei")) == ([], ["answer", "verify"])
