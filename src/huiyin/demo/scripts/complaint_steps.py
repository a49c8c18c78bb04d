"""The steps of a complaint's way, each with what a person would write; STEPS is the order in which they are tried."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from decimal import Decimal
from typing import TYPE_CHECKING

from huiyin.complaints.actions import answering, ending, intake, judging
from huiyin.complaints.actions.values import Assignment, DemandDecision, Judgement
from huiyin.complaints.models import Task
from huiyin.complaints.queries import was_requested
from huiyin.demo.chance import weighted
from huiyin.demo.company import StepUnavailable
from huiyin.demo.script import Script, WorkMinutes
from huiyin.demo.scripts import side_steps, tasks
from huiyin.demo.texts import sentences
from huiyin.people.models import Department
from huiyin.records.steps.context import StepContext

if TYPE_CHECKING:
    from huiyin.demo.scripts.complaints import ComplaintCourse


def merge(course: ComplaintCourse, context: StepContext) -> None:
    """The same matter has been registered before."""
    assert course.same is not None
    ending.merge(course.complaint, course.same, context=context)


def withdraw(course: ComplaintCourse, context: StepContext) -> None:
    """The customer takes it back."""
    ending.withdraw(course.complaint, course.say(sentences.WITHDRAWALS), context=context)


def ask_customer(course: ComplaintCourse, context: StepContext) -> None:
    """A question that the customer has not answered yet."""
    intake.ask_customer(course.complaint, course.say(sentences.QUESTIONS), context=context)


def verify(course: ComplaintCourse, context: StepContext) -> None:
    """Findings, and quantities as far as they were checked."""
    words, random = course.draft.words, course.random
    checked = random.random() < 0.6
    intake.verify(
        course.complaint,
        course.show(random.choice(course.draft.fault.found), **words),
        verified_quantity=Decimal(random.randrange(words["n"], words["total"] + 1)) if checked else None,
        defect_quantity=Decimal(words["n"]) if checked else None,
        context=context,
    )


def forward(course: ComplaintCourse, context: StepContext) -> None:
    """The feedback sheet goes out."""
    intake.forward(course.complaint, course.say(sentences.REMARKS), context=context)


def judge(course: ComplaintCourse, context: StepContext) -> None:
    """The axes, the severity and the department first thought responsible."""
    fault, company, random = course.draft.fault, course.company, course.random
    first = _responsible(course)
    usual = "communicative" if random.random() < 0.07 else "valid-fault"
    judgement = Judgement(
        content=company.option("content", *fault.contents),
        nature=company.option("nature", "valid-staff" if fault.key == "manner" else usual, "valid-fault"),
        cause_kind="quality" if fault.quality else "non-quality",
        severity=course.complaint.severity or company.some_option("severity", random, *fault.severities),
        responsible=(first.key,),
        lighter=course.detours.lighter and company.procedure.step("complaint.settle") is not None,
    )
    judging.judge(course.complaint, judgement, context=context)
    if course.plan.ends == "rejected":
        course.script.alongside("evidence", lambda beside: side_steps.evidence(beside, course))
    elif random.random() < 0.1:
        course.script.alongside("later promise", lambda beside: side_steps.promise(beside, course))
    _owe_case(course)
    _think_of_remedy(course)


def _owe_case(course: ComplaintCourse) -> None:
    """Where the procedure wants a case of its own for the complaint, somebody opens it."""
    if side_steps.case_owed(course.complaint, course.company.procedure):
        course.script.alongside("case", lambda beside: side_steps.case(beside, course))


def _responsible(course: ComplaintCourse) -> Department:
    return course.company.department(course.cause.function, "production", "quality")


def _think_of_remedy(course: ComplaintCourse) -> None:
    """In half of the cases something is given, once it is clear what happened."""
    if not course.is_remedied and not course.plan.ends and course.random.random() < 0.4:
        course.is_remedied = True
        course.script.alongside("remedy", lambda beside: side_steps.remedy(beside, course))


def settle(course: ComplaintCourse, context: StepContext) -> None:
    """A short statement in place of tasks."""
    statement = course.show(course.random.choice(course.draft.fault.answer), **course.draft.words)
    judging.settle(course.complaint, statement, _verdict(course), context=context)
    _owe_case(course)
    _think_of_remedy(course)


def assign(course: ComplaintCourse, context: StepContext) -> None:
    """To the department of the cause, in a third of the cases to another one too."""
    random, company = course.random, course.company
    wanted = [_responsible(course)]
    if random.random() < 0.3 and not course.plan.stands[0]:
        with suppress(StepUnavailable):
            wanted.append(company.department(random.choice(("quality", "technical", "purchasing", "warehouse"))))
    departments = list({one.pk: one for one in wanted}.values())
    what = company.label("defect", course.draft.facts.defect, course.draft.language)
    asked = [Assignment(one, course.say(sentences.TASKS, what=what)) for one in departments]
    course.detours.more_tasks = False
    for place, row in enumerate(judging.assign(course.complaint, asked, context=context)):
        course.tasks.append(row)
        course.script.alongside(f"task {row.round}.{place}", _work_on(course, row, is_first=place == 0))


def _work_on(course: ComplaintCourse, row: Task, *, is_first: bool) -> Callable[[Script], WorkMinutes]:
    return lambda beside: tasks.task(beside, course, row, is_first=is_first)


def reject(course: ComplaintCourse, context: StepContext) -> None:
    """Not ours, with photographs that show it."""
    grounds = [key for key in sentences.REJECTIONS if course.company.procedure.option("reject", key)]
    ground = course.random.choice(grounds or ["misuse"])
    course.rejection = course.show(sentences.REJECTIONS[ground])
    ending.reject(course.complaint, ground, course.rejection, context=context)


def conclude(course: ComplaintCourse, context: StepContext) -> None:
    """The departments' answers in one statement, with a verdict."""
    verdict, reason = _verdict(course), course.say(sentences.REASONS)
    judging.conclude(course.complaint, verdict, reason, _summary(course), context=context)
    _think_of_remedy(course)


def conclude_finally(course: ComplaintCourse, context: StepContext) -> None:
    """The same where nobody has to approve it."""
    verdict, reason = _verdict(course), course.say(sentences.REASONS)
    judging.conclude_finally(course.complaint, verdict, reason, _summary(course), context=context)
    _think_of_remedy(course)


def _summary(course: ComplaintCourse) -> str:
    space, stop = ("", "。") if course.draft.language == "zh" else (" ", ".")
    return f"{course.show(course.cause.text)}{space}{course.show(course.cause.corrective)}{stop}"


def _verdict(course: ComplaintCourse) -> str:
    return course.company.some_option("verdict", course.random, *course.draft.fault.verdicts)


def approve_verdict(course: ComplaintCourse, context: StepContext) -> None:
    """Somebody else stands for it."""
    judging.approve_verdict(course.complaint, course.say(sentences.APPROVALS), context=context)


def return_verdict(course: ComplaintCourse, context: StepContext) -> None:
    """Back to handling once."""
    course.detours.verdict_returned = False
    judging.return_verdict(course.complaint, course.say(sentences.VERDICT_RETURNS), context=context)


def answer(course: ComplaintCourse, context: StepContext) -> None:
    """What the customer is told."""
    text = course.show(course.random.choice(course.draft.fault.answer), **course.draft.words)
    channel = course.company.option("channel", course.draft.facts.channel, "email", "telephone")
    answering.answer(course.complaint, course.rejection or text, channel, _decisions(course), context=context)


def _decisions(course: ComplaintCourse) -> list[DemandDecision]:
    """What is requested for the customer answers their demands; else they are mostly granted, unless rejected."""
    requested = was_requested(course.complaint)
    found = []
    for row in course.complaint.demands.all():
        if course.rejection or course.random.random() < (0.1 if requested else 0.2):
            found.append(DemandDecision(row.pk, row.REFUSED, course.say(sentences.DEMAND_REFUSALS)))
        else:
            found.append(DemandDecision(row.pk, row.REQUESTED if requested else row.GRANTED))
    return found


def accept(course: ComplaintCourse, context: StepContext) -> None:
    """The customer is content with the answer."""
    answering.accept(course.complaint, course.draft.who, course.say(sentences.ACCEPTED), context=context)


def refuse(course: ComplaintCourse, context: StepContext) -> None:
    """The customer is not; another round begins."""
    course.detours.refusals -= 1
    course.detours.more_tasks = course.random.random() < 0.4
    answering.refuse(course.complaint, course.draft.who, course.say(sentences.REFUSED), context=context)


def attempt_call(course: ComplaintCourse, context: StepContext) -> None:
    """Nobody is reached."""
    course.detours.unreached = course.random.random() < 0.3
    answering.attempt_call(course.complaint, course.say(sentences.NOBODY), context=context)


def call_back(course: ComplaintCourse, context: StepContext) -> None:
    """How content the customer is: less after a second round."""
    random = course.random
    found = weighted(random, sentences.SATISFIED, sentences.SATISFIED_SUMS)
    if course.complaint.round > 1 and random.random() < 0.4:
        found = random.choice(sentences.SATISFIED[2:])
    key = course.company.option("satisfaction", found)
    answering.call_back(course.complaint, key, course.say(sentences.CALLED[found]), context=context)


def close(course: ComplaintCourse, context: StepContext) -> None:
    """The end, in a few cases only for a while."""
    ending.close(course.complaint, course.say(sentences.CLOSINGS), context=context)


def reopen(course: ComplaintCourse, context: StepContext) -> None:
    """It happened again."""
    course.detours.reopened = False
    course.detours.more_tasks = course.random.random() < 0.5
    ending.reopen(course.complaint, course.say(sentences.REOPENINGS), context=context)


STEPS: Mapping[str, Callable[[ComplaintCourse, StepContext], None]] = {
    "merge": merge,
    "withdraw": withdraw,
    "ask_customer": ask_customer,
    "verify": verify,
    "forward": forward,
    "judge": judge,
    "reject": reject,
    "settle": settle,
    "assign": assign,
    "return_verdict": return_verdict,
    "approve_verdict": approve_verdict,
    "conclude_finally": conclude_finally,
    "conclude": conclude,
    "answer": answer,
    "refuse": refuse,
    "accept": accept,
    "attempt_call": attempt_call,
    "call_back": call_back,
    "close": close,
    "reopen": reopen,
}
