"""A request to a supplier on its way, and the supplier in a browser of their own."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.test import Client

from huiyin.improvement.suppliers import actions
from huiyin.improvement.suppliers.actions import SupplierAnswerInput, SupplierRequestFacts
from huiyin.improvement.suppliers.models import SupplierRequest
from tests.cast import Factory, day
from tests.desk import ParsedPage

FACTS = SupplierRequestFacts(
    supplier="永固铸造",
    contact="张三",
    email="zhang@yonggu.example",
    telephone="0574-1",
    model="HY-40-12 壳体",
    batch="C2610",
    defect="沟槽深度超差 0.2 mm",
    quantity=Decimal(30),
    containment="库存与在途全检",
    answer_due=day("2026-11-23"),
)
GIVEN = SupplierAnswerInput(
    containment="库存 200 件全检",
    stock=Decimal(200),
    inspected=Decimal(200),
    good=Decimal(180),
    bad=Decimal(20),
    occurrence="刀具磨损后没有补偿",
    escape="深度只在首件检验",
    action="刀具寿命 500 件强制更换",
    action_on=day("2026-11-25"),
    prevention="同类工序都设刀具寿命",
    name="张三",
    telephone="13800000000",
)
TYPED = {name: str(getattr(GIVEN, name)) for name in actions.ANSWER}
UNTIL = day("2027-01-22")
NOON = "2026-11-16 12:00"


def drafted(works: Factory, about: Any = None, by: str = "cai", **facts: Any) -> SupplierRequest:
    """A request that purchasing drafted."""
    sent = works.context(by, "2026-11-16 10:00")
    return actions.open_request(replace(FACTS, **facts), procedure_id=works.version, context=sent, about=about)


def issued(works: Factory, about: Any = None, **facts: Any) -> tuple[SupplierRequest, str]:
    """A request that was sent out, and the secret of its link."""
    scar = drafted(works, about, **facts)
    return scar, actions.issue(scar, UNTIL, context=works.context("cai", "2026-11-16 11:00"))


def answered(works: Factory, **given: Any) -> SupplierRequest:
    """A request whose supplier answered by telephone; purchasing entered it."""
    scar, _ = issued(works)
    actions.answer(scar, replace(GIVEN, **given), context=works.context("cai", "2026-11-20 10:00"))
    return scar


def accepted(works: Factory) -> SupplierRequest:
    """An answer that quality accepted."""
    scar = answered(works)
    return actions.accept(scar, day("2026-12-10"), "可以", context=works.context("lin", "2026-11-20 15:00"))


class Supplier:
    """Somebody with a link and a browser, and no account."""

    def __init__(self, secret: str, **headers: Any) -> None:
        self.path = f"/supplier/{secret}"
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": "zh-CN", **headers})

    def get(self) -> ParsedPage:
        """The page as it is now."""
        return ParsedPage(self.client.get(self.path))

    def post(self, page: ParsedPage | None = None, *, photos: Any = (), **typed: Any) -> Any:
        """What ``page`` offers, overwritten by ``typed``, sent."""
        sheet = (page or self.get()).form(self.path)
        values = {name: one[-1] for name, one in sheet.values.items() if one}
        return self.client.post(self.path, {**values, **typed, "photos": list(photos)})

    def send(self, **typed: Any) -> Any:
        """A whole answer sent."""
        return self.post(**{**TYPED, "go": "send", **typed})


def secret_on(page: ParsedPage) -> str:
    """The secret that the page shows once."""
    found = re.search(r"/supplier/([A-Za-z0-9_-]{43})", page.html)
    assert found
    return found[1]
