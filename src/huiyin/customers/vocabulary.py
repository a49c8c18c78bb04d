"""The catalogues of the customer file that a pack fills; its steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure import vocabulary

vocabulary.catalogue("unit", label=t("计量单位", "Units"))
vocabulary.catalogue("contact_role", label=t("联系人职责", "Roles of contact persons"))
