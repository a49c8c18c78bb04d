"""Reading requests and stock-takes: what stands on their pages and in their lists; no writes."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.people.models import Person
from huiyin.people.prepared import Prepared
from huiyin.records.lists.labels import with_next_due
from huiyin.returns.models import (
    Award,
    Consent,
    Disposal,
    Line,
    Loss,
    Lot,
    Replacement,
    Shipment,
    ShippedRow,
)


def _names(queryset: QuerySet[Any], *people: str) -> QuerySet[Any]:
    """With the people beside each row, by name only."""
    shown = {"id", "name", "name_en", "department"}
    rest = [f.name for f in Person._meta.concrete_fields if f.name not in shown]
    return queryset.select_related(*people).defer(*(f"{who}__{name}" for who in people for name in rest))


_lines = Prepared(lambda r: Line.objects.filter(replacement_id=r).order_by("id"), int)
_shipments = Prepared(lambda r: _names(Shipment.objects.filter(replacement_id=r), "sent_by").order_by("id"), int)
_shipped = Prepared(lambda r: ShippedRow.objects.filter(replacement_id=r).order_by("id"), int)
_consents = Prepared(lambda r: _names(Consent.objects.filter(replacement_id=r), "by").order_by("id"), int)
_lots = Prepared(
    lambda r: _names(Lot.objects.filter(replacement_id=r), "arrived_by", "inspected_by").order_by("id"), int
)
_disposals = Prepared(lambda r: _names(Disposal.objects.filter(replacement_id=r), "by").order_by("id"), int)
_awards = Prepared(
    lambda r: _names(Award.objects.filter(replacement_id=r), "asked_by", "decided_by").order_by("id"), int
)
_losses = Prepared(lambda r: _names(Loss.objects.filter(replacement_id=r), "by").order_by("id"), int)


def load_details(record: Replacement, events: Collection[str] | None = None) -> dict[str, Any]:
    """All rows of one request, each kind in one query; with its ``events`` only kinds there can be any of."""
    pk = record.pk

    def of(query: Prepared[Any], *starts: str) -> list[Any]:
        if events is not None and not any(event.startswith(starts) for event in events):
            return []
        return query(pk)

    lines = _lines(pk)
    shipments = of(_shipments, "shipment.")
    shipped = _shipped(pk) if shipments else []
    lots = of(_lots, "lot.")
    disposals = of(_disposals, "lot.disposed", "lot.partly")
    by_id = {line.pk: line for line in lines}
    for row in shipped:
        row.line = by_id[row.line_id]
    for shipment in shipments:
        shipment.replacement = record
        shipment.rows = [row for row in shipped if row.shipment_id == shipment.pk]
    for lot in lots:
        lot.replacement, lot.line = record, by_id[lot.line_id]
        lot.rows = [row for row in disposals if row.lot_id == lot.pk]
    consents = of(_consents, "replacement.consented")
    for one in consents:
        one.line = by_id[one.line_id]
    awards = of(_awards, "award.")
    for award in awards:
        award.replacement = record
    return {
        "lines": lines,
        "shipments": shipments,
        "shipped": shipped,
        "consents": consents,
        "lots": lots,
        "disposals": disposals,
        "awards": awards,
        "losses": of(_losses, "replacement.loss_recorded", "replacement.shipped", "replacement.partly_shipped"),
    }


def for_list(rows: QuerySet[Replacement]) -> QuerySet[Replacement]:
    """What the list shows of each request, in one query."""
    first = Line.objects.filter(replacement_id=OuterRef("pk")).order_by("id")
    found = rows.annotate(
        first_model=Subquery(first.values("model")[:1]),
        first_way=Subquery(first.values("way")[:1]),
        first_quantity=Subquery(first.values("quantity")[:1]),
        first_unit=Subquery(first.values("unit")[:1]),
    )
    return with_next_due(found.select_related("owner", "responsible"))
