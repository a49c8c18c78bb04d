"""The customer's card: what somebody on the telephone must see at once; higher rooms add what they know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from huiyin.customers.access import TakesPart, register_taking_part
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.warranty import Warranty, warranty_of
from huiyin.kernel.text import Text
from huiyin.obligations import ties
from huiyin.people.models import Person
from huiyin.records.kinds import RecordKind

DELIVERIES = 8


@dataclass(frozen=True, slots=True)
class CardLine:
    """One record on the card: where it is, what it is about, how far it is and until when something is owed on it."""

    number: str
    url: str
    text: str | Text
    phase: str
    state_label: Text
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CardSection:
    """What one room knows of a customer: a title and its newest lines; ``total`` counts all, ``url`` shows them."""

    key: str
    title: Text
    lines: tuple[CardLine, ...]
    total: int
    empty: Text
    url: str | None = None


@dataclass(frozen=True, slots=True)
class DeliveryWarranty:
    """A delivery with its warranty judged for the day of reading."""

    delivery: Delivery
    warranty: Warranty


@dataclass(frozen=True, slots=True)
class CustomerCard:
    """Everything on the card of one customer for one reader."""

    customer: Customer
    contact_people: tuple[ContactPerson, ...]
    deliveries: tuple[DeliveryWarranty, ...]
    deliveries_total: int
    sections: tuple[CardSection, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class CustomerTie:
    """What a kind of record is to customers: whom somebody meets in it, and what stands of it on a customer's card.

    ``takes_part(person)`` is a condition on Customer that joins nothing to it; ``section`` decides itself what the
    reader may see (None: nothing) and stands on the card in the order of ``position``. Either is None where there is no
    such thing.
    """

    takes_part: TakesPart | None
    section: SectionOf | None
    position: int = 50

    def register(self, kind: RecordKind) -> None:
        """Let customers' pages ask, and what is owed on the records follow the customer's facts."""
        ties.register_hanging(lambda of, ids: _of_customers(kind.model, of, ids))
        if self.takes_part is not None:
            register_taking_part(self.takes_part)
        if self.section is not None:
            register_card_section(self.section, position=self.position)


def _of_customers(model: type[Any], kind: str, ids: Any) -> QuerySet[Any] | None:
    """The records of a table that are these customers'."""
    return model._default_manager.filter(customer__in=ids) if kind == Customer.kind else None


SectionOf = Callable[[Customer, Person, datetime], CardSection | None]
SectionsOf = Callable[[Customer, Person, datetime], Sequence[CardSection]]
_sections: list[tuple[int, SectionOf]] = []
_declared: list[SectionsOf] = []


def register_card_section(section_of: SectionOf, *, position: int = 50) -> None:
    """Let a room show something on every customer's card; it decides itself what the reader may see (None: nothing)."""
    if all(known is not section_of for _, known in _sections):
        _sections.append((position, section_of))
        _sections.sort(key=lambda pair: pair[0])


def register_declared_sections(sections_of: SectionsOf) -> None:
    """Let a room show several things behind the others: what kinds of record a procedure ties to customers."""
    _declared.append(sections_of)


def sections_for(customer: Customer, person: Person, *, at: datetime) -> tuple[CardSection, ...]:
    """What the rooms above know of the customer, for this reader."""
    found = (section_of(customer, person, at) for _, section_of in _sections)
    declared = (section for sections_of in _declared for section in sections_of(customer, person, at))
    return (*(section for section in found if section is not None), *declared)


def deliveries_with_warranty(customer: Customer, *, on: date, limit: int | None = None) -> tuple[DeliveryWarranty, ...]:
    """The customer's deliveries, newest first, each with its warranty on the day ``on``."""
    rows = list(customer.deliveries.all()[:limit])
    for row in rows:
        row.customer = customer
    return tuple(DeliveryWarranty(row, warranty_of(row, on)) for row in rows)


def card_for(customer: Customer, person: Person, *, at: datetime, on: date) -> CustomerCard:
    """The card of a customer the person may see; ``on`` is the site's day of ``at``."""
    return CustomerCard(
        customer=customer,
        contact_people=tuple(customer.contact_people.filter(left_on=None)),
        deliveries=deliveries_with_warranty(customer, on=on, limit=DELIVERIES),
        deliveries_total=customer.deliveries.count(),
        sections=sections_for(customer, person, at=at),
    )
