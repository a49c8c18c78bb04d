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
from huiyin.records.steps.context import Sent
from huiyin.records.steps.transitions import Taken


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
        self, facts: Facts, demands: Sequence[DemandAsked], promise: PromiseMade | None, *, sent: Sent
    ) -> None:
        """Take the complaint in; its number and id are set already."""
        complaint = self.record
        complaint.owner = sent.actor
        facts.lay_on(complaint)
        complaint.warranty = warranty_on(facts, complaint.procedure_id)
        with self._step("register", sent) as taken:
            self._ask_for(taken, demands)
            if promise is not None:
                row = self._promise(promise, sent)
                taken.event("complaint.promised", row, what=promise.text, promised_at=promise.promised_at)
            taken.particulars(
                customer=complaint.who,
                model=complaint.model,
                problem=complaint.problem[:200],
                channel=complaint.channel,
            )

    def _ask_for(self, taken: Taken, demands: Sequence[DemandAsked]) -> None:
        for wanted in demands:
            taken.touched(
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

    def supplement(self, facts: Facts, *, sent: Sent) -> None:
        """Correct the facts."""
        with self._step("supplement", sent):
            facts.lay_on(self.record)
            self.record.warranty = warranty_on(facts, self.record.procedure_id)

    def ask_customer(self, question: str, *, sent: Sent) -> None:
        """Ask the customer for what is missing."""
        with self._step("ask_customer", sent) as taken:
            taken.particulars(question=question)

    def record_reply(self, reply: str, *, sent: Sent) -> None:
        """The customer replied."""
        with self._step("record_reply", sent) as taken:
            taken.particulars(reply=reply)

    def verify(self, findings: str, verified: Decimal | None, defective: Decimal | None, *, sent: Sent) -> None:
        """Intake is complete and accurate."""
        with self._step("verify", sent) as taken:
            self.record.findings = findings
            if verified is not None:
                self.record.verified_quantity = verified
            if defective is not None:
                self.record.defect_quantity = defective
            taken.particulars(findings=findings)

    def forward(self, remark: str, *, sent: Sent) -> None:
        """Send the feedback sheet."""
        with self._step("forward", sent) as taken:
            taken.particulars(remark=remark)

    def promise(self, made: PromiseMade, *, sent: Sent) -> Promise:
        """Promise the customer something by a moment."""
        with self._step("promise", sent) as taken:
            row = self._promise(made, sent)
            taken.touched(row)
            taken.about = row
            taken.particulars(what=made.text, promised_at=made.promised_at)
        return row

    def _promise(self, made: PromiseMade, sent: Sent) -> Promise:
        return self.new(
            Promise,
            complaint_id=self.record.pk,
            text=made.text,
            promised_at=made.promised_at,
            made_by=sent.actor,
        )

    def keep_promise(self, kept: Promise, note: str, *, sent: Sent) -> None:
        """What was promised has been done."""
        with self._step("keep_promise", sent) as taken:
            kept.kept_at, kept.kept_note = sent.at, note
            taken.touched(kept)
            taken.about = kept
            taken.particulars(what=kept.text, note=note)

    # ---- judging

    def judge(self, judgement: Judgement, *, sent: Sent) -> None:
        """First analysis."""
        complaint = self.record
        with self._step("judge", sent) as taken:
            complaint.content, complaint.nature = judgement.content, judgement.nature
            complaint.cause_kind, complaint.severity = judgement.cause_kind, judgement.severity
            complaint.responsible, complaint.lighter = list(judgement.responsible), judgement.lighter
            departments = self.desk.staff.departments
            taken.particulars(
                severity=option(taken, "severity", judgement.severity),
                content=option(taken, "content", judgement.content),
                cause_kind=option(taken, "cause_kind", judgement.cause_kind),
                departments=[d.name for d in departments if d.key in judgement.responsible],
            )

    def assign(self, assignments: Sequence[Assignment], *, sent: Sent) -> list[Task]:
        """Split the problem to departments."""
        complaint = self.record
        with self._step("assign", sent) as taken:
            tasks = [self._task(taken, one, sent) for one in assignments]
            keys = [one.department.key for one in assignments]
            complaint.responsible = [*complaint.responsible, *(key for key in keys if key not in complaint.responsible)]
            taken.particulars(departments=[one.department.name for one in assignments])
        return tasks

    def _task(self, taken: Taken, one: Assignment, sent: Sent) -> Task:
        task = self.new(
            Task,
            complaint_id=self.record.pk,
            department=one.department,
            question=one.question,
            state="assigned",
            round=self.record.round,
            assigned_at=sent.at,
            assigned_by=sent.actor,
        )
        taken.event("task.assigned", task, department=one.department.name, question=one.question[:200])
        return task

    def settle(self, statement: str, verdict: str, *, sent: Sent) -> None:
        """The lighter path."""
        complaint = self.record
        with self._step("settle", sent) as taken:
            complaint.statement = complaint.verdict_reason = statement
            complaint.verdict, complaint.verdict_by = verdict, sent.actor
            complaint.lighter = True
            taken.particulars(statement=statement, verdict=option(taken, "verdict", verdict))

    def conclude(self, verdict: str, reason: str, statement: str, *, sent: Sent) -> None:
        """Merge the departments' answers."""
        complaint = self.record
        with self._step("conclude", sent) as taken:
            complaint.verdict, complaint.verdict_reason, complaint.statement = verdict, reason, statement
            complaint.verdict_by = sent.actor
            complaint.verdict_approved_by = complaint.verdict_approved_at = None
            taken.particulars(verdict=option(taken, "verdict", verdict), reason=reason)

    def approve_verdict(self, note: str, *, sent: Sent) -> None:
        """Somebody other than the proposer stands for the verdict."""
        complaint = self.record
        with self._step("approve_verdict", sent) as taken:
            complaint.verdict_approved_by, complaint.verdict_approved_at = sent.actor, sent.at
            taken.particulars(verdict=option(taken, "verdict", complaint.verdict), note=note)

    def return_verdict(self, note: str, *, sent: Sent) -> None:
        """The verdict is not convincing."""
        with self._step("return_verdict", sent) as taken:
            self.record.verdict_approved_by = self.record.verdict_approved_at = None
            taken.particulars(note=note)

    # ---- remedies

    def remedy(self, verb: str, wanted: RemedyWanted, *, sent: Sent) -> Remedy:
        """``grant_remedy`` within one's own limit, or ``request_remedy``."""
        granted = verb == "grant_remedy"
        with self._step(verb, sent) as taken:
            row = self.new(
                Remedy,
                complaint_id=self.record.pk,
                remedy=wanted.remedy,
                quantity=wanted.quantity,
                amount=wanted.amount,
                note=wanted.note,
                currency=taken.procedure.currency,
                decision=Remedy.GRANTED if granted else Remedy.REQUESTED,
                asked_by=sent.actor,
                asked_at=sent.at,
                decided_by=sent.actor if granted else None,
                decided_at=sent.at if granted else None,
            )
            taken.touched(row)
            taken.about = row
            say(taken, row)
        return row

    def decide_remedy(self, verb: str, row: Remedy, note: str, *, sent: Sent) -> None:
        """``approve_remedy`` or ``deny_remedy``."""
        with self._step(verb, sent) as taken:
            row.decision = Remedy.GRANTED if verb == "approve_remedy" else Remedy.DENIED
            row.decided_by, row.decided_at, row.decision_note = sent.actor, sent.at, note
            row.amount, row.quantity = _read(row.amount, "0.01"), _read(row.quantity, "0.001")
            taken.touched(row)
            taken.about = row
            say(taken, row, note)

    # ---- answering

    def answer(self, text: str, channel: str, *, sent: Sent) -> None:
        """Tell the customer the outcome."""
        complaint = self.record
        with self._step("answer", sent) as taken:
            row = self.new(
                Answer,
                complaint_id=complaint.pk,
                round=complaint.round,
                text=text,
                channel=channel,
                at=sent.at,
                by=sent.actor,
            )
            complaint.answered_at = sent.at
            taken.touched(row)
            taken.particulars(answer_text=text, channel=option(taken, "channel", channel), round=row.round)

    def accept(self, who: str, words: str, *, sent: Sent) -> None:
        """The customer accepts."""
        with self._step("accept", sent) as taken:
            taken.touched(self._decided(True, who, words, sent))
            self.record.accepted_at = sent.at
            taken.particulars(who=who, words=words)

    def refuse(self, who: str, reason: str, *, sent: Sent) -> None:
        """The customer does not accept; a new round begins."""
        with self._step("refuse", sent) as taken:
            taken.touched(self._decided(False, who, reason, sent))
            self.record.refusal_reason = reason
            new_round(self.record)
            taken.particulars(who=who, reason=reason, round=self.record.round)

    def _decided(self, accepted: bool, who: str, reason: str, sent: Sent) -> Answer:
        row = next(row for row in self.of(Answer) if row.round == self.record.round)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = accepted, sent.at, who, reason
        return row

    def attempt_call(self, words: str, *, sent: Sent) -> None:
        """Nobody was reached."""
        with self._step("attempt_call", sent) as taken:
            row = self.new(Call, complaint_id=self.record.pk, at=sent.at, by=sent.actor, reached=False, words=words)
            taken.touched(row)
            taken.particulars(words=words)

    def call_back(self, satisfaction: str, words: str, *, sent: Sent) -> None:
        """Ask how content the customer is."""
        with self._step("call_back", sent) as taken:
            row = self.new(
                Call,
                complaint_id=self.record.pk,
                at=sent.at,
                by=sent.actor,
                reached=True,
                satisfaction=satisfaction,
                words=words,
            )
            self.record.satisfaction, self.record.called_back_at = satisfaction, sent.at
            taken.touched(row)
            taken.particulars(satisfaction=option(taken, "satisfaction", satisfaction), words=words)

    # ---- ending and ownership

    def close(self, note: str, *, sent: Sent) -> None:
        """Close with the customer."""
        with self._step("close", sent) as taken:
            self.record.closing_note = note
            taken.particulars(note=note)

    def reject(self, reason: str, words: str, *, sent: Sent) -> None:
        """Not ours: explained with evidence."""
        with self._step("reject", sent) as taken:
            self.record.reject_reason = words or reason
            taken.particulars(reason=option(taken, "reject", reason), words=words)

    def withdraw(self, reason: str, *, sent: Sent) -> None:
        """The customer takes the complaint back."""
        with self._step("withdraw", sent) as taken:
            self.record.withdraw_reason = reason
            taken.particulars(reason=reason)

    def merge(self, into_id: int, into_number: str, *, sent: Sent) -> None:
        """The same matter as another complaint."""
        with self._step("merge", sent) as taken:
            self.record.merged_into_id = into_id
            taken.particulars(into=into_number)

    def reopen(self, reason: str, *, sent: Sent) -> None:
        """Not settled after all."""
        with self._step("reopen", sent) as taken:
            self.record.reopen_reason = reason
            new_round(self.record)
            taken.particulars(reason=reason)

    def offer_transfer(self, to: Person, reason: str, *, sent: Sent) -> None:
        """Ask a colleague to become the owner."""
        with self._step("offer_transfer", sent) as taken:
            self.record.transfer_to, self.record.transfer_reason = to, reason
            taken.tells(to)
            taken.particulars(to=to.display_name, reason=reason)

    def accept_transfer(self, *, sent: Sent) -> None:
        """The colleague takes it over."""
        complaint = self.record
        with self._step("accept_transfer", sent) as taken:
            taken.particulars(
                before=complaint.owner.display_name if complaint.owner else "",
                after=complaint.transfer_to.display_name,
            )
            complaint.owner, complaint.transfer_to, complaint.transfer_reason = (
                complaint.transfer_to,
                None,
                "",
            )

    def decline_transfer(self, reason: str, *, sent: Sent) -> None:
        """The colleague does not take it."""
        with self._step("decline_transfer", sent) as taken:
            self.record.transfer_to, self.record.transfer_reason = None, ""
            taken.particulars(reason=reason)

    def _step(self, verb: str, sent: Sent, part: Any = None) -> Any:
        assert sent.actor is not None
        return self.step(verb, actor=sent.actor, at=sent.at, part=part, values=sent.values)


def _read(value: Decimal | None, last_place: str) -> Decimal | None:
    """A number as it reads back from the database."""
    return None if value is None else Decimal(value).quantize(Decimal(last_place))
