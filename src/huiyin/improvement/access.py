"""The only way a view gets a problem case: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from huiyin.database.compiled import CompiledQuery
from huiyin.improvement.models import Action, EffectCheck, Member, Problem
from huiyin.people.models import Person
from huiyin.people.queries import with_people_named
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

RELATED = (
    "customer",
    "department",
    "owner",
    "champion",
    "opened_by",
    "approved_by",
    "refers_to",
    "recurrence_of",
)


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every problem case under this procedure."""
    return person.is_administrator or procedure.sees_all("problem", person.functions())


def visible_to(person: Person, procedure: Procedure) -> QuerySet[Problem]:
    """Cases the person may see: all by function, else those of their department, team, tasks, or their own."""
    everything = Problem.objects.all()
    if sees_all(person, procedure):
        return everything
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    of_case = {"problem_id": OuterRef("pk")}
    theirs = Q(owner_id__in=ids) | Q(opened_by_id__in=ids) | Q(champion_id__in=ids)
    theirs |= Q(department_id__in=person.department_ids) | Q(owner__department_id__in=person.department_ids)
    doing = Q(responsible_id__in=ids) | Q(department_id__in=person.department_ids)
    member = Exists(Member.objects.filter(**of_case, person_id__in=ids))
    acting = Exists(Action.objects.filter(doing, **of_case))
    checking = Exists(EffectCheck.objects.filter(**of_case, checker_id__in=ids))
    return everything.filter(theirs | Q(member) | Q(acting) | Q(checking))


def _numbered(problems: QuerySet[Problem], number: str) -> QuerySet[Problem]:
    return with_people_named(problems.filter(number=number), *RELATED)


_any_problem = CompiledQuery(lambda number: _numbered(Problem.objects.all(), number), str)


def problem_for(person: Person, number: str) -> Problem:
    """The case with this number if the person may see it; Http404 otherwise."""
    procedure = versions.procedure_of(person.active_version_id)
    if sees_all(person, procedure):
        found = _any_problem.first(number)
    else:
        found = _numbered(visible_to(person, procedure), number).first()
    if found is None:
        raise Http404(number)
    return found
