"""In which order people of goodwill lead a case to its end, and when a step of theirs makes sense."""

from __future__ import annotations

from huiyin.improvement.models import Problem

FORWARD = (
    "decide",
    "contain",
    "analyse",
    "choose",
    "review_plan",
    "approve_plan",
    "plan_effect",
    "implement",
    "check_effect",
    "prove",
    "prevent",
    "decide_submission",
    "approve",
    "submit",
    "settle",
    "hand_over",
)
BACK = ("fail", "return_report", "return_plan")


def leads_on(problem: Problem, verb: str) -> bool:
    """Whether the step brings the case further as it stands."""
    last = problem.submissions.order_by("id").last()
    match verb:
        case "decide":
            return problem.needs_action is None
        case "plan_effect":
            return not problem.effects.filter(verdict__in=["", "proven"]).exists()
        case "hand_over":  # who owns the case cannot approve it, and may be the only one who could
            owner = problem.owner
            return owner is not None and (owner.is_head or "management" in owner.department.functions)
        case "submit":
            return problem.state in ("prevented", "settled") and (last is None or last.decision not in ("", "accepted"))
    return True
