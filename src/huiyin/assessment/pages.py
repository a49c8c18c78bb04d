"""Which page takes which step: the noun in the address, the form, and the action it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.assessment import forms
from huiyin.assessment.actions import appeals, dividing, making, rewards, signing
from huiyin.records.steps.pages import StepPages, StepView

PAGES: tuple[StepView, ...] = (
    StepView("recount", "recount", forms.PlainForm, lambda a, f, s: making.recount(a, context=s), "plain"),
    StepView("send", "sending", forms.PlainForm, lambda a, f, s: making.send(a, context=s)),
    StepView(
        "add_costs",
        "costs",
        forms.CostsForm,
        lambda a, f, s: making.add_costs(a, f.costs(), further=f.further(), context=s),
        "plain",
        template="assessment/costs.html",
    ),
    StepView("return_to_quality", "return", forms.PlainForm, lambda a, f, s: making.return_to_quality(a, context=s)),
    StepView(
        "propose_reward",
        "reward",
        forms.RewardForm,
        lambda a, f, s: rewards.propose(a, f.rewarded, f.cleaned_data["amount"], f.cleaned_data["evidence"], context=s),
        "plain",
    ),
    StepView(
        "sign_quality",
        "quality-signature",
        forms.StatementForm,
        lambda a, f, s: signing.sign_quality(a, f.cleaned_data["statement"], context=s),
    ),
    StepView(
        "send_back",
        "second-look",
        forms.ReasonForm,
        lambda a, f, s: signing.send_back(a, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "sign_management",
        "management-signature",
        forms.StatementForm,
        lambda a, f, s: signing.sign_management(a, f.cleaned_data["statement"], context=s),
    ),
    StepView("hand_over", "hand-over", forms.PlainForm, lambda a, f, s: signing.hand_over(a, context=s)),
    StepView(
        "carry_out",
        "execution",
        forms.RemarkForm,
        lambda a, f, s: signing.carry_out(a, f.cleaned_data["remark"], context=s),
    ),
    StepView(
        "withdraw",
        "withdrawal",
        forms.ReasonForm,
        lambda a, f, s: making.withdraw(a, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)

APPEALING: tuple[StepView, ...] = (
    StepView(
        "appeal",
        "appeal",
        forms.ReasonForm,
        lambda p, f, s: appeals.appeal(p, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "uphold",
        "confirmation",
        forms.ReasonForm,
        lambda p, f, s: appeals.uphold(p, f.cleaned_data["reason"], context=s),
    ),
    StepView(
        "reduce",
        "reduction",
        forms.ReduceForm,
        lambda p, f, s: appeals.reduce(p, f.cleaned_data["amount"], f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "waive",
        "waiver",
        forms.ReasonForm,
        lambda p, f, s: appeals.waive(p, f.cleaned_data["reason"], context=s),
        "plain",
    ),
)
"""Appeals and their decisions, against charges and against what departments have to divide alike."""

CHARGE_PAGES: tuple[StepView, ...] = (
    StepView("approve", "approval", forms.PlainForm, lambda c, f, s: rewards.approve(c, context=s)),
    StepView(
        "decline",
        "decline",
        forms.ReasonForm,
        lambda c, f, s: rewards.decline(c, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    *APPEALING,
)

ALLOTMENT_PAGES: tuple[StepView, ...] = (
    *APPEALING,
    StepView(
        "split",
        "division",
        forms.SplitForm,
        lambda a, f, s: dividing.split(a, f.shares(), context=s),
        template="assessment/split.html",
    ),
)


def _beside(request: Any, sheet: Any, part: Any, page: StepView) -> Mapping[str, Any]:
    """What the template shows beside the form."""
    return {
        "sheet": sheet,
        "allotment": part,
        "rest": part.amount if page.verb == "split" else None,
        "appeals": list(part.appeals.select_related("by", "decided_by").order_by("id")) if part else [],
    }


TEMPLATE = "assessment/step.html"
STEPS = StepPages("assessment", "assessment_step", PAGES, TEMPLATE, _beside)
CHARGE_STEPS = StepPages("charge", "charge_step", CHARGE_PAGES, TEMPLATE, _beside)
ALLOTMENT_STEPS = StepPages("allotment", "allotment_step", ALLOTMENT_PAGES, TEMPLATE, _beside)
