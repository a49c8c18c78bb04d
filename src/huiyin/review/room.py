"""What this room tells the house."""

from __future__ import annotations

from typing import Any

from huiyin.journal import kinds, record_urls
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.review import guards, telling  # noqa: F401 - the guard and the sentences make themselves known
from huiyin.review.models import TargetReport
from huiyin.review.views import may_see
from huiyin.ui.rooms import MenuItem, Room


def _oversees(person: Person, procedure: Any) -> bool:
    return may_see(person)


def _has_targets(person: Person, procedure: Any) -> bool:
    return may_see(person) and procedure is not None and bool(procedure.targets)


def _number_of_target(number: str) -> Text:
    """The period of a target as people read it."""
    return Period.parse(number.partition("/")[0]).label


def _declare_reports() -> None:
    """What is told of targets are documents: each has a chain of its own, but none is a record of a procedure."""
    kinds.register_document(TargetReport.kind, TargetReport)
    record_urls.register(TargetReport.kind, "/clauses/targets/", t("指标", "Target"), number=_number_of_target)


ROOM = Room(
    name="review",
    urls=(("procedure/", "huiyin.review.procedure_urls"), ("clauses/", "huiyin.review.urls")),
    menu=(
        MenuItem(
            label=t("条款与证据", "Clauses"),
            url="clauses",
            icon="clauses",
            key="e",
            position=150,
            may_open=_oversees,
            group=t("体系", "System"),
        ),
        MenuItem(label=t("指标", "Targets"), url="targets", icon="flag", position=155, may_open=_has_targets),
        MenuItem(
            label=t("程序", "Procedure"), url="procedure", icon="procedure", key="r", position=160, may_open=_oversees
        ),
    ),
    on_start=(_declare_reports,),
)
