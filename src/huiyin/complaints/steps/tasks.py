"""The steps of a department's task: accepted or declined, answered, returned or approved, carried out, verified."""

from __future__ import annotations

from huiyin.complaints.actions import tasks
from huiyin.complaints.forms import tasks as forms
from huiyin.complaints.forms.steps import ComplaintForm
from huiyin.kernel.text import t
from huiyin.records.steps.step_types import StepPage, StepType, WithinStep

WHEN_VOID = t("投诉已作废，任务随之了结", "The complaint is void, and its tasks with it")
"""Of a void complaint only measures already approved are still carried out and verified."""

TASK: tuple[StepType, ...] = (
    StepType(
        "assign",
        event="assigned",
        label=t("分派", "Assign"),
        happened=t("已分派", "Assigned"),
        sentence=t("{department}得到任务：{question}", "{department} was given the task: {question}"),
        page=WithinStep("complaint.assign"),
    ),
    StepType(
        "accept",
        event="accepted",
        label=t("接受任务", "Accept the task"),
        happened=t("任务已接受", "Task accepted"),
        sentence=t("{actor}代表{department}接受了任务", "{actor} accepted the task for {department}"),
        page=StepPage("acceptance", form=ComplaintForm, action=tasks.accept),
        when_void=WHEN_VOID,
    ),
    StepType(
        "decline",
        event="declined",
        label=t("谢绝任务", "Decline the task"),
        happened=t("任务未接受", "Task declined"),
        sentence=t("{department}没有接受任务：{reason} {words}", "{department} declined the task: {reason} {words}"),
        page=StepPage("decline", form=forms.DeclineForm, action=tasks.decline, button="plain"),
        when_void=WHEN_VOID,
    ),
    StepType(
        "answer",
        event="answered",
        label=t("提交原因与措施", "Answer with cause and measures"),
        happened=t("已提交原因与措施", "Task answered"),
        sentence=t("{department}提交了原因和措施：{cause}", "{department} answered with cause and measures: {cause}"),
        page=StepPage("answer", form=forms.TaskAnswerForm, action=tasks.answer, template="complaints/task_answer.html"),
        checked_after_form=("has_cause", "has_measure", "every_measure_planned"),
        when_void=WHEN_VOID,
    ),
    StepType(
        "return",
        event="returned",
        label=t("退回重做", "Return the answer"),
        happened=t("已退回重做", "Answer returned"),
        sentence=t(
            "{actor}退回了{department}的答复：{reason}", "{actor} returned the answer of {department}: {reason}"
        ),
        page=StepPage("return", form=forms.TaskReasonForm, action=tasks.return_answer, button="plain"),
        when_void=WHEN_VOID,
    ),
    StepType(
        "approve",
        event="approved",
        label=t("审核通过", "Approve the answer"),
        happened=t("已审核通过", "Answer approved"),
        sentence=t("{actor}审核通过了{department}的答复", "{actor} approved the answer of {department}"),
        page=StepPage("approval", form=ComplaintForm, action=tasks.approve),
        meaning={"promises": True},
        when_void=WHEN_VOID,
    ),
    StepType(
        "carry_out",
        event="carried_out",
        label=t("措施落实", "Carry out the measures"),
        happened=t("措施已落实", "Measures carried out"),
        sentence=t("{department}落实了措施", "{department} carried out the measures"),
        page=StepPage(
            "execution", form=forms.CarryOutForm, action=tasks.carry_out, template="complaints/task_done.html"
        ),
        checked_after_form=("every_measure_done",),
    ),
    StepType(
        "verify",
        event="verified",
        label=t("验证效果", "Verify the effect"),
        happened=t("效果已验证", "Effect verified"),
        sentence=t(
            "{actor}验证了{department}措施的效果：{effect}", "{actor} verified the effect for {department}: {effect}"
        ),
        page=StepPage("effect", form=forms.TaskEffectForm, action=tasks.verify),
    ),
    StepType(
        "cancel",
        event="cancelled",
        label=t("取消任务", "Cancel the task"),
        happened=t("任务已取消", "Task cancelled"),
        sentence=t("{actor}取消了{department}的任务：{reason}", "{actor} cancelled the task of {department}: {reason}"),
        page=StepPage("cancellation", form=forms.TaskReasonForm, action=tasks.cancel, button="danger"),
        when_void=WHEN_VOID,
    ),
)
