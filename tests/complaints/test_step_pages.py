"""Each step's page: it takes the step for whom it may, and says to all others why not, keeping what they typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse

from huiyin.complaints.actions import tasks
from huiyin.complaints.actions.demands import outcome_field
from huiyin.complaints.models import Complaint, Measure, Task
from huiyin.complaints.steps import STEPS, TASK_STEPS
from huiyin.journal.models import Entry
from tests.complaints.step_walk import StepWalk
from tests.complaints.task_walks import TASK_WALKS
from tests.complaints.walks import COMPLAINT_WALKS
from tests.desk import Office, stopped
from tests.stage import stage
from tests.story import Story

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.sqlite_alone,
]  # what is done there is asked of both databases by the files of the actions

works = stage("base")
fed_back = stage("feedback")
BASE = [walk for walk in COMPLAINT_WALKS if walk.pack == "base"]


@pytest.fixture
def office(works: Any, db: Any) -> Iterator[Office]:
    with stopped("2026-11-18 09:00") as clock:
        yield Office(works, clock)


class StepScene:
    """A walk about to be taken: its story told, its address known."""

    def __init__(self, office: Office, walk: StepWalk) -> None:
        self.office, self.walk = office, walk
        self.story = Story(office.works)
        self.task: Task | None = walk.before(self.story) if walk in TASK_WALKS else None
        if self.task is None:
            walk.before(self.story)
        number = self.story.complaint.number
        self.page = reverse("complaint", args=[number])
        name, args = ("task_step", [number, self.task.pk]) if self.task else ("complaint_step", [number])
        self.address = reverse(name, args=[*args, walk.noun])

    @property
    def state(self) -> str:
        """Where the complaint, or the task, stands now."""
        model: Any = Task if self.task else Complaint
        return str(model.objects.get(pk=(self.task or self.story.complaint).pk).state)

    def typed(self) -> dict[str, Any]:
        """What is filled in; names that hang on rows are completed."""
        if self.walk.verb == "carry_out":
            return {f"on_{m.pk}": "2026-11-17" for m in Measure.objects.filter(task=self.task)}
        if self.walk.verb == "answer" and self.task is None:
            demands = self.story.complaint.demands.values_list("pk", flat=True)
            return {**self.walk.typed, **{outcome_field(pk): "granted" for pk in demands}}
        if self.walk.verb == "offer_transfer":
            return {**self.walk.typed, "to": str(self.office.works.lin.pk)}
        return self.walk.typed

    def entries(self) -> list[str]:
        """The events of the complaint's chain."""
        rows = Entry.objects.filter(kind="complaint", record_id=self.story.complaint.pk)
        return list(rows.order_by("sequence").values_list("event", flat=True))


def test_no_step_page_is_left_out() -> None:
    assert {walk.noun for walk in COMPLAINT_WALKS} | {"merger"} == STEPS.by_noun.keys()
    assert {walk.noun for walk in TASK_WALKS} == TASK_STEPS.by_noun.keys()


@pytest.mark.parametrize("walk", [*BASE, *TASK_WALKS], ids=lambda w: f"{w.event}-{w.noun}")
def test_a_page_takes_its_step(office: Office, walk: StepWalk) -> None:
    scene = StepScene(office, walk)
    before = scene.entries()
    answer = office.desk(walk.who).send(scene.address, **scene.typed())
    assert (answer.status_code, answer.headers.get("Location")) == (302, scene.page)
    assert (scene.state, scene.entries()[len(before)]) == (walk.after, walk.event)


@pytest.mark.parametrize("walk", [*BASE, *TASK_WALKS], ids=lambda w: f"{w.event}-{w.noun}")
def test_whom_a_step_does_not_belong_to_reads_whose_it_is(office: Office, walk: StepWalk) -> None:
    scene = StepScene(office, walk)
    before, state, typed = scene.entries(), scene.state, scene.typed()
    desk = office.desk(walk.stranger)
    page = desk.get(scene.address)
    answer = desk.send_from(office.desk(walk.who), scene.address, **typed)
    again = type(page)(answer)
    assert (page.status, answer.status_code) == (200, 422)
    assert (scene.state, scene.entries()) == (state, before)
    assert (walk.refusal in page.text, walk.refusal in again.text) == (True, True)
    kept = again.form(scene.address).values
    assert {name: kept.get(name) for name in typed} == {
        name: value if isinstance(value, list) else [value] for name, value in typed.items()
    }


@pytest.mark.parametrize("walk", [*BASE, *TASK_WALKS], ids=lambda w: f"{w.event}-{w.noun}")
def test_a_step_on_what_one_may_not_see_does_not_exist(office: Office, walk: StepWalk) -> None:
    scene = StepScene(office, walk)
    desk = office.desk("fang")
    assert (desk.get(scene.address).status, desk.post(scene.address, scene.typed()).status_code) == (404, 404)


@pytest.mark.parametrize("walk", [*BASE, *TASK_WALKS], ids=lambda w: f"{w.event}-{w.noun}")
def test_a_form_from_before_somebody_elses_step_is_not_taken(office: Office, walk: StepWalk) -> None:
    scene = StepScene(office, walk)
    sheet = office.desk(walk.who).sheet(scene.address)
    if scene.task is not None and scene.task.version == 0:
        tasks.accept(scene.task, context=scene.story.context("shen"))
    else:
        older = int(sheet.values["version"][0]) - 1
        if older < 0:
            desk = office.desk("song")
            assert desk.send(f"{scene.page}/facts", batch="B2612").status_code == 302
        else:
            sheet.values["version"] = [str(older)]
    state, before = scene.state, scene.entries()
    answer = office.desk(walk.who).post(scene.address, {**sheet.values, **scene.typed()})
    assert (answer.status_code, scene.state, scene.entries()) == (409, state, before)
    words = [v for value in walk.typed.values() for v in (value if isinstance(value, list) else [value])]
    missing = [word for word in words if word not in answer.content.decode()]
    assert missing == []
