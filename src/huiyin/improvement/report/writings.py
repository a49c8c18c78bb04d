"""What was written in a report as its time-line tells it: autosave makes many entries of one stretch of writing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import reduce
from typing import Any

from huiyin.improvement.forms.fields import ColleagueField
from huiyin.improvement.report.sections import BONES, LEGS, QUESTIONS
from huiyin.improvement.report.tables import ALL
from huiyin.journal.queries import LogLine
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.ui import forms

WRITTEN = "problem.written"
STRETCH = timedelta(minutes=10)
"""Whoever pauses longer than this begins another stretch."""
SHOWN = 60
"""Characters of a text that stand in the time-line; the entries hold all of it."""
NOTHING = t("（空）", "(nothing)")
BACK = t("改回了原样", "Put back as it was")
EMPTY = (None, "", False)
FIGURE = re.compile(r"\d+\.\d{3}")


YES_NO: Mapping[Any, Text] = {True: t("是", "yes"), False: t("否", "no")}
CHOICES: Mapping[str, Mapping[Any, Text]] = {
    "bone": BONES,
    "leg": LEGS,
    "question": QUESTIONS,
    "is_root": YES_NO,
    "ruled_out": YES_NO,
    "applies": YES_NO,
    "chosen": {True: t("选用", "chosen"), False: t("不选", "not chosen")},
    "result": {"passed": t("证实", "confirmed"), "failed": t("未证实", "not confirmed")},
}
"""Choices whose options are the same in every company; the entries hold their keys."""


@dataclass(frozen=True, slots=True)
class RowColumn:
    """A column of a row as its form calls it; ``plain`` where the entry holds the very words, figure or day.

    ``options`` are the words of a choice, ``catalogue`` names the procedure's catalogue they are in.
    """

    label: Text
    plain: bool
    options: Mapping[Any, Text] = field(default_factory=dict)
    catalogue: str = ""

    def of(self, procedure: Procedure | None) -> RowColumn:
        """The same with the words of its catalogue."""
        if procedure is None or not self.catalogue:
            return self
        return replace(self, options={one.key: one.label for one in procedure.catalogue(self.catalogue)})

    def words(self, value: Any) -> Text | None:
        """What is said of a value; None where the entry holds only the id of a person or a row."""
        if self.plain:
            return _short(value)
        if self.options:
            return NOTHING if value in (None, "") else self.options.get(value, _short(value))
        return None


def _columns() -> dict[str, dict[str, RowColumn]]:
    found: dict[str, dict[str, RowColumn]] = {}
    for sheet in ALL:
        for name, box in sheet.form.base_fields.items():
            if isinstance(box.label, Text):
                plain = isinstance(box, forms.TextInput | forms.TextField | forms.Number | forms.Day)
                found.setdefault(sheet.kind, {})[name] = RowColumn(
                    box.label,
                    plain and not isinstance(box, ColleagueField),
                    CHOICES.get(name, {}),
                    sheet.form.catalogues.get(name, ""),
                )
    return found


COLUMNS = _columns()
"""Columns by the kind of their rows. Of people, departments and causes entries hold ids: only the column is named."""


def merge_entries(lines: Iterable[LogLine], procedure: Procedure | None = None) -> list[LogLine]:
    """The time-line, newest first, with what one person wrote in one place on one stretch told once.

    What others wrote in between does not end a stretch, any other event does. The line says how often was saved and
    what stood there before the first and after the last time; the entries themselves stay as they are.
    """
    found: list[list[LogLine]] = []
    running: dict[tuple[str, str], list[LogLine]] = {}
    for line in lines:
        if line.event != WRITTEN:
            running.clear()
            found.append([line])
            continue
        place = (line.who.zh, str(line.said.get("row", "")))
        stretch = running.get(place)
        if stretch is not None and _continues(line, stretch[-1]):
            stretch.append(line)
        else:
            running[place] = [line]
            found.append(running[place])
    return [_told(stretch, procedure) if stretch[0].event == WRITTEN else stretch[0] for stretch in found]


def _continues(earlier: LogLine, later: LogLine) -> bool:
    """A row that was taken away ends what was written in it; so does a long pause."""
    return later.at - earlier.at <= STRETCH and (later.said.get("after") is None) == (earlier.said.get("after") is None)


def _told(stretch: list[LogLine], procedure: Procedure | None) -> LogLine:
    newest, oldest = stretch[0], stretch[-1]
    text = newest.text
    if len(stretch) > 1:
        text = t("{what}（{n} 次保存）", "{what} (saved {n} times)", what=text, n=len(stretch))
    before, after = _spanned(stretch) if isinstance(oldest.said.get("after"), Mapping) else _ends(stretch)
    kind = str(newest.said.get("row", "")).partition(":")[0]
    return replace(newest, text=text, more=_difference(kind, before, after, procedure))


def _ends(stretch: list[LogLine]) -> tuple[Any, Any]:
    return stretch[-1].said.get("before"), stretch[0].said.get("after")


def _spanned(stretch: list[LogLine]) -> tuple[Any, Any]:
    """Of each column what stood there before the first entry that names it, and after the last."""
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    for line in reversed(stretch):
        for name, value in (line.said.get("before") or {}).items():
            before.setdefault(name, value)
        after |= line.said.get("after") or {}
    is_new = stretch[-1].said.get("before") is None
    return (None if is_new else before), after


def _difference(kind: str, before: Any, after: Any, procedure: Procedure | None) -> Text | None:
    """In words what the stretch changed; None where a removal has nothing to show."""
    if isinstance(after, str):
        if (before or "") == after:
            return BACK
        return t("{before} → {after}", "{before} → {after}", before=_short(before), after=_short(after))
    if not isinstance(after, Mapping):
        return None
    known = {name: column.of(procedure) for name, column in COLUMNS.get(kind, {}).items()}
    columns = [(known[name], name, after[name]) for name in known if name in after]  # as their form has them
    if before is None:
        said = [_new(column, value) for column, _, value in columns if value not in EMPTY]
    else:
        said = [_changed(c, before.get(name), value) for c, name, value in columns if before.get(name) != value]
        if columns and not said:
            return BACK
    return (
        reduce(lambda one, other: t("{one}；{other}", "{one}; {other}", one=one, other=other), said) if said else None
    )


def _new(column: RowColumn, value: Any) -> Text:
    said = column.words(value)
    if said is None:
        return column.label
    return t("{label} {value}", "{label} {value}", label=column.label, value=said)


def _changed(column: RowColumn, before: Any, after: Any) -> Text:
    earlier, later = column.words(before), column.words(after)
    if earlier is None or later is None:
        return column.label
    return t(
        "{label} {before} → {after}",
        "{label} {before} → {after}",
        label=column.label,
        before=earlier,
        after=later,
    )


def _short(value: Any) -> Text:
    """A text's first words in quotation marks; a figure as it is, without the zeros behind its last digit."""
    words = " ".join(str(value).split()) if value is not None else ""
    if FIGURE.fullmatch(words):
        return t("{figure}", "{figure}", figure=words.rstrip("0").rstrip("."))
    words = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
    return t("“{words}”", "“{words}”", words=words) if words else NOTHING
