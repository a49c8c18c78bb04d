"""What happens beside a complaint's way: questions to the customer, corrections, hand-overs, promises, remedies."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from huiyin.complaints.actions import intake, ownership, remedies
from huiyin.complaints.actions.values import RemedyInput
from huiyin.complaints.models import Complaint, Promise, Remedy
from huiyin.demo.pictures import photographs
from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.texts import sentences
from huiyin.improvement.actions import moving
from huiyin.improvement.actions.opening import open_problem
from huiyin.improvement.models import Problem
from huiyin.improvement.values import ProblemFacts
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.files.files import attach_all
from huiyin.records.steps.authority import above_limit
from huiyin.records.steps.context import StepContext

if TYPE_CHECKING:
    from huiyin.demo.scripts.complaints import ComplaintCourse

GIVEN_FOR = {
    "resupply": ("resupply", "replace", "spare-parts"),
    "exchange": ("exchange", "replace", "resupply"),
    "return": ("return",),
    "replace": ("replace", "exchange"),
    "spare-parts": ("spare-parts", "resupply"),
    "repair": ("repair", "rework", "on-site"),
    "rework": ("rework", "repair"),
    "on-site": ("on-site",),
    "claim": ("compensation", "claim"),
    "fine": ("fine", "compensation"),
    "price-cut": ("price-cut", "compensation"),
    "refund": ("refund", "price-cut"),
    "apology": ("apology",),
    "correct-documents": ("correct-documents",),
}
"""What is given for what was demanded, by the pack's catalogue."""
TRIES = 12
"""How often a request for a remedy is looked at until somebody may decide it."""


# ---- a case of its own


def case_owed(complaint: Complaint, procedure: Procedure) -> bool:
    """Whether somebody owes a case that explains the complaint."""
    rules = {rule.key for rule in procedure.obligations if "problem.opened" in rule.closes}
    rows = Obligation.objects.filter(OPEN, kind=complaint.kind, record_id=complaint.pk, rule__in=rules)
    return bool(rules) and rows.exists()


def case(script: Script, course: ComplaintCourse) -> WorkMinutes:
    """It is opened in time, answered by a short statement and approved."""
    complaint, company = course.complaint, course.company
    yield course.random.randrange(30, 400)
    if not case_owed(complaint, company.procedure):
        return
    company.taken_up.add(("problem", complaint.pk))
    said = company.label("defect", complaint.defect, course.draft.language) if complaint.defect else complaint.problem
    facts = ProblemFacts(
        f"{complaint.model} {said}"[:100],
        path=script.option("path", Problem.LIGHT),
        customer=complaint.customer,
        customer_name=complaint.customer_name,
        model=complaint.model,
        batch=complaint.batch,
        defect=complaint.defect,
        severity=complaint.severity,
        unit=complaint.unit,
        noticed_on=script.day(),
        department=company.department(course.cause.function, "production", "quality"),
    )
    sent = script.context("problem.open")
    problem = open_problem(facts, procedure_id=company.version, cases=[complaint], context=sent)
    yield DAY
    if script.offers("problem.settle", problem):
        statement = course.show(course.cause.corrective)
        moving.settle(problem, statement, context=script.context("problem.settle", problem))
        yield DAY / 2
        moving.approve(problem, course.say(sentences.APPROVALS), context=script.context("problem.approve", problem))


# ---- the customer, the facts, the owner


def ask_customer(course: ComplaintCourse) -> WorkMinutes:
    """A question; the clock stands still until the reply comes."""
    complaint, script = course.complaint, course.script
    intake.ask_customer(complaint, course.say(sentences.QUESTIONS), context=course.context("ask_customer"))
    yield script.wait_before("complaint.record_reply", complaint, pace=700)
    intake.record_reply(complaint, course.say(sentences.REPLIES), context=course.context("record_reply"))


def supplement(course: ComplaintCourse) -> WorkMinutes:
    """A batch number was misread."""
    complaint, facts = course.complaint, course.draft.facts
    corrected = replace(
        facts,
        batch=f"{facts.batch[:-1]}{course.random.randrange(1, 9)}",
        severity=complaint.severity,
        order_number=complaint.order_number,
        ship_date=complaint.ship_date,
        shipped_quantity=complaint.shipped_quantity,
        source=complaint.source,
        extra=complaint.extra,
    )
    intake.supplement(complaint, corrected, context=course.context("supplement"))
    yield 1


def offer_transfer(course: ComplaintCourse) -> WorkMinutes:
    """The owner asks a colleague, who mostly takes over."""
    complaint, script = course.complaint, course.script
    sent = course.context("offer_transfer")
    colleagues = [
        person
        for person in course.company.people.values()
        if person.department and person.holds("reception") and person not in (complaint.owner, sent.actor)
    ]
    if not colleagues:
        return
    to = course.random.choice(colleagues)
    ownership.offer_transfer(complaint, to, course.say(sentences.HANDOVERS), context=sent)
    yield script.wait_before("complaint.accept_transfer", complaint)
    answer = StepContext(to, script.at)
    if course.random.random() < 0.8:
        ownership.accept_transfer(complaint, context=answer)
    else:
        ownership.decline_transfer(complaint, course.say(sentences.TOO_BUSY), context=answer)


EARLY: Mapping[str, Callable[[ComplaintCourse], WorkMinutes]] = {
    "ask_customer": ask_customer,
    "supplement": supplement,
    "offer_transfer": offer_transfer,
}

# ---- what goes on beside the way, as scripts of their own


def promise(script: Script, course: ComplaintCourse) -> WorkMinutes:
    """Something is promised to the customer, and kept."""
    yield 5 + course.random.randrange(60)
    row = intake.promise(course.complaint, course.promise(script), context=course.context("promise", script))
    yield from keep_promise(script, course, row)


def keep_promise(script: Script, course: ComplaintCourse, row: Promise) -> WorkMinutes:
    """What was promised is done."""
    yield script.wait_before("complaint.keep_promise", course.complaint, row)
    note = course.say(sentences.KEPT)
    intake.keep_promise(course.complaint, row, note, context=course.context("keep_promise", script))


def evidence(script: Script, course: ComplaintCourse) -> WorkMinutes:
    """A photograph that shows that the matter is not ours, put on the complaint before it is rejected."""
    yield 20
    name = "证据照片.png" if course.draft.language == "zh" else "evidence.png"
    actor = script.person("zhaomin", "quality", "reception")
    attach_all(course.complaint, photographs(script.random, name, 1), actor=actor, at=script.at)


def remedy(script: Script, course: ComplaintCourse) -> WorkMinutes:
    """What was demanded is granted within somebody's limit, or requested and decided."""
    yield 10 + course.random.randrange(120)
    wanted = _wanted(course)
    if wanted is None:
        return
    within = _within_limit(course, wanted.amount)
    by = script.who_if_any("complaint.grant_remedy", course.complaint, fits=within)
    if by is not None and course.random.random() < 0.6:
        remedies.grant(course.complaint, wanted, context=StepContext(by, script.at))
        return
    row = remedies.request(course.complaint, wanted, context=course.context("request_remedy", script))
    yield from _decide(script, course, row)


def _decide(script: Script, course: ComplaintCourse, row: Remedy) -> WorkMinutes:
    within = _within_limit(course, row.amount)

    def may_decide(person: Person) -> bool:
        return person.pk != row.asked_by_id and within(person)

    for _ in range(TRIES):
        yield script.wait_before("complaint.approve_remedy", course.complaint, row)
        by = script.who_if_any("complaint.approve_remedy", course.complaint, fits=may_decide)
        if by is not None:  # else it stands where nobody decides
            act = remedies.approve if course.random.random() < 0.88 else remedies.deny
            act(course.complaint, row, course.say(sentences.APPROVALS), context=StepContext(by, script.at))
            return


def _within_limit(course: ComplaintCourse, amount: Decimal | None) -> Callable[[Person], bool]:
    return lambda person: above_limit(person, amount, course.company.procedure) is None


def _wanted(course: ComplaintCourse) -> RemedyInput | None:
    """The first demand for which the pack has a remedy; of money rarely all that was asked for."""
    for demand in course.draft.demands:
        for key in GIVEN_FOR.get(demand.demand, ()):
            if course.company.procedure.option("remedy", key):
                amount = demand.amount
                if amount is not None:
                    amount = Decimal(int(amount * course.random.choice((40, 60, 80, 100)) / 100))
                return RemedyInput(key, demand.quantity, amount)
    return None
