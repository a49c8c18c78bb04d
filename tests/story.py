"""The straight way of a complaint through any built-in pack, told step by step by the people whose steps they are."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from huiyin.complaints.actions import answering, ending, intake, judging, tasks
from huiyin.complaints.actions.values import Assignment, DemandDecision, Judgement, PlannedMeasure
from huiyin.complaints.models import Complaint, Demand, Measure, Task
from huiyin.demo.required_values import answers_wanted
from huiyin.people.models import Department
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at, day

JUDGED = Judgement("", "", "quality", "function", ("production",))
PLAN = (
    PlannedMeasure(Measure.INTERIM, "库存隔离全检", "彭师傅", day("2026-11-18")),
    PlannedMeasure(Measure.CORRECTIVE, "更换导向套", "沈主任", day("2026-11-20")),
)


def department(function: str) -> Department:
    """The first active department that holds ``function``."""
    return next(d for d in Department.objects.filter(active=True) if function in d.functions)


def granted(complaint: Complaint) -> list[DemandDecision]:
    """Everything that the customer demands is granted."""
    return [DemandDecision(row.pk, Demand.GRANTED) for row in complaint.demands.all()]


def answered(works: Factory, verb: str, context: StepContext) -> StepContext:
    """The context of a step of a complaint with the answers that its guards want."""
    step = works.procedure.step(f"complaint.{verb}")
    return replace(context, values=answers_wanted(step.guards) if step else {})


class Story:
    """One complaint on its way; each chapter is one step, ten minutes after the one before."""

    def __init__(self, works: Factory, start: str = "2026-11-16 09:00", **facts: Any) -> None:
        self.works = works
        self.now = at(start)
        self.complaint: Complaint = works.complaint(when=start, **facts)

    def context(self, name: str, **how: Any) -> StepContext:
        """As ``name``, ten minutes later than the step before."""
        self.now += timedelta(minutes=10)
        return self.works.context(name, f"{self.now.astimezone(self.works.procedure.zone):%Y-%m-%d %H:%M}", **how)

    def has(self, verb: str, kind: str = "complaint") -> bool:
        """Whether the procedure knows the step."""
        return self.works.procedure.step(f"{kind}.{verb}") is not None

    def who(self, *names: str) -> str:
        """The first of these people whom the company has."""
        return next(name for name in names if name in self.works.people)

    # ---- chapters

    def verify(self) -> None:
        intake.verify(self.complaint, "资料齐全，照片已收到", context=self.context("mei"))

    def forward(self) -> None:
        if self.has("forward"):
            intake.forward(self.complaint, "请尽快", context=self.context("mei"))

    def judged(self, **axes: Any) -> Judgement:
        """A judgement with the first content and nature that the procedure knows, unless said otherwise."""
        first = {name: self.works.procedure.catalogue(name)[0].key for name in ("content", "nature")}
        return replace(JUDGED, **(first | axes))

    def judge(self, **axes: Any) -> None:
        judging.judge(self.complaint, self.judged(**axes), context=self.context(self.judge_name()))

    def judge_name(self) -> str:
        """Who judges, assigns and concludes here: quality, or the office where the procedure says so."""
        return "bai" if self.works.procedure.key == "complaint-measures" else "lin"

    def assign(self, *functions: str) -> list[Task]:
        asked = [Assignment(department(f), f"请查{f}环节") for f in functions or ("production",)]
        return judging.assign(self.complaint, asked, context=self.context(self.judge_name()))

    def accept_task(self, task: Task, name: str = "shen") -> None:
        if self.has("accept", "task"):
            tasks.accept(task, context=self.context(name))

    def answer_task(self, task: Task, name: str = "shen", plan: tuple[PlannedMeasure, ...] = PLAN) -> None:
        tasks.answer(task, "工装划伤油封唇口", plan, context=self.context(name))

    def finish(self, task: Task, name: str = "shen") -> None:
        """The department's whole part: accepted, answered, approved."""
        self.accept_task(task, name)
        self.answer_task(task, name)
        tasks.approve(task, context=self.context("lin"))

    def handle(self) -> None:
        for task in self.assign():
            self.finish(task)

    def carry_out(self, task: Task, name: str = "shen") -> None:
        done = [(m, day("2026-11-17"), "完成") for m in task.measures.order_by("id")]
        tasks.carry_out(task, done, context=self.context(name))

    def conclude(self) -> None:
        self._conclude("conclude")

    def conclude_finally(self) -> None:
        self._conclude("conclude_finally")

    def _conclude(self, verb: str) -> None:
        context = answered(self.works, verb, self.context(self.judge_name()))
        getattr(judging, verb)(self.complaint, "justified", "实物确认", "已更换工装", context=context)

    def approve_verdict(self) -> None:
        if self.has("approve_verdict"):
            judging.approve_verdict(self.complaint, "同意", context=self.context("zong"))

    def answer(self, name: str = "mei") -> None:
        channel = self.works.procedure.catalogue("channel")[0].key
        said = "已更换工装并补发十件"
        answering.answer(self.complaint, said, channel, granted(self.complaint), context=self.context(name))

    def accept(self) -> None:
        answering.accept(self.complaint, "周厂长", "可以", context=self.context("mei"))

    def refuse(self) -> None:
        answering.refuse(self.complaint, "周厂长", "还在漏", context=self.context("mei"))

    def call_back(self) -> None:
        if self.has("call_back"):
            answering.call_back(self.complaint, "satisfied", "还行", context=self.context("song"))

    def close(self) -> None:
        if self.works.procedure.key == "complaint-measures":  # it closes only what was carried out and verified
            for task in self.complaint.tasks.filter(state="approved"):
                self.carry_out(task)
                tasks.verify(task, "百件无漏", context=self.context("bai"))
        closer = {"communication": "lin", "complaint-measures": "bai"}.get(self.works.procedure.key, "mei")
        ending.close(self.complaint, "客户满意", context=self.context(closer))

    # ---- the whole way

    WAY: tuple[tuple[str, str], ...] = (
        ("verified", "verify"),
        ("forwarded", "forward"),
        ("judged", "judge"),
        ("approved_tasks", "handle"),
        ("concluded", "conclude"),
        ("decided", "approve_verdict"),
        ("answered", "answer"),
        ("accepted", "accept"),
        ("called_back", "call_back"),
        ("closed", "close"),
    )

    def until(self, chapter: str) -> Complaint:
        """Tell the story up to and with ``chapter`` (a name of WAY); ``registered`` tells nothing more."""
        names = [name for name, _ in self.WAY]
        for _, step in self.WAY[: names.index(chapter) + 1] if chapter != "registered" else ():
            getattr(self, step)()
        return self.complaint


def told(works: Factory, chapter: str, **facts: Any) -> Story:
    """A complaint brought to ``chapter``."""
    story = Story(works, **facts)
    story.until(chapter)
    return story
