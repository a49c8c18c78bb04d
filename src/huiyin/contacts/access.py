"""Who sees which contact: all by function, else those they own or entered, or somebody on leave they stand for."""

from __future__ import annotations

from django.db.models import Q

from huiyin.contacts.models import Contact
from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by

CONTACTS = Sight(
    Contact,
    own=lambda person: Contact.objects.filter(own(person)),
    related=("customer", "contact_person", "owner", "opened_by"),
)
visible_to = CONTACTS.visible_to
contact_for = CONTACTS.find


def own(person: Person) -> Q:
    """Condition: the contact is owned or was entered by the person or somebody they stand for."""
    return owned_by(person, "owner", "opened_by")
