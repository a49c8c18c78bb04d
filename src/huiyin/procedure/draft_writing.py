"""Writes the draft of a form as TOML: a kind with one step that fills it and one that closes it, ready for a pack."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from huiyin.kernel.text import Text
from huiyin.procedure.draft_conditions import DraftCondition
from huiyin.procedure.sheet_drafts import DraftField, DraftTable, FormDraft

HEAD = """\
# 由字段表得到的初稿：字段照原表，状态、步骤、责任请按书面程序改写。放进程序包的文件夹后运行 bin/huiyin packs check。
# A first draft from a sheet of fields: put it into the folder of a pack, run bin/huiyin packs check, and rewrite
# states, steps and duties as the written procedure has them."""


def draft_lines(draft: FormDraft, kind: str, label: Text) -> Iterator[str]:
    """The lines of the file."""
    yield HEAD
    yield from _entry("kind", key=kind, label=label, subject=_subject(draft))
    for table in _tables(draft):
        rows = "task" if table.is_task else "plain"
        yield from _entry("kind", key=rows_kind(draft, kind, table), label=table.label, part_of=kind, rows=rows)
    yield from _way(kind, [one.name for one in _tables(draft) if one.is_task])
    for item in draft.items:
        if isinstance(item, DraftField):
            yield from _field(kind, item, asked=True)
            continue
        of = rows_kind(draft, kind, item)
        yield from _entry("field", key=f"{kind}.{item.name}", type="rows", of=of, label=item.label, asked=["fill"])
        for each in item.fields:
            yield from _field(of, each, asked=False)


def rows_kind(draft: FormDraft, kind: str, table: DraftTable) -> str:
    """The key of a table's rows, at most 20 characters."""
    number = [each.name for each in _tables(draft)].index(table.name) + 1
    named = f"{kind}-{table.name.replace('_', '-')}"
    return named if len(named) <= 20 and not table.name.startswith("field_") else f"{kind[:16]}-r{number}"


def _tables(draft: FormDraft) -> list[DraftTable]:
    return [one for one in draft.items if isinstance(one, DraftTable)]


def _subject(draft: FormDraft) -> list[str]:
    """The first field of words stands for the record in lists."""
    return [one.name for one in draft.fields if one.type in ("text", "longtext")][:1]


def _way(kind: str, tasks: list[str]) -> Iterator[str]:
    """The states, steps and the one duty that every draft begins with; it closes when no task of ``tasks`` is open."""
    yield from _entry("state", key=f"{kind}.filled", phase="handling", label=Text("已填写", "Filled in"))
    yield from _entry("state", key=f"{kind}.closed", phase="closed", label=Text("已结束", "Closed"))
    yield from _entry("step", key=f"{kind}.fill", to="filled", by=["reception"], label=Text("填写", "Fill in"))
    close: dict[str, Any] = {"from": ["filled"], "to": "closed", "by": ["owner", "reception"]}
    if tasks:
        close["guards"] = [f"settled:{name}" for name in tasks]
    yield from _entry("step", key=f"{kind}.close", **close, label=Text("结束", "Close"))
    yield from _entry(
        "obligation",
        key=f"{kind}-close",
        label=Text("五个工作日内结束", "Close within five workdays"),
        opens=f"{kind}.fill",
        closes=[f"{kind}.close"],
        cancels=[f"{kind}.void"],
        owner="record.owner",
        within="5 workdays",
    )


def _field(kind: str, one: DraftField, *, asked: bool) -> Iterator[str]:
    values: dict[str, Any] = {"key": f"{kind}.{one.name}", "type": one.type, "label": one.label}
    catalogue = f"{kind}_{one.name}"
    if one.options:
        values["catalogue"] = catalogue
    if asked:
        values["asked"] = ["fill"]
    if one.required and one.type != "note":
        values["required_for"] = ["fill"]
    if one.shown:
        values["shown"] = [_condition(each) for each in one.shown]
    if one.help is not None:
        values["help"] = one.help
    yield from _entry("field", **values)
    if one.options:
        yield from _entry("catalogue", key=catalogue, label=one.label)
        yield "options = ["
        yield from (f"  {written({'key': key, 'label': label})}," for key, label in one.options)
        yield "]"


def _condition(one: DraftCondition) -> dict[str, Any]:
    if one.how == "filled":
        return {"field": one.field, "filled": True}
    if one.how in ("over", "under"):
        return {"field": one.field, one.how: one.values[0]}
    return {"field": one.field, one.how: list(one.values)}


def _entry(section: str, **values: Any) -> Iterable[str]:
    yield ""
    yield f"[[{section}]]"
    yield from (f"{key} = {written(value)}" for key, value in values.items())


def written(value: Any) -> str:
    """A value as TOML writes it."""
    match value:
        case Text():
            return written({"zh": value.zh, "en": value.en})
        case bool():
            return "true" if value else "false"
        case dict():
            return "{ " + ", ".join(f"{key} = {written(inner)}" for key, inner in value.items()) + " }"
        case list():
            return "[" + ", ".join(written(each) for each in value) + "]"
    return json.dumps(re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", " ", str(value)), ensure_ascii=False)
