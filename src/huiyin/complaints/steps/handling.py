"""The steps of handling: judging, assigning, concluding, what is granted to the customer and promised to them."""

from __future__ import annotations

from huiyin.complaints.actions import intake, judging, remedies
from huiyin.complaints.forms import steps as forms
from huiyin.kernel.text import t
from huiyin.records.steps.step_types import StepPage, StepType

HANDLING: tuple[StepType, ...] = (
    StepType(
        "judge",
        event="judged",
        label=t("判定", "Judge"),
        happened=t("已判定", "Judged"),
        sentence=t(
            "{actor}判定：{cause_kind}，{severity}，责任部门{departments}",
            "{actor} judged it: {cause_kind}, {severity}, responsible: {departments}",
        ),
        page=StepPage("judgement", form=forms.JudgeForm, action=judging.judge),
        checked_after_form=("is_judged", "has_responsible_department"),
    ),
    StepType(
        "assign",
        event="assigned",
        label=t("分派责任部门", "Assign departments"),
        happened=t("已分派责任部门", "Departments assigned"),
        sentence=t("{actor}分派给{departments}", "{actor} assigned it to {departments}"),
        page=StepPage("assignment", form=forms.AssignForm, action=judging.assign, template="complaints/assign.html"),
        checked_after_form=("has_task",),
    ),
    StepType(
        "settle",
        event="settled",
        label=t("简易处理", "Settle"),
        happened=t("已简易处理", "Settled"),
        sentence=t("{actor}简易处理：{statement}", "{actor} settled it by simplified handling: {statement}"),
        page=StepPage("settlement", form=forms.SettleComplaintForm, action=judging.settle),
        checked_after_form=("has_verdict",),
    ),
    StepType(
        "conclude",
        event="concluded",
        label=t("汇总结论", "Conclude"),
        happened=t("已汇总结论", "Concluded"),
        sentence=t("{actor}汇总结论：{verdict}（{reason}）", "{actor} concluded: {verdict} ({reason})"),
        page=StepPage("conclusion", form=forms.ConcludeForm, action=judging.conclude),
        checked_after_form=("has_verdict",),
    ),
    StepType(
        "conclude_finally",
        event="concluded_finally",
        label=t("汇总结论，无须批准", "Conclude without approval"),
        happened=t("已汇总结论，无须批准", "Concluded without approval"),
        sentence=t(
            "{actor}汇总结论，无须批准：{verdict}（{reason}）",
            "{actor} concluded without approval: {verdict} ({reason})",
        ),
        page=StepPage("final-conclusion", form=forms.ConcludeForm, action=judging.conclude_finally),
        checked_after_form=("has_verdict",),
    ),
    StepType(
        "approve_verdict",
        event="verdict_approved",
        label=t("批准结论", "Approve the verdict"),
        happened=t("结论已批准", "Verdict approved"),
        sentence=t("{actor}批准了结论：{verdict}", "{actor} approved the verdict: {verdict}"),
        page=StepPage("verdict-approval", form=forms.VerdictApprovalForm, action=judging.approve_verdict),
    ),
    StepType(
        "return_verdict",
        event="verdict_returned",
        label=t("退回结论", "Return the verdict"),
        happened=t("结论已退回", "Verdict returned"),
        sentence=t("{actor}退回了结论：{note}", "{actor} returned the verdict: {note}"),
        page=StepPage("verdict-return", form=forms.ComplaintReasonForm, action=judging.return_verdict, button="plain"),
    ),
    StepType(
        "grant_remedy",
        event="remedy_granted",
        label=t("给予补救", "Grant a remedy"),
        happened=t("已给予补救", "Remedy granted"),
        sentence=t("{actor}给予补救：{what}", "{actor} granted a remedy: {what}"),
        page=StepPage("remedy", form=forms.RemedyForm, action=remedies.grant, button="plain"),
    ),
    StepType(
        "request_remedy",
        event="remedy_requested",
        label=t("申请补救", "Request a remedy"),
        happened=t("已申请补救", "Remedy requested"),
        sentence=t("{actor}申请补救：{what}", "{actor} requested a remedy: {what}"),
        page=StepPage("remedy-request", form=forms.RemedyRequestForm, action=remedies.request, button="plain"),
    ),
    StepType(
        "approve_remedy",
        event="remedy_approved",
        label=t("批准补救", "Approve the remedy"),
        happened=t("补救已批准", "Remedy approved"),
        sentence=t("{actor}批准了补救：{what}", "{actor} approved the remedy: {what}"),
        page=StepPage("remedy-approval", form=forms.RemedyDecisionForm, action=remedies.approve),
    ),
    StepType(
        "deny_remedy",
        event="remedy_denied",
        label=t("不批准补救", "Deny the remedy"),
        happened=t("补救未批准", "Remedy denied"),
        sentence=t("{actor}没有批准补救：{what}（{note}）", "{actor} denied the remedy: {what} ({note})"),
        page=StepPage("remedy-denial", form=forms.RemedyDecisionForm, action=remedies.deny, button="plain"),
    ),
    StepType(
        "promise",
        event="promised",
        label=t("承诺时间", "Promise a time"),
        happened=t("已承诺时间", "Time promised"),
        sentence=t("{actor}向客户承诺：{what}", "{actor} promised the customer: {what}"),
        page=StepPage("promise", form=forms.CustomerPromiseForm, action=intake.promise, button="plain"),
        meaning={"promises": True},
    ),
    StepType(
        "keep_promise",
        event="promise_kept",
        label=t("兑现承诺", "Keep the promise"),
        happened=t("承诺已兑现", "Promise kept"),
        sentence=t("{actor}兑现了承诺：{what}", "{actor} kept the promise: {what}"),
        page=StepPage("promise-kept", form=forms.PromiseKeptForm, action=intake.keep_promise),
    ),
)
