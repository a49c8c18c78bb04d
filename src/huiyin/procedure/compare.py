"""What differs between two versions of a procedure, entry by entry, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.merge import identity_of
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sections import SECTIONS
from huiyin.procedure.taken_away import kinds_taken

ADDED, REMOVED, CHANGED = "added", "removed", "changed"
HEADER = ("version", "title", "timezone", "currency", "extends", "calendar", "visibility")
NAMES: Mapping[str, Text] = {
    "pack": t("总则", "General"),
    "department": t("部门", "Department"),
    "calendar_day": t("特别日", "Company day"),
    "department_calendar": t("部门作息", "Department calendar"),
    "form": t("表单", "Form"),
    "numbering": t("编号", "Numbering"),
    "catalogue": t("选项表", "Catalogue"),
    "state": t("状态", "State"),
    "step": t("步骤", "Step"),
    "field": t("字段", "Field"),
    "obligation": t("责任时限", "Obligation"),
    "pause": t("暂停", "Pause"),
    "authority": t("权限", "Authority"),
    "noun": t("名称", "Names"),
    "sharing": t("费用分担", "Sharing of costs"),
    "clause": t("条款", "Clause"),
    "evidence": t("证据", "Evidence"),
    "group": t("菜单分组", "Menu group"),
    "function": t("职能", "Function"),
    "kind": t("记录类别", "Kind of record"),
    "balance": t("平衡", "Balance"),
    "effect": t("联动", "Effect"),
    "approval": t("审批", "Approval"),
    "level": t("审批层级", "Level of approval"),
    "target": t("目标", "Target"),
    "example": t("示例", "Example"),
}
"""What the sections of a pack are called on pages."""


WORDING, ADDITION, BREAK = CLASSES = ("wording", "addition", "break")
CLASS_NAMES: Mapping[str, Text] = {
    WORDING: t("改动", "Changed in words and rules"),
    ADDITION: t("新增", "Added"),
    BREAK: t("不相容", "Broken with"),
}
"""What a difference means for records that are open when the other version comes into force: it reaches them or the
next ones, concerns only what comes, or leaves behind what they hold.
"""
HOLDING = ("kind", "field", "state", "catalogue")
"""Entries that open records hold by their keys: without one, a record keeps what no version explains any more."""
FIXED: Mapping[str, tuple[str, ...]] = {
    "field": ("type", "of", "catalogue"),
    "kind": ("part_of", "rows", "period", "catalogue"),
    "pack": ("currency",),
}
"""What must stay as it is for what was written before to be read."""
RENAMED = ("kind", "field")
"""Sections whose entries may say what they were called before (``was``)."""
KIND_FIRST = ("state", "step", "field", "balance", "effect")
"""Sections whose keys begin with a kind of record."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """One thing that differs: ``how`` is added, removed or changed; ``before`` and ``after`` its written values.

    ``class_`` says what it means for open records: wording, addition or break.
    """

    section: str
    key: str
    path: str
    how: str
    before: Text | None
    after: Text | None
    class_: str = WORDING

    @property
    def sentence(self) -> Text:
        """The difference in words."""
        name = NAMES[self.section]
        if self.key:
            name = t("{section} {key}", "{section} {key}", section=name, key=self.key)
        if self.how == ADDED:
            return t("{name}：新增", "{name}: added", name=name)
        if self.how == REMOVED:
            return t("{name}：取消", "{name}: removed", name=name)
        nothing = t("（无）", "(none)")
        return t(
            "{name} 的 {path}：{before} → {after}",
            "{name}, {path}: {before} → {after}",
            name=name,
            path=self.path,
            before=self.before or nothing,
            after=self.after or nothing,
        )


def compare(one: Procedure, other: Procedure) -> list[VersionDifference]:
    """What must be changed in ``one`` to have ``other``, in the order of the sections; last the kinds of
    the product that are gone.
    """
    before, after = one.described(), other.described()
    found = list(_fields("pack", "", {k: before[k] for k in HEADER}, {k: after[k] for k in HEADER}))
    names = _renamed_kinds(before["kinds"], after["kinds"])
    for section, (attribute, _) in SECTIONS.items():
        was = {_new_key(section, key, names): each for key, each in _by_identity(section, before[attribute]).items()}
        found.extend(_entries(section, was, _by_identity(section, after[attribute])))
    for kind, label in kinds_taken(one, other).items():
        if kind not in one.vocabulary.declared:  # that one is an entry, and listed already
            found.append(VersionDifference("kind", kind, "", REMOVED, label, None, BREAK))
    return found


def by_class(differences: Iterable[VersionDifference]) -> dict[str, list[VersionDifference]]:
    """The differences in three groups, each in the order of the sections: wording, addition, break."""
    listed = list(differences)
    return {name: [each for each in listed if each.class_ == name] for name in CLASSES}


def _renamed_kinds(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> dict[str, str]:
    """Kinds that have another key now, by the one they had."""
    old, new = {each["key"] for each in before}, {each["key"] for each in after}
    return {each["was"]: each["key"] for each in after if each["was"] in old and each["was"] not in new}


def _new_key(section: str, key: str, names: Mapping[str, str]) -> str:
    """The key of an entry when kinds are called as they are now."""
    kind, dot, rest = key.partition(".")
    if section in (*KIND_FIRST, "kind", "noun", "numbering"):
        return f"{names.get(kind, kind)}{dot}{rest}"
    return key


def _by_identity(section: str, entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {identity_of(section, entry) or "": entry for entry in entries}


def _entries(section: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[VersionDifference]:
    was = {} if section not in RENAMED else {_old_key(each): key for key, each in after.items() if each["was"]}
    renamed = {old: new for old, new in was.items() if old in before and old not in after}
    for old, entry in before.items():
        key = renamed.get(old, old)
        if key in after:
            yield from _fields(section, key, entry, after[key])
        else:
            how = BREAK if section in HOLDING else WORDING
            yield VersionDifference(section, key, "", REMOVED, _name(entry), None, how)
    for key, entry in after.items():
        if key not in before and key not in renamed.values():
            yield VersionDifference(section, key, "", ADDED, None, _name(entry), ADDITION)


def _old_key(entry: dict[str, Any]) -> str:
    """The key that an entry had, of a field within its kind as it is called now."""
    kind, dot, _ = entry["key"].partition(".")
    return f"{kind}{dot}{entry['was'].rpartition('.')[2]}" if dot else entry["was"]


def _name(entry: dict[str, Any]) -> Text | None:
    return _said(entry.get("label") or entry.get("title"))


def _fields(section: str, key: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[VersionDifference]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one == other or name == "was" or (name == "key" and not after.get("was")):
            continue  # an entry keeps its key, unless the kind it speaks of or it itself is renamed
        class_ = _options(one or [], other or []) if (section, name) == ("catalogue", "options") else WORDING
        if name in FIXED.get(section, ()):
            class_ = BREAK
        yield VersionDifference(section, key, name, CHANGED, _said(one), _said(other), class_)


def _options(before: list[dict[str, Any]], after: list[dict[str, Any]]) -> str:
    """Whether options went (open records may hold them), were only added, or are written otherwise."""
    old, new = ({each["key"]: each for each in options} for options in (before, after))
    if not old.keys() <= new.keys():
        return BREAK
    return ADDITION if all(new[key] == each for key, each in old.items()) else WORDING


def _said(value: Any) -> Text | None:
    """A value as a page shows it; None when there is none."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            return Text(value["zh"], value["en"])
        said = [(name, _said(inner)) for name, inner in value.items() if inner is not False]
        return _joined([t("{name}：{said}", "{name}: {said}", name=name, said=each) for name, each in said if each])
    if isinstance(value, list):
        return _joined([each for each in map(_said, value) if each])
    return Text(str(value), str(value))


def _joined(texts: list[Text]) -> Text:
    return Text("；".join(each.show("zh") for each in texts), "; ".join(each.show("en") for each in texts))
