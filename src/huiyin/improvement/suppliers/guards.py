"""The code of the guards of requests to suppliers."""

from __future__ import annotations

from huiyin.improvement.suppliers import vocabulary  # noqa: F401 - the guards whose code stands here are declared there
from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import check
from huiyin.records.steps.conditions import GuardContext, applicability


@check("scar", "due_ahead")
def due_ahead(s: GuardContext) -> bool:
    """The day on which the answer is due has not come yet."""
    due = s.record.answer_due
    return due is not None and due > s.at.astimezone(s.procedure.zone).date()


@check("scar", "reviewer_differs")
def reviewer_differs(s: GuardContext) -> bool:
    """Whoever entered the answer for the supplier does not judge it."""
    if s.actor is None:
        return True
    last = s.once("last_answer", lambda: s.record.answers.order_by("-round").first())
    return last is None or last.entered_by_id != s.actor.pk


@check("scar", "checker_differs")
def checker_differs(s: GuardContext) -> bool:
    """Whoever owns the request does not prove its effect."""
    return s.actor is None or s.record.owner_id != s.actor.pk


@applicability("scar.renew_link")
def has_link(s: GuardContext) -> Text | None:
    return None if s.record.link_digest else t("还没有链接", "There is no link yet")
