"""The words of the contact register that a pack may choose from; declarations only."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure import vocabulary

vocabulary.kind("contact", label=t("联系记录", "Contact"))

vocabulary.verb(
    "contact.register",
    event="contact.registered",
    label=t("登记", "Register"),
    happened=t("已登记", "Registered"),
    promises=True,
)
vocabulary.verb(
    "contact.convert",
    event="contact.converted",
    label=t("转为投诉", "Convert"),
    happened=t("已转出", "Converted"),
)
vocabulary.verb(
    "contact.revert",
    event="contact.reverted",
    label=t("撤销转出", "Revert"),
    happened=t("转出已撤销", "Reverted"),
)
vocabulary.verb("contact.file", event="contact.filed", label=t("归档", "File"), happened=t("已归档", "Filed"))
vocabulary.verb(
    "contact.set_aside",
    event="contact.set_aside",
    label=t("自动邮件归档", "File an automatic mail"),
    happened=t("自动邮件已归档", "Automatic mail filed"),
)
vocabulary.verb(
    "contact.supplement",
    event="contact.supplemented",
    label=t("补充更正", "Correct"),
    happened=t("已补充更正", "Corrected"),
)

vocabulary.field("contact", "customer", label=t("客户", "Customer"))
vocabulary.field("contact", "channel", label=t("来源渠道", "Channel"), catalogue="channel")
vocabulary.field("contact", "stage", label=t("沟通阶段", "Stage"), catalogue="stage")

vocabulary.catalogue("channel", label=t("来源渠道", "Channels"))
vocabulary.catalogue("stage", label=t("沟通阶段", "Stages of communication"))
