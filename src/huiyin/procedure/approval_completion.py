"""What a declared approval brings with it: a state of waiting, the steps of the record and of each place to sign, and
the duty of everybody who is asked.

All of it may be written by the pack itself, and is then left alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.procedure.additions import add, kind_of, name_of, tables, words_in
from huiyin.procedure.locate import TomlTable
from huiyin.procedure.vocabulary import LAST_PHASES

MOST = 13
"""Characters that the key of a kind with an approval may have, for the name of its places to sign goes behind it."""


def signer_kind(kind: str) -> str:
    """The kind of part that is one place to sign under a record of a kind."""
    return f"{kind}-signer"


def _pair(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


SIGNER = _pair("会签人", "Signer")
LEVEL = _pair("会签级", "Level")
REFUSED = _pair("未批准", "Refused")
REVISE = _pair("退回后修改再提交", "Revise what was returned and submit it again")
RESUBMIT = _pair("撤回后修改再提交", "Revise what was withdrawn and submit it again")
RECORD: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "submit": (
        _pair("提交会签", "Submit for approval"),
        _pair("{actor} 提交会签。{note}", "{actor} submitted it for approval. {note}"),
    ),
    "withdraw": (
        _pair("撤回会签", "Withdraw from approval"),
        _pair("{actor} 撤回了会签：{reason}", "{actor} withdrew it from approval: {reason}"),
    ),
    "approve": (
        _pair("会签通过", "Approved"),
        _pair("会签通过，最后由 {signer} 签署", "Approved; {signer} signed last"),
    ),
    "send_back": (
        _pair("退回修改", "Returned"),
        _pair("{signer} 退回修改：{reason}", "{signer} returned it: {reason}"),
    ),
    "turn_down": (
        _pair("不予批准", "Refused"),
        _pair("{signer} 不予批准：{reason}", "{signer} refused it: {reason}"),
    ),
    "ask_again": (
        _pair("重新会签", "Ask for approval again"),
        _pair(
            "签署的内容有改动，原来的签字作废，重新会签。{note}",
            "What was signed has changed: the signatures no longer hold, and it is asked for approval again. {note}",
        ),
    ),
}
"""The steps of the record: what each is called, and how the time-line tells it."""

PLACE: Mapping[str, tuple[dict[str, str], dict[str, str]]] = {
    "queued": (
        _pair("排队等候", "To be asked"),
        _pair("{level}：稍后请 {who} 签署", "{level}: {who} will be asked to sign"),
    ),
    "asked": (_pair("请签署", "Asked to sign"), _pair("{level}：请 {who} 签署", "{level}: {who} is asked to sign")),
    "sign": (
        _pair("同意并签署", "Agree and sign"),
        _pair("{signer} 签署同意（{level}）。{opinion}", "{signer} agreed and signed ({level}). {opinion}"),
    ),
    "refuse": (
        _pair("不同意", "Refuse"),
        _pair("{signer} 不同意（{level}），{to}：{reason}", "{signer} refused ({level}), {to}: {reason}"),
    ),
    "transfer": (
        _pair("转交", "Pass on"),
        _pair("{signer} 转交给 {who}（{level}）。{reason}", "{signer} passed it on to {who} ({level}). {reason}"),
    ),
    "add_signer": (
        _pair("加签", "Add a signer"),
        _pair("{signer} 请 {who} 加签（{level}）。{reason}", "{signer} added {who} ({level}). {reason}"),
    ),
    "take_back": (
        _pair("撤回签字", "Take the signature back"),
        _pair("{signer} 撤回了签字（{level}）。{reason}", "{signer} took the signature back ({level}). {reason}"),
    ),
    "carried": (
        _pair("前面已签", "Signed before"),
        _pair("{level}：{who} 在前面已经签署，不再请签", "{level}: {who} has signed already and is not asked again"),
    ),
    "excused": (
        _pair("不再需要", "Not needed any more"),
        _pair("{level}：不再请 {who} 签署", "{level}: {who} need not sign any more"),
    ),
}
"""The steps of a place to sign."""

STATES: Mapping[str, tuple[str, dict[str, str]]] = {
    "waiting": ("received", _pair("未轮到", "Not yet asked")),
    "asked": ("handling", _pair("待签", "To sign")),
    "signed": ("closed", _pair("已签", "Signed")),
    "refused": ("closed", _pair("不同意", "Refused")),
    "passed-on": ("void", _pair("已转交", "Passed on")),
    "excused": ("void", _pair("不需要", "Not needed")),
}


ASKED = "asked"
"""The state of a place whose turn it is; however a place comes to it, the event of this name is told."""
OF_THE_ROUND = ("queued", "asked", "carried", "excused")
"""The steps of a place that nobody takes: the round takes them as it goes on, and excuses whoever is left at last."""
CONCLUSIONS = ("approve", "send_back", "turn_down")
"""The steps of the record that tell how a round ended."""


def add_states(document: TomlTable) -> set[str]:
    """Add the states in which records wait for signatures, and in which refused ones end; gives the former's keys."""
    waiting = set()
    for one, kind in _approvals(document):
        label = one.get("label")
        words = label if isinstance(label, Mapping) else REFUSED
        state = str(one.get("state", "in-approval"))
        said = _pair(f"{words.get('zh', '')}中", f"{words.get('en', '')}: in progress")
        entry = {"key": f"{kind}.{state}", "phase": "handling", "label": said}
        add(document, "state", one, entry, after=f"{kind}.{one.get('from', '')}")
        waiting.add(f"{kind}.{state}")
        if any(level.get("refusal") == "ends" for level in _levels(document, one)):
            refused = str(one.get("refused", "refused"))
            add(document, "state", one, {"key": f"{kind}.{refused}", "phase": "void", "label": REFUSED})
    return waiting


def add_steps(document: TomlTable) -> None:
    """Add the steps of records and of places to sign, and who owes what."""
    for one, kind in _approvals(document):
        _record_steps(document, one, kind)
        _places(document, one, kind)
        _duties(document, one, kind)


def _approvals(document: TomlTable) -> list[tuple[TomlTable, str]]:
    whole = [str(one.get("key")) for one in tables(document, "kind") if one.get("part_of") is None]
    found = [(one, str(one.get("kind", ""))) for one in tables(document, "approval")]
    return [(one, kind) for one, kind in found if kind in whole and isinstance(one.get("key"), str)]


def _levels(document: TomlTable, approval: TomlTable) -> list[TomlTable]:
    key = str(approval.get("key"))
    return [one for one in tables(document, "level") if str(one.get("key", "")).rpartition(".")[0] == key]


def verb_of(approval: TomlTable, kind: str, name: str) -> str:
    """As ``ApprovalEntry.verb`` of an approval that is not read yet."""
    own = str(approval.get("key")).rpartition(".")[2].replace("-", "_")
    return name if approval.get("key") == kind else f"{name}_{own}"


def _record_steps(document: TomlTable, one: TomlTable, kind: str) -> None:
    states = [each for each in tables(document, "state") if kind_of(each) == kind]
    still = [name_of(each) for each in states if each.get("phase") not in LAST_PHASES]
    steps = [each for each in tables(document, "step") if kind_of(each) == kind]
    openers = [by for each in steps if not each.get("from") for by in words_in(each.get("by")) if by != "anyone"]
    mine = list(dict.fromkeys(["owner", *openers]))
    start, back = str(one.get("from", "")), str(one.get("returned", ""))
    state = str(one.get("state", "in-approval"))
    clause = one.get("clause", "")

    def step(name: str, from_: list[str], to: str, by: list[str], **more: Any) -> None:
        label, said = (_called(words, one) for words in RECORD[name])
        key = f"{kind}.{verb_of(one, kind, name)}"
        entry = {"key": key, "label": label, "said": said, "from": from_, "to": to, "by": by, "clause": clause}
        add(document, "step", one, {**entry, **more})

    step("submit", list(dict.fromkeys([start, back])), state, mine)
    undone = [] if _submits_by_itself(document, one, kind) else [verb_of(one, kind, "submit")]
    step("withdraw", [state], start, mine, guards=["approval:untouched"], aside=True, undoes=undone)
    step("approve", [state], str(one.get("approved", "")), ["anyone"], **_APPROVED, **_promised(one))
    step("send_back", [state], back, ["anyone"], guards=["approval:returned"], tells=_OWNER)
    if any(level.get("refusal") == "ends" for level in _levels(document, one)):
        refused = str(one.get("refused", "refused"))
        step("turn_down", [state], refused, ["anyone"], guards=["approval:ended"], tells=_OWNER)
    bound = words_in(one.get("binds")) or _behind(str(one.get("approved", "")), steps, but=(start, back))
    signed = [state, *(name for name in dict.fromkeys(bound) if name in still and name != state)]
    step("ask_again", signed, state, ["anyone"], guards=["approval:changed"], tells=_OWNER, aside=True)


def _behind(approved: str, steps: Sequence[TomlTable], *, but: Sequence[str]) -> list[str]:
    """The states that lie behind an approval: reached from it by the pack's own steps, without going back before it."""
    found, waiting = [], [approved]
    while waiting:
        here = waiting.pop(0)
        if here in found or here in but:
            continue
        found.append(here)
        waiting += [str(one.get("to")) for one in steps if here in words_in(one.get("from")) and one.get("to")]
    return found


_OWNER = ["record.owner"]
_APPROVED: Mapping[str, Any] = {"guards": ["approval:approved"], "tells": _OWNER}


def _promised(one: TomlTable) -> dict[str, Any]:
    return {"promises": one.get("promises")} if one.get("promises") else {}


def _called(words: Mapping[str, str], one: TomlTable) -> dict[str, str]:
    """The words of a step with what the approval is called in Chinese: 提交审批, where nothing is said 提交会签."""
    label = one.get("label")
    name = str(label.get("zh", "")) if isinstance(label, Mapping) else ""
    return {**words, "zh": words["zh"].replace("会签", name or "会签")}


def _submits_by_itself(document: TomlTable, one: TomlTable, kind: str) -> bool:
    """Whether a step of the pack's own leads into the state of waiting, so that nobody submits what it begins with."""
    state, own = str(one.get("state", "in-approval")), (verb_of(one, kind, "submit"), verb_of(one, kind, "ask_again"))
    steps = [each for each in tables(document, "step") if kind_of(each) == kind and each.get("to") == state]
    return any(name_of(each) not in own for each in steps)


def _places(document: TomlTable, one: TomlTable, kind: str) -> None:
    signer = signer_kind(kind)
    add(document, "kind", one, {"key": signer, "label": SIGNER, "part_of": kind, "rows": "signers"})
    add(document, "field", one, {"key": f"{signer}.level", "type": "text", "label": LEVEL})
    for name, (phase, label) in STATES.items():
        add(document, "state", one, {"key": f"{signer}.{name}", "phase": phase, "label": label})
    mine = [f"{signer}.signer"]

    def step(name: str, from_: list[str], to: str | None, by: list[str], **more: Any) -> None:
        label, said = PLACE[name]
        entry = {"key": f"{signer}.{name}", "label": label, "said": said, "from": from_, "by": by, **more}
        add(document, "step", one, entry if to is None else {**entry, "to": to})

    clause = one.get("clause", "")
    somebody_else = ["approval:somebody-else"]
    step("queued", [], "waiting", ["anyone"])
    step("asked", ["waiting"], "asked", ["anyone"], tells=mine)
    step("sign", ["asked"], "signed", mine, clause=clause, guards=somebody_else)
    step("refuse", ["asked"], "refused", mine, clause=clause, guards=somebody_else, ends=True)
    step("transfer", ["asked"], "passed-on", mine, guards=somebody_else, aside=True)
    step("add_signer", ["asked"], None, mine, guards=somebody_else, aside=True)
    step("take_back", ["signed"], "asked", mine, aside=True)
    step("carried", ["waiting"], "signed", ["anyone"])
    step("excused", ["waiting", "asked"], "excused", ["anyone"])


def _duties(document: TomlTable, one: TomlTable, kind: str) -> None:
    signer, clause = signer_kind(kind), one.get("clause", "")
    ladder = [{"at": "75%", "to": "owner"}, {"at": "100%", "to": "owner"}, {"at": "+1 workday", "to": "head"}]
    for level in _levels(document, one):
        rule = {
            "key": f"{str(level.get('key')).replace('.', '-')[:55]}-sign",
            "label": level.get("label"),
            "opens": f"{signer}.asked",
            "closes": [f"{signer}.sign", f"{signer}.refuse", f"{signer}.transfer"],
            "cancels": [f"{signer}.excused", f"{kind}.void"],
            "owner": f"{signer}.signer",
            "within": level.get("within", "2 workdays"),
            "when": [{"field": "level", "is": [str(level.get("key"))]}],
            "ladder": ladder,
            "source": "pack",
            "clause": clause,
        }
        add(document, "obligation", level, rule)
    _author(document, one, kind, "revise", "send_back", REVISE)
    if _submits_by_itself(document, one, kind):
        _author(document, one, kind, "resubmit", "withdraw", RESUBMIT)


def _author(document: TomlTable, one: TomlTable, kind: str, name: str, after: str, label: dict[str, str]) -> None:
    """Whoever is in charge submits anew what came back to them."""
    rule = {
        "key": f"{str(one.get('key')).replace('.', '-')[:51]}-{name}",
        "label": label,
        "opens": f"{kind}.{verb_of(one, kind, after)}",
        "closes": [f"{kind}.{verb_of(one, kind, 'submit')}"],
        "cancels": [f"{kind}.void"],
        "owner": "record.owner",
        "within": "2 workdays",
        "source": "pack",
        "clause": one.get("clause", ""),
    }
    add(document, "obligation", one, rule)


__all__ = ["ASKED", "CONCLUSIONS", "MOST", "OF_THE_ROUND", "add_states", "add_steps", "signer_kind", "verb_of"]
