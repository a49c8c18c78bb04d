"""The complaint's record page and its board; fetch, render, thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import complaint_for, visible_to
from huiyin.complaints.forms.steps import ComplaintForm
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.nextsteps import ENDED, actions_of, next_of, step_bar, task_actions, within_limit
from huiyin.complaints.pages import BY_VERB, StepPage
from huiyin.journal.queries import time_line
from huiyin.kernel.text import Text, t
from huiyin.obligations.queries import on_record
from huiyin.procedure import versions, vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.queries import comments_on, files_on, signatures_on
from huiyin.ui.components import BoardColumn, Filter
from huiyin.ui.htmx import render

BOARD_DEPTH = 30


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
    events = {line.event for line in lines}
    everything = queries.everything_on(complaint, events)
    files, comments = files_on("complaint", complaint.pk), comments_on("complaint", complaint.pk)
    known = queries.known_to_guards(everything, has_files=bool(files))
    actions = actions_of(complaint, request.user, request.at, known)
    actions = within_limit(actions, everything["remedies"], request.user, procedure)
    tasks = [(task, task_actions(task, request.user, request.at)) for task in everything.pop("tasks")]
    coming = next_of(complaint, actions, tasks)
    page = BY_VERB.get(coming.first.offer.verb) if coming.first else None
    shown = (coming.first, coming.stuck, *coming.decisions)
    owed = on_record("complaint", complaint.pk)
    context = {
        "complaint": complaint, "procedure": procedure, "steps": step_bar(complaint, procedure),
        "next": coming, "form": form_for(page, request, complaint, procedure) if page else None, "page": page,
        "correct": next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None),
        "others": [a for a in actions if a not in shown and a.offer.is_mine and a.offer.verb != "supplement"],
        "tasks": tasks, "urgent": next((row for row in owed if row.is_open and row.paused_at is None), None),
        "forms": [f for f in procedure.forms_of("complaint") if f.layout],
        "owed": owed, "lines": lines,
        "files": files,
        "comments": comments,
        "signatures": signatures_on("complaint", complaint.pk) if "record.signed" in events else [],
        "roles": Roles(procedure, request.user),
        "label": Labels(procedure), "state": procedure.state("complaint", complaint.state), **everything,
    }  # fmt: skip
    return render(request, "complaints/detail.html", context)


class Roles:
    """In which functions the reader may sign, and what they are called under the procedure."""

    def __init__(self, procedure: Procedure, person: Any) -> None:
        self.mine = sorted(person.functions())
        self._procedure = procedure

    def label(self, key: str) -> Text:
        """The words of a function."""
        return vocabulary.FUNCTIONS.get(key) or self._procedure.role_label(key)


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
