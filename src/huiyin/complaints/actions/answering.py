"""Answering the customer, their acceptance or refusal, and calling back."""

from __future__ import annotations

from huiyin.complaints.actions.judging import option
from huiyin.complaints.models import Answer, Call, Complaint
from huiyin.records.steps.context import Sent
from huiyin.records.steps.stepping import step


def answer(complaint: Complaint, text: str, channel: str, *, sent: Sent) -> Answer:
    """Tell the customer the outcome (ISO 10002 7.7 and 7.8)."""
    with step(complaint, "answer", **sent.how) as taken:
        row = Answer.objects.create(
            complaint=complaint, round=complaint.round, text=text, channel=channel, at=sent.at, by=sent.actor
        )
        complaint.answered_at = sent.at
        taken.touched(row)
        taken.particulars(answer_text=text, channel=option(taken, "channel", channel), round=row.round)
    return row


def _last(complaint: Complaint) -> Answer:
    return complaint.answers.order_by("-round").get(round=complaint.round)


def accept(complaint: Complaint, who: str, words: str, *, sent: Sent) -> Complaint:
    """The customer accepts the answer."""
    with step(complaint, "accept", **sent.how) as taken:
        row = _last(complaint)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = True, sent.at, who, words
        row.save()
        complaint.accepted_at = sent.at
        taken.touched(row)
        taken.particulars(who=who, words=words)
    return complaint


def refuse(complaint: Complaint, who: str, reason: str, *, sent: Sent) -> Complaint:
    """The customer does not accept; a new round of handling begins (P1 5.4.4.3: until they are satisfied)."""
    with step(complaint, "refuse", **sent.how) as taken:
        row = _last(complaint)
        row.accepted, row.decided_at, row.decided_by_name, row.reason = False, sent.at, who, reason
        row.save()
        complaint.refusal_reason = reason
        new_round(complaint)
        taken.touched(row)
        taken.particulars(who=who, reason=reason, round=complaint.round)
    return complaint


def new_round(complaint: Complaint) -> None:
    """What must be given again when a complaint goes back to handling; the history stays in answers and journal."""
    complaint.round += 1
    complaint.answered_at = complaint.accepted_at = complaint.called_back_at = None
    complaint.satisfaction = ""
    complaint.verdict_approved_by = complaint.verdict_approved_at = None


def attempt_call(complaint: Complaint, words: str, *, sent: Sent) -> Call:
    """The call-back did not reach the customer."""
    with step(complaint, "attempt_call", **sent.how) as taken:
        row = Call.objects.create(complaint=complaint, at=sent.at, by=sent.actor, reached=False, words=words)
        taken.touched(row)
        taken.particulars(words=words)
    return row


def call_back(complaint: Complaint, satisfaction: str, words: str, *, sent: Sent) -> Call:
    """Ask the customer how content they are, after the solution."""
    with step(complaint, "call_back", **sent.how) as taken:
        row = Call.objects.create(
            complaint=complaint,
            at=sent.at,
            by=sent.actor,
            reached=True,
            satisfaction=satisfaction,
            words=words,
        )
        complaint.satisfaction, complaint.called_back_at = satisfaction, sent.at
        taken.touched(row)
        taken.particulars(satisfaction=option(taken, "satisfaction", satisfaction), words=words)
    return row
