"""Complaints and the departments' tasks."""

from __future__ import annotations

from typing import Any

from huiyin.obligations.models import Obligation
from huiyin.records.comments import comment
from huiyin.records.files.files import attach
from huiyin.records.models import Attachment
from tests.kinds.matrix import (
    BESIDE_OTHERS,
    FORBIDDEN,
    GONE,
    IN_ITS_FORM,
    IN_TIME_LINE,
    NO_FORM_ASKS,
    NOBODY,
    OVERSEE,
    Door,
    KindMatrix,
    doors,
    own,
    part_doors,
    usual_doors,
)
from tests.records.office import picture, upload
from tests.story import Story

SEES = frozenset({"mei", "song", "peng", "tao"}) | OVERSEE
RECORD = "complaints/<str:number>"


def sample(company: Any) -> dict[str, str]:
    """A complaint judged and given to production, with a file, a comment and open obligations."""
    works = company.works
    story = Story(works, customer=company.customer, problem="鲸鱼座接头漏油", model="NX-31", batch="GQ8083")
    story.until("judged")
    story.assign()
    attach(story.complaint, upload("蝎虎座.png", picture()), actor=works.mei, at=story.now)
    comment(story.complaint, "天鹅座请尽快", actor=works.mei, at=story.now)
    company.story = story
    record = {"kind": "complaint", "record_id": story.complaint.pk}
    return {
        "complaint": story.complaint.number,
        "task": str(story.complaint.tasks.get().pk),
        "picture": str(Attachment.objects.get(**record).pk),
        "owed_on_complaint": str(Obligation.objects.filter(**record).order_by("id")[0].pk),
        "form": "complaint-register",
    }


def all_doors() -> dict[str, list[Door]]:
    """Its addresses; engineering sees all complaints, production (peng) those on which it has a task."""
    return {
        **usual_doors("complaint", "complaints", SEES),
        **part_doors(
            "complaint", "task", f"{RECORD}/tasks/<int:task_id>", "/complaints/{complaint}/tasks/{task}", SEES
        ),
        "complaints/board": own("/complaints/board"),
        "complaints/lookup": own("/complaints/lookup"),
        "complaints/resembling": own("/complaints/resembling"),
        "sheets/<slug:kind>/<str:number>/<str:form>.<slug:suffix>": [
            *doors(
                SEES, "200", FORBIDDEN, [f"/sheets/complaint/{{complaint}}/{{form}}.{one}" for one in ("pdf", "xlsx")]
            ),
            *doors(NOBODY, GONE, FORBIDDEN, ["/sheets/complaint/{complaint}/none.pdf"]),
        ],
        "obligations/<int:pk>": doors(SEES, "200", FORBIDDEN, ["/obligations/{owed_on_complaint}"]),
        "files/<int:pk>/preview": doors(SEES, "200", FORBIDDEN, ["/files/{picture}/preview"]),
        "files/<int:pk>/<str:name>": doors(SEES, "200", FORBIDDEN, ["/files/{picture}/x.png"]),
        # taken off by who put it there, by heads, by administrators
        "files/<int:pk>/removal": [
            Door(
                "/files/{picture}/removal",
                SEES,
                FORBIDDEN,
                "302 /complaints/{complaint}",
                but=frozenset({"peng", "lin", "jian"}),
            )
        ],
    }


MATRIX = KindMatrix(
    kind="complaint",
    room="complaints",
    after=("customer",),
    sees=SEES,
    number="FK261116-01",
    sample=sample,
    marks=frozenset({"FK261116-01", "鲸鱼座", "天鹅座", "蝎虎座", "NX-31", "GQ8083"}),
    questions=(
        "/complaints/?count=all&totals=1",
        "/complaints/?q=漏油",
        "/complaints/?customer=海川&open=1",
        "/complaints/?late=0",
        "/complaints/board",
        "/complaints/lookup?q=FK",
        "/complaints/lookup?q=海川",
        "/complaints/resembling?caller_phone=13900001111&model=NX-31&problem=接头漏油了",
        "/obligations/?whose=all",
        "/search?q=漏油",
        "/search?q=FK2611",
        "/search/suggest?q=漏油",
    ),
    seen_by=frozenset({"owner", "opened_by", "transfer_to", "task.department"}),
    not_shown={
        **dict.fromkeys(
            ["caller_name", "transfer_reason", "refusal_reason", "reopen_reason", "call.words"], BESIDE_OTHERS
        ),
        **dict.fromkeys(["demand.note"], IN_ITS_FORM),
    },
    not_printed={
        **dict.fromkeys(
            [
                "caller_name",
                "defect",
                "transfer_reason",
                "refusal_reason",
                "reopen_reason",
                "task.question",
                "task.decline_reason",
                "task.return_reason",
                "measure.done_note",
                "remedy.decision_note",
                "answer.decided_by_name",
                "call.words",
                "promise.text",
                "promise.kept_note",
            ],
            NO_FORM_ASKS,
        ),
    },
    facts_not_shown={
        **dict.fromkeys(
            [
                "accepted_at",
                "answer.decided_at",
                "answered_at",
                "closed_at",
                "demand.decided_at",
                "opened_at",
                "promise.kept_at",
                "remedy.asked_at",
                "remedy.decided_at",
                "task.answered_at",
                "task.assigned_at",
                "task.carried_out_at",
                "task.verified_at",
                "demand.decided_by",
                "promise.made_by",
                "remedy.asked_by",
                "task.answered_by",
                "task.approved_by",
                "task.assigned_by",
                "task.verified_by",
                "verdict_by",
            ],
            IN_TIME_LINE,
        ),
    },
    doors=all_doors(),
)
