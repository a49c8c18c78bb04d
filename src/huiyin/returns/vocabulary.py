"""The guards, fields, catalogues and layouts of this room that a pack may choose from; its steps stand beside."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary
from huiyin.procedure.held_back import HeldUntil, until, until_parts

GUARDS: tuple[tuple[str, str, Text, Text], ...] = (
    (
        "replacement",
        "has_lines",
        t("已写明货物或赔偿", "Goods are listed"),
        t("请至少写一行货物", "List at least one line of goods"),
    ),
    (
        "replacement",
        "within_complaint",
        t("不超过投诉的数量", "No more than complained of"),
        t("申请数量超过投诉的数量", "More is requested than was complained of"),
    ),
    (
        "replacement",
        "quantities_add_up",
        t("各项数量相符", "The quantities add up"),
        t("各项数量对不上，请核对", "The quantities do not add up; check them"),
    ),
    (
        "replacement",
        "is_signed",
        t("责任部门已签署", "The responsible department is signed"),
        t("责任部门还没有签署", "The responsible department is not signed yet"),
    ),
    (
        "replacement",
        "nothing_moved",
        t("还没有收发货物", "No goods went or came"),
        t("货物已经收发，不能再撤回", "Goods have moved already, so it cannot be withdrawn"),
    ),
    (
        "replacement",
        "no_remainder",
        t("货物都有着落", "All goods are accounted for"),
        t("还有货物没有着落", "Some goods are not accounted for yet"),
    ),
    (
        "replacement",
        "awards_settled",
        t("赔偿均已了结", "Compensation is settled"),
        t("还有赔偿没有了结", "Some compensation is not settled yet"),
    ),
    (
        "complaint",
        "no_unsigned_replacement",
        t("没有待签署的补换退货申请", "No request for goods waits for a signature"),
        t("还有补换退货申请没有签署", "A request for goods is not signed yet"),
    ),
    (
        "shipment",
        "quantities_add_up",
        t("各项数量相符", "The quantities add up"),
        t("各项数量对不上，请核对", "The quantities do not add up; check them"),
    ),
    (
        "lot",
        "quantities_add_up",
        t("各项数量相符", "The quantities add up"),
        t("各项数量对不上，请核对", "The quantities do not add up; check them"),
    ),
    (
        "lot",
        "inspector_differs",
        t("检验人不是收货人", "The inspector did not receive the goods"),
        t("检验须由收货人以外的人进行", "Somebody other than the receiver must inspect"),
    ),
    (
        "award",
        "within_authority",
        t("在权限之内", "Within one's authority"),
        t("金额超过您的权限", "The sum is above your authority"),
    ),
    ("award", "is_next_level", t("轮到本级", "It is this level's turn"), t("还没有轮到您", "It is not your turn yet")),
    (
        "award",
        "decider_differs",
        t("批准人不是申请人", "The approver is not the asker"),
        t("不能批准自己的申请", "Nobody approves their own request"),
    ),
    (
        "award",
        "is_approved",
        t("赔偿已批准", "The compensation is approved"),
        t("赔偿还没有批准，不能答应客户", "It is not approved, so nothing can be promised"),
    ),
    (
        "stock-take",
        "has_claim",
        t("客户所称差额已写明", "What the customer claims is given"),
        t("请写明客户所称的差额，不能是零", "Give the difference the customer claims; it cannot be zero"),
    ),
    (
        "stock-take",
        "all_counted",
        t("账、卡、物均已填报", "Book, bin card and physical count are entered"),
        t("账、卡、物还没有填齐", "Book, bin card and physical count are not all entered"),
    ),
    (
        "stock-take",
        "signed_by_three",
        t("财务、质量、仓储均已签字", "Finance, quality and warehouse signed"),
        t("财务、质量、仓储还没有都签字", "Finance, quality and warehouse have not all signed"),
    ),
)
HOLDS_BACK: dict[tuple[str, str], tuple[HeldUntil, ...]] = {
    ("replacement", "is_signed"): (until("replacement.signed", "replacement.signed_late"),),
    ("replacement", "nothing_moved"): (until_parts("shipment"), until_parts("lot")),
    ("replacement", "no_remainder"): (
        until("replacement.shipped", "replacement.sending_released"),
        until_parts("shipment", "received"),
        until_parts("lot", "disposed"),
    ),
    ("replacement", "awards_settled"): (until_parts("award", "denied", "paid", "dropped"),),
    ("award", "is_approved"): (until("award.approved"),),
    ("stock-take", "all_counted"): (
        until("stock-take.book_counted"),
        until("stock-take.card_counted"),
        until("stock-take.goods_counted"),
    ),
}
for _kind, _name, _label, _refusal in GUARDS:
    _held = HOLDS_BACK.get((_kind, _name), ())
    vocabulary.guard(_name, kind=_kind, label=_label, refusal=_refusal, holds_back=_held)

FIELDS: tuple[tuple[str, str, Text, str | None], ...] = (
    ("replacement", "customer_name", t("客户", "Customer"), None),
    ("replacement", "receiver", t("收货人", "Receiver"), None),
    ("replacement", "telephone", t("电话", "Telephone"), None),
    ("replacement", "address", t("收货地址", "Address"), None),
    ("replacement", "reason", t("申请原因", "Reason"), None),
    ("replacement", "urgent", t("紧急", "Urgent"), None),
    ("replacement", "urgent_reason", t("紧急原因", "Why it is urgent"), None),
    ("replacement", "responsible", t("责任部门", "Responsible department"), None),
    ("replacement", "sign_note", t("签署意见", "Opinion of quality"), None),
    ("replacement", "deny_reason", t("不同意的理由", "Reason of denial"), None),
    ("replacement", "withdraw_reason", t("撤回原因", "Reason of withdrawal"), None),
    ("replacement", "closing_note", t("办结说明", "Closing note"), None),
    ("replacement", "left_to_ship", t("还有货未发", "Goods left to send"), None),
    ("shipment", "owed_again", t("未到的货待再发", "Goods that did not arrive are to be sent again"), None),
    ("award", "waits_for", t("待哪一级批准", "Level it waits for"), None),
    ("stock-take", "material", t("物料", "Material"), None),
    ("stock-take", "batch", t("批次", "Batch"), None),
    ("stock-take", "claim", t("客户所称情况", "What the customer says"), None),
    ("stock-take", "cancel_reason", t("取消原因", "Reason of cancelling"), None),
)
for _kind, _name, _label, _catalogue in FIELDS:
    vocabulary.field(_kind, _name, label=_label, catalogue=_catalogue)

CATALOGUES: tuple[tuple[str, Text, tuple[str, ...]], ...] = (
    ("way", t("处理方式", "Ways of making good"), ("resupply", "exchange", "return")),
    (
        "disposal",
        t("退回品处置", "Disposal of returned goods"),
        ("restock", "rework", "scrap", "supplier", "customer"),
    ),
    ("loss", t("费用损失类别", "Kinds of loss"), ("freight", "labour", "material", "claim", "other")),
    ("bearer", t("费用承担方", "Who bears it"), ()),
    ("stock_verdict", t("盘点结论", "Verdicts of a stock-take"), ("quality", "customer", "warehouse")),
)
for _name, _label, _only in CATALOGUES:
    vocabulary.catalogue(_name, label=_label, only=_only)
