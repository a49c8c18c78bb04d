"""Problem cases (8D): who complains of products and who oversees; engineering sees all of them."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.actions import content, opening
from huiyin.improvement.models import Action, EffectCheck, Member
from huiyin.improvement.report.sections import SECTIONS
from huiyin.improvement.values import ProblemFacts
from tests.cast import NOON, at
from tests.kinds.matrix import (
    A_KEY,
    BESIDE_OTHERS,
    FORBIDDEN,
    GONE,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    NOBODY,
    OVERSEE,
    Door,
    KindMatrix,
    doors,
    own,
    usual_doors,
)

SEES = frozenset({"mei", "song", "tao"}) | OVERSEE
PATTERN, RECORD = "problems/<str:number>", "/problems/{problem}"


def sample(company: Any) -> dict[str, str]:
    """A case that explains the complaint, with a text and a cause on the fishbone."""
    story = company.story
    facts = ProblemFacts("人马座渗油", severity="function", model="HR-88", owner=company.works.lin)
    case = opening.open_problem(
        facts, procedure_id=company.works.version, cases=[story.complaint], context=story.context("lin")
    )
    content.write(case, "symptom", "天鹰座处见油", version=0, context=story.context("lin"))
    cause = {"leg": "occurrence", "text": "巨蛇座毛刺", "bone": "machine"}
    row = content.put_row(case, "cause", cause, context=story.context("lin"))
    company.case = case
    return {"problem": case.number, "cause": str(row.pk)}


def complete(record: Any) -> None:
    """Somebody on the team, an action and a check of its effect."""
    cause = record.causes.get()
    Member.objects.create(problem=record, role="member")
    Action.objects.create(problem=record, cause=cause, measure=Action.CORRECTIVE, text="防错夹具")
    today = at(NOON).date()
    EffectCheck.objects.create(
        problem=record, metric="渗油率", baseline="30%", target="0%", starts_on=today, ends_on=today
    )


def all_doors() -> dict[str, list[Door]]:
    """Its addresses."""
    return {
        **usual_doors("problem", "problems", SEES),
        "problems/lookup": own("/problems/lookup"),
        "problems/people": own("/problems/people"),
        "problems/resembling": own("/problems/resembling"),
        f"{PATTERN}/alike": doors(SEES, "200", FORBIDDEN, [f"{RECORD}/alike"]),
        f"{PATTERN}/fishbone.svg": doors(SEES, "200", FORBIDDEN, [f"{RECORD}/fishbone.svg"]),
        f"{PATTERN}/exchange.json": doors(SEES, "200", FORBIDDEN, [f"{RECORD}/exchange.json"]),
        f"{PATTERN}/<discipline:key>": doors(SEES, "200", FORBIDDEN, [f"{RECORD}/{one.key}" for one in SECTIONS]),
        f"{PATTERN}/fields/<slug:name>": [
            *doors(SEES, FORBIDDEN, "422", [f"{RECORD}/fields/symptom"]),
            *doors(NOBODY, FORBIDDEN, GONE, [f"{RECORD}/fields/none"]),
        ],
        f"{PATTERN}/rows/<slug:sheet>": [
            *doors(SEES, FORBIDDEN, "422", [f"{RECORD}/rows/why", f"{RECORD}/rows/document"]),
            *doors(NOBODY, FORBIDDEN, GONE, [f"{RECORD}/rows/none", f"{RECORD}/rows/cause"]),
        ],
        f"{PATTERN}/rows/<slug:sheet>/<int:pk>": doors(SEES, FORBIDDEN, "422", [f"{RECORD}/rows/cause/{{cause}}"]),
        f"{PATTERN}/files/<str:place>": doors(
            SEES, FORBIDDEN, "409", [f"{RECORD}/files/D3", f"{RECORD}/files/cause:{{cause}}"]
        ),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": doors(
            SEES, "200", FORBIDDEN, [f"/sheets/problem/{{problem}}/8d-report.{one}" for one in ("pdf", "xlsx")]
        ),
    }


MATRIX = KindMatrix(
    kind="problem",
    room="problems",
    after=("complaint",),
    sees=SEES,
    number="8D2611-001",
    sample=sample,
    complete=complete,
    marks=frozenset({"8D2611-001", "人马座", "天鹰座", "巨蛇座", "HR-88"}),
    questions=(
        "/problems/?count=all&totals=1",
        "/problems/?q=天鹰座",
        "/problems/?model=HR&open=1",
        "/problems/lookup?q=8D26",
        "/problems/resembling?model=HR-88",
        "/search?q=天鹰座",
        "/search?q=8D2611",
        "/search/suggest?q=人马座",
        "/obligations/?whose=all",
    ),
    seen_by=frozenset(
        {
            "owner",
            "owner.department",
            "opened_by",
            "champion",
            "department",
            "member.person",
            "action.responsible",
            "action.department",
            "effect.checker",
        }
    ),
    not_shown={
        **dict.fromkeys(["content.name"], A_KEY),
        **dict.fromkeys(
            ["member.name", "cause.verified_text", "action.cut_in_batch", "submission.note"], BESIDE_OTHERS
        ),
    },
    not_printed={
        **dict.fromkeys(
            [
                "decision_reason",
                "statement",
                "return_reason",
                "cancel_reason",
                "reopen_reason",
                "member.name",
                "containment.method",
                "cause.method",
                "cause.verified_text",
                "action.cut_in_batch",
                "action.proof",
                "effect.words",
                "submission.to",
                "submission.note",
                "submission.words",
            ],
            NO_FORM_ASKS,
        ),
        **dict.fromkeys(["content.name"], A_KEY),
    },
    facts_not_shown={
        **dict.fromkeys(
            [
                "analysed_at",
                "closed_at",
                "contained_at",
                "content.at",
                "content.by",
                "effect.checked_at",
                "opened_at",
                "proven_at",
            ],
            IN_TIME_LINE,
        ),
    },
    doors=all_doors(),
)
