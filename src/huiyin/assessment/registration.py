"""What the rooms below learn of assessments at start-up: tables, pages, who may see them, the printed sheet."""

from __future__ import annotations

from typing import Any

from huiyin.assessment import models
from huiyin.assessment.access import assessment_for, sees_all, visible_to
from huiyin.assessment.printing import sheets
from huiyin.journal import kinds, links
from huiyin.kernel.periods import Period
from huiyin.kernel.text import t
from huiyin.obligations import places
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.search import search

PARTS = (models.Item, models.Charge, models.Allotment, models.Appeal, models.Booking, models.Posting)


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("assessment", models.Assessment)
    for part in PARTS:
        kinds.register_part(part.part_kind, part)
    links.register(
        "assessment",
        "/assessments/",
        t("考核统计", "Assessment"),
        subject=lambda week: Period.parse(week).label,
    )
    access.register_access("assessment", assessment_for)
    search.register_visibility("assessment", visible_ids)
    sheets.register_all()
    places.register(
        "assessment.compiled", t("统计这一周", "Compile this week"), lambda week: f"/assessments/new?week={week.key}"
    )


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")
