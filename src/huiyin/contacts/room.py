"""What this room tells the house: the contact as a kind of record, its place in the menu and on the customer's card."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse

from huiyin.contacts import vocabulary  # noqa: F401 - the words make themselves known
from huiyin.contacts.access import CONTACTS as SIGHT
from huiyin.contacts.access import own, visible_to
from huiyin.contacts.lists import CONTACTS
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.steps import STEPS
from huiyin.customers.card import CardLine, CardSection, CustomerTie
from huiyin.customers.models import Customer
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.navigation import may_take_opening, works_with
from huiyin.ui.rooms import MenuItem, Room

ON_CARD = 5


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


CONTACT = RecordKind(
    model=Contact,
    name=t("来往", "Contact"),
    path="/contacts/",
    sight=SIGHT,
    steps=STEPS,
    parts=(PartKind(model=Message),),
    lists=(CONTACTS,),
    sheets=(),
    opened_from={},
    aspects=(CustomerTie(takes_part=takes_part, section=card_section, position=60),),
    has_own_fields=True,
    stored_digests=raw_digests,
)
ROOM = Room(
    name="contacts",
    urls=(("contacts/", "huiyin.contacts.urls"),),
    menu=(
        MenuItem(
            label=t("来往登记", "Contacts"),
            url="contacts",
            icon="contacts",
            key="l",
            position=100,
            may_open=works_with("contact"),
        ),
    ),
    creates=(
        MenuItem(
            label=t("来往", "Contact"),
            url="contact_new",
            icon="contacts",
            position=30,
            may_open=may_take_opening("contact.register"),
        ),
    ),
    kinds=(CONTACT,),
)
