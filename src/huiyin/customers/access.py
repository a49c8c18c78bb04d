"""The only way a view gets a customer: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

TakesPart = Callable[[Person], Q]
_takes_part: list[TakesPart] = []


def register_taking_part(condition: TakesPart) -> None:
    """Let a room say which customers a person meets in its records: a condition on Customer that joins nothing to it."""
    if condition not in _takes_part:
        _takes_part.append(condition)


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every customer under this procedure."""
    return person.is_administrator or procedure.sees_all("customer", person.functions())


def visible_to(person: Person) -> QuerySet[Customer]:
    """Customers the person may see: all by function, else their own as salesperson and those of records they take part in."""
    everything = Customer.objects.all()
    if sees_all(person, versions.procedure_of(person.active_version_id)):
        return everything
    ids = {person.pk, *(other.pk for other in person.standing_for)}
    mine = Q(salesperson_id__in=ids)
    for condition in _takes_part:
        mine |= condition(person)
    return everything.filter(mine)


def customer_for(person: Person, number: str) -> Customer:
    """The customer with this number if the person may see it; Http404 otherwise."""
    found = visible_to(person).select_related("salesperson", "opened_by").filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def contact_person_for(person: Person, number: str, pk: int) -> ContactPerson:
    """A contact person of a customer the person may see; Http404 otherwise."""
    customer = customer_for(person, number)
    found = customer.contact_people.filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    found.customer = customer
    return found


def delivery_for(person: Person, number: str, pk: int) -> Delivery:
    """A delivery to a customer the person may see; Http404 otherwise."""
    customer = customer_for(person, number)
    found = customer.deliveries.filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    found.customer = customer
    return found
