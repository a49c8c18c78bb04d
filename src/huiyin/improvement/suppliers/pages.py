"""Which page takes which step of a request to a supplier."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.improvement.suppliers import actions, forms
from huiyin.records.steps.pages import StepPages, StepView

ISSUE = StepView(
    "issue", "issue", forms.IssueForm, lambda r, f, s: actions.issue(r, f.cleaned_data["link_until"], context=s)
)
RENEW = StepView(
    "renew_link",
    "link",
    forms.IssueForm,
    lambda r, f, s: actions.renew_link(r, f.cleaned_data["link_until"], context=s),
    "plain",
)
PAGES: tuple[StepView, ...] = (
    ISSUE,
    StepView(
        "accept",
        "acceptance",
        forms.AcceptForm,
        lambda r, f, s: actions.accept(r, f.cleaned_data["effect_due"], f.cleaned_data["words"], context=s),
    ),
    StepView(
        "return",
        "return",
        forms.AgainForm,
        lambda r, f, s: actions.return_answer(r, f.cleaned_data["reason"], f.cleaned_data["answer_due"], context=s),
        "plain",
    ),
    StepView(
        "extend",
        "extension",
        forms.ExtendForm,
        lambda r, f, s: actions.extend(r, f.cleaned_data["answer_due"], f.cleaned_data["extend_reason"], context=s),
        "plain",
    ),
    StepView(
        "verify",
        "effect",
        forms.EffectForm,
        lambda r, f, s: actions.verify(r, f.cleaned_data["effect_result"], context=s),
    ),
    StepView(
        "fail",
        "failure",
        forms.AgainForm,
        lambda r, f, s: actions.fail(r, f.cleaned_data["reason"], f.cleaned_data["answer_due"], context=s),
        "plain",
    ),
    StepView("close", "closure", forms.WordsForm, lambda r, f, s: actions.close(r, f.cleaned_data["words"], context=s)),
    StepView(
        "answer",
        "answer",
        forms.EnteredForm,
        lambda r, f, s: actions.answer(r, f.given(), context=s),
        "plain",
        "suppliers/entered.html",
    ),
    RENEW,
    StepView(
        "cancel",
        "cancellation",
        forms.ReasonForm,
        lambda r, f, s: actions.cancel(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)


def _beside(request: Any, record: Any, part: Any, page: StepView) -> Mapping[str, Any]:
    return {"scar": record, "answer": actions.last_answer(record)}


STEPS = StepPages("scar", "scar_step", PAGES, "suppliers/step.html", _beside, {"change": "scar_facts"})
SECRET = frozenset({ISSUE.noun, RENEW.noun})
"""Steps that end on the page that shows the new link once."""
