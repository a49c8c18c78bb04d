"""Giving the report to the customer, frozen as it stands, and recording what they decide."""

from __future__ import annotations

from huiyin.improvement.models import Problem, Submission
from huiyin.improvement.queries import snapshot
from huiyin.improvement.report.sections import BY_KEY
from huiyin.kernel.text import t
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import step

HIGHEST = 100
SUBMITTABLE_SECTIONS = tuple(key for key in BY_KEY if key >= "D3")


def submit(problem: Problem, to: str, reaches: str, note: str, *, context: StepContext) -> Submission:
    """Submit the report up to ``reaches`` (D3 to D8) to somebody at the customer; what they got never changes."""
    with step(problem, "submit", **context.step_kwargs) as run:
        if reaches not in SUBMITTABLE_SECTIONS:
            raise Refused(fields={"reaches": t("请选择提交到哪一步", "Choose how far the report reaches")})
        row = Submission.objects.create(
            problem=problem,
            revision=problem.revision,
            content=snapshot(problem, reaches),
            reaches=reaches,
            to=to,
            note=note,
            sent_at=context.at,
            sent_by=context.actor,
            version=1,
        )
        run.touched(row)
        run.about = row
        for old in _unanswered(problem, row):
            run.event("problem.submission_answered", old, to=to, reaches=reaches)
        run.add_payload(to=to, reaches=reaches, note=note, revision=row.revision)
    return row


def _unanswered(problem: Problem, row: Submission) -> list[Submission]:
    """Rejected submissions after whose rejection nothing was given to the customer before ``row``."""
    others = list(problem.submissions.exclude(pk=row.pk).defer("content"))
    newest = max((one.sent_at for one in others), default=row.sent_at)
    return [
        one
        for one in problem.submissions.exclude(pk=row.pk).filter(decision=Submission.REJECTED)
        if one.decided_at is not None and one.decided_at >= newest
    ]


def decide_submission(
    submission: Submission, decision: str, score: int | None, words: str, *, context: StepContext
) -> Submission:
    """What the customer decided: accepted, conditional or rejected, with their score (0 to 100) where they give one."""
    problem = submission.problem
    with step(problem, "decide_submission", **context.step_kwargs) as run:
        submission.refresh_from_db()
        if submission.decision:
            raise Refused([t("客户对这次提交已经答复", "The customer decided on this submission already")])
        option = run.procedure.option("submission_decision", decision)
        if option is None:
            raise Refused(fields={"decision": t("请选择客户意见", "Choose the customer's decision")})
        if score is not None and not 0 <= score <= HIGHEST:
            raise Refused(fields={"score": t("评分在 0 到 100 之间", "The score lies between 0 and 100")})
        submission.decision, submission.score, submission.words = decision, score, words
        submission.decided_at, submission.version = context.at, submission.version + 1
        submission.save()
        run.touched(submission)
        run.about = submission
        run.add_payload(decision=option.label, score=score, words=words, reaches=submission.reaches)
    return submission
