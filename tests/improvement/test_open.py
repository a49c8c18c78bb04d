"""Opening a case: number, owner, complaints that hang on it, obligations by severity."""

from __future__ import annotations

import pytest

from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from huiyin.improvement.actions import opening
from huiyin.improvement.models import Problem
from huiyin.improvement.values import ProblemFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.records.models import Link
from huiyin.records.relations.relations import linked_records
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def owed(problem: Problem) -> dict[str, object]:
    """What the case owes now: rule → due moment."""
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk)
    return dict(rows.values_list("rule", "due_at"))


def test_a_case_gets_its_number_owner_and_obligations(works: Factory) -> None:
    problem = cases.case(works)
    assert (problem.number, problem.state, problem.phase, problem.owner) == (
        "8D2611-001",
        "open",
        "received",
        works.lin,
    )
    assert owed(problem) == {
        "problem-contain": at("2026-11-17 09:00"),
        "problem-causes": at("2026-11-21 09:00"),
        "problem-actions": at("2026-11-26 09:00"),
        "problem-close": at("2026-12-16 09:00"),
    }
    assert cases.case(works).number == "8D2611-002"


def test_grave_cases_have_less_time(works: Factory) -> None:
    problem = cases.case(works, severity="safety")
    assert owed(problem) == {
        "problem-contain": at("2026-11-17 09:00"),
        "problem-causes-grave": at("2026-11-19 09:00"),
        "problem-actions-grave": at("2026-11-23 09:00"),
        "problem-close-grave": at("2026-12-06 09:00"),
    }


def test_customers_who_ask_for_stricter_deadlines(works: Factory) -> None:
    strict = register_customer(
        CustomerFacts(name="海川机电", code="HC", extra={"deadline_class": "strict"}),
        procedure_id=works.version,
        context=StepContext(works.mei, at("2026-11-16 08:30")),
    )
    problem = cases.case(works, customer=strict)
    assert owed(problem) == {
        "problem-contain": at("2026-11-17 09:00"),
        "problem-causes-strict": at("2026-11-19 09:00"),
        "problem-actions-strict": at("2026-11-23 09:00"),
        "problem-close-strict": at("2026-12-06 09:00"),
    }


def test_severity_and_title_are_required(works: Factory) -> None:
    assert refused(lambda: cases.case(works, severity="")) == ["请填写“严重程度”"]
    assert refused(lambda: cases.case(works, title=""), "en") == ["Fill in “Title”"]
    assert Problem.objects.count() == 0


def test_who_may_open(works: Factory) -> None:
    assert refused(lambda: cases.case(works, "peng"), "en") == [
        "This step belongs to the head of any department, General Manager's Office, Quality, Customer Service"
    ]
    assert cases.case(works, "mei").owner == works.mei
    assert cases.case(works, "mei", owner=works.lin).owner == works.lin


def test_complaints_hang_on_it_and_both_say_so(works: Factory) -> None:
    one, other = works.complaint(), works.complaint()
    problem = opening.open_problem(
        ProblemFacts(title="漏油", severity="function"),
        procedure_id=works.version,
        cases=[one],
        context=works.context("lin", "2026-11-16 10:00"),
    )
    opening.attach_case(problem, other, context=works.context("lin", "2026-11-16 11:00"))
    lin = works.context("lin", "2026-11-16 11:00").actor
    assert lin is not None
    assert [tied.record.number for tied in linked_records(problem, lin)] == [one.number, other.number]
    assert [tied.label.show("en") for tied in linked_records(one, lin)] == ["Problem case"]
    link = linked_records(problem, lin)[0].link_id
    tie = Link.objects.get(pk=link)
    opening.detach_case(problem, tie, one, "另有原因", context=works.context("lin", "2026-11-16 12:00"))
    assert [tied.record.number for tied in linked_records(problem, lin)] == [other.number]
    again = refused(lambda: opening.detach_case(problem, tie, one, context=works.context("lin", "2026-11-16 12:01")))
    assert again == ["这条关联已经解除"]
    said = [sentence(e, "en") for e in Entry.objects.filter(kind="problem").order_by("sequence")]
    assert said == [
        "林志远 opened the case: 漏油",
        f"林志远 attached {other.number}",
        f"林志远 detached {one.number}: 另有原因",
    ]
    assert verify().code == 0


def test_handing_over_takes_the_obligations_along(works: Factory) -> None:
    problem = cases.case(works)
    opening.hand_over(problem, works.tao, "技术问题", context=works.context("lin", "2026-11-16 10:00"))
    rows = Obligation.objects.filter(OPEN, record_id=problem.pk, kind="problem")
    assert set(rows.values_list("owner_person", flat=True)) == {works.tao.pk}
    entry = Entry.objects.get(event="problem.handed_over")
    assert list(Notice.objects.filter(entry_id=entry.pk, person=works.tao).values_list("kind", flat=True)) == [
        "problem"
    ]
    again = refused(lambda: opening.hand_over(problem, works.tao, context=works.context("tao", "2026-11-16 10:01")))
    assert again == ["陶工已经是负责人"]


def test_correcting_the_facts_leaves_the_owner(works: Factory) -> None:
    problem = cases.case(works)
    facts = ProblemFacts(title="管接头漏油", severity="appearance", model="HY-41")
    opening.change_facts(problem, facts, context=works.context("lin", "2026-11-16 10:00"))
    assert (problem.title, problem.model, problem.severity, problem.owner) == (
        "管接头漏油",
        "HY-41",
        "appearance",
        works.lin,
    )
    entry = Entry.objects.filter(kind="problem").latest("sequence")
    assert entry.changes["title"] == ["接头漏油", "管接头漏油"]
