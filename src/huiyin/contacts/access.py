"""The only way a view gets a contact: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.contacts.models import Contact
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

RELATED = ("customer", "contact_person", "owner", "opened_by")


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every contact under this procedure."""
    return person.is_administrator or procedure.sees_all("contact", person.functions())


def visible_to(person: Person, procedure: Procedure) -> QuerySet[Contact]:
    """Contacts the person may see: all by function, else those they own or entered, or somebody on leave they stand for."""
    everything = Contact.objects.all()
    return everything if sees_all(person, procedure) else everything.filter(own(person))


def own(person: Person, path: str = "") -> Q:
    """Condition: the contact (under ``path``) is owned or was entered by the person or somebody they stand for."""
    ids = {person.pk, *(other.pk for other in person.standing_for)}
    return Q(**{f"{path}owner_id__in": ids}) | Q(**{f"{path}opened_by_id__in": ids})


def contact_for(person: Person, number: str) -> Contact:
    """The contact with this number if the person may see it; Http404 otherwise."""
    procedure = versions.procedure_of(person.active_version_id)
    found = visible_to(person, procedure).select_related(*RELATED).filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found
