"""Which complaints and customers a person sees through tasks of their department, be these few or many."""

from __future__ import annotations

import pytest
from django.http import Http404

from huiyin.complaints import access
from huiyin.complaints.models import Complaint
from huiyin.customers.access import visible_to as customers_of
from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from tests.cast import Factory
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")


def opens(person: Person, complaint: Complaint) -> bool:
    try:
        return access.complaint_for(person, complaint.number) == complaint
    except Http404:
        return False


def seen(person: Person) -> tuple[set[int], set[int]]:
    person.standing_for = ()
    person.active_version_id = Complaint.objects.all()[0].procedure_id
    procedure = versions.procedure_of(person.active_version_id)
    complaints = access.visible_to(person, procedure)
    found = list(complaints.values_list("pk", flat=True))
    assert len(found) == len(set(found)) == complaints.count()
    assert {one.pk for one in Complaint.objects.all() if opens(person, one)} == set(found)
    customers = list(customers_of(person).values_list("pk", flat=True))
    assert len(customers) == len(set(customers))
    return set(found), set(customers)


def expected(person: Person) -> set[int]:
    """By the words of the rule, record by record."""
    return {
        one.pk
        for one in Complaint.objects.all()
        if person.pk in (one.owner_id, one.opened_by_id, one.transfer_to_id)
        or one.tasks.filter(department_id=person.department_id).exists()
    }


def test_few_and_many_tasks_show_the_same(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    for k, department in enumerate(("production", "technical", "production", "")):
        sent = works.context("mei", "2026-11-16 08:00")
        customer = register_customer(
            CustomerFacts(name=f"客户 {k}"), procedure_id=works.version, context=StepContext(sent.actor, sent.at)
        )
        story = told(works, "judged", customer=customer)
        if department:
            story.assign(department)
    few = {person.username: seen(person) for person in Person.objects.select_related("department")}
    monkeypatch.setattr(access, "FEW_TASKS", 0)
    many = {person.username: seen(person) for person in Person.objects.select_related("department")}
    assert many == few
    assert (len(few["peng"][0]), len(few["song"][0])) == (2, 4)
    for name in ("peng", "shen", "tao", "fang"):
        assert few[name][0] == expected(getattr(works, name)), name
        met = Complaint.objects.filter(pk__in=few[name][0]).values_list("customer_id", flat=True)
        assert few[name][1] == set(met), name
    assert [len(few[name][1]) for name in ("peng", "tao", "fang")] == [2, 1, 0]
