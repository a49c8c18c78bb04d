"""Every write of a declared kind: open, take a step, correct, hand over; rows of child tables; each one step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.computing import settled_row
from huiyin.procedure.lexicon import GIVEN
from huiyin.records.files.files import attach_all
from huiyin.records.models import Attachment, Record
from huiyin.records.relations.relations import MADE_FOR, link_records
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import step
from huiyin.records.steps.transitions import StepRun
from huiyin.registers import effects, facts
from huiyin.registers.about import known_name
from huiyin.registers.approvals import approvals
from huiyin.registers.fields.asking import plain
from huiyin.registers.kinds import CORRECT, DataKind, kind_of
from huiyin.registers.models import FormRecord, FormRow
from huiyin.registers.periods import checked_period, of_whom, only_one_of, period_asked, told_period
from huiyin.registers.rows.input import RowInput
from huiyin.registers.rows.tasks import moved_from, opening_state, task_payload


@dataclass(frozen=True, slots=True)
class FormInput:
    """What a form of a declared kind gives: facts as they are stored, rows by child table, uploads by field.

    ``told`` is what the journal says of how the form came, beside what people wrote on it; ``reason`` why a step is
    taken that asks this.
    """

    facts: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, Sequence[RowInput]] = field(default_factory=dict)
    files: Mapping[str, Sequence[Any]] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""


def open_record(
    kind: str,
    verb: str,
    given: FormInput,
    *,
    procedure_id: int,
    context: StepContext,
    about: Record | None = None,
    period: str = "",
    tied_to: Record | None = None,
) -> FormRecord:
    """A record of a declared kind comes into being by one of its opening steps.

    ``about`` is the record it hangs on, ``tied_to`` the one from which it was opened, where that is another. One of a
    period kind speaks of ``period``, or else of the one in which it is opened.
    """
    declared = kind_of(versions.procedure_of(procedure_id), kind)
    whose = of_whom(declared, context.actor)
    period = checked_period(declared, period or period_asked(declared, None, at=context.at), about, whose)
    record = FormRecord(
        kind=kind,
        procedure_id=procedure_id,
        owner=context.actor,
        department=context.actor.department if context.actor is not None else None,
        period=period,
        of_whom=whose,
        opened_at=context.at,
    )
    if about is not None:
        _hang_on(record, about)
    with (
        only_one_of(record, about),
        transaction.atomic(),
        step(record, verb, **context.step_kwargs) as run,
    ):
        _write(record, declared, verb, given, run)
        for other in dict.fromkeys(one for one in (about, tied_to) if one is not None):
            link_records(record, other, MADE_FOR, run=run)
        approvals.on_step(record, verb, run)
        effects.bring_about(record, declared, verb, run)
    return record


def take(record: FormRecord, verb: str, given: FormInput, *, context: StepContext) -> FormRecord:
    """Take a step of the record with what its form asks."""
    declared = kind_of(versions.procedure_of(record.procedure_id), record.kind)
    with transaction.atomic():
        with step(record, verb, **context.step_kwargs) as run:
            _write(record, declared, verb, given, run)
            approvals.on_step(record, verb, run)
            effects.bring_about(record, declared, verb, run)
        approvals.ask_again_if_changed(record, context)
    return record


def correct(record: FormRecord, given: FormInput, *, context: StepContext, picked: Record | None = None) -> FormRecord:
    """Correct what stands on the record, and with ``picked`` what it is about; the journal keeps what stood before."""
    declared = kind_of(versions.procedure_of(record.procedure_id), record.kind)
    with transaction.atomic():
        with step(record, CORRECT, **context.step_kwargs) as run:
            if picked is not None:
                _hang_on(record, picked)
                link_records(record, picked, MADE_FOR, run=run)
            _write(record, declared, CORRECT, given, run)
            effects.bring_about(record, declared, CORRECT, run)
        approvals.ask_again_if_changed(record, context)
    return record


def hand_over(record: FormRecord, to: Person, reason: str, *, context: StepContext) -> FormRecord:
    """Somebody else is in charge from now on."""
    with step(record, "hand_over", **context.step_kwargs) as run:
        record.owner, record.department = to, to.department
        run.add_payload(to=to.display_name, reason=reason, **told_period(record))
        run.notify(to)
    return record


def end(record: FormRecord, verb: str, reason: str, *, context: StepContext) -> FormRecord:
    """Void a record, take a closed one up again, or withdraw it from approval, with the reason."""
    with step(record, verb, **context.step_kwargs) as run:
        run.add_payload(reason=reason, **told_period(record))
        approvals.on_step(record, verb, run)
    return record


def _hang_on(record: FormRecord, about: Record) -> None:
    record.about_kind, record.about_id, record.about_number = about.kind, about.pk, about.number
    record.about_name = known_name(about)[:160]


def _write(record: FormRecord, kind: DataKind, verb: str, given: FormInput, run: StepRun) -> None:
    """Put what a form gives on the record: facts, rows, files; then what is computed from them, and the payload.

    Rows come before the facts are settled, for sums read them.
    """
    merged = {**record.extra, **given.facts}
    for one in kind.fields:
        if one.copies and (verb in one.asked or (not one.asked and not record.extra)):
            merged[one.name] = facts.about_fact(record, one.copies)
    for name, uploads in given.files.items():
        if uploads:
            rows = attach_all(record, uploads, actor=run.actor, at=run.at, part=f"field:{name}", run=run)
            merged[name] = _with_files(merged.get(name), record.extra.get(name), rows)
    for name, inputs in given.rows.items():
        _write_rows(record, kind, name, inputs, run)
    repeated = facts.lay_down(record, facts.settled_facts(record, kind, merged, facts.facts_of_rows(record, kind)))
    if repeated:  # the step itself saves what the journal digests, and these columns only repeat it
        FormRecord.objects.filter(pk=record.pk).update(**repeated)
    promised = facts.promised_by(record, verb, run.procedure)
    why = {"reason": given.reason} if given.reason else {}
    run.add_payload(**_payload(record, kind, verb), **told_period(record), **given.told, **promised, **why)


def _with_files(given: Any, before: Any, rows: Sequence[Attachment]) -> Any:
    """What a field holds once files came to it: a signature the digest of its drawing, others their names."""
    if isinstance(given, dict):
        return {**given, "picture": rows[-1].sha256}
    return [*(before or []), *(row.name for row in rows)]


def _payload(record: FormRecord, kind: DataKind, verb: str) -> dict[str, Any]:
    """What the time-line says of a step: the facts its form asks, as people read them."""
    procedure = versions.procedure_of(record.procedure_id)
    return {
        one.name: _said(shown)
        for one in kind.asked_by(verb)
        if one.type not in ("rows", "note", "file", "photo")
        and (shown := facts.shown(one, record.extra.get(one.name), procedure)) is not None
    }


def _said(value: Any) -> Any:
    if isinstance(value, Text):
        return Text(value.show("zh"), value.show("en"))
    return value if isinstance(value, str) else str(plain(value))


def _write_rows(record: FormRecord, kind: DataKind, name: str, inputs: Sequence[RowInput], run: StepRun) -> None:
    """The rows of one child table as the form gives them; tasks that are new, or move, are given to their people."""
    table = kind.field(name)
    if table is None:
        return
    rows = kind.rows(table)
    present = {row.pk: row for row in record.rows.filter(part_kind=rows.key)}
    for position, one in enumerate(inputs):
        row = present.pop(one.pk, None) if one.pk is not None else None
        is_new = row is None
        row = row or FormRow(record=record, part_kind=rows.key, state=opening_state(rows))
        row.record = record
        before, was = (dict(row.extra), row.position), (row.owner_id, row.due_on)
        row.position, row.extra = position, row_facts(rows, row, {**row.extra, **one.facts})
        if rows.entry.rows == "task":
            row.owner, row.due_on = one.owner, one.due_on
        if is_new or (dict(row.extra), row.position) != before or (row.owner_id, row.due_on) != was:
            row.version += 0 if is_new else 1
            row.save()
            run.touched(row)
        moved = moved_from(row, *was) if not is_new and rows.entry.rows == "task" else {}
        if moved or (is_new and rows.entry.rows == "task"):
            run.event(f"{rows.key}.{GIVEN}", row, moved, **task_payload(row))
    gone = [row for row in present.values() if not row.state or rows.entry.rows != "task"]
    run.removed(*(row.part_key for row in gone))
    FormRow.objects.filter(pk__in=[row.pk for row in gone]).delete()


def row_facts(rows: DataKind, row: FormRow, given: Mapping[str, Any]) -> dict[str, Any]:
    """The facts of a row as they are kept: computed ones reckoned, and what is not shown gone."""
    return settled_row(rows.fields, given, today=facts.opened_on(row.record))
