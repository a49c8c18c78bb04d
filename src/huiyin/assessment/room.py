"""What this room tells the house."""

from __future__ import annotations

from typing import Any

from huiyin.assessment import guards, phrases, vocabulary  # noqa: F401 - they make themselves known
from huiyin.assessment.access import sees_ledger
from huiyin.assessment.registration import register
from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.navigation import whoever_has, works_with
from huiyin.ui.rooms import MenuItem, Room

_assessed = whoever_has("assessment")


def _keeps_ledger(person: Person, procedure: Any) -> bool:
    return _assessed(person, procedure) and sees_ledger(person)


ROOM = Room(
    name="assessment",
    urls=(("", "huiyin.assessment.urls"),),
    menu=(
        MenuItem(
            label=t("考核统计", "Assessment"),
            url="assessments",
            icon="assessment",
            key="a",
            position=120,
            may_open=works_with("assessment"),
        ),
        MenuItem(
            label=t("考核明细", "Charges"), url="charges", icon="money", key="m", position=130, may_open=_assessed
        ),
        MenuItem(
            label=t("考核台账", "Ledger"), url="ledger", icon="copy", key="j", position=140, may_open=_keeps_ledger
        ),
    ),
    on_start=(register,),
)
