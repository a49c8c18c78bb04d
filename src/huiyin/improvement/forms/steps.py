"""The small forms of a case's steps."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from huiyin.improvement.access import visible_to
from huiyin.improvement.actions.effects import VERDICTS
from huiyin.improvement.actions.opening import NEEDED
from huiyin.improvement.actions.submitting import HIGHEST, SUBMITTABLE_SECTIONS
from huiyin.improvement.forms.fields import ColleagueField, decided, departments, truth
from huiyin.improvement.models import EffectCheck, Submission
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.rounds import needs_new_analysis
from huiyin.improvement.report.sections import BY_KEY
from huiyin.improvement.values import EXPLAINS, EffectPlan, NeedsDecision
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department
from huiyin.records.access import record_for
from huiyin.records.models import Link
from huiyin.records.relations.relations import linked_records
from huiyin.records.steps.pages import RecordForm
from huiyin.ui import forms
from huiyin.ui.sanitise import row_id


class ProblemForm(RecordForm):
    """A step of a case."""

    def missing_field(self, name: str) -> Any:
        """A line for a text that the procedure wants of this step; the report's tables have their own places."""
        if name in ("model", "batch", "customer_reference"):
            return forms.TextInput(label=self.procedure.field_label("problem", name), max_length=60)
        if name in ("severity", "defect"):
            options = [(one.key, one.label) for one in self.procedure.catalogue(name)]
            return forms.Choice(label=self.procedure.field_label("problem", name), options=options)
        return None

    def choose_only(self, name: str) -> None:
        """Where only one thing can be chosen it is chosen already."""
        options = [key for key, _ in getattr(self.fields[name], "choices", ()) if key]
        if len(options) == 1:
            self.initial.setdefault(name, options[0])


class ProblemNoteForm(ProblemForm):
    words = forms.TextField(label=t("说明", "Note"), required=False)


class AnalyseForm(ProblemNoteForm):
    """In a new round without a word on the cause it asks why the cause stays, where the procedure wants to know."""

    stays = forms.TextField(
        label=t("原因为什么不变", "Why the cause stays the same"),
        rows=3,
        help=t(
            "措施无效或重新立案之后，原因一栏还没有写过。最好先写出这一轮查明的原因；确实不变，请在这里说明依据",
            "Nothing was written on the cause since the actions failed or the case was reopened. "
            "Better write what this round found; if it is the same, say here how you know",
        ),
    )

    def prepare(self) -> None:
        wanted = self.procedure.step("problem.analyse")
        asks = wanted is not None and "cause_sought_anew" in wanted.guards
        if not (asks and needs_new_analysis(self.record, load_details(self.record))):
            del self.fields["stays"]

    def values(self) -> dict[str, Any]:
        """The note, and why the cause stays where that was asked."""
        return {"words": self.cleaned_data["words"], "stays": self.cleaned_data.get("stays", "")}


class ProblemReasonForm(ProblemForm):
    words = forms.TextField(label=t("理由", "Reason"))


class ProblemStatementForm(ProblemForm):
    statement = forms.TextField(
        label=t("处理说明", "Short statement"),
        rows=4,
        help=t(
            "原因、怎么处理的、为什么不需要完整报告",
            "The cause, what was done, and why no full report is needed",
        ),
    )

    def prepare(self) -> None:
        self.initial.setdefault("statement", self.record.statement)


class DecideForm(ProblemForm):
    needs_cause = decided(
        t("原因分析", "Cause analysis"), t("需要", "Needed"), t("不需要", "Not needed"), t("未定", "Open")
    )
    needs_action = decided(
        t("纠正和预防措施", "Corrective or preventive action"),
        t("需要", "Needed"),
        t("不需要", "Not needed"),
        t("未定", "Open"),
    )
    needs_effect = decided(
        t("效果确认", "Confirmation of effect"),
        t("需要", "Needed"),
        t("不需要", "Not needed"),
        t("未定", "Open"),
    )
    department = forms.Choice(label=t("责任部门", "Responsible department"), required=False)
    reason = forms.TextField(label=t("理由", "Reason"))

    def prepare(self) -> None:
        self.add_choices("department", departments())
        self.initial.setdefault("department", str(self.record.department_id or ""))
        self.initial.setdefault("reason", self.record.decision_reason)
        for name, _ in NEEDED:
            self.fields[name].required = True
            standing = getattr(self.record, name)
            self.initial.setdefault(name, "" if standing is None else "yes" if standing else "no")

    def values(self) -> dict[str, Any]:
        """What the case needs."""
        c = self.cleaned_data
        chosen = row_id(c["department"] or "")
        department = Department.objects.filter(pk=chosen).first() if chosen else None
        cause, action, effect = (bool(truth(c[name])) for name, _ in NEEDED)
        return {"decision": NeedsDecision(cause, action, effect, c["reason"], department)}


class HandOverForm(ProblemForm):
    owner = ColleagueField(label=t("移交给", "Hand over to"), required=True)
    reason = forms.TextInput(label=t("原因", "Reason"), required=False, max_length=300)


class ReferForm(ProblemForm):
    other = forms.Lookup(
        label=t("引用哪一份报告", "Which report"),
        url="problem_lookup",
        must_exist=True,
        help=t(
            "同一客户或同一产品、已查明原因的案例编号",
            "Number of a case of the same customer or product whose cause is found",
        ),
    )
    reason = forms.TextField(label=t("为什么是同一问题", "Why it is the same problem"))

    def clean(self) -> dict[str, Any]:
        """Only a case the person may see can be named."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        looked = cleaned.get("other")
        number = (looked.key or looked.text) if looked else ""
        found = visible_to(self.person, self.procedure).filter(number=number).exclude(pk=self.record.pk).first()
        if looked and found is None:
            self.refuse_field(
                "other", t("没有编号为 {number} 的其他案例", "There is no other case {number}", number=number)
            )
        cleaned["case"] = found
        return cleaned

    def values(self) -> dict[str, Any]:
        """The report that is referred to, and why."""
        return {"other": self.cleaned_data["case"], "reason": self.cleaned_data["reason"]}


class AttachForm(ProblemForm):
    """The number of a complaint is enough; whoever may not see it is told that there is none."""

    case = forms.TextInput(label=t("投诉编号", "Number of the complaint"), max_length=40)

    def clean(self) -> dict[str, Any]:
        """The complaint, if the person may see it."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        number = cleaned.get("case", "")
        try:
            cleaned["record"] = record_for(self.person, "complaint", number) if number else None
        except Http404:
            self.refuse_field("case", t("没有编号为 {number} 的投诉", "There is no complaint {number}", number=number))
        return cleaned

    def values(self) -> dict[str, Any]:
        """The complaint."""
        return {"record": self.cleaned_data["record"]}


class DetachForm(ProblemForm):
    case = forms.Choice(label=t("移出哪一件", "Which one"))
    reason = forms.TextInput(label=t("为什么不是同一问题", "Why it is another problem"), max_length=300)

    def prepare(self) -> None:
        self.rows = {str(one.link_id): one for one in linked_records(self.record, self.person, relations=[EXPLAINS])}
        self.add_choices(
            "case", [(key, f"{one.record.number} · {one.record.subject}") for key, one in self.rows.items()]
        )
        self.choose_only("case")

    def values(self) -> dict[str, Any]:
        """The tie that is undone, the complaint at its end, and why."""
        tied = self.rows[self.cleaned_data["case"]]
        link = Link.objects.get(pk=tied.link_id)
        return {"link": link, "record": tied.record, "reason": self.cleaned_data["reason"]}


class EffectPlanForm(ProblemForm):
    metric = forms.TextInput(
        label=t("衡量什么", "What is measured"),
        max_length=120,
        placeholder=t("例如：客户处每月漏油件数", "For instance: leaking parts a month at the customer"),
    )
    baseline = forms.TextInput(label=t("现在", "Baseline"), max_length=60)
    target = forms.TextInput(label=t("目标", "Target"), max_length=60)
    starts_on = forms.Day(label=t("从", "From"))
    ends_on = forms.Day(label=t("到", "Until"))
    checker = ColleagueField(
        label=t("验证人", "Checked by"),
        required=True,
        help=t("不能是案例或措施的负责人", "Not somebody who owns the case or an action"),
    )

    def values(self) -> dict[str, Any]:
        """The plan."""
        return {"plan": EffectPlan(**super().values())}


class OpenEffectForm(ProblemForm):
    """A step about one of the effect checks that are still open."""

    effect = forms.Choice(label=t("哪一项验证", "Which check"))

    def prepare(self) -> None:
        open_ones = EffectCheck.objects.filter(problem=self.record, verdict="").order_by("id")
        self.rows = {str(one.pk): one for one in open_ones}
        self.add_choices("effect", [(pk, _check(one)) for pk, one in self.rows.items()])
        self.choose_only("effect")

    def values(self) -> dict[str, Any]:
        """What was typed, with the check it is about."""
        return {**super().values(), "effect": self.rows[self.cleaned_data["effect"]]}


def _check(row: EffectCheck) -> Text:
    return t(
        "{metric}：{baseline} → {target}（到 {day}）",
        "{metric}: {baseline} → {target} (until {day})",
        metric=row.metric,
        baseline=row.baseline,
        target=row.target,
        day=row.ends_on,
    )


class EffectCheckForm(OpenEffectForm):
    result = forms.TextInput(label=t("测得的结果", "Result measured"), max_length=60)
    verdict = forms.Segments(label=t("结论", "Verdict"), options=list(VERDICTS.items()))
    words = forms.TextField(label=t("说明", "Note"), required=False)


class EffectDropForm(OpenEffectForm):
    reason = forms.TextField(label=t("为什么撤销", "Why it is dropped"))


class SubmitForm(ProblemForm):
    to = forms.TextInput(label=t("提交给谁", "To whom"), max_length=120)
    reaches = forms.Segments(
        label=t("报告到哪一步", "How far it reaches"), options=[(key, key) for key in SUBMITTABLE_SECTIONS]
    )
    note = forms.TextField(label=t("附言", "Note"), required=False)

    def prepare(self) -> None:
        self.initial.setdefault("to", self.record.customer_name)
        self.initial.setdefault("reaches", "D8" if self.record.proven_at else "D5" if self.record.analysed_at else "D3")


class SubmissionForm(ProblemForm):
    submission_row = forms.Choice(label=t("哪一次提交", "Which submission"))
    decision = forms.Segments(label=t("客户意见", "The customer's decision"))
    score = forms.Number(label=t("评分（0–100）", "Score (0 to 100)"), required=False, least=0, most=HIGHEST)
    words = forms.TextField(label=t("客户的话", "Their words"), required=False)

    def prepare(self) -> None:
        waiting = Submission.objects.filter(problem=self.record, decision="").defer("content").order_by("id")
        self.rows = {str(one.pk): one for one in waiting}
        self.add_choices("submission_row", [(pk, _given(one)) for pk, one in self.rows.items()])
        self.choose_only("submission_row")
        self.choose_from("decision", "submission_decision")

    def values(self) -> dict[str, Any]:
        """The submission they decided on, and what they said of it."""
        c = self.cleaned_data
        submission = self.rows[c["submission_row"]]
        submission.problem = self.record
        score = None if c["score"] is None else int(c["score"])
        return {"submission": submission, "decision": c["decision"], "score": score, "words": c["words"]}


def _given(row: Submission) -> Text:
    title = BY_KEY[row.reaches].key
    return t(
        "{day} 提交给 {to}，到 {reaches}",
        "{day} to {to}, up to {reaches}",
        day=row.sent_at.date(),
        to=row.to,
        reaches=title,
    )
