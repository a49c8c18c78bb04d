"""The request to a supplier as a kind of record."""

from __future__ import annotations

from huiyin.improvement.suppliers import guards  # noqa: F401 - guards and words make themselves known
from huiyin.improvement.suppliers.access import REQUESTS
from huiyin.improvement.suppliers.actions import SERVES
from huiyin.improvement.suppliers.drafts import stored_digests
from huiyin.improvement.suppliers.lists import SCARS
from huiyin.improvement.suppliers.models import SupplierAnswer, SupplierRequest
from huiyin.improvement.suppliers.sheet import request_sheet
from huiyin.improvement.suppliers.steps import STEPS
from huiyin.kernel.text import t
from huiyin.records.kinds import PartKind, RecordKind
from huiyin.records.print.printed_sheets import PrintedSheet
from huiyin.records.relations.related_actions import RelatedAction

ASKS = RelatedAction("/scars/new", "scar.open", "truck")
SCAR = RecordKind(
    model=SupplierRequest,
    name=t("供方整改", "Supplier corrective action"),
    path="/scars/",
    sight=REQUESTS,
    steps=STEPS,
    parts=(PartKind(model=SupplierAnswer),),
    lists=(SCARS,),
    sheets=(
        PrintedSheet(
            key="scar",
            label=t("供方纠正措施要求单", "Supplier corrective action request"),
            build=request_sheet,
            size=10,
            label_width=30,
        ),
    ),
    opened_from={"problem": ASKS, "complaint": ASKS},
    aspects=(),
    has_own_fields=False,
    relations={
        SERVES: (t("为此要求供方整改", "The supplier corrects for"), t("供方整改", "Supplier corrective action"))
    },
    stored_digests=stored_digests,
)
