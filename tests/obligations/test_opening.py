"""What a step opens, fulfils and cancels: by the procedure's rules, in the step's own transaction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from huiyin.complaints.actions import ending, intake, tasks
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.obligations import owners
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.owners import Owner, StaffDirectory, resolve
from huiyin.obligations.settling import applies
from huiyin.people.models import Department, Person
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, day
from tests.stage import stage
from tests.story import PLAN, department, told

pytestmark = pytest.mark.django_db

works = stage("base")
NOW = at("2026-11-16 09:00")


def standing(complaint: Complaint) -> dict[str, str]:
    """Each rule of the complaint's obligations: open, kept or dropped."""
    rows = Obligation.objects.filter(record_id=complaint.pk).order_by("id")
    return {r.rule: "open" if r.is_open else "kept" if r.fulfilled_at else "dropped" for r in rows}


def test_an_obligation_says_what_whose_to_whom_by_when_and_under_which_clause(works: Factory) -> None:
    complaint = works.complaint()
    row = Obligation.objects.get(rule="verify")
    assert (row.label.zh, row.clause, row.owner_person, row.owner_department, row.owed_to) == (
        "核实客户身份与投诉内容",
        "B2.1",
        works.mei,
        department("reception"),
        "customer",
    )
    assert (row.record_number, row.subject, row.kind, row.part) == (
        complaint.number,
        "周厂长 · HY-40",
        "complaint",
        "",
    )
    assert (row.base_at, row.opened_at, row.original_due_at, row.due_at) == (
        at("2026-11-16 09:00"),
        at("2026-11-16 09:00"),
        at("2026-11-16 11:00"),
        at("2026-11-16 11:00"),
    )


@pytest.mark.parametrize(
    ("chapter", "expected"),
    [
        ("registered", {"verify": "open", "answer": "open"}),
        ("verified", {"verify": "kept", "answer": "open", "judge": "open"}),
        ("judged", {"verify": "kept", "answer": "open", "judge": "kept", "assign": "open"}),
        (
            "concluded",
            {
                "verify": "kept",
                "answer": "open",
                "judge": "kept",
                "assign": "kept",
                "task-acceptance": "kept",
                "measures": "kept",
                "conclude": "kept",
                "review-measures": "kept",
                "carry-out": "open",
                "verdict-approval": "open",
            },
        ),
    ],
)
def test_each_chapter_keeps_what_the_one_before_had_opened(
    works: Factory, chapter: str, expected: dict[str, str]
) -> None:
    assert standing(told(works, chapter).complaint) == expected


def test_withdrawing_drops_what_is_open_and_leaves_what_was_kept(works: Factory) -> None:
    story = told(works, "judged")
    ending.withdraw(story.complaint, "装错了", context=story.context("mei"))
    assert standing(story.complaint) == {
        "verify": "kept",
        "judge": "kept",
        "assign": "dropped",
        "answer": "dropped",
    }


def test_what_is_refused_opens_and_ends_nothing(works: Factory) -> None:
    story = told(works, "judged")
    before = list(Obligation.objects.order_by("id").values())
    with pytest.raises(Refused):
        ending.close(story.complaint, "好", context=story.context("mei"))
    assert list(Obligation.objects.order_by("id").values()) == before


def test_the_answer_of_one_task_keeps_only_its_own_obligation(works: Factory) -> None:
    story = told(works, "judged")
    one, two = story.assign("production", "purchasing")
    story.accept_task(one)
    story.answer_task(one)
    rows = Obligation.objects.filter(rule="measures").order_by("id").values_list("part", "fulfilled_at")
    assert list(rows) == [(one.part_key, story.now), (two.part_key, None)]


def test_a_step_of_the_whole_complaint_ends_what_hangs_on_every_part(works: Factory) -> None:
    story = told(works, "judged")
    story.assign("production", "purchasing")
    ending.withdraw(story.complaint, "装错了", context=story.context("mei"))
    assert Obligation.objects.filter(OPEN).count() == 0


def test_a_rule_with_conditions_opens_only_where_they_hold(works: Factory) -> None:
    rules = {r.key: r for r in works.procedure.obligations}
    grave, plain = works.complaint(severity="safety"), works.complaint(severity="appearance")
    how: dict[str, Any] = {"at": at("2026-11-16 09:00"), "procedure": works.procedure}
    found = {key: [applies(rules[key], c, None, **how) for c in (grave, plain)] for key in ("verify", "verify-grave")}
    assert found == {"verify": [False, True], "verify-grave": [True, False]}


def test_a_task_is_judged_by_its_complaints_facts(works: Factory) -> None:
    story = told(works, "verified", severity="safety")
    story.judge(severity="safety")
    task = story.assign()[0]
    rows = Obligation.objects.filter(part=task.part_key).values_list("rule", "due_at")
    assert dict(rows) == {
        "measures-grave": at("2026-11-17 09:30"),
        "task-acceptance": at("2026-11-16 15:00"),
    }


def test_no_promise_owes_none(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign()[0]
    story.accept_task(task)
    story.answer_task(task, plan=tuple(replace(p, done_on=day("2026-11-16")) for p in PLAN))
    tasks.approve(task, context=story.context("lin"))
    assert not Obligation.objects.filter(rule="carry-out").exists()


class SamplePart:
    """A task as selectors see it."""

    def __init__(self, department_id: int | None, person_id: int | None = None) -> None:
        self.department_id, self.person_id = department_id, person_id


@pytest.mark.parametrize(
    ("selector", "owner"),
    [
        ("function:quality", ("quality", None, False)),
        ("head:quality", ("quality", None, True)),
        ("record.owner", ("reception", "mei", False)),
        ("task.department", ("production", None, False)),
        ("task.head", ("production", None, True)),
        ("task.person", ("production", "peng", False)),
        ("charge.person", ("production", "peng", False)),
        ("charge.bearer", ("production", "peng", False)),
        ("allotment.head", ("production", None, True)),
        ("actor", ("technical", "tao", False)),
        ("customer", (None, None, False)),
        ("function:nobody", (None, None, False)),
    ],
)
def test_each_selector_names_its_owner(
    works: Factory, selector: str, owner: tuple[str | None, str | None, bool]
) -> None:
    complaint = works.complaint()
    part: Any = SamplePart(department("production").pk, works.peng.pk)
    found = resolve(selector, record=complaint, part=part, actor=works.tao, staff=StaffDirectory(), at=NOW)
    person = Person.objects.filter(pk=found.person_id).values_list("username", flat=True).first()
    key = found.department.key if found.department else None
    assert (key, person, found.heads_only) == owner


def test_a_department_without_a_head_owes_as_a_whole(works: Factory) -> None:
    quality = department("quality")
    Person.objects.filter(department=quality).update(is_head=False)
    told_of = StaffDirectory().people_of(Owner(quality, heads_only=True))
    assert sorted(p.username for p in told_of) == ["lin", "qian"]


def test_nobody_who_has_left_is_told(works: Factory) -> None:
    Person.objects.filter(username="lin").update(is_active=False)
    assert [p.username for p in StaffDirectory().people_of(Owner(department("quality")))] == ["qian"]
    assert StaffDirectory().people_of(Owner(person_id=works.lin.pk)) == []


def test_a_department_given_up_owes_nothing_new(works: Factory) -> None:
    Department.objects.filter(key="quality").update(active=False)
    found = resolve("function:quality", record=works.complaint(), part=None, actor=None, staff=StaffDirectory(), at=NOW)
    assert found == Owner()


def test_promises_are_owed_by_the_owner_until_each_is_kept(works: Factory) -> None:
    complaint = works.complaint(promise=PromiseInput("回电", at("2026-11-17 09:00")))
    assert standing(complaint)["customer-promise"] == "open"
    kept = complaint.promises.get()
    intake.keep_promise(complaint, kept, "", context=works.context("song", "2026-11-16 15:00"))
    assert standing(complaint)["customer-promise"] == "kept"


def test_who_is_on_duty_is_asked_of_the_roster_else_of_the_function(works: Factory, monkeypatch: Any) -> None:
    complaint, staff = works.complaint(), StaffDirectory()

    def on_duty() -> Owner:
        return resolve("on-duty", record=complaint, part=None, actor=None, staff=staff, at=NOW)

    assert on_duty() == Owner(department=staff.with_function("reception"))
    monkeypatch.setattr(owners, "_rosters", [])
    owners.register_roster(lambda record, directory, at: Owner(person_id=works.tao.pk))
    assert on_duty() == Owner(person_id=works.tao.pk)
