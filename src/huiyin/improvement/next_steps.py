"""What is particular about the next steps of a case: what was decided to be needed says which step leads on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from huiyin.improvement.models import EffectCheck, Problem
from huiyin.improvement.queries import ProblemRows, checks_now
from huiyin.improvement.report.sections import BY_KEY
from huiyin.kernel.text import Text, t
from huiyin.records.steps.next_steps import NextSteps
from huiyin.records.steps.pages import StepAction
from huiyin.ui.addresses import cached_url

DECISIONS = frozenset({"check_effect", "decide_submission", "review_plan"})
"""Steps that leave the state as it is, yet somebody waits for them."""

DETAILED = frozenset({"contained", "analysed", "planned", "reviewed", "approved", "implemented", "proven", "prevented"})
"""States of a whole report."""


def offer_as_primary(actions: Sequence[StepAction], problem: Problem, rows: ProblemRows) -> list[StepAction]:
    """The same steps, those made primary that lead on here: deciding what is needed where the procedure begins with it
    (P5 5.5.1), answering by a statement in simplified handling (P6 3) and once no action is needed, going back to the
    cause once an effect is missing.
    """
    return [replace(a, kind="primary") if _leads(a, problem, rows) else a for a in actions]


def _leads(action: StepAction, problem: Problem, rows: ProblemRows) -> bool:
    match action.offer.verb:
        case "decide":
            return action.moves
        case "settle":
            return is_light(problem) and action.offer.may
        case "fail":
            return any(effect.verdict == EffectCheck.FAILED for effect in checks_now(rows, problem))
    return False


def is_light(problem: Problem) -> bool:
    """Whether a short statement is the way: chosen when the case was opened, or since no action is needed."""
    return problem.path == Problem.LIGHT or problem.needs_action is False


def states_skipped(problem: Problem) -> frozenset[str]:
    """States that do not stand on the way of this case: all between opening and closing for a short statement."""
    way = problem.path == Problem.LIGHT or (problem.needs_action is False and not problem.needs_cause)
    return DETAILED if way else frozenset()


def steps_not_needed(problem: Problem) -> frozenset[str]:
    """Steps that come behind others, since what they serve was decided not to be needed."""
    if problem.path == Problem.LIGHT:
        return frozenset({"contain", "analyse", "choose"})
    if problem.needs_action is not False:
        return frozenset()
    return frozenset({"choose"} if problem.needs_cause else {"analyse", "choose"})


WRITTEN_IN = {
    "contain": "D3",
    "analyse": "D4",
    "choose": "D5",
    "implement": "D6",
    "prove": "D6",
    "prevent": "D7",
    "approve": "D8",
}
"""In which discipline stands what a step wants to see written."""


def where_to_write(next_step: NextSteps, problem: Problem, writable: Collection[str]) -> tuple[Text, str] | None:
    """Where the reader writes what their next step needs: words and address; None where they write nothing."""
    step = next_step.first or next_step.stuck
    section = BY_KEY.get(WRITTEN_IN.get(step.offer.verb, "")) if step else None
    if section is None or section.key not in writable:
        return None
    words = t("写在 {key} {title}", "Written in {key} {title}", key=section.key, title=section.title)
    return words, cached_url("problem_section", problem.number, section.key)
