"""Opening a case, what belongs to it, what it needs, whose it is, and referring to an earlier report instead."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from huiyin.improvement.actions import content
from huiyin.improvement.models import Problem
from huiyin.improvement.values import EXPLAINS, NeedsDecision, ProblemFacts
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import Link, Record
from huiyin.records.relations.relations import end_link, link_records
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step

DEADLINES, STANDARD = "deadline_class", "standard"
"""The customer's own deadlines for reports stand in their file; they hold as they were when the case was opened."""
NEEDED = (
    ("needs_cause", t("原因分析", "cause analysis")),
    ("needs_action", t("纠正和预防措施", "corrective or preventive action")),
    ("needs_effect", t("效果确认", "confirmation of effect")),
)


def open_problem(
    facts: ProblemFacts, *, procedure_id: int, cases: Sequence[Record] = (), context: StepContext
) -> Problem:
    """Open a case and give it its number; ``cases`` are the complaints it explains from the start (ISO 9001 10.2.1)."""
    problem = Problem(procedure_id=procedure_id, owner=facts.owner or context.actor)
    facts.apply_to(problem)
    ways = [one.key for one in versions.procedure_of(procedure_id).catalogue("path")]
    if ways and problem.path not in ways:
        problem.path = ways[0]  # a whole 8D is not everybody's way: P5 begins with a decision
    asked = facts.customer.extra.get(DEADLINES) if facts.customer else ""
    problem.extra = {**problem.extra, DEADLINES: asked or STANDARD}
    with step(problem, "open", **context.step_kwargs) as run:
        for case in cases:
            link_records(problem, case, EXPLAINS, run=run)
        run.add_payload(
            title=problem.title,
            customer=problem.customer_name,
            cases=[case.number for case in cases],
            recurrence_of=facts.recurrence_of.number if facts.recurrence_of else "",
        )
    return problem


@transaction.atomic
def open_with_symptom(
    facts: ProblemFacts, symptom: str, *, procedure_id: int, about: Record | None = None, context: StepContext
) -> Problem:
    """Open a case with its symptom (D0) as it was told, or do nothing; ``about`` is the complaint it explains."""
    cases = [about] if about is not None else []
    problem = open_problem(facts, procedure_id=procedure_id, cases=cases, context=context)
    if symptom:
        # the token of the form is used up by the opening
        content.write(problem, "symptom", symptom, version=0, context=StepContext(context.actor, context.at))
    return problem


def change_facts(problem: Problem, facts: ProblemFacts, *, context: StepContext) -> Problem:
    """Correct what the case is about; its owner changes by ``hand_over`` only."""
    with step(problem, "change_facts", **context.step_kwargs):
        facts.apply_to(problem)
    return problem


def attach_case(problem: Problem, record: Record, *, context: StepContext) -> Link:
    """The case explains this complaint as well; both time-lines say so."""
    with step(problem, "attach_case", **context.step_kwargs) as run:
        run.add_payload(case=record.number)
        return link_records(problem, record, EXPLAINS, run=run)


def detach_case(problem: Problem, link: Link, record: Record, reason: str = "", *, context: StepContext) -> Problem:
    """The complaint has another cause after all; the tie stays on record as ended."""
    with step(problem, "detach_case", **context.step_kwargs) as run:
        link.refresh_from_db()
        ours = (link.kind, link.record_id, link.to_kind, link.to_id) == (
            problem.kind,
            problem.pk,
            record.kind,
            record.pk,
        )
        if not ours or link.ended_at is not None:
            raise Refused([t("这条关联已经解除", "This tie is undone already")])
        end_link(link, record, run=run)
        run.add_payload(case=record.number, reason=reason)
    return problem


def refer(problem: Problem, other: Problem, reason: str, *, context: StepContext) -> Problem:
    """Refer to an earlier report of the same problem instead of writing a new one, as far as the rules allow."""
    with step(problem, "refer", **context.step_kwargs) as run:
        problem.refers_to = other
        run.add_payload(to=other.number, reason=reason)
    return problem


def decide(problem: Problem, decision: NeedsDecision, *, context: StepContext) -> Problem:
    """Whether cause analysis, corrective or preventive action and confirmation of effect are needed (P5 5.5.1)."""
    with step(problem, "decide", **context.step_kwargs) as run:
        problem.needs_cause, problem.needs_action = decision.needs_cause, decision.needs_action
        problem.needs_effect, problem.decision_reason = decision.needs_effect, decision.reason
        if decision.department is not None:
            problem.department = decision.department
        run.add_payload(
            needs=_needs(decision), reason=decision.reason, department=problem.department and problem.department.name
        )
    return problem


def _needs(decision: NeedsDecision) -> list[Text]:
    said = [label for name, label in NEEDED if getattr(decision, name)]
    return said or [t("均不需要", "nothing of it is needed")]


def hand_over(problem: Problem, owner: Person, reason: str = "", *, context: StepContext) -> Problem:
    """Somebody else answers for the case from now on, and owes what its owner owes."""
    with step(problem, "hand_over", **context.step_kwargs) as run:
        if owner.pk == problem.owner_id:
            raise Refused(
                fields={"owner": t("{who}已经是负责人", "{who} is the owner already", who=owner.display_name)}
            )
        problem.owner = owner
        run.add_payload(to=owner.display_name, reason=reason)
        run.notify(owner)
    return problem
