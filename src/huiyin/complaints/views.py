"""Pages of complaints: the record, the board, registering and correcting, each step of a complaint and of a task."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.complaints import queries
from huiyin.complaints.access import COMPLAINTS, complaint_for, task_for, visible_to
from huiyin.complaints.actions import intake
from huiyin.complaints.actions.opening import open_complaint
from huiyin.complaints.conversion import known_from, origin_of
from huiyin.complaints.forms.facts import ComplaintFactsForm, RegisterComplaintForm
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.next_steps import DECISIONS, within_limit
from huiyin.complaints.steps import STEPS, TASK_STEPS
from huiyin.customers.access import visible_to as customers_visible_to
from huiyin.kernel.text import Text, t
from huiyin.records.lists.labels import open_states
from huiyin.records.record_pages import RecordPage
from huiyin.records.search import search
from huiyin.records.step_views import part_step_view, step_view
from huiyin.records.steps.next_steps import ENDED, NextSteps, next_steps
from huiyin.records.steps.pages import StepAction
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage
from huiyin.ui.components import BoardColumn, FilterChip
from huiyin.ui.forms import LookupValue
from huiyin.ui.htmx import render

BOARD_DEPTH = 30


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one complaint: what is next, facts, tasks, answers, files, who owes what, time-line."""
    complaint = complaint_for(request.user, number)
    page = RecordPage(request, complaint)
    details = queries.load_details(complaint, page.events)
    known = queries.guard_cache(details, has_files=bool(page.files))
    actions = STEPS.actions(complaint, request.user, request.at, known=known)
    actions = within_limit(actions, details["remedies"], request.user, page.procedure)
    tasks = [(task, _task_actions(task, request)) for task in details.pop("tasks")]
    light = frozenset({"assign"} if complaint.lighter else ())
    next_step = next_steps(complaint, actions, tasks, decisions=DECISIONS, put_last=light)
    correct = next((a for a in actions if a.offer.verb == "supplement" and a.offer.is_mine), None)
    context = {
        **page.context(STEPS, actions, next_step, but=frozenset({"supplement"})),
        "complaint": complaint,
        "tasks": tasks,
        "opens": _opens(complaint, request.user),
        "correct": correct,
        "place": _facts_missing(next_step, correct),
        **details,
    }
    return render(request, "complaints/detail.html", context)


def _facts_missing(next_step: NextSteps, correct: StepAction | None) -> tuple[Text, str] | None:
    """Where the facts are written that the reader cannot verify without."""
    stuck = next_step.stuck is not None and next_step.stuck.offer.verb == "verify"
    return (correct.offer.label, correct.url) if stuck and correct is not None and correct.offer.may else None


def _opens(complaint: Complaint, person: Any) -> dict[str, bool]:
    """Which of the records named on the page its reader may open; the numbers of the others are not told."""
    return {
        "customer": _takes_part(complaint, person) or search.can_see(person, "customer", complaint.customer_id),
        "source": search.can_see(person, "contact", complaint.source_id),
        "merged_into": search.can_see(person, "complaint", complaint.merged_into_id),
    }


def _takes_part(complaint: Complaint, person: Any) -> bool:
    """Whether the reader sees the complaint because they have to do with it: then they see its customer too."""
    return not COMPLAINTS.sees_all(person) and complaint.transfer_to_id != person.pk


def _task_actions(task: Task, request: Any) -> list[StepAction]:
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
    visible = visible.exclude(phase__in=ENDED)
    own = {state.name for state in procedure.states_of("complaint")}
    columns = []
    for state in open_states("complaint", procedure):
        rows = queries.by_state(visible, [state.name], limit=BOARD_DEPTH)[state.name]
        if not rows and state.name not in own:
            continue  # others than the reader stand there
        url = f"{reverse('complaints')}?state={state.name}"
        count = len(rows) if len(rows) < BOARD_DEPTH else visible.filter(state=state.name)[:1000].count()
        columns.append(BoardColumn(state.label, rows, phase=state.phase, count=count, url=url))
    filters = [FilterChip(t("我负责的", "Mine"), "?" if mine else "?mine=1", active=mine)]
    return render(request, "complaints/board.html", {"columns": columns, "filters": filters})


def _known(request: Any) -> dict[str, Any]:
    """What is known already: now, the usual channel; from the address a caller, a product and a customer by id."""
    get, channels = request.GET, request.procedure.catalogue("channel")
    known: dict[str, Any] = {"received_at": request.at, "channel": channels[0].key if channels else ""}
    known |= {name: get[name] for name in ("model", "batch", "serial", "caller_phone", "caller_name") if name in get}
    asked = get.get("customer", "")
    if asked.isdecimal() and len(asked) < 16:
        customer = customers_visible_to(request.user).filter(pk=int(asked)).first()
        if customer is not None:
            known["customer"] = LookupValue(customer.name, str(customer.pk))
    return known


register = OpeningPage(
    step="complaint.register",
    form=RegisterComplaintForm,
    action=open_complaint,
    template="complaints/register.html",
    known=_known,
    opened_from=("contact",),
    known_from=known_from,
    extra_context=lambda request, form: {"origin": origin_of(request, form)},
    matter=("problem",),
)
supplement = CorrectionPage(
    step="complaint.supplement",
    form=ComplaintFactsForm,
    action=intake.supplement,
    template="complaints/supplement.html",
)
step = step_view(STEPS, complaint_for)
task_step = part_step_view(TASK_STEPS, task_for, of="complaint")
