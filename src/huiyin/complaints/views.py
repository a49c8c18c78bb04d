"""The complaint's record page and its board; fetch, render, thin."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import complaint_for, visible_to
from huiyin.complaints.models import Task
from huiyin.complaints.nextsteps import DECISIONS, within_limit
from huiyin.complaints.pages import STEPS, TASK_STEPS
from huiyin.journal.queries import time_line
from huiyin.kernel.text import Text, t
from huiyin.obligations.queries import on_record
from huiyin.procedure import versions, vocabulary
from huiyin.procedure.schema import Procedure
from huiyin.records.nextsteps import ENDED, next_of, others_of, step_bar
from huiyin.records.queries import comments_on, files_on, signatures_on
from huiyin.records.steppages import Action, Labels
from huiyin.ui.components import BoardColumn, Filter
from huiyin.ui.htmx import render

BOARD_DEPTH = 30


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
    actions = STEPS.actions(complaint, request.user, request.at, known=known)
    actions = within_limit(actions, everything["remedies"], request.user, procedure)
    tasks = [(task, _task_actions(task, request)) for task in everything.pop("tasks")]
    light = frozenset({"assign"} if complaint.lighter else ())
    coming = next_of(complaint, actions, tasks, decisions=DECISIONS, put_last=light)
    page = STEPS.by_verb.get(coming.first.offer.verb) if coming.first else None
    owed = on_record("complaint", complaint.pk)
    context = {
        "complaint": complaint, "procedure": procedure, "steps": step_bar(complaint, procedure),
        "next": coming, "form": STEPS.form(page, request, complaint) if page else None, "page": page,
        "correct": next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None),
        "others": others_of(actions, coming, but=frozenset({"supplement"})), "record": complaint,
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


def _task_actions(task: Task, request: Any) -> list[Action]:
    """The steps of a department's task that are the reader's."""
    known = {"measures": task.rows}
    actions = TASK_STEPS.actions(task.complaint, request.user, request.at, part=task, known=known)
    return [a for a in actions if a.offer.is_mine]


class Roles:
    """In which functions the reader may sign, and what they are called under the procedure."""

    def __init__(self, procedure: Procedure, person: Any) -> None:
        self.mine = sorted(person.functions())
        self._procedure = procedure

    def label(self, key: str) -> Text:
        """The words of a function."""
        return vocabulary.FUNCTIONS.get(key) or self._procedure.role_label(key)


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
