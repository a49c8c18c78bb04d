"""The words of the customer file that a pack may choose from; declarations only."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure import vocabulary

vocabulary.kind("customer", label=t("客户", "Customer"), has_own_fields=True)

vocabulary.verb(
    "customer.register",
    event="customer.registered",
    label=t("建档", "Register"),
    happened=t("已建档", "Registered"),
)
vocabulary.verb("customer.change", event="customer.changed", label=t("更改", "Change"), happened=t("已更改", "Changed"))
vocabulary.verb(
    "customer.import", event="customer.imported", label=t("导入", "Import"), happened=t("已导入", "Imported")
)
vocabulary.verb("customer.retire", event="customer.retired", label=t("停用", "Retire"), happened=t("已停用", "Retired"))

for _event, _label in (
    ("customer.import_undone", t("导入已撤销", "Import undone")),
    ("customer.contact_added", t("已添加联系人", "Contact person added")),
    ("customer.contact_changed", t("已更改联系人", "Contact person changed")),
    ("customer.delivery_recorded", t("已登记发货", "Delivery recorded")),
    ("customer.delivery_changed", t("已更改发货记录", "Delivery changed")),
):
    vocabulary.declare_event(_event, label=_label)

vocabulary.catalogue("unit", label=t("计量单位", "Units"))
vocabulary.catalogue("contact_role", label=t("联系人职责", "Roles of contact persons"))
