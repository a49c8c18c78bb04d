"""The complaint's record page and its board; fetch, render, thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import complaint_for, sees_all, visible_to
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.nextsteps import DECISIONS, within_limit
from huiyin.complaints.pages import STEPS, TASK_STEPS
from huiyin.kernel.text import Text, t
from huiyin.procedure import versions
from huiyin.records.recordpages import RecordPage
from huiyin.records.search import search
from huiyin.records.steps.next_steps import ENDED, Next, next_of
from huiyin.records.steps.pages import Action
from huiyin.ui.components import BoardColumn, Filter
from huiyin.ui.htmx import render

BOARD_DEPTH = 30


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one complaint: what is next, facts, tasks, answers, files, who owes what, time-line."""
    complaint = complaint_for(request.user, number)
    page = RecordPage(request, complaint)
    everything = queries.everything_on(complaint, page.events)
    known = queries.known_to_guards(everything, has_files=bool(page.files))
    actions = STEPS.actions(complaint, request.user, request.at, known=known)
    actions = within_limit(actions, everything["remedies"], request.user, page.procedure)
    tasks = [(task, _task_actions(task, request)) for task in everything.pop("tasks")]
    light = frozenset({"assign"} if complaint.lighter else ())
    coming = next_of(complaint, actions, tasks, decisions=DECISIONS, put_last=light)
    correct = next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None)
    context = {
        **page.context(STEPS, actions, coming, but=frozenset({"supplement"})),
        "complaint": complaint,
        "tasks": tasks,
        "opens": _opens(complaint, request.user),
        "correct": correct,
        "place": _facts_missing(coming, correct),
        **everything,
    }
    return render(request, "complaints/detail.html", context)


def _facts_missing(coming: Next, correct: Action | None) -> tuple[Text, str] | None:
    """Where the facts are written that the reader cannot verify without."""
    stuck = coming.stuck is not None and coming.stuck.offer.verb == "verify"
    return (correct.offer.label, correct.url) if stuck and correct is not None and correct.offer.may else None


def _opens(complaint: Complaint, person: Any) -> dict[str, bool]:
    """Which of the records named on the page its reader may open; the numbers of the others are not told."""
    return {
        "customer": _takes_part(complaint, person) or search.sees(person, "customer", complaint.customer_id),
        "source": search.sees(person, "contact", complaint.source_id),
        "merged_into": search.sees(person, "complaint", complaint.merged_into_id),
    }


def _takes_part(complaint: Complaint, person: Any) -> bool:
    """Whether the reader sees the complaint because they have to do with it: then they see its customer too."""
    procedure = versions.procedure_of(person.active_version_id)
    return not sees_all(person, procedure) and complaint.transfer_to_id != person.pk


def _task_actions(task: Task, request: Any) -> list[Action]:
    """The steps of a department's task that are the reader's."""
    known = {"measures": task.rows}
    actions = TASK_STEPS.actions(task.complaint, request.user, request.at, part=task, known=known)
    return [a for a in actions if a.offer.is_mine]


@require_safe
def board(request: Any) -> HttpResponse:
    """Open complaints by step."""
    procedure = request.procedure
    visible = visible_to(request.user, procedure)
    mine = request.GET.get("mine") == "1"
    if mine:
        visible = visible.filter(owner=request.user)
    states = [s for s in procedure.states_of("complaint") if s.phase not in ENDED]
    columns = []
    for state in states:
        rows = queries.by_state(visible, [state.name], limit=BOARD_DEPTH)[state.name]
        url = f"{reverse('complaints')}?state={state.name}"
        count = len(rows) if len(rows) < BOARD_DEPTH else visible.filter(state=state.name)[:1000].count()
        columns.append(BoardColumn(state.label, rows, phase=state.phase, count=count, url=url))
    filters = [Filter(t("我负责的", "Mine"), "?" if mine else "?mine=1", active=mine)]
    return render(request, "complaints/board.html", {"columns": columns, "filters": filters})
