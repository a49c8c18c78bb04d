"""Who sees which record of a declared kind: all of them by function, else those one has to do with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from huiyin.database.compiled import CompiledQuery
from huiyin.obligations.models import OPEN, Obligation, Occasion
from huiyin.obligations.queries import owed_by
from huiyin.people.models import Person
from huiyin.people.queries import with_people_named
from huiyin.procedure import versions
from huiyin.procedure.lexicon import PRODUCT
from huiyin.procedure.schema import Procedure
from huiyin.procedure.vocabulary import LAST_PHASES
from huiyin.records.access import owned_by
from huiyin.records.search import search
from huiyin.registers.catalogue import kinds_before, procedure_for
from huiyin.registers.models import PEOPLE, ApprovalSigner, FormRecord, FormRow, KeptSheet

OF_THE_PRODUCT = (*PRODUCT.kinds, Occasion.kind)
"""Kinds of record whose obligations are not on records of the table here."""


def sees_all(person: Person, kind: str, in_force: Procedure | None = None) -> bool:
    """Whether one of the person's functions sees every record of the kind; administrators do.

    Rights are those of the procedure in force, or of the last that declared the kind.
    """
    procedure = procedure_for(kind, in_force or versions.procedure_of(person.active_version_id))
    return person.is_administrator or procedure.sees_all(kind, person.functions())


def own_records(person: Person) -> Q:
    """Condition: the person opened it, is in charge of it, named in it or in one of its rows, asked to sign, owes
    something on it, or heads the department of whoever filled in a sheet that was kept.
    """
    ids = [person.pk, *(other.pk for other in person.standing_for)]
    named = Q()
    for slot in PEOPLE:
        named |= Q(**{f"{slot}__in": ids})
    in_rows = FormRow.objects.filter(owner_id__in=ids).values("record_id")
    asked = Q(person_id__in=ids) | Q(person=None, department_id__in=person.department_ids)
    signing = ApprovalSigner.objects.filter(asked).values("record_id")
    owing = Obligation.objects.filter(OPEN, owed_by(person)).exclude(kind__in=OF_THE_PRODUCT).values("record_id")
    found = owned_by(person, "owner", "opened_by") | named | Q(pk__in=in_rows) | Q(pk__in=signing) | Q(pk__in=owing)
    if person.any_head:
        kept = KeptSheet.objects.filter(department_id__in=person.department_ids).values("record_id")
        found |= Q(pk__in=kept)
    return found


def visible_to(person: Person, kind: str, in_force: Procedure | None = None) -> QuerySet[FormRecord]:
    """The records of a kind that the person may see."""
    rows = FormRecord.objects.filter(kind=kind)
    if sees_all(person, kind, in_force):
        return rows
    return rows.filter(own_records(person) | _by_what_it_is_about(person, kind, in_force))


def _by_what_it_is_about(person: Person, kind: str, in_force: Procedure | None) -> Q:
    """Condition: what it is about may be seen by the person, and so it may."""
    procedure = procedure_for(kind, in_force or versions.procedure_of(person.active_version_id))
    entry = procedure.vocabulary.declared.get(kind)
    found = Q(pk__in=[])
    for other in entry.about if entry is not None else ():
        ids = search.visible_ids_of(other, person)
        if ids is None:
            found |= Q(about_kind=other)
        elif not isinstance(ids, list):
            found |= Q(about_kind=other, about_id__in=ids)
    return found


_numbered: CompiledQuery[FormRecord] = CompiledQuery(
    lambda kind, number: with_people_named(
        FormRecord.objects.filter(kind=kind, number=number), "owner", "opened_by", "department"
    ),
    str,
    str,
)


def open_counts(person: Person, kinds: Sequence[str], in_force: Procedure) -> Mapping[str, int]:
    """How many records of each kind that the person sees have not ended: one query for all that are seen wholly."""
    going_on = FormRecord.objects.exclude(phase__in=LAST_PHASES)
    wholly = [kind for kind in kinds if sees_all(person, kind, in_force)]
    counted = going_on.filter(kind__in=wholly).order_by().values_list("kind").annotate(Count("pk"))
    others = [kind for kind in kinds if kind not in wholly]
    seen = {kind: visible_to(person, kind, in_force).exclude(phase__in=LAST_PHASES).count() for kind in others}
    return {**dict.fromkeys(wholly, 0), **dict(counted), **seen}


def record_of(person: Person, kind: str, number: str) -> FormRecord:
    """The record of this kind and number if the person may see it; Http404 otherwise."""
    found = _numbered.first(kind, number)
    if found is None:
        raise Http404(number)
    if sees_all(person, kind) or visible_to(person, kind).filter(pk=found.pk).exists():
        return found
    raise Http404(number)


def row_of(person: Person, kind: str, number: str, pk: int) -> FormRow:
    """A row of a record that the person may see; Http404 otherwise."""
    record = record_of(person, kind, number)
    row = record.rows.filter(pk=pk).select_related("owner").first()
    if row is None:
        raise Http404(pk)
    row.record = record
    return row


class DeclaredSight:
    """What searches ask of all declared kinds together."""

    def seen_wholly(self, person: Person) -> Sequence[str]:
        """The kinds of which the person sees every record."""
        in_force = versions.procedure_of(person.active_version_id)
        now = [entry.key for entry in in_force.kinds if entry.part_of is None]
        return [kind for kind in (*now, *kinds_before(now)) if sees_all(person, kind, in_force)]

    def own(self, person: Person, kinds: Sequence[str]) -> QuerySet[Any]:
        """The ids of the records that the person sees beside those, of ``kinds`` or of all."""
        rows = FormRecord.objects.filter(own_records(person))
        ids = rows.filter(kind__in=kinds) if kinds else rows
        found = ids
        if kinds:
            by_tie = Q()
            for kind in kinds:
                by_tie |= Q(kind=kind) & _by_what_it_is_about(person, kind, None)
            found = FormRecord.objects.filter(Q(pk__in=ids.values("pk")) | by_tie)
        return found.values("pk")
