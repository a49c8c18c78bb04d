"""The page on which a part of a customer's file is entered or corrected: contact persons and deliveries alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse

from huiyin.customers.access import CUSTOMERS, customer_for
from huiyin.customers.forms import CustomerFileForm
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.journal.record_urls import record_url
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.steps.conditions import GuardContext, step_refusals
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import submit
from huiyin.records.steps.record_forms import form_page
from huiyin.records.steps.step_types import TakeStep
from huiyin.ui.htmx import render


@dataclass(frozen=True, kw_only=True)
class PartPage:
    """The page of one kind of part, as a view: without ``pk`` a part is entered, with it corrected.

    ``add(customer, **values, context)`` and ``change(part, **values, context)`` take what the form gives; ``added`` and
    ``changed`` are told when it is done. Both follow the right to change the customer's file.
    """

    model: type[ContactPerson] | type[Delivery]
    form: type[CustomerFileForm]
    add: TakeStep
    change: TakeStep
    template: str
    added: Text
    changed: Text

    def __call__(self, request: Any, number: str, pk: int | None = None) -> HttpResponse:
        """The form; once it is valid, the customer's page."""
        return form_page(self._respond)(request, number, pk)

    def _respond(self, request: Any, number: str, pk: int | None) -> HttpResponse:
        bound = request.method == "POST"
        row = self._find(request.user, number, pk) if pk is not None else None
        customer = row.customer if row is not None else customer_for(request.user, number)
        back = record_url(customer.kind, customer.number)
        form = self.form(
            request.POST if bound else None,
            procedure=request.procedure,
            person=request.user,
            about=customer,
            record=row,
            initial=self.form.initial_of(row) if row is not None else {},
            version=row.version if row is not None else None,
        )

        def act() -> Any:
            context = context_from(request, form)
            if row is None:
                return self.add(customer, **form.values(), context=context)
            return self.change(row, **form.values(), context=context)

        def theirs() -> tuple[Customer, int, Mapping[str, Any]]:
            assert pk is not None, "nobody was faster with a part that is not there yet"
            fresh = self._find(request.user, number, pk)
            return fresh.customer, fresh.version, self.form.initial_of(fresh)

        if bound and form.is_valid():
            answer = submit(
                request,
                form,
                act,
                to=lambda _: back,
                said=self.added if row is None else self.changed,
                theirs=theirs,
            )
            if answer is not None:
                return answer
        procedure = versions.procedure_of(customer.procedure_id)
        reasons = step_refusals(GuardContext(customer, None, request.user, request.at, procedure), "customer", "change")
        context = {"form": form, "record": customer, "row": row, "reasons": reasons, "back": back}
        return render(request, self.template, context, status=422 if bound else 200)

    def _find(self, person: Person, number: str, pk: int) -> Any:
        return CUSTOMERS.find_part(person, number, self.model._default_manager.all(), pk, of="customer")
