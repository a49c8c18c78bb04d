"""Places to sign whose signer can act no more: whoever stands in for them is asked, owes the signature, and is told."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from huiyin.journal.chain import row_values
from huiyin.journal.phrases import register_sentence
from huiyin.kernel import approval as kernel
from huiyin.kernel.text import Text, t
from huiyin.obligations.notices import notify
from huiyin.obligations.owners import Owner, StaffDirectory
from huiyin.procedure import versions
from huiyin.records.steps.stepping import record_event
from huiyin.records.steps.transitions import visible_changes
from huiyin.registers.approvals.rounds import LiveRound, levels_of
from huiyin.registers.approvals.signers import Asked, AskedOf
from huiyin.registers.models import ApprovalSigner, FormRecord

REPLACED = "record.signer_replaced"
register_sentence(REPLACED, t("{level}：改请 {who} 签署，{why}", "{level}: {who} is asked to sign, for {why}"))


def fill_open_places(at: datetime) -> int:
    """After people came, left or moved: ask somebody else where one who is to sign cannot any more; gives how many.

    A place for which nobody is found stays as it is until somebody comes.
    """
    waiting = ApprovalSigner.objects.filter(state__in=kernel.OWED, round__standing="running")
    staff = StaffDirectory()
    return sum(_fill(pk, staff, at) for pk in sorted(set(waiting.values_list("record_id", flat=True))))


def after_version(event: versions.VersionEvent) -> None:
    """A version that comes into force may have given functions to other departments, and staff with them."""
    if event.verb == "in_force":
        fill_open_places(event.at)


@transaction.atomic
def _fill(record_id: int, staff: StaffDirectory, at: datetime) -> int:
    record = FormRecord.objects.select_for_update().get(pk=record_id)
    procedure = versions.procedure_of(record.procedure_id)
    done = 0
    for row in record.rounds.filter(standing="running"):
        row.record = record
        live = LiveRound(row, procedure)
        live.asking = AskedOf(record, procedure, staff)
        for signer in live.signers:
            done += signer.state in kernel.OWED and _reassigned(signer, live, at)
    return done


def _reassigned(signer: ApprovalSigner, live: LiveRound, at: datetime) -> bool:
    level = next(one for one in levels_of(live.procedure, live.row.approval) if one.key == signer.level)
    asked = Asked.on(signer)
    why = live.asking.why_gone(asked, level, by_name=_is_chosen(signer, live))
    if why is None:
        return False
    for one in live.asking.stand_ins(asked, level):
        try:
            kernel.reassign(live.state, signer.number, one.word)
        except kernel.NotPossible:
            continue
        _ask(signer, one, why, live, at)
        return True
    return False


def _is_chosen(signer: ApprovalSigner, live: LiveRound) -> bool:
    """Whether a colleague chose whom this place asks: it was added, or passed on."""
    here = (signer.level, signer.lap, signer.turn)
    passed_on = [one for one in live.signers if (one.level, one.lap, one.turn) == here and one.state == "passed-on"]
    return signer.added or bool(passed_on)


def _ask(signer: ApprovalSigner, to: Asked, why: Text, live: LiveRound, at: datetime) -> None:
    before = row_values(signer)
    signer.person, signer.department, signer.heads_only = to.person, to.department, to.heads_only
    signer.version += 1
    signer.save()
    entry = record_event(
        signer.record,
        REPLACED,
        actor=None,
        at=at,
        parts=[signer],
        about=signer,
        changes=visible_changes(before, row_values(signer)),
        level=live.label(signer.level),
        who=signer.asked_name,
        why=why,
    )
    if signer.state == "asked":
        owner = Owner(to.department, to.person.pk if to.person is not None else None, to.heads_only)
        staff = live.asking.staff
        notify(staff.with_deputies(staff.people_of(owner), at=at), entry)
