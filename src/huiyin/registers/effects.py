"""What a step brings about beside its own record: linked records, fields of what it is about, ties that end."""

from __future__ import annotations

from collections.abc import Sequence

from huiyin.customers.actions import change_own_fields
from huiyin.customers.models import Customer
from huiyin.journal import kinds as tables
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.procedure.conditions import all_hold
from huiyin.procedure.kind_entries import EffectEntry
from huiyin.records.relations.relations import MADE_FOR, ids_linked_from, ids_linked_to
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.transitions import StepRun
from huiyin.registers import facts
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord


def bring_about(record: FormRecord, kind: DataKind, verb: str, run: StepRun) -> None:
    """Carry out every effect that the procedure ties to the step and whose conditions hold."""
    for one in kind.procedure.effects:
        if one.step == f"{kind.key}.{verb}" and _applies(one, record, run):
            _carry_out(one, record, run)


def _applies(one: EffectEntry, record: FormRecord, run: StepRun) -> bool:
    today = run.at.astimezone(run.procedure.zone).date()
    return all_hold(one.when, facts.reader(record, record.extra), today=today)


def _carry_out(one: EffectEntry, record: FormRecord, run: StepRun) -> None:
    context = StepContext(run.actor, run.at)
    if one.opens:
        _open(one, record, context, run)
    if one.writes and record.about_kind == Customer.kind and record.about_id is not None:
        customer = Customer.objects.filter(pk=record.about_id).first()
        if customer is not None:
            own = {there: record.extra.get(here) for there, here in one.writes.items()}
            change_own_fields(customer, own, context=context)
    if one.closes:
        kind = one.closes.partition(".")[0]
        _take(one.closes, [*ids_linked_from(kind, MADE_FOR, record), *ids_linked_to(record, MADE_FOR, kind)], context)
    if one.replaces:
        _check_is_only_one(one, record, run)
        _take(one.replaces, ids_linked_to(record, MADE_FOR, one.replaces.partition(".")[0]), context)


def _open(one: EffectEntry, record: FormRecord, context: StepContext, run: StepRun) -> None:
    from huiyin.registers.actions import FormInput, open_record  # which carries out effects

    opened, _, verb = one.opens.partition(".")
    values = {there: record.extra.get(here) for there, here in one.map.items()}
    about = tables.records_of(record.about_kind).filter(pk=record.about_id).first() if record.about_id else None
    if about is None or about.kind not in run.procedure.vocabulary.declared[opened].about:
        about = record
    open_record(
        opened,
        verb,
        FormInput(facts=values),
        procedure_id=record.procedure_id,
        context=context,
        about=about,
        tied_to=record,
    )


def _take(step: str, ids: Sequence[int], context: StepContext) -> None:
    """Take a step (``kind.verb``) on these records of that kind, where it may be taken."""
    from huiyin.registers.actions import FormInput, take  # which carries out effects

    kind, _, verb = step.partition(".")
    for other in FormRecord.objects.filter(kind=kind, pk__in=ids).order_by("pk"):
        if _may(other, verb):
            take(other, verb, FormInput(), context=context)


def _check_is_only_one(one: EffectEntry, record: FormRecord, run: StepRun) -> None:
    """Of two editions begun from the same one only the first takes its place; Refused with its number otherwise."""
    step = run.procedure.step(one.step)
    for pk in ids_linked_to(record, MADE_FOR, record.kind):
        before = FormRecord.objects.filter(pk=pk).first()
        others = ids_linked_from(record.kind, MADE_FOR, before) if before is not None else []
        rivals = FormRecord.objects.filter(pk__in=others, state=step.to if step else "").exclude(pk=record.pk)
        if before is not None and (rival := rivals.first()) is not None:
            said = t(
                "{before} 已由 {rival} 取代，请在 {rival} 上修订",
                "{rival} has taken the place of {before} already; revise {rival}.",
                before=before.number,
                rival=rival.number,
            )
            raise Refused([said])


def _may(record: FormRecord, verb: str) -> bool:
    table = versions.procedure_of(record.procedure_id).step_table(record.kind)
    return table.transition(record.state, verb) is not None
