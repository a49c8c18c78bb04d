"""Versions of the procedure are controlled documents: each step of one is an entry on a chain of its own."""

from __future__ import annotations

from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft, digest
from huiyin.journal.phrases import register_sentence
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.procedure.versions import VersionEvent

KIND = "procedure"

register_sentence("procedure.drafted", t("{actor}编制了草稿：{reason}", "{actor} drafted it: {reason}"))
register_sentence("procedure.redrafted", t("{actor}改写了草稿：{reason}", "{actor} wrote the draft anew: {reason}"))
register_sentence("procedure.reviewed", t("{actor}审核通过", "{actor} confirmed the review"))
register_sentence(
    "procedure.sent_back",
    t("{actor}退回草稿，签署作废", "{actor} sent it back to draft; the signatures fall away"),
)
register_sentence(
    "procedure.approved",
    t("{actor}批准，{effective_from} 起生效", "{actor} approved it, to hold from {effective_from}"),
)
register_sentence("procedure.in_force", t("已生效", "It came into force"))
register_sentence("procedure.entered", t("从此记入流水：{state}", "Journaled from here on: {state}"))
register_sentence("procedure.superseded", t("被 {by_version} 取代", "Superseded by {by_version}"))


def record_version_step(step: VersionEvent) -> None:
    """Enter a step of a version, in its transaction: who took it, the digest of the content, the row as it is now."""
    row = step.version
    row.refresh_from_db()
    account = Person.objects.filter(pk=step.by.person_id).first() if step.by and step.by.person_id else None
    append(
        EntryDraft(
            kind=KIND,
            record_id=row.pk,
            number=str(row)[:40],
            event=f"procedure.{step.verb}",
            at=step.at,
            actor_id=account.pk if account else None,
            actor_name=step.by.name[:60] if step.by else "",
            procedure_id=row.pk,
            particulars={"content": row.digest, **step.said},
            digests={"": digest(row)},
        )
    )
