"""Filters of list pages: each reads its part of the address, says in words what it keeps,
and never fails on nonsense.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from huiyin.kernel.periods import period_of
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.search import search
from huiyin.ui import forms, zone

LONGEST = 100

Option = tuple[str, Text | str]
Options = Sequence[Option] | Callable[[Any], Sequence[Option]]
Presets = Sequence[tuple[Text | str, tuple[tuple[str, str], ...]]]


@dataclass(frozen=True, slots=True)
class AppliedFilter:
    """What a filter keeps: the condition, in words, and the parameters that say so; or why it keeps nothing back."""

    words: Text | str
    params: tuple[tuple[str, str], ...]
    condition: Q | None = None
    problem: Text | None = None
    is_wide: bool = False
    """Whether so many rows pass that counting them takes longer than showing some."""


@dataclass(frozen=True, kw_only=True)
class ListFilter(ABC):
    """One filter; ``field`` is the path of the column (the key without one), ``condition(value, request)`` replaces it.

    ``steady``: the condition asks of the request nothing but the reader's standing, above all not what time it is.
    ``leads``: while it keeps rows, a list that nobody sorted stands by its column, so that one index serves both.
    """

    key: str
    label: Text
    field: str = ""
    condition: Callable[[Any, Any], Q] | None = None
    steady: bool = False
    leads: bool = False

    @property
    def path(self) -> str:
        """The column the filter looks at."""
        return self.field or self.key

    @property
    def is_steady(self) -> bool:
        """Whether the same few parameters always keep the same rows, for readers of the same standing."""
        return self.condition is None or self.steady

    @property
    def names(self) -> tuple[str, ...]:
        """The parameters of the address that belong to the filter."""
        return (self.key,)

    @abstractmethod
    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """What the address asks of this filter; None when nothing."""

    def presets(self, request: Any) -> Presets:
        """Choices that need no form: their words and parameters; asks nothing of the database."""
        return ()

    @abstractmethod
    def fields(self, request: Any) -> dict[str, Any]:
        """The fields by which it is set in a form."""

    def q(self, value: Any, request: Any, lookup: str = "") -> Q:
        """The condition for a value that was understood."""
        if self.condition is not None:
            return self.condition(value, request)
        return Q(**{f"{self.path}__{lookup}" if lookup else self.path: value})

    def refused(self, typed: str, why: Text) -> AppliedFilter:
        """The chip of a value that was not understood; it keeps nothing back."""
        shown = typed[:30]
        problem = t(
            "{label}：“{typed}”{why}，没有起作用",
            "{label}: “{typed}” {why} and was left out",
            label=self.label,
            typed=shown,
            why=why,
        )
        return AppliedFilter(problem, tuple((name, typed[:LONGEST]) for name in self.names[:1]), None, problem)


def _typed(params: QueryDict, name: str) -> str:
    return params.get(name, "").replace("\x00", "").strip()[:LONGEST]


def _listed(options: Options, request: Any) -> Sequence[Option]:
    return options(request) if callable(options) else options


def _joined(words: Iterable[Text | str]) -> Text:
    both = [word if isinstance(word, Text) else Text(word, word) for word in words]
    return Text("、".join(w.show("zh") for w in both), ", ".join(w.show("en") for w in both))


@dataclass(frozen=True, kw_only=True)
class ChoiceFilter(ListFilter):
    """One or several of a list of keys, such as the options of a catalogue."""

    options: Options

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """Keys that are among the options; others are named."""
        typed = [one for value in params.getlist(self.key)[:50] for one in value[:500].split(",") if one.strip()]
        if not typed:
            return None
        known = dict(_listed(self.options, request))
        chosen = [key for key in known if key in typed]
        if not chosen:
            return self.refused(typed[0], t("不在可选之列", "is not among the choices"))
        words = t("{label}：{what}", "{label}: {what}", label=self.label, what=_joined(known[key] for key in chosen))
        return AppliedFilter(words, tuple((self.key, key) for key in chosen), self.q(chosen, request, "in"))

    def presets(self, request: Any) -> Presets:
        """Every option."""
        return [(words, ((self.key, key),)) for key, words in _listed(self.options, request)]

    def fields(self, request: Any) -> dict[str, Any]:
        """Ticks."""
        return {self.key: forms.Choices(label=self.label, options=list(_listed(self.options, request)), required=False)}


@dataclass(frozen=True, kw_only=True)
class TextFilter(ListFilter):
    """Words in one column: ``lookup`` is icontains, istartswith or iexact."""

    lookup: str = "icontains"

    @property
    def is_steady(self) -> bool:
        """Never: everybody types something else."""
        return False

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """What was typed, as it is."""
        typed = _typed(params, self.key)
        if not typed:
            return None
        words = t("{label}含“{what}”", "{label} with “{what}”", label=self.label, what=typed)
        return AppliedFilter(words, ((self.key, typed),), self.q(typed, request, self.lookup))

    def fields(self, request: Any) -> dict[str, Any]:
        """A line."""
        return {self.key: forms.TextInput(label=self.label, required=False, max_length=LONGEST)}


@dataclass(frozen=True, kw_only=True)
class WordsFilter(TextFilter):
    """Words in one column that the search index knows of records of ``kind``: it finds them among very many rows."""

    kind: str

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """What was typed, looked up in the index before it is looked for in the column."""
        found, typed = super().read(params, request), _typed(params, self.key)
        if found is None or found.condition is None:
            return found
        held = search.text_match(typed, kind=self.kind)
        return replace(found, condition=held.condition & found.condition, is_wide=held.is_frequent)


@dataclass(frozen=True, kw_only=True)
class SearchFilter(ListFilter):
    """Any words anywhere in a record of ``kind``, by the search index; shown as the list's own search box."""

    kind: str

    @property
    def is_steady(self) -> bool:
        """Never: what is found depends on what is there."""
        return False

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """The records in which every word stands."""
        typed = _typed(params, self.key)
        if not typed:
            return None
        held = search.text_match(typed, kind=self.kind)
        words = t("含“{what}”", "with “{what}”", what=typed)
        return AppliedFilter(words, ((self.key, typed),), held.condition, is_wide=held.is_frequent)

    def fields(self, request: Any) -> dict[str, Any]:
        """A line."""
        return {self.key: forms.TextInput(label=self.label, required=False, max_length=LONGEST)}


@dataclass(frozen=True, kw_only=True)
class YesNoFilter(ListFilter):
    """Yes or no; ``yes`` and ``no`` are the words shown."""

    yes: Text = field(default_factory=lambda: t("是", "yes"))
    no: Text = field(default_factory=lambda: t("否", "no"))

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """1 or 0."""
        typed = _typed(params, self.key)
        if not typed:
            return None
        if typed not in ("1", "0"):
            return self.refused(typed, t("看不懂", "is not understood"))
        words = t("{label}：{what}", "{label}: {what}", label=self.label, what=self.yes if typed == "1" else self.no)
        return AppliedFilter(words, ((self.key, typed),), self.q(typed == "1", request))

    def presets(self, request: Any) -> Presets:
        """Both."""
        return [(self.yes, ((self.key, "1"),)), (self.no, ((self.key, "0"),))]

    def fields(self, request: Any) -> dict[str, Any]:
        """A drop-down."""
        options: list[Option] = [("", t("不限", "any")), ("1", self.yes), ("0", self.no)]
        return {self.key: forms.Choice(label=self.label, options=options, required=False)}


@dataclass(frozen=True, kw_only=True)
class DateRangeFilter(ListFilter):
    """From one day to another, both included, on the site's calendar; ``moments`` False for columns that hold days."""

    moments: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The first and the last day."""
        return (f"{self.key}_from", f"{self.key}_to")

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """Days, in any of the ways a form takes them."""
        typed = [(name, _typed(params, name)) for name in self.names]
        if not any(value for _, value in typed):
            return None
        days: list[date | None] = []
        for _, value in typed:
            try:
                days.append(forms.Day(required=False).clean(value))
            except ValidationError:
                return self.refused(value, t("不是日期", "is not a date"))
        first, last = days
        if first and last and first > last:
            return self.refused(f"{first}–{last}", t("首尾颠倒", "ends before it begins"))
        condition = (self.q(self._edge(first), request, "gte") if first else Q()) & (
            self.q(self._edge(last, after=True), request, "lt") if last else Q()
        )
        return AppliedFilter(self._words(first, last), tuple(pair for pair in typed if pair[1]), condition)

    def _edge(self, day: date, *, after: bool = False) -> date | datetime:
        """The first moment of the day, or of the day after it."""
        day += timedelta(days=1) if after else timedelta(0)
        return datetime.combine(day, time(), zone.site_zone()).astimezone(UTC) if self.moments else day

    def _words(self, first: date | None, last: date | None) -> Text:
        if first == last:
            return t("{label}：{day}", "{label}: {day}", label=self.label, day=first)
        if first and last:
            return t("{label}：{a} 至 {b}", "{label}: {a} to {b}", label=self.label, a=first, b=last)
        if first:
            return t("{label}：{day} 起", "{label}: from {day}", label=self.label, day=first)
        return t("{label}：至 {day}", "{label}: until {day}", label=self.label, day=last)

    def presets(self, request: Any) -> Presets:
        """Today, the last days, this month and the one before, this year."""
        today = zone.day_of(request.at)
        month = period_of("month", today)
        spans = [
            (t("今天", "today"), today, today),
            (t("近 7 天", "last 7 days"), today - timedelta(days=6), today),
            (t("近 30 天", "last 30 days"), today - timedelta(days=29), today),
            (t("本月", "this month"), month.start, month.end),
            (t("上月", "last month"), month.previous.start, month.previous.end),
            (t("今年", "this year"), today.replace(month=1, day=1), today.replace(month=12, day=31)),
        ]
        return [(words, tuple(zip(self.names, (a.isoformat(), b.isoformat()), strict=True))) for words, a, b in spans]

    def fields(self, request: Any) -> dict[str, Any]:
        """Two days."""
        first, last = self.names
        return {
            first: forms.Day(label=t("{label}自", "{label} from", label=self.label), required=False),
            last: forms.Day(label=t("{label}至", "{label} until", label=self.label), required=False),
        }


@dataclass(frozen=True, kw_only=True)
class PersonFilter(ListFilter):
    """A member of staff, or whoever is looking."""

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """``me`` or the id of a person."""
        typed = _typed(params, self.key)
        if not typed:
            return None
        if typed == "me":
            ids = [request.user.pk, *(other.pk for other in request.user.standing_for)]
            words = t("{label}：我", "{label}: me", label=self.label)
            return AppliedFilter(words, ((self.key, "me"),), self.q(ids, request, "in"))
        person = Person.objects.filter(pk=int(typed)).first() if typed.isdecimal() and len(typed) < 12 else None
        if person is None:
            return self.refused(typed, t("查无此人", "is nobody here"))
        words = t("{label}：{who}", "{label}: {who}", label=self.label, who=person.display_name)
        return AppliedFilter(words, ((self.key, typed),), self.q([person.pk], request, "in"))

    def presets(self, request: Any) -> Presets:
        """Whoever is looking."""
        return [(t("我", "me"), ((self.key, "me"),))]

    def fields(self, request: Any) -> dict[str, Any]:
        """A drop-down of everybody."""
        people = Person.objects.filter(is_active=True).select_related(None)
        options: list[Option] = [
            ("", t("不限", "any")),
            ("me", t("我", "me")),
            *((str(p.pk), p.display_name) for p in people),
        ]
        return {self.key: forms.Choice(label=self.label, options=options, required=False)}


@dataclass(frozen=True, kw_only=True)
class DepartmentFilter(ListFilter):
    """A department by its key in the procedure, or the reader's own; ``path`` leads to the department row.

    A ``condition`` is given the departments as a QuerySet: ``Q(department__in=departments)``.
    """

    def read(self, params: QueryDict, request: Any) -> AppliedFilter | None:
        """``mine`` or the key of a department."""
        typed = _typed(params, self.key)
        if not typed:
            return None
        if typed == "mine":
            words = t("{label}：本部门", "{label}: mine", label=self.label)
            return AppliedFilter(
                words,
                ((self.key, "mine"),),
                self._of(Department.objects.filter(pk__in=request.user.department_ids), request),
            )
        known = {department.key: department.name for department in request.procedure.departments}
        if typed not in known:
            return self.refused(typed, t("没有这个部门", "is no department"))
        words = t("{label}：{which}", "{label}: {which}", label=self.label, which=known[typed])
        return AppliedFilter(words, ((self.key, typed),), self._of(Department.objects.filter(key=typed), request))

    def _of(self, departments: QuerySet[Department], request: Any) -> Q:
        if self.condition is not None:
            return self.condition(departments, request)
        return Q(**{f"{self.path}__in": departments})

    def presets(self, request: Any) -> Presets:
        """The reader's own and every department of the procedure."""
        own = (t("本部门", "mine"), ((self.key, "mine"),))
        return [own, *((d.name, ((self.key, d.key),)) for d in request.procedure.departments)]

    def fields(self, request: Any) -> dict[str, Any]:
        """A drop-down."""
        options: list[Option] = [("", t("不限", "any")), ("mine", t("本部门", "mine"))]
        options += [(d.key, d.name) for d in request.procedure.departments]
        return {self.key: forms.Choice(label=self.label, options=options, required=False)}
