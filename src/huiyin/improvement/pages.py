"""Which page takes which step of a case: the noun in the address, the form, and the action it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.improvement.actions import effects, moving, opening, submitting
from huiyin.improvement.forms import steps as forms
from huiyin.improvement.queries import everything_on
from huiyin.improvement.report.lint import Weakness, weaknesses
from huiyin.improvement.report.sections import BY_KEY as SECTIONS
from huiyin.improvement.words import case_called
from huiyin.procedure import versions
from huiyin.records.models import Link
from huiyin.records.steps.pages import StepPages, StepView


def _words(form: Any) -> str:
    words: str = form.cleaned_data["words"]
    return words


PAGES: tuple[StepView, ...] = (
    StepView(
        "decide", "decision", forms.DecideForm, lambda p, f, s: opening.decide(p, f.decision(), context=s), "plain"
    ),
    StepView("contain", "containment", forms.WordsForm, lambda p, f, s: moving.contain(p, _words(f), context=s)),
    StepView(
        "analyse",
        "analysis",
        forms.AnalyseForm,
        lambda p, f, s: moving.analyse(p, _words(f), context=s, stays=f.cleaned_data.get("stays", "")),
    ),
    StepView("choose", "choice", forms.WordsForm, lambda p, f, s: moving.choose(p, _words(f), context=s)),
    StepView(
        "review_plan", "plan-review", forms.WordsForm, lambda p, f, s: moving.review_plan(p, _words(f), context=s)
    ),
    StepView(
        "approve_plan", "plan-approval", forms.WordsForm, lambda p, f, s: moving.approve_plan(p, _words(f), context=s)
    ),
    StepView(
        "return_plan",
        "plan-return",
        forms.ReasonForm,
        lambda p, f, s: moving.return_plan(p, _words(f), context=s),
        "plain",
    ),
    StepView("implement", "implementation", forms.WordsForm, lambda p, f, s: moving.implement(p, _words(f), context=s)),
    StepView(
        "plan_effect",
        "effect",
        forms.EffectPlanForm,
        lambda p, f, s: effects.plan_effect(p, f.plan(), context=s),
        "plain",
    ),
    StepView(
        "drop_effect",
        "effect-dropped",
        forms.EffectDropForm,
        lambda p, f, s: effects.drop_effect(p, f.chosen, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "check_effect",
        "effect-check",
        forms.EffectCheckForm,
        lambda p, f, s: effects.check_effect(
            p, f.chosen, f.cleaned_data["verdict"], f.cleaned_data["result"], _words(f), context=s
        ),
    ),
    StepView("prove", "proof", forms.WordsForm, lambda p, f, s: moving.prove(p, _words(f), context=s)),
    StepView("fail", "failure", forms.ReasonForm, lambda p, f, s: moving.fail(p, _words(f), context=s), "danger"),
    StepView("prevent", "prevention", forms.WordsForm, lambda p, f, s: moving.prevent(p, _words(f), context=s)),
    StepView(
        "settle",
        "settlement",
        forms.StatementForm,
        lambda p, f, s: moving.settle(p, f.cleaned_data["statement"], context=s),
        "plain",
    ),
    StepView("approve", "approval", forms.WordsForm, lambda p, f, s: moving.approve(p, _words(f), context=s)),
    StepView(
        "return_report",
        "return",
        forms.ReasonForm,
        lambda p, f, s: moving.return_report(p, _words(f), context=s),
        "plain",
    ),
    StepView(
        "submit",
        "submission",
        forms.SubmitForm,
        lambda p, f, s: submitting.submit(
            p, f.cleaned_data["to"], f.cleaned_data["reaches"], f.cleaned_data["note"], context=s
        ),
        "plain",
    ),
    StepView(
        "decide_submission",
        "submission-decision",
        forms.SubmissionForm,
        lambda p, f, s: submitting.decide_submission(
            f.chosen, f.cleaned_data["decision"], _score(f), _words(f), context=s
        ),
    ),
    StepView(
        "refer",
        "reference",
        forms.ReferForm,
        lambda p, f, s: opening.refer(p, f.cleaned_data["case"], f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "attach_case",
        "case",
        forms.AttachForm,
        lambda p, f, s: opening.attach_case(p, f.cleaned_data["record"], context=s),
        "plain",
    ),
    StepView(
        "detach_case",
        "case-removal",
        forms.DetachForm,
        lambda p, f, s: opening.detach_case(p, _link(f), f.chosen.record, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "hand_over",
        "handover",
        forms.HandOverForm,
        lambda p, f, s: opening.hand_over(p, f.cleaned_data["owner"], f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView("reopen", "reopening", forms.ReasonForm, lambda p, f, s: moving.reopen(p, _words(f), context=s), "plain"),
    StepView(
        "cancel", "cancellation", forms.ReasonForm, lambda p, f, s: moving.cancel(p, _words(f), context=s), "danger"
    ),
)


def _score(form: Any) -> int | None:
    score = form.cleaned_data["score"]
    return None if score is None else int(score)


def _link(form: Any) -> Any:
    return Link.objects.get(pk=form.chosen.link_id)


JUDGED: Mapping[str, tuple[str, ...]] = {
    "contain": ("D2", "D3"),
    "analyse": ("D4",),
    "choose": ("D5",),
    "review_plan": ("D4", "D5"),
    "approve_plan": ("D4", "D5"),
    "implement": ("D6",),
    "prove": ("D6",),
    "prevent": ("D7",),
    "submit": tuple(SECTIONS),
    "approve": tuple(SECTIONS),
}
"""Of which disciplines the weak points are told to whoever takes a step."""


def _weak(problem: Any, verb: str) -> list[Weakness]:
    sections = JUDGED.get(verb)
    if sections is None:
        return []
    return [one for one in weaknesses(problem, everything_on(problem)) if one.section in sections]


def _beside(request: Any, problem: Any, part: Any, page: StepView) -> Mapping[str, Any]:
    weak = _weak(problem, page.verb)
    return {
        "problem": problem,
        "weak": weak,
        "called": case_called(versions.procedure_of(problem.procedure_id)),
    }


STEPS = StepPages(
    "problem",
    "problem_step",
    PAGES,
    "improvement/step.html",
    _beside,
    {"change_facts": "problem_facts"},
)
