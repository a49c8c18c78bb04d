"""What a pack takes from the one it is laid over: what it does without, what it adopts, whose kinds stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.locate import SourceLocation, TomlArray, TomlTable
from huiyin.procedure.mistakes import Mistake, suggestion
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.words import EVIDENCE_KINDS

OF_A_KIND = ("state", "step", "field", "balance")
"""Sections whose keys begin with the kind of record they speak of."""
BY_ITSELF = (
    t("document 由程序填写", "The product fills document in itself."),
    t("请去掉 document；要采用上级条款请写 adopts", "Leave it out; write adopts to adopt clauses of the pack below."),
)
LISTS: Mapping[str, tuple[str, ...]] = {
    "kind": ("about", "opens_from"),
    "clause": ("evidence",),
    "step": ("guards",),
}
"""Lists of inherited entries from which words go that name what was left out."""


def without(under: TomlTable, over: TomlTable, mistakes: list[Mistake]) -> None:
    """Take out of the document below what ``[pack] without`` of the one above names, with all that hangs on it."""
    known = [f"{name}:{one}" for name in SECTIONS for one in _nameable(under, name)]
    for word, place, path in _written(over, "without"):
        section, colon, key = word.partition(":")
        if not colon or word not in known:
            problem = t("上级程序里没有可去掉的「{name}」", "The pack below has no “{name}” to leave out.", name=word)
            mistakes.append(Mistake(place.file, place.line, path, problem, suggestion(known, word)))
            continue
        _leave_out(under, section, key)


def _nameable(under: TomlTable, section: str) -> list[str]:
    """What ``section:`` may name: the keys of its entries, and of kinds those of the product that have states."""
    found = [str(one["key"]) for one in tables(under, section) if "key" in one]
    if section == "kind":
        found += [_kind(one) for one in tables(under, "state")]
    return list(dict.fromkeys(found))


def _leave_out(under: TomlTable, section: str, key: str) -> None:
    gone = {(section, key)}
    if section == "group":
        gone |= {("kind", str(one.get("key"))) for one in tables(under, "kind") if one.get("group") == key}
    if section == "clause":
        gone |= {("clause", one) for one in _clauses_below(under, key)}
    if section == "approval":
        gone |= {("level", str(one["key"])) for one in tables(under, "level") if _before(one) == key}
    for kind in [one for name, one in gone if name == "kind"]:
        gone |= _of_kind(under, kind)
    _forget(under, gone)


def _of_kind(under: TomlTable, kind: str) -> set[tuple[str, str]]:
    """Everything of the document that speaks of a kind, of its rows and of what happens to it."""
    parts = [str(one.get("key")) for one in tables(under, "kind") if one.get("part_of") == kind]
    kinds = {kind, *parts}
    concerned: Mapping[str, Callable[[TomlTable], bool]] = {
        **dict.fromkeys(OF_A_KIND, lambda one: _kind(one) in kinds),
        "kind": lambda one: one.get("key") in kinds,
        "form": lambda one: one.get("record") in kinds,
        "noun": lambda one: one.get("key") in kinds,
        "numbering": lambda one: one.get("key") in kinds,
        "obligation": lambda one: bool({_first(one.get("opens")), *map(_first, _words(one.get("closes")))} & kinds),
        "pause": lambda one: _first(one.get("starts")) in kinds,
        "approval": lambda one: one.get("kind") in kinds,
        "example": lambda one: one.get("kind") in kinds,
        "effect": lambda one: bool({_first(one.get(name)) for name in ("step", "opens", "closes", "replaces")} & kinds),
        "target": lambda one: one.get("of") in kinds,
    }
    gone = {
        (name, str(one.get("key"))) for name, is_of in concerned.items() for one in tables(under, name) if is_of(one)
    }
    gone |= {("level", str(one["key"])) for one in tables(under, "level") if ("approval", _before(one)) in gone}
    rules = {key for name, key in gone if name == "obligation"}
    gone |= {("target", str(one.get("key"))) for one in tables(under, "target") if one.get("of") in rules}
    if isinstance(under.get("visibility"), TomlTable):
        for each in kinds:
            under["visibility"].pop(each, None)
    return gone


def _forget_views(under: TomlTable, kinds: set[str]) -> None:
    """What knowledge bases, rows that come by themselves and facts taken over name of kinds that are left out."""
    for one in tables(under, "kind"):
        if isinstance(one.get("knowledge"), TomlTable):
            _drop_paths(one["knowledge"].get("beside"), kinds)
    for one in tables(under, "field"):
        _drop_paths(one.get("taken_from"), kinds)
        source = one.get("rows_from")
        if isinstance(source, TomlTable):
            _drop_words(source.get("kinds"), kinds)
            if not source.get("kinds"):
                del one["rows_from"]


def _drop_paths(words: Any, kinds: set[str]) -> None:
    """Take ``kind.field`` of these kinds out of a list."""
    _drop_words(words, {word for word in _words(words) if word.partition(".")[0] in kinds})


def _forget(under: TomlTable, gone: set[tuple[str, str]]) -> None:
    """Take the entries away, and out of what is left the words that name them."""
    kinds, clauses, groups, departments = (
        {key for name, key in gone if name == which} for which in ("kind", "clause", "group", "department")
    )
    shown = {f"{name}:{key}" for name, key in gone if name in EVIDENCE_KINDS}
    quotas = {f"quota:{key}" for name, key in gone if name == "target"}
    for section in SECTIONS:
        _keep(under, section, [one for one in tables(under, section) if (section, str(one.get("key"))) not in gone])
    evidence = tables(under, "evidence")
    _keep(
        under, "evidence", [one for one in evidence if one.get("of") not in shown and one.get("clause") not in clauses]
    )
    for section in ("calendar_day", "department_calendar"):
        _keep(under, section, [one for one in tables(under, section) if one.get("department") not in departments])
    for section, names in LISTS.items():
        for one in tables(under, section):
            for name in names:
                _drop_words(one.get(name), kinds | shown | quotas)
    _forget_views(under, kinds)
    for section in SECTIONS:
        for one in tables(under, section):
            if one.get("clause") in clauses:
                del one["clause"]
            if section == "kind" and one.get("group") in groups:
                del one["group"]


def _clauses_below(under: TomlTable, key: str) -> list[str]:
    found, waiting = [], [key]
    while waiting:
        here = waiting.pop()
        below = [str(one.get("key")) for one in tables(under, "clause") if one.get("parent") == here]
        waiting += [one for one in below if one not in found]
        found += below
    return found


# ---- whose text a clause stands in


def adopt_clauses(merged: TomlTable, under: TomlTable, over: TomlTable, mistakes: list[Mistake]) -> None:
    """Mark each inherited clause with the pack whose text it stands in, unless the pack above adopts it.

    A pack adopts a clause, with those below it, by naming it in ``[pack] adopts``; all clauses of a document by the key
    of its pack; and a clause whose title it writes itself.
    """
    header = under.get("pack")
    document = str(header.get("key", "")) if isinstance(header, TomlTable) else ""
    inherited = {str(one.get("key")): one.get("document") or document for one in tables(under, "clause")}
    own = {str(one.get("key")) for one in tables(over, "clause") if "title" in one}
    for word, place, path in _written(over, "adopts"):
        if word in inherited:
            own |= {word, *_clauses_below(merged, word)}
        elif word in inherited.values() or word == document:
            own |= {key for key, of in inherited.items() if of == word}
        else:
            problem = t("上级程序没有「{name}」这个条款", "The pack below has no clause “{name}”.", name=word)
            known = [*dict.fromkeys(inherited.values()), *inherited]
            mistakes.append(Mistake(place.file, place.line, path, problem, suggestion(known, word)))
    for one in tables(over, "clause"):
        if "document" in one:
            place = one.places["document"]
            path = f"clause[{one.get('key')}].document"
            mistakes.append(Mistake(place.file, place.line, path, *BY_ITSELF))
    for one in tables(merged, "clause"):
        key = str(one.get("key"))
        if key in inherited and key not in own:
            one.put("document", inherited[key], one.place)
        elif key in inherited:
            one.pop("document", None)


# ---- kinds that both packs declare


def keep_kinds_apart(under: TomlTable, over: TomlTable, warnings: list[Mistake]) -> None:
    """A kind that the pack above declares whole, with a name and states of its own, stands alone.

    So a pack below may come to declare a kind of the same key; what it says of that kind is left out, and said.
    """
    states = {_kind(one) for one in tables(over, "state") if {"phase", "label"} <= one.keys()}
    below = {str(one.get("key")) for one in tables(under, "kind")}
    for one in tables(over, "kind"):
        key = one.get("key")
        if isinstance(key, str) and key in below and key in states and "label" in one:
            _forget(under, _of_kind(under, key))
            place = one.places.get("key", one.place)
            problem = t("上级程序也有「{key}」这种记录", "The pack below has a kind “{key}” too.", key=key)
            warnings.append(Mistake(place.file, place.line, f"kind[{key}].key", problem, _ALONE))


_ALONE: Text = t(
    "以本程序写的为准，上级的不用；要沿用上级的，请去掉本程序的状态",
    "This pack's own stands alone; to take over the one below, leave out this pack's states of it.",
)


# ---- reading documents that may be written wrong


def tables(document: TomlTable, section: str) -> list[TomlTable]:
    """The entries of a section that are tables."""
    return [one for one in document.get(section, ()) if isinstance(one, TomlTable)]


def _written(document: TomlTable, name: str) -> Iterator[tuple[str, SourceLocation, str]]:
    """The words of a list in ``[pack]``, each with its place and how that is written."""
    header = document.get("pack")
    listed = header.get(name) if isinstance(header, TomlTable) else None
    if isinstance(listed, TomlArray):
        for index, word in enumerate(listed):
            if isinstance(word, str):
                yield word, listed.places[index], f"pack.{name}[{index + 1}]"


def _keep(document: TomlTable, section: str, kept: list[TomlTable]) -> None:
    if isinstance(document.get(section), TomlArray):
        array = document[section]
        array[:] = kept
        array.places[:] = [one.place for one in kept]


def _drop_words(array: Any, words: set[str]) -> None:
    if isinstance(array, TomlArray):
        kept = [(one, place) for one, place in zip(array, array.places, strict=True) if one not in words]
        array[:] = [one for one, _ in kept]
        array.places[:] = [place for _, place in kept]


def _kind(entry: TomlTable) -> str:
    return _first(entry.get("key"))


def _before(entry: TomlTable) -> str:
    return str(entry.get("key", "")).rpartition(".")[0]


def _first(word: Any) -> str:
    return word.partition(".")[0] if isinstance(word, str) else ""


def _words(value: Any) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
