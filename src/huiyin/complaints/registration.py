"""What the rooms below learn of complaints at start-up: tables, pages, who may see them, the customer's card."""

from __future__ import annotations

from typing import Any

from huiyin.complaints import models
from huiyin.complaints.access import complaint_for, sees_all, visible_to
from huiyin.journal import kinds
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access, links, search

PARTS = (
    models.Demand,
    models.Task,
    models.Measure,
    models.Remedy,
    models.Answer,
    models.Call,
    models.Promise,
)


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("complaint", models.Complaint)
    for part in PARTS:
        kinds.register_part(part.part_kind, part)
    links.register("complaint", "/complaints/", t("投诉", "Complaint"))
    access.register_access("complaint", complaint_for)
    search.register_visibility("complaint", visible_ids)


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")
