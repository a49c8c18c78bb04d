"""The pages of a kind of record that needs none of its own make:
list, opening, record, correction, steps, printed sheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse, HttpResponseBase
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.nouns import plural_of
from huiyin.procedure.schema import Procedure
from huiyin.records.access import Sight
from huiyin.records.lists import usual
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.filters import ListFilter, SearchFilter
from huiyin.records.lists.labels import with_next_due
from huiyin.records.lists.listing import ListPage
from huiyin.records.navigation import works_with
from huiyin.records.print.forms import PrintFormatter, PrintJob
from huiyin.records.print.sheets import Block, FactGrid, LongText, PrintSheet, SignaturePlace, Signatures
from huiyin.records.record_pages import RecordPage
from huiyin.records.step_views import step_view
from huiyin.records.steps.conditions import label_of_step
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.next_steps import next_steps
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.record_forms import CorrectionPage, FactForm, OpeningPage, fact_names
from huiyin.records.steps.step_types import StepPage, TakeStep
from huiyin.ui.addresses import cached_url
from huiyin.ui.components import Fact
from huiyin.ui.formats import format_money, format_quantity
from huiyin.ui.forms import Amount, StepForm
from huiyin.ui.htmx import render
from huiyin.ui.rooms import MenuItem

LONG = 60  # characters from which a fact takes the whole width


@dataclass(frozen=True, kw_only=True)
class KindPages:
    """The addresses of a kind, named after it: ``visits`` (its list), ``visit_new``, ``visit``, ``visit_facts``,
    ``visit_step``.

    ``form`` asks the facts when a record is opened by ``opens`` (``kind.verb``) with ``open_action`` and, where they
    can be corrected, when that is done by ``corrects`` with ``correct_action``; its fields are named as the columns
    that keep them. The record's page, its list and its printed sheet show the same fields in the same order. ``title``
    heads the list, ``empty`` says what belongs there; where the procedure has a ``[[noun]]`` of the kind, list and menu
    are called by it.
    """

    sight: Sight[Any]
    steps: StepPages
    form: type[FactForm]
    title: Text
    empty: tuple[Text, Text]
    opens: str
    open_action: TakeStep
    corrects: str = ""
    correct_action: TakeStep | None = None
    opened_from: Sequence[str] = ()
    more_columns: Sequence[ListColumn] = ()
    more_filters: Sequence[ListFilter] = ()

    def __post_init__(self) -> None:
        if bool(self.corrects) != (self.correct_action is not None):
            raise ImproperlyConfigured(f"pages of {self.sight.kind}: corrects and correct_action go together")
        verbs = [key.removeprefix(f"{self.sight.kind}.") for key in (self.opens, self.corrects) if key]
        unknown = [verb for verb in verbs if verb not in self.steps.by_verb]
        if unknown:
            raise ImproperlyConfigured(f"pages of {self.sight.kind}: no step is called {', '.join(unknown)}")

    def open(self, *, procedure_id: int, context: StepContext, **values: Any) -> Any:
        """Open a record with the values that the form asks; the new record."""
        return self.open_action(procedure_id=procedure_id, context=context, **values)

    def menu_item(self, *, icon: str, position: int, key: str = "", group: Text | None = None) -> MenuItem:
        """The entry that leads to the list, for whoever works with records of the kind."""
        return MenuItem(
            label=self.title,
            url=f"{self.name}s",
            icon=icon,
            position=position,
            may_open=works_with(self.sight.kind),
            key=key,
            group=group,
            kind=self.sight.kind,
            plain_icon=icon,
        )

    @cached_property
    def listing(self) -> ListPage:
        """The list of the records: number, facts, state, what is due, when it was opened."""
        return self.listing_under(None)

    def listing_under(self, procedure: Procedure | None) -> ListPage:
        """The list in the words of a procedure; in the product's own without one."""
        kind, opening = self.sight.kind, self._step_label(self.opens, procedure)
        return ListPage(
            key=f"{kind}s",
            title=plural_of(procedure, kind, self.title),
            rows=lambda request: with_next_due(self.sight.visible_to(request.user, request.procedure)),
            order="-opened_at",
            creates=(opening, f"{self.name}_new"),
            opens=self.opens,
            empty=self.empty,
            columns=[
                ListColumn(key="number", label=t("编号", "Number"), link=lambda row: cached_url(self.name, row.number)),
                *(_list_column(one, self.form.base_fields[one]) for one in fact_names(self.form)),
                usual.state_column(),
                usual.due_column(),
                usual.opened_column(opening),
                *self.more_columns,
            ],
            filters=[
                SearchFilter(key="q", label=t("查找", "Search"), kind=kind),
                usual.state_filter(kind),
                usual.open_filter(),
                usual.late_filter(kind),
                usual.opened_filter(opening),
                *self.more_filters,
            ],
        )

    def _step_label(self, key: str, procedure: Procedure | None) -> Text:
        """What a step is called under a procedure; the product's own word without one."""
        verb = key.partition(".")[2]
        if procedure is not None:
            return label_of_step(procedure, self.sight.kind, verb)
        return self.steps.by_verb[verb].label

    @property
    def name(self) -> str:
        """The kind as names of addresses spell it."""
        return self.sight.kind.replace("-", "_")

    def addresses(self, prefix: str) -> list[URLPattern]:
        """The patterns below ``prefix`` (``visits/``)."""
        record = f"{prefix}<str:number>"
        facts = [path(f"{record}/facts", self._correction(), name=f"{self.name}_facts")] if self.corrects else []
        return [
            path(prefix, self._list, name=f"{self.name}s"),
            path(f"{prefix}new", self._opening(), name=f"{self.name}_new"),
            path(record, self._record, name=self.name),
            *facts,
            path(f"{record}/<str:noun>", step_view(self.steps, self.sight.find), name=f"{self.name}_step"),
        ]

    def _list(self, request: Any) -> HttpResponseBase:
        return self.listing_under(request.procedure).respond(request)

    def _opening(self) -> OpeningPage:
        return OpeningPage(
            step=self.opens,
            form=self.form,
            action=self.open_action,
            template="records/kind_new.html",
            said=self._said_of_opening,
            opened_from=self.opened_from,
            extra_context=lambda request, form: self._list_context(request),
        )

    def _said_of_opening(self, record: Any) -> Text:
        opening = self._step_label(self.opens, versions.procedure_of(record.procedure_id))
        return t("{step}：{n}", "{step}: {n}", step=opening, n=record.number)

    def _list_context(self, request: Any) -> dict[str, Any]:
        """Where the way back leads, and what it is called."""
        title = plural_of(request.procedure, self.sight.kind, self.title)
        return {"list_title": title, "list_url": f"{self.name}s"}

    def _correction(self) -> CorrectionPage:
        assert self.correct_action is not None, "there is an address only where there is an action"
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
            **page.context(self.steps, actions, next_steps(record, actions), but=frozenset({corrects} - {""})),
            "facts": self.facts_of(record, page.procedure),
            **self._list_context(request),
            "opening": self._step_label(self.opens, page.procedure),
            "correct": next((a for a in actions if a.offer.verb == corrects and a.offer.is_mine), None),
        }
        return render(request, "records/kind_record.html", context)

    def sheet(self, printing: PrintJob) -> PrintSheet:
        """The record on paper: what stands on its page in the same order, and who took its steps."""
        say, record = PrintFormatter(printing), printing.record
        blocks: list[Block] = []
        for wide, facts in groupby(self.facts_of(record, printing.procedure), key=lambda one: one.wide):
            if wide:
                blocks += [LongText(say.w(*_pair(one.label)), say.say(one.value)) for one in facts]
            else:
                blocks.append(FactGrid(tuple(say.fact(*_pair(one.label), one.value) for one in facts)))
        blocks += [FactGrid(tuple(say.own_facts())), self._signatures(say)]
        return say.sheet(blocks)

    def _signatures(self, say: PrintFormatter) -> Signatures:
        """A place for each step that somebody took, in the order in which they were taken last."""
        record, procedure, kind = say.printing.record, say.printing.procedure, self.sight.kind
        verbs = {f"{kind}.{step.event}": step.verb for step in self.steps.steps}
        taken: dict[str, Entry] = {}
        for entry in Entry.objects.filter(kind=kind, record_id=record.pk, event__in=verbs).order_by("sequence"):
            taken.pop(entry.event, None)
            taken[entry.event] = entry
        return Signatures(
            tuple(
                SignaturePlace(
                    say.bar(*_pair(label_of_step(procedure, kind, verbs[event]))),
                    say.line(entry.who),
                    say.say(entry.at)[:10],
                )
                for event, entry in taken.items()
            )
        )


def facts_of(form: type[StepForm], record: Any, procedure: Procedure, names: Sequence[str]) -> list[Fact]:
    """The facts of these names under the labels of the form that asks them."""
    found = []
    for name in names:
        field = form.base_fields[name]
        value = _shown(name, getattr(record, name), procedure, field)
        wide = getattr(field, "kind", "") == "words" or len(str(value)) > LONG
        found.append(Fact(field.label or name, value, wide=wide))  # type: ignore[arg-type]  # a Text of ours
    return found


def _shown(name: str, value: Any, procedure: Procedure, field: Any) -> Any:
    """A value as people read it, numbers with their unit; keys of the company's catalogues in its words."""
    unit = getattr(field, "unit", None)
    match value:
        case Person():
            return value.display_name
        case bool():
            return t("是", "Yes") if value else t("否", "No")
        case Decimal() | int() if isinstance(field, Amount):
            return format_money(value, field.currency)
        case Decimal() | int() if unit:
            return Text(format_quantity(value, unit, "zh"), format_quantity(value, unit, "en"))
        case datetime() | date() | Decimal() | None:
            return value
    option = procedure.option(name, str(value)) if value else None
    return option.label if option else str(value)


def _text(label: Any) -> Text:
    return label if isinstance(label, Text) else Text(str(label), str(label))


def _list_column(name: str, field: Any) -> ListColumn:
    """The column of a fact; the unit of a number stands in its head."""
    label, unit = _text(field.label), getattr(field, "unit", None)
    if isinstance(field, Amount):
        return ListColumn(key=name, label=label, kind="money")
    if unit:
        label = t("{what}（{unit}）", "{what} ({unit})", what=label, unit=unit)
    kind = {"day": "day", "moment": "moment", "number": "quantity"}.get(getattr(field, "kind", ""), "text")
    return ListColumn(key=name, label=label, kind=kind)


def _pair(label: Any) -> tuple[str, str]:
    return (label.show("zh"), label.show("en")) if isinstance(label, Text) else (str(label), str(label))
