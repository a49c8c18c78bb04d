"""The company's departments follow the procedure in force; staff of one that is gone move to its successor."""

from __future__ import annotations

import pytest

from huiyin.people.models import Department, Person
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer, adopt
from tests.cast import Factory, at, factory, pack

pytestmark = pytest.mark.django_db


def switched(works: Factory, key: str, when: str = "2026-02-01 08:00", version: str = "8.0") -> dict[str, str]:
    """Adopt another pack; where each of the people is then."""
    adopt(
        Procedure.from_json({**pack(key).to_json(), "version": version}),
        drafted_by=Signer("钱卫东"),
        reviewed_by=Signer("白办公"),
        approved_by=Signer("总经理赵"),
        at=at(when),
    )
    people = Person.objects.filter(pk__in=[p.pk for p in works.people.values()]).select_related("department")
    return {p.username: p.department.key for p in people if p.department is not None}


def test_a_department_whose_key_stays_keeps_its_people_and_takes_the_new_name() -> None:
    works = factory("base")
    found = switched(works, "communication")
    assert (found["mei"], found["lin"], found["peng"]) == ("reception", "quality", "production")
    assert Department.objects.get(key="reception").name.zh == "供销部"


def test_people_of_a_department_that_is_gone_move_to_the_one_with_their_functions() -> None:
    works = factory("base")
    assert switched(works, "communication")["ku"] == "reception"
    assert not Department.objects.get(key="warehouse").active


def test_where_no_function_is_shared_they_stand_with_the_first_department() -> None:
    works = factory("base")
    found = switched(works, "complaint-measures")
    assert {found[name] for name in ("tao", "cai", "ku", "fang")} == {"reception"}


def test_back_again_the_departments_stand_but_people_stay_where_they_went() -> None:
    works = factory("base")
    switched(works, "communication")
    found = switched(works, "base", "2026-03-01 08:00", version="8.1")
    assert Department.objects.get(key="warehouse").active
    assert found["ku"] == "reception"


def test_everybody_always_has_a_department() -> None:
    works = factory("base")
    for number, key in enumerate(("feedback", "communication", "complaint-measures"), start=2):
        found = switched(works, key, f"2026-0{number}-01 08:00")
        assert set(found) == set(works.people) - {"root"}
        active = set(Department.objects.filter(active=True).values_list("key", flat=True))
        assert set(found.values()) <= active == {d.key for d in pack(key).departments}
