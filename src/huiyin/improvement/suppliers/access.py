"""The only way a view gets a request to a supplier: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every request under this procedure."""
    return person.is_administrator or procedure.sees_all("scar", person.functions())


def visible_to(person: Person, procedure: Procedure) -> QuerySet[SupplierRequest]:
    """Requests the person may see: all by function, else those they opened or own, or somebody of their department owns."""
    everything = SupplierRequest.objects.all()
    if sees_all(person, procedure):
        return everything
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    mine = Q(owner_id__in=ids) | Q(opened_by_id__in=ids) | Q(owner__department_id__in=person.department_ids)
    return everything.filter(mine)


def request_for(person: Person, number: str) -> SupplierRequest:
    """The request with this number if the person may see it; Http404 otherwise."""
    rows = visible_to(person, versions.procedure_of(person.active_version_id))
    found = rows.filter(number=number).select_related("owner", "opened_by").first()
    if found is None:
        raise Http404(number)
    return found


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")
