"""The list of a declared kind, its columns and filters made from its fields."""

from __future__ import annotations

from typing import Any

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import (
    ChoiceFilter,
    DateRangeFilter,
    ListFilter,
    PersonFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from huiyin.records.lists.labels import is_open, overdue, state_cell, state_options, with_next_due
from huiyin.records.lists.listing import ListPage
from huiyin.registers import field_types
from huiyin.registers.access import visible_to
from huiyin.registers.catalogue import slots_of
from huiyin.registers.field_types import YES_NO
from huiyin.registers.kinds import DataKind
from huiyin.registers.models import DAYS, KEYS, NUMBERS, PEOPLE, FormRecord


def list_of(kind: DataKind) -> ListPage:
    """The list of a kind's records: number, what it is about, its fields, state, what is due."""
    slots = slots_of(kind.key)
    return ListPage(
        key=f"registers-{kind.key}",
        title=kind.many,
        rows=lambda request: with_next_due(
            visible_to(request.user, kind.key, request.procedure).select_related("owner"), kind.key
        ),
        order="-opened_at",
        empty=(
            t("还没有{many}", "No {many} yet", many=kind.many),
            kind.entry.help or t("登记之后就列在这里。", "What is entered will be listed here."),
        ),
        columns=_columns(kind, slots),
        filters=_filters(kind, slots),
        template="registers/list.html",
        context=lambda request: {"kind": kind, "openings": kind.openings_for(request.user)},
    )


def _columns(kind: DataKind, slots: Any) -> list[ListColumn]:
    shown = list(kind.columns)
    rest = [
        each
        for each in kind.fields
        if each not in shown and each.type not in ("note", "rows", "file", "photo", "signature")
    ]
    about = [ListColumn(key="about_name", label=t("关于", "About"), main=True)] if kind.entry.about else []
    period = [ListColumn(key="period", label=t("期间", "Period"), narrow=True)] if kind.entry.period else []
    return [
        ListColumn(
            key="number", label=t("编号", "Number"), link=lambda row: record_url(row.kind, row.number), narrow=True
        ),
        *period,
        *about,
        *(_column(each, slots, default=True, main=each in kind.subject_fields) for each in shown),
        ListColumn(key="state", label=t("步骤", "Step"), value=state_cell, kind="phase"),
        ListColumn(key="due", label=t("最急的期限", "Next due"), value=lambda row: row.next_due_at, kind="due"),
        ListColumn(key="owner", label=t("负责人", "In charge"), kind="person"),
        ListColumn(key="opened_at", label=t("登记时间", "Entered"), kind="moment", sort="opened_at"),
        *(_column(each, slots, default=False, main=False) for each in rest),
    ]


def _column(field: FieldEntry, slots: Any, *, default: bool, main: bool) -> ListColumn:
    slot = slots.get(field.name, "")

    def value(row: FormRecord) -> Any:
        return field_types.for_list(field, row.extra.get(field.name), versions.procedure_of(row.procedure_id))

    return ListColumn(
        key=f"f_{field.name}",
        label=field.label,
        value=value,
        kind=field_types.LIST_KINDS.get(field.type, "text"),
        sort=slot if slot in (*DAYS, *NUMBERS) else "",
        default=default,
        main=main,
        total=slot in NUMBERS,
        shown=60,
    )


def _filters(kind: DataKind, slots: Any) -> list[ListFilter]:
    found: list[ListFilter] = [
        SearchFilter(key="q", label=t("查找", "Search"), kind=kind.key),
        ChoiceFilter(key="state", label=t("步骤", "Step"), options=state_options(kind.key)),
        YesNoFilter(key="open", label=t("未结", "Open"), condition=is_open, steady=True),
        YesNoFilter(key="late", label=t("有逾期", "Overdue"), condition=overdue(kind.key)),
        PersonFilter(key="owner", label=t("负责人", "In charge")),
        DateRangeFilter(key="opened", label=t("登记日期", "Entered"), field="opened_at"),
    ]
    if kind.entry.about:
        found.append(TextFilter(key="about", label=t("关于", "About"), field="about_name", lookup="icontains"))
    found += [one for each in kind.fields if (one := _filter(each, slots.get(each.name, ""), kind.procedure))]
    return found


def _filter(field: FieldEntry, slot: str, procedure: Procedure) -> ListFilter | None:
    """The filter of a field that repeats in a column; others are found by searching."""
    key, label = f"f_{field.name}", field.label
    if slot in DAYS:
        return DateRangeFilter(key=key, label=label, field=slot, moments=False)
    if slot in PEOPLE:
        return PersonFilter(key=key, label=label, field=slot)
    if slot in KEYS and field.type in ("choice", "yesno"):
        options: list[tuple[str, Text | str]] = list(YES_NO)
        if field.type == "choice":
            options = [(one.key, one.label) for one in procedure.catalogue(field.catalogue or "")]
        return ChoiceFilter(key=key, label=label, field=slot, options=options)
    if slot in KEYS:
        return TextFilter(key=key, label=label, field=slot, lookup="icontains")
    return None
