"""Whom a part names: each role lets exactly these people take a step, whatever kind of part it is declared for."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from huiyin.complaints.models import Task
from huiyin.kernel.steptable import Transition
from huiyin.kernel.text import t
from huiyin.people.backends import load_person
from huiyin.people.models import Delegation, Person
from huiyin.procedure import part_roles
from huiyin.procedure.part_roles import PartRole, RoleHolder
from huiyin.records.kinds import PartKind, _columns_lacking
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.permission import may_take
from tests.cast import Factory, at
from tests.stage import stage
from tests.story import department

works = stage("base")
NOON = at("2026-11-16 12:00")
LABEL = t("甲", "A")


def who_may(works: Factory, word: str, part: Any) -> list[str]:
    """The people whom a step by ``word`` is open to, among those of quality and production."""
    step = Transition("move", frozenset({"new"}), by=frozenset({word}))
    record = SimpleNamespace(owner_id=None)
    people = Person.objects.filter(department__key__in=("quality", "production"), is_active=True)
    loaded = [load_person(one.pk, at=NOON) for one in people]
    return sorted(
        one.username
        for one in loaded
        if one is not None and may_take(step, GuardContext(record, part, one, NOON, works.procedure))
    )


def part(*, department_id: int | None, person_id: int | None) -> Any:
    return SimpleNamespace(department_id=department_id, person_id=person_id)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("word", "named", "unnamed"),
    [
        ("task.department", ["lin", "qian"], ["lin", "qian"]),
        ("task.head", ["qian"], ["qian"]),
        ("task.person", ["lin"], []),
        ("charge.person", ["lin"], []),
        ("charge.bearer", ["lin"], ["qian"]),
        ("allotment.head", ["qian"], ["qian"]),
    ],
)
def test_each_role_lets_these_take_the_step(works: Factory, word: str, named: list[str], unnamed: list[str]) -> None:
    quality = department("quality").pk
    assert who_may(works, word, part(department_id=quality, person_id=works.lin.pk)) == named
    assert who_may(works, word, part(department_id=quality, person_id=None)) == unnamed
    assert who_may(works, word, None) == []


@pytest.mark.django_db
def test_who_stands_in_may_do_what_the_person_named_may(works: Factory) -> None:
    Delegation.objects.create(
        person=works.lin, deputy=works.peng, starts_at=NOON - timedelta(1), ends_at=NOON + timedelta(1)
    )
    named = part(department_id=department("quality").pk, person_id=works.lin.pk)
    assert who_may(works, "task.person", named) == ["lin", "peng"]
    assert who_may(works, "charge.bearer", named) == ["lin", "peng"]


def test_a_role_read_from_a_column_that_the_part_lacks_is_named_at_start() -> None:
    role = PartRole(name="judge", holder=RoleHolder.PERSON, label=LABEL, person="judged_by")
    lack = "role task.judge is read from judged_by, which Task does not have"
    assert _columns_lacking(PartKind(model=Task, roles=(role,))) == [lack]


def test_one_word_has_one_meaning() -> None:
    with pytest.raises(ValueError, match=r"task\.head"):
        part_roles.declare("task", PartRole(name="head", holder=RoleHolder.PERSON, label=LABEL))
