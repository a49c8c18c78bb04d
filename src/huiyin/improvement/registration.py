"""What the rooms below learn of problem cases at start-up: tables, pages, who may see them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from huiyin.customers.access import register_taking_part
from huiyin.improvement import models
from huiyin.improvement.access import problem_for, sees_all, visible_to
from huiyin.improvement.printing import sheets
from huiyin.improvement.words import CASE
from huiyin.journal import kinds, links
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.relations import related_actions as openings
from huiyin.records.search import search

PARTS: tuple[type[models.ProblemPart], ...] = (
    models.Content,
    models.Member,
    models.Contrast,
    models.Containment,
    models.Cause,
    models.Action,
    models.EffectCheck,
    models.DocumentUpdate,
    models.Deployment,
    models.CostLine,
    models.Submission,
)


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("problem", models.Problem)
    for part in PARTS:
        kinds.register_part(part.part_kind, part)
    links.register("problem", "/problems/", CASE)
    access.register_access("problem", problem_for)
    search.register_visibility("problem", visible_ids)
    sheets.register_all()
    register_taking_part(takes_part)
    openings.register("complaint", openings.Opening("/problems/new", "problem.open", "flag"))


def visible_ids(person: Person) -> Any:
    """The ids a search may return for this person; None when they see all."""
    procedure = versions.procedure_of(person.active_version_id)
    return None if sees_all(person, procedure) else visible_to(person, procedure).values("pk")


def takes_part(person: Person) -> Q:
    """Customers a person meets in problem cases: as owner, champion, or on the team."""
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    own = models.Problem.objects.filter(Q(owner_id__in=ids) | Q(champion_id__in=ids))
    joined = models.Member.objects.filter(person_id__in=ids)
    return Q(pk__in=own.values("customer_id")) | Q(pk__in=joined.values("problem__customer_id"))
