"""Leave with a deputy: who stands in sees, may and is told what the person away would,
from the first to the last moment.
"""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import intake, judging, tasks
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.obligations.queries import open_for
from huiyin.people.actions import end_leave, go_on_leave
from huiyin.people.backends import load_person
from huiyin.people.models import Delegation, Person
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-17 10:00")


def away(works: Factory, who: str, deputy: str) -> Delegation:
    return go_on_leave(
        works.people[who],
        works.people[deputy],
        starts_at=at("2026-11-17 08:00"),
        ends_at=at("2026-11-19 18:00"),
        reason="休假",
    )


def loaded(person: Person, when: str) -> Person:
    found = load_person(person.pk, at=at(when))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("when", "holds"),
    [
        ("2026-11-17 07:59", False),
        ("2026-11-17 08:00", True),
        ("2026-11-19 17:59", True),
        ("2026-11-19 18:00", False),
    ],
)
def test_the_deputys_functions_begin_and_end_with_the_leave(works: Factory, when: str, holds: bool) -> None:
    away(works, "qian", "fang")
    fang = loaded(works.fang, when)
    assert (fang.holds("quality"), fang.is_head_of("quality"), fang.holds("finance")) == (holds, holds, True)


def test_the_deputy_owes_what_the_person_away_owes(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    away(works, "mei", "fang")
    before = [r.record_number for r in open_for(loaded(works.fang, "2026-11-16 10:00"))]
    during = [(r.record_number, r.rule) for r in open_for(loaded(works.fang, "2026-11-17 10:00"))]
    assert (before, during) == ([], [(complaint.number, "verify"), (complaint.number, "answer")])


def test_the_deputy_takes_the_owners_step_in_their_own_name(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    away(works, "mei", "fang")
    intake.verify(complaint, "齐全", context=works.context("fang", "2026-11-17 10:00"))
    entry = Entry.objects.get(event="complaint.verified")
    assert (complaint.state, entry.actor, entry.actor_name) == ("verified", works.fang, "方会计")


def test_before_and_after_the_leave_the_deputy_may_not(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    away(works, "mei", "fang")
    for when in ("2026-11-16 10:00", "2026-11-20 10:00"):
        with pytest.raises(Refused):
            intake.verify(complaint, "齐全", context=works.context("fang", when))


def test_a_head_is_stood_in_for_as_head(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign("production")[0]
    away(works, "shen", "peng")
    tasks.decline(task, "not-ours", "归采购", context=works.context("peng", "2026-11-17 10:00"))
    assert task.state == "declined"


def test_a_verdict_is_not_approved_by_its_proposer_standing_in_for_the_head(works: Factory) -> None:
    story = told(works, "concluded")
    away(works, "qian", "lin")
    with pytest.raises(Refused) as refused:
        judging.approve_verdict(story.complaint, "", context=works.context("lin", "2026-11-17 10:00"))
    assert [r.show("zh") for r in refused.value.reasons] == ["批准须由提出人以外的人作出"]


def test_back_earlier_the_rest_of_the_leave_falls_away(works: Factory) -> None:
    one = away(works, "qian", "fang")
    end_leave(one, at=at("2026-11-18 09:00"))
    assert [loaded(works.fang, w).holds("quality") for w in ("2026-11-18 08:00", "2026-11-18 10:00")] == [
        True,
        False,
    ]
    end_leave(away(works, "qian", "fang"), at=at("2026-11-16 09:00"))
    assert Delegation.objects.count() == 1


def test_a_deputys_deputy_does_not_inherit(works: Factory) -> None:
    away(works, "qian", "fang")
    away(works, "fang", "ku")
    assert loaded(works.ku, "2026-11-17 10:00").functions() == {"warehouse", "finance"}


def test_the_pages_show_and_take_what_the_person_away_could(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    page = f"/complaints/{complaint.number}"
    assert office.desk("fang").get(page).status == 404
    away(office.works, "mei", "fang")
    shown = office.desk("fang").get(page)
    assert (shown.status, "核实情况" in shown.text) == (200, True)
    assert complaint.number in office.desk("fang").get("/").text
    assert office.desk("fang").send(f"{page}/verification", findings="齐全").status_code == 302
    assert Complaint.objects.get(pk=complaint.pk).state == "verified"
    office.clock.at("2026-11-20 09:00")
    assert office.desk("fang").get(page).status == 404


def test_nobody_stands_in_for_who_has_left(works: Factory) -> None:
    """Whose account was closed while on leave has no rights that a deputy could have."""
    away(works, "qian", "fang")
    Person.objects.filter(pk=works.qian.pk).update(is_active=False)
    fang = loaded(works.fang, "2026-11-17 10:00")
    assert (fang.standing_for, fang.holds("quality"), fang.is_head_of("quality")) == ((), False, False)
