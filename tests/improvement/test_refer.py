"""Referring to an earlier 8D: same customer or product, its D4 is there, and it is no reference itself."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import moving, opening, submitting
from huiyin.improvement.models import Problem
from huiyin.obligations.models import OPEN, Obligation
from tests.cast import Factory
from tests.improvement import cases
from tests.improvement.cases import refused
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def refer(works: Factory, here: Problem, other: Problem, when: str = "2026-11-20 10:00") -> list[str]:
    return refused(lambda: opening.refer(here, other, "同一批", context=works.context("lin", when)))


def test_a_case_refers_to_one_whose_causes_are_found(works: Factory) -> None:
    other, here = cases.through(works, cases.analysed), cases.case(works)
    assert refer(works, here, other) == []
    here.refresh_from_db()
    assert (here.state, here.phase, here.refers_to) == ("referred", "closed", other)
    assert not Obligation.objects.filter(OPEN, kind="problem", record_id=here.pk).exists()


def test_or_to_one_whose_d4_was_submitted(works: Factory) -> None:
    other, here = cases.case(works), cases.case(works)
    number = other.number
    assert refer(works, here, other) == [f"{number} 还没有提交 D4"]
    submitting.submit(other, "SQE", "D3", "", context=works.context("lin", "2026-11-18 09:00"))
    assert refer(works, here, other) == [f"{number} 还没有提交 D4"]
    submitting.submit(other, "SQE", "D4", "", context=works.context("lin", "2026-11-18 10:00"))
    assert refer(works, here, other) == []


def test_neither_customer_nor_product_in_common(works: Factory) -> None:
    other, here = cases.through(works, cases.analysed), cases.case(works, model="QT-9")
    assert refer(works, here, other) == [f"{other.number} 既不是同一客户，也不是同一产品"]
    here.refresh_from_db()
    assert (here.refers_to, here.state) == (None, "open")


def test_references_are_no_chain(works: Factory) -> None:
    root, middle, here = cases.through(works, cases.analysed), cases.case(works), cases.case(works)
    assert refer(works, middle, root) == []
    assert refer(works, here, middle) == [f"{middle.number} 本身是引用", f"{middle.number} 还没有提交 D4"]


def test_a_cancelled_case_is_nothing_to_refer_to(works: Factory) -> None:
    other, here = cases.through(works, cases.analysed), cases.case(works)
    moving.cancel(other, "误立", context=works.context("qian", "2026-11-19 09:00"))
    assert refer(works, here, other) == [f"{other.number} 已撤销"]


def test_a_reference_taken_up_again_is_worked_on_itself(works: Factory) -> None:
    other, here = cases.through(works, cases.analysed), cases.case(works)
    refer(works, here, other)
    moving.reopen(here, "不是同一原因", context=works.context("lin", "2026-11-21 09:00"))
    assert (here.state, here.refers_to, here.revision) == ("contained", None, 1)


def test_a_case_does_not_refer_to_itself(works: Factory) -> None:
    here = cases.through(works, cases.contained)
    assert refer(works, here, here) == [
        "不能引用自己",
        f"{here.number} 本身是引用",
        f"{here.number} 还没有提交 D4",
    ]
