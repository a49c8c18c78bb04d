"""The list of a declared kind, its columns and filters made from its fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from markupsafe import Markup

from huiyin.journal.record_urls import record_url
from huiyin.kernel.bounded import BoundedCache
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.records.lists import usual
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import (
    AppliedFilter,
    ChoiceFilter,
    DateRangeFilter,
    ListFilter,
    PersonFilter,
    SearchFilter,
    WordsFilter,
    YesNoFilter,
)
from huiyin.records.lists.labels import is_open, overdue, state_cell, state_options, with_next_due
from huiyin.records.lists.listing import ListPage
from huiyin.registers.access import visible_to
from huiyin.registers.catalogue import slots_of
from huiyin.registers.fields import field_types, inputs
from huiyin.registers.fields.field_types import YES_NO
from huiyin.registers.kinds import DataKind
from huiyin.registers.lists.board import views_of
from huiyin.registers.lists.bulk import bulk_steps
from huiyin.registers.models import DAYS, KEYS, NUMBERS, PEOPLE, FormRecord
from huiyin.ui import forms
from huiyin.ui.language import translate

SHORT = ("person", "department", "yesno", "score", "time", "duration", "period", "telephone")
"""Types whose words stay on one line."""
MOST_SHOWN = 30
"""So many letters of a fact stand in a row; the rest is read by pointing at it."""
LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, kw_only=True)
class DeclaredList(ListPage):
    """A list whose rows can be ticked, for steps that are taken of many at once."""

    slots: Mapping[str, str]

    @property
    def query_key(self) -> str:
        """With the columns in which the facts repeat: a later version may have given one to another field."""
        return f"{self.key} {' '.join(f'{name}={slot}' for name, slot in self.slots.items())}"

    def shown(self, request: Any) -> dict[str, Any]:
        """The list with a tick before each row, where there is a step to take."""
        found = super().shown(request)
        if found["bulk_steps"] and found["form"] is None and found["rows"]:
            found["heads"] = [_tick_head(), *found["heads"]]
            found["lines"] = [_tick(row) + line for row, line in zip(found["rows"], found["lines"], strict=True)]
        return found


_TICK_HEAD = Markup('<th scope="col" class="is-tick"><input type="checkbox" data-check-all aria-label="{words}"></th>')
_TICK = Markup(
    '<td class="is-tick"><input type="checkbox" name="pick" value="{number}" data-check aria-label="{words}"></td>'
)


def _tick_head() -> Markup:
    return _TICK_HEAD.format(words=translate("全选", "Choose all"))


def _tick(row: FormRecord) -> Markup:
    return _TICK.format(number=row.number, words=translate("选择 {what}", "Choose {what}", what=row.number))


@dataclass(frozen=True, kw_only=True)
class NumberRangeFilter(ListFilter):
    """From one number to another, both included; of durations in minutes, written as people write them."""

    of_minutes: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The least and the greatest."""
        return (f"{self.key}_from", f"{self.key}_to")

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """Numbers, in any of the ways a form takes them."""
        typed = [(name, params.get(name, "").replace("\x00", "").strip()[:40]) for name in self.names]
        if not any(value for _, value in typed):
            return None
        try:
            least, most = (self._box(name).clean(value) for name, value in typed)
        except ValidationError:
            return self.refused(" ".join(value for _, value in typed), t("不是数", "is no number"))
        condition = (Q(**{f"{self.path}__gte": Decimal(least)}) if least not in (None, "") else Q()) & (
            Q(**{f"{self.path}__lte": Decimal(most)}) if most not in (None, "") else Q()
        )
        words = t("{label}：{a}–{b}", "{label}: {a}–{b}", label=self.label, a=typed[0][1] or "…", b=typed[1][1] or "…")
        return AppliedFilter(words, tuple(pair for pair in typed if pair[1]), condition)

    def _box(self, name: str) -> Any:
        ends = {self.names[0]: t("{label}自", "{label} from", label=self.label)}
        label = ends.get(name, t("{label}至", "{label} to", label=self.label))
        if self.of_minutes:
            return inputs.DurationInput(label=label, required=False)
        return forms.Number(label=label, required=False, decimals=4, least=-LARGEST, most=LARGEST)

    def fields(self, request: Any) -> dict[str, Any]:
        """Two numbers."""
        return {name: self._box(name) for name in self.names}


LISTED = (
    "kind",
    "number",
    "procedure",
    "state",
    "phase",
    "period",
    "title",
    "about_kind",
    "about_name",
    "opened_at",
    "extra",
    *usual.OWNER_NAMED,
)
"""What lists, boards and calendars show of a record, beside the columns that repeat its facts."""
MOST_LISTS = 400
_made: BoundedCache[tuple[str, str, tuple[tuple[str, str], ...]], DeclaredList] = BoundedCache(MOST_LISTS)


def list_of(kind: DataKind) -> DeclaredList:
    """The list of a kind's records: number, what it is about, its fields, state, what is due; made once."""
    slots = slots_of(kind.key)
    asked = (kind.procedure.digest, kind.key, tuple(slots.items()))
    found = _made.get(asked)
    return found if found is not None else _made.keep(asked, _list_of(kind, slots))


def _list_of(kind: DataKind, slots: Mapping[str, str]) -> DeclaredList:
    shown = (*LISTED, *slots.values())
    return DeclaredList(
        key=f"registers-{kind.key}",
        slots=slots,
        steady=True,
        title=kind.many,
        rows=lambda request: with_next_due(
            visible_to(request.user, kind.key, request.procedure).select_related("owner").only(*shown), kind.key
        ),
        order="-opened_at",
        empty=(
            t("还没有{many}", "{many}: none yet", many=kind.many),
            kind.entry.help or t("登记之后就列在这里。", "What is entered will be listed here."),
        ),
        columns=_columns(kind, slots),
        filters=_filters(kind, slots),
        template="registers/list.html",
        context=lambda request: {
            "kind": kind,
            "openings": openings_in_force(kind, request),
            "ways": views_of(kind, ""),
            "bulk_steps": bulk_steps(kind),
        },
    )


def openings_in_force(kind: DataKind, request: Any) -> list[StepEntry]:
    """The steps by which the reader may open a record now: none of a kind that only earlier versions declared."""
    return kind.openings_for(request.user) if kind.key in request.procedure.vocabulary.declared else []


def _columns(kind: DataKind, slots: Any) -> list[ListColumn]:
    shown = list(kind.columns)
    rest = [each for each in kind.listable if each not in shown]
    about = (
        [
            ListColumn(
                key="about_name",
                label=t("关于", "About"),
                value=lambda row: row.about_known,
                main=True,
                shown=MOST_SHOWN,
            )
        ]
        if kind.entry.about
        else []
    )
    period = (
        [ListColumn(key="period", label=t("期间", "Period"), value=_period, narrow=True)] if kind.entry.period else []
    )
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


def _period(row: FormRecord) -> Any:
    return field_types.period_words(row.period)


def _column(field: FieldEntry, slots: Any, *, default: bool, main: bool) -> ListColumn:
    slot = slots.get(field.name, "")

    def value(row: FormRecord) -> Any:
        stored = row.extra.get(field.name, row.extra.get(field.was) if field.was else None)
        return field_types.for_list(field, stored, versions.procedure_of(row.procedure_id))

    return ListColumn(
        key=f"f_{field.name}",
        label=field.label,
        value=value,
        kind=field_types.LIST_KINDS.get(field.type, "text"),
        sort=slot if slot in (*DAYS, *NUMBERS) and field.type != "moment" else "",
        default=default,
        main=main,
        narrow=field.type in SHORT,
        total=slot in NUMBERS,
        shown=MOST_SHOWN,
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
        found.append(WordsFilter(key="about", label=t("关于", "About"), field="about_name", kind=kind.key))
    found += [one for each in kind.fields if (one := _filter(each, slots.get(each.name, ""), kind))]
    return found


def _filter(field: FieldEntry, slot: str, kind: DataKind) -> ListFilter | None:
    """The filter of a field that repeats in a column; others are found by searching."""
    key, label = f"f_{field.name}", field.label
    if slot in DAYS:
        return DateRangeFilter(key=key, label=label, field=slot, moments=False, leads=True)
    if slot in PEOPLE:
        return PersonFilter(key=key, label=label, field=slot)
    if slot in NUMBERS:
        return NumberRangeFilter(key=key, label=label, field=slot, of_minutes=field.type == "duration", leads=True)
    options = _options(field, kind.procedure)
    if slot in KEYS and options:
        return ChoiceFilter(key=key, label=label, field=slot, options=options)
    if slot in KEYS:
        return WordsFilter(key=key, label=label, field=slot, kind=kind.key)
    return None


def _options(field: FieldEntry, procedure: Procedure) -> list[tuple[str, Text | str]]:
    """The keys that may stand in the column of a field; none where people write words of their own."""
    match field.type:
        case "yesno":
            return list(YES_NO)
        case "choice":
            return [(one.key, one.label) for one in procedure.catalogue(field.catalogue or "")]
        case "department":
            return [(one.key, one.name) for one in procedure.departments]
    return []
