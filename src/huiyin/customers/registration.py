"""What the rooms below learn of customers at start-up: tables, pages, who may see them."""

from __future__ import annotations

from typing import Any

from huiyin.customers.access import customer_for, sees_all, visible_to
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.journal import kinds, links
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.search import search


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("customer", Customer)
    kinds.register_part(ContactPerson.part_kind, ContactPerson)
    kinds.register_part(Delivery.part_kind, Delivery)
    links.register("customer", "/customers/", t("客户", "Customer"))
    access.register_access("customer", customer_for)
    search.register_visibility("customer", visible_ids)


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person).values("pk")
