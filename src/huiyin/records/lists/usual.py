"""The columns and filters that lists of records have in common, each written once;
a list names the ones it has and says what is its own.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import PHASES
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import ChoiceFilter, DateRangeFilter, PersonFilter, TextFilter, YesNoFilter
from huiyin.records.lists.labels import catalogue_options, is_open, option_label, overdue, state_cell, state_options
from huiyin.ui.addresses import cached_url

STATE = t("状态", "State")
OPEN = t("未结", "Open")
OWNER_NAMED = ("owner", "owner__name", "owner__name_en", "owner__department")
"""The columns by which a list names the owner, where it reads only some columns."""


def number_column(page: str) -> ListColumn:
    """The record's number; it leads to the record's page, whose address has this name."""
    return ListColumn(key="number", label=t("编号", "Number"), link=lambda row: cached_url(page, row.number), main=True)


def choice_column(key: str, label: Text, *, catalogue: str = "", default: bool = True) -> ListColumn:
    """A choice from the catalogue (named as the column unless said), in the words of the record's own procedure."""

    def words(row: Any) -> Text | str:
        return option_label(row, catalogue or key, getattr(row, key))

    return ListColumn(key=key, label=label, value=words, default=default)


def state_column() -> ListColumn:
    """What the record's procedure calls the state it is in."""
    return ListColumn(key="state", label=STATE, value=state_cell, kind="phase")


def due_column() -> ListColumn:
    """The most urgent thing owed; the rows are ``with_next_due``."""
    return ListColumn(key="due", label=t("最急的期限", "Next due"), value="next_due_at", kind="due")


def owner_column(label: Text) -> ListColumn:
    """Who is in charge, under the name that the list has for them."""
    return ListColumn(key="owner", label=label, kind="person")


def opened_column(label: Text) -> ListColumn:
    """When the record was opened; the list can be sorted by it."""
    return ListColumn(key="opened_at", label=label, kind="moment", sort="opened_at")


def closed_column(label: Text) -> ListColumn:
    """When the record ended; shown when asked for."""
    return ListColumn(key="closed_at", label=label, kind="moment", default=False)


def phase_filter() -> ChoiceFilter:
    """The phases, which are the same whatever a company calls its states."""
    return ChoiceFilter(key="phase", label=t("阶段", "Phase"), options=list(PHASES.items()))


def state_filter(kind: str) -> ChoiceFilter:
    """The states of the kind of record."""
    return ChoiceFilter(key="state", label=STATE, options=state_options(kind))


def choice_filter(
    key: str, label: Text, *, catalogue: str = "", condition: Callable[[Any, Any], Any] | None = None
) -> ChoiceFilter:
    """The options of the catalogue, named as the filter unless said."""
    return ChoiceFilter(key=key, label=label, options=catalogue_options(catalogue or key), condition=condition)


def open_filter(label: Text = OPEN) -> YesNoFilter:
    """Whether the record has not ended."""
    return YesNoFilter(key="open", label=label, condition=is_open, steady=True)


def late_filter(kind: str) -> YesNoFilter:
    """Whether something is owed on the record and late."""
    return YesNoFilter(key="late", label=t("有逾期", "Overdue"), condition=overdue(kind))


def owner_filter(label: Text) -> PersonFilter:
    """Who is in charge."""
    return PersonFilter(key="owner", label=label)


def opened_filter(label: Text) -> DateRangeFilter:
    """When the record was opened."""
    return DateRangeFilter(key="opened", label=label, field="opened_at")


def begins_filter(key: str, label: Text, *, field: str = "") -> TextFilter:
    """How the words of a column begin."""
    return TextFilter(key=key, label=label, field=field, lookup="istartswith")
