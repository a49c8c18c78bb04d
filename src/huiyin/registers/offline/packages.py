"""What a person takes along on a telephone: their open records of kinds that work offline, each with its next forms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.template.loader import render_to_string

from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.permission import may_take
from huiyin.registers.access import own_records
from huiyin.registers.catalogue import kinds_before
from huiyin.registers.fields.field_types import FILES
from huiyin.registers.forms.plain import REASON
from huiyin.registers.forms.step_pages import steps_of
from huiyin.registers.kinds import DataKind, kind_of
from huiyin.registers.models import FormRecord
from huiyin.registers.offline.merge import standing
from huiyin.registers.offline.openings import opening_form, openings_offline
from huiyin.registers.offline.sheets import takes_offline, ticket_for, works_offline
from huiyin.registers.shown_facts import shown_facts
from huiyin.ui.forms import localised
from huiyin.ui.language import fixed_language

MOST = 60
"""Records that are taken along at once."""
CHECKED = "checked:"
NEW = "+"
"""Before the verb, in place of a number: nothing that people write as a number begins so."""


def offline_kinds(procedure: Procedure) -> list[DataKind]:
    """The kinds whose forms work without a network."""
    return [kind_of(procedure, one.key) for one in procedure.kinds if one.offline and one.part_of is None]


def taken_along(request: Any) -> list[dict[str, Any]]:
    """The person's own open records of such kinds, the newest first, as the telephone keeps them."""
    person: Person = request.user
    if not request.version:
        return []
    now = [kind.key for kind in offline_kinds(request.procedure)]
    keys = [*now, *kinds_before(request.procedure.vocabulary.declared)]  # which of those work so, their version says
    rows = FormRecord.objects.filter(~Q(phase__in=("closed", "void")), own_records(person), kind__in=keys)
    found = rows.select_related("owner", "opened_by").order_by("-opened_at", "-id")[:MOST]
    with fixed_language():
        return [_package(request, record) for record in found if works_offline(record)]


def forms_along(request: Any) -> list[dict[str, Any]]:
    """The forms by which the person may open new records of such kinds, one by one; their number is the telephone's
    own until the record has one.
    """
    person, at = request.user, request.at
    kinds = offline_kinds(request.procedure) if request.version else []
    with fixed_language():
        return [
            {
                "kind": kind.key,
                "label": localised(kind.label),
                "number": NEW + step.verb,
                "subject": localised(kind.label),
                "steps": [_form(request, opening_form(kind, step.verb, person, at), kind, step)],
                "ticket": ticket_for(person, None, at),
            }
            for kind in kinds
            for step in openings_offline(kind, person, at)
        ]


def _package(request: Any, record: FormRecord) -> dict[str, Any]:
    procedure = versions.procedure_of(record.procedure_id)
    kind = kind_of(procedure, record.kind)
    person, at = request.user, request.at
    ahead = steps_ahead(record, kind, person, at)
    return {
        "kind": record.kind,
        "label": localised(kind.label),
        "number": record.number,
        "subject": localised(record.known_as),
        "state": record.state,
        "states": {one.name: localised(one.label) for one in procedure.states if one.kind == record.kind},
        "facts": [
            [
                localised(one.label),
                localised(one.value) if isinstance(one.value, Text) else str(one.value),
                one.href or "",
            ]
            for one in shown_facts(record, kind, (), person)
            if one.value is not None
        ],
        "steps": [_step(request, record, kind, step) for step in sorted(ahead, key=lambda step: step.aside)],
        "ticket": ticket_for(person, record, at),
    }


def steps_ahead(record: FormRecord, kind: DataKind, person: Person, at: datetime) -> list[StepEntry]:
    """The steps that the person may take one after the other from where the record stands, by forms of their own."""
    situation = GuardContext(record, None, person, at, kind.procedure)
    table = kind.procedure.step_table(kind.key)
    mine = []
    for step in kind.steps:
        transition = table.transition(step.from_[0], step.verb) if step.from_ else None
        if transition is not None and takes_offline(kind, step.verb) and may_take(transition, situation):
            mine.append(step)
    reached = {record.state}
    while more := {one.to for one in mine if one.to and reached & set(one.from_)} - reached:
        reached |= more
    return [one for one in mine if reached & set(one.from_)]


def _step(request: Any, record: FormRecord, kind: DataKind, step: StepEntry) -> dict[str, Any]:
    page: Any = steps_of(kind).pages.by_verb[step.verb].page
    form = page.form(record=record, person=request.user, procedure=kind.procedure, at=request.at)
    return _form(request, form, kind, step, record)


def _form(request: Any, form: Any, kind: DataKind, step: StepEntry, record: FormRecord | None = None) -> dict[str, Any]:
    asked = kind.asked_by(step.verb)
    number, stored = (record.number, record.extra) if record is not None else ("", {})
    context = {"form": form, "step": step, "record": record, "draft": f"offline-{kind.key}-{step.verb}-{number}"}
    return {
        "verb": step.verb,
        "label": localised(step.label),
        "from": list(step.from_),
        "to": step.to or "",
        "aside": step.aside,
        "html": render_to_string("registers/offline_form.html", context, request),
        "base": standing(record, kind, step.verb) if record is not None else {},
        "required": [
            one.name
            for one in asked
            if kind.is_required(one, step.verb) and not (one.type in FILES and stored.get(one.name))
        ]
        + [REASON] * (REASON in form.fields),
        "checked": [guard.removeprefix(CHECKED) for guard in step.guards if guard.startswith(CHECKED)],
        "labels": {one.name: localised(one.label) for one in asked} | _label_of_reason(form),
        "starts": {one.name: one.starts for one in asked if one.starts in ("now", "today")},
    }


def _label_of_reason(form: Any) -> dict[str, str]:
    return {REASON: localised(form.fields[REASON].label)} if REASON in form.fields else {}


def answer_of(receipt: Any, questions: Mapping[str, Any]) -> dict[str, Any]:
    """A receipt as the telephone reads it."""
    record = receipt.record
    return {
        "result": receipt.result,
        "again": receipt.again,
        "number": record.number if record is not None else "",
        "url": f"/registers/{record.kind}/{record.number}" if record is not None else "",
        "reasons": [localised(one) for one in receipt.reasons],
        "missing": list(receipt.missing),
        "at": receipt.entry.at.isoformat() if receipt.entry is not None else "",
        "questions": questions,
    }
