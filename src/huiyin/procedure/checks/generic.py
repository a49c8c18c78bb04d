"""Guards with an argument: the guard must exist, and what its argument names as well."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.kernel.text import t
from huiyin.procedure.checks.kinds import fields_of
from huiyin.procedure.generic_guards import APPROVAL_STANDINGS, GENERIC
from huiyin.procedure.sheet import ParsedEntry, ParsedPack


def check(sheet: ParsedPack, located: ParsedEntry, index: int, written: str) -> bool:
    """Whether this is a generic guard at all; notes what is wrong with its name or its argument."""
    name, colon, argument = written.partition(":")
    if not colon:
        return False
    path: tuple[str | int, ...] = ("guards", index)
    if sheet.known(located, path, name, GENERIC, t("条件", "guard")):
        known = [f"{name}:{one}" for one in _arguments(sheet, located.entry.kind, name)]
        sheet.known(located, path, f"{name}:{argument}", known, t("条件", "guard"))
    return True


def _arguments(sheet: ParsedPack, kind: str, name: str) -> Iterable[str]:
    """What the argument of a generic guard may be on a kind."""
    fields = fields_of(sheet, kind)
    tables = {key: each.of for key, each in fields.items() if each.type == "rows"}
    rows = {each.entry.key: each.entry.rows for each in sheet.of("kind")}
    match name:
        case "filled":
            return fields
        case "rows":
            return tables
        case "answered" | "settled":
            return [key for key, of in tables.items() if rows.get(of) == "task"]
        case "apart" | "covered" | "managed":
            shifts = {each.entry.key for each in sheet.of("kind") if each.entry.shift is not None}
            return [key for key, of in tables.items() if of in shifts]
        case "checked":
            return [key for key, of in tables.items() if rows.get(of) == "checklist"]
        case "signed":
            return sheet.vocabulary.functions
        case "balance":
            return [each.entry.key.partition(".")[2] for each in sheet.of("balance")]
        case "linked" | "closed":
            return [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
        case "within":
            return [f"{each}.{field}" for each in sheet.keys("authority") for field in fields]
        case "approval":
            return APPROVAL_STANDINGS if any(each.entry.kind == kind for each in sheet.of("approval")) else ()
        case "quota":
            return _quotas(sheet, kind)
    return ["owner", "opener", *(key for key, each in fields.items() if each.type in ("person", "opinion"))]


def _quotas(sheet: ParsedPack, kind: str) -> Iterable[str]:
    """The targets that count records up to a number; for a kind of which there is one a period those of its period."""
    entries = (each.entry for each in sheet.of("target"))
    period = next((each.entry.period for each in sheet.of("kind") if each.entry.key == kind), None)
    return [
        one.key
        for one in entries
        if one.measure == "records" and one.at_least is not None and period in (None, one.every)
    ]
