"""Approvals on paper: a box for every place to sign, under the name of its level; empty ones to be signed by hand."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.records.print.forms import PrintFormatter
from huiyin.records.print.sheets import Block, SectionBar, SignaturePlace, Signatures, SmallPrint
from huiyin.registers.approvals import approvals
from huiyin.registers.approvals.rounds import approvals_of, latest_round, levels_of
from huiyin.registers.approvals.signers import AUTHORITY
from huiyin.registers.models import ApprovalSigner, FormRecord

COUNTING = ("waiting", "asked", "signed", "refused")


def approval_blocks(say: PrintFormatter, record: FormRecord) -> list[Block]:
    """For each approval of the kind its boxes, level by level."""
    blocks: list[Block] = []
    procedure = say.printing.procedure
    for entry in approvals_of(procedure, record.kind):
        row = latest_round(record, entry.key)
        places: list[SignaturePlace] = []
        for level in levels_of(procedure, entry.key):
            if row is not None and level.key in row.skipped:
                continue
            rows = row.signers.filter(level=level.key, state__in=COUNTING) if row is not None else None
            signers = list(rows.select_related("person", "department", "signed_by", "signed_for")) if rows else []
            lap = max((one.lap for one in signers), default=0)
            places += [_box(say, level.label, one) for one in signers if one.lap == lap]
            if not signers:
                places += [SignaturePlace(_role(say, level.label, _who(say, word))) for word in level.who]
        if places:
            bar = SectionBar(say.bar(entry.label.zh, entry.label.en))
            blocks += [bar, *_earlier(say, record, entry.key), Signatures(tuple(places))]
    return blocks


def _earlier(say: PrintFormatter, record: FormRecord, key: str) -> list[Block]:
    """One line for each refusal of the rounds before: who sent it back, when, and why."""
    refused = ApprovalSigner.objects.filter(round__record=record, round__approval=key, state="refused")
    rows = refused.select_related("round", "person", "department", "signed_by", "signed_for")
    last = latest_round(record, key)
    return [
        SmallPrint(say.line(_sent_back(say, one)))
        for one in rows.order_by("round__number", "number")
        if last is None or one.round.number < last.number
    ]


def _sent_back(say: PrintFormatter, one: ApprovalSigner) -> Text:
    return t(
        "第 {n} 轮：{who} 退回（{why}）{day}",
        "Round {n}: {who} sent it back ({why}) {day}",
        n=one.round.number,
        who=approvals.signed_as(one) if one.signed_at is not None else one.asked_name,
        why=one.opinion,
        day=say.say(one.signed_at)[:10] if one.signed_at is not None else "",
    )


def _box(say: PrintFormatter, level: Text, one: ApprovalSigner) -> SignaturePlace:
    role = _role(say, level, say.line(one.asked_name))
    if one.signed_at is None:
        return SignaturePlace(role)
    return SignaturePlace(role, say.line(approvals.signed_as(one)), say.say(one.signed_at)[:10], one.opinion)


def _role(say: PrintFormatter, level: Text, who: str) -> str:
    """The name of the level, and smaller below it who is asked."""
    return "\n".join(words for words in (say.line(level), who) if words)


def _who(say: PrintFormatter, word: str) -> str:
    if word.startswith(AUTHORITY):
        return ""
    return say.line(say.printing.procedure.role_label(word))
