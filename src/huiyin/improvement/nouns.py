"""What the company calls its problem cases; the words of 8D where its procedure has none."""

from __future__ import annotations

from huiyin.kernel.text import Text, t
from huiyin.procedure.nouns import plural_of, singular_of
from huiyin.procedure.schema import Procedure

CASES = t("8D 与问题案例", "8D and problem cases")
CASE = t("问题案例", "Problem case")


def cases_called(procedure: Procedure | None) -> Text:
    """The heading of the list of cases."""
    return plural_of(procedure, "problem", CASES)


def case_called(procedure: Procedure | None) -> Text:
    """One case."""
    return singular_of(procedure, "problem", CASE)
