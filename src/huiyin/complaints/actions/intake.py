"""Registering, completing, asking the customer, verifying, forwarding and promising."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from huiyin.complaints.actions.values import ComplaintFacts, DemandInput, PromiseInput
from huiyin.complaints.models import Complaint, Demand, Promise
from huiyin.customers.warranty import warranty_of
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step


def register(
    facts: ComplaintFacts,
    *,
    procedure_id: int,
    demands: Sequence[DemandInput] = (),
    promise: PromiseInput | None = None,
    context: StepContext,
) -> Complaint:
    """Take a complaint in and give it its number (ISO 10002 7.2); who takes it in is its first-contact owner."""
    complaint = Complaint(procedure_id=procedure_id, owner=context.actor)
    facts.apply_to(complaint)
    complaint.warranty = _warranty_on(facts, procedure_id)
    with step(complaint, "register", **context.step_kwargs) as run:
        _ask_for(run, complaint, demands)
        if promise is not None:
            _promise(run, complaint, promise, context)
        run.add_payload(
            customer=complaint.who,
            model=complaint.model,
            problem=complaint.problem[:200],
            channel=complaint.channel,
        )
    return complaint


def _warranty_on(facts: ComplaintFacts, procedure_id: int) -> str:
    """``inside``, ``outside`` or empty (unknown), judged on the site's day on which the complaint was received."""
    if facts.delivery is None:
        return ""
    zone = versions.procedure_of(procedure_id).zone
    state = warranty_of(facts.delivery, on=facts.received_at.astimezone(zone).date()).state
    return "" if state == "unknown" else state


def _ask_for(run: StepRun, complaint: Complaint, demands: Sequence[DemandInput]) -> None:
    for wanted in demands:
        run.touched(Demand.objects.create(complaint=complaint, **wanted.by_name()))


def supplement(
    complaint: Complaint, facts: ComplaintFacts, *, demands: Sequence[DemandInput] | None = None, context: StepContext
) -> Complaint:
    """Correct or complete the facts; ``demands`` replaces the recorded ones when given."""
    with step(complaint, "supplement", **context.step_kwargs) as run:
        facts.apply_to(complaint)
        complaint.warranty = _warranty_on(facts, complaint.procedure_id)
        if demands is not None:
            _replace_demands(run, complaint, demands)
    return complaint


def _replace_demands(run: StepRun, complaint: Complaint, demands: Sequence[DemandInput]) -> None:
    """What is demanded as before stays, and with it what was decided about it."""
    old = list(complaint.demands.all())
    asked = [_asked(row) for row in old]
    if asked == list(demands):
        return
    gone = [row for row, one in zip(old, asked, strict=True) if one not in demands]
    run.removed(*(row.part_key for row in gone))
    complaint.demands.filter(pk__in=[row.pk for row in gone]).delete()
    _ask_for(run, complaint, [one for one in demands if one not in asked])
    run.change("demands", [row.demand for row in old], [one.demand for one in demands])


def _asked(row: Demand) -> DemandInput:
    return DemandInput(row.demand, row.quantity, row.amount, row.note)


def ask_customer(complaint: Complaint, question: str, *, context: StepContext) -> Complaint:
    """Ask the customer for what is missing; pausable deadlines stand still until the reply."""
    with step(complaint, "ask_customer", **context.step_kwargs) as run:
        run.add_payload(question=question)
    return complaint


def record_reply(complaint: Complaint, reply: str, *, context: StepContext) -> Complaint:
    """The customer replied; the complaint goes back to where it stood."""
    with step(complaint, "record_reply", **context.step_kwargs) as run:
        run.add_payload(reply=reply)
    return complaint


def verify(
    complaint: Complaint,
    findings: str,
    *,
    verified_quantity: Decimal | None = None,
    defect_quantity: Decimal | None = None,
    context: StepContext,
) -> Complaint:
    """Confirm that intake is complete and accurate (ISO 10002 7.5; P2 4.3-1); quantities as far as checked."""
    with step(complaint, "verify", **context.step_kwargs) as run:
        complaint.findings = findings
        if verified_quantity is not None:
            complaint.verified_quantity = verified_quantity
        if defect_quantity is not None:
            complaint.defect_quantity = defect_quantity
        run.add_payload(findings=findings)
    return complaint


def forward(complaint: Complaint, remark: str, *, context: StepContext) -> Complaint:
    """Send the feedback sheet to those the procedure names (P2 4.3-2: within half a working day)."""
    with step(complaint, "forward", **context.step_kwargs) as run:
        run.add_payload(remark=remark)
    return complaint


def promise(complaint: Complaint, made: PromiseInput, *, context: StepContext) -> Promise:
    """Promise the customer something by a moment; it becomes an obligation toward the customer."""
    with step(complaint, "promise", **context.step_kwargs) as run:
        row = _promise_row(complaint, made, context)
        run.touched(row)
        run.about = row
        run.add_payload(what=made.text, promised_at=made.promised_at)
    return row


def _promise_row(complaint: Complaint, made: PromiseInput, context: StepContext) -> Promise:
    return Promise.objects.create(
        complaint=complaint, text=made.text, promised_at=made.promised_at, made_by=context.actor
    )


def _promise(run: StepRun, complaint: Complaint, made: PromiseInput, context: StepContext) -> None:
    row = _promise_row(complaint, made, context)
    run.event("complaint.promised", row, what=made.text, promised_at=made.promised_at)


def keep_promise(complaint: Complaint, kept: Promise, note: str, *, context: StepContext) -> Promise:
    """What was promised to the customer has been done."""
    with step(complaint, "keep_promise", **context.step_kwargs) as run:
        kept.refresh_from_db()
        if kept.complaint_id != complaint.pk or kept.kept_at is not None:
            raise Refused([t("这项承诺已经兑现", "This promise is kept already")])
        kept.kept_at, kept.kept_note = context.at, note
        kept.save()
        run.touched(kept)
        run.about = kept
        run.add_payload(what=kept.text, note=note)
    return kept
