"""The small forms of single steps; each takes its choices from the procedure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.complaints.access import visible_to
from huiyin.complaints.actions.values import Assignment, Judgement, PromiseInput, RemedyInput
from huiyin.complaints.forms.demands import ask_outcomes, decisions
from huiyin.complaints.forms.facts import fact_field, options
from huiyin.complaints.models import Complaint, Remedy
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.steps.authority import above_limit
from huiyin.records.steps.pages import RecordForm
from huiyin.ui import forms


class ComplaintForm(RecordForm):
    """A step of a complaint or of a department's task."""

    def missing_field(self, name: str) -> Any:
        return fact_field(name, self.procedure)


class QuestionForm(ComplaintForm):
    question = forms.TextField(label=t("请客户补充什么", "What the customer is asked for"))


class ReplyForm(ComplaintForm):
    reply = forms.TextField(label=t("客户的回复", "The customer's reply"))


class VerifyForm(ComplaintForm):
    findings = forms.TextField(
        label=t("核实情况", "Findings"),
        rows=4,
        help=t(
            "资料是否完整准确，和客户核对了什么",
            "Whether the facts are complete and accurate, and what was checked with the customer",
        ),
    )
    verified_quantity = forms.Number(label=t("核实数量", "Verified quantity"), required=False, decimals=3, least=0)
    defect_quantity = forms.Number(label=t("不良数量", "Defective quantity"), required=False, decimals=3, least=0)

    def prepare(self) -> None:
        self.initial.setdefault("findings", self.record.findings)
        self.initial.setdefault("verified_quantity", self.record.verified_quantity)
        self.initial.setdefault("defect_quantity", self.record.defect_quantity)
        step = self.procedure.step("complaint.verify")
        self.fields["defect_quantity"].required = step is not None and "has_defect_quantity" in step.guards


class ForwardForm(ComplaintForm):
    remark = forms.TextField(label=t("附言", "Remark"), required=False)


class VerdictApprovalForm(ComplaintForm):
    note = forms.TextField(label=t("说明", "Note"), required=False)


class ComplaintReasonForm(ComplaintForm):
    reason = forms.TextField(label=t("理由", "Reason"))


class JudgeForm(ComplaintForm):
    cause_kind = forms.Segments(label=t("异常类别", "Kind of cause"))
    content = forms.Choice(label=t("投诉内容", "Content"))
    nature = forms.Choice(label=t("投诉性质", "Nature"))
    severity = forms.Segments(label=t("严重程度", "Severity"))
    responsible = forms.Choices(label=t("初步责任部门", "Responsible departments, first view"), required=False)
    lighter = forms.YesNo(label=t("走简易处理（没有造成损失）", "Use simplified handling (no loss)"))

    def prepare(self) -> None:
        for name in ("cause_kind", "content", "nature", "severity"):
            self.add_choices(name, options(self.procedure, name, empty=name in ("content", "nature")))
            self.initial.setdefault(name, getattr(self.record, name))
        step = self.procedure.step("complaint.judge")
        for name in ("content", "nature"):
            self.fields[name].required = step is not None and name in step.requires
        if self.procedure.step("complaint.settle") is None:
            del self.fields["lighter"]
        self.add_choices("responsible", [(d.key, d.name) for d in Department.objects.filter(active=True)])
        self.initial.setdefault("responsible", self.record.responsible)

    def values(self) -> dict[str, Any]:
        """The judgement."""
        c = self.cleaned_data
        judgement = Judgement(
            content=c["content"],
            nature=c["nature"],
            cause_kind=c["cause_kind"],
            severity=c["severity"],
            responsible=tuple(c["responsible"]),
            lighter=bool(c.get("lighter")),
        )
        return {"judgement": judgement}


class AssignForm(ComplaintForm):
    departments = forms.Choices(label=t("分派给", "Assign to"))
    question = forms.TextField(
        label=t("要查清、要做的事", "What to find out and do"),
        rows=3,
        help=t("各部门相同；不同的可在下面分别写", "The same for all; differing ones below"),
    )

    def prepare(self) -> None:
        self.rows = list(Department.objects.filter(active=True))
        self.add_choices("departments", [(d.key, d.name) for d in self.rows])
        self.initial.setdefault("departments", self._without_task())
        self.initial.setdefault("question", self.record.problem)
        for department in self.rows:
            self.fields[f"question__{department.key}"] = forms.TextField(label=department.name, required=False, rows=2)

    def _without_task(self) -> list[str]:
        """Responsible departments without a task; a department's second task is for somebody to tick."""
        given = set(self.record.tasks.exclude(state="cancelled").values_list("department__key", flat=True))
        return [key for key in self.record.responsible if key not in given]

    def own_questions(self) -> list[Any]:
        """The bound fields for questions to single departments."""
        return [self[f"question__{d.key}"] for d in self.rows]

    def values(self) -> dict[str, Any]:
        """One assignment per ticked department."""
        c = self.cleaned_data
        chosen = [d for d in self.rows if d.key in c["departments"]]
        return {"assignments": [Assignment(d, c.get(f"question__{d.key}") or c["question"]) for d in chosen]}


class SettleComplaintForm(ComplaintForm):
    statement = forms.TextField(label=t("处理说明", "Statement"), rows=4)
    verdict = forms.Choice(label=t("结论", "Verdict"))

    def prepare(self) -> None:
        self.add_choices("verdict", options(self.procedure, "verdict"))


class ConcludeForm(ComplaintForm):
    verdict = forms.Choice(label=t("结论", "Verdict"))
    reason = forms.TextField(label=t("结论依据", "Reason of the verdict"), rows=3)
    statement = forms.TextField(label=t("汇总说明", "Summary of the answers"), rows=4)

    def prepare(self) -> None:
        self.add_choices("verdict", options(self.procedure, "verdict", empty=True))
        self.initial.setdefault("verdict", self.record.verdict)
        self.initial.setdefault("reason", self.record.verdict_reason)
        self.initial.setdefault("statement", self.record.statement or _summary(self.record))


def _summary(complaint: Complaint) -> str:
    """The departments' causes and measures, one below the other, as a first draft."""
    lines = []
    for task in complaint.tasks.select_related("department").prefetch_related("measures").order_by("id"):
        if task.cause:
            measures = "；".join(m.text for m in task.measures.all())
            lines.append(f"{task.department.name_zh}：{task.cause} → {measures}")
    return "\n".join(lines)


class RemedyForm(ComplaintForm):
    """Granting or requesting; an amount above the person's limit is refused on its field when granting."""

    remedy = forms.Choice(label=t("补救方式", "Remedy"))
    quantity = forms.Number(label=t("数量", "Quantity"), required=False, decimals=3, least=0)
    amount = forms.Amount(label=t("金额", "Amount"), required=False)
    note = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)
    asks_limit = True

    def prepare(self) -> None:
        self.add_choices("remedy", options(self.procedure, "remedy"))

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        refusal = above_limit(self.person, cleaned.get("amount"), self.procedure) if self.asks_limit else None
        if refusal:
            self.refuse_field("amount", refusal)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The remedy that is wanted."""
        c = self.cleaned_data
        return {"wanted": RemedyInput(c["remedy"], c["quantity"], c["amount"], c["note"])}


class RemedyRequestForm(RemedyForm):
    asks_limit = False


def choose_the_only(form: ComplaintForm, name: str, rows: Mapping[str, Any]) -> None:
    """Where only one row waits, it is chosen already."""
    if len(rows) == 1:
        form.initial.setdefault(name, next(iter(rows)))


class RemedyDecisionForm(ComplaintForm):
    remedy = forms.Choice(label=t("申请", "Request"))
    note = forms.TextInput(label=t("意见", "Opinion"), required=False, max_length=300)

    def prepare(self) -> None:
        self.rows = {str(r.pk): r for r in self.record.remedies.filter(decision=Remedy.REQUESTED)}
        self.add_choices("remedy", [(pk, self._label(r)) for pk, r in self.rows.items()])
        choose_the_only(self, "remedy", self.rows)

    def _label(self, row: Remedy) -> Text:
        option = self.procedure.option("remedy", row.remedy)
        what = option.label if option else t(row.remedy, row.remedy)
        money = f"{row.amount:,.2f} {row.currency}" if row.amount is not None else "—"
        return t("{what}，金额 {money}", "{what}, amount {money}", what=what, money=money)

    def values(self) -> dict[str, Any]:
        """The request decided on, and the opinion."""
        return {"remedy": self.rows[self.cleaned_data["remedy"]], "note": self.cleaned_data["note"]}


class CustomerPromiseForm(ComplaintForm):
    text = forms.TextInput(label=t("承诺了什么", "What is promised"), max_length=300)
    promised_at = forms.Moment(label=t("最迟何时", "By when"))

    def values(self) -> dict[str, Any]:
        """The promise made."""
        return {"made": PromiseInput(self.cleaned_data["text"], self.cleaned_data["promised_at"])}


class PromiseKeptForm(ComplaintForm):
    promise = forms.Choice(label=t("承诺", "Promise"))
    note = forms.TextInput(label=t("怎样兑现的", "How it was kept"), required=False, max_length=300)

    def prepare(self) -> None:
        self.rows = {str(p.pk): p for p in self.record.promises.filter(kept_at=None)}
        self.add_choices("promise", [(pk, p.text) for pk, p in self.rows.items()])
        choose_the_only(self, "promise", self.rows)

    def values(self) -> dict[str, Any]:
        """The promise kept, and how."""
        return {"kept": self.rows[self.cleaned_data["promise"]], "note": self.cleaned_data["note"]}


class AnswerForm(ComplaintForm):
    answer_text = forms.TextField(label=t("给客户的答复", "Answer to the customer"), rows=6)
    channel = forms.Segments(label=t("怎样答复", "Answered by"))

    def prepare(self) -> None:
        self.add_choices("channel", options(self.procedure, "channel"))
        self.initial.setdefault("channel", self.record.channel)
        self.initial.setdefault("answer_text", self.record.statement)
        ask_outcomes(self, self.record.demands.order_by("pk"), "answer")

    def values(self) -> dict[str, Any]:
        """The answer, and what becomes of each demand."""
        return {**super().values(), "decisions": decisions(self)}


class CustomerSpeaksForm(ComplaintForm):
    """Who at the customer spoke."""

    who = forms.TextInput(label=t("客户方是谁", "Who at the customer"), required=False, max_length=60)

    def prepare(self) -> None:
        contact = self.record.contact_person
        self.initial.setdefault("who", contact.name if contact else self.record.caller_name)


class CustomerAcceptsForm(CustomerSpeaksForm):
    words = forms.TextField(label=t("客户的话", "Their words"), required=False)


class CustomerRefusesForm(CustomerSpeaksForm):
    refusal_reason = forms.TextField(label=t("为什么不接受", "Why they refuse"))


class AttemptCallForm(ComplaintForm):
    words = forms.TextInput(
        label=t("情况", "What happened"), required=False, placeholder=t("无人接听", "Nobody answered")
    )


class CallBackForm(ComplaintForm):
    satisfaction = forms.Segments(label=t("满意度", "Satisfaction"))
    words = forms.TextField(label=t("客户的原话", "The customer's own words"), required=False)

    def prepare(self) -> None:
        self.add_choices("satisfaction", options(self.procedure, "satisfaction"))


class CloseForm(ComplaintForm):
    closing_note = forms.TextField(label=t("结案说明", "Closing note"), required=False)

    def prepare(self) -> None:
        ask_outcomes(self, self.record.demands.filter(outcome="").order_by("pk"), "close")

    def values(self) -> dict[str, Any]:
        """The note, and what becomes of demands that nobody has decided yet."""
        return {**super().values(), "decisions": decisions(self)}


class RejectForm(ComplaintForm):
    reason = forms.Choice(label=t("理由", "Reason"))
    reject_reason = forms.TextField(label=t("说明与证据", "Explanation and evidence"))

    def prepare(self) -> None:
        self.add_choices("reason", options(self.procedure, "reject"))


class WithdrawForm(ComplaintForm):
    withdraw_reason = forms.TextField(label=t("客户为什么撤回", "Why the customer withdraws"))


class ReopenForm(ComplaintForm):
    reopen_reason = forms.TextField(label=t("为什么重新打开", "Why it is reopened"))


class MergeForm(ComplaintForm):
    into = forms.Lookup(
        label=t("并入哪一件", "Merge into"),
        url="complaint_lookup",
        must_exist=True,
        help=t("投诉编号", "Number of the complaint"),
    )

    def clean(self) -> dict[str, Any]:
        """Only a complaint the person may see can be named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        looked = cleaned.get("into")
        number = (looked.key or looked.text) if looked else ""
        found = visible_to(self.person, self.procedure).filter(number=number).first()
        if looked and found is None:
            self.refuse_field("into", t("没有编号为 {number} 的投诉", "There is no complaint {number}", number=number))
        cleaned["other"] = found
        return cleaned

    def values(self) -> dict[str, Any]:
        """The complaint it is merged into."""
        return {"into": self.cleaned_data["other"]}


class TransferForm(ComplaintForm):
    to = forms.Choice(label=t("移交给", "Hand over to"))
    reason = forms.TextInput(label=t("原因", "Reason"), max_length=300)

    def prepare(self) -> None:
        people = (
            Person.objects.filter(is_active=True).exclude(pk=self.record.owner_id or 0).select_related("department")
        )
        self.people = {str(person.pk): person for person in people}
        self.add_choices("to", [(pk, _named(person)) for pk, person in self.people.items()])

    def values(self) -> dict[str, Any]:
        """The colleague, and why."""
        return {"to": self.people[self.cleaned_data["to"]], "reason": self.cleaned_data["reason"]}


def _named(person: Person) -> Text:
    department = person.department.name if person.department else t("—", "—")
    return t("{who}（{department}）", "{who} ({department})", who=person.display_name, department=department)
