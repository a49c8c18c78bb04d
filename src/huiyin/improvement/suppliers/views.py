"""Pages of requests to suppliers for the people of the company."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.improvement.suppliers import actions, letter
from huiyin.improvement.suppliers.access import request_for
from huiyin.improvement.suppliers.forms import SupplierRequestForm, initial_from
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.improvement.suppliers.steps import SHOWS_LINK, STEPS
from huiyin.kernel.text import t
from huiyin.people.models import company_name
from huiyin.procedure import versions
from huiyin.records.record_pages import RecordPage
from huiyin.records.steps.next_steps import next_steps
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage, form_page
from huiyin.ui.htmx import render


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """One request: what is next, what was asked, what the supplier answered, who owes what."""
    scar = request_for(request.user, number)
    page = RecordPage(request, scar)
    answers = list(scar.answers.select_related("entered_by").order_by("-round"))
    offered = STEPS.actions(scar, request.user, request.at, known={"last_answer": answers[0] if answers else None})
    next_step = next_steps(scar, offered, put_last=frozenset({"answer"}))
    context = {
        **page.context(STEPS, offered, next_step, but=frozenset({"change"})),
        "scar": scar,
        "answers": answers,
        "correct": next((a for a in offered if a.offer.verb == "change" and a.offer.is_mine), None),
    }
    return render(request, "suppliers/detail.html", context)


new = OpeningPage(
    step="scar.open",
    form=SupplierRequestForm,
    action=actions.open_request,
    template="suppliers/new.html",
    said=lambda made: t("已拟定 {n}，请核对后发给供方", "Drafted as {n}; check it, then send it", n=made.number),
    opened_from=("problem", "complaint"),
    known_from=initial_from,
)
facts = CorrectionPage(
    step="scar.change",
    form=SupplierRequestForm,
    action=actions.change,
    template="suppliers/facts.html",
    said=t("已更正", "Corrected"),
)


@never_cache
@form_page
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of the request; a new link is shown at once, since nobody can read it later."""
    held: list[SupplierRequest] = []

    def find() -> tuple[Any, Any]:
        held.append(request_for(request.user, number))
        return held[-1], None

    answer = STEPS.respond(request, noun, find)
    made = next((one for one in held if one.fresh_link), None) if noun in SHOWS_LINK else None
    return answer if made is None else _link_page(request, made)


def _link_page(request: Any, scar: SupplierRequest) -> HttpResponse:
    link = request.build_absolute_uri(reverse("supplier", args=[scar.fresh_link]))
    procedure = versions.procedure_of(scar.procedure_id)
    context = {"scar": scar, "link": link, **letter.mail(scar, link, company_name(), procedure)}
    return render(request, "suppliers/link.html", context)
