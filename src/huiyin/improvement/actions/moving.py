"""The steps from containment to approval, and the ways back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from huiyin.improvement.models import Action, EffectCheck, Problem, ProblemPart
from huiyin.improvement.queries import load_details
from huiyin.kernel.text import t
from huiyin.obligations.site_calendar import calendar_at_site
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.stepping import StepRun, step

UNCHANGED = t("重查后原因不变：{why}", "sought anew, the cause stays the same: {why}")


def _step(problem: Problem, verb: str, context: StepContext) -> AbstractContextManager[StepRun]:
    return step(problem, verb, **context.step_kwargs)


def contain(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The customer is protected (D0 to D3)."""
    with _step(problem, "contain", context) as run:
        problem.contained_at = context.at
        run.add_payload(words=words)
    return problem


def analyse(problem: Problem, words: str, *, context: StepContext, stays: str = "") -> Problem:
    """The root causes are found and proven (D4); ``stays``: why a new round finds them unchanged."""
    with _step(problem, "analyse", context) as run:
        problem.analysed_at, problem.return_reason, problem.cause_stays = context.at, "", stays.strip()
        unchanged = UNCHANGED.with_values(why=problem.cause_stays)
        run.add_payload(
            words=[unchanged, *filter(None, [words])] if problem.cause_stays else words,
            causes=[cause.text[:80] for cause in load_details(problem).roots],
        )
    return problem


def choose(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The corrective actions are chosen and planned (D5); the last planned day is what is owed from now on."""
    with _step(problem, "choose", context) as run:
        chosen = load_details(problem).chosen
        problem.return_reason = ""
        run.add_payload(
            words=words, actions=[one.text[:80] for one in chosen], promised_at=_planned_end(problem, chosen, run)
        )
    return problem


def review_plan(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The head of the department finds the measures fit (P5 flow chart)."""
    with _step(problem, "review_plan", context) as run:
        run.add_payload(words=words)
    return problem


def approve_plan(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The management representative approves the measures; they are carried out by their planned day."""
    with _step(problem, "approve_plan", context) as run:
        chosen = load_details(problem).chosen
        run.add_payload(words=words, promised_at=_planned_end(problem, chosen, run))
    return problem


def return_plan(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The measures do not convince and are planned anew."""
    with _step(problem, "return_plan", context) as run:
        problem.return_reason = words
        run.add_payload(words=words)
    return problem


def _planned_end(problem: Problem, chosen: list[Action], run: StepRun) -> datetime | None:
    """The end of working time on the last day planned; None when nothing is planned or everything is done already."""
    days = [one.planned_on for one in chosen if one.planned_on is not None and one.done_on is None]
    department = problem.department.key if problem.department else None
    return calendar_at_site(run.procedure, department).end_of_work(max(days)) if days else None


def implement(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The chosen actions are in force, each with its cut-in (D6)."""
    with _step(problem, "implement", context) as run:
        run.add_payload(words=words)
    return problem


def prove(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The effect is shown (D6); the way to prevention is open."""
    with _step(problem, "prove", context) as run:
        problem.proven_at = context.at
        run.add_payload(words=words)
    return problem


def reject_effect(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The actions did not work: what was held for the cause has to be proven anew, and other actions chosen."""
    with _step(problem, "fail", context) as run:
        _take_back(problem, run, causes=True)
        problem.return_reason = words
        run.add_payload(words=words)
    return problem


def prevent(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """Documents, other lines and lessons are settled (D7); the report waits for approval."""
    with _step(problem, "prevent", context) as run:
        problem.return_reason = ""
        run.add_payload(words=words)
    return problem


def settle(problem: Problem, statement: str, *, context: StepContext) -> Problem:
    """A short statement instead of a report, where no action is needed (P5 flow chart, P6 3)."""
    with _step(problem, "settle", context) as run:
        problem.statement, problem.return_reason = statement, ""
        _drop_waiting(problem, run)
        run.add_payload(statement=statement)
    return problem


def approve(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The report stands (D8); its content is locked."""
    with _step(problem, "approve", context) as run:
        problem.approved_by, problem.approved_at = context.actor, context.at
        run.add_payload(words=words, revision=problem.revision)
    return problem


def return_report(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The report does not convince yet; it goes back to where it came from."""
    with _step(problem, "return_report", context) as run:
        problem.return_reason = words
        run.add_payload(words=words)
    return problem


def reopen(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The problem came back: the next revision begins, and the effect has to be shown anew."""
    with _step(problem, "reopen", context) as run:
        problem.revision += 1
        problem.reopen_reason, problem.refers_to = words, None
        problem.approved_by = problem.approved_at = problem.proven_at = None
        problem.statement = ""
        _take_back(problem, run, causes=False)
        run.add_payload(words=words, revision=problem.revision)
    return problem


def cancel(problem: Problem, words: str, *, context: StepContext) -> Problem:
    """The case was opened by mistake."""
    with _step(problem, "cancel", context) as run:
        problem.cancel_reason = words
        _drop_waiting(problem, run)
        run.add_payload(words=words)
    return problem


def _take_back(problem: Problem, run: StepRun, *, causes: bool) -> None:
    """Effect checks speak of the former actions and stand no more.

    ``causes``: neither do tests of the causes nor the choice of actions.
    """
    rows = load_details(problem)
    for effect in rows.current_effects:
        if effect.verdict != EffectCheck.FAILED:
            effect.verdict = EffectCheck.DROPPED
            _changed(effect, run)
    if not causes:
        return
    for cause in rows.roots:
        if cause.result:
            cause.result = ""
            _changed(cause, run)
    for action in rows.chosen:
        action.chosen = False
        _changed(action, run)


def _drop_waiting(problem: Problem, run: StepRun) -> None:
    """No effect is waited for where nothing is done any more; what was judged stays."""
    for effect in load_details(problem).effects:
        if effect.is_open:
            effect.verdict = EffectCheck.DROPPED
            _changed(effect, run)


def _changed(row: ProblemPart, run: StepRun) -> None:
    row.version += 1
    row.save()
    run.touched(row)
