"""Clauses: a tree without loops in which every leaf has evidence or says plainly why there is none."""

from __future__ import annotations

from huiyin.kernel.text import t
from huiyin.procedure.checks.evidence import is_evidence
from huiyin.procedure.mistakes import suggestion
from huiyin.procedure.sheet import ParsedEntry, ParsedPack


def check(sheet: ParsedPack) -> None:
    """Note unknown parents, evidence that names nothing, and clauses without evidence."""
    clauses = sheet.of("clause")
    parents = {each.entry.key: each.entry.parent for each in clauses}
    for located in clauses:
        _parent(sheet, located, parents)
        for index, written in enumerate(located.entry.evidence):
            is_evidence(sheet, located, ["evidence", index], written)
    if not sheet.is_whole("clause", "step", "obligation", "form", "target", "evidence"):
        return
    shown = {each.entry.clause for section in ("step", "obligation", "form", "target") for each in sheet.of(section)}
    shown |= {parent for parent in parents.values() if parent}
    shown |= {each.entry.clause for each in sheet.of("evidence")}
    for located in clauses:
        clause = located.entry
        if clause.document:
            continue  # of another document, which is not shown
        if not clause.evidence and clause.gap is None and clause.key not in shown:
            sheet.wrong(
                located,
                ["key"],
                t("条款没有证据", "The clause has no evidence."),
                t(
                    '请写 evidence，或在步骤、责任、表单上写 clause = "{key}"；确实没有就写 gap 说明原因',
                    'Write evidence, or clause = "{key}" on a step, obligation or form; '
                    "or say in gap why there is none.",
                    key=clause.key,
                ),
            )


def _parent(sheet: ParsedPack, located: ParsedEntry, parents: dict[str, str | None]) -> None:
    clause = located.entry
    if clause.parent is None:
        return
    known = sheet.known(located, ["parent"], clause.parent, sheet.keys("clause"), t("上级条款", "parent clause"))
    if known and clause.key in _above(clause.key, parents):
        problem = t("条款成了自己的上级", "The clause stands above itself.")
        outside = [key for key in parents if clause.key not in (key, *_above(key, parents))]
        sheet.wrong(located, ["parent"], problem, suggestion(outside))


def _above(key: str, parents: dict[str, str | None]) -> list[str]:
    above: list[str] = []
    here = parents.get(key)
    while here is not None and here not in above:
        above.append(here)
        here = parents.get(here)
    return above
