"""The page of a case: the whole report as it reads, who owes what, what is next; and its steps."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from huiyin.improvement.access import problem_for, visible_to
from huiyin.improvement.actions import content
from huiyin.improvement.models import Problem
from huiyin.improvement.next_steps import (
    DECISIONS,
    offer_as_primary,
    states_skipped,
    steps_not_needed,
    where_to_write,
)
from huiyin.improvement.nouns import case_called, cases_called
from huiyin.improvement.recurrence import similar_cases
from huiyin.improvement.report.report import ProblemReport
from huiyin.improvement.report.sections import SECTIONS
from huiyin.improvement.report.writings import merge_entries
from huiyin.improvement.steps import STEPS
from huiyin.improvement.values import EXPLAINS
from huiyin.records.record_pages import RecordPage
from huiyin.records.relations.relations import LinkedRecord, linked_records
from huiyin.records.search import search
from huiyin.records.steps.conditions import GuardContext
from huiyin.records.steps.next_steps import next_steps, step_bar
from huiyin.records.steps.pages import ProcedureLabels
from huiyin.records.steps.record_forms import form_page
from huiyin.ui.htmx import render

REFERRED = frozenset({"referred"})
"""The end at which a case refers to another report; off the way of every other case."""
SHOWN = 40
"""Entries of the time-line that stand open; what lies further back is folded."""


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one case."""
    problem = problem_for(request.user, number)
    page = RecordPage(request, problem)
    report = ProblemReport(problem, files=page.files)
    known = {"rows": report.rows}
    actions = STEPS.actions(problem, request.user, request.at, known=known)
    actions = offer_as_primary(actions, problem, report.rows)
    next_step = next_steps(problem, actions, decisions=DECISIONS, put_last=steps_not_needed(problem))
    writable = content.writable(GuardContext(problem, None, request.user, request.at, page.procedure, known))
    own = frozenset({"change_facts", "attach_case", "detach_case", "hand_over"})
    tied = linked_records(problem, request.user, relations=[EXPLAINS])
    lines = merge_entries(page.lines, page.procedure)
    context = {
        **page.context(STEPS, actions, next_step, but=own),
        "steps": step_bar(problem, page.procedure, aside=REFERRED | states_skipped(problem)),
        "problem": problem,
        "report": report,
        "rows": report.rows,
        "bar": report.bar,
        "here": "",
        "sections": SECTIONS,
        "writable": writable,
        "by_verb": {one.offer.verb: one for one in actions if one.offer.is_mine},
        "tied": tied,
        "since": _since(problem, tied),
        "opens": _opens(problem, request.user),
        "called": case_called(page.procedure),
        "cases": cases_called(request.procedure),
        "lines": lines[:SHOWN],
        "older": lines[SHOWN:],
        "place": where_to_write(next_step, problem, writable),
    }
    return render(request, "improvement/detail.html", context)


@require_safe
def similar(request: Any, number: str) -> HttpResponse:
    """Earlier cases that resemble this one; fetched beside the case's page, which needs not wait for them."""
    problem = problem_for(request.user, number)
    found = similar_cases(problem, visible_to(request.user, request.procedure))
    context = {"problem": problem, "similar": found, "opening": False, "label": ProcedureLabels(request.procedure)}
    return render(request, "improvement/similar_page.html", context, block="found")


def _since(problem: Problem, tied: list[LinkedRecord]) -> list[str]:
    """Numbers of the complaints that came in after a finished case's effect was proven: the problem may be back."""
    if problem.phase != "closed" or problem.proven_at is None:
        return []
    return [one.record.number for one in tied if one.record.opened_at > problem.proven_at]


def _opens(problem: Problem, person: Any) -> dict[str, bool]:
    """Which of the records named on the page its reader may open."""
    named = {
        "customer": ("customer", problem.customer_id),
        "refers_to": ("problem", problem.refers_to_id),
        "recurrence_of": ("problem", problem.recurrence_of_id),
    }
    return {name: search.can_see(person, kind, pk) for name, (kind, pk) in named.items()}


@form_page
def step(request: Any, number: str, noun: str) -> HttpResponse:
    """One step of the case: its form, or the reasons why it cannot be taken.

    ``?other=`` names the earlier report that is to be referred to, ``?effect=`` the check that is spoken of.
    """
    more: dict[str, Any] = {}
    named = {name: request.GET[name][:40] for name in ("other", "effect") if name in request.GET}
    if request.method == "GET" and named:
        form = STEPS.form(STEPS.step_of(noun), request, problem_for(request.user, number))
        form.initial |= {name: value for name, value in named.items() if name in form.fields}
        more["form"] = form
    return STEPS.respond(request, noun, lambda: (problem_for(request.user, number), None), **more)
