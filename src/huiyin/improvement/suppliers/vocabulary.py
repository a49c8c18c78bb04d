"""Guards, fields and layout of requests to suppliers that a pack may choose from; steps stand in ``steps.py``."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary

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
