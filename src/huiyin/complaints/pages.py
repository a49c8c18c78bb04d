"""Which page takes which step: the noun in the address, the form, and the action it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.forms import steps
from huiyin.complaints.forms import tasks as task_forms
from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.people.models import Person
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.pages import StepPages, StepView


def _merge(complaint: Complaint, form: Any, context: StepContext) -> Any:
    return ending.merge(complaint, form.cleaned_data["other"], context=context)


def _to(form: Any) -> Person:
    return Person.objects.get(pk=int(form.cleaned_data["to"]))


PAGES: tuple[StepView, ...] = (
    StepView(
        "ask_customer",
        "question",
        steps.QuestionForm,
        lambda c, f, s: intake.ask_customer(c, f.cleaned_data["question"], context=s),
        "plain",
    ),
    StepView(
        "record_reply",
        "reply",
        steps.ReplyForm,
        lambda c, f, s: intake.record_reply(c, f.cleaned_data["reply"], context=s),
    ),
    StepView(
        "verify",
        "verification",
        steps.VerifyForm,
        lambda c, f, s: intake.verify(
            c,
            f.cleaned_data["findings"],
            verified_quantity=f.cleaned_data["verified_quantity"],
            defect_quantity=f.cleaned_data["defect_quantity"],
            context=s,
        ),
    ),
    StepView(
        "forward",
        "forwarding",
        steps.RemarkForm,
        lambda c, f, s: intake.forward(c, f.cleaned_data["remark"], context=s),
    ),
    StepView("judge", "judgement", steps.JudgeForm, lambda c, f, s: judging.judge(c, f.judgement(), context=s)),
    StepView(
        "assign",
        "assignment",
        steps.AssignForm,
        lambda c, f, s: judging.assign(c, f.assignments(), context=s),
        template="complaints/assign.html",
    ),
    StepView(
        "settle",
        "settlement",
        steps.SettleForm,
        lambda c, f, s: judging.settle(c, f.cleaned_data["statement"], f.cleaned_data["verdict"], context=s),
    ),
    StepView(
        "conclude",
        "conclusion",
        steps.ConcludeForm,
        lambda c, f, s: judging.conclude(
            c, f.cleaned_data["verdict"], f.cleaned_data["reason"], f.cleaned_data["statement"], context=s
        ),
    ),
    StepView(
        "approve_verdict",
        "verdict-approval",
        steps.NoteForm,
        lambda c, f, s: judging.approve_verdict(c, f.cleaned_data["note"], context=s),
    ),
    StepView(
        "return_verdict",
        "verdict-return",
        steps.ReasonForm,
        lambda c, f, s: judging.return_verdict(c, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "grant_remedy", "remedy", steps.RemedyForm, lambda c, f, s: remedies.grant(c, f.wanted(), context=s), "plain"
    ),
    StepView(
        "request_remedy",
        "remedy-request",
        steps.RemedyRequestForm,
        lambda c, f, s: remedies.request(c, f.wanted(), context=s),
        "plain",
    ),
    StepView(
        "approve_remedy",
        "remedy-approval",
        steps.RemedyDecisionForm,
        lambda c, f, s: remedies.approve(c, f.row, f.cleaned_data["note"], context=s),
    ),
    StepView(
        "deny_remedy",
        "remedy-denial",
        steps.RemedyDecisionForm,
        lambda c, f, s: remedies.deny(c, f.row, f.cleaned_data["note"], context=s),
        "plain",
    ),
    StepView("promise", "promise", steps.PromiseForm, lambda c, f, s: intake.promise(c, f.made(), context=s), "plain"),
    StepView(
        "keep_promise",
        "promise-kept",
        steps.PromiseKeptForm,
        lambda c, f, s: intake.keep_promise(c, f.row, f.cleaned_data["note"], context=s),
    ),
    StepView(
        "answer",
        "answer",
        steps.AnswerForm,
        lambda c, f, s: answering.answer(c, f.cleaned_data["answer_text"], f.cleaned_data["channel"], context=s),
    ),
    StepView(
        "accept",
        "acceptance",
        steps.AcceptForm,
        lambda c, f, s: answering.accept(c, f.cleaned_data["who"], f.cleaned_data["words"], context=s),
    ),
    StepView(
        "refuse",
        "refusal",
        steps.RefuseForm,
        lambda c, f, s: answering.refuse(c, f.cleaned_data["who"], f.cleaned_data["refusal_reason"], context=s),
        "plain",
    ),
    StepView(
        "attempt_call",
        "call-attempt",
        steps.AttemptForm,
        lambda c, f, s: answering.attempt_call(c, f.cleaned_data["words"], context=s),
        "plain",
    ),
    StepView(
        "call_back",
        "call-back",
        steps.CallBackForm,
        lambda c, f, s: answering.call_back(c, f.cleaned_data["satisfaction"], f.cleaned_data["words"], context=s),
    ),
    StepView(
        "close", "closure", steps.CloseForm, lambda c, f, s: ending.close(c, f.cleaned_data["closing_note"], context=s)
    ),
    StepView(
        "reject",
        "rejection",
        steps.RejectForm,
        lambda c, f, s: ending.reject(c, f.cleaned_data["reason"], f.cleaned_data["reject_reason"], context=s),
        "danger",
    ),
    StepView(
        "withdraw",
        "withdrawal",
        steps.WithdrawForm,
        lambda c, f, s: ending.withdraw(c, f.cleaned_data["withdraw_reason"], context=s),
        "danger",
    ),
    StepView("merge", "merger", steps.MergeForm, _merge, "plain"),
    StepView("unmerge", "merger-undone", steps.ComplaintForm, lambda c, f, s: ending.unmerge(c, context=s), "plain"),
    StepView(
        "reopen",
        "reopening",
        steps.ReopenForm,
        lambda c, f, s: ending.reopen(c, f.cleaned_data["reopen_reason"], context=s),
        "plain",
    ),
    StepView(
        "offer_transfer",
        "transfer",
        steps.TransferForm,
        lambda c, f, s: ownership.offer_transfer(c, _to(f), f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "accept_transfer",
        "transfer-acceptance",
        steps.ComplaintForm,
        lambda c, f, s: ownership.accept_transfer(c, context=s),
    ),
    StepView(
        "decline_transfer",
        "transfer-decline",
        steps.ReasonForm,
        lambda c, f, s: ownership.decline_transfer(c, f.cleaned_data["reason"], context=s),
        "plain",
    ),
)

TASK_PAGES: tuple[StepView, ...] = (
    StepView("accept", "acceptance", steps.ComplaintForm, lambda t, f, s: tasks.accept(t, context=s)),
    StepView(
        "decline",
        "decline",
        task_forms.DeclineForm,
        lambda t, f, s: tasks.decline(t, f.cleaned_data["reason"], f.cleaned_data["words"], context=s),
        "plain",
    ),
    StepView(
        "answer",
        "answer",
        task_forms.TaskAnswerForm,
        lambda t, f, s: tasks.answer(t, f.cleaned_data["cause"], f.measures(), context=s),
        template="complaints/task_answer.html",
    ),
    StepView(
        "return",
        "return",
        task_forms.TaskReasonForm,
        lambda t, f, s: tasks.return_answer(t, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView("approve", "approval", steps.ComplaintForm, lambda t, f, s: tasks.approve(t, context=s)),
    StepView(
        "carry_out",
        "execution",
        task_forms.CarryOutForm,
        lambda t, f, s: tasks.carry_out(t, f.done(), context=s),
        template="complaints/task_done.html",
    ),
    StepView(
        "verify", "effect", task_forms.EffectForm, lambda t, f, s: tasks.verify(t, f.cleaned_data["effect"], context=s)
    ),
    StepView(
        "cancel",
        "cancellation",
        task_forms.TaskReasonForm,
        lambda t, f, s: tasks.cancel(t, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)


def _beside(request: Any, complaint: Complaint, task: Task | None, page: StepView) -> Mapping[str, Any]:
    """What the template shows beside the form: requests that wait for a decision, a task's measures."""
    deciding = page.verb in ("approve_remedy", "deny_remedy")
    requests = complaint.remedies.filter(decision=Remedy.REQUESTED).select_related("asked_by").order_by("id")
    return {
        "complaint": complaint,
        "task": task,
        "requests": list(requests) if deciding else [],
        "measures": list(task.measures.order_by("id")) if task is not None else [],
    }


TEMPLATE = "complaints/step.html"
STEPS = StepPages("complaint", "complaint_step", PAGES, TEMPLATE, _beside, {"supplement": "complaint_supplement"})
TASK_STEPS = StepPages("task", "task_step", TASK_PAGES, TEMPLATE, _beside)
