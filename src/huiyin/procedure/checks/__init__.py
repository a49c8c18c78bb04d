"""What a pack must keep to beyond its shape: words that exist, steps that lead somewhere, duties that can be met."""

from __future__ import annotations

from huiyin.procedure.checks import (
    approvals,
    clauses,
    computed,
    contradictions,
    costs,
    duties,
    effects,
    evidence,
    examples,
    functions,
    hints,
    kinds,
    names,
    owing,
    sentences,
    steps,
    takeable,
    views,
    walk,
)
from huiyin.procedure.sheet import ParsedPack

ALL = (
    names,
    kinds,
    computed,
    views,
    approvals,
    steps,
    sentences,
    duties,
    owing,
    costs,
    functions,
    clauses,
    evidence,
    effects,
    contradictions,
    takeable,
    walk,
    examples,
    hints,
)


def check(sheet: ParsedPack) -> None:
    """Note every mistake of the pack on its sheet."""
    for part in ALL:
        part.check(sheet)
