"""Finding customers as people ask for them: by telephone number, code, name, initials or who speaks for them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from huiyin.customers.access import visible_to
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.telephones import looks_like_number, normalise_number
from huiyin.people.models import Person
from huiyin.records.search import search

LAST = "\U0010ffff"
SHORTEST_ENDING = 4


@dataclass(frozen=True, slots=True)
class CustomerMatch:
    """A customer found, and the contact person through whom, if it was one."""

    customer: Customer
    through: ContactPerson | None = None


def find_customers(person: Person, text: str, limit: int = 10) -> list[CustomerMatch]:
    """Customers the person may see that answer to ``text``: best first, retired ones last, at most ``limit``.

    Beginnings of code, name, short name, pinyin and initials are looked up by index; digits as telephone numbers from
    the front and from the back; only when that leaves room, the words are searched anywhere in the file.
    """
    text = unicodedata.normalize("NFKC", text).strip()[:60]
    if not text:
        return []
    visible = visible_to(person)
    reach = limit * 2  # so that a retired customer never takes the place of one we deal with
    found: dict[int, ContactPerson | None] = {}
    for look in _ways(text):
        for customer_id, contact in look(visible, reach):
            found.setdefault(customer_id, contact)
        if len(found) >= reach:
            break
    if len(found) < limit and len(text) >= 2:
        for hit in search.search(person, text, kinds=["customer"], limit=limit):
            found.setdefault(hit.record_id, None)
    return _loaded(visible, found, limit)


def _loaded(visible: QuerySet[Customer], found: dict[int, ContactPerson | None], limit: int) -> list[CustomerMatch]:
    ids = list(found)
    rows = {row.pk: row for row in visible.filter(pk__in=ids)}
    ordered = sorted((rows[pk] for pk in ids if pk in rows), key=lambda row: row.closed_at is not None)
    return [CustomerMatch(row, found[row.pk]) for row in ordered[:limit]]


Look = Callable[[QuerySet[Customer], int], Iterable[tuple[int, ContactPerson | None]]]


def _ways(text: str) -> list[Look]:
    """In which columns ``text`` may stand, likeliest first."""
    folded = text.casefold()
    if looks_like_number(text):
        return [_by_number(normalise_number(text)), _by_code(text)]
    if folded.isascii():
        letters = "".join(char for char in folded if char.isalnum())
        return [
            _by_code(text),
            _by_columns(letters, "initials", "pinyin", "name_initials"),
            _by_people(letters, "initials", "pinyin"),
            _by_columns(text, "name", "short_name"),
        ]
    return [_by_columns(text, "name", "short_name"), _by_people(text, "name")]


def _by_code(text: str) -> Look:
    forms = dict.fromkeys((text, text.upper(), text.lower()))

    def look(visible: QuerySet[Customer], limit: int) -> Iterable[tuple[int, None]]:
        either = Q()
        for form in forms:
            either |= starts_with("code", form) | starts_with("number", form)
        return [(pk, None) for pk in visible.filter(either).order_by("code").values_list("pk", flat=True)[:limit]]

    return look


def _by_columns(text: str, *columns: str) -> Look:
    def look(visible: QuerySet[Customer], limit: int) -> Iterable[tuple[int, None]]:
        if not text:
            return []
        either = _either(text, columns)
        rows = visible.filter(either).values_list("pk", *columns)[: limit * 5]
        return [(row[0], None) for row in sorted(rows, key=lambda row: _closeness(text, row[1:]))[:limit]]

    return look


def _by_people(text: str, *columns: str) -> Look:
    def look(visible: QuerySet[Customer], limit: int) -> Iterable[tuple[int, ContactPerson]]:
        return _through(visible, _either(text, columns), limit) if text else []

    return look


def _by_number(digits: str) -> Look:
    """Numbers that begin with what was typed, or, from four digits on, end with it."""

    def look(visible: QuerySet[Customer], limit: int) -> Iterable[tuple[int, ContactPerson | None]]:
        own = _either(digits, ["telephone_digits"])
        people = _either(digits, ["mobile_digits", "telephone_digits"])
        if len(digits) >= SHORTEST_ENDING:
            own |= _either(digits[::-1], ["telephone_reversed"])
            people |= _either(digits[::-1], ["mobile_reversed", "telephone_reversed"])
        found: list[tuple[int, ContactPerson | None]] = list(_through(visible, people, limit))
        return [*found, *((pk, None) for pk in visible.filter(own).values_list("pk", flat=True)[:limit])]

    return look


def _through(visible: QuerySet[Customer], people: Q, limit: int) -> list[tuple[int, ContactPerson]]:
    """Customers of the contact people who fit; those who left come last."""
    rows = list(ContactPerson.objects.filter(people)[: limit * 3])
    rows.sort(key=lambda row: row.left_on is not None)
    return [(row.customer_id, row) for row in rows]


def _closeness(text: str, values: Iterable[str]) -> tuple[int, int]:
    """Whole matches first, then the shortest names."""
    fitting = [value for value in values if value.startswith(text)]
    return (0 if text in fitting else 1, min(map(len, fitting), default=999))


def _either(text: str, columns: Iterable[str]) -> Q:
    either = Q()
    for column in columns:
        either |= starts_with(column, text)
    return either


def starts_with(column: str, text: str) -> Q:
    """Condition: the column begins with ``text``, asked so that each database uses its index."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + LAST})
    return Q(**{f"{column}__startswith": text})


def deliveries_like(customer: Customer, *, model: str = "", batch: str = "", serial: str = "") -> QuerySet[Delivery]:
    """Deliveries to the customer that fit what is known of the goods; a serial number also inside a range."""
    rows = customer.deliveries.all()
    if model:
        rows = rows.filter(model__iexact=model)
    if batch:
        rows = rows.filter(batch__iexact=batch)
    if serial:
        rows = rows.filter(Q(serial__iexact=serial) | Q(serial__lte=serial, serial_to__gte=serial))
    return rows


def with_code_or_name(values: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """For each text, the customers (id, number) whose code, number or whole name it is; used by imports."""
    wanted = sorted({value for value in values if value})
    found: dict[str, list[tuple[int, str]]] = {}
    for start in range(0, len(wanted), 400):
        part = wanted[start : start + 400]
        rows: Any = Customer.objects.filter(Q(code__in=part) | Q(number__in=part) | Q(name__in=part))
        for pk, *names in rows.values_list("pk", "number", "code", "name"):
            for name in dict.fromkeys(names):
                found.setdefault(name, []).append((pk, names[0]))
    return found
