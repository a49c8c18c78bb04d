"""Whether a problem was there before: same customer or product, and the same defect or cause."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from huiyin.improvement.models import Cause, Problem
from huiyin.improvement.values import ProblemFacts
from huiyin.kernel.text import Text, t
from huiyin.records.search.grams import fold, grams

MOST = 5
SAME_WORDS = 0.6
"""Share of the pairs of characters that two wordings of one cause have in common at least."""


@dataclass(frozen=True, slots=True)
class SimilarCase:
    """An earlier case of the same problem, and why it is held for one."""

    problem: Problem
    why: tuple[Text, ...]

    @property
    def came_back(self) -> bool:
        """Whether its effect was held for proven: then it is a recurrence, and the case may be reopened."""
        return self.problem.proven_at is not None


def similar_cases(here: Problem | ProblemFacts, visible: QuerySet[Problem]) -> list[SimilarCase]:
    """Earlier ``visible`` cases of the same customer or product with the same defect or cause, likeliest first."""
    about = _same_customer_or_product(here)
    if about is None:
        return []
    rows = visible.filter(about).exclude(phase="void").order_by("-opened_at", "-id")
    causes: list[Cause] = []
    if isinstance(here, Problem):
        rows = rows.filter(opened_at__lte=here.opened_at).exclude(pk=here.pk)
        causes = _roots([here.pk])
    earlier = list(rows[:200])
    theirs = _roots([row.pk for row in earlier]) if causes else []
    found = [SimilarCase(row, tuple(_why(here, row, causes, theirs))) for row in earlier]
    found = [one for one in found if one.why and _is_same(here, one.problem, causes, theirs)]
    found.sort(key=lambda one: -len(one.why))
    return found[:MOST]


def _same_customer_or_product(here: Problem | ProblemFacts) -> Q | None:
    about = Q()
    if here.customer is not None:
        about |= Q(customer=here.customer)
    if here.model:
        about |= Q(model=here.model)
    return about or None


def _roots(problems: Iterable[int]) -> list[Cause]:
    return list(Cause.objects.filter(problem_id__in=list(problems), is_root=True, ruled_out=False))


def _same_defect(here: Problem | ProblemFacts, row: Problem) -> bool:
    return bool(here.defect) and here.defect == row.defect


def _same_cause(row: Problem, causes: Sequence[Cause], theirs: Sequence[Cause]) -> bool:
    return any(same_words(mine.text, other.text) for mine in causes for other in theirs if other.problem_id == row.pk)


def _is_same(here: Problem | ProblemFacts, row: Problem, causes: Sequence[Cause], theirs: Sequence[Cause]) -> bool:
    return _same_defect(here, row) or _same_cause(row, causes, theirs)


def _why(
    here: Problem | ProblemFacts, row: Problem, causes: Sequence[Cause], theirs: Sequence[Cause]
) -> Iterable[Text]:
    if here.customer is not None and row.customer_id == here.customer.pk:
        yield t("同一客户", "same customer")
    if here.model and row.model == here.model:
        yield t("同一产品", "same product")
    if _same_defect(here, row):
        yield t("同一不良现象", "same defect")
    if _same_cause(row, causes, theirs):
        yield t("同一原因", "same cause")


def same_words(one: str, other: str) -> bool:
    """Whether two wordings say the same, by the pairs of characters they share."""
    a, b = set(grams(fold(one))), set(grams(fold(other)))
    if not a or not b:
        return fold(one).strip() == fold(other).strip() != ""
    return len(a & b) / len(a | b) >= SAME_WORDS
