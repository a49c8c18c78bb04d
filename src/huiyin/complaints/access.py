"""The only way a view gets a complaint: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from huiyin.complaints.models import Complaint, Task
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

RELATED = ("customer", "contact_person", "owner", "owner__department", "transfer_to", "opened_by", "merged_into",
           "delivery", "verdict_by", "verdict_approved_by", "source")  # fmt: skip


def sees_all(person: Person, procedure: Procedure) -> bool:
    """Whether one of the person's functions sees every complaint under this procedure; heads of such departments too."""
    return person.is_administrator or procedure.sees_all("complaint", person.functions())


def visible_to(person: Person, procedure: Procedure) -> QuerySet[Complaint]:
    """Complaints the person may see: all by function, else those they own, took in, or whose task is their department's."""
    everything = Complaint.objects.all()
    if sees_all(person, procedure):
        return everything
    task = Task.objects.filter(complaint_id=OuterRef("pk"), department_id__in=person.department_ids)
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    mine = Q(owner_id__in=ids) | Q(opened_by_id__in=ids) | Q(transfer_to_id__in=ids)
    return everything.filter(mine | Exists(task))


def complaint_for(person: Person, number: str) -> Complaint:
    """The complaint with this number if the person may see it; Http404 otherwise."""
    procedure = versions.procedure_of(person.active_version_id)
    found = visible_to(person, procedure).select_related(*RELATED).filter(number=number).first()
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
