"""What a declared kind has without its pack writing it: void, correct, hand over and take up again, a number, a form.

Everything here may be written by the pack itself, and is then left alone. What is added stands where the kind stands,
so that a mistake in it is found at the kind.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from huiyin.procedure import approval_completion, offline_completion
from huiyin.procedure.additions import add, kind_of, name_of, placed, tables, words_in
from huiyin.procedure.lexicon import FORM_LAYOUT, GIVEN
from huiyin.procedure.locate import TomlArray, TomlTable
from huiyin.procedure.vocabulary import LAST_PHASES

CORRECT, VOID, REOPEN = "correct", "void", "reopen"
WORDS: Mapping[str, dict[str, str]] = {
    "void": {"zh": "作废", "en": "Void"},
    "correct": {"zh": "更正资料", "en": "Correct the facts"},
    "hand_over": {"zh": "移交负责人", "en": "Hand over to somebody else"},
    "reopen": {"zh": "重新办理", "en": "Take up again"},
    "answer": {"zh": "填写办理结果", "en": "Say what was done"},
    "drop": {"zh": "不再需要", "en": "No longer needed"},
    "pass_on": {"zh": "转给别人", "en": "Pass on to somebody else"},
    "open": {"zh": "待办", "en": "To be done"},
    "answered": {"zh": "已办", "en": "Done"},
    "dropped": {"zh": "已取消", "en": "Dropped"},
}
SENTENCES: dict[str, dict[str, str]] = {
    "void": {"zh": "{actor} 作废：{reason}", "en": "{actor} made it void: {reason}"},
    "correct": {"zh": "{actor} 更正了资料", "en": "{actor} corrected the facts"},
    "hand_over": {"zh": "{actor} 移交给 {to}。{reason}", "en": "{actor} handed it over to {to}. {reason}"},
    "reopen": {"zh": "{actor} 重新办理：{reason}", "en": "{actor} took it up again: {reason}"},
}
ROW_SENTENCES: dict[str, dict[str, str]] = {
    "answer": {"zh": "{actor} 办理了“{what}”：{answer}", "en": "{actor} did “{what}”: {answer}"},
    "drop": {"zh": "{actor} 取消了“{what}”：{reason}", "en": "{actor} dropped “{what}”: {reason}"},
    "pass_on": {"zh": "{actor} 把“{what}”转给 {to}", "en": "{actor} passed “{what}” on to {to}"},
}


def complete(document: TomlTable) -> None:
    """Add to a merged document what its declared kinds have without saying so."""
    waiting = approval_completion.add_states(document)
    for kind in tables(document, "kind"):
        key = kind.get("key")
        if not isinstance(key, str) or "." in key:
            continue  # said by the checks
        if kind.get("part_of") is None:
            _record(document, kind, key, waiting)
        elif kind.get("rows") == "task":
            _task_rows(document, kind, key)
    approval_completion.add_steps(document)
    offline_completion.add_sheets(document)


def _record(document: TomlTable, kind: TomlTable, key: str, waiting: Collection[str]) -> None:
    states = [one for one in tables(document, "state") if kind_of(one) == key]
    steps = [one for one in tables(document, "step") if kind_of(one) == key]
    if not states or not steps:
        return  # said by the checks
    still = [name_of(one) for one in states if one.get("phase") not in LAST_PHASES]
    closed = [name_of(one) for one in states if one.get("phase") == "closed"]
    openers = openers_of(steps)
    add(document, "state", kind, {"key": f"{key}.{VOID}", "phase": "void", "label": WORDS["void"]})
    if still:
        _step(document, kind, f"{key}.correct", still, None, ["owner", *openers], aside=True)
        _step(document, kind, f"{key}.hand_over", still, None, ["owner", "head"], aside=True)
        _step(document, kind, f"{key}.void", still, VOID, ["owner", "head"], ends=True)
    written = [name for name in still if f"{key}.{name}" not in waiting]
    back = kind.get("reopens") or (written[-1] if written else "")
    if closed and back:
        _step(
            document,
            kind,
            f"{key}.reopen",
            closed,
            back,
            ["owner", "head"],
            aside=True,
            **({} if f"{key}.{back}" in waiting else _undone(document, key, closed)),
        )
    pattern = f"{key.upper()}{{year}}-{{seq:4}}"
    add(document, "numbering", kind, {"key": key, "pattern": pattern, "restart": "year"})
    if not any(one.get("record") == key for one in tables(document, "form")):
        title = kind.get("label")
        form = {"key": key, "number": key.upper(), "title": title, "record": key, "layout": FORM_LAYOUT}
        add(document, "form", kind, form)
    for one in tables(document, "form"):
        if one.get("record") == key and "layout" not in one:
            one.put("layout", FORM_LAYOUT, one.place)
    _visibility(document, kind, key, steps)


def openers_of(steps: Iterable[TomlTable]) -> list[str]:
    """Who opens the kind; where anyone may, that gives nobody a right over what others opened."""
    found = dict.fromkeys(by for one in steps if not one.get("from") for by in words_in(one.get("by")))
    return [by for by in found if by != "anyone"]


def _undone(document: TomlTable, key: str, closed: Collection[str]) -> dict[str, Any]:
    """What taking up again takes back: the steps that closed it, unless the pack says itself what is owed then."""
    if any(one.get("opens") == f"{key}.reopen" for one in tables(document, "obligation")):
        return {}
    steps = [one for one in tables(document, "step") if kind_of(one) == key]
    ended = [_event_of(one) for one in steps if one.get("from") and one.get("to") in closed]
    return {"undoes": _unique(ended)}


def _visibility(document: TomlTable, kind: TomlTable, key: str, steps: Iterable[TomlTable]) -> None:
    """Who may take one of its steps sees all of them, unless the pack says otherwise."""
    seen = document.get("visibility")
    if seen is None:
        seen = TomlTable(kind.place)
        document.put("visibility", seen, kind.place)
    if not isinstance(seen, TomlTable) or key in seen:
        return
    held = {function for one in tables(document, "department") for function in words_in(one.get("functions"))}
    named = [by.partition(".")[0] for one in steps if one.get("from") for by in words_in(one.get("by"))]
    named += [by.partition(".")[0] for by in openers_of(steps)]
    always: list[str] = [function for function in ("management", "office", "auditor") if function in held]
    if "anyone" in named:
        always = ["anyone"]
    functions = TomlArray(kind.place)
    for function in dict.fromkeys([*(name for name in named if name in held), *always]):
        functions.append(function)
        functions.places.append(kind.place)
    seen.put(key, functions, kind.place)


def _task_rows(document: TomlTable, kind: TomlTable, key: str) -> None:
    for name, phase in (("open", "handling"), ("answered", "closed"), ("dropped", "void")):
        add(document, "state", kind, {"key": f"{key}.{name}", "phase": phase, "label": WORDS[name]})
    responsible = f"{key}.owner"
    # The opening step is taken by the form of the record: it only says where rows begin.
    _step(document, kind, f"{key}.{GIVEN}", [], "open", ["anyone"], label={"zh": "交办", "en": "Give to somebody"})
    _step(document, kind, f"{key}.answer", ["open"], "answered", [responsible, "owner"])
    _step(document, kind, f"{key}.drop", ["open"], "dropped", ["owner", "head"], ends=True)
    _step(document, kind, f"{key}.pass_on", ["open"], None, [responsible, "owner", "head"], aside=True)
    if not any(one.get("opens") == f"{key}.{GIVEN}" for one in tables(document, "obligation")):
        rule = {
            "key": f"{key}-answer",
            "label": kind.get("label"),
            "opens": f"{key}.{GIVEN}",
            "closes": [f"{key}.answer"],
            "cancels": [f"{key}.drop", *_voiding(document, kind.get("part_of"))],
            "owner": responsible,
            "within": "promised",
            "ladder": [{"at": "75%", "to": "owner"}, {"at": "100%", "to": "owner"}, {"at": "+1 workday", "to": "head"}],
        }
        add(document, "obligation", kind, rule)
    for one in tables(document, "obligation"):
        _moves_with_its_task(one, f"{key}.{GIVEN}")


def _moves_with_its_task(rule: TomlTable, given: str) -> None:
    """What is owed of a task is owed anew, and the old no more, when the task is given to another or by another day."""
    ends = [event for name in ("closes", "cancels", "puts_off") for event in words_in(rule.get(name))]
    if rule.get("opens") == given and given not in ends:
        rule.put("puts_off", placed([*words_in(rule.get("puts_off")), given], rule.place), rule.place)


def _step(
    document: TomlTable,
    kind: TomlTable,
    key: str,
    from_: list[str],
    to: str | None,
    by: list[str],
    *,
    label: dict[str, str] | None = None,
    **more: Any,
) -> None:
    verb = key.partition(".")[2]
    step: dict[str, Any] = {"key": key, "label": label or WORDS[verb], "from": from_, "by": list(dict.fromkeys(by))}
    if said := (SENTENCES | ROW_SENTENCES).get(verb):
        step["said"] = said
    if to is not None:
        step["to"] = to
    add(document, "step", kind, {**step, **more})


def _event_of(step: TomlTable) -> str:
    """What a step writes into the journal, without the kind."""
    return str(step.get("happens") or name_of(step))


def _unique(words: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(words))


def _voiding(document: TomlTable, record: Any) -> list[str]:
    """The events by which a record ends before its time: what is owed on its rows ends with it."""
    own = [one for one in tables(document, "step") if kind_of(one) == record]
    ending = [one for one in own if one.get("ends") or one.get("to") == VOID]
    return _unique([*(f"{record}.{_event_of(one)}" for one in ending), f"{record}.{VOID}"])
