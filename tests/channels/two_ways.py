"""The same steps taken on real records and on records in memory, to be compared row by row and hash by hash."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from huiyin.channels.demo import taskverbs
from huiyin.channels.demo.memory import Desk, Ids, KnownStaff
from huiyin.channels.demo.verbs import LiveComplaint
from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.actions.values import ComplaintFacts
from huiyin.complaints.models import (
    Answer,
    Call,
    Complaint,
    Demand,
    Measure,
    Promise,
    Remedy,
    Task,
)
from huiyin.journal.chain import row_values
from huiyin.journal.models import Entry
from huiyin.obligations import ladder
from huiyin.obligations.models import OPEN, Notice, Obligation, Pause
from huiyin.people.models import Department, Person
from huiyin.records.files import files
from huiyin.records.models import Attachment, SearchText
from huiyin.records.search import search
from huiyin.records.steps.context import StepContext
from tests.cast import Factory

PARTS: tuple[type[Any], ...] = (Demand, Task, Measure, Remedy, Answer, Call, Promise, Attachment)


@dataclass
class RealSteps:
    """Steps taken by the actions that the pages call."""

    works: Factory
    complaint: Any = None
    into: Any = None

    def take(self, name: str, who: str, when: datetime, *args: Any, **values: Any) -> None:
        """One step, after the reminders that were due before it."""
        remind(when)
        actor = Person.objects.select_related("department").get(username=who)
        getattr(self, name)(StepContext(actor, when, values=values), *args)

    def register(self, context: StepContext, facts: ComplaintFacts, demands: Any, promise: Any) -> None:
        self.complaint = intake.register(
            facts, procedure_id=self.works.version, demands=demands, promise=promise, context=context
        )

    def attach(self, context: StepContext) -> None:
        files.attach(self.complaint, SimpleUploadedFile("a.txt", b"1"), actor=context.actor, at=context.at)

    def supplement(self, context: StepContext, facts: ComplaintFacts) -> None:
        intake.supplement(self.complaint, facts, context=context)

    def ask_customer(self, context: StepContext, question: str) -> None:
        intake.ask_customer(self.complaint, question, context=context)

    def record_reply(self, context: StepContext, reply: str) -> None:
        intake.record_reply(self.complaint, reply, context=context)

    def verify(self, context: StepContext, findings: str, verified: Any, defective: Any) -> None:
        intake.verify(self.complaint, findings, verified_quantity=verified, defect_quantity=defective, context=context)

    def forward(self, context: StepContext, remark: str) -> None:
        intake.forward(self.complaint, remark, context=context)

    def promise(self, context: StepContext, made: Any) -> None:
        intake.promise(self.complaint, made, context=context)

    def keep_promise(self, context: StepContext, index: int, note: str) -> None:
        intake.keep_promise(self.complaint, self.complaint.promises.order_by("id")[index], note, context=context)

    def judge(self, context: StepContext, judgement: Any) -> None:
        judging.judge(self.complaint, judgement, context=context)

    def assign(self, context: StepContext, assignments: Any) -> None:
        judging.assign(self.complaint, assignments, context=context)

    def settle(self, context: StepContext, statement: str, verdict: str) -> None:
        judging.settle(self.complaint, statement, verdict, context=context)

    def conclude(self, context: StepContext, verdict: str, reason: str, statement: str) -> None:
        judging.conclude(self.complaint, verdict, reason, statement, context=context)

    def approve_verdict(self, context: StepContext, note: str) -> None:
        judging.approve_verdict(self.complaint, note, context=context)

    def return_verdict(self, context: StepContext, note: str) -> None:
        judging.return_verdict(self.complaint, note, context=context)

    def remedy(self, context: StepContext, verb: str, wanted: Any) -> None:
        (remedies.grant if verb == "grant_remedy" else remedies.request)(self.complaint, wanted, context=context)

    def decide_remedy(self, context: StepContext, verb: str, index: int, note: str) -> None:
        row = self.complaint.remedies.order_by("id")[index]
        (remedies.approve if verb == "approve_remedy" else remedies.deny)(self.complaint, row, note, context=context)

    def answer(self, context: StepContext, text: str, channel: str) -> None:
        answering.answer(self.complaint, text, channel, context=context)

    def accept(self, context: StepContext, who: str, words: str) -> None:
        answering.accept(self.complaint, who, words, context=context)

    def refuse(self, context: StepContext, who: str, reason: str) -> None:
        answering.refuse(self.complaint, who, reason, context=context)

    def attempt_call(self, context: StepContext, words: str) -> None:
        answering.attempt_call(self.complaint, words, context=context)

    def call_back(self, context: StepContext, satisfaction: str, words: str) -> None:
        answering.call_back(self.complaint, satisfaction, words, context=context)

    def close(self, context: StepContext, note: str) -> None:
        ending.close(self.complaint, note, context=context)

    def reject(self, context: StepContext, reason: str, words: str) -> None:
        ending.reject(self.complaint, reason, words, context=context)

    def withdraw(self, context: StepContext, reason: str) -> None:
        ending.withdraw(self.complaint, reason, context=context)

    def merge(self, context: StepContext) -> None:
        ending.merge(self.complaint, self.into, context=context)

    def reopen(self, context: StepContext, reason: str) -> None:
        ending.reopen(self.complaint, reason, context=context)

    def offer_transfer(self, context: StepContext, to: str, reason: str) -> None:
        ownership.offer_transfer(self.complaint, self.works.people[to], reason, context=context)

    def accept_transfer(self, context: StepContext) -> None:
        ownership.accept_transfer(self.complaint, context=context)

    def decline_transfer(self, context: StepContext, reason: str) -> None:
        ownership.decline_transfer(self.complaint, reason, context=context)

    def task(self, context: StepContext, verb: str, index: int, *args: Any) -> None:
        task = self.complaint.tasks.select_related("department").order_by("id")[index]
        task.complaint = self.complaint
        if verb == "carry_out":
            args = ([(m, *args) for m in task.measures.order_by("id")],)
        getattr(tasks, verb)(task, *args, context=context)


@dataclass
class InMemory:
    """The same steps on a record that is never saved."""

    works: Factory
    live: LiveComplaint
    into: Any = None
    people: dict[str, Person] = field(default_factory=dict)

    @classmethod
    def like(cls, real: RealSteps) -> InMemory:
        """Ready to repeat what was done to ``real``, with the same ids and number."""
        works, done = real.works, real.complaint
        staff = KnownStaff(
            list(Department.objects.filter(active=True)), list(Person.objects.select_related("department"))
        )
        spoken = [key for entry in rows_of(Entry, done) for key in entry.digests if key]
        blocks: dict[type[Model], tuple[int, int]] = {model: (first_spoken_of(model, spoken), 1000) for model in PARTS}
        blocks[Obligation] = (min((row.pk for row in rows_of(Obligation, done)), default=1), 1000)
        record = Complaint(pk=done.pk, number=done.number, procedure_id=works.version)
        live = LiveComplaint(Desk(works.procedure, works.version, staff), Ids(blocks), record)
        return cls(works, live, real.into, {p.username: p for p in staff.people})

    def take(self, name: str, who: str, when: datetime, *args: Any, **values: Any) -> None:
        """One step."""
        sent = StepContext(self.people[who], when, values=values)
        if hasattr(self, f"_{name}"):
            getattr(self, f"_{name}")(sent, *args)
        else:
            getattr(self.live, name)(*args, context=sent)

    def _attach(self, context: StepContext) -> None:
        kept = files.store(SimpleUploadedFile("a.txt", b"1"))
        assert context.actor is not None
        self.live.attach(kept, actor=context.actor, at=context.at)

    def _keep_promise(self, context: StepContext, index: int, note: str) -> None:
        self.live.keep_promise(self.live.of(Promise)[index], note, context=context)

    def _decide_remedy(self, context: StepContext, verb: str, index: int, note: str) -> None:
        self.live.decide_remedy(verb, self.live.of(Remedy)[index], note, context=context)

    def _merge(self, context: StepContext) -> None:
        self.live.merge(self.into.pk, self.into.number, context=context)

    def _offer_transfer(self, context: StepContext, to: str, reason: str) -> None:
        self.live.offer_transfer(self.people[to], reason, context=context)

    def _task(self, context: StepContext, verb: str, index: int, *args: Any) -> None:
        task = self.live.of(Task)[index]
        if verb == "carry_out":
            args = ([(m, *args) for m in taskverbs.measures_of(self.live, task)],)
        getattr(taskverbs, verb)(self.live, task, *args, context=context)


def remind(until: datetime) -> None:
    """The worker's sweep at every moment at which a reminder is due."""
    while True:
        due = Obligation.objects.filter(OPEN, next_alarm_at__lte=until).order_by("next_alarm_at", "id").first()
        if due is None:
            return
        assert due.next_alarm_at is not None
        last = Entry.objects.filter(kind=due.kind, record_id=due.record_id).latest("sequence")
        ladder.sweep(at=max(due.next_alarm_at, last.at), limit=1)


def rows_of(model: type[Any], complaint: Any) -> list[Any]:
    """The rows of ``model`` that hang on a complaint."""
    names = {f.name for f in model._meta.concrete_fields}
    if "complaint" in names:
        return list(model.objects.filter(complaint=complaint).order_by("pk"))
    if "record_id" in names:
        return list(model.objects.filter(kind="complaint", record_id=complaint.pk).order_by("pk"))
    return list(model.objects.filter(kind="complaint", record_number=complaint.number).order_by("pk"))


def first_spoken_of(model: type[Any], spoken: list[str]) -> int:
    """The first id of a kind of part that the entries name; some of these parts are gone again."""
    ids = (int(key.partition(":")[2]) for key in spoken if key.startswith(f"{model.part_kind}:"))
    return min(ids, default=1)


def values(rows: Iterable[Model], *leave_out: str) -> list[dict[str, Any]]:
    """The rows' columns, without some."""
    return [{k: v for k, v in row_values(row).items() if k not in leave_out} for row in rows]


def left_by(real: RealSteps) -> dict[str, Any]:
    """Everything the real steps left in the database."""
    done = Complaint.objects.get(pk=real.complaint.pk)
    entries = {e.pk: e.sequence for e in rows_of(Entry, done)}
    found = {model.__name__: values(rows_of(model, done)) for model in (*PARTS, Obligation)}
    return found | {
        "complaint": values([done]),
        "entries": values(rows_of(Entry, done), "id"),
        "pauses": values(rows_of(Pause, done), "id"),
        "told": [(n.person_id, entries[n.entry_id], n.urgent) for n in rows_of(Notice, done)],
        "search": [(s.number, s.title, s.text, s.at) for s in rows_of(SearchText, done)],
    }


def left_in(memory: InMemory) -> dict[str, Any]:
    """The same of the steps in memory."""
    live = memory.live
    found = {model.__name__: values(sorted(live.of(model), key=lambda r: r.pk)) for model in PARTS}
    words = search.search_document(live.record, at=live.record.opened_at)
    told = [
        (person, one.entry.sequence, one.urgent)
        for one in live.told
        for person in sorted(set(one.people) - {one.entry.actor_id})
    ]
    return found | {
        "Obligation": values(live.owed.rows),
        "complaint": values([live.record]),
        "entries": values(live.entries, "id"),
        "pauses": values(live.owed.pauses(), "id"),
        "told": told,
        "search": [(words.number, words.title, words.text, words.at)],
    }
