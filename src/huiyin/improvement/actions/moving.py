"""The steps from containment to approval, and the ways back."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import datetime

from huiyin.improvement.models import Action, EffectCheck, Problem, ProblemPart
from huiyin.improvement.queries import everything_on
from huiyin.kernel.text import t
from huiyin.records.steps.context import Sent
from huiyin.records.steps.stepping import Taken, step

UNCHANGED = t("重查后原因不变：{why}", "sought anew, the cause stays the same: {why}")


def _step(problem: Problem, verb: str, sent: Sent) -> AbstractContextManager[Taken]:
    return step(problem, verb, **sent.how)


def contain(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The customer is protected (D0 to D3)."""
    with _step(problem, "contain", sent) as taken:
        problem.contained_at = sent.at
        taken.particulars(words=words)
    return problem


def analyse(problem: Problem, words: str, *, sent: Sent, stays: str = "") -> Problem:
    """The root causes are found and proven (D4); ``stays``: why a new round finds them unchanged."""
    with _step(problem, "analyse", sent) as taken:
        problem.analysed_at, problem.return_reason, problem.cause_stays = sent.at, "", stays.strip()
        unchanged = UNCHANGED.with_values(why=problem.cause_stays)
        taken.particulars(
            words=[unchanged, *filter(None, [words])] if problem.cause_stays else words,
            causes=[cause.text[:80] for cause in everything_on(problem).roots],
        )
    return problem


def choose(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The corrective actions are chosen and planned (D5); the last planned day is what is owed from now on."""
    with _step(problem, "choose", sent) as taken:
        chosen = everything_on(problem).chosen
        problem.return_reason = ""
        taken.particulars(
            words=words, actions=[one.text[:80] for one in chosen], promised_at=_planned_end(problem, chosen, taken)
        )
    return problem


def review_plan(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The head of the department finds the measures fit (P5 flow chart)."""
    with _step(problem, "review_plan", sent) as taken:
        taken.particulars(words=words)
    return problem


def approve_plan(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The management representative approves the measures; they are carried out by their planned day."""
    with _step(problem, "approve_plan", sent) as taken:
        chosen = everything_on(problem).chosen
        taken.particulars(words=words, promised_at=_planned_end(problem, chosen, taken))
    return problem


def return_plan(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The measures do not convince and are planned anew."""
    with _step(problem, "return_plan", sent) as taken:
        problem.return_reason = words
        taken.particulars(words=words)
    return problem


def _planned_end(problem: Problem, chosen: list[Action], taken: Taken) -> datetime | None:
    """The end of working time on the last day planned; None when nothing is planned or everything is done already."""
    days = [one.planned_on for one in chosen if one.planned_on is not None and one.done_on is None]
    department = problem.department.key if problem.department else None
    return taken.procedure.calendar_for(department).end_of_work(max(days)) if days else None


def implement(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The chosen actions are in force, each with its cut-in (D6)."""
    with _step(problem, "implement", sent) as taken:
        taken.particulars(words=words)
    return problem


def prove(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The effect is shown (D6); the way to prevention is open."""
    with _step(problem, "prove", sent) as taken:
        problem.proven_at = sent.at
        taken.particulars(words=words)
    return problem


def fail(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The actions did not work: what was held for the cause has to be proven anew, and other actions chosen."""
    with _step(problem, "fail", sent) as taken:
        _take_back(problem, taken, causes=True)
        problem.return_reason = words
        taken.particulars(words=words)
    return problem


def prevent(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """Documents, other lines and lessons are settled (D7); the report waits for approval."""
    with _step(problem, "prevent", sent) as taken:
        problem.return_reason = ""
        taken.particulars(words=words)
    return problem


def settle(problem: Problem, statement: str, *, sent: Sent) -> Problem:
    """A short statement instead of a report, where no action is needed (P5 flow chart, P6 3)."""
    with _step(problem, "settle", sent) as taken:
        problem.statement, problem.return_reason = statement, ""
        _drop_waiting(problem, taken)
        taken.particulars(statement=statement)
    return problem


def approve(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The report stands (D8); its content is locked."""
    with _step(problem, "approve", sent) as taken:
        problem.approved_by, problem.approved_at = sent.actor, sent.at
        taken.particulars(words=words, revision=problem.revision)
    return problem


def return_report(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The report does not convince yet; it goes back to where it came from."""
    with _step(problem, "return_report", sent) as taken:
        problem.return_reason = words
        taken.particulars(words=words)
    return problem


def reopen(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The problem came back: the next revision begins, and the effect has to be shown anew."""
    with _step(problem, "reopen", sent) as taken:
        problem.revision += 1
        problem.reopen_reason, problem.refers_to = words, None
        problem.approved_by = problem.approved_at = problem.proven_at = None
        problem.statement = ""
        _take_back(problem, taken, causes=False)
        taken.particulars(words=words, revision=problem.revision)
    return problem


def cancel(problem: Problem, words: str, *, sent: Sent) -> Problem:
    """The case was opened by mistake."""
    with _step(problem, "cancel", sent) as taken:
        problem.cancel_reason = words
        _drop_waiting(problem, taken)
        taken.particulars(words=words)
    return problem


def _take_back(problem: Problem, taken: Taken, *, causes: bool) -> None:
    """Effect checks speak of the former actions; ``causes``: neither do tests of the causes nor the choice of actions stand."""
    rows = everything_on(problem)
    for effect in rows.current_effects:
        if effect.verdict != EffectCheck.FAILED:
            effect.verdict = EffectCheck.DROPPED
            _changed(effect, taken)
    if not causes:
        return
    for cause in rows.roots:
        if cause.result:
            cause.result = ""
            _changed(cause, taken)
    for action in rows.chosen:
        action.chosen = False
        _changed(action, taken)


def _drop_waiting(problem: Problem, taken: Taken) -> None:
    """No effect is waited for where nothing is done any more; what was judged stays."""
    for effect in everything_on(problem).effects:
        if effect.is_open:
            effect.verdict = EffectCheck.DROPPED
            _changed(effect, taken)


def _changed(row: ProblemPart, taken: Taken) -> None:
    row.version += 1
    row.save()
    taken.touched(row)
