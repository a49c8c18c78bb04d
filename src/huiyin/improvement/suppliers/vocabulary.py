"""The words of requests to suppliers that a pack may choose from; declarations only."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary

vocabulary.kind("scar", label=t("供方整改", "Supplier corrective action"))

VERBS: tuple[tuple[str, str, Text, Text], ...] = (
    ("open", "opened", t("拟定供方整改", "Draft a supplier request"), t("已拟定", "Drafted")),
    ("change", "changed", t("更正内容", "Correct the request"), t("已更正", "Corrected")),
    ("issue", "issued", t("发给供方", "Send to the supplier"), t("已发给供方", "Sent to the supplier")),
    ("renew_link", "link_renewed", t("换新链接", "Make a new link"), t("链接已换新", "New link made")),
    (
        "extend",
        "extended",
        t("延长答复期限", "Extend the time to answer"),
        t("答复期限已延长", "Time to answer extended"),
    ),
    ("answer", "answered", t("登记供方答复", "Enter the supplier's answer"), t("供方已答复", "Supplier answered")),
    ("accept", "accepted", t("接受答复", "Accept the answer"), t("答复已接受", "Answer accepted")),
    ("return", "returned", t("退回答复", "Return the answer"), t("答复已退回", "Answer returned")),
    ("verify", "verified", t("整改有效", "Confirm the effect"), t("整改有效", "Effect confirmed")),
    ("fail", "failed", t("整改无效，再改", "Not effective, once more"), t("整改无效", "Not effective")),
    ("close", "closed", t("结案", "Close"), t("已结案", "Closed")),
    ("cancel", "cancelled", t("撤销", "Cancel"), t("已撤销", "Cancelled")),
)
PROMISES = {
    "issue",
    "extend",
    "accept",
    "return",
    "fail",
}  # the day of the answer; that of the check of the effect

for _name, _event, _label, _happened in VERBS:
    vocabulary.verb(
        f"scar.{_name}", event=f"scar.{_event}", label=_label, happened=_happened, promises=_name in PROMISES
    )

GUARDS: tuple[tuple[str, Text, Text], ...] = (
    (
        "due_ahead",
        t("答复期限在今天以后", "The answer is due after today"),
        t("答复期限必须在今天以后，请先更正", "The day of the answer must lie ahead; correct it first"),
    ),
    (
        "reviewer_differs",
        t("审核人不是代录人", "The reviewer did not enter the answer"),
        t("答复由您代录，须由别人审核", "You entered this answer yourself; somebody else must review it"),
    ),
    (
        "checker_differs",
        t("验证人不是负责人", "The checker is not the owner"),
        t("效果须由负责人以外的人验证", "Somebody other than the owner must check the effect"),
    ),
)
for _name, _label, _refusal in GUARDS:
    vocabulary.guard(_name, kind="scar", label=_label, refusal=_refusal)

FIELDS: tuple[tuple[str, Text, str | None], ...] = (
    ("supplier", t("供方", "Supplier"), None),
    ("contact", t("供方联系人", "Contact at the supplier"), None),
    ("email", t("邮箱", "E-mail"), None),
    ("telephone", t("供方电话", "Telephone of the supplier"), None),
    ("model", t("零件/型号", "Part or model"), None),
    ("batch", t("批次号", "Batch"), None),
    ("defect", t("不良描述", "Defect"), None),
    ("quantity", t("不良数量", "Defective quantity"), None),
    ("unit", t("单位", "Unit"), "unit"),
    ("containment", t("要求的遏制措施", "Containment asked for"), None),
    ("answer_due", t("答复期限", "Answer due"), None),
    ("link_until", t("链接有效至", "Link valid until"), None),
    ("return_reason", t("退回原因", "Reason of return"), None),
    ("extend_reason", t("延期的理由", "Reason of the extension"), None),
    ("effect_due", t("验证效果的日期", "Day of the effect check"), None),
    ("effect_result", t("验证结果", "Result of the check"), None),
    ("closing_note", t("结案说明", "Closing note"), None),
    ("cancel_reason", t("撤销原因", "Reason of cancelling"), None),
)
for _name, _label, _catalogue in FIELDS:
    vocabulary.field("scar", _name, label=_label, catalogue=_catalogue)

vocabulary.layout("scar", label=t("供方纠正措施要求单", "Supplier corrective action request"), kinds=["scar"])
