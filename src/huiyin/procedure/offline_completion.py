"""What a kind whose forms work without a network brings with it: sheets that came too late.

One that is no step any more is kept; one that is a step, but by its receipt a late one, is told. On either, whoever
heads its author's department owes a decision. All of it may be written by the pack itself, and is then left alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.procedure.additions import add, tables, words_in
from huiyin.procedure.locate import TomlTable

SHEETS = "sheets"
"""The rows of such a kind of part: no field shows them, and no pack writes them."""
MOST = 14
"""Characters that the key of such a kind may have, for the name of its sheets goes behind it."""
KEEP = "keep"
COME_LATE = "come_late"


def sheet_kind(kind: str) -> str:
    """The kind of part that is one sheet, received and not taken, under a record of a kind."""
    return f"{kind}-sheet"


def _pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


STATES: Mapping[str, tuple[str, dict[str, str]]] = {
    "kept": ("handling", _pair("已收到，未办理", "Received, not taken")),
    "applied": ("closed", _pair("已人工办理", "Done by hand")),
    "discarded": ("void", _pair("不予采用", "Not used")),
    "late": ("handling", _pair("已办理，收到时已逾期", "Taken, late when it came")),
    "counted": ("closed", _pair("按填写时间计", "Time of filling in counts")),
    "by_receipt": ("closed", _pair("按收到时间计", "Time of receipt counts")),
}
STEPS: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    KEEP: (
        _pair("收到离线单", "Offline sheet received"),
        _pair(
            "收到 {who} 离线填写的“{what}”，未能办理：{why}",
            "“{what}”, filled in offline by {who}, came and was not taken: {why}",
        ),
    ),
    "apply": (
        _pair("人工办理", "Done by hand"),
        _pair(
            "{actor} 已按离线单“{what}”人工办理：{remark}",
            "{actor} did by hand what the offline sheet “{what}” says: {remark}",
        ),
    ),
    "discard": (
        _pair("不予采用", "Do not use"),
        _pair("{actor} 不采用离线单“{what}”：{reason}", "{actor} did not use the offline sheet “{what}”: {reason}"),
    ),
    COME_LATE: (
        _pair("离线单收到时已逾期", "Offline sheet was late when it came"),
        _pair(
            "{who} 离线填写的“{what}”收到时已逾期：{why}",
            "“{what}”, filled in offline by {who}, was late when it came: {why}",
        ),
    ),
    "count_stated": (
        _pair("认可填写时间", "Accept the time of filling in"),
        _pair(
            "{actor} 认可“{what}”的填写时间，迟与不迟按它计：{reason}",
            "{actor} accepted when “{what}” was filled in; lateness is counted by it: {reason}",
        ),
    ),
    "count_receipt": (
        _pair("按收到时间计", "Count by the time of receipt"),
        _pair(
            "{actor} 决定“{what}”按收到时间计：{reason}",
            "{actor} decided that “{what}” counts from its receipt: {reason}",
        ),
    ),
}


def add_sheets(document: TomlTable) -> None:
    """Add the sheets of every kind that says ``offline = true``: states, steps, and who owes the decisions."""
    for kind in tables(document, "kind"):
        key = kind.get("key")
        if isinstance(key, str) and kind.get("offline") is True and kind.get("part_of") is None:
            _sheets(document, kind, key)


def _sheets(document: TomlTable, kind: TomlTable, key: str) -> None:
    sheet = sheet_kind(key)
    label = _pair("离线单", "Offline sheet")
    add(document, "kind", kind, {"key": sheet, "label": label, "part_of": key, "rows": SHEETS})
    for name, (phase, words) in STATES.items():
        add(document, "state", kind, {"key": f"{sheet}.{name}", "phase": phase, "label": words})
    deciding = [f"{sheet}.decider", "owner", "head"]
    counting = [*deciding, *(one for one in ("management",) if one in _held(document))]
    _step(document, kind, sheet, KEEP, [], "kept", ["anyone"])
    _step(document, kind, sheet, "apply", ["kept"], "applied", deciding)
    _step(document, kind, sheet, "discard", ["kept"], "discarded", deciding, ends=True)
    _step(document, kind, sheet, COME_LATE, [], "late", ["anyone"])
    _step(document, kind, sheet, "count_stated", ["late"], "counted", counting, guards=["other:author"])
    _step(document, kind, sheet, "count_receipt", ["late"], "by_receipt", counting)
    words = _pair("决定离线单如何办理", "Decide on an offline sheet that was not taken")
    _owe(document, kind, sheet, "decide", words, opens=KEEP, closes=["apply", "discard"])
    words = _pair("决定离线单按哪个时间计", "Decide by which time an offline sheet counts")
    _owe(document, kind, sheet, "count", words, opens=COME_LATE, closes=["count_stated", "count_receipt"])


def _held(document: TomlTable) -> set[str]:
    """The functions that some department has."""
    return {function for one in tables(document, "department") for function in words_in(one.get("functions"))}


def _owe(
    document: TomlTable, kind: TomlTable, sheet: str, name: str, label: dict[str, str], *, opens: str, closes: list[str]
) -> None:
    rule = {
        "key": f"{sheet}-{name}",
        "label": label,
        "source": "pack",
        "opens": f"{sheet}.{opens}",
        "closes": [f"{sheet}.{verb}" for verb in closes],
        "owner": f"{sheet}.decider",
        "within": "1 workday",
        "ladder": [{"at": "0%", "to": "owner"}, {"at": "100%", "to": "owner"}, {"at": "+1 workday", "to": "head"}],
        "outlives": True,
    }
    add(document, "obligation", kind, rule)


def _step(
    document: TomlTable, kind: TomlTable, sheet: str, verb: str, from_: list[str], to: str, by: list[str], **more: Any
) -> None:
    label, said = STEPS[verb]
    entry = {"key": f"{sheet}.{verb}", "label": label, "said": said, "from": from_, "to": to, "by": by, **more}
    add(document, "step", kind, entry)
