"""Who sees which complaint: all by function, else what they own, took in, are offered, or their department works on."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from huiyin.complaints.models import Complaint, Task
from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by

FEW_TASKS = 5000
"""So many tasks of a department are looked up to find what it sees; where it has more, each record is asked in turn."""


def tasks_of(person: Person) -> QuerySet[Task]:
    """The tasks of the departments the person acts for."""
    return Task.objects.filter(department_id__in=person.department_ids)


def are_few(tasks: QuerySet[Task]) -> bool:
    """Whether there are so few that what hangs on them is found fastest by looking at them all."""
    return tasks[: FEW_TASKS + 1].count() <= FEW_TASKS


def _held_by(person: Person) -> Q:
    return owned_by(person, "owner", "opened_by", "transfer_to")


def _own(person: Person) -> QuerySet[Complaint]:
    """What the person sees who does not see all; for lists, which read many of them."""
    tasks = tasks_of(person)
    if not are_few(tasks):
        return _own_one(person)
    held = Complaint.objects.filter(_held_by(person))
    return Complaint.objects.filter(pk__in=held.values("pk").union(tasks.values("complaint_id")))


def _own_one(person: Person) -> QuerySet[Complaint]:
    """The same complaints, asked record by record: without counting and collecting tasks first."""
    task = tasks_of(person).filter(complaint_id=OuterRef("pk"))
    return Complaint.objects.filter(_held_by(person) | Exists(task))


COMPLAINTS = Sight(
    Complaint,
    own=_own,
    own_one=_own_one,
    related=(
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
    ),
)
visible_to = COMPLAINTS.visible_to
complaint_for = COMPLAINTS.find


def task_for(person: Person, number: str, task_id: int) -> Any:
    """A department's task on a complaint the person may see; Http404 otherwise."""
    return COMPLAINTS.find_part(person, number, Task.objects.select_related("department"), task_id, of="complaint")
