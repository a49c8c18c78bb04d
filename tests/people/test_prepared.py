"""Prepared queries give the same rows as the querysets they were built from, with new arguments each time."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import pytest
from django.db.models import Value

from huiyin.journal.models import Entry
from huiyin.people.models import Delegation, Department, Person
from huiyin.people.prepared import Prepared
from huiyin.records.comments import comment
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("feedback")


def test_rows_come_with_their_relations_and_annotations(works: Factory) -> None:
    named = Prepared(
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
    current = Prepared(lambda now: Delegation.objects.filter(starts_at__lte=now, ends_at__gt=now), datetime)
    assert current(at("2026-11-16 12:00")) == [away]
    assert current(at("2026-11-17 08:00")) == []


def test_columns_left_out_are_read_when_asked_for(works: Factory) -> None:
    short = Prepared(lambda pk: Person.objects.only("name").filter(pk=pk), int)
    found = short.first(works.mei.pk)
    assert found is not None
    assert found.get_deferred_fields() >= {"password", "email"}
    assert found.username == "mei"


def test_an_argument_that_does_not_stand_as_itself_is_refused() -> None:
    with pytest.raises(ValueError, match="stand in the query as itself"):
        Prepared(lambda name: Department.objects.filter(key__startswith=name), str)("qu")


def test_a_token_is_an_argument_too(works: Factory) -> None:
    entered = Prepared(lambda token: Entry.objects.filter(submission=token).order_by("id")[:1], UUID)
    complaint, token = works.complaint(when="2026-11-16 09:00"), UUID(int=7)
    sent = works.context("mei", "2026-11-16 09:10", submission=token)
    comment(complaint, "收到", actor=sent.actor, at=sent.at, submission=sent.submission)
    assert [one.submission for one in entered(token)] == [token]
    assert entered(UUID(int=8)) == []
