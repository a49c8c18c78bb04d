"""Guards with an argument: the guard must exist, and what its argument names as well."""

from __future__ import annotations

from collections.abc import Iterable

from huiyin.kernel.text import t
from huiyin.procedure.approval_completion import signer_kind
from huiyin.procedure.checks.kinds import CHOOSING, fields_of
from huiyin.procedure.generic_guards import ANYWHERE, APPROVAL_STANDINGS, GENERIC
from huiyin.procedure.offline_completion import SHEETS
from huiyin.procedure.sheet import ParsedEntry, ParsedPack
from huiyin.procedure.words import YES_NO


def check(sheet: ParsedPack, located: ParsedEntry, index: int, written: str) -> bool:
    """Whether this is a generic guard at all; notes what is wrong with its name or its argument."""
    name, colon, argument = written.partition(":")
    if not colon:
        return False
    path: tuple[str | int, ...] = ("guards", index)
    words = GENERIC if sheet.is_declared(located.entry.kind) else ANYWHERE
    if not sheet.known(located, path, name, words, t("条件", "guard")):
        return True
    if name == "is":
        _is(sheet, located, path, argument)
    else:
        known = [f"{name}:{one}" for one in _arguments(sheet, located.entry.kind, name)]
        sheet.known(located, path, f"{name}:{argument}", known, t("条件", "guard"))
    return True


def _is(sheet: ParsedPack, located: ParsedEntry, path: tuple[str | int, ...], argument: str) -> None:
    """A field that people choose a value of, and one of its values."""
    field, _, value = argument.partition("=")
    known = _answers(sheet, located.entry.kind)
    if sheet.known(located, path, field, known, t("可选值的字段", "field with options")):
        sheet.known(located, path, value, known[field], t("选项", "option"))


def _answers(sheet: ParsedPack, kind: str) -> dict[str, list[str]]:
    """The fields of a kind whose values are options, with these; of a part also those of the record it belongs to."""
    options = {one.entry.key: [each.key for each in one.entry.options] for one in sheet.of("catalogue") if one.is_whole}
    found: dict[str, list[str]] = {}
    for of in dict.fromkeys((kind, sheet.vocabulary.chain_of(kind))):
        built_in = {name: each.catalogue for (at, name), each in sheet.vocabulary.fields.items() if at == of}
        own = {name: each.catalogue for name, each in fields_of(sheet, of).items() if each.type in CHOOSING}
        for name, catalogue in (built_in | own).items():
            if catalogue is not None:
                found.setdefault(name, options.get(catalogue, []))
        for name, each in fields_of(sheet, of).items():
            if each.type == "yesno":
                found.setdefault(name, list(YES_NO))
    return found


def single_answers(sheet: ParsedPack) -> dict[tuple[str, str], list[str]]:
    """What may be answered to each field that a guard ``is`` may name and that holds one answer, by kind and name."""
    kinds = dict.fromkeys((*sheet.vocabulary.kinds, *(one.entry.kind for one in sheet.of("field"))))
    several = {one.entry.key for one in sheet.of("field") if one.entry.type == "choices"}
    found = {(kind, name): words for kind in kinds for name, words in _answers(sheet, kind).items()}
    return {(kind, name): words for (kind, name), words in found.items() if f"{kind}.{name}" not in several}


def _arguments(sheet: ParsedPack, kind: str, name: str) -> Iterable[str]:
    """What the argument of a generic guard may be on a kind."""
    fields = fields_of(sheet, kind)
    tables = {key: each.of for key, each in fields.items() if each.type == "rows"}
    rows = {each.entry.key: each.entry.rows for each in sheet.of("kind")}
    match name:
        case "filled":
            return fields_of(sheet, sheet.vocabulary.chain_of(kind)) | fields
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
            held = {kind, *tables.values()}
            keys = [each.entry.key.partition(".") for each in sheet.of("balance")]
            return [name for of, _, name in keys if of in held]
        case "linked" | "closed":
            return [key for key, each in sheet.vocabulary.kinds.items() if each.part_of is None]
        case "within":
            return [f"{each}.{field}" for each in sheet.keys("authority") for field in fields]
        case "approval":
            mine = [each.entry.kind for each in sheet.of("approval")]
            return APPROVAL_STANDINGS if kind in [*mine, *map(signer_kind, mine)] else ()
        case "quota":
            return _quotas(sheet, kind)
    by_sheets = ["author"] if rows.get(kind) == SHEETS else []
    return ["owner", "opener", *by_sheets, *(key for key, each in fields.items() if each.type in ("person", "opinion"))]


def _quotas(sheet: ParsedPack, kind: str) -> Iterable[str]:
    """The targets that count records up to a number; for a kind of which there is one a period those of its period."""
    entries = (each.entry for each in sheet.of("target"))
    period = next((each.entry.period for each in sheet.of("kind") if each.entry.key == kind), None)
    return [
        one.key
        for one in entries
        if one.measure == "records" and one.at_least is not None and period in (None, one.every)
    ]
