"""The steps of the outcome: answering, calling back, closing and the other ends, handing over to another owner."""

from __future__ import annotations

from huiyin.complaints.actions import answering, ending, ownership
from huiyin.complaints.forms import steps as forms
from huiyin.kernel.text import t
from huiyin.records.steps.step_types import StepPage, StepType

OUTCOME: tuple[StepType, ...] = (
    StepType(
        "answer",
        event="answered",
        label=t("答复客户", "Answer the customer"),
        happened=t("已答复客户", "Customer answered"),
        sentence=t(
            "{actor}答复了客户（第 {round} 轮）：{answer_text}",
            "{actor} answered the customer (round {round}): {answer_text}",
        ),
        page=StepPage("answer", form=forms.AnswerForm, action=answering.answer),
        checked_after_form=("has_answer", "demands_decided"),
    ),
    StepType(
        "accept",
        event="accepted",
        label=t("客户接受", "Customer accepts"),
        happened=t("客户已接受", "Customer accepted"),
        sentence=t(
            "客户接受了答复（{who}），由{actor}记录", "The customer ({who}) accepted the answer; recorded by {actor}"
        ),
        page=StepPage("acceptance", form=forms.CustomerAcceptsForm, action=answering.accept),
        checked_after_form=("customer_accepted",),
    ),
    StepType(
        "refuse",
        event="refused",
        label=t("客户不接受", "Customer refuses"),
        happened=t("客户未接受", "Customer refused"),
        sentence=t("客户没有接受答复（{who}）：{reason}", "The customer ({who}) refused the answer: {reason}"),
        page=StepPage("refusal", form=forms.CustomerRefusesForm, action=answering.refuse, button="plain"),
    ),
    StepType(
        "attempt_call",
        event="call_attempted",
        label=t("回访未接通", "Nobody reached"),
        happened=t("回访未接通", "Call attempted"),
        sentence=t("{actor}回访，没有联系上：{words}", "{actor} called back and reached nobody: {words}"),
        page=StepPage("call-attempt", form=forms.AttemptCallForm, action=answering.attempt_call, button="plain"),
    ),
    StepType(
        "call_back",
        event="called_back",
        label=t("回访", "Call back"),
        happened=t("已回访", "Called back"),
        sentence=t(
            "{actor}回访了客户：{satisfaction}。{words}", "{actor} called the customer back: {satisfaction}. {words}"
        ),
        page=StepPage("call-back", form=forms.CallBackForm, action=answering.call_back),
        checked_after_form=("is_called_back", "has_satisfaction"),
    ),
    StepType(
        "close",
        event="closed",
        label=t("结案", "Close"),
        happened=t("已结案", "Closed"),
        sentence=t("{actor}结案：{note}", "{actor} closed it: {note}"),
        page=StepPage("closure", form=forms.CloseForm, action=ending.close),
        checked_after_form=("demands_decided",),
    ),
    StepType(
        "reject",
        event="rejected",
        label=t("判不成立", "Reject"),
        happened=t("已判不成立", "Rejected"),
        sentence=t("{actor}判定不成立：{reason} {words}", "{actor} rejected it: {reason} {words}"),
        page=StepPage("rejection", form=forms.RejectForm, action=ending.reject, button="danger"),
    ),
    StepType(
        "withdraw",
        event="withdrawn",
        label=t("客户撤回", "Withdraw"),
        happened=t("客户已撤回", "Withdrawn"),
        sentence=t("客户撤回了投诉：{reason}（{actor}记录）", "The customer withdrew: {reason} (recorded by {actor})"),
        page=StepPage("withdrawal", form=forms.WithdrawForm, action=ending.withdraw, button="danger"),
    ),
    StepType(
        "merge",
        event="merged",
        label=t("并入另一投诉", "Merge into another"),
        happened=t("已并入另一投诉", "Merged"),
        sentence=t("{actor}并入 {into}", "{actor} merged it into {into}"),
        page=StepPage("merger", form=forms.MergeForm, action=ending.merge, button="plain"),
    ),
    StepType(
        "unmerge",
        event="unmerged",
        label=t("取消并案", "Undo the merge"),
        happened=t("已取消并案", "Merge undone"),
        sentence=t("{actor}取消了与 {into} 的并案", "{actor} took it out of {into} again"),
        page=StepPage("merger-undone", form=forms.ComplaintForm, action=ending.unmerge, button="plain"),
        meaning={"undoes": ("complaint.merged",)},
    ),
    StepType(
        "reopen",
        event="reopened",
        label=t("重新打开", "Reopen"),
        happened=t("已重新打开", "Reopened"),
        sentence=t("{actor}重新打开：{reason}", "{actor} reopened it: {reason}"),
        page=StepPage("reopening", form=forms.ReopenForm, action=ending.reopen, button="plain"),
    ),
    StepType(
        "offer_transfer",
        event="transfer_offered",
        label=t("移交首问", "Offer a transfer"),
        happened=t("已提出移交", "Transfer offered"),
        sentence=t("{actor}提出移交给{to}：{reason}", "{actor} offered the transfer to {to}: {reason}"),
        page=StepPage("transfer", form=forms.TransferForm, action=ownership.offer_transfer, button="plain"),
        passes_on="owner",
    ),
    StepType(
        "accept_transfer",
        event="transferred",
        label=t("接受移交", "Accept the transfer"),
        happened=t("已移交", "Transferred"),
        sentence=t("{after}接手了投诉（原负责人{before}）", "{after} took the complaint over from {before}"),
        page=StepPage("transfer-acceptance", form=forms.ComplaintForm, action=ownership.accept_transfer),
    ),
    StepType(
        "decline_transfer",
        event="transfer_declined",
        label=t("谢绝移交", "Decline the transfer"),
        happened=t("移交未接受", "Transfer declined"),
        sentence=t("{actor}没有接受移交：{reason}", "{actor} declined the transfer: {reason}"),
        page=StepPage(
            "transfer-decline", form=forms.ComplaintReasonForm, action=ownership.decline_transfer, button="plain"
        ),
    ),
)
