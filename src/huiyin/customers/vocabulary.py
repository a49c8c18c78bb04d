"""The catalogues of the customer file that a pack fills; its steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure import vocabulary

vocabulary.catalogue("unit", label=t("计量单位", "Units"))
vocabulary.catalogue("contact_role", label=t("联系人职责", "Roles of contact persons"))
for _name, _label in (
    ("name", t("名称", "Name")),
    ("code", t("客户编号", "Customer code")),
    ("tier", t("客户等级", "Tier")),
    ("enterprise_kind", t("企业性质", "Kind of enterprise")),
    ("main_products", t("主要产品", "Main products")),
    ("address", t("地址", "Address")),
    ("telephone", t("电话", "Telephone")),
    ("fax", t("传真", "Fax")),
    ("remark", t("备注", "Remark")),
):
    vocabulary.field("customer", _name, label=_label)
