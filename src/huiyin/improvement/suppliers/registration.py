"""What the rooms below learn of requests to suppliers at start-up."""

from __future__ import annotations

from huiyin.improvement.suppliers import drafts, sheet
from huiyin.improvement.suppliers.access import request_for, visible_ids
from huiyin.improvement.suppliers.links import knows
from huiyin.improvement.suppliers.models import SupplierAnswer, SupplierRequest
from huiyin.journal import kinds, links
from huiyin.kernel.text import t
from huiyin.records import access
from huiyin.records.files import files
from huiyin.records.relations import related_actions as openings
from huiyin.records.search import search
from huiyin.ui.middleware import admit


def register() -> None:
    """Called once when the room is ready."""
    kinds.register_record("scar", SupplierRequest)
    kinds.register_part(SupplierAnswer.part_kind, SupplierAnswer)
    links.register("scar", "/scars/", t("供方整改", "Supplier corrective action"))
    access.register_access("scar", request_for)
    search.register_visibility("scar", visible_ids)
    files.register_references(drafts.digests)
    sheet.register_all()
    for kind in ("problem", "complaint"):
        openings.register(kind, openings.Opening("/scars/new", "scar.open", "truck"))
    admit(knows)
