"""The complaint's record page and its board; fetch, render, thin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import complaint_for, visible_to
from huiyin.complaints.forms.steps import ComplaintForm
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.pages import BY_VERB, TASK_BY_VERB, StepPage
from huiyin.journal.queries import time_line
from huiyin.kernel.text import Text, t
from huiyin.obligations.queries import on_record
from huiyin.procedure import versions, vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.conditions import Offer, offers
from huiyin.records.queries import comments_on, files_on
from huiyin.ui.components import BoardColumn, Filter, Step
from huiyin.ui.htmx import render

BOARD_DEPTH = 30
ENDED = ("closed", "void")


@dataclass(frozen=True, slots=True)
class Action:
    """A step offered on the page: where its form is, and why it may not be taken."""

    offer: Offer
    url: str
    kind: str


def actions_of(complaint: Complaint, person: Any, at: Any, known: dict[str, Any]) -> list[Action]:
    """Every step out of the complaint's state with its page; ``known`` is what the page has read already."""
    found = []
    for offer in offers(complaint, person, at=at, known=known):
        page = BY_VERB.get(offer.verb)
        if page is not None:
            url = reverse("complaint_step", args=[complaint.number, page.noun])
        elif offer.verb == "supplement":
            url = reverse("complaint_supplement", args=[complaint.number])
        else:
            continue
        found.append(Action(offer, url, page.kind if page else "plain"))
    return found


def primary_of(complaint: Complaint, actions: list[Action], procedure: Procedure) -> Action | None:
    """The step to take next: the first the person may take that moves the complaint on to another state."""
    table = procedure.step_table("complaint")
    for action in actions:
        transition = table.transition(complaint.state, action.offer.verb)
        moves = transition is not None and transition.to not in (None, complaint.state)
        if action.offer.may and action.kind == "primary" and moves:
            return action
    return None


def task_actions(task: Task, person: Any, at: Any) -> list[Action]:
    """Every step of a department's task that the person could take, with its page."""
    found = []
    for offer in offers(task.complaint, person, at=at, part=task, known={"measures": task.rows}):
        page = TASK_BY_VERB.get(offer.verb)
        if page is not None and offer.is_mine:
            url = reverse("task_step", args=[task.complaint.number, task.pk, page.noun])
            found.append(Action(offer, url, page.kind))
    return found


def step_bar(complaint: Complaint, procedure: Procedure) -> list[Step]:
    """The states of the straight way from received to closed; what is behind is done."""
    states = [s for s in procedure.states_of("complaint") if s.phase != "void"]
    phases = list(vocabulary.PHASES)
    main = _main_way(procedure, [s.name for s in states])
    if complaint.state not in main:
        here = phases.index(complaint.phase) if complaint.phase in phases else 0
        place = max(
            (i for i, name in enumerate(main) if phases.index(procedure.phase("complaint", name)) <= here),
            default=0,
        )
    else:
        place = main.index(complaint.state)
    closed = complaint.phase == "closed"
    return [
        Step(
            procedure.state("complaint", name).label,
            "done"
            if i < place or closed
            else "current"
            if i == place and complaint.state == name
            else "ahead",
        )
        for i, name in enumerate(main)
    ]


def _main_way(procedure: Procedure, states: list[str]) -> list[str]:
    """States in the pack's order without side rooms (those that only lead back to where one came from)."""
    table = procedure.step_table("complaint")
    side = {
        state for state in states
        if any((row := table.transition(state, verb)) and row.to == "previous" for verb in table.verbs_from(state))
    }  # fmt: skip
    return [state for state in states if state not in side]


def form_for(
    page: StepPage, request: Any, complaint: Complaint, procedure: Procedure, task: Task | None = None
) -> Any:
    """The step's form, bound when it was posted."""
    extra: dict[str, Any] = {"task": task} if task is not None else {}
    data = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    version = task.version if task is not None else complaint.version
    form: ComplaintForm = page.form(
        *data, complaint=complaint, person=request.user, procedure=procedure, version=version, **extra
    )
    if task is None:
        form.ask_for_missing(page.verb)
    return form


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one complaint: what is next, facts, tasks, answers, files, who owes what, time-line."""
    complaint = complaint_for(request.user, number)
    procedure = versions.procedure_of(complaint.procedure_id)
    lines = time_line("complaint", complaint.pk)
    everything = queries.everything_on(complaint, {line.event for line in lines})
    files, comments = files_on("complaint", complaint.pk), comments_on("complaint", complaint.pk)
    known = queries.known_to_guards(everything, has_files=bool(files))
    actions = actions_of(complaint, request.user, request.at, known)
    primary = primary_of(complaint, actions, procedure)
    page = BY_VERB.get(primary.offer.verb) if primary else None
    tasks = [(task, task_actions(task, request.user, request.at)) for task in everything.pop("tasks")]
    context = {
        "complaint": complaint, "procedure": procedure, "steps": step_bar(complaint, procedure),
        "primary": primary, "form": form_for(page, request, complaint, procedure) if page else None, "page": page,
        "correct": next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None),
        "others": [a for a in actions if a is not primary and a.offer.is_mine and a.offer.verb != "supplement"],
        "not_mine": [a for a in actions if not a.offer.is_mine],
        "tasks": tasks, "mine": [(task, a) for task, offered in tasks for a in offered if a.offer.may and a.kind == "primary"],
        "forms": [f for f in procedure.forms_of("complaint") if f.layout],
        "owed": on_record("complaint", complaint.pk), "lines": lines,
        "files": files,
        "comments": comments,
        "label": Labels(procedure), "state": procedure.state("complaint", complaint.state), "ended": ENDED, **everything,
    }  # fmt: skip
    return render(request, "complaints/detail.html", context)


class Labels:
    """Words of catalogue keys, departments and fields under one procedure, for templates."""

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

    def task_state(self, state: str) -> Text:
        """The state of a department's task."""
        return self._procedure.state("task", state).label

    def task_phase(self, state: str) -> str:
        """The phase a task's state counts as."""
        return self._procedure.phase("task", state)


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
