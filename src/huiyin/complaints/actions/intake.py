"""Registering, completing, asking the customer, verifying, forwarding and promising."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from huiyin.complaints.actions.values import DemandAsked, Facts, PromiseMade
from huiyin.complaints.models import Complaint, Demand, Promise
from huiyin.customers.warranty import warranty_of
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, step


def register(
    facts: Facts,
    *,
    procedure_id: int,
    demands: Sequence[DemandAsked] = (),
    promise: PromiseMade | None = None,
    sent: Sent,
) -> Complaint:
    """Take a complaint in and give it its number (ISO 10002 7.2); who takes it in is its first-contact owner."""
    complaint = Complaint(procedure_id=procedure_id, owner=sent.actor)
    facts.lay_on(complaint)
    complaint.warranty = warranty_on(facts, procedure_id)
    with step(complaint, "register", **sent.how) as taken:
        _ask_for(taken, complaint, demands)
        if promise is not None:
            _promise(taken, complaint, promise, sent)
        taken.particulars(
            customer=complaint.who,
            model=complaint.model,
            problem=complaint.problem[:200],
            channel=complaint.channel,
        )
    return complaint


def warranty_on(facts: Facts, procedure_id: int) -> str:
    """``inside``, ``outside`` or empty (unknown), judged on the site's day on which the complaint was received."""
    if facts.delivery is None:
        return ""
    zone = versions.procedure_of(procedure_id).zone
    state = warranty_of(facts.delivery, on=facts.received_at.astimezone(zone).date()).state
    return "" if state == "unknown" else state


def _ask_for(taken: Taken, complaint: Complaint, demands: Sequence[DemandAsked]) -> None:
    for wanted in demands:
        row = Demand.objects.create(
            complaint=complaint,
            demand=wanted.demand,
            quantity=wanted.quantity,
            amount=wanted.amount,
            note=wanted.note,
        )
        taken.touched(row)


def supplement(
    complaint: Complaint, facts: Facts, *, demands: Sequence[DemandAsked] | None = None, sent: Sent
) -> Complaint:
    """Correct or complete the facts; ``demands`` replaces the recorded ones when given."""
    with step(complaint, "supplement", **sent.how) as taken:
        facts.lay_on(complaint)
        complaint.warranty = warranty_on(facts, complaint.procedure_id)
        if demands is not None:
            old = list(complaint.demands.all())
            if [_asked(d) for d in old] != list(demands):
                taken.removed(*(d.part_key for d in old))
                complaint.demands.all().delete()
                _ask_for(taken, complaint, demands)
                taken.change("demands", [d.demand for d in old], [d.demand for d in demands])
    return complaint


def _asked(row: Demand) -> DemandAsked:
    return DemandAsked(row.demand, row.quantity, row.amount, row.note)


def ask_customer(complaint: Complaint, question: str, *, sent: Sent) -> Complaint:
    """Ask the customer for what is missing; pausable deadlines stand still until the reply."""
    with step(complaint, "ask_customer", **sent.how) as taken:
        taken.particulars(question=question)
    return complaint


def record_reply(complaint: Complaint, reply: str, *, sent: Sent) -> Complaint:
    """The customer replied; the complaint goes back to where it stood."""
    with step(complaint, "record_reply", **sent.how) as taken:
        taken.particulars(reply=reply)
    return complaint


def verify(
    complaint: Complaint,
    findings: str,
    *,
    verified_quantity: Decimal | None = None,
    defect_quantity: Decimal | None = None,
    sent: Sent,
) -> Complaint:
    """Confirm that intake is complete and accurate (ISO 10002 7.5; P2 4.3-1); quantities as far as they were checked."""
    with step(complaint, "verify", **sent.how) as taken:
        complaint.findings = findings
        if verified_quantity is not None:
            complaint.verified_quantity = verified_quantity
        if defect_quantity is not None:
            complaint.defect_quantity = defect_quantity
        taken.particulars(findings=findings)
    return complaint


def forward(complaint: Complaint, remark: str, *, sent: Sent) -> Complaint:
    """Send the feedback sheet to those the procedure names (P2 4.3-2: within half a working day)."""
    with step(complaint, "forward", **sent.how) as taken:
        taken.particulars(remark=remark)
    return complaint


def promise(complaint: Complaint, made: PromiseMade, *, sent: Sent) -> Promise:
    """Promise the customer something by a moment; it becomes an obligation toward the customer."""
    with step(complaint, "promise", **sent.how) as taken:
        row = _promise_row(complaint, made, sent)
        taken.touched(row)
        taken.about = row
        taken.particulars(what=made.text, promised_at=made.promised_at)
    return row


def _promise_row(complaint: Complaint, made: PromiseMade, sent: Sent) -> Promise:
    return Promise.objects.create(complaint=complaint, text=made.text, promised_at=made.promised_at, made_by=sent.actor)


def _promise(taken: Taken, complaint: Complaint, made: PromiseMade, sent: Sent) -> None:
    row = _promise_row(complaint, made, sent)
    taken.event("complaint.promised", row, what=made.text, promised_at=made.promised_at)


def keep_promise(complaint: Complaint, kept: Promise, note: str, *, sent: Sent) -> Promise:
    """What was promised to the customer has been done."""
    with step(complaint, "keep_promise", **sent.how) as taken:
        kept.refresh_from_db()
        if kept.complaint_id != complaint.pk or kept.kept_at is not None:
            raise Refused([t("这项承诺已经兑现", "This promise is kept already")])
        kept.kept_at, kept.kept_note = sent.at, note
        kept.save()
        taken.touched(kept)
        taken.about = kept
        taken.particulars(what=kept.text, note=note)
    return kept
