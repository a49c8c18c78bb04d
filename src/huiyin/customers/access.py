"""The only way a view gets a customer: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet

from huiyin.customers.models import Customer
from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by

TakesPart = Callable[[Person], Q]
_takes_part: list[TakesPart] = []


def register_taking_part(condition: TakesPart) -> None:
    """Let a room say which customers somebody meets in its records: a condition on Customer without a join."""
    if condition not in _takes_part:
        _takes_part.append(condition)


def own_customers(person: Person) -> QuerySet[Customer]:
    """Customers of who does not see all: their own as salesperson, and those of records they take part in."""
    mine = owned_by(person, "salesperson")
    for condition in _takes_part:
        mine |= condition(person)
    return Customer.objects.filter(mine)


CUSTOMERS = Sight(Customer, own=own_customers, related=("salesperson", "opened_by"))
visible_to = CUSTOMERS.visible_to
customer_for = CUSTOMERS.find
