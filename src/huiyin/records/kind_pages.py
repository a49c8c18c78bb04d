"""The pages of a kind of record that needs none of its own make:
list, opening, record, correction, steps, printed sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.access import Sight
from huiyin.records.lists import usual
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import ListFilter, SearchFilter
from huiyin.records.lists.labels import with_next_due
from huiyin.records.lists.listing import ListPage
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.sheets import Block, FactGrid, LongText, PrintSheet, Signatures
from huiyin.records.record_pages import RecordPage
from huiyin.records.step_views import step_view
from huiyin.records.steps.next_steps import next_steps
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.record_forms import CorrectionPage, FactForm, OpeningPage, fact_names
from huiyin.records.steps.step_types import StepPage, TakeStep
from huiyin.ui.addresses import cached_url
from huiyin.ui.components import Fact
from huiyin.ui.forms import StepForm
from huiyin.ui.htmx import render

LONG = 60  # characters from which a fact takes the whole width


@dataclass(frozen=True, kw_only=True)
class KindPages:
    """The addresses of a kind, named after it: ``visits`` (its list), ``visit_new``, ``visit``, ``visit_facts``,
    ``visit_step``.

    ``form`` asks the facts when a record is opened by ``opens`` (``kind.verb``) with ``open_action`` and when it is
    corrected by ``corrects`` with ``correct_action``; its fields are named as the columns that keep them. The record's
    page, its list and its printed sheet show the same fields. ``title`` heads the list, ``empty`` says what belongs
    there.
    """

    sight: Sight[Any]
    steps: StepPages
    form: type[FactForm]
    title: Text
    empty: tuple[Text, Text]
    opens: str
    open_action: TakeStep
    corrects: str
    correct_action: TakeStep
    opened_from: Sequence[str] = ()
    more_columns: Sequence[ListColumn] = ()
    more_filters: Sequence[ListFilter] = ()

    @cached_property
    def listing(self) -> ListPage:
        """The list of the records: number, facts, state, what is due, when it was opened."""
        kind, name = self.sight.kind, self.name
        facts = [(one, self.form.base_fields[one]) for one in fact_names(self.form)]
        return ListPage(
            key=f"{kind}s",
            title=self.title,
            rows=lambda request: with_next_due(self.sight.visible_to(request.user, request.procedure)),
            order="-opened_at",
            creates=(self._step_label(self.opens), f"{name}_new"),
            opens=self.opens,
            empty=self.empty,
            columns=[
                ListColumn(key="number", label=t("编号", "Number"), link=lambda row: cached_url(name, row.number)),
                *(ListColumn(key=one, label=_text(field.label), kind=_list_kind(field)) for one, field in facts),
                usual.state_column(),
                usual.due_column(),
                usual.opened_column(t("登记时间", "Entered")),
                *self.more_columns,
            ],
            filters=[
                SearchFilter(key="q", label=t("查找", "Search"), kind=kind),
                usual.state_filter(kind),
                usual.open_filter(),
                usual.late_filter(kind),
                usual.opened_filter(t("登记日期", "Entered")),
                *self.more_filters,
            ],
        )

    def _step_label(self, key: str) -> Text:
        return next(one.label for one in self.steps.steps if one.verb == key.partition(".")[2])

    @property
    def name(self) -> str:
        """The kind as names of addresses spell it."""
        return self.sight.kind.replace("-", "_")

    def addresses(self, prefix: str) -> list[URLPattern]:
        """The patterns below ``prefix`` (``visits/``)."""
        record = f"{prefix}<str:number>"
        return [
            path(prefix, self._list, name=f"{self.name}s"),
            path(f"{prefix}new", self._opening(), name=f"{self.name}_new"),
            path(record, self._record, name=self.name),
            path(f"{record}/facts", self._correction(), name=f"{self.name}_facts"),
            path(f"{record}/<str:noun>", step_view(self.steps, self.sight.find), name=f"{self.name}_step"),
        ]

    def _list(self, request: Any) -> HttpResponseBase:
        return self.listing.respond(request)

    def _opening(self) -> OpeningPage:
        return OpeningPage(
            step=self.opens,
            form=self.form,
            action=self.open_action,
            template="records/kind_new.html",
            opened_from=self.opened_from,
            extra_context=lambda request, form: {"listing": self.listing, "list_url": f"{self.name}s"},
        )

    def _correction(self) -> CorrectionPage:
        return CorrectionPage(
            step=self.corrects,
            form=self.form,
            action=self.correct_action,
        )

    def facts_of(self, record: Any, procedure: Procedure) -> list[Fact]:
        """What the form asks, and below it what the steps have written into columns of the record so far."""
        columns = {column.name for column in self.sight.model._meta.concrete_fields} - set(fact_names(self.form))
        written = []
        for page in (step.page for step in self.steps.steps if isinstance(step.page, StepPage)):
            names = [one for one in fact_names(page.form) if one in columns]
            columns -= set(names)
            written += [one for one in facts_of(page.form, record, procedure, names) if one.value not in (None, "")]
        return facts_of(self.form, record, procedure, fact_names(self.form)) + written

    def _record(self, request: Any, number: str) -> HttpResponse:
        return require_safe(self._show)(request, number)

    def _show(self, request: Any, number: str) -> HttpResponse:
        record = self.sight.find(request.user, number)
        page = RecordPage(request, record)
        actions = self.steps.actions(record, request.user, request.at)
        corrects = self.corrects.partition(".")[2]
        context = {
            **page.context(self.steps, actions, next_steps(record, actions), but=frozenset({corrects})),
            "facts": self.facts_of(record, page.procedure),
            "listing": self.listing,
            "list_url": f"{self.name}s",
            "correct": next((a for a in actions if a.offer.verb == corrects and a.offer.is_mine), None),
        }
        return render(request, "records/kind_record.html", context)

    def sheet(self, printing: PrintJob) -> PrintSheet:
        """The record on paper: its facts, what the steps wrote, places to sign."""
        say, record = PrintFormatter(printing), printing.record
        facts = self.facts_of(record, printing.procedure)
        blocks: list[Block] = [FactGrid(tuple(say.fact(*_pair(one.label), one.value) for one in facts if not one.wide))]
        blocks += [LongText(say.w(*_pair(one.label)), say.say(one.value)) for one in facts if one.wide]
        blocks.append(FactGrid(tuple(say.own_facts())))
        blocks.append(Signatures((say.signature("登记", "Registered by", record.opened_by, record.opened_at),)))
        return say.sheet(blocks)


def facts_of(form: type[StepForm], record: Any, procedure: Procedure, names: Sequence[str]) -> list[Fact]:
    """The facts of these names under the labels of the form that asks them."""
    found = []
    for name in names:
        field = form.base_fields[name]
        value = _shown(name, getattr(record, name), procedure)
        wide = getattr(field, "kind", "") == "words" or len(str(value)) > LONG
        found.append(Fact(field.label or name, value, wide=wide))  # type: ignore[arg-type]  # a Text of ours
    return found


def _shown(name: str, value: Any, procedure: Procedure) -> Any:
    """A value as people read it; keys of the company's catalogues in its words."""
    match value:
        case Person():
            return value.display_name
        case bool():
            return t("是", "Yes") if value else t("否", "No")
        case datetime() | date() | Decimal() | None:
            return value
    option = procedure.option(name, str(value)) if value else None
    return option.label if option else str(value)


def _text(label: Any) -> Text:
    return label if isinstance(label, Text) else Text(str(label), str(label))


def _list_kind(field: Any) -> str:
    """How a list shows what the field asks."""
    return {"day": "day", "moment": "moment", "number": "quantity"}.get(getattr(field, "kind", ""), "text")


def _pair(label: Any) -> tuple[str, str]:
    return (label.zh, label.en) if isinstance(label, Text) else (str(label), str(label))
