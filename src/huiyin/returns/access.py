"""Who sees which request and stock-take, and how a view gets one; what one may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from huiyin.people.models import Person
from huiyin.records.access import Sight, owned_by
from huiyin.returns.models import Award, Lot, Replacement, Shipment, StockTake

REPLACEMENT_SIGHT = Sight(
    Replacement,
    own=lambda person: Replacement.objects.filter(
        owned_by(person, "owner", "opened_by") | Q(responsible_id__in=person.department_ids)
    ),
    related=("customer", "owner", "opened_by", "responsible", "signed_by"),
)
"""Beside the owner, the department that is responsible sees a request."""
STOCK_TAKE_SIGHT = Sight(
    StockTake,
    own=lambda person: StockTake.objects.filter(owned_by(person, "owner", "opened_by")),
    related=("customer", "owner", "opened_by", "book_by", "card_by", "goods_by"),
)
replacements_of = REPLACEMENT_SIGHT.visible_to
stock_takes_of = STOCK_TAKE_SIGHT.visible_to
replacement_for = REPLACEMENT_SIGHT.find
stock_take_for = STOCK_TAKE_SIGHT.find

PART_MODELS: dict[str, Any] = {model.part_kind: model for model in (Shipment, Lot, Award)}


def part_for(person: Person, number: str, kind: str, pk: int) -> Any:
    """A shipment, returned lot or compensation of a request the person may see; Http404 otherwise."""
    return REPLACEMENT_SIGHT.find_part(person, number, PART_MODELS[kind].objects.all(), pk, of="replacement")
