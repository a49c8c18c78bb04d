"""Compiled queries give the same rows as the querysets they were built from, with new arguments each time."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet, Value

from huiyin.database.compiled import CompiledCount, CompiledQuery
from huiyin.database.conditions import is_among
from huiyin.journal.models import Entry
from huiyin.people.models import Delegation, Department, Person
from huiyin.records.comments import comment
from tests.cast import Factory, at, factory

pytestmark = pytest.mark.django_db


@pytest.fixture
def works() -> Factory:
    return factory("feedback")


def test_rows_come_with_their_relations_and_annotations(works: Factory) -> None:
    named = CompiledQuery(
        lambda name: Person.objects.select_related("department").annotate(seven=Value(7)).filter(username=name),
        str,
    )
    found = named.first("lin")
    assert found is not None
    assert (found.name, found.department, found.seven, found.department.functions) == (  # type: ignore[attr-defined]
        "林志远",
        works.lin.department,
        7,
        ["quality"],
    )
    assert [p.username for p in named("mei")] == ["mei"]
    assert named("nobody") == []


def test_moments_are_compared_as_moments(works: Factory) -> None:
    away = Delegation.objects.create(
        person=works.mei, deputy=works.song, starts_at=at("2026-11-16 08:00"), ends_at=at("2026-11-17 08:00")
    )
    current = CompiledQuery(lambda now: Delegation.objects.filter(starts_at__lte=now, ends_at__gt=now), datetime)
    assert current(at("2026-11-16 12:00")) == [away]
    assert current(at("2026-11-17 08:00")) == []


def test_columns_left_out_are_read_when_asked_for(works: Factory) -> None:
    short = CompiledQuery(lambda pk: Person.objects.only("name").filter(pk=pk), int)
    found = short.first(works.mei.pk)
    assert found is not None
    assert found.get_deferred_fields() >= {"password", "email"}
    assert found.username == "mei"


def test_an_argument_that_does_not_stand_as_itself_is_refused(settings: Any) -> None:
    settings.COMPILED_QUERIES = True
    with pytest.raises(ValueError, match="stand in the query as itself"):
        CompiledQuery(lambda name: Department.objects.filter(key__startswith=name), str)("qu")


def test_a_token_is_an_argument_too(works: Factory) -> None:
    entered = CompiledQuery(lambda token: Entry.objects.filter(submission=token).order_by("id")[:1], UUID)
    complaint, token = works.complaint(when="2026-11-16 09:00"), UUID(int=7)
    sent = works.context("mei", "2026-11-16 09:10", submission=token)
    comment(complaint, "收到", actor=sent.actor, at=sent.at, submission=sent.submission)
    assert [one.submission for one in entered(token)] == [token]
    assert entered(UUID(int=8)) == []


def test_with_the_switch_off_django_asks_each_time_anew(works: Factory, settings: Any) -> None:
    asked: list[str] = []

    def build(name: str) -> QuerySet[Person]:
        asked.append(name)
        return Person.objects.filter(username=name)

    named = CompiledQuery(build, str)
    settings.COMPILED_QUERIES = False
    assert [named("mei"), named("lin"), named("mei")] == [[works.mei], [works.lin], [works.mei]]
    assert asked == ["mei", "lin", "mei"]
    settings.COMPILED_QUERIES = True
    del asked[:]
    assert [named("mei"), named("lin"), named.first("nobody")] == [[works.mei], [works.lin], None]
    assert len(asked) == 1


@pytest.mark.parametrize("is_on", [True, False])
def test_rows_are_counted_up_to_a_limit(works: Factory, settings: Any, is_on: bool) -> None:
    settings.COMPILED_QUERIES = is_on
    people = Person.objects.values("pk")
    assert CompiledCount(people[:3])() == 3
    assert CompiledCount(people.filter(username="mei"))() == 1
    assert CompiledCount(people.filter(pk__in=[]))() == 0


@pytest.mark.parametrize("is_on", [True, False])
def test_keys_among_the_rows_of_a_query(works: Factory, settings: Any, is_on: bool) -> None:
    settings.COMPILED_QUERIES = is_on
    heads = is_among("d.id", Department.objects.filter(key__in=["quality", "50% off"]).values("pk"))
    assert heads is not None
    sql, params = heads
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.key FROM people_department d WHERE {sql}", params)  # noqa: S608
        assert cursor.fetchall() == [("quality",)]
    assert is_among("d.id", Department.objects.filter(pk__in=[])) is None


@pytest.mark.parametrize("is_on", [True, False])
def test_keys_among_the_values_of_a_column(works: Factory, settings: Any, is_on: bool) -> None:
    settings.COMPILED_QUERIES = is_on
    of_mei = is_among("d.id", Person.objects.filter(username__in=["mei", "root"]).values("department_id"))
    assert of_mei is not None
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT d.id FROM people_department d WHERE {of_mei[0]}", of_mei[1])  # noqa: S608
        assert cursor.fetchall() == [(works.mei.department_id,)]
