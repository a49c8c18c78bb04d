"""A record that is opened without a network: numbered when it is received, once, however often it is sent.

What cannot become a record stays on the telephone of whoever wrote it, with the reasons: there is nothing yet on which
somebody else could keep it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.http import Http404

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.models import ProcedureVersion
from huiyin.records.steps.conditions import opening_refusals
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import AlreadyDone, Refused
from huiyin.registers.about import BOX
from huiyin.registers.actions import open_record
from huiyin.registers.forms.step_pages import steps_of
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.offline.kept_sheets import TOLD
from huiyin.registers.offline.sheets import (
    Receipt,
    Sheet,
    as_sent,
    came_before,
    entry_of,
    files_to_come,
    held,
    mistakes,
    taken_along_at,
    told_of,
)


def openings_offline(kind: DataKind, person: Person, at: datetime) -> list[StepEntry]:
    """The steps by which the person may open a record of the kind without a network: those whose form asks for nothing
    that has to be looked up.
    """
    return [step for step in kind.openings_for(person) if not _must_look_up(opening_form(kind, step.verb, person, at))]


def opening_form(kind: DataKind, verb: str, person: Person, at: datetime, *sent: Any) -> Any:
    """The form of an opening step, as its page makes it."""
    return steps_of(kind).form_of(verb)(*sent, procedure=kind.procedure, person=person, at=at, about=None, initial={})


def _must_look_up(form: Any) -> bool:
    return any(name.startswith(BOX) and field.required for name, field in form.fields.items())


def receive_new(sheet: Sheet, person: Person, at: datetime) -> Receipt:
    """Open the record that a sheet without a number asks for; the reasons where there can be none.

    Raises Http404 for a kind whose forms do not work without a network.
    """
    if sheet.person != person.pk:
        return Receipt("other")
    done = entry_of(sheet.id)
    if done is not None:
        return came_before(done, sheet)
    version, kind = _kind_in_force(sheet, at)
    opens = sheet.verb in {step.verb for step in kind.openings}
    gone = t(
        "这种登记现在不是这样填写的，请重新带走后再填", "It is entered in another way now; take the form along anew"
    )
    reasons = opening_refusals(f"{kind.key}.{sheet.verb}", person, kind.procedure) if opens else [gone]
    if reasons:
        return Receipt("refused", reasons=reasons)
    missing = files_to_come(sheet, person)
    if missing:
        return Receipt("files", missing=missing)
    try:
        return _opened(sheet, person, at, version, kind)
    except AlreadyDone as already:
        return came_before(already.entry, sheet)


def _kind_in_force(sheet: Sheet, at: datetime) -> tuple[ProcedureVersion, DataKind]:
    version = versions.active_version(at)
    procedure = versions.procedure_of(version.pk) if version is not None else None
    declared = procedure.vocabulary.declared.get(sheet.kind) if procedure is not None else None
    if version is None or procedure is None or declared is None or not declared.offline:
        raise Http404(sheet.kind)
    return version, kind_of(procedure, sheet.kind)


def _opened(sheet: Sheet, person: Person, at: datetime, version: ProcedureVersion, kind: DataKind) -> Receipt:
    filled = held(sheet.stated_at, taken_along_at(sheet, None), at)

    def form() -> Any:
        return opening_form(kind, sheet.verb, person, filled, *as_sent(sheet))

    filled_in = form()
    if not filled_in.is_valid():
        return Receipt("refused", reasons=list(mistakes(form)))
    values = filled_in.values()
    given = replace(values["given"], told={TOLD: told_of(sheet, filled, at, taken=True)})
    context = StepContext(person, at, submission=sheet.id)
    try:
        record = open_record(
            kind.key, sheet.verb, given, procedure_id=version.pk, context=context, about=values.get("picked")
        )
    except Refused as refused:
        reasons: Sequence[Text] = [*refused.reasons, *refused.fields.values()]
        return Receipt("refused", reasons=reasons)
    return Receipt("taken", record, entry=entry_of(sheet.id))
