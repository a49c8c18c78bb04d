"""Values that travel from forms and sheets to actions, and what their fields are called."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.facts import RecordFacts


class RowFacts(RecordFacts):
    """Facts that can be laid on a row, and compared with what stands there."""

    __slots__ = ()

    def apply_to(self, row: Any, *, but: Collection[str] = ()) -> None:
        """Write the facts onto a row, the company's own fields as a whole, and fill what follows; unsaved."""
        for name, value in self.by_name(but=but).items():
            setattr(row, name, value)
        derive = getattr(row, "derive", None)
        if derive is not None:
            derive()

    def differing(self, row: Any) -> dict[str, tuple[Any, Any]]:
        """Fields in which the facts differ from ``row``: ``{name: (there, here)}``."""
        pairs = {name: (getattr(row, name), getattr(self, name)) for name in self.names()}
        return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}

    @classmethod
    def of(cls, row: Any) -> Any:
        """The facts as they stand on ``row``."""
        return cls(**{name: getattr(row, name) for name in cls.names()})


@dataclass(frozen=True, slots=True)
class CustomerFacts(RowFacts):
    """What the customer's card says of the company itself (P5 5.2); ``extra`` holds the procedure's own fields."""

    name: str
    code: str = ""
    short_name: str = ""
    name_en: str = ""
    tier: str = ""
    enterprise_kind: str = ""
    main_products: str = ""
    address: str = ""
    telephone: str = ""
    fax: str = ""
    salesperson: Person | None = None
    warranty_months: int | None = None
    remark: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ContactPersonFacts(RowFacts):
    """What is known of somebody who speaks for a customer; ``role`` is a key of the catalogue ``contact_role``."""

    name: str
    role: str = ""
    post: str = ""
    mobile: str = ""
    telephone: str = ""
    email: str = ""
    wechat: str = ""
    remark: str = ""
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class DeliveryFacts(RowFacts):
    """What was shipped; with ``serial_to``, ``serial`` is the first of a range; ``unit`` is a key of the catalogue."""

    model: str
    drawing_revision: str = ""
    batch: str = ""
    serial: str = ""
    serial_to: str = ""
    order_number: str = ""
    ship_date: date | None = None
    quantity: Decimal | None = None
    unit: str = ""
    warranty_months: int | None = None
    warranty_until: date | None = None
    remark: str = ""


RESERVED = frozenset({"new", "lookup", "card", "deliveries"})
"""Words of the room's own addresses: no customer can have one of them as its code."""


def code_fault(code: str) -> Text | None:
    """Why a text cannot be a customer's code: it stands in addresses and file names."""
    if not re.fullmatch(r"[\w.\-()]+", code) or code.strip(".") == "":
        return t("编号里只能有字母、数字和 . - _ ( )", "A code holds letters, digits and . - _ ( ) only")
    if code.lower() in RESERVED:
        return t("“{code}”不能用作编号", "“{code}” cannot be a code", code=code)
    return None


CUSTOMER: dict[str, Text] = {
    "code": t("客户编号", "Customer code"),
    "name": t("客户名称", "Name"),
    "short_name": t("简称", "Short name"),
    "name_en": t("英文名称", "English name"),
    "tier": t("等级", "Tier"),
    "enterprise_kind": t("企业性质", "Kind of enterprise"),
    "main_products": t("主营产品", "Main products"),
    "address": t("地址", "Address"),
    "telephone": t("电话", "Telephone"),
    "fax": t("传真", "Fax"),
    "salesperson": t("业务员", "Salesperson"),
    "warranty_months": t("质保月数", "Warranty (months)"),
    "remark": t("备注", "Remark"),
}
CONTACT: dict[str, Text] = {
    "name": t("姓名", "Name"),
    "role": t("职责", "Role"),
    "post": t("职务", "Post"),
    "mobile": t("手机", "Mobile"),
    "telephone": t("座机", "Telephone"),
    "email": t("电子邮箱", "E-mail"),
    "wechat": t("微信", "WeChat"),
    "remark": t("备注", "Remark"),
    "left_on": t("离任日期", "Left on"),
}
DELIVERY: dict[str, Text] = {
    "model": t("型号规格", "Model"),
    "drawing_revision": t("图纸版本", "Drawing revision"),
    "batch": t("批次号", "Batch"),
    "serial": t("机号", "Serial number"),
    "serial_to": t("止机号", "Last serial number"),
    "order_number": t("订单编号", "Order number"),
    "ship_date": t("发货日期", "Ship date"),
    "quantity": t("数量", "Quantity"),
    "unit": t("单位", "Unit"),
    "warranty_months": t("质保月数", "Warranty (months)"),
    "warranty_until": t("质保截止", "Warranty until"),
    "remark": t("备注", "Remark"),
}
