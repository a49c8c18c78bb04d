"""The course of one complaint: the way its procedure lays out, with the detours that real complaints take."""

from __future__ import annotations

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from django.core.files.base import ContentFile

from huiyin.complaints.actions import intake
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.guards import DONE_TASKS
from huiyin.complaints.models import Complaint, Task
from huiyin.contacts.actions import convert, copy_files_to
from huiyin.contacts.queries import files_of
from huiyin.demo.cases import ComplaintDraft, draft_of, told_again
from huiyin.demo.chance import weighted
from huiyin.demo.pictures import photographs
from huiyin.demo.required_values import answers_wanted, required_values
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.scripts import complaint_steps, contacts, side_steps
from huiyin.demo.texts import sentences
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.records.files.files import attach_all
from huiyin.records.steps.context import StepContext

PACE = {"verify": 40, "answer": 150, "accept": 240, "close": 200, "forward": 60, "reopen": 6 * DAY}
"""Minutes of work before a step that nothing says a time for, on average."""
USUAL_PACE = 100
HURRIED = 150
"""Most minutes of work before a step on the way to where a complaint is to stand at the end."""
TOLD_FIRST, WITH_PHOTOGRAPHS = 0.2, 0.2
"""Shares of complaints that begin as a contact, and that come with photographs."""
RECEPTION = ("chenyue", "zhouqian", "liuyang", "reception")
NO_APPROVAL = 0.4
"""Share of the complaints that nobody has to approve, where the procedure knows such."""
LONGEST_WAIT = 120
"""How many quarters of a day a complaint waits for a department or a decision before nobody looks after it any more."""


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """How a complaint is to end; ``stands`` is the kind (complaint, task) and the state that stands at the end."""

    stands: tuple[str, str] = ("", "")
    ends: str = ""
    """``withdrawn``, ``merged`` or ``rejected``; empty for most."""


@dataclass(slots=True)
class Detours:
    """Which detours a complaint still has before it."""

    refusals: int = 0
    verdict_returned: bool = False
    unreached: bool = False
    lighter: bool = False
    reopened: bool = False
    unapproved: bool = False
    """Where the procedure knows a verdict that needs nobody's approval, it is one of these."""
    more_tasks: bool = False
    side: tuple[str, ...] = ()
    """What comes early beside the way: a question to the customer, a correction, a hand-over."""

    @classmethod
    def drawn(cls, random: Random, draft: ComplaintDraft) -> Detours:
        """Most complaints go straight; about one in six takes some detour."""
        chances = (("ask_customer", 0.13), ("supplement", 0.06), ("offer_transfer", 0.05))
        return cls(
            refusals=weighted(random, (0, 1, 2), (90, 98, 100)),
            verdict_returned=random.random() < 0.05,
            unreached=random.random() < 0.18,
            lighter=not draft.fault.quality and random.random() < 0.45,
            reopened=random.random() < 0.03,
            side=tuple(name for name, chance in chances if random.random() < chance),
        )


class ComplaintCourse:
    """One complaint on its way."""

    complaint: Complaint

    def __init__(self, script: Script, plan: CoursePlan) -> None:
        self.script, self.plan = script, plan
        self.company, self.random = script.company, script.random
        self.same: Complaint | None = None
        """The complaint that this one repeats."""
        self.draft = draft_of(self.company, self.random, script.at)
        while plan.ends == "rejected" and not self.draft.fault.quality:  # what is rejected can be measured
            self.draft = draft_of(self.company, self.random, script.at)
        if plan.ends == "merged" and self.company.complaints:
            self.same, draft = self.company.complaints[-1]
            self.draft = told_again(draft, self.company, self.random, script.at)
        self.cause = self.random.choice(self.draft.fault.causes)
        self.detours = Detours() if plan.stands[0] or plan.ends else Detours.drawn(self.random, self.draft)
        if self.company.procedure.step("complaint.conclude_finally") and not plan.stands[0]:
            self.detours.unapproved = self.random.random() < NO_APPROVAL
        self.tasks: list[Task] = []
        self.steps = 0
        self.withdrawn_after = self.random.randrange(1, 6)
        self.stands = False
        """It has come to where it is to stand at the end."""
        self.is_remedied = False
        self.rejection = ""

    # ---- the way

    def play(self) -> WorkMinutes:
        """From registration to the end."""
        yield from self._register()
        yield from self._beside()
        waited = 0
        while waited < LONGEST_WAIT and not self._is_over():
            verb = self._next()
            if verb is not None and not self.is_waiting:
                yield self.wait_before(verb)
                # None while a promise, a decision or a hand-over has to come first
                if by := self.script.who_if_any(f"complaint.{verb}", self.complaint):
                    complaint_steps.STEPS[verb](self, self.sent_by(verb, by, self.script))
                    self.steps, waited = self.steps + 1, 0
                    continue
            waited += 1
            yield DAY / 4

    @property
    def is_waiting(self) -> bool:
        """Whether a department has not answered its task convincingly yet."""
        return any(task.state not in DONE_TASKS for task in self.tasks)

    def _is_over(self) -> bool:
        complaint = self.complaint
        self.stands = self.stands or self.plan.stands == ("complaint", complaint.state)
        return self.stands or complaint.phase == "void" or (complaint.phase == "closed" and not self.detours.reopened)

    def _next(self) -> str | None:
        """The first step of the way that the procedure has in this state and that lies on this complaint's way."""
        table = self.company.procedure.step_table("complaint")
        offered = table.verbs_from(self.complaint.state)
        return next((verb for verb in complaint_steps.STEPS if verb in offered and self._lies_ahead(verb)), None)

    def _lies_ahead(self, verb: str) -> bool:
        """Whether the step lies on this complaint's way now."""
        complaint, detours, ends = self.complaint, self.detours, self.plan.ends
        unapproved = bool(complaint.verdict) and complaint.verdict_approved_at is None
        match verb:
            case "merge":
                return ends == "merged" and self.same is not None
            case "withdraw":
                return ends == "withdrawn" and self.steps >= self.withdrawn_after
            case "reject":
                return ends == "rejected" and not self.rejection
            case "ask_customer":
                return self.plan.stands == ("complaint", "asking") and self.steps > 0
            case "settle":
                return detours.lighter
            case "assign":
                return self._wants_tasks()
            case "return_verdict":
                return detours.verdict_returned and unapproved
            case "approve_verdict":
                return unapproved
            case "conclude_finally":
                return detours.unapproved
            case "refuse":
                return detours.refusals > 0
            case "attempt_call":
                return detours.unreached
            case "reopen":
                return detours.reopened and complaint.phase == "closed"
        return True

    def _wants_tasks(self) -> bool:
        there = [task for task in self.tasks if task.state not in ("cancelled", "declined")]
        of_round = [task for task in there if task.round == self.complaint.round]
        return not there or (self.detours.more_tasks and not of_round)

    # ---- taking it in

    def _register(self) -> WorkMinutes:
        """As a complaint, or first as a contact that becomes one."""
        company, script, facts = self.company, self.script, self.draft.facts
        contact, pictures = None, self._photographs()
        if self.same is None and self.random.random() < TOLD_FIRST:
            contact = contacts.first_told(script, self.draft, pictures)
            facts = replace(facts, source=contact, received_at=contact.happened_at)
            yield self.random.randrange(5, 60)
        transition = company.procedure.step_table("complaint").transition(None, "register")
        wanted = transition.requires if transition else ()
        values = required_values(wanted, facts, self.draft, company, self.random)
        sent = script.context("complaint.register", by=self.random.sample(RECEPTION, len(RECEPTION)), values=values)
        promise = self.promise(script) if self.random.random() < 0.2 else None
        self.complaint = intake.register(
            facts, procedure_id=company.version, demands=self.draft.demands, promise=promise, context=sent
        )
        if contact is not None:
            files = [one.pk for one in files_of(contact)]
            copy_files_to(contact, self.complaint, files, actor=sent.actor, at=sent.at)
            convert(contact, self.complaint.kind, self.complaint.number, context=StepContext(sent.actor, sent.at))
        elif pictures:
            attach_all(self.complaint, pictures, actor=sent.actor, at=sent.at)
        if not self.plan.ends:  # others may turn out to repeat it
            company.complaints.append((self.complaint, self.draft))
        if promise is not None:
            row = self.complaint.promises.get()
            script.alongside("promise", lambda beside: side_steps.keep_promise(beside, self, row))

    def _photographs(self) -> list[ContentFile]:
        """What the customer sends along, now and then."""
        if self.random.random() > WITH_PHOTOGRAPHS:
            return []
        name = "现场照片 {k}.png" if self.draft.language == "zh" else "site photo {k}.png"
        return photographs(self.random, name, self.random.choice((1, 1, 2)))

    def _beside(self) -> WorkMinutes:
        """What comes early beside the way."""
        for name in self.detours.side:
            yield self.random.randrange(15, 300)
            if self.script.offers(f"complaint.{name}", self.complaint):
                yield from side_steps.EARLY[name](self)

    # ---- what every step needs

    def wait_before(self, verb: str) -> float:
        """Minutes of work until the step is taken."""
        pace = PACE.get(verb, USUAL_PACE)
        return self.hurried(self.script.wait_before(f"complaint.{verb}", self.complaint, pace=pace))

    def hurried(self, minutes: float) -> float:
        """Less of them where the complaint has a state to reach."""
        return min(minutes, HURRIED) if self.plan.stands[0] else minutes

    def context(self, verb: str, script: Script | None = None) -> StepContext:
        """By whom and when a step is taken now, by this script or one beside it; StepUnavailable."""
        script = script or self.script
        return self.sent_by(verb, script.who(f"complaint.{verb}", self.complaint), script)

    def sent_by(self, verb: str, by: Person, script: Script) -> StepContext:
        """The same by this person, with what the procedure requires of the step beyond what its action gives."""
        transition = self.company.procedure.step_table("complaint").transition(self.complaint.state, verb)
        wanted = transition.requires if transition else ()
        values = required_values(wanted, self.complaint, self.draft, self.company, self.random)
        decisive = answers_wanted(transition.guards) if transition else {}
        return StepContext(by, script.at, values=values | decisive)

    def promise(self, script: Script) -> PromiseInput:
        """Something promised to the customer, by a moment of work."""
        minutes = self.random.choice((240, 480, 480, 960, 1440))
        due = self.company.calendar.after_work(script.at, minutes).replace(second=0, microsecond=0)
        return PromiseInput(self.say(sentences.PROMISES), due)

    def say(self, texts: tuple[Text, ...], **values: object) -> str:
        """One of the sentences, in the complaint's language."""
        return sentences.say(self.random, texts, self.draft.language, **values)

    def show(self, text: Text, **values: Any) -> str:
        """A sentence in the complaint's language."""
        return sentences.show(text, self.draft.language, **values)


def complaint(script: Script, plan: CoursePlan) -> WorkMinutes:
    """The script of one complaint."""
    yield from ComplaintCourse(script, plan).play()
