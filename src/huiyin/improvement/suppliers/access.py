"""Who sees which request to a supplier: all by function, else those they opened or own, or their department owns."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by


def own(person: Person) -> QuerySet[SupplierRequest]:
    """Requests that the person opened or owns, or that somebody of their department owns."""
    mine = owned_by(person, "owner", "opened_by") | Q(owner__department_id__in=person.department_ids)
    return SupplierRequest.objects.filter(mine)


REQUESTS = Sight(SupplierRequest, own=own, related=("owner", "opened_by"))
visible_to = REQUESTS.visible_to
request_for = REQUESTS.find
