"""What differs between two versions of a procedure, entry by entry, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.merge import identity_of
from huiyin.procedure.schema import Procedure
from huiyin.procedure.sections import SECTIONS

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
}
"""What the sections of a pack are called on pages."""


@dataclass(frozen=True, slots=True)
class VersionDifference:
    """One thing that differs: ``how`` is added, removed or changed; ``before`` and ``after`` its written values."""

    section: str
    key: str
    path: str
    how: str
    before: Text | None
    after: Text | None

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
    """What must be changed in ``one`` to have ``other``, in the order of the sections."""
    before, after = one.described(), other.described()
    found = list(_fields("pack", "", {k: before[k] for k in HEADER}, {k: after[k] for k in HEADER}))
    for section, (attribute, _) in SECTIONS.items():
        found.extend(
            _entries(section, _by_identity(section, before[attribute]), _by_identity(section, after[attribute]))
        )
    return found


def _by_identity(section: str, entries: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {identity_of(section, entry) or "": entry for entry in entries}


def _entries(section: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[VersionDifference]:
    for key, entry in before.items():
        if key in after:
            yield from _fields(section, key, entry, after[key])
        else:
            yield VersionDifference(section, key, "", REMOVED, _said(entry.get("label") or entry.get("title")), None)
    for key, entry in after.items():
        if key not in before:
            yield VersionDifference(section, key, "", ADDED, None, _said(entry.get("label") or entry.get("title")))


def _fields(section: str, key: str, before: dict[str, Any], after: dict[str, Any]) -> Iterator[VersionDifference]:
    for name in dict.fromkeys([*before, *after]):
        one, other = before.get(name), after.get(name)
        if one != other:
            yield VersionDifference(section, key, name, CHANGED, _said(one), _said(other))


def _said(value: Any) -> Text | None:
    """A value as a page shows it; None when there is none."""
    if value in (None, "", [], {}):
        return None
    if isinstance(value, bool):
        return t("是", "yes") if value else t("否", "no")
    if isinstance(value, dict):
        if value.keys() == {"zh", "en"}:
            return Text(value["zh"], value["en"])
        said = [(name, _said(inner)) for name, inner in value.items()]
        return _joined([t("{name}：{said}", "{name}: {said}", name=name, said=each) for name, each in said if each])
    if isinstance(value, list):
        return _joined([each for each in map(_said, value) if each])
    return Text(str(value), str(value))


def _joined(texts: list[Text]) -> Text:
    return Text("；".join(each.show("zh") for each in texts), "; ".join(each.show("en") for each in texts))
