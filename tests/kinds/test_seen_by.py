"""Each condition of sight matters: by every relation that counts, and by no other, somebody sees a record;
and so does whoever stands in for them while they are on leave.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import models, transaction
from django.http import Http404

from huiyin.people.actions import go_on_leave
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.records.kinds import declared
from tests.cast import NOON, at
from tests.desk import stopped
from tests.kinds.matrix import KindMatrix, matrices
from tests.secrets import SecretCompany, company

pytestmark = pytest.mark.django_db
__all__ = ["company"]

of_kind = pytest.mark.parametrize("one", matrices(), ids=lambda one: str(one.kind))


@dataclass(frozen=True)
class Relation:
    """A column of the record, or of one of its parts, that names a person or a department."""

    name: str
    row: Any
    column: models.ForeignKey[Any, Any]

    @property
    def is_of_people(self) -> bool:
        """Whether it names a person; a department otherwise."""
        return self.column.related_model is Person

    def set(self, value: Any) -> None:
        """Name somebody, past every step."""
        type(self.row)._default_manager.filter(pk=self.row.pk).update(**{self.column.name: value})


@dataclass(frozen=True)
class Alone:
    """Ke, who stands in for ke today, ke's department and colleague; a stranger and another department."""

    ke: Person
    deputy: Person
    own: Department
    colleague: Person
    stranger: Person
    other: Department


def relations_of(one: KindMatrix, company: SecretCompany) -> list[Relation]:
    """All columns of the sample and of its parts that name people or departments."""
    kind = declared[one.kind]
    record = kind.model._default_manager.get(number=company.real[one.kind])
    one.complete(record)
    rows: list[tuple[str, Any]] = [("", record)]
    for part in kind.parts:
        to = next((f.name for f in part.model._meta.fields if f.related_model is kind.model), None)
        if to is not None:
            rows += [(f"{part.model.part_kind}.", row) for row in part.model._default_manager.filter(**{to: record})]
    return [
        Relation(f"{prefix}{column.name}", row, column)
        for prefix, row in rows
        for column in type(row)._meta.concrete_fields
        if isinstance(column, models.ForeignKey) and column.related_model in (Person, Department)
    ]


@pytest.fixture
def alone(company: SecretCompany, db: Any) -> Iterator[Alone]:
    """Ke, who sees nothing, with one colleague; and somebody and some department that have nothing to do with ke."""
    with stopped(NOON), transaction.atomic():
        own = Department.objects.create(key="alone", name_zh="独立组", name_en="Alone", functions=[])
        other = Department.objects.create(key="others", name_zh="他组", name_en="Others", functions=[])
        ke = company.works.people["ke"]
        Person.objects.filter(pk=ke.pk).update(department=own, is_head=True)
        colleague = Person.objects.create_person("colleague", None, name="同事", department=own)
        stranger = Person.objects.create_person("stranger", None, name="生人", department=other)
        deputy = Person.objects.create_person("deputy", None, name="代班")
        go_on_leave(ke, deputy, starts_at=at("2026-11-16 00:00"), ends_at=at("2026-11-17 00:00"), reason="")
        found, standing_in = (load_person(each.pk, at=at(NOON)) for each in (ke, deputy))
        assert found is not None
        assert standing_in is not None
        yield Alone(found, standing_in, own, colleague, stranger, other)


@pytest.mark.parametrize("who", ["ke", "deputy"])
@of_kind
def test_by_these_relations_alone_a_record_is_seen(
    one: KindMatrix, who: str, company: SecretCompany, alone: Alone
) -> None:
    relations = relations_of(one, company)
    reader: Person = getattr(alone, who)

    def clear() -> None:
        for each in relations:
            each.set(alone.stranger if each.is_of_people else alone.other)

    clear()
    assert not sees(one, company, reader), "seen without any relation: the test would prove nothing"
    by = set()
    for each in relations:
        tries = {each.name: alone.ke, f"{each.name}.department": alone.colleague}
        for name, value in tries.items() if each.is_of_people else [(each.name, alone.own)]:
            each.set(value)
            if sees(one, company, reader):
                by.add(name)
            clear()
    assert by == set(one.seen_by)


def sees(one: KindMatrix, company: SecretCompany, person: Person) -> bool:
    """Whether the person finds the sample by its number, in the list and by search alike."""
    sight = declared[one.kind].sight
    number = company.real[one.kind]
    try:
        sight.find(person, number)
        found = True
    except Http404:
        found = False
    listed = sight.visible_to(person).filter(number=number).exists()
    ids = sight.ids_for(person)
    searched = ids is None or ids.filter(pk__in=sight.model._default_manager.filter(number=number)).exists()
    assert found == listed == searched
    return found
