"""Approval of declared records: asked for, signed, refused, passed on, taken back, asked again; each a step."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any

import orjson
from django.db import transaction

from huiyin.kernel import approval as kernel
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.conditions import all_hold
from huiyin.procedure.generic_guards import generic_check
from huiyin.procedure.kind_entries import ApprovalEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.models import Attachment
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step
from huiyin.records.steps.transitions import StepRun
from huiyin.registers import effects, facts
from huiyin.registers.approvals.rounds import (
    LiveRound,
    approvals_of,
    latest_round,
    levels_of,
    person_word,
    round_here,
)
from huiyin.registers.approvals.signers import Asked, barred_from, why_skipped
from huiyin.registers.kinds import VOID, kind_of
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord
from huiyin.registers.models.approvals import ROUND
from huiyin.registers.periods import told_period

CONCLUDED = {"approved": "approve", "returned": "send_back", "ended": "turn_down"}
"""The step of the record by which a round ends, by how it stands then."""
ANSWERED = ("answer",)
"""What is written into rows when tasks are done; nobody signs that."""


def content_of(record: FormRecord, entry: ApprovalEntry) -> str:
    """The digest of what is signed: the facts, rows and files of a record, without what may be filled in later."""
    kind = kind_of(versions.procedure_of(record.procedure_id), record.kind)
    said = {name: value for name, value in record.extra.items() if name not in entry.fills}
    rows = {
        name: [{key: value for key, value in row.items() if key not in ANSWERED} for row in found]
        for name, found in facts.facts_of_rows(record, kind).items()
        if name not in entry.fills
    }
    files = Attachment.objects.filter(kind=record.kind, record_id=record.pk, removed_at=None)
    kept = {f"field:{name}" for name in entry.fills}
    held = [
        [part, sha] for part, sha in files.order_by("id").values_list("part", "sha256") if part and part not in kept
    ]
    signed = [record.kind, record.number, record.about_kind, record.about_id, record.period, said, rows, held]
    return hashlib.sha256(orjson.dumps(signed, option=orjson.OPT_SORT_KEYS)).hexdigest()


# ---- what a step of the record does to its approvals


def on_step(record: FormRecord, verb: str, run: StepRun) -> None:
    """In a step of the record: submitted for approval, which every step into the state of waiting does, withdrawn from
    it, or void and its rounds with it.
    """
    step_entry = run.procedure.step(f"{record.kind}.{verb}")
    for entry in approvals_of(run.procedure, record.kind):
        if step_entry is not None and step_entry.to == entry.state:
            run.add_payload(note=_submit(record, entry, run))
        elif verb in (VOID, entry.verb("withdraw")):
            row = latest_round(record, entry.key)
            if row is not None and row.standing in ("running", "returned"):
                row.record = record
                LiveRound(row, run.procedure).move(_voided if verb == VOID else _withdrawn, run)


def _voided(found: kernel.Round, who: kernel.Who) -> kernel.Round:
    return kernel.void(found)


def _withdrawn(found: kernel.Round, who: kernel.Who) -> kernel.Round:
    return kernel.withdraw(found)


def ask_again_if_changed(record: FormRecord, context: StepContext) -> None:
    """After a step: where what was signed is not what stands there now, the round is void and everybody asked anew."""
    procedure = versions.procedure_of(record.procedure_id)
    for entry in approvals_of(procedure, record.kind):
        verb = entry.verb("ask_again")
        if procedure.step_table(record.kind).transition(record.state, verb) is None or not _changed(record, entry):
            continue
        with step(record, verb, actor=context.actor, at=context.at) as run:
            row = latest_round(record, entry.key)
            assert row is not None, "what was signed has a round"
            row.record = record
            LiveRound(row, procedure).move(_voided, run)
            run.add_payload(note=_begin(record, entry, run), **told_period(record))


def _changed(record: FormRecord, entry: ApprovalEntry) -> bool:
    row = latest_round(record, entry.key)
    return row is not None and row.standing in ("running", "approved") and row.content != content_of(record, entry)


def _submit(record: FormRecord, entry: ApprovalEntry, run: StepRun) -> Text:
    """Ask for approval: straight at the level that returned it where nothing has changed, else from the first."""
    row = latest_round(record, entry.key)
    if row is None or row.standing != "returned" or not row.straight_to:
        return _begin(record, entry, run)
    row.record = record
    if row.content != content_of(record, entry):
        anew = t("内容有改动，从第一级重新签署", "It has changed, so all levels are asked again")
        return _joined([anew, _begin(record, entry, run)])
    live = LiveRound(row, run.procedure)
    back = live.label(row.straight_to)
    live.move(kernel.resume, run)
    return t("内容没有改动，直接回到“{level}”", "Nothing has changed; it goes straight back to {level}", level=back)


def _begin(record: FormRecord, entry: ApprovalEntry, run: StepRun) -> Text:
    """A new round from the first level; gives the sentences on the levels that need not sign, and why."""
    today = run.at.astimezone(run.procedure.zone).date()
    read = facts.reader(record, record.extra)
    skipped = [one for one in levels_of(run.procedure, entry.key) if not all_hold(one.when, read, today=today)]
    before = latest_round(record, entry.key)
    row = ApprovalRound.objects.create(
        part_kind=f"{record.kind}-{ROUND}",
        record=record,
        approval=entry.key,
        number=before.number + 1 if before is not None else 1,
        standing="running",
        skipped=[one.key for one in skipped],
        content=content_of(record, entry),
        begun_at=run.at,
    )
    LiveRound(row, run.procedure).move(lambda found, who: kernel.begin(found.levels, who, again=found.again), run)
    return _joined([why_skipped(one, record, run.procedure) for one in skipped])


def _joined(said: Iterable[Text]) -> Text:
    found = [one for one in said if one.zh]
    return Text("；".join(one.show("zh") for one in found), "; ".join(one.show("en") for one in found))


# ---- what a signer does


def sign(signer: ApprovalSigner, opinion: str = "", *, context: StepContext) -> ApprovalSigner:
    """Agree and sign; what is signed is bound by its digest. A deputy signs for the person they stand in for."""
    record = signer.record
    with transaction.atomic():
        with step(record, "sign", part=signer, **context.step_kwargs) as run:
            live, by, hand = _acting(signer, run)
            if content_of(record, live.entry) != live.row.content:
                raise Refused([t("内容已经改动，请看新的一轮", "It has changed meanwhile; see the new round")])
            _sign_here(signer, opinion, run)
            signer.content = live.row.content
            live.move(lambda found, who: kernel.sign(found, signer.number, who, by=by, hand=hand), run, about=signer)
            run.add_payload(**_said(signer, live), opinion=opinion)
        _conclude(live, context, signer=signed_as(signer))
    return signer


def refuse(
    signer: ApprovalSigner, reason: str, to: str = kernel.AUTHOR, straight: bool = False, *, context: StepContext
) -> ApprovalSigner:
    """Refuse with a reason: it goes back to its author or to an earlier level, or ends, as the level says."""
    record = signer.record
    with transaction.atomic():
        with step(record, "refuse", part=signer, **context.step_kwargs) as run:
            live, by, hand = _acting(signer, run)
            _sign_here(signer, reason, run)
            after = live.move(
                lambda found, who: kernel.refuse(found, signer.number, who, by=by, hand=hand, to=to, straight=straight),
                run,
                about=signer,
            )
            run.add_payload(**_said(signer, live), reason=reason, to=_gone_to(after, live, to))
        _conclude(live, context, signer=signed_as(signer), reason=reason)
    return signer


def transfer(signer: ApprovalSigner, to: Person, reason: str = "", *, context: StepContext) -> ApprovalSigner:
    """Somebody else is asked in one's own stead."""
    return _ask_another(signer, "transfer", kernel.transfer, to, reason, context)


def add_signer(signer: ApprovalSigner, to: Person, reason: str = "", *, context: StepContext) -> ApprovalSigner:
    """One more has to sign at this level."""
    return _ask_another(signer, "add_signer", kernel.add_signer, to, reason, context)


def _ask_another(
    signer: ApprovalSigner, verb: str, move: Any, to: Person, reason: str, context: StepContext
) -> ApprovalSigner:
    with step(signer.record, verb, part=signer, **context.step_kwargs) as run:
        live, _, _ = _acting(signer, run)
        if to.pk in barred_from(signer.record, live.row.approval, run.procedure):
            raise Refused(
                [t("{who}与这份单子有关，不能签署", "{who} is concerned and cannot sign", who=to.display_name)]
            )
        said = _said(signer, live) | {"signer": run.actor.display_name if run.actor else ""}
        live.move(lambda found, who: move(found, signer.number, person_word(to)), run, about=signer)
        run.add_payload(**said, who=to.display_name, reason=reason)
    return signer


def take_back(signer: ApprovalSigner, reason: str = "", *, context: StepContext) -> ApprovalSigner:
    """Take one's own signature back, until the next level has acted."""
    with step(signer.record, "take_back", part=signer, **context.step_kwargs) as run:
        live = _live(signer, run)
        said = _said(signer, live)
        hand = person_word(run.actor)
        live.move(lambda found, who: kernel.take_back(found, signer.number, hand=hand), run, about=signer)
        signer.signed_by = signer.signed_for = signer.signed_at = None
        signer.opinion = signer.content = ""
        run.add_payload(**said, reason=reason)
        run.event(f"{live.kind}.asked", signer, who=signer.asked_name, level=live.label(signer.level))
    return signer


def _live(signer: ApprovalSigner, run: StepRun) -> LiveRound:
    row = ApprovalRound.objects.get(pk=signer.round_id)
    row.record = signer.record
    return LiveRound(row, run.procedure)


def _acting(signer: ApprovalSigner, run: StepRun) -> tuple[LiveRound, str, str]:
    """The round, for whom the acting person acts at this place, and the person."""
    assert run.actor is not None, "nobody signs by themselves"
    signer.signed_by, signer.signed_for = run.actor, acts_for(signer, run.actor)
    return _live(signer, run), person_word(signer.signed_for), person_word(run.actor)


def acts_for(signer: ApprovalSigner, person: Person) -> Person:
    """For whom a person acts at a place to sign: for themselves, or for somebody on leave whom it asks."""
    asked = Asked.on(signer)
    for one in (person, *person.standing_for):
        if asked.person is not None:
            if one.pk == asked.person.pk:
                return one
        elif one.department_id == signer.department_id and (one.is_head or not asked.heads_only):
            return one
    return person


def _sign_here(signer: ApprovalSigner, words: str, run: StepRun) -> None:
    signer.opinion, signer.signed_at = words, run.at


def signed_as(signer: ApprovalSigner) -> Text:
    """Who signed, as people read it: “B for A” of a deputy."""
    by, whom = signer.signed_by, signer.signed_for
    if by is None:
        return Text("", "")
    if whom is None or whom.pk == by.pk:
        return by.display_name
    return t("{b}（代 {a}）", "{b} for {a}", b=by.display_name, a=whom.display_name)


def _said(signer: ApprovalSigner, live: LiveRound) -> dict[str, Any]:
    return {"signer": _plain(signed_as(signer)), "level": live.label(signer.level)}


def _plain(words: Text) -> Text:
    return Text(words.show("zh"), words.show("en"))


def _gone_to(after: kernel.Round, live: LiveRound, to: str) -> Text:
    if after.standing == "ended":
        return t("会签结束", "and so it ends")
    if after.standing == "returned":
        return t("退回提交人", "returned to whoever submitted it")
    return _plain(t("退回到“{level}”", "returned to {level}", level=live.label(to)))


def _conclude(live: LiveRound, context: StepContext, **said: Any) -> None:
    """The record goes where the round has come to: approved, returned, refused; nowhere while it goes on."""
    verb = CONCLUDED.get(live.row.standing)
    if verb is None:
        return
    record, verb = live.row.record, live.entry.verb(verb)
    with step(record, verb, actor=context.actor, at=context.at) as run:
        run.add_payload(**{name: _plain(one) if isinstance(one, Text) else one for name, one in said.items()})
        run.add_payload(**told_period(record), **facts.promised_by(record, verb, run.procedure))
        effects.bring_about(record, kind_of(run.procedure, record.kind), verb, run)


# ---- the guard


@generic_check("approval")
def stands_so(situation: GuardContext, wanted: str) -> Text | None:
    """The approval has come so far: approved, returned, ended, untouched by any signer, or its content changed; or
    whoever acts at a place to sign is somebody else than those it leaves out.
    """
    record: FormRecord = situation.record
    if wanted == "somebody-else":
        return _somebody_else(situation)
    if wanted == "changed":
        changed = any(_changed(record, one) for one in approvals_of(situation.procedure, record.kind))
        return None if changed else t("签署的内容没有改动", "What was signed has not changed")
    row = round_here(record, situation.procedure)
    if row is None:
        return t("还没有提交会签", "It is not submitted for approval")
    if wanted == "untouched":
        row.record = record
        return _untouched(row, situation.procedure)
    return None if row.standing == wanted else t("会签还没有签完", "Not everybody has signed yet")


def _somebody_else(situation: GuardContext) -> Text | None:
    """Whoever acts at a place to sign is not one of those whom the approval leaves out."""
    signer, person = situation.part, situation.actor
    if signer is None or person is None:
        return None
    barred = barred_from(situation.record, signer.round.approval, situation.procedure)
    return (
        t("与自己有关的单子要由别人签署", "What concerns you is signed by somebody else")
        if person.pk in barred
        else None
    )


def _untouched(row: ApprovalRound, procedure: Procedure) -> Text | None:
    acted = row.standing != "running" or LiveRound(row, procedure).state.acted
    return t("已经有人签署，不能撤回", "Somebody has acted already; it cannot be withdrawn") if acted else None
