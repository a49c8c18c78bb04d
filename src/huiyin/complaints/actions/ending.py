"""Closing, rejecting with evidence, withdrawing, merging and undoing it, reopening."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.complaints.actions.answering import new_round
from huiyin.complaints.actions.demands import decide
from huiyin.complaints.actions.values import DemandDecision
from huiyin.complaints.models import Complaint
from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step


def close(
    complaint: Complaint, closing_note: str, decisions: Sequence[DemandDecision] = (), *, context: StepContext
) -> Complaint:
    """Close with the customer (ISO 10002 7.9); the procedure's gate lists what is still missing.

    ``decisions`` are of demands that came up after the answer.
    """
    with step(complaint, "close", **context.step_kwargs) as run:
        decide(run, complaint, decisions)
        complaint.closing_note = closing_note
        run.add_payload(note=closing_note)
    return complaint


def reject(complaint: Complaint, reason: str, reject_reason: str, *, context: StepContext) -> Complaint:
    """Not ours: explained to the customer with evidence (P1 5.4.4.5); ``reason`` is a key of ``reject``."""
    with step(complaint, "reject", **context.step_kwargs) as run:
        complaint.reject_reason = reject_reason or reason
        found = run.procedure.option("reject", reason)
        run.add_payload(reason=found.label if found else reason, words=reject_reason)
    return complaint


def withdraw(complaint: Complaint, withdraw_reason: str, *, context: StepContext) -> Complaint:
    """The customer takes the complaint back."""
    with step(complaint, "withdraw", **context.step_kwargs) as run:
        complaint.withdraw_reason = withdraw_reason
        run.add_payload(reason=withdraw_reason)
    return complaint


def merge(complaint: Complaint, into: Complaint, *, context: StepContext) -> Complaint:
    """This complaint is the same matter as ``into``; it rests there and can be taken out again."""
    with step(complaint, "merge", **context.step_kwargs) as run:
        into.refresh_from_db()
        if into.pk == complaint.pk:
            raise Refused(fields={"into": t("不能并入自己", "A complaint cannot be merged into itself")})
        if into.merged_into_id is not None or into.phase == "void":
            raise Refused(
                fields={"into": t("{number} 已作废或已并案", "{number} is void or merged itself", number=into.number)}
            )
        if complaint.merged.exists():
            raise Refused(
                [
                    t(
                        "已有投诉并入本投诉，请先取消",
                        "Other complaints are merged into this one; undo that first",
                    )
                ]
            )
        complaint.merged_into = into
        run.add_payload(into=into.number)
    return complaint


def unmerge(complaint: Complaint, *, context: StepContext) -> Complaint:
    """Undo a merge: the complaint stands again where it stood."""
    with step(complaint, "unmerge", **context.step_kwargs) as run:
        run.add_payload(into=complaint.merged_into.number if complaint.merged_into else "")
        complaint.merged_into = None
    return complaint


def reopen(complaint: Complaint, reopen_reason: str, *, context: StepContext) -> Complaint:
    """A person decides that the matter is not settled after all; a new round of handling begins."""
    with step(complaint, "reopen", **context.step_kwargs) as run:
        complaint.reopen_reason = reopen_reason
        new_round(complaint)
        run.add_payload(reason=reopen_reason)
    return complaint
