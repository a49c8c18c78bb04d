"""Finds the person of a request in one query: department, who they stand for, the active procedure, all at once."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, cast

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from huiyin.database.compiled import CompiledQuery
from huiyin.people.models import AT_NO_TIME, Delegation, Person
from huiyin.procedure.models import ProcedureVersion


def _known(pk: Any, at: Any) -> QuerySet[Person]:
    current = Delegation.objects.filter(deputy_id=OuterRef("pk"), starts_at__lte=at, ends_at__gt=at)
    effective = ProcedureVersion.objects.filter(state="effective").values("pk")[:1]
    return (
        Person.objects.select_related("department")
        .annotate(stands_for_somebody=Exists(current), version_in_force=Subquery(effective))
        .filter(pk=pk, is_active=True)
        .order_by()
    )


_known_compiled = CompiledQuery(_known, int, datetime)


def load_person(pk: Any, *, at: datetime) -> Person | None:
    """The active person with ``pk`` as of ``at``, with department, delegations and active procedure version."""
    person: Any = _known_compiled.first(int(pk), at)
    if person is None:
        return None
    person.active_version_id = person.version_in_force
    if person.stands_for_somebody:
        away = Delegation.objects.filter(deputy_id=person.pk, starts_at__lte=at, ends_at__gt=at)
        left = away.filter(ends_at=AT_NO_TIME)
        person.standing_for = tuple(
            Person.objects.select_related("department").filter(
                Q(is_active=True) | Q(pk__in=left.values("person_id")), pk__in=away.values("person_id")
            )
        )
    return cast(Person, person)


class PersonBackend(AuthenticationBackend):
    """allauth's sign-in with our way to load the signed-in person."""

    def get_user(self, user_id: Any) -> Person | None:
        # Django gives a backend no request, so this is one of the edges where the clock is read.
        return load_person(user_id, at=datetime.now(UTC))
