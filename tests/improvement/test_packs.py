"""What each company's procedure makes of a problem case."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import moving, submitting
from huiyin.improvement.models import Problem
from huiyin.improvement.suppliers import actions
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory, at, day, factory, pack
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.improvement.suppliers import scars

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # what differs between packs differs in both


def owed(problem: Problem) -> dict[str, object]:
    rows = Obligation.objects.filter(OPEN, kind="problem", record_id=problem.pk)
    return dict(rows.order_by("rule").values_list("rule", "due_at"))


def test_feedback_interim_measures_cover_shop_floor_and_stock() -> None:
    """P2 4.6: every department's 8D has its interim measures on shop floor and in stock first."""
    works = factory("feedback")
    problem = cases.described(works, cases.case(works, "shen", department=works.shen.department))
    contain = lambda: moving.contain(problem, "", context=works.context("peng", "2026-11-16 15:00"))  # noqa: E731
    assert refused(contain) == ["还没有登记生产现场", "还没有登记库存", "请先完成遏制，或说明为什么不需要"]
    stock = {"suspect": 50, "inspected": 50, "ok": 48, "ng": 2, "scrapped": 2}
    cases.row(works, problem, "containment", location="finished", **stock)
    assert refused(contain) == ["还没有登记生产现场"]
    floor = cases.row(works, problem, "containment", location="shop-floor", suspect=20)
    assert refused(contain) == [
        "生产现场：还没有填写已检数量",
        "生产现场：还没有填写合格数量",
        "生产现场：还没有填写不合格数量",
    ]
    cases.changed(works, floor, inspected=20, ok=20, ng=0)
    assert refused(contain) == []
    assert problem.state == "contained"


def test_feedback_goes_the_whole_way() -> None:
    works = factory("feedback")
    problem = cases.case(works)
    cases.row(works, problem, "containment", location="shop-floor", suspect=0, inspected=0, ok=0, ng=0)
    for stretch in cases.WAY:
        stretch(works, problem)
    assert (problem.phase, owed(problem)) == ("closed", {})


class Eight:
    """An eight-step sheet that is done and waits for the customer."""

    def __init__(self) -> None:
        self.works: Factory = factory("communication")
        self.problem = cases.through(self.works, cases.prevented)

    def give(self, when: str) -> None:
        submitting.submit(self.problem, "周厂 SQE", "D8", "", context=self.works.context("mei", when))

    def opinion(self, decision: str, when: str) -> None:
        one = self.problem.submissions.latest("id")
        submitting.decide_submission(one, decision, None, "", context=self.works.context("mei", when))

    def approve(self, when: str) -> list[str]:
        return refused(lambda: moving.approve(self.problem, "", context=self.works.context("qian", when)))


def test_communication_goes_round_until_the_customer_is_satisfied() -> None:
    """P1 5.4.4.3: the sheet goes to the customer; not satisfied means another round."""
    eight = Eight()
    assert eight.problem.number == "BBF2026-001"
    assert eight.approve("2026-12-14 09:00") == ["客户还没有认可报告"]
    eight.give("2026-12-14 10:00")
    assert eight.approve("2026-12-14 11:00") == ["提交给周厂 SQE的报告还没有答复", "客户还没有认可报告"]
    eight.opinion("rejected", "2026-12-15 09:00")
    assert eight.approve("2026-12-15 10:00") == ["客户还没有认可报告"]
    assert owed(eight.problem)["problem-submit-again"] == at("2026-12-18 09:00")
    works, problem = eight.works, eight.problem
    moving.return_report(problem, "客户要求二线也改", context=works.context("lin", "2026-12-15 11:00"))
    assert problem.state == "proven"
    cases.row(
        works,
        problem,
        "deployment",
        scope="line",
        name="二线",
        applies=True,
        done_on=day("2026-12-16"),
        when="2026-12-16 09:00",
    )
    moving.prevent(problem, "", context=works.context("lin", "2026-12-16 10:00"))
    eight.give("2026-12-16 11:00")
    eight.opinion("accepted", "2026-12-17 09:00")
    assert eight.approve("2026-12-17 10:00") == []
    assert (problem.phase, owed(problem)) == ("closed", {})
    first, second = problem.submissions.order_by("id")
    assert ("deployment" in str(first.content), second.content["sections"]["D7"]["rows"]["deployment"][0]["name"]) == (
        True,
        "二线",
    )
    assert first.content["sections"]["D7"]["rows"]["deployment"] == []
    assert verify().code == 0


def test_complaint_measures_an_abnormality_without_loss() -> None:
    """P6 3: without loss the abnormality sheet is enough; a loss asks for the report."""
    works = factory("complaint-measures")
    problem = cases.case(works, "mei", path="statement", department=works.shen.department, owner=works.mei)
    assert problem.number == "YC202611-01"
    answer = lambda: moving.settle(problem, "已改善包装", context=works.context("peng", "2026-11-17 09:00"))  # noqa: E731
    cost = cases.row(works, problem, "cost", cost="scrap", planned=200)
    lost = cases.row(works, problem, "cost", cost="freight", actual=100)
    assert refused(answer) == ["已造成损失，不能走简易处理"]
    cases.changed(works, lost, actual=None)
    cost.refresh_from_db()
    assert refused(answer) == []
    rows = Obligation.objects.filter(OPEN, record_id=problem.pk, kind="problem", rule="problem-statement-approval")
    assert [row.owner_department.key for row in rows if row.owner_department] == ["office"]
    moving.approve(problem, "已确认", context=works.context("bai", "2026-11-18 09:00"))
    assert (problem.phase, owed(problem)) == ("closed", {})


@pytest.mark.parametrize(
    ("key", "clause"),
    [("feedback", "4.6"), *(("communication", key) for key in ("5.4.4.2", "5.4.4.3", "5.4.4.4", "7g"))],
)
def test_clauses_on_8d_have_their_evidence(key: str, clause: str) -> None:
    evidence = {one.partition(":")[2].partition(".")[0] for one in pack(key).clause(clause).evidence}
    assert evidence & {"problem", "8d-report", "eight-step-sheet"}


def test_a_procedure_without_the_whole_8d_opens_cases_of_its_own_way() -> None:
    assert cases.case(factory("service-process"), path=Problem.FULL).path == Problem.CAPA


@pytest.mark.parametrize("key", ["communication", "feedback", "complaint-measures", "service-process"])
def test_every_pack_leads_a_request_to_a_supplier_to_its_end(key: str) -> None:
    works = factory(key)
    by = "cai" if "purchasing" in {f for d in works.procedure.departments for f in d.functions} else "qian"
    scar = scars.drafted(works, by=by)
    actions.issue(scar, scars.UNTIL, context=works.context(by, scars.NOON))
    actions.answer(scar, scars.GIVEN, context=scars.replace(works.context(by, scars.NOON), actor=None))
    actions.accept(scar, day("2026-12-10"), "", context=works.context("lin", "2026-11-17 11:00"))
    actions.verify(scar, "好", context=works.context("lin", "2026-12-10 11:00"))
    actions.close(scar, "", context=works.context(by, "2026-12-10 12:00"))
    assert scar.state == "closed"
