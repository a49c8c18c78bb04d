"""What declared kinds show on other records' pages: what may be opened from there, what a customer has of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Count, Q

from huiyin.customers.card import CardLine, CardSection
from huiyin.customers.models import Customer
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.relations.related_actions import RelatedAction
from huiyin.records.search import search
from huiyin.registers.access import own_records, sees_all
from huiyin.registers.kinds import kind_of
from huiyin.registers.models import FormRecord

ON_CARD = 5
MOST_READ = 100


def declared_actions(kind: str, procedure: Procedure) -> Sequence[RelatedAction]:
    """The opening steps of declared kinds that hang on records of ``kind``, or may be opened from their pages."""
    return [
        RelatedAction(f"/registers/{entry.key}/new/{step.verb}", step.key)
        for entry in procedure.kinds
        if entry.part_of is None and kind in (*entry.about, *entry.opens_from)
        for step in kind_of(procedure, entry.key).openings
    ]


def row_actions(record: FormRecord, person: Person, procedure: Procedure) -> Mapping[str, Sequence[RelatedAction]]:
    """What the person may open from rows of the record, by the kind of the rows: kinds whose fields take over facts
    of such rows.
    """
    found: dict[str, list[RelatedAction]] = {}
    if record.phase == "void":
        return found
    for entry in procedure.kinds:
        if entry.part_of is not None or record.kind not in (*entry.about, *entry.opens_from):
            continue
        kind = kind_of(procedure, entry.key)
        sources = {path.partition(".")[0] for field in kind.fields for path in field.taken_from}
        for step in kind.openings_for(person):
            for rows in sources & {one.key for one in procedure.kinds if one.part_of == record.kind}:
                found.setdefault(rows, []).append(RelatedAction(f"/registers/{entry.key}/new/{step.verb}", step.key))
    return found


def customer_sections(customer: Customer, person: Person, at: datetime) -> Sequence[CardSection]:
    """The newest records of each declared kind about a customer, as far as the reader may see them; two queries."""
    if person.active_version_id is None:
        return ()
    procedure = versions.procedure_of(person.active_version_id)
    kinds = [entry.key for entry in procedure.kinds if entry.part_of is None and Customer.kind in entry.about]
    if not kinds:
        return ()
    seen = FormRecord.objects.filter(about_kind=Customer.kind, about_id=customer.pk, kind__in=kinds)
    seen = seen.exclude(phase="void")
    if not search.can_see(person, Customer.kind, customer.pk):
        wholly = [kind for kind in kinds if sees_all(person, kind, procedure)]
        seen = seen.filter(Q(kind__in=wholly) | own_records(person))
    counted = dict(seen.order_by().values_list("kind").annotate(n=Count("pk")))
    rows = list(seen.order_by("-opened_at", "-pk")[:MOST_READ]) if counted else []
    return [_section(procedure, kind, rows, counted[kind], customer) for kind in kinds if kind in counted]


def _section(
    procedure: Procedure, kind: str, rows: Sequence[FormRecord], total: int, customer: Customer
) -> CardSection:
    declared = kind_of(procedure, kind)
    lines = tuple(_line(row) for row in [row for row in rows if row.kind == kind][:ON_CARD])
    url = f"/registers/{kind}/?{urlencode({'about': customer.name})}"
    return CardSection(f"registers-{kind}", declared.many, lines, total, t("还没有", "None yet"), url)


def _line(row: FormRecord) -> CardLine:
    label = versions.procedure_of(row.procedure_id).state(row.kind, row.state).label
    return CardLine(
        row.number, record_url(row.kind, row.number) or "", row.titled if row.title else row.number, row.phase, label
    )
