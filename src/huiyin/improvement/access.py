"""Who sees which case: all by function, else those of their department, team and tasks, and their own."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.improvement.models import Action, EffectCheck, Member, Problem
from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by


def own(person: Person) -> QuerySet[Problem]:
    """Cases that the person owns, opened or champions, works on, or that are their department's."""
    departments = person.department_ids
    of_case = {"problem_id": OuterRef("pk")}
    theirs = owned_by(person, "owner", "opened_by", "champion")
    theirs |= Q(department_id__in=departments) | Q(owner__department_id__in=departments)
    acts = owned_by(person, "responsible") | Q(department_id__in=departments)
    member = Exists(Member.objects.filter(owned_by(person, "person"), **of_case))
    acting = Exists(Action.objects.filter(acts, **of_case))
    checking = Exists(EffectCheck.objects.filter(owned_by(person, "checker"), **of_case))
    return Problem.objects.filter(theirs | Q(member) | Q(acting) | Q(checking))


PROBLEMS = Sight(
    Problem,
    own=own,
    related=(
        "customer",
        "department",
        "owner",
        "champion",
        "opened_by",
        "approved_by",
        "refers_to",
        "recurrence_of",
    ),
)
visible_to = PROBLEMS.visible_to
problem_for = PROBLEMS.find
