"""Sheets that a procedure has signed: waiting for it, sent back, signed, turned down, asked for again, carried out.

Only procedures that declare the kind have them.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, time
from typing import Any

from huiyin.demo.company import StepUnavailable
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.texts.signed_sheets import SHEETS, SignedSheet
from huiyin.registers import actions
from huiyin.registers.actions import FormInput
from huiyin.registers.approvals import approvals
from huiyin.registers.models import ApprovalSigner, FormRecord
from huiyin.registers.rows.input import RowInput


def signed_sheet(script: Script, kind: str, until: str) -> WorkMinutes:
    """One sheet of a kind, until it is ``waiting``, ``returned``, ``declined``, ``signed``, ``again`` or ``done``."""
    if kind not in script.company.procedure.vocabulary.declared:
        raise StepUnavailable(f"{kind}.{SHEETS[kind].opens}")
    sheet = SHEETS[kind]
    record = _opened(script, kind, sheet)
    yield 20
    if script.offers(f"{kind}.submit", record):
        actions.take(record, "submit", FormInput(), context=_context(script, f"{kind}.submit", record))
        yield 45
    if until == "waiting":
        return
    yield 100
    if until in ("returned", "declined"):
        _act(script, record, "refuse", sheet.refusal)
        return
    _act(script, record, "sign", sheet.opinion)
    yield 0.6 * DAY
    if until == "again":
        changed = FormInput(_stored(script, kind, sheet.change))
        actions.correct(record, changed, context=_context(script, f"{kind}.correct", record))
    for verb, facts in sheet.then if until == "done" else ():
        given = FormInput(_stored(script, kind, facts), _rows(script, record, kind, sheet.rows_then))
        actions.take(record, verb, given, context=_context(script, f"{kind}.{verb}", record))
        yield 0.4 * DAY


def _context(script: Script, step: str, record: Any, part: Any = None) -> Any:
    by = [part.person.username] if part is not None and part.person is not None else [record.owner.username]
    return script.context(step, record, part, by=by)


def _opened(script: Script, kind: str, sheet: SignedSheet) -> FormRecord:
    company = script.company
    about = None
    if "customer" in company.procedure.vocabulary.declared[kind].about:
        about = company.some_customer(script.random).row
    given = FormInput(_stored(script, kind, sheet.facts), _rows(script, None, kind, sheet.rows))
    sent = script.context(f"{kind}.{sheet.opens}", by=sheet.by)
    return actions.open_record(kind, sheet.opens, given, procedure_id=company.version, context=sent, about=about)


def _act(script: Script, record: FormRecord, verb: str, words: str) -> None:
    """Whoever is asked first signs or refuses."""
    signer = ApprovalSigner.objects.select_related("person", "department", "round").get(record=record, state="asked")
    signer.record = record
    sent = _context(script, f"{record.kind}-signer.{verb}", record, signer)
    act = approvals.sign if verb == "sign" else approvals.refuse
    act(signer, words, context=sent)
    record.refresh_from_db()


def _stored(script: Script, kind: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as records keep them: people by their log-ins, days and moments as so many working days from now."""
    types = {one.name: one.type for one in script.company.procedure.fields_of(kind)}
    return {name: _kept(script, types[name], value) for name, value in facts.items()}


def _kept(script: Script, type_: str, value: Any) -> Any:
    if type_ == "person":
        person = script.person(*value)
        return {"person": person.pk, "name": person.name, "name_en": person.name_en}
    if type_ == "date":
        return script.day(value).isoformat()
    if type_ == "moment":
        return (
            datetime.combine(script.day(value), time(9), script.company.calendar.timezone).astimezone(UTC).isoformat()
        )
    return value


def _rows(
    script: Script, record: FormRecord | None, kind: str, rows: Mapping[str, list[dict[str, Any]]]
) -> dict[str, list[RowInput]]:
    """The rows of child tables; those that stand there already are gone on with."""
    found = {}
    for name, lines in rows.items():
        entry = next(one for one in script.company.procedure.fields_of(kind) if one.name == name)
        there = list(record.rows.filter(part_kind=entry.of).order_by("position")) if record is not None else []
        keys = [row.pk for row in there] + [None] * len(lines)
        found[name] = [RowInput(line, pk) for line, pk in zip(lines, keys, strict=False)]
    return found
