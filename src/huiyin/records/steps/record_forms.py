"""The two pages on which the facts of a record are written: the one that opens it, and the one that corrects it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.access import record_for
from huiyin.records.steps.conditions import GuardContext, label_of_step, opening_refusals, others_step, step_refusals
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import submit
from huiyin.records.steps.intake import panels_for
from huiyin.records.steps.step_types import TakeStep
from huiyin.ui.forms import StepForm
from huiyin.ui.htmx import render

form_page = require_http_methods(["GET", "POST"])
CORRECTED = t("资料已更正", "The facts are corrected")


class FactForm(StepForm):
    """The facts of a record: of one that is opened (``record`` None, perhaps from ``about``),
    or of one that is corrected.
    """

    def __init__(
        self,
        *args: Any,
        procedure: Procedure,
        person: Person,
        at: datetime | None = None,
        record: Any = None,
        about: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.procedure, self.person, self.at = procedure, person, at
        self.record, self.about = record, about
        self.prepare()

    def prepare(self) -> None:
        """Fill in choices and what the procedure asks for."""

    @classmethod
    def initial_of(cls, record: Any) -> dict[str, Any]:
        """What the form shows of a record that is to be corrected: its columns of the same names, and the company's
        own fields.
        """
        return {name: getattr(record, name) for name in fact_names(cls)} | record.own_facts


def fact_names(form: type[StepForm]) -> list[str]:
    """The names of a form's own fields that are facts."""
    return [name for name in form.base_fields if name not in ("submission", "version")]


@dataclass(frozen=True, kw_only=True)
class OpeningPage:
    """The page on which a record is opened by ``step`` (``kind.verb``), as a view.

    ``action(**values, procedure_id, context)`` opens it with what ``form.values()`` gives. Where it may be opened from
    a record of the kinds ``opened_from`` (``?complaint=…``), the action gets that record as ``about``, and
    ``known_from(about)`` says what is known by it. ``known(request)`` says what is known without one. ``said`` is told
    when it is done; ``extra_context(request, form)`` adds what the template shows beside the form. What else the form
    is made with (the weeks that may be chosen at this moment) ``form_arguments(request)`` gives by name. ``matter``
    names the fields in which a customer's matter is written: what fits it stands beside the form.
    """

    step: str
    form: type[FactForm]
    action: TakeStep
    template: str
    said: Callable[[Any], Text] = lambda made: t("已登记 {n}", "Registered as {n}", n=made.number)
    known: Callable[[Any], Mapping[str, Any]] = lambda request: {}
    opened_from: Sequence[str] = ()
    known_from: Callable[[Any], Mapping[str, Any]] = lambda about: {}
    extra_context: Callable[[Any, Any], Mapping[str, Any]] = lambda request, form: {}
    form_arguments: Callable[[Any], Mapping[str, Any]] = lambda request: {}
    matter: Sequence[str] = ()

    def about(self, request: Any) -> Any:
        """The record named in the address or the form, if the person may see it; Http404 when not, None without one."""
        for kind in self.opened_from:
            number = request.POST.get(kind) or request.GET.get(kind)
            if number:
                return record_for(request.user, kind, number)
        return None

    def __call__(self, request: Any) -> HttpResponse:
        """The form; once it is valid, the record's page."""
        return form_page(self._respond)(request)

    def _respond(self, request: Any) -> HttpResponse:
        about, procedure = self.about(request), request.procedure
        bound = request.method == "POST"
        initial = {**self.known(request), **(self.known_from(about) if about is not None else {})}
        form = self.form(
            request.POST if bound else None,
            request.FILES if bound else None,
            procedure=procedure,
            person=request.user,
            at=request.at,
            about=about,
            initial=initial,
            **self.form_arguments(request),
        )
        if bound and form.is_valid():
            tied = {"about": about} if self.opened_from else {}
            answer = submit(
                request,
                form,
                lambda: self.action(
                    **form.values(), **tied, procedure_id=request.version, context=context_from(request, form)
                ),
                to=lambda made: record_url(made.kind, made.number),
                said=self.said,
            )
            if answer is not None:
                return answer
        kind, _, verb = self.step.partition(".")
        context = {
            "form": form,
            "about": about,
            "kind": kind,
            "procedure": procedure,
            "others_step": opening_refusals(self.step, request.user, procedure) if not bound else [],
            "name": label_of_step(procedure, kind, verb),
            "panels": panels_for(request.user, procedure, self.matter),
            **self.extra_context(request, form),
        }
        return render(request, self.template, context, status=422 if bound else 200)


@dataclass(frozen=True, kw_only=True)
class CorrectionPage:
    """The page on which the facts of a record are corrected by ``step`` (``kind.verb``), as a view.

    The kind's ``Sight`` finds it; the rest as in ``OpeningPage``.
    """

    step: str
    form: type[FactForm]
    action: TakeStep
    template: str = "records/correction.html"
    said: Text = CORRECTED

    def __call__(self, request: Any, number: str) -> HttpResponse:
        """The form, filled with what stands there; once it is valid, the record's page."""
        return form_page(self._respond)(request, number)

    def _respond(self, request: Any, number: str) -> HttpResponse:
        kind, _, verb = self.step.partition(".")
        record = record_for(request.user, kind, number)
        procedure = versions.procedure_of(record.procedure_id)
        bound = request.method == "POST"
        form = self.form(
            request.POST if bound else None,
            request.FILES if bound else None,
            procedure=procedure,
            person=request.user,
            at=request.at,
            record=record,
            initial=dict(self.form.initial_of(record)),
            version=record.version,
        )

        def theirs() -> tuple[Any, int, Mapping[str, Any]]:
            fresh = record_for(request.user, kind, number)
            return fresh, fresh.version, self.form.initial_of(fresh)

        if bound and form.is_valid():
            answer = submit(
                request,
                form,
                lambda: self.action(record, **form.values(), context=context_from(request, form)),
                to=lambda _: record_url(record.kind, number),
                said=self.said,
                theirs=theirs,
            )
            if answer is not None:
                return answer
        situation = GuardContext(record, None, request.user, request.at, procedure)
        context = {
            "form": form,
            "record": record,
            "procedure": procedure,
            "reasons": step_refusals(situation, kind, verb),
            "others_step": others_step(situation, kind, verb),
            "name": label_of_step(procedure, kind, verb),
            "back": record_url(record.kind, record.number),
        }
        return render(request, self.template, context, status=422 if bound else 200)
