"""Making a request, correcting it, signing it at once or late, denying and withdrawing it."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.records.models import Record
from huiyin.records.relations.relations import link_records
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import StepRun, step
from huiyin.returns import serials
from huiyin.returns.actions import wording
from huiyin.returns.actions.values import DepartmentSignature, ReplacementFacts, RequestedLine
from huiyin.returns.models import Line, Replacement

FOR = "replacement-for"
"""The tie between a request and the record it is made for."""
ROWS = frozenset({"lines"})
FIXED = frozenset({"customer", "customer_name", "claimable", "claimable_unit"})
"""What stays as it was when the request was made."""


def request(
    facts: ReplacementFacts, *, procedure_id: int, context: StepContext, about: Record | None = None
) -> Replacement:
    """Ask for goods to be sent again, exchanged or taken back (P2 4.3-2); ``about``: the complaint it is made for."""
    record = Replacement(procedure_id=procedure_id, owner=context.actor)
    facts.apply_to(record, but=ROWS)
    with step(record, "request", **context.step_kwargs) as run:
        _create_lines(record, facts.lines, run)
        if about is not None:
            link_records(record, about, FOR, run=run)
            run.add_payload(about=about.number)
        run.add_payload(what=wording.lines(facts.lines, run.procedure), urgent=facts.urgent)
    return record


def supplement(record: Replacement, facts: ReplacementFacts, *, context: StepContext) -> Replacement:
    """Correct what is asked for, as long as nobody signed it and nothing went out."""
    with step(record, "supplement", **context.step_kwargs) as run:
        facts.apply_to(record, but=ROWS | FIXED)
        for row in list(record.lines.order_by("id")):
            run.removed(row.part_key)
            row.delete()
        _create_lines(record, facts.lines, run)
        run.add_payload(what=wording.lines(facts.lines, run.procedure))
    return record


def _create_lines(record: Replacement, lines: Sequence[RequestedLine], run: StepRun) -> None:
    for one in lines:
        row = Line.objects.create(
            replacement=record,
            **one.by_name() | {"serials": serials.one_per_line(one.serials)},
        )
        run.touched(row)


def sign(record: Replacement, signature: DepartmentSignature, *, context: StepContext) -> Replacement:
    """Quality names the responsible department and how many of each line may go (P2 4.4-2)."""
    with step(record, "sign", **context.step_kwargs) as run:
        _sign(record, signature, run, context)
    return record


def sign_late(record: Replacement, signature: DepartmentSignature, *, context: StepContext) -> Replacement:
    """The signature that was owed since the goods went ahead of it (补签, P2 4.4-2)."""
    with step(record, "sign_late", **context.step_kwargs) as run:
        _sign(record, signature, run, context)
    return record


def _sign(record: Replacement, signature: DepartmentSignature, run: StepRun, context: StepContext) -> None:
    given = {line.pk: quantity for line, quantity in signature.quantities}
    rows = list(record.lines.order_by("id"))
    for row in rows:
        row.signed_quantity = given.get(row.pk, row.quantity)
        row.save()
        run.touched(row)
    record.responsible, record.sign_note = signature.department, signature.note
    record.signed_by, record.signed_at = context.actor, context.at
    run.add_payload(
        department=signature.department.name,
        department_key=signature.department.key,
        note=signature.note,
        what=wording.goods([(row, given.get(row.pk, row.quantity)) for row in rows], run.procedure),
    )


def deny(record: Replacement, reason: str, *, context: StepContext) -> Replacement:
    """Quality does not agree, with the reason."""
    with step(record, "deny", **context.step_kwargs) as run:
        record.deny_reason = reason
        run.add_payload(reason=reason)
    return record


def withdraw(record: Replacement, reason: str, *, context: StepContext) -> Replacement:
    """The request is taken back before any goods went or came."""
    with step(record, "withdraw", **context.step_kwargs) as run:
        record.withdraw_reason = reason
        run.add_payload(reason=reason)
    return record


def close(record: Replacement, note: str, *, context: StepContext) -> Replacement:
    """Everything is accounted for; the procedure's gate lists what is not."""
    with step(record, "close", **context.step_kwargs) as run:
        record.closing_note = note
        run.add_payload(note=note)
    return record
