"""Opening a case, perhaps from a complaint, with earlier cases that resemble it in sight; correcting its facts."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.customers.access import visible_to as customers_of
from huiyin.improvement.access import visible_to
from huiyin.improvement.actions import opening
from huiyin.improvement.forms.facts import OpenProblemForm, ProblemFactsForm, initial_from
from huiyin.improvement.forms.fields import colleague
from huiyin.improvement.nouns import cases_called
from huiyin.improvement.recurrence import SimilarCase, similar_cases
from huiyin.improvement.values import ProblemFacts
from huiyin.kernel.text import t
from huiyin.records.steps.pages import ProcedureLabels
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage
from huiyin.ui.htmx import render
from huiyin.ui.sanitise import row_id

NAMED = ("title", "model", "defect", "batch")
"""Facts that the address may give."""


def _known(request: Any) -> dict[str, Any]:
    """Whoever opens a case owns it; the rest as the address says."""
    return {"owner": colleague(request.user), **{name: request.GET[name] for name in NAMED if name in request.GET}}


def _extra_context(request: Any, form: Any) -> dict[str, Any]:
    """Earlier cases like the one that is opened."""
    about = form.about
    facts = ProblemFacts(
        "",
        customer=getattr(about, "customer", None),
        model=getattr(about, "model", ""),
        defect=getattr(about, "defect", ""),
    )
    return {
        "similar": _similar(request, facts),
        "label": ProcedureLabels(form.procedure),
        "opening": True,
        "cases": cases_called(form.procedure),
    }


def _similar(request: Any, facts: ProblemFacts) -> list[SimilarCase]:
    return similar_cases(facts, visible_to(request.user, request.procedure))


@require_safe
def resembling(request: Any) -> HttpResponse:
    """Earlier cases of the same customer or product with the same defect, while a case is being opened."""
    get = request.GET
    key = row_id(get.get("customer_key", ""))
    customer = customers_of(request.user).filter(pk=key).first() if key else None
    facts = ProblemFacts(
        "", customer=customer, model=get.get("model", "").strip()[:80], defect=get.get("defect", "")[:40]
    )
    context = {"similar": _similar(request, facts), "label": ProcedureLabels(request.procedure), "opening": True}
    return render(request, "improvement/similar.html", context)


new = OpeningPage(
    step="problem.open",
    form=OpenProblemForm,
    action=opening.open_with_symptom,
    template="improvement/open.html",
    said=lambda made: t("已立案 {n}", "Opened as {n}", n=made.number),
    known=_known,
    opened_from=("complaint",),
    known_from=initial_from,
    extra_context=_extra_context,
)
facts = CorrectionPage(
    step="problem.change_facts", form=ProblemFactsForm, action=opening.change_facts, template="improvement/facts.html"
)
