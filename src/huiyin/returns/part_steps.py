"""The steps of a request's parts: of shipments, of returned lots and of compensation."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import StepPage, StepType, WithinStep
from huiyin.returns.actions import money, returning, shipping
from huiyin.returns.forms import steps as forms
from huiyin.returns.steps import TEMPLATE, extra_context

SHIPMENT_STEPS = StepPages(
    "shipment",
    "shipment_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "send",
            event="sent",
            label=t("发出", "Send"),
            happened=t("已发出", "Sent"),
            sentence=t("{actor} 发货第 {place} 批", "{actor} sent shipment {place}"),
            page=WithinStep("replacement.ship", ("replacement.ship_part", "replacement.ship_urgent")),
        ),
        StepType(
            "receive",
            event="received",
            label=t("确认客户签收", "Confirm the customer's receipt"),
            happened=t("客户已签收", "Customer received it"),
            sentence=t(
                "{actor} 确认 {who} 签收第 {place} 批：{what}。{note}",
                "{actor} confirmed that {who} received shipment {place}: {what}. {note}",
            ),
            page=StepPage("receipt", form=forms.ReceiveForm, action=shipping.receive),
            checked_after_form=("quantities_add_up",),
        ),
    ),
)
LOT_STEPS = StepPages(
    "lot",
    "lot_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "arrive",
            event="arrived",
            label=t("收到退回品", "Receive returned goods"),
            happened=t("退回品已收到", "Returned goods arrived"),
            sentence=t("退回品到库：{what}，{condition}", "Returned goods arrived: {what}, {condition}"),
            page=WithinStep("replacement.take_back"),
        ),
        StepType(
            "inspect",
            event="inspected",
            label=t("检验退回品", "Inspect returned goods"),
            happened=t("退回品已检验", "Returned goods inspected"),
            sentence=t(
                "{actor} 检验退回品：合格 {good}，不合格 {bad}。{findings}",
                "{actor} inspected returned goods: {good} good, {bad} nonconforming. {findings}",
            ),
            page=StepPage("inspection", form=forms.InspectForm, action=returning.inspect),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "dispose_part",
            event="partly_disposed",
            label=t("处置一部分", "Dispose of a part"),
            happened=t("已处置一部分", "Partly disposed of"),
            sentence=t(
                "{actor} 处置退回品：{what}，其余暂存", "{actor} disposed of returned goods: {what}, the rest is held"
            ),
            page=WithinStep("lot.dispose"),
            checked_after_form=("quantities_add_up",),
        ),
        StepType(
            "dispose",
            event="disposed",
            label=t("处置退回品", "Dispose of returned goods"),
            happened=t("退回品已处置完", "Returned goods disposed of"),
            sentence=t("{actor} 处置退回品完毕：{what}", "{actor} disposed of all returned goods: {what}"),
            page=StepPage("disposal", form=forms.DisposeForm, action=returning.dispose),
            checked_after_form=("quantities_add_up",),
        ),
    ),
)
AWARD_STEPS = StepPages(
    "award",
    "award_step",
    template=TEMPLATE,
    extra_context=extra_context,
    steps=(
        StepType(
            "request",
            event="requested",
            label=t("申请赔偿", "Request compensation"),
            happened=t("已申请赔偿", "Compensation requested"),
            sentence=t(
                "{actor} 申请赔偿 {amount} {currency}，待{who}审批",
                "{actor} requested compensation of {amount} {currency}; it waits for {who}",
            ),
            page=WithinStep("replacement.award"),
        ),
        StepType(
            "grant",
            event="approved",
            label=t("批准赔偿", "Approve compensation"),
            happened=t("赔偿已批准", "Compensation approved"),
            sentence=t(
                "{actor} 批准赔偿 {amount} {currency}。{note}",
                "{actor} approved compensation of {amount} {currency}. {note}",
            ),
            page=WithinStep("replacement.award"),
        ),
        StepType(
            "endorse",
            event="endorsed",
            label=t("同意并上报", "Endorse and pass up"),
            happened=t("已同意并上报", "Endorsed and passed up"),
            sentence=t(
                "{actor} 同意赔偿 {amount} {currency} 并报{who}。{note}",
                "{actor} endorsed compensation of {amount} {currency} and passed it up to {who}. {note}",
            ),
            page=StepPage("endorsement", form=forms.ReturnsNoteForm, action=money.endorse),
        ),
        StepType(
            "approve",
            event="approved",
            label=t("批准赔偿", "Approve compensation"),
            happened=t("赔偿已批准", "Compensation approved"),
            sentence=t(
                "{actor} 批准赔偿 {amount} {currency}。{note}",
                "{actor} approved compensation of {amount} {currency}. {note}",
            ),
            page=StepPage("approval", form=forms.ReturnsNoteForm, action=money.approve),
        ),
        StepType(
            "deny",
            event="denied",
            label=t("不批准赔偿", "Deny compensation"),
            happened=t("赔偿未批准", "Compensation denied"),
            sentence=t(
                "{actor} 不批准赔偿 {amount} {currency}：{note}",
                "{actor} denied compensation of {amount} {currency}: {note}",
            ),
            page=StepPage("denial", form=forms.ReturnsReasonForm, action=money.deny, button="plain"),
        ),
        StepType(
            "promise",
            event="promised",
            label=t("答复客户赔偿", "Promise it to the customer"),
            happened=t("已答应客户赔偿", "Compensation promised"),
            sentence=t(
                "{actor} 答应客户（{who}）赔偿 {amount} {currency}",
                "{actor} promised the customer ({who}) compensation of {amount} {currency}",
            ),
            page=StepPage("promise", form=forms.AwardPromiseForm, action=money.promise),
        ),
        StepType(
            "pay",
            event="paid",
            label=t("登记付款", "Enter the payment"),
            happened=t("赔偿已付", "Compensation paid"),
            sentence=t(
                "{actor} 登记已付赔偿 {amount} {currency}。{note}",
                "{actor} entered payment of {amount} {currency}. {note}",
            ),
            page=StepPage("payment", form=forms.AwardPaymentForm, action=money.pay),
        ),
        StepType(
            "drop",
            event="dropped",
            label=t("取消赔偿", "Drop compensation"),
            happened=t("赔偿已取消", "Compensation dropped"),
            sentence=t(
                "{actor} 取消赔偿 {amount} {currency}：{note}",
                "{actor} dropped compensation of {amount} {currency}: {note}",
            ),
            page=StepPage("cancellation", form=forms.ReturnsReasonForm, action=money.drop, button="danger"),
        ),
    ),
)
PART_STEPS = {pages.kind: pages for pages in (SHIPMENT_STEPS, LOT_STEPS, AWARD_STEPS)}
