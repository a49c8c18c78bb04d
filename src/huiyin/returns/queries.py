"""Reading requests and stock-takes: what stands on their pages and in their lists; no writes."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from huiyin.records.children import children_of
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

_lines = children_of(Line, "replacement")
_shipments = children_of(Shipment, "replacement", with_people=("sent_by",))
_shipped = children_of(ShippedRow, "replacement")
_consents = children_of(Consent, "replacement", with_people=("by",))
_lots = children_of(Lot, "replacement", with_people=("arrived_by", "inspected_by"))
_disposals = children_of(Disposal, "replacement", with_people=("by",))
_awards = children_of(Award, "replacement", with_people=("asked_by", "decided_by"))
_losses = children_of(Loss, "replacement", with_people=("by",))


def load_details(record: Replacement, events: Collection[str] | None = None) -> dict[str, Any]:
    """All rows of one request, each kind in one query; with its ``events`` only kinds there can be any of."""
    pk = record.pk

    def of(query: Callable[[int], list[Any]], *starts: str) -> list[Any]:
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
