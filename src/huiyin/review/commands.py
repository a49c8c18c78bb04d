"""``huiyin evidence``: the clause tree of a period as text or JSON."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import t
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import active_version, procedure_of
from huiyin.review import evidence as proof
from huiyin.review.counting import evidence as evidence_in
from huiyin.review.documents import Document, documents
from huiyin.review.targets import TargetTurn


def evidence(args: Namespace) -> int:
    """Print the evidence of each clause from ``args.from_`` to ``args.to``, both days included."""
    version = _version(args)
    if version is None:
        said = (
            t(
                "程序包 {key} 从未生效；生效过的：{known}",
                "The pack {key} was never in force; these were: {known}",
                key=args.pack,
                known=", ".join(_ever_in_force()) or "—",
            )
            if args.pack
            else t("没有生效的程序；先执行 adopt", "No procedure is in force; adopt one first")
        )
        sys.stderr.write(said.show(args.language) + "\n")
        return 2
    if args.to < args.from_:
        sys.stderr.write(t("结束日期早于开始日期", "The end comes before the start").show(args.language) + "\n")
        return 2
    procedure = procedure_of(version.pk)
    span = proof.TimeSpan.of_days(args.from_, args.to, procedure)
    found = _documents(args, procedure, span)
    if args.json:
        first = found[0]
        body = {
            "procedure": first.key,
            "version": first.procedure.version,
            "from": args.from_.isoformat(),
            "to": args.to.isoformat(),
            "in_force": _days(first),
            "clauses": [_json(one, first.procedure, span, args) for one in first.tree],
            "others": [
                {
                    "procedure": each.key,
                    "in_force": _days(each),
                    "clauses": [_json(one, each.procedure, span, args) for one in each.tree],
                }
                for each in found[1:]
            ],
        }
        sys.stdout.write(json.dumps(body, ensure_ascii=False, indent=2) + "\n")
        return 0
    for document in found:
        if len(found) > 1:
            days = "; ".join(each.label.show(args.language) for each in document.in_force)
            sys.stdout.write(f"== {document.procedure.title.show(args.language)} {days}\n")
        for depth, one in document.clauses():
            sys.stdout.write("  " * depth + _line(one, args.language) + "\n")
    return 0


def _documents(args: Namespace, procedure: Procedure, span: proof.TimeSpan) -> list[Document]:
    """The document of the pack asked for, else all of the period; the procedure in force stands first."""
    found = documents(span, at=args.at)
    if getattr(args, "pack", None) or all(each.key != procedure.key for each in found):
        own = [each for each in found if each.key == procedure.key]
        return own or [Document(procedure, (), evidence_in(procedure, span, at=args.at))]
    return sorted(found, key=lambda each: each.key != procedure.key)


def _days(document: Document) -> list[dict[str, str]]:
    return [
        {"version": each.version, "from": each.first.isoformat(), "to": each.last.isoformat()}
        for each in document.in_force
    ]


def _version(args: Namespace) -> ProcedureVersion | None:
    if getattr(args, "pack", None):
        return ProcedureVersion.objects.filter(key=args.pack).order_by("-id").first()
    return active_version(args.at)


def _ever_in_force() -> list[str]:
    versions = ProcedureVersion.objects.filter(effective_from__isnull=False)
    return sorted(set(versions.values_list("key", flat=True)))


def _line(one: proof.ClauseEvidence, language: str) -> str:
    clause = one.node.clause
    head = f"{clause.key} {clause.title.show(language)}"
    gap = one.gap and t("{head} — 缺口：{gap}", "{head} — gap: {gap}", head=head, gap=one.gap)
    if gap is not None and not one.is_shown:
        return gap.show(language)
    kept = one.kept
    if gap is not None:
        head = gap.show(language)
    return t(
        "{head} — 记录 {n}，按时 {kept}，迟 {late}，未了 {open}，逾期 {overdue}",
        "{head} — records {n}, kept {kept}, late {late}, open {open}, overdue {overdue}",
        head=head,
        n=one.records,
        kept=kept.kept,
        late=kept.late,
        open=kept.open,
        overdue=kept.overdue,
    ).show(language)


def _json(one: proof.ClauseEvidence, procedure: Procedure, span: proof.TimeSpan, args: Namespace) -> dict[str, Any]:
    clause = one.node.clause
    rules = [f.evidence.key for f in one.found if f.evidence.kind == "obligation"]
    unkept = proof.exceptions(procedure, rules, span, at=args.at, limit=1000) if rules else []
    return {
        "clause": clause.key,
        "title": {"zh": clause.title.zh, "en": clause.title.en},
        "standards": list(clause.standards),
        "evidence": [
            {
                "what": f.evidence.written,
                "label": f.evidence.label.show(args.language),
                "records": f.records,
                "obligations": _counts(f.kept) if f.kept is not None else None,
                "limit_set_by_company": f.evidence.is_own_limit,
                "periods": [_turn(turn, args.language) for turn in f.turns],
            }
            for f in one.found
        ],
        "records": one.records,
        "obligations": _counts(one.kept),
        "gap": one.gap.show(args.language) if one.gap is not None else None,
        "exceptions": [
            {
                "record": u.obligation.record_number,
                "rule": u.obligation.rule,
                "how": u.how,
                "due": u.obligation.due_at.astimezone(procedure.zone).isoformat(),
                "link": record_url(u.obligation.kind, u.obligation.record_number),
            }
            for u in unkept
        ],
        "clauses": [_json(child, procedure, span, args) for child in one.children],
    }


def _turn(turn: TargetTurn, language: str) -> dict[str, str]:
    return {
        "period": turn.period.key,
        "figure": turn.figure.written,
        "limit": turn.limit.show(language),
        "standing": turn.standing.value,
    }


def _counts(kept: proof.DutyCounts) -> dict[str, int]:
    return {
        "kept": kept.kept,
        "late": kept.late,
        "open": kept.open,
        "overdue": kept.overdue,
        "cancelled": kept.cancelled,
    }
