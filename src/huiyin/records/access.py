"""Who sees which records: each kind says it once, and every list, page, count, search, export and print asks here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.database.compiled import CompiledQuery
from huiyin.journal import kinds
from huiyin.obligations import sight
from huiyin.people.models import Person
from huiyin.people.queries import with_people_named
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Record, RecordPart

R = TypeVar("R", bound=Record)
Find = Callable[[Person, str], Any]
_find: dict[str, Find] = {}


@dataclass(frozen=True)
class Sight(Generic[R]):
    """Who sees the records of one kind: all of them by function, as the procedure in force says, else their own.

    ``own(person)`` gives the records that somebody sees who does not see all; it may ask nothing but the person's
    standing. ``related`` are relations that the record's page shows; of people among them only names are read.
    ``own_one`` gives the same records by a query that finds one of them faster (None: there is none).
    """

    model: type[R]
    own: Callable[[Person], QuerySet[R]]
    related: tuple[str, ...] = ()
    own_one: Callable[[Person], QuerySet[R]] | None = None

    @property
    def kind(self) -> str:
        """The kind of the records."""
        return self.model.kind

    def sees_all(self, person: Person, procedure: Procedure | None = None) -> bool:
        """Whether one of the person's functions sees every record of the kind; administrators do."""
        return person.is_administrator or _in_force(person, procedure).sees_all(self.kind, person.functions())

    def visible_to(self, person: Person, procedure: Procedure | None = None) -> QuerySet[R]:
        """The records that the person may see."""
        everything = self.model._default_manager.all()
        return everything if self.sees_all(person, procedure) else self.own(person)

    def ids_for(self, person: Person) -> QuerySet[R] | None:
        """The ids that a search may return for the person; None when they see all."""
        return None if self.sees_all(person) else self.own(person).values("pk")  # type: ignore[return-value]

    def find(self, person: Person, number: str) -> R:
        """The record with this number if the person may see it; Http404 otherwise."""
        own = self.own_one or self.own
        every = self.sees_all(person)
        found = self._any.first(number) if every else self._numbered(own(person), number).first()
        if found is None:
            raise Http404(number)
        return found

    def find_part(self, person: Person, number: str, parts: QuerySet[Any], pk: int, *, of: str) -> Any:
        """The row ``pk`` of ``parts`` on a record the person may see; ``of`` is its relation to it.

        Http404 otherwise.
        """
        record = self.find(person, number)
        found = parts.filter(pk=pk, **{of: record}).first()
        if found is None:
            raise Http404(pk)
        setattr(found, of, record)
        return found

    @cached_property
    def _any(self) -> CompiledQuery[R]:
        return CompiledQuery(lambda number: self._numbered(self.model._default_manager.all(), number), str)

    def _numbered(self, records: QuerySet[R], number: str) -> QuerySet[R]:
        return with_people_named(records.filter(number=number), *self.related)


def _in_force(person: Person, procedure: Procedure | None) -> Procedure:
    return procedure if procedure is not None else versions.procedure_of(person.active_version_id)


def owned_by(person: Person, *relations: str) -> Q:
    """Condition: one of the ``relations`` names the person, or somebody on leave for whom they stand in."""
    ids = {person.pk, *(other.pk for other in person.standing_for)}
    condition = Q()
    for relation in relations:
        condition |= Q(**{f"{relation}_id__in": ids})
    return condition


def register_declared(find: Callable[[Person, str, str], Any]) -> None:
    """``find(person, kind, number)`` gives records of the kinds that packs declare, as in ``register_access``."""
    _declared.append(find)
    sight.register_declared(find)


_declared: list[Callable[[Person, str, str], Any]] = []


def register_access(kind: str, find: Find) -> None:
    """``find(person, number)`` gives the record of this kind if the person may see it, and raises Http404 if not."""
    _find[kind] = find
    sight.register_visibility(kind, find)


def record_for(person: Person, kind: str, number: str) -> Any:
    """The record of ``kind`` with this number if the person may see it; Http404 otherwise."""
    find = _find.get(kind)
    if find is not None:
        return find(person, number)
    for of_declared in _declared:
        return of_declared(person, kind, number)
    raise Http404(kind)


def record_under(person: Person, row: RecordPart) -> Any:
    """The record that ``row`` (a file, a comment) belongs to if the person may see it; Http404 otherwise."""
    number = kinds.records_of(row.kind).filter(pk=row.record_id).values_list("number", flat=True).first()
    if number is None:
        raise Http404(row.kind)
    return record_for(person, row.kind, number)
