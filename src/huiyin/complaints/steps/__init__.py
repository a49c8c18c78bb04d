"""The steps of a complaint and of a department's task: words, event, sentence, page, form and action stand together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.complaints.models import Complaint, Remedy, Task
from huiyin.complaints.steps.handling import HANDLING
from huiyin.complaints.steps.intake import INTAKE
from huiyin.complaints.steps.outcome import OUTCOME
from huiyin.complaints.steps.tasks import TASK
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import StepType


def extra_context(request: Any, complaint: Complaint, task: Task | None, step: StepType) -> Mapping[str, Any]:
    """What the template shows beside the form: requests that wait for a decision, a task's measures."""
    deciding = step.verb in ("approve_remedy", "deny_remedy")
    requests = complaint.remedies.filter(decision=Remedy.REQUESTED).select_related("asked_by").order_by("id")
    return {
        "complaint": complaint,
        "task": task,
        "requests": list(requests) if deciding else [],
        "measures": list(task.measures.order_by("id")) if task is not None else [],
    }


STEPS = StepPages(
    "complaint",
    "complaint_step",
    template="complaints/step.html",
    extra_context=extra_context,
    steps=(*INTAKE, *HANDLING, *OUTCOME),
)
TASK_STEPS = StepPages(
    "task",
    "task_step",
    template="complaints/step.html",
    extra_context=extra_context,
    steps=TASK,
)
