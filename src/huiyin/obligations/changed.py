"""What an entry changed of a record, which conditions read it, and how the time-line names it as the reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.obligations.ownership import tasks_written
from huiyin.procedure.conditions import fields_in
from huiyin.procedure.kind_entries import Condition
from huiyin.procedure.schema import Procedure

WHAT_IT_IS_ABOUT = t("所关的对象", "what it is about")
COUNTED_FROM: Mapping[str, Text] = {"received_at": t("接到时间", "Received at")}
"""What the moments are called from which rules count (``from``), for they are no fields of a procedure."""
ABOUT = ("about_id", "about_kind")
SALESPERSON = "salesperson"


@dataclass(frozen=True)
class ChangedFacts:
    """The facts of one record that an entry changed; ``tasks``: the kinds of task rows that it wrote."""

    entry: Entry
    record: Any
    procedure: Procedure

    @property
    def at(self) -> datetime:
        """When it happened."""
        return self.entry.at

    @cached_property
    def names(self) -> frozenset[str]:
        """The facts by name; of a person or record that is named both the column and what it holds."""
        return frozenset(self.entry.changes) | {name.removesuffix("_id") for name in self.entry.changes}

    @cached_property
    def tasks(self) -> frozenset[str]:
        """The kinds of task rows that were written."""
        return frozenset(tasks_written(self.entry, self.procedure))

    @cached_property
    def names_another_record(self) -> bool:
        """Whether the record is about another one now, so that all is read anew that is read through it."""
        kinds = self.procedure.vocabulary.kinds
        named = (name.removesuffix("_id").replace("_", "-") for name in self.entry.changes if name.endswith("_id"))
        return any(name in self.entry.changes for name in ABOUT) or any(name in kinds for name in named)

    @property
    def names_another_salesperson(self) -> bool:
        """Whether what is owed by the salesperson of its customer may be owed by another."""
        return self.names_another_record or (self.record.kind == "customer" and SALESPERSON in self.names)

    def opened_by_tasks(self, rule: Any) -> bool:
        """Whether a rule is opened by the rows that were written."""
        return rule.opens.partition(".")[0] in self.tasks

    def is_read_here(self, conditions: Iterable[Condition]) -> bool:
        """Whether conditions on the record itself, or on its parts, read what changed."""
        return any(self._holds(name) if "." not in name else self._far(name) for name in fields_in(conditions))

    def is_read_from_afar(self, conditions: Iterable[Condition]) -> bool:
        """Whether conditions on a record that is about this one read what changed: ``customer.tier``."""
        return any("." in name and self._far(name) for name in fields_in(conditions))

    def _far(self, name: str) -> bool:
        kind, _, field = name.partition(".")
        return self._holds(field) if kind == self.record.kind else self.names_another_record

    def _holds(self, name: str) -> bool:
        """Whether a column of this name changed, or it is reckoned from columns."""
        return name in self.names or isinstance(getattr(type(self.record), name, None), property)

    def because(self, rules: Iterable[Any], *, only: Iterable[str] = (), far: Any = None) -> Text:
        """Of what changed, that which the rules look at, or ``only`` these; all that has a name where they look at
        something reckoned from it. ``far``: the record to which it belongs, where that is another.
        """
        names = self._named({name.rpartition(".")[2] for rule in rules for name in fields_in(rule.when)} | set(only))
        zh, en = "、".join(one.show("zh") for one in names), ", ".join(one.show("en") for one in names)
        fields = Text(zh, en)
        if far is None:
            return t("因为“{fields}”有变。", "Because this changed: {fields}.", fields=fields)
        return t(
            "因为 {number} 的“{fields}”有变。",
            "Because this changed on {number}: {fields}.",
            number=far.number,
            fields=fields,
        )

    def _named(self, read: set[str]) -> list[Text]:
        kind, words = self.record.kind, self.procedure.vocabulary
        changed = [name.removesuffix("_id") for name in self.entry.changes]
        own = {each.name for each in self.procedure.fields_of(kind)}
        named = [name for name in changed if name in own or words.field_of(kind, name)]
        if not read and SALESPERSON in named:
            named = [SALESPERSON]
        known = [name for name in changed if name in read] or named
        names = [COUNTED_FROM.get(name) or self.procedure.field_label(kind, name) for name in dict.fromkeys(known)]
        names += [words.kinds[one].label for one in sorted(self.tasks)]
        if any(name in self.entry.changes for name in ABOUT):
            names.append(WHAT_IT_IS_ABOUT)
        return names or [words.kinds[kind].label]
