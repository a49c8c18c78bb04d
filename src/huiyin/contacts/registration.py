"""What the rooms below learn of contacts at start-up: tables, pages, who may see them, the customer's card, raw mails."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from huiyin.contacts.access import contact_for, own, sees_all, visible_to
from huiyin.contacts.models import Contact, Message
from huiyin.customers.access import register_taking_part
from huiyin.customers.card import CardLine, CardSection, register_card_section
from huiyin.customers.models import Customer
from huiyin.journal import kinds, links
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.files import files
from huiyin.records.search import search

ON_CARD = 5


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("contact", Contact)
    kinds.register_part(Message.part_kind, Message)
    links.register("contact", "/contacts/", t("来往", "Contact"))
    access.register_access("contact", contact_for)
    search.register_visibility("contact", visible_ids)
    files.register_references(raw_digests)
    register_taking_part(takes_part)
    register_card_section(card_section, position=60)


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")


def raw_digests() -> Iterable[str]:
    """The digests of raw mails in the file store."""
    return Message.objects.values_list("raw_sha256", flat=True).iterator()


def takes_part(person: Person) -> Q:
    """Customers whom the person met in contacts of their own."""
    return Q(pk__in=Contact.objects.filter(own(person)).exclude(customer=None).values("customer_id"))


def card_section(customer: Customer, person: Person, at: datetime) -> CardSection | None:
    """The customer's latest calls, letters, mails and visits, for the card."""
    if person.active_version_id is None:
        return None
    visible = visible_to(person, versions.procedure_of(person.active_version_id)).filter(customer=customer)
    rows = list(visible.order_by("-happened_at", "-id")[: ON_CARD + 1])
    total = len(rows) if len(rows) <= ON_CARD else visible.count()
    url = f"{reverse('contacts')}?{urlencode({'party': customer.name})}" if total > ON_CARD else None
    empty = t("还没有来往记录", "No contacts yet")
    title = t("最近来往", "Latest contacts")
    return CardSection("contacts", title, tuple(_line(row) for row in rows[:ON_CARD]), total, empty, url)


def _line(row: Contact) -> CardLine:
    label = versions.procedure_of(row.procedure_id).state("contact", row.state).label
    words = row.topic or row.text[:60] or row.party_name
    return CardLine(row.number, reverse("contact", args=[row.number]), words, row.phase, label)
