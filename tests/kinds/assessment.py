"""Assessment: quality, finance, management and auditors all; others what concerns them (peng: his own reward)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.assessment.actions import making, rewards
from huiyin.assessment.actions.making import CostInput
from huiyin.kernel.periods import Period
from huiyin.people.models import Department
from tests.assessment.weeks import AssessedWeek
from tests.cast import NOON
from tests.kinds.matrix import (
    A_KEY,
    BESIDE_OTHERS,
    FORBIDDEN,
    GONE,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    OVERSEE,
    KindMatrix,
    doors,
    own,
    part_doors,
    usual_doors,
)

SEES = frozenset({"peng"}) | OVERSEE
LEDGER = frozenset({"zong", "jian", "root"})
PATTERN, RECORD = "assessments/<str:number>", "/assessments/{assessment}"
CHARGE, ALLOTMENT = f"{RECORD}/charges/{{charge}}", f"{RECORD}/allotments/{{allotment}}"


def sample(company: Any) -> dict[str, str]:
    """The sheet of the week before, handed over: a reward for peng, and a sum that production has to divide."""
    works = company.works
    week = AssessedWeek(works, Period.parse("2026-W46"), NOON)
    reward = rewards.propose(week.sheet, works.peng, Decimal(60), "海豚座工装", context=week.context("qian"))
    rewards.approve(reward, context=week.context("zong"))
    week.take("sent")
    freight = CostInput(Decimal(200), Decimal(0), "飞鱼座快运")
    further = [(company.story.complaint.number, Department.objects.get(key="production"), freight)]
    making.add_costs(week.sheet, {}, further=further, context=week.context("ku"))
    for name in ("returned", "quality_signed", "signed", "handed_over"):
        week.take(name)
    return {"assessment": week.sheet.number, "charge": str(reward.pk), "allotment": str(week.allotment().pk)}


MATRIX = KindMatrix(
    kind="assessment",
    room="assessments",
    after=("complaint",),
    sees=SEES,
    number="KP2026-001",
    sample=sample,
    marks=frozenset({"KP2026-001", "海豚座", "飞鱼座"}),
    questions=(
        "/assessments/?count=all&totals=1",
        "/assessments/?period=2026-W46",
        "/charges/?count=all&totals=1",
        "/charges/?week=2026",
        "/search?q=KP2026",
        "/search/suggest?q=KP2026",
        "/obligations/?whose=all",
    ),
    seen_by=frozenset({"charge.person", "charge.department", "allotment.department"}),
    not_shown={
        **dict.fromkeys(
            [
                "return_reason",
                "charge.clause",
                "charge.label_en",
                "charge.evidence",
                "appeal.reason",
                "appeal.decision_reason",
            ],
            BESIDE_OTHERS,
        ),
        **dict.fromkeys(["charge.source_number"], A_KEY),
    },
    not_printed={
        **dict.fromkeys(
            [
                "return_reason",
                "withdraw_reason",
                "charge.clause",
                "charge.evidence",
                "appeal.reason",
                "appeal.decision_reason",
            ],
            NO_FORM_ASKS,
        ),
    },
    facts_not_shown={
        **dict.fromkeys(["booking.at", "booking.by", "closed_at"], IN_TIME_LINE),
        **dict.fromkeys(["charge.counted", "charge.days", "charge.rate"], BESIDE_OTHERS),
    },
    doors={
        **usual_doors("assessment", "assessments", SEES, corrects=False),
        "charges/": own("/charges/", "200", GONE),
        f"{PATTERN}/charges/<int:charge_id>": doors(SEES, "200", FORBIDDEN, [CHARGE]),
        **part_doors("assessment", "charge", f"{PATTERN}/charges/<int:charge_id>", CHARGE, SEES),
        f"{PATTERN}/allotments/<int:allotment_id>/rest": doors(OVERSEE, "200", FORBIDDEN, [f"{ALLOTMENT}/rest"]),
        **part_doors("assessment", "allotment", f"{PATTERN}/allotments/<int:allotment_id>", ALLOTMENT, OVERSEE),
        "ledger/": doors(LEDGER, "200", GONE, ["/ledger/"]),
        "ledger/balances": doors(LEDGER, "200", FORBIDDEN, ["/ledger/balances"]),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": doors(
            SEES, "200", FORBIDDEN, ["/sheets/assessment/{assessment}/assessment-sheet.pdf"]
        ),
    },
)
