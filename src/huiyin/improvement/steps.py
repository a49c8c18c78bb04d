"""The steps of a case: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.improvement.actions import effects, moving, opening, submitting
from huiyin.improvement.forms import steps as forms
from huiyin.improvement.models import Problem, Submission
from huiyin.improvement.nouns import case_called
from huiyin.improvement.report.advice import weak_points_for
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import EventType, OtherPage, StepPage, StepType


def _decide_submission(problem: Problem, *, submission: Submission, context: StepContext, **decided: Any) -> Submission:
    """The step is the case's; its action takes the submission that the form names."""
    return submitting.decide_submission(submission, **decided, context=context)


def _extra_context(request: Any, problem: Any, part: Any, step: StepType) -> Mapping[str, Any]:
    return {
        "problem": problem,
        "weak": weak_points_for(problem, step.verb),
        "called": case_called(versions.procedure_of(problem.procedure_id)),
    }


STEPS = StepPages(
    "problem",
    "problem_step",
    template="improvement/step.html",
    extra_context=_extra_context,
    steps=(
        StepType(
            "open",
            event="opened",
            label=t("立案", "Open a case"),
            happened=t("已立案", "Opened"),
            sentence=t("{actor}立案：{title}（{customer}）", "{actor} opened the case: {title} ({customer})"),
            page=OtherPage("problem_new"),
        ),
        StepType(
            "change_facts",
            event="facts_changed",
            label=t("更正事实", "Correct the facts"),
            happened=t("已更正事实", "Facts corrected"),
            sentence=t("{actor}更正了案例的事实", "{actor} corrected the facts of the case"),
            page=OtherPage("problem_facts"),
            checked_after_form=("has_department",),
        ),
        StepType(
            "attach_case",
            event="case_attached",
            label=t("并入投诉", "Attach a complaint"),
            happened=t("已并入投诉", "Complaint attached"),
            sentence=t("{actor}并入了 {case}", "{actor} attached {case}"),
            page=StepPage("case", form=forms.AttachForm, action=opening.attach_case, button="plain"),
        ),
        StepType(
            "detach_case",
            event="case_detached",
            label=t("移出投诉", "Detach a complaint"),
            happened=t("已移出投诉", "Complaint detached"),
            sentence=t("{actor}移出了 {case}：{reason}", "{actor} detached {case}: {reason}"),
            page=StepPage("case-removal", form=forms.DetachForm, action=opening.detach_case, button="plain"),
        ),
        StepType(
            "refer",
            event="referred",
            label=t("引用已有报告", "Refer to an earlier report"),
            happened=t("已引用已有报告", "Referred to an earlier report"),
            sentence=t("{actor}引用报告 {to}：{reason}", "{actor} referred to the report {to}: {reason}"),
            page=StepPage("reference", form=forms.ReferForm, action=opening.refer, button="plain"),
            checked_after_form=("may_refer",),
        ),
        StepType(
            "decide",
            event="decided",
            label=t("判定需做什么", "Decide what is needed"),
            happened=t("已判定需做什么", "Decided what is needed"),
            sentence=t("{actor}判定：{needs}（{reason}）", "{actor} decided: {needs} ({reason})"),
            page=StepPage("decision", form=forms.DecideForm, action=opening.decide, button="plain"),
            checked_after_form=("is_decided", "has_department"),
        ),
        StepType(
            "hand_over",
            event="handed_over",
            label=t("移交负责人", "Hand over"),
            happened=t("已移交负责人", "Handed over"),
            sentence=t("{actor}把案例移交给{to}：{reason}", "{actor} handed the case over to {to}: {reason}"),
            page=StepPage("handover", form=forms.HandOverForm, action=opening.hand_over, button="plain"),
            passes_on="owner",
        ),
        StepType(
            "write",
            event="written",
            label=t("编写报告", "Write in the report"),
            happened=t("报告有改动", "Report written in"),
            sentence=t("{actor}改写了 {section} 的{what}", "{actor} wrote in {section}: {what}"),
            page=OtherPage("problem_section", offered=False),
        ),
        StepType(
            "contain",
            event="contained",
            label=t("遏制完成", "Contained"),
            happened=t("遏制已完成", "Contained"),
            sentence=t("{actor}确认遏制完成：{words}", "{actor} confirmed the containment: {words}"),
            page=StepPage("containment", form=forms.ProblemNoteForm, action=moving.contain),
        ),
        StepType(
            "analyse",
            event="analysed",
            label=t("原因已查明", "Causes found"),
            happened=t("原因已查明", "Causes found"),
            sentence=t("{actor}查明了原因：{causes}。{words}", "{actor} found the causes: {causes}. {words}"),
            page=StepPage("analysis", form=forms.AnalyseForm, action=moving.analyse),
            checked_after_form=("cause_sought_anew",),
        ),
        StepType(
            "choose",
            event="planned",
            label=t("措施已选定", "Actions chosen"),
            happened=t("措施已选定", "Actions chosen"),
            sentence=t("{actor}选定了措施：{actions}。{words}", "{actor} chose the actions: {actions}. {words}"),
            page=StepPage("choice", form=forms.ProblemNoteForm, action=moving.choose),
            meaning={"promises": True},
        ),
        StepType(
            "review_plan",
            event="plan_reviewed",
            label=t("审核措施", "Review the plan"),
            happened=t("措施已审核", "Plan reviewed"),
            sentence=t("{actor}审核通过了措施：{words}", "{actor} reviewed the plan: {words}"),
            page=StepPage("plan-review", form=forms.ProblemNoteForm, action=moving.review_plan),
        ),
        StepType(
            "approve_plan",
            event="plan_approved",
            label=t("批准措施", "Approve the plan"),
            happened=t("措施已批准", "Plan approved"),
            sentence=t("{actor}批准了措施：{words}", "{actor} approved the plan: {words}"),
            page=StepPage("plan-approval", form=forms.ProblemNoteForm, action=moving.approve_plan),
            meaning={"promises": True},
        ),
        StepType(
            "return_plan",
            event="plan_returned",
            label=t("退回措施", "Return the plan"),
            happened=t("措施已退回", "Plan returned"),
            sentence=t("{actor}退回了措施：{words}", "{actor} returned the plan: {words}"),
            page=StepPage("plan-return", form=forms.ProblemReasonForm, action=moving.return_plan, button="plain"),
        ),
        StepType(
            "implement",
            event="implemented",
            label=t("措施已实施", "Actions implemented"),
            happened=t("措施已实施", "Actions implemented"),
            sentence=t("{actor}确认措施已实施：{words}", "{actor} confirmed the implementation: {words}"),
            page=StepPage("implementation", form=forms.ProblemNoteForm, action=moving.implement),
        ),
        StepType(
            "plan_effect",
            event="effect_planned",
            label=t("计划效果验证", "Plan an effect check"),
            happened=t("效果验证已计划", "Effect check planned"),
            sentence=t(
                "{actor}计划验证效果：{metric}，由{checker}在 {ends_on} 前验证",
                "{actor} planned an effect check: {metric}, by {checker} until {ends_on}",
            ),
            page=StepPage("effect", form=forms.EffectPlanForm, action=effects.plan_effect, button="plain"),
            meaning={"promises": True},
        ),
        StepType(
            "drop_effect",
            event="effect_dropped",
            label=t("撤销效果验证", "Drop an effect check"),
            happened=t("效果验证已撤销", "Effect check dropped"),
            sentence=t(
                "{actor}撤销了效果验证：{metric}（{reason}）", "{actor} dropped the effect check: {metric} ({reason})"
            ),
            page=StepPage("effect-dropped", form=forms.EffectDropForm, action=effects.drop_effect, button="plain"),
        ),
        StepType(
            "check_effect",
            event="effect_checked",
            label=t("验证效果", "Check the effect"),
            happened=t("效果已验证", "Effect checked"),
            sentence=t(
                "{actor}验证了效果：{metric}，结果 {result}，{verdict}。{words}",
                "{actor} checked the effect: {metric}, result {result}, {verdict}. {words}",
            ),
            page=StepPage("effect-check", form=forms.EffectCheckForm, action=effects.check_effect),
        ),
        StepType(
            "prove",
            event="proven",
            label=t("确认有效", "Confirm the effect"),
            happened=t("效果已确认", "Effect confirmed"),
            sentence=t("{actor}确认措施有效：{words}", "{actor} confirmed the effect: {words}"),
            page=StepPage("proof", form=forms.ProblemNoteForm, action=moving.prove),
        ),
        StepType(
            "fail",
            event="failed",
            label=t("无效，重查原因", "Not effective, back to the cause"),
            happened=t("无效，退回查原因", "Not effective, back to the cause"),
            sentence=t(
                "{actor}判定措施无效，退回查原因：{words}",
                "{actor} found the actions without effect, back to the cause: {words}",
            ),
            page=StepPage("failure", form=forms.ProblemReasonForm, action=moving.reject_effect, button="danger"),
        ),
        StepType(
            "prevent",
            event="prevented",
            label=t("预防与标准化完成", "Prevention done"),
            happened=t("预防与标准化已完成", "Prevention done"),
            sentence=t("{actor}完成了预防与标准化：{words}", "{actor} finished prevention: {words}"),
            page=StepPage("prevention", form=forms.ProblemNoteForm, action=moving.prevent),
        ),
        StepType(
            "settle",
            event="settled",
            label=t("简要说明结案", "Settle by a short statement"),
            happened=t("已简要说明", "Settled by a short statement"),
            sentence=t("{actor}简要说明：{statement}", "{actor} settled it by a short statement: {statement}"),
            page=StepPage("settlement", form=forms.ProblemStatementForm, action=moving.settle, button="plain"),
        ),
        StepType(
            "approve",
            event="approved",
            label=t("批准报告", "Approve the report"),
            happened=t("报告已批准", "Report approved"),
            sentence=t("{actor}批准结案：{words}", "{actor} approved and closed the case: {words}"),
            page=StepPage("approval", form=forms.ProblemNoteForm, action=moving.approve),
        ),
        StepType(
            "return_report",
            event="report_returned",
            label=t("退回报告", "Return the report"),
            happened=t("报告已退回", "Report returned"),
            sentence=t("{actor}退回了报告：{words}", "{actor} returned the report: {words}"),
            page=StepPage("return", form=forms.ProblemReasonForm, action=moving.return_report, button="plain"),
        ),
        StepType(
            "submit",
            event="submitted",
            label=t("提交客户", "Submit to the customer"),
            happened=t("已提交客户", "Submitted to the customer"),
            sentence=t(
                "{actor}向{to}提交了报告（至 {reaches}）：{note}",
                "{actor} submitted the report to {to} (up to {reaches}): {note}",
            ),
            page=StepPage("submission", form=forms.SubmitForm, action=submitting.submit, button="plain"),
        ),
        StepType(
            "decide_submission",
            event="submission_decided",
            label=t("登记客户意见", "Record the customer's decision"),
            happened=t("客户已答复报告", "Customer decided on the report"),
            sentence=t(
                "客户意见：{decision}（评分 {score}）。{words}",
                "The customer's decision: {decision} (score {score}). {words}",
            ),
            page=StepPage("submission-decision", form=forms.SubmissionForm, action=_decide_submission),
        ),
        StepType(
            "reopen",
            event="reopened",
            label=t("重新立案", "Reopen"),
            happened=t("已重新立案", "Reopened"),
            sentence=t(
                "{actor}第 {revision} 次重新立案：{words}", "{actor} reopened the case (reopening {revision}): {words}"
            ),
            page=StepPage("reopening", form=forms.ProblemReasonForm, action=moving.reopen, button="plain"),
        ),
        StepType(
            "cancel",
            event="cancelled",
            label=t("撤销案例", "Cancel the case"),
            happened=t("案例已撤销", "Case cancelled"),
            sentence=t("{actor}撤销了案例：{words}", "{actor} cancelled the case: {words}"),
            page=StepPage("cancellation", form=forms.ProblemReasonForm, action=moving.cancel, button="danger"),
        ),
    ),
)
ANSWERED = EventType(
    "submission_answered",
    t("不认可的报告已重新提交", "Rejected report submitted anew"),
    t("{actor}针对客户的不认可重新提交了报告", "{actor} submitted the report anew after the rejection"),
    meaning={"told_by": ("problem.submit",)},
)
"""A rejected submission is answered by the next one; ``submit`` writes it."""
