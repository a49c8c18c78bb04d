"""The words of requests for goods and money and of stock-takes that a pack may choose from; declarations only."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary

vocabulary.kind("replacement", label=t("补/换/退货申请", "Replacement request"), has_own_fields=True)
vocabulary.kind("shipment", label=t("发货", "Shipment"), part_of="replacement")
vocabulary.kind("lot", label=t("退回品", "Returned lot"), part_of="replacement")
vocabulary.kind("award", label=t("赔偿", "Compensation"), part_of="replacement")
vocabulary.kind("stock-take", label=t("三方盘点", "Joint stock-take"), has_own_fields=True)

Verb = tuple[str, str, Text, Text]
REPLACEMENT_VERBS: tuple[Verb, ...] = (
    ("request", "requested", t("申请补换退货", "Request replacement"), t("已申请补换退货", "Replacement requested")),
    ("supplement", "supplemented", t("更正申请", "Correct the request"), t("申请已更正", "Request corrected")),
    (
        "sign",
        "signed",
        t("签署责任部门", "Sign the responsible department"),
        t("责任部门已签署", "Responsible department signed"),
    ),
    (
        "sign_late",
        "signed_late",
        t("补签责任部门", "Sign the department late"),
        t("责任部门已补签", "Department signed late"),
    ),
    ("deny", "denied", t("不同意申请", "Deny the request"), t("申请未同意", "Request denied")),
    ("withdraw", "withdrawn", t("撤回申请", "Withdraw the request"), t("申请已撤回", "Request withdrawn")),
    ("ship", "shipped", t("发货", "Ship"), t("已全部发货", "All shipped")),
    ("ship_part", "partly_shipped", t("部分发货", "Ship a part"), t("已部分发货", "Partly shipped")),
    (
        "ship_urgent",
        "shipped_ahead",
        t("先发货后补签", "Ship ahead of the signature"),
        t("未签先发货", "Shipped ahead of the signature"),
    ),
    (
        "record_consent",
        "consented",
        t("记录客户同意退货", "Record the customer's consent"),
        t("客户已同意退货", "Customer agreed to return goods"),
    ),
    ("take_back", "goods_returned", t("收退货", "Take goods back"), t("退货已收到", "Goods came back")),
    ("release_sending", "sending_released", t("余量不再发", "Send no more"), t("余量不再发", "Rest will not be sent")),
    (
        "release_return",
        "return_released",
        t("余量不再退", "Take no more back"),
        t("余量不再退", "Rest will not come back"),
    ),
    ("award", "awarded", t("赔偿", "Compensation"), t("已提出赔偿", "Compensation entered")),
    (
        "record_loss",
        "loss_recorded",
        t("登记费用损失", "Enter a cost or loss"),
        t("费用损失已登记", "Cost or loss entered"),
    ),
    ("close", "closed", t("办结", "Close"), t("已办结", "Closed")),
)
SHIPMENT_VERBS: tuple[Verb, ...] = (
    ("send", "sent", t("发出", "Send"), t("已发出", "Sent")),
    (
        "receive",
        "received",
        t("确认客户签收", "Confirm the customer's receipt"),
        t("客户已签收", "Customer received it"),
    ),
)
LOT_VERBS: tuple[Verb, ...] = (
    ("arrive", "arrived", t("收到退回品", "Receive returned goods"), t("退回品已收到", "Returned goods arrived")),
    ("inspect", "inspected", t("检验退回品", "Inspect returned goods"), t("退回品已检验", "Returned goods inspected")),
    ("dispose_part", "partly_disposed", t("处置一部分", "Dispose of a part"), t("已处置一部分", "Partly disposed of")),
    (
        "dispose",
        "disposed",
        t("处置退回品", "Dispose of returned goods"),
        t("退回品已处置完", "Returned goods disposed of"),
    ),
)
AWARD_VERBS: tuple[Verb, ...] = (
    ("request", "requested", t("申请赔偿", "Request compensation"), t("已申请赔偿", "Compensation requested")),
    ("grant", "approved", t("批准赔偿", "Approve compensation"), t("赔偿已批准", "Compensation approved")),
    ("endorse", "endorsed", t("同意并上报", "Endorse and pass up"), t("已同意并上报", "Endorsed and passed up")),
    ("approve", "approved", t("批准赔偿", "Approve compensation"), t("赔偿已批准", "Compensation approved")),
    ("deny", "denied", t("不批准赔偿", "Deny compensation"), t("赔偿未批准", "Compensation denied")),
    (
        "promise",
        "promised",
        t("答复客户赔偿", "Promise it to the customer"),
        t("已答应客户赔偿", "Compensation promised"),
    ),
    ("pay", "paid", t("登记付款", "Enter the payment"), t("赔偿已付", "Compensation paid")),
    ("drop", "dropped", t("取消赔偿", "Drop compensation"), t("赔偿已取消", "Compensation dropped")),
)
STOCK_VERBS: tuple[Verb, ...] = (
    ("open", "opened", t("发起三方盘点", "Open a joint stock-take"), t("已发起盘点", "Stock-take opened")),
    ("count_book", "book_counted", t("填报账面数", "Enter the account"), t("账面数已填报", "Account entered")),
    ("count_card", "card_counted", t("填报卡片数", "Enter the card"), t("卡片数已填报", "Card entered")),
    ("count_goods", "goods_counted", t("填报实物数", "Enter the goods"), t("实物数已填报", "Goods entered")),
    ("settle", "settled", t("盘点定论", "Make the verdict final"), t("盘点已定论", "Verdict final")),
    ("cancel", "cancelled", t("取消盘点", "Cancel the stock-take"), t("盘点已取消", "Stock-take cancelled")),
)

for _kind, _verbs in (
    ("replacement", REPLACEMENT_VERBS),
    ("shipment", SHIPMENT_VERBS),
    ("lot", LOT_VERBS),
    ("award", AWARD_VERBS),
    ("stock-take", STOCK_VERBS),
):
    for _name, _event, _label, _happened in _verbs:
        vocabulary.verb(f"{_kind}.{_name}", event=f"{_kind}.{_event}", label=_label, happened=_happened)

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
        t("账、卡、物均已填报", "Account, card and goods are entered"),
        t("账、卡、物还没有填齐", "Account, card and goods are not all entered"),
    ),
    (
        "stock-take",
        "signed_by_three",
        t("财务、质量、仓储均已签字", "Finance, quality and warehouse signed"),
        t("财务、质量、仓储还没有都签字", "Finance, quality and warehouse have not all signed"),
    ),
)
for _kind, _name, _label, _refusal in GUARDS:
    vocabulary.guard(_name, kind=_kind, label=_label, refusal=_refusal)

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

vocabulary.layout("replacement-request", label=t("补/换/退货申请单", "Replacement request"), kinds=["replacement"])
vocabulary.layout("stock-take", label=t("盘点表", "Stock-take sheet"), kinds=["stock-take"])
