"""Whoever is to sign and can act no more is replaced, in whatever way they went; the duty and the time-line follow."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.actions import add_person, change_person
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from huiyin.registers.approvals import approvals
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.desk import Office
from tests.registers.approvals.test_approvals import (
    MORNING,
    awaited,
    clean,
    place,
    said,
    sign,
    submitted,
    trial,
)
from tests.registers.works import PACK
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage(PACK)
office = desks()
LATER = at("2026-11-16 11:00")


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.TWO_FACTOR = "none"


def changes(person: Person, **fields: Any) -> None:
    """An administrator changes the account; the cast itself stays as it is for other tests."""
    change_person(Person.objects.get(pk=person.pk), at=LATER, **fields)


def leaves(person: Person) -> None:
    changes(person, is_active=False)


def owners(record: FormRecord) -> list[tuple[int | None, int | None]]:
    rows = Obligation.objects.filter(OPEN, kind=record.kind, record_id=record.pk).exclude(part="").order_by("id")
    return [(row.owner_person_id, row.owner_department_id) for row in rows]


def test_a_closed_account_leaves_its_place_to_the_head_who_owes_it_by_the_same_moment(works: Factory) -> None:
    record = submitted(works)
    seat = place(record, "lin", works)
    due = Obligation.objects.get(OPEN, part=f"request-signer:{seat.pk}").due_at
    leaves(works.lin)
    assert awaited(record) == ["钱卫东", "陶工"]
    owed = Obligation.objects.get(OPEN, part=f"request-signer:{seat.pk}")
    assert (owed.owner_person_id, owed.due_at) == (works.qian.pk, due)
    assert said(record, "record.signer_replaced") == ["审核：改请 钱卫东 签署，林志远的账号已停用"]
    assert said(record, "record.signer_replaced", "en") == [
        "Review: 钱卫东 is asked to sign, for the account of 林志远 is closed"
    ]
    told = Notice.objects.filter(person=works.qian).latest("id")
    assert told.text_zh == "审核：改请 钱卫东 签署，林志远的账号已停用"
    sign(record, works, "qian", "tao", when="2026-11-16 12:00")
    assert awaited(record) == ["质量部", "沈主任", "蔡采购"]
    clean()


def test_from_the_page_of_the_account_whoever_takes_over_signs_for_them(office: Office, works: Factory) -> None:
    record = submitted(works)
    lin = works.lin
    values = {"username": "lin", "name": lin.name, "department": str(lin.department_id), "is_active": ""}
    answer = office.desk("root").send(f"/people/{lin.pk}", **values, successor=str(works.shen.pk))
    assert (answer.status_code, Person.objects.get(pk=lin.pk).is_active) == (302, False)
    assert awaited(record) == ["林志远", "陶工"]


@pytest.mark.parametrize(
    ("successor", "asked"),
    [("shen", ["林志远", "陶工"]), ("mei", ["钱卫东", "陶工"])],
    ids=["may sign", "submitted it"],
)
def test_whoever_takes_over_signs_where_they_may_else_the_head_does(
    works: Factory, successor: str, asked: list[str]
) -> None:
    barring = tuple(
        one.model_copy(update={"not_by": ("opener",)}) if one.key == "request" else one
        for one in works.procedure.approvals
    )
    changed = works.procedure.model_copy(update={"version": "9.8", "approvals": barring})
    signed = {"drafted_by": Signer("钱"), "reviewed_by": Signer("白"), "approved_by": Signer("赵")}
    version = adopt(Procedure.from_json(changed.to_json()), **signed, at=at("2026-11-16 07:00"))
    record = submitted(Factory(changed, version.pk, works.people))
    changes(works.lin, is_active=False, successor=works.people[successor])
    assert awaited(record) == asked


def test_where_the_head_is_asked_already_it_goes_on_to_the_management(works: Factory) -> None:
    record = submitted(works)
    approvals.transfer(place(record, "tao", works), works.qian, context=works.context("tao", MORNING))
    leaves(works.lin)
    assert awaited(record) == ["总经理赵", "钱卫东"]
    leaves(works.qian)
    assert awaited(record) == ["总经理赵", "总经理室"]
    assert owners(record) == [(works.zong.pk, works.zong.department_id), (None, works.zong.department_id)]
    clean()


def test_a_head_who_moves_leaves_it_to_the_head_who_comes(works: Factory) -> None:
    record = submitted(works)
    changes(works.tao, department_id=works.lin.department_id, is_head=False)
    assert awaited(record) == ["林志远", "总经理赵"]
    assert said(record, "record.signer_replaced") == ["审核：改请 总经理赵 签署，陶工不再负责"]
    clean()


def test_a_head_who_only_steps_down_and_another_who_is_there_already(works: Factory) -> None:
    technical = works.tao.department
    add_person(username="he", name="何工", password=None, at=LATER, department=technical, is_head=True)
    record = submitted(works)
    assert awaited(record) == ["林志远", technical.name_zh]
    changes(Person.objects.get(username="he"), is_head=False)
    changes(works.tao, is_head=False)
    assert awaited(record) == ["林志远", "总经理赵"]


def test_who_was_named_keeps_their_place_when_they_move(works: Factory) -> None:
    record = submitted(works)
    changes(works.lin, department_id=works.peng.department_id)
    assert (awaited(record), said(record, "record.signer_replaced")) == (["林志远", "陶工"], [])


def test_who_waits_in_turn_is_replaced_before_their_turn_comes(works: Factory) -> None:
    record = trial(works)
    leaves(works.tao)
    assert awaited(record) == ["钱卫东"]
    sign(record, works, "qian", when="2026-11-16 12:00")
    assert awaited(record) == ["总经理赵"]
    clean()


def test_a_department_without_anybody_leaves_it_to_the_management(works: Factory) -> None:
    record = sign(submitted(works), works, "lin", "tao")
    leaves(works.lin)
    leaves(works.qian)
    assert awaited(record) == ["总经理赵", "沈主任", "蔡采购"]
    assert said(record, "record.signer_replaced") == ["部门会签：改请 总经理赵 签署，质量部不能再签署"]
    clean()


def test_nobody_there_at_all_it_waits_until_somebody_comes(works: Factory) -> None:
    record = submitted(works)
    for one in (works.qian, works.zong):
        leaves(one)
    leaves(works.lin)
    assert awaited(record) == ["林志远", "陶工"]
    add_person(username="wen", name="文总", password=None, at=LATER, department=works.zong.department, is_head=True)
    assert awaited(record) == ["文总", "陶工"]


def test_a_department_that_loses_its_function_with_a_new_version(works: Factory) -> None:
    record = submitted(works)
    technical, production = works.tao.department.key, works.shen.department.key
    departments = tuple(
        one.model_copy(update={"functions": _functions(one.key, one.functions, technical, production)})
        for one in works.procedure.departments
    )
    changed = works.procedure.model_copy(update={"version": "9.9", "departments": departments})
    version = Procedure.from_json(changed.to_json())
    adopt(version, drafted_by=Signer("钱"), reviewed_by=Signer("白"), approved_by=Signer("赵"), at=LATER)
    assert awaited(record) == ["林志远", "沈主任"]
    assert said(record, "record.signer_replaced") == ["审核：改请 沈主任 签署，陶工不再负责"]
    clean()


def _functions(key: str, held: tuple[str, ...], loses: str, gains: str) -> tuple[str, ...]:
    rest = tuple(one for one in held if one != "technical")
    return (*rest, "technical") if key == gains else rest if key == loses else held
