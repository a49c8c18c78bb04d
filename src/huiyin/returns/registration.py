"""What the rooms below learn of this one at start-up: tables, pages, who may see them, sheets, what may be opened from a complaint."""

from __future__ import annotations

from typing import Any

from huiyin.journal import kinds, links
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records import access
from huiyin.records.relations import related_actions as openings
from huiyin.records.relations import relations as linking
from huiyin.records.search import search
from huiyin.returns import models
from huiyin.returns.access import replacement_for, stock_take_for, visible_replacements, visible_takes
from huiyin.returns.printing import sheets

PARTS = (
    models.Line,
    models.Shipment,
    models.ShippedRow,
    models.Consent,
    models.Lot,
    models.Disposal,
    models.Award,
    models.Loss,
)


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("replacement", models.Replacement)
    kinds.register_record("stock-take", models.StockTake)
    for part in PARTS:
        kinds.register_part(part.part_kind, part)
    links.register("replacement", "/replacements/", t("补换退货", "Replacement"))
    links.register("stock-take", "/stock-takes/", t("三方盘点", "Joint stock-take"))
    access.register_access("replacement", replacement_for)
    access.register_access("stock-take", stock_take_for)
    search.register_visibility("replacement", _seen(visible_replacements))
    search.register_visibility("stock-take", _seen(visible_takes))
    linking.declare("replacement-for", here=t("为此而办", "Made for"), there=t("补换退货", "Replacement"))
    linking.declare("stock-take-for", here=t("为此而盘", "Made for"), there=t("三方盘点", "Joint stock-take"))
    openings.register("complaint", openings.Opening("/replacements/new", "replacement.request", "returns"))
    openings.register("complaint", openings.Opening("/stock-takes/new", "stock-take.open", "check"))
    sheets.register_all()


def _seen(visible: Any) -> Any:
    def ids(person: Person) -> Any:
        rows = visible(person, versions.procedure_of(person.active_version_id))
        return None if rows is None else rows.values("pk")

    return ids
