"""One complaint, the same facts, under two written procedures:
departments, deadlines, numbers, forms and routes differ.
"""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from huiyin.complaints.actions import judging
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.obligations.models import Notice, Obligation
from huiyin.procedure.explain import explain_due
from huiyin.procedure.versions import Signer, adopt
from huiyin.records.steps.refusals import Refused
from tests.cast import Factory, at, factory, pack
from tests.story import Story, told

pytestmark = pytest.mark.django_db

MONDAY = "2026-11-16 09:00"


@dataclass(frozen=True)
class Lived:
    """What became of the complaint in one company."""

    number: str
    states: list[str]
    clauses: dict[str, str]
    departments: dict[str, str]
    due: dict[str, str]
    forms: list[tuple[str, str]]


def lived(key: str) -> Lived:
    """The whole life of the complaint under one pack, ten minutes from step to step."""
    works = factory(key)
    story = Story(works, MONDAY)
    states = [story.complaint.state]
    for _, chapter in Story.WAY:
        getattr(story, chapter)()
        states.append(story.complaint.state)
    entries = Entry.objects.filter(kind="complaint").order_by("sequence").values_list("event", "clause")
    due = Obligation.objects.order_by("id").values_list("rule", "original_due_at")
    zone = works.procedure.zone
    return Lived(
        story.complaint.number,
        list(dict.fromkeys(states)),
        dict(entries),
        {f: works.procedure.role_label(f).zh for f in ("reception", "quality", "production", "management")},
        {rule: f"{moment.astimezone(zone):%m-%d %H:%M}" for rule, moment in due},
        [(f.number, f.title.zh) for f in works.procedure.forms_of("complaint") if f.layout],
    )


def test_under_the_feedback_procedure() -> None:
    found = lived("feedback")
    assert found.number == "FK261116-01"
    assert found.states == [
        "registered",
        "verified",
        "forwarded",
        "judged",
        "handling",
        "concluded",
        "answered",
        "accepted",
        "closed",
    ]
    assert found.departments == {
        "reception": "营销支持科",
        "quality": "质量部",
        "production": "生产车间",
        "management": "总经理",
    }
    # registered 09:00, verified 09:10, forwarded 09:20, judged 09:30, assigned 09:40, answered 09:50, approved 10:00,
    # concluded 10:10, answered 10:20, accepted 10:30
    assert found.due == {
        "forward": "11-16 14:30",
        "judge": "11-17 09:20",
        "assign": "11-16 15:00",
        "conclude": "11-19 09:40",
        "measures": "11-18 09:40",
        "review-measures": "11-16 15:20",
        "carry-out": "11-20 17:30",
        "answer": "11-16 15:40",
        "customer-opinion": "11-19 10:20",
        "close": "11-18 10:30",
    }
    assert found.forms == [
        ("—", "客户反馈登记表"),
        ("—", "问题反馈分析改善表"),
        ("—", "质量损失核算单"),
    ]
    assert found.clauses["complaint.forwarded"] == "4.3-2"
    assert found.clauses["task.answered"] == "4.5-2"
    assert "complaint.verdict_approved" not in found.clauses


def test_under_the_communication_procedure() -> None:
    found = lived("communication")
    assert found.number == "TS2026-001"
    assert found.states == [
        "registered",
        "verified",
        "judged",
        "handling",
        "concluded",
        "decided",
        "answered",
        "accepted",
        "called_back",
        "closed",
    ]
    assert found.departments == {
        "reception": "供销部",
        "quality": "质量部",
        "production": "生产部",
        "management": "董事长/管理者代表",
    }
    assert found.due == {
        "verify": "11-16 14:30",
        "answer": "11-23 09:00",
        "judge": "11-16 14:40",
        "eight-steps": "11-17 09:20",
        "assign": "11-16 11:20",
        "conclude": "11-19 09:30",
        "measures": "11-18 09:30",
        "review-measures": "11-16 15:20",
        "carry-out": "11-20 17:30",
        "verdict-approval": "11-16 15:40",
        "customer-opinion": "11-19 10:30",
        "call-back": "11-23 10:40",
        "close": "11-18 10:50",
    }
    assert found.forms == [
        ("Q/SX•G4•G09—05", "客户投诉登记表"),
        ("Q/SX•G4•G09—06", "内部联络单"),
        ("—", "质量损失核算单"),
    ]
    assert found.clauses["complaint.verdict_approved"] == "5.4.6.2"
    assert "complaint.forwarded" not in found.clauses


@pytest.mark.parametrize(
    ("key", "told_of"),
    [
        ("feedback", {"complaint.forwarded": ["lin", "qian", "tao"]}),
        ("communication", {"complaint.registered": ["ku", "lin", "qian", "song"]}),
    ],
)
def test_who_hears_of_it_first(key: str, told_of: dict[str, list[str]]) -> None:
    told(factory(key), "forwarded")
    found = {
        event: sorted(
            Notice.objects.filter(entry_id__in=Entry.objects.filter(event=event).values("pk")).values_list(
                "person__username", flat=True
            )
        )
        for event in told_of
    }
    assert found == told_of


def refused(works: Factory, who: str, chapter: str) -> list[str]:
    """Why ``who`` may not judge a complaint that stands at ``chapter``."""
    story = told(works, chapter)
    with pytest.raises(Refused) as why:
        judging.judge(story.complaint, story.judged(), context=story.context(who))
    return [r.show("zh") for r in why.value.reasons]


def test_quality_judges_after_the_sheet_here_and_after_verification_there() -> None:
    assert refused(factory("feedback"), "lin", "verified") == ["现在处于“信息已核实”，不能“初步分析，确定责任部门”"]


def test_and_there_management_may_judge_too() -> None:
    works = factory("communication")
    story = told(works, "verified")
    judging.judge(story.complaint, story.judged(), context=story.context("zong"))
    assert story.complaint.state == "judged"


def test_a_complaint_keeps_the_procedure_it_was_registered_under() -> None:
    works = factory("feedback")
    story = told(works, "judged")
    adopt(
        pack("communication"),
        drafted_by=Signer("钱卫东"),
        reviewed_by=Signer("白办公"),
        approved_by=Signer("总经理赵"),
        at=story.now,
    )
    story.handle()
    story.conclude()
    story.answer()
    row = Obligation.objects.get(rule="measures")
    assert (story.complaint.state, row.procedure_id) == ("answered", works.version)
    assert (row.due_at - row.base_at).total_seconds() == 48 * 3600
    later = Complaint(procedure_id=story.complaint.procedure_id)
    assert later.procedure_id == works.version


def test_the_command_line_explains_the_same_due_moments() -> None:
    said = {key: explain_due(pack(key), "measures", at("2026-11-16 09:40")).at for key in ("feedback", "communication")}
    assert said == {"feedback": at("2026-11-18 09:40"), "communication": at("2026-11-18 09:40")}
    friday = {
        key: explain_due(pack(key), "measures", at("2026-11-20 09:40")).at for key in ("feedback", "communication")
    }
    assert friday == {"feedback": at("2026-11-22 09:40"), "communication": at("2026-11-24 09:40")}
