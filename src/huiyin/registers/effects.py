"""What a step brings about beside its own record: linked records, fields of what it is about, ties that end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from huiyin.journal import kinds as tables
from huiyin.kernel.text import t
from huiyin.procedure import versions
from huiyin.procedure.conditions import all_hold
from huiyin.procedure.kind_entries import EffectEntry
from huiyin.records.models import Record
from huiyin.records.relations.relations import MADE_FOR as FOR
from huiyin.records.relations.relations import ids_linked_from, ids_linked_to
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.transitions import StepRun
from huiyin.registers import facts
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import FormRecord

Opener = Callable[[Record, Mapping[str, Any], StepContext, int], Record]
Writer = Callable[[Record, Mapping[str, Any], StepContext], None]
_openers: dict[str, Opener] = {}
_writers: dict[str, Writer] = {}


def register_opener(kind: str, opener: Opener) -> None:
    """``opener(from, values, context, procedure_id)`` opens a record of a kind of the product for an effect."""
    _openers[kind] = opener


def register_writer(kind: str, writer: Writer) -> None:
    """``writer(record, values, context)`` writes the company's own fields of a kind of the product for an effect."""
    _writers[kind] = writer


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
    if one.writes and record.about_id is not None:
        about = tables.records_of(record.about_kind).filter(pk=record.about_id).first()
        writer = _writers.get(record.about_kind)
        values = {there: record.extra.get(here) for there, here in one.writes.items()}
        if about is not None and writer is not None:
            writer(about, values, context)
    if one.closes:
        _take(one.closes, record, context, lambda kind: ids_linked_from(kind, FOR, record))
    if one.replaces:
        _check_is_only_one(one, record, run)
        _take(one.replaces, record, context, lambda kind: ids_linked_to(record, FOR, kind))


def _open(one: EffectEntry, record: FormRecord, context: StepContext, run: StepRun) -> None:
    from huiyin.registers.actions import FormInput, open_record  # which carries out effects

    opened, _, verb = one.opens.partition(".")
    values = {there: record.extra.get(here) for there, here in one.map.items()}
    if opened in run.procedure.vocabulary.declared:
        about = tables.records_of(record.about_kind).filter(pk=record.about_id).first() if record.about_id else None
        open_record(
            opened,
            verb,
            FormInput(facts=values),
            procedure_id=record.procedure_id,
            context=context,
            about=about
            if about is not None and about.kind in run.procedure.vocabulary.declared[opened].about
            else record,
            tied_to=record,
        )
    elif opened in _openers:
        _openers[opened](record, values, context, record.procedure_id)


def _take(step: str, record: FormRecord, context: StepContext, ids_of: Callable[[str], list[int]]) -> None:
    """Take a step (``kind.verb``) on the records of that kind that are tied to this one, where it may be taken."""
    from huiyin.registers.actions import FormInput, take  # which carries out effects

    kind, _, verb = step.partition(".")
    for pk in ids_of(kind):
        other = FormRecord.objects.filter(pk=pk).first()
        if other is not None and _may(other, verb):
            take(other, verb, FormInput(), context=context)


def _check_is_only_one(one: EffectEntry, record: FormRecord, run: StepRun) -> None:
    """Of two editions begun from the same one only the first takes its place; Refused with its number otherwise."""
    step = run.procedure.step(one.step)
    for pk in ids_linked_to(record, FOR, record.kind):
        before = FormRecord.objects.filter(pk=pk).first()
        others = ids_linked_from(record.kind, FOR, before) if before is not None else []
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
