"""One sentence per event of requests, their parts and stock-takes, as the time-line and the notices say it."""

from huiyin.journal.phrases import phrase
from huiyin.kernel.text import t

phrase("replacement.requested", t("{actor} 申请{what}", "{actor} requested {what}"))
phrase("replacement.supplemented", t("{actor} 更正了申请：{what}", "{actor} corrected the request: {what}"))
phrase(
    "replacement.signed",
    t(
        "{actor} 签署责任部门：{department}，{what}。{note}",
        "{actor} signed {department} as responsible, {what}. {note}",
    ),
)
phrase(
    "replacement.signed_late",
    t(
        "{actor} 补签责任部门：{department}，{what}。{note}",
        "{actor} signed {department} as responsible afterwards, {what}. {note}",
    ),
)
phrase("replacement.denied", t("{actor} 不同意申请：{reason}", "{actor} denied the request: {reason}"))
phrase("replacement.withdrawn", t("{actor} 撤回申请：{reason}", "{actor} withdrew the request: {reason}"))
phrase(
    "replacement.shipped",
    t(
        "{actor} 发出{what}，货已发齐（{carrier} {waybill}）",
        "{actor} sent {what}, all goods are sent ({carrier} {waybill})",
    ),
)
phrase(
    "replacement.partly_shipped",
    t(
        "{actor} 发出{what}，尚未发齐（{carrier} {waybill}）",
        "{actor} sent {what}, a part of the goods ({carrier} {waybill})",
    ),
)
phrase(
    "replacement.shipped_ahead",
    t(
        "{actor} 未签先发{what}（{carrier} {waybill}），原因：{reason}",
        "{actor} sent {what} ahead of the signature ({carrier} {waybill}), because: {reason}",
    ),
)
phrase(
    "replacement.consented",
    t(
        "{actor} 记录：{who} 同意退回{what}。{words}",
        "{actor} recorded that {who} agreed to send back {what}. {words}",
    ),
)
phrase("replacement.goods_returned", t("{actor} 收到退回的{what}", "{actor} received {what} back"))
phrase(
    "replacement.sending_released",
    t("{actor} 登记余量不再发：{what}。{reason}", "{actor} recorded what will not be sent: {what}. {reason}"),
)
phrase(
    "replacement.return_released",
    t(
        "{actor} 登记余量不再退：{what}。{reason}",
        "{actor} recorded what will not come back: {what}. {reason}",
    ),
)
phrase(
    "replacement.awarded",
    t(
        "{actor} 提出赔偿 {amount} {currency}：{reason}",
        "{actor} entered compensation of {amount} {currency}: {reason}",
    ),
)
phrase(
    "replacement.loss_recorded",
    t(
        "{actor} 登记{kind} {amount} {currency}。{note}",
        "{actor} entered {kind} of {amount} {currency}. {note}",
    ),
)
phrase("replacement.closed", t("{actor} 办结：{note}", "{actor} closed it: {note}"))

phrase("shipment.sent", t("{actor} 发货第 {place} 批", "{actor} sent shipment {place}"))
phrase(
    "shipment.received",
    t(
        "{actor} 确认 {who} 签收第 {place} 批：{what}。{note}",
        "{actor} confirmed that {who} received shipment {place}: {what}. {note}",
    ),
)
phrase("lot.arrived", t("退回品到库：{what}，{condition}", "Returned goods arrived: {what}, {condition}"))
phrase(
    "lot.inspected",
    t(
        "{actor} 检验退回品：合格 {good}，不合格 {bad}。{findings}",
        "{actor} inspected returned goods: {good} good, {bad} nonconforming. {findings}",
    ),
)
phrase(
    "lot.partly_disposed",
    t("{actor} 处置退回品：{what}，其余暂存", "{actor} disposed of returned goods: {what}, the rest is held"),
)
phrase("lot.disposed", t("{actor} 处置退回品完毕：{what}", "{actor} disposed of all returned goods: {what}"))
phrase(
    "award.requested",
    t(
        "{actor} 申请赔偿 {amount} {currency}，待{who}审批",
        "{actor} requested compensation of {amount} {currency}; it waits for {who}",
    ),
)
phrase(
    "award.approved",
    t(
        "{actor} 批准赔偿 {amount} {currency}。{note}",
        "{actor} approved compensation of {amount} {currency}. {note}",
    ),
)
phrase(
    "award.endorsed",
    t(
        "{actor} 同意赔偿 {amount} {currency} 并报{who}。{note}",
        "{actor} endorsed compensation of {amount} {currency} and passed it up to {who}. {note}",
    ),
)
phrase(
    "award.denied",
    t(
        "{actor} 不批准赔偿 {amount} {currency}：{note}",
        "{actor} denied compensation of {amount} {currency}: {note}",
    ),
)
phrase(
    "award.promised",
    t(
        "{actor} 答应客户（{who}）赔偿 {amount} {currency}",
        "{actor} promised the customer ({who}) compensation of {amount} {currency}",
    ),
)
phrase(
    "award.paid",
    t(
        "{actor} 登记已付赔偿 {amount} {currency}。{note}",
        "{actor} entered payment of {amount} {currency}. {note}",
    ),
)
phrase(
    "award.dropped",
    t(
        "{actor} 取消赔偿 {amount} {currency}：{note}",
        "{actor} dropped compensation of {amount} {currency}: {note}",
    ),
)

phrase(
    "stock-take.opened",
    t(
        "{actor} 发起三方盘点：{material}，客户所称差额 {claimed}",
        "{actor} opened a joint stock-take of {material}; the customer claims a difference of {claimed}",
    ),
)
phrase("stock-take.book_counted", t("{actor} 填报账面数 {count}", "{actor} entered the account: {count}"))
phrase("stock-take.card_counted", t("{actor} 填报卡片数 {count}", "{actor} entered the card: {count}"))
phrase("stock-take.goods_counted", t("{actor} 填报实物数 {count}", "{actor} entered the goods: {count}"))
phrase(
    "stock-take.settled",
    t("{actor} 定论：{verdict}。{remark}", "{actor} made the verdict final: {verdict}. {remark}"),
)
phrase("stock-take.cancelled", t("{actor} 取消盘点：{reason}", "{actor} cancelled the stock-take: {reason}"))
