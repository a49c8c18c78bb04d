"""The fields and catalogues of the contact register that a pack may choose from; its steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure import vocabulary

vocabulary.field("contact", "customer", label=t("客户", "Customer"))
vocabulary.field("contact", "channel", label=t("来源渠道", "Channel"), catalogue="channel")
vocabulary.field("contact", "stage", label=t("沟通阶段", "Stage"), catalogue="stage")

vocabulary.catalogue("channel", label=t("来源渠道", "Channels"))
vocabulary.catalogue("stage", label=t("沟通阶段", "Stages of communication"))
