"""Pages on which a step is taken: a room declares a form and an action for each verb.

Everything else is alike and stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpResponse

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.generic_guards import field_of_guard
from huiyin.procedure.schema import Procedure
from huiyin.records import ownfields
from huiyin.records.models import Record
from huiyin.records.steps.conditions import (
    GuardContext,
    OfferedStep,
    label_of_step,
    offered_steps,
    others_step,
    step_refusals,
)
from huiyin.records.steps.context import StepContext, context_from
from huiyin.records.steps.form_pages import submit
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.ui.addresses import cached_url
from huiyin.ui.forms import StepForm
from huiyin.ui.htmx import render


class RecordForm(StepForm):
    """A step's form: knows the record, its part if the step is the part's, the person and the procedure."""

    def __init__(
        self,
        *args: Any,
        record: Any,
        person: Person,
        procedure: Procedure,
        part: Any = None,
        at: datetime | None = None,
        **kwargs: Any,
    ) -> None:
        subject = part if part is not None else record
        super().__init__(*args, version=subject.version, **kwargs)
        self.record, self.part, self.person, self.procedure, self.at = record, part, person, procedure, at
        self.missing: list[str] = []
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and initial values."""

    def missing_field(self, name: str) -> Any:
        """A required field for a fact that the procedure wants of this step.

        None for what this room knows no field for.
        """
        return None

    def ask_for_missing(self, verb: str) -> None:
        """Ask for each fact that the procedure requires of this step:
        in its own field, or in one added where nobody has filled it. What a guard of the step wants answered in one
        way is asked again, with the answer that stands.
        """
        transition = self.procedure.step_table(self.record.kind).transition(self.record.state, verb)
        decisive = {field_of_guard(guard) for guard in transition.guards} if transition else set()
        for name in transition.requires if transition else ():
            if name in self.fields:
                self.fields[name].required = True
            value = getattr(self.record, name, None) or self.record.own_facts.get(name)
            if (value in (None, "", []) or name in decisive) and name not in self.fields:
                asked = self._own_field(name) or self.missing_field(name)
                if asked is not None:
                    self.fields[name] = asked
                    self.initial.setdefault(name, value)
                    self.missing.append(name)

    def _own_field(self, name: str) -> Any:
        own = ownfields.custom_field(self.record.kind, name, self.procedure)
        return ownfields.form_field(own, self.procedure, required=True) if own is not None else None

    def added(self) -> dict[str, Any]:
        """The clean values of the fields that ``ask_for_missing`` added, the company's own as they are kept."""
        values = {name: self.cleaned_data[name] for name in self.missing}
        own = {each.name for each in self.procedure.fields_of(self.record.kind)}
        return {name: ownfields.stored_value(value) if name in own else value for name, value in values.items()}

    def choose_from(self, name: str, catalogue: str = "", *, empty: bool = False) -> None:
        """Give a choice the options of a catalogue of the procedure (of its own name without one)."""
        options = [(one.key, one.label) for one in self.procedure.catalogue(catalogue or name)]
        self.add_choices(name, [("", t("未定", "Not set")), *options] if empty else options)


@dataclass(frozen=True, slots=True)
class StepAction:
    """A step offered on the page: where its form is, and why it may not be taken."""

    offer: OfferedStep
    url: str
    kind: str
    moves: bool = False


@dataclass(frozen=True)
class StepPages:
    """The steps of one kind of record, or of one kind of its parts, and the pages on which they are taken.

    ``url`` names the address: it takes the record's number, a part's id, and the noun. ``extra_context(request, record,
    part, step)`` adds what the template shows beside the form. With ``names_kind`` the addresses begin with the kind.
    """

    kind: str
    url: str
    steps: Sequence[StepType]
    template: str = "records/step.html"
    extra_context: Callable[[Any, Any, Any, StepType], Mapping[str, Any]] | None = None
    names_kind: bool = False
    by_verb: Mapping[str, StepType] = field(init=False, repr=False)
    by_noun: Mapping[str, StepType] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        nouns = [(step.page.noun, step) for step in self.steps if isinstance(step.page, StepPage)]
        object.__setattr__(self, "by_verb", {step.verb: step for step in self.steps})
        object.__setattr__(self, "by_noun", dict(nouns))
        if len(self.by_verb) < len(self.steps) or len(self.by_noun) < len(nouns):
            raise ImproperlyConfigured(f"two steps of {self.kind} share a verb or a noun")

    def step_of(self, noun: str) -> StepType:
        """The step whose page has this noun; Http404 for an unknown one."""
        step = self.by_noun.get(noun)
        if step is None:
            raise Http404(noun)
        return step

    def with_form(self, verb: str) -> StepType | None:
        """The step, if it is taken by a form of the common make."""
        step = self.by_verb.get(verb)
        return step if step is not None and isinstance(step.page, StepPage) else None

    def take(self, record: Record, verb: str, *, context: StepContext, part: Any = None, **values: Any) -> Any:
        """Take a step as its page does, with the values that its form gives; LookupError for one without such a page.

        For steps of many records at once, the demonstration company and tests: they need not know by which function.
        """
        step = self.with_form(verb)
        if step is None:
            raise LookupError(f"{self.kind}.{verb} is not taken by a form of the common make")
        return _page_of(step).action(record if part is None else part, context=context, **values)

    def address_of(self, verb: str, record: Record, part: Any = None) -> tuple[str, str] | None:
        """Where the step is taken and the kind of its button; None for a verb without a page."""
        ids = [record.kind] * self.names_kind + [record.number] + ([part.pk] if part is not None else [])
        step = self.by_verb.get(verb)
        match step.page if step is not None else None:
            case StepPage(noun=noun, button=button):
                return cached_url(self.url, *ids, noun), button
            case OtherPage(url=url, offered=True):
                return cached_url(url, *ids), "plain"
        return None

    def actions(
        self, record: Any, person: Any, at: datetime, *, part: Any = None, known: Mapping[str, Any] | None = None
    ) -> list[StepAction]:
        """Every step out of the present state with its page.

        ``known`` is what the page has read already for the guards.
        """
        subject = part if part is not None else record
        table = versions.procedure_of(record.procedure_id).step_table(self.kind)
        found = []
        for offer in offered_steps(record, person, at=at, part=part, known=known):
            place = self.address_of(offer.verb, record, part)
            if place is None:
                continue
            transition = table.transition(subject.state, offer.verb)
            moves = transition is not None and transition.to not in (None, subject.state)
            found.append(StepAction(offer, *place, moves))
        return found

    def form(self, step: StepType, request: Any, record: Any, part: Any = None) -> Any:
        """The step's form, bound when it was posted."""
        data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
        procedure = versions.procedure_of(record.procedure_id)
        form: Any = _page_of(step).form(
            *data, record=record, part=part, person=request.user, procedure=procedure, at=request.at
        )
        if part is None:
            form.ask_for_missing(step.verb)
        return form

    def respond(self, request: Any, noun: str, find: Callable[[], tuple[Any, Any]], **more: Any) -> HttpResponse:
        """One step: its form, or the reasons why it cannot be taken.

        ``find`` gives record and part, afresh each time.
        """
        step = self.step_of(noun)
        page = _page_of(step)
        record, part = find()
        subject = part if part is not None else record
        procedure = versions.procedure_of(record.procedure_id)
        name = label_of_step(procedure, self.kind, step.verb)
        here = record_url(record.kind, record.number)
        form = self.form(step, request, record, part)

        def theirs() -> tuple[Any, int, Mapping[str, Any]]:
            fresh, fresh_part = find()
            now: Any = page.form(record=fresh, part=fresh_part, person=request.user, procedure=procedure, at=request.at)
            if fresh_part is None:
                now.ask_for_missing(step.verb)
            return fresh, (fresh_part if fresh_part is not None else fresh).version, now.initial

        if request.method == "POST" and form.is_valid():
            answer = submit(
                request,
                form,
                lambda: page.action(subject, **form.values(), context=context_from(request, form, form.added())),
                to=lambda _: here,
                said=t("{step}：已完成", "{step}: done", step=name),
                theirs=theirs,
            )
            if answer is not None:
                return answer
        context = {
            "form": form,
            "step": step,
            "record": record,
            "part": part,
            "name": name,
            "procedure": procedure,
            "label": ProcedureLabels(procedure),
            "reasons": self.reasons(request, step, record, part),
            "others_step": others_step(self._situation(request, record, part), self.kind, step.verb),
            "action": request.path,
            "back": here,
            **(self.extra_context(request, record, part, step) if self.extra_context else {}),
            **more,
        }
        return render(request, page.template or self.template, context, status=422 if form.is_bound else 200)

    def reasons(self, request: Any, step: StepType, record: Any, part: Any) -> list[Text]:
        """Why the step cannot be taken now; empty when it can."""
        return step_refusals(self._situation(request, record, part), self.kind, step.verb)

    def _situation(self, request: Any, record: Any, part: Any) -> GuardContext:
        procedure = versions.procedure_of(record.procedure_id)
        return GuardContext(record, part, request.user, request.at, procedure)


def _page_of(step: StepType) -> StepPage:
    assert isinstance(step.page, StepPage), f"{step.verb} has no form of the common make"
    return step.page


class ProcedureLabels:
    """Words of catalogue keys, departments and states under one procedure, for templates."""

    def __init__(self, procedure: Procedure) -> None:
        self._procedure = procedure

    def __call__(self, catalogue: str, key: str | None) -> Text | str:
        if not key:
            return ""
        found = self._procedure.option(catalogue, key)
        return found.label if found else key

    def department(self, key: str) -> Text | str:
        """A department's name by its key."""
        found = next((d for d in self._procedure.departments if d.key == key), None)
        return found.name if found else key

    def state(self, kind: str, state: str) -> Text:
        """What the company calls a state."""
        return self._procedure.state(kind, state).label

    def phase(self, kind: str, state: str) -> str:
        """The phase a state counts as."""
        return self._procedure.phase(kind, state)
