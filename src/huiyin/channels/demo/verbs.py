"""The steps of a complaint taken in memory, each saying and changing what its action in ``complaints.actions`` does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from huiyin.channels.demo.memory import Live
from huiyin.complaints.actions.answering import new_round
from huiyin.complaints.actions.intake import warranty_on
from huiyin.complaints.actions.judging import option
from huiyin.complaints.actions.remedies import say
from huiyin.complaints.actions.values import (
    Assignment,
    DemandAsked,
    Facts,
    Judgement,
    PromiseMade,
    RemedyWanted,
)
from huiyin.complaints.models import Answer, Call, Demand, Measure, Promise, Remedy, Task
from huiyin.people.models import Person
from huiyin.records.files.files import Kept
from huiyin.records.models import Attachment
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.transitions import StepRun


class LiveComplaint(Live):
    """A complaint in memory with its demands, tasks, measures, remedies, answers, calls and promises."""

    def known(self, name: str, part: Any) -> Any:
        """What the guards of complaints and tasks ask the database for."""
        match name:
            case "demands":
                return bool(self.of(Demand))
            case "files":
                return bool(self.of(Attachment))
            case "tasks":
                return self.of(Task)
            case "requests":
                return any(row.decision == Remedy.REQUESTED for row in self.of(Remedy))
            case "promises":
                return any(row.kept_at is None for row in self.of(Promise))
            case "answered_by":
                return next((row.by_id for row in reversed(self.of(Answer))), None)
            case "measures":
                return [row for row in self.of(Measure) if row.task_id == part.id]
        return super().known(name, part)

    # ---- intake

    def register(
        self, facts: Facts, demands: Sequence[DemandAsked], promise: PromiseMade | None, *, context: StepContext
    ) -> None:
        """Take the complaint in; its number and id are set already."""
        complaint = self.record
        complaint.owner = context.actor
        facts.lay_on(complaint)
        complaint.warranty = warranty_on(facts, complaint.procedure_id)
        with self._step("register", context) as run:
            self._ask_for(run, demands)
            if promise is not None:
                row = self._promise(promise, context)
                run.event("complaint.promised", row, what=promise.text, promised_at=promise.promised_at)
            run.add_payload(
                customer=complaint.who,
                model=complaint.model,
                problem=complaint.problem[:200],
                channel=complaint.channel,
            )

    def _ask_for(self, run: StepRun, demands: Sequence[DemandAsked]) -> None:
        for wanted in demands:
            run.touched(
                self.new(
                    Demand,
                    complaint_id=self.record.pk,
                    demand=wanted.demand,
                    quantity=wanted.quantity,
                    amount=wanted.amount,
                    note=wanted.note,
                )
            )

    def attach(self, kept: Kept, *, actor: Person, at: datetime) -> None:
        """Put a file on the complaint whose bytes are in the store."""
        row = self.new(
            Attachment,
            kind="complaint",
            record_id=self.record.pk,
            part="",
            author_id=actor.pk,
            at=at,
            name=kept.name,
            sha256=kept.sha256,
            size=kept.size,
            mime=kept.mime,
            width=kept.width,
            height=kept.height,
        )
        self.note(
            "record.file_attached",
            actor=actor,
            at=at,
            parts=[row],
            name=row.name,
            size=row.size,
            sha256=row.sha256,
        )

    def supplement(self, facts: Facts, *, context: StepContext) -> None:
        """Correct the facts."""
        with self._step("supplement", context):
            facts.lay_on(self.record)
            self.record.warranty = warranty_on(facts, self.record.procedure_id)

    def ask_customer(self, question: str, *, context: StepContext) -> None:
        """Ask the customer for what is missing."""
        with self._step("ask_customer", context) as run:
            run.add_payload(question=question)

    def record_reply(self, reply: str, *, context: StepContext) -> None:
        """The customer replied."""
        with self._step("record_reply", context) as run:
            run.add_payload(reply=reply)

    def verify(
        self, findings: str, verified: Decimal | None, defective: Decimal | None, *, context: StepContext
    ) -> None:
        """Intake is complete and accurate."""
        with self._step("verify", context) as run:
            self.record.findings = findings
            if verified is not None:
                self.record.verified_quantity = verified
            if defective is not None:
                self.record.defect_quantity = defective
            run.add_payload(findings=findings)

    def forward(self, remark: str, *, context: StepContext) -> None:
        """Send the feedback sheet."""
        with self._step("forward", context) as run:
            run.add_payload(remark=remark)

    def promise(self, made: PromiseMade, *, context: StepContext) -> Promise:
        """Promise the customer something by a moment."""
        with self._step("promise", context) as run:
            row = self._promise(made, context)
            run.touched(row)
            run.about = row
            run.add_payload(what=made.text, promised_at=made.promised_at)
        return row

    def _promise(self, made: PromiseMade, context: StepContext) -> Promise:
        return self.new(
            Promise,
            complaint_id=self.record.pk,
            text=made.text,
            promised_at=made.promised_at,
            made_by=context.actor,
        )

    def keep_promise(self, kept: Promise, note: str, *, context: StepContext) -> None:
        """What was promised has been done."""
        with self._step("keep_promise", context) as run:
            kept.kept_at, kept.kept_note = context.at, note
            run.touched(kept)
            run.about = kept
            run.add_payload(what=kept.text, note=note)

    # ---- judging

    def judge(self, judgement: Judgement, *, context: StepContext) -> None:
        """First analysis."""
        complaint = self.record
        with self._step("judge", context) as run:
            complaint.content, complaint.nature = judgement.content, judgement.nature
            complaint.cause_kind, complaint.severity = judgement.cause_kind, judgement.severity
            complaint.responsible, complaint.lighter = list(judgement.responsible), judgement.lighter
            departments = self.desk.staff.departments
            run.add_payload(
                severity=option(run, "severity", judgement.severity),
                content=option(run, "content", judgement.content),
                cause_kind=option(run, "cause_kind", judgement.cause_kind),
                departments=[d.name for d in departments if d.key in judgement.responsible],
            )

    def assign(self, assignments: Sequence[Assignment], *, context: StepContext) -> list[Task]:
        """Split the problem to departments."""
        complaint = self.record
        with self._step("assign", context) as run:
            tasks = [self._task(run, one, context) for one in assignments]
            keys = [one.department.key for one in assignments]
            complaint.responsible = [*complaint.responsible, *(key for key in keys if key not in complaint.responsible)]
            run.add_payload(departments=[one.department.name for one in assignments])
        return tasks

    def _task(self, run: StepRun, one: Assignment, context: StepContext) -> Task:
        task = self.new(
            Task,
            complaint_id=self.record.pk,
            department=one.department,
            question=one.question,
            state="assigned",
            round=self.record.round,
            assigned_at=context.at,
            assigned_by=context.actor,
        )
        run.event("task.assigned", task, department=one.department.name, question=one.question[:200])
        return task

    def settle(self, statement: str, verdict: str, *, context: StepContext) -> None:
        """The lighter path."""
        complaint = self.record
        with self._step("settle", context) as run:
            complaint.statement = complaint.verdict_reason = statement
            complaint.verdict, complaint.verdict_by = verdict, context.actor
            complaint.lighter = True
            run.add_payload(statement=statement, verdict=option(run, "verdict", verdict))

    def conclude(self, verdict: str, reason: str, statement: str, *, context: StepContext) -> None:
        """Merge the departments' answers."""
        complaint = self.record
        with self._step("conclude", context) as run:
            complaint.verdict, complaint.verdict_reason, complaint.statement = verdict, reason, statement
            complaint.verdict_by = context.actor
            complaint.verdict_approved_by = complaint.verdict_approved_at = None
            run.add_payload(verdict=option(run, "verdict", verdict), reason=reason)

    def approve_verdict(self, note: str, *, context: StepContext) -> None:
        """Somebody other than the proposer stands for the verdict."""
        complaint = self.record
        with self._step("approve_verdict", context) as run:
            complaint.verdict_approved_by, complaint.verdict_approved_at = context.actor, context.at
            run.add_payload(verdict=option(run, "verdict", complaint.verdict), note=note)

    def return_verdict(self, note: str, *, context: StepContext) -> None:
        """The verdict is not convincing."""
        with self._step("return_verdict", context) as run:
            self.record.verdict_approved_by = self.record.verdict_approved_at = None
            run.add_payload(note=note)

    # ---- remedies

    def remedy(self, verb: str, wanted: RemedyWanted, *, context: StepContext) -> Remedy:
        """``grant_remedy`` within one's own limit, or ``request_remedy``."""
        granted = verb == "grant_remedy"
        with self._step(verb, context) as run:
            row = self.new(
                Remedy,
                complaint_id=self.record.pk,
                remedy=wanted.remedy,
                quantity=wanted.quantity,
                amount=wanted.amount,
                note=wanted.note,
                currency=run.procedure.currency,
                decision=Remedy.GRANTED if granted else Remedy.REQUESTED,
                asked_by=context.actor,
                asked_at=context.at,
                decided_by=context.actor if granted else None,
                decided_at=context.at if granted else None,
            )
            run.touched(row)
            run.about = row
            say(run, row)
        return row

    def decide_remedy(self, verb: str, row: Remedy, note: str, *, context: StepContext) -> None:
        """``approve_remedy`` or ``deny_remedy``."""
        with self._step(verb, context) as run:
            row.decision = Remedy.GRANTED if verb == "approve_remedy" else Remedy.DENIED
            row.decided_by, row.decided_at, row.decision_note = context.actor, context.at, note
            row.amount, row.quantity = _read(row.amount, "0.01"), _read(row.quantity, "0.001")
            run.touched(row)
            run.about = row
            say(run, row, note)

    # ---- answering

    def answer(self, text: str, channel: str, *, context: StepContext) -> None:
        """Tell the customer the outcome."""
        complaint = self.record
        with self._step("answer", context) as run:
            row = self.new(
                Answer,
                complaint_id=complaint.pk,
                round=complaint.round,
                text=text,
                channel=channel,
                at=context.at,
                by=context.actor,
            )
            complaint.answered_at = context.at
            run.touched(row)
            run.add_payload(answer_text=text, channel=option(run, "channel", channel), round=row.round)

    def accept(self, who: str, words: str, *, context: StepContext) -> None:
        """The customer accepts."""
        with self._step("accept", context) as run:
            run.touched(self._decided(True, who, words, context))
            self.record.accepted_at = context.at
            run.add_payload(who=who, words=words)

    def refuse(self, who: str, reason: str, *, context: StepContext) -> None:
        """The customer does not accept; a new round begins."""
        with self._step("refuse", context) as run:
            run.touched(self._decided(False, who, reason, context))
            self.record.refusal_reason = reason
            new_round(self.record)
            run.add_payload(who=who, reason=reason, round=self.record.round)

    def _decided(self, accepted: bool, who: str, reason: str, context: StepContext) -> Answer:
        row = next(row for row in self.of(Answer) if row.round == self.record.round)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = accepted, context.at, who, reason
        return row

    def attempt_call(self, words: str, *, context: StepContext) -> None:
        """Nobody was reached."""
        with self._step("attempt_call", context) as run:
            row = self.new(
                Call, complaint_id=self.record.pk, at=context.at, by=context.actor, reached=False, words=words
            )
            run.touched(row)
            run.add_payload(words=words)

    def call_back(self, satisfaction: str, words: str, *, context: StepContext) -> None:
        """Ask how content the customer is."""
        with self._step("call_back", context) as run:
            row = self.new(
                Call,
                complaint_id=self.record.pk,
                at=context.at,
                by=context.actor,
                reached=True,
                satisfaction=satisfaction,
                words=words,
            )
            self.record.satisfaction, self.record.called_back_at = satisfaction, context.at
            run.touched(row)
            run.add_payload(satisfaction=option(run, "satisfaction", satisfaction), words=words)

    # ---- ending and ownership

    def close(self, note: str, *, context: StepContext) -> None:
        """Close with the customer."""
        with self._step("close", context) as run:
            self.record.closing_note = note
            run.add_payload(note=note)

    def reject(self, reason: str, words: str, *, context: StepContext) -> None:
        """Not ours: explained with evidence."""
        with self._step("reject", context) as run:
            self.record.reject_reason = words or reason
            run.add_payload(reason=option(run, "reject", reason), words=words)

    def withdraw(self, reason: str, *, context: StepContext) -> None:
        """The customer takes the complaint back."""
        with self._step("withdraw", context) as run:
            self.record.withdraw_reason = reason
            run.add_payload(reason=reason)

    def merge(self, into_id: int, into_number: str, *, context: StepContext) -> None:
        """The same matter as another complaint."""
        with self._step("merge", context) as run:
            self.record.merged_into_id = into_id
            run.add_payload(into=into_number)

    def reopen(self, reason: str, *, context: StepContext) -> None:
        """Not settled after all."""
        with self._step("reopen", context) as run:
            self.record.reopen_reason = reason
            new_round(self.record)
            run.add_payload(reason=reason)

    def offer_transfer(self, to: Person, reason: str, *, context: StepContext) -> None:
        """Ask a colleague to become the owner."""
        with self._step("offer_transfer", context) as run:
            self.record.transfer_to, self.record.transfer_reason = to, reason
            run.notify(to)
            run.add_payload(to=to.display_name, reason=reason)

    def accept_transfer(self, *, context: StepContext) -> None:
        """The colleague takes it over."""
        complaint = self.record
        with self._step("accept_transfer", context) as run:
            run.add_payload(
                before=complaint.owner.display_name if complaint.owner else "",
                after=complaint.transfer_to.display_name,
            )
            complaint.owner, complaint.transfer_to, complaint.transfer_reason = (
                complaint.transfer_to,
                None,
                "",
            )

    def decline_transfer(self, reason: str, *, context: StepContext) -> None:
        """The colleague does not take it."""
        with self._step("decline_transfer", context) as run:
            self.record.transfer_to, self.record.transfer_reason = None, ""
            run.add_payload(reason=reason)

    def _step(self, verb: str, context: StepContext, part: Any = None) -> Any:
        assert context.actor is not None
        return self.step(verb, actor=context.actor, at=context.at, part=part, values=context.values)


def _read(value: Decimal | None, last_place: str) -> Decimal | None:
    """A number as it reads back from the database."""
    return None if value is None else Decimal(value).quantize(Decimal(last_place))
