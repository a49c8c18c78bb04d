"""The only way a view gets a complaint: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from huiyin.complaints.models import Complaint, Task
from huiyin.database.compiled import CompiledQuery
from huiyin.people.models import Person
from huiyin.people.queries import with_people_named
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

RELATED = (
    "customer",
    "contact_person",
    "owner",
    "transfer_to",
    "opened_by",
    "merged_into",
    "delivery",
    "verdict_by",
    "verdict_approved_by",
    "source",
)


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every complaint under this procedure; heads of such departments too."""
    return person.is_administrator or procedure.sees_all("complaint", person.functions())


FEW_TASKS = 5000
"""So many tasks of a department are looked up to find what it sees; where it has more, each record is asked in turn."""


def visible_to(person: Person, procedure: Procedure) -> QuerySet[Complaint]:
    """Complaints the person may see: all by function, else those they own, took in, or whose task is their department's."""
    everything = Complaint.objects.all()
    if sees_all(person, procedure):
        return everything
    tasks = tasks_of(person)
    if are_few(tasks):
        own = everything.filter(_own(person))
        return everything.filter(pk__in=own.values("pk").union(tasks.values("complaint_id")))
    return everything.filter(_own(person) | Exists(tasks.filter(complaint_id=OuterRef("pk"))))


def _own(person: Person) -> Q:
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    return Q(owner_id__in=ids) | Q(opened_by_id__in=ids) | Q(transfer_to_id__in=ids)


def tasks_of(person: Person) -> QuerySet[Task]:
    """The tasks of the departments the person acts for."""
    return Task.objects.filter(department_id__in=person.department_ids)


def are_few(tasks: QuerySet[Task]) -> bool:
    """Whether there are so few that what hangs on them is found fastest by looking at them all."""
    return tasks[: FEW_TASKS + 1].count() <= FEW_TASKS


def _numbered(complaints: QuerySet[Complaint], number: str) -> QuerySet[Complaint]:
    return with_people_named(complaints.filter(number=number), *RELATED)


_any_complaint = CompiledQuery(lambda number: _numbered(Complaint.objects.all(), number), str)


def complaint_for(person: Person, number: str) -> Complaint:
    """The complaint with this number if the person may see it; Http404 otherwise."""
    procedure = versions.procedure_of(person.active_version_id)
    if sees_all(person, procedure):
        found = _any_complaint.first(number)
    else:
        task = tasks_of(person).filter(complaint_id=OuterRef("pk"))
        found = _numbered(Complaint.objects.filter(_own(person) | Exists(task)), number).first()
    if found is None:
        raise Http404(number)
    return found


def task_for(person: Person, number: str, task_id: int) -> Task:
    """A department task of a complaint the person may see; Http404 otherwise."""
    complaint = complaint_for(person, number)
    found = Task.objects.select_related("department").filter(pk=task_id, complaint=complaint).first()
    if found is None:
        raise Http404(task_id)
    found.complaint = complaint
    return found
