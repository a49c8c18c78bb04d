"""Who sees a problem case: quality, management and auditors all of them, others what they take part in."""

from __future__ import annotations

import pytest
from django.http import Http404

from huiyin.customers.access import visible_to as customers_of
from huiyin.customers.actions import register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import CustomerFacts
from huiyin.improvement.access import problem_for, visible_to
from huiyin.improvement.models import Problem
from huiyin.people.backends import load_person
from huiyin.records.search.search import search
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at, day
from tests.improvement import cases
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def sees(works: Factory, name: str, problem: Problem) -> bool:
    """Whether the person reaches the case, by number, in lists and by search alike."""
    person = load_person(works.people[name].pk, at=at("2026-11-16 12:00"))
    assert person is not None
    try:
        found = problem_for(person, problem.number) == problem
    except Http404:
        found = False
    assert visible_to(person, works.procedure).filter(pk=problem.pk).exists() is found
    assert bool(search(person, problem.number, kinds=["problem"])) is found
    return found


def seen_by(works: Factory, problem: Problem) -> set[str]:
    return {name for name in works.people if sees(works, name, problem)}


ALWAYS = {"lin", "qian", "zong", "root"}


def test_functions_that_see_all(works: Factory) -> None:
    assert seen_by(works, cases.case(works)) == ALWAYS


def test_the_department_the_owner_and_the_opener(works: Factory) -> None:
    problem = cases.case(works, "mei", owner=works.tao, department=works.shen.department)
    assert seen_by(works, problem) == ALWAYS | {"mei", "tao", "shen", "peng"}


def test_the_team_and_those_with_something_to_do(works: Factory) -> None:
    problem = cases.case(works)
    cases.row(works, problem, "member", person=works.cai, role="member")
    cases.row(works, problem, "action", measure="corrective", text="改包装", responsible=works.ku)
    cases.row(works, problem, "action", measure="interim", text="全检", department=works.shen.department)
    assert seen_by(works, problem) == ALWAYS | {"cai", "ku", "shen", "peng"}
    gone = problem.members.get()
    cases.changed(works, gone, left_on=day("2026-11-16"))
    assert "cai" in seen_by(works, problem)  # what they worked on they may still read


def test_the_checker(works: Factory) -> None:
    problem = cases.through(works, cases.planned)
    assert not sees(works, "fang", problem)
    cases.effect(works, problem, checker=works.fang)
    assert sees(works, "fang", problem)


def test_a_number_that_is_not_there(works: Factory) -> None:
    with pytest.raises(Http404):
        problem_for(works.context("lin", "2026-11-16 12:00").actor, "8D9999-999")  # type: ignore[arg-type]


def test_customers_met_in_cases(works: Factory) -> None:
    sent = works.context("mei", "2026-11-16 08:00")
    customer = register_customer(
        CustomerFacts(name="海川机电"), procedure_id=works.version, context=StepContext(sent.actor, sent.at)
    )

    def met(name: str) -> list[Customer]:
        person = load_person(works.people[name].pk, at=at("2026-11-16 12:00"))
        assert person is not None
        return list(customers_of(person))

    problem = cases.case(works, owner=works.shen)
    assert [met(name) for name in ("shen", "tao", "cai")] == [[], [], []]
    Problem.objects.filter(pk=problem.pk).update(customer=customer, champion=works.cai)
    cases.row(works, problem, "member", person=works.tao, role="member")
    assert [met(name) for name in ("shen", "tao", "cai", "ku")] == [[customer], [customer], [customer], []]
