"""The steps of a request for goods: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType, WithinStep
from huiyin.returns.actions import money, requesting, returning, shipping
from huiyin.returns.balance import balance_of
from huiyin.returns.forms import steps as forms
from huiyin.returns.models import Award

TEMPLATE = "returns/step.html"
REQUESTED = ("has_lines", "within_complaint", "quantities_add_up")
SIGNED = ("is_signed", "within_complaint", "quantities_add_up")


def extra_context(request: Any, record: Any, part: Any, page: Any) -> Mapping[str, Any]:
    """What the template shows beside the form: the goods as they stand, the compensation that the step is about."""
    return {"balance": balance_of(record), "award": part if isinstance(part, Award) else None}


STEPS = StepPages(
    "replacement",
    "replacement_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "request",
            event="requested",
            label=t("申请补换退货", "Request replacement"),
            happened=t("已申请补换退货", "Replacement requested"),
            sentence=t("{actor} 申请{what}", "{actor} requested {what}"),
            page=OtherPage("replacement_new"),
            checked_after_form=REQUESTED,
        ),
        StepType(
            "supplement",
            event="supplemented",
            label=t("更正申请", "Correct the request"),
            happened=t("申请已更正", "Request corrected"),
            sentence=t("{actor} 更正了申请：{what}", "{actor} corrected the request: {what}"),
            page=OtherPage("replacement_supplement"),
            checked_after_form=REQUESTED,
        ),
        StepType(
            "sign",
            event="signed",
            label=t("签署责任部门", "Sign the responsible department"),
            happened=t("责任部门已签署", "Responsible department signed"),
            sentence=t(
                "{actor} 签署责任部门：{department}，{what}。{note}",
                "{actor} signed {department} as responsible, {what}. {note}",
            ),
            page=StepPage("signature", form=forms.SignForm, action=requesting.sign),
            checked_after_form=SIGNED,
        ),
        StepType(
            "sign_late",
            event="signed_late",
            label=t("补签责任部门", "Sign the department late"),
            happened=t("责任部门已补签", "Department signed late"),
            sentence=t(
                "{actor} 补签责任部门：{department}，{what}。{note}",
                "{actor} signed {department} as responsible afterwards, {what}. {note}",
            ),
            page=StepPage("late-signature", form=forms.SignForm, action=requesting.sign_late),
            checked_after_form=SIGNED,
        ),
        StepType(
            "deny",
            event="denied",
            label=t("不同意申请", "Deny the request"),
            happened=t("申请未同意", "Request denied"),
            sentence=t("{actor} 不同意申请：{reason}", "{actor} denied the request: {reason}"),
            page=StepPage("denial", form=forms.ReturnsReasonForm, action=requesting.deny, button="danger"),
        ),
        StepType(
            "withdraw",
            event="withdrawn",
            label=t("撤回申请", "Withdraw the request"),
            happened=t("申请已撤回", "Request withdrawn"),
            sentence=t("{actor} 撤回申请：{reason}", "{actor} withdrew the request: {reason}"),
            page=StepPage("withdrawal", form=forms.ReturnsReasonForm, action=requesting.withdraw, button="danger"),
        ),
        StepType(
            "ship",
            event="shipped",
            label=t("发货", "Ship"),
            happened=t("已全部发货", "All shipped"),
            sentence=t(
                "{actor} 发出{what}，货已发齐（{carrier} {waybill}）",
                "{actor} sent {what}, all goods are sent ({carrier} {waybill})",
            ),
            page=StepPage("shipment", form=forms.ShipForm, action=shipping.ship),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "ship_part",
            event="partly_shipped",
            label=t("部分发货", "Ship a part"),
            happened=t("已部分发货", "Partly shipped"),
            sentence=t(
                "{actor} 发出{what}，尚未发齐（{carrier} {waybill}）",
                "{actor} sent {what}, a part of the goods ({carrier} {waybill})",
            ),
            page=WithinStep("replacement.ship"),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "ship_urgent",
            event="shipped_ahead",
            label=t("先发货后补签", "Ship ahead of the signature"),
            happened=t("未签先发货", "Shipped ahead of the signature"),
            sentence=t(
                "{actor} 未签先发{what}（{carrier} {waybill}），原因：{reason}",
                "{actor} sent {what} ahead of the signature ({carrier} {waybill}), because: {reason}",
            ),
            page=StepPage("urgent-shipment", form=forms.UrgentShipForm, action=shipping.ship_urgent, button="plain"),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "record_consent",
            event="consented",
            label=t("记录客户同意退货", "Record the customer's consent"),
            happened=t("客户已同意退货", "Customer agreed to return goods"),
            sentence=t(
                "{actor} 记录：{who} 同意退回{what}。{words}",
                "{actor} recorded that {who} agreed to send back {what}. {words}",
            ),
            page=StepPage("consent", form=forms.ConsentForm, action=returning.record_consent),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "take_back",
            event="goods_returned",
            label=t("收退货", "Take goods back"),
            happened=t("退货已收到", "Goods came back"),
            sentence=t("{actor} 收到退回的{what}", "{actor} received {what} back"),
            page=StepPage("return", form=forms.TakeBackForm, action=returning.take_back),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "release_sending",
            event="sending_released",
            label=t("余量不再发", "Send no more"),
            happened=t("余量不再发", "Rest will not be sent"),
            sentence=t(
                "{actor} 登记余量不再发：{what}。{reason}", "{actor} recorded what will not be sent: {what}. {reason}"
            ),
            page=StepPage(
                "sending-release", form=forms.ReturnsReasonForm, action=shipping.release_sending, button="plain"
            ),
        ),
        StepType(
            "release_return",
            event="return_released",
            label=t("余量不再退", "Take no more back"),
            happened=t("余量不再退", "Rest will not come back"),
            sentence=t(
                "{actor} 登记余量不再退：{what}。{reason}",
                "{actor} recorded what will not come back: {what}. {reason}",
            ),
            page=StepPage(
                "return-release", form=forms.ReturnsReasonForm, action=returning.release_return, button="plain"
            ),
        ),
        StepType(
            "award",
            event="awarded",
            label=t("赔偿", "Compensation"),
            happened=t("已提出赔偿", "Compensation entered"),
            sentence=t(
                "{actor} 提出赔偿 {amount} {currency}：{reason}",
                "{actor} entered compensation of {amount} {currency}: {reason}",
            ),
            page=StepPage("compensation", form=forms.AwardForm, action=money.award, button="plain"),
        ),
        StepType(
            "record_loss",
            event="loss_recorded",
            label=t("登记费用损失", "Enter a cost or loss"),
            happened=t("费用损失已登记", "Cost or loss entered"),
            sentence=t(
                "{actor} 登记{kind} {amount} {currency}。{note}",
                "{actor} entered {kind} of {amount} {currency}. {note}",
            ),
            page=StepPage("loss", form=forms.LossForm, action=money.record_loss, button="plain"),
        ),
        StepType(
            "close",
            event="closed",
            label=t("办结", "Close"),
            happened=t("已办结", "Closed"),
            sentence=t("{actor} 办结：{note}", "{actor} closed it: {note}"),
            page=StepPage("closure", form=forms.ReturnsNoteForm, action=requesting.close),
        ),
    ),
)
