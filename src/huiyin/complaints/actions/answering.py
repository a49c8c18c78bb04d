"""Answering the customer, their acceptance or refusal, and calling back."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.complaints.actions.demands import decide
from huiyin.complaints.actions.judging import option
from huiyin.complaints.actions.values import DemandDecision
from huiyin.complaints.models import Answer, Call, Complaint
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step


def answer(
    complaint: Complaint,
    answer_text: str,
    channel: str,
    decisions: Sequence[DemandDecision] = (),
    *,
    context: StepContext,
) -> Answer:
    """Tell the customer the outcome and what becomes of each demand (ISO 10002 7.7 and 7.8)."""
    with step(complaint, "answer", **context.step_kwargs) as run:
        decide(run, complaint, decisions)
        row = Answer.objects.create(
            complaint=complaint,
            round=complaint.round,
            text=answer_text,
            channel=channel,
            at=context.at,
            by=context.actor,
        )
        complaint.answered_at = context.at
        run.touched(row)
        run.add_payload(answer_text=answer_text, channel=option(run, "channel", channel), round=row.round)
    return row


def _last(complaint: Complaint) -> Answer:
    return complaint.answers.order_by("-round").get(round=complaint.round)


def accept(complaint: Complaint, who: str, words: str, *, context: StepContext) -> Complaint:
    """The customer accepts the answer."""
    with step(complaint, "accept", **context.step_kwargs) as run:
        row = _last(complaint)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = True, context.at, who, words
        row.save()
        complaint.accepted_at = context.at
        run.touched(row)
        run.add_payload(who=who, words=words)
    return complaint


def refuse(complaint: Complaint, who: str, refusal_reason: str, *, context: StepContext) -> Complaint:
    """The customer does not accept; a new round of handling begins (P1 5.4.4.3: until they are satisfied)."""
    with step(complaint, "refuse", **context.step_kwargs) as run:
        row = _last(complaint)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = False, context.at, who, refusal_reason
        row.save()
        complaint.refusal_reason = refusal_reason
        new_round(complaint)
        run.touched(row)
        run.add_payload(who=who, reason=refusal_reason, round=complaint.round)
    return complaint


def new_round(complaint: Complaint) -> None:
    """What must be given again when a complaint goes back to handling; the history stays in answers and journal."""
    complaint.round += 1
    complaint.answered_at = complaint.accepted_at = complaint.called_back_at = None
    complaint.satisfaction = ""
    complaint.verdict_approved_by = complaint.verdict_approved_at = None


def attempt_call(complaint: Complaint, words: str, *, context: StepContext) -> Call:
    """The call-back did not reach the customer."""
    with step(complaint, "attempt_call", **context.step_kwargs) as run:
        row = Call.objects.create(complaint=complaint, at=context.at, by=context.actor, reached=False, words=words)
        run.touched(row)
        run.add_payload(words=words)
    return row


def call_back(complaint: Complaint, satisfaction: str, words: str, *, context: StepContext) -> Call:
    """Ask the customer how content they are, after the solution."""
    with step(complaint, "call_back", **context.step_kwargs) as run:
        row = Call.objects.create(
            complaint=complaint,
            at=context.at,
            by=context.actor,
            reached=True,
            satisfaction=satisfaction,
            words=words,
        )
        complaint.satisfaction, complaint.called_back_at = satisfaction, context.at
        run.touched(row)
        run.add_payload(satisfaction=option(run, "satisfaction", satisfaction), words=words)
    return row
