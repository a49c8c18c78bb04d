"""Clause → evidence of a period: kept, late, open, overdue, released and gaps, from journal and obligations alone."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest

from huiyin.complaints.actions import ending, intake
from huiyin.obligations.models import Obligation
from huiyin.procedure.clauses import own_clauses
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.review.counting import evidence
from huiyin.review.evidence import (
    ClauseEvidence,
    DutyCounts,
    TimeSpan,
    exceptions,
    records_showing,
    rules_and_events,
)
from tests.cast import Factory, at, day
from tests.stage import stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("feedback")


def november(works: Factory) -> TimeSpan:
    return TimeSpan.of_days(day("2026-11-01"), day("2026-11-30"), works.procedure)


def clause(works: Factory, key: str, span: TimeSpan | None = None, when: str = "2026-11-20 10:00") -> ClauseEvidence:
    tree = evidence(works.procedure, span or november(works), at=at(when))
    return next(one for top in tree for _, one in top.walk() if one.node.clause.key == key)


def test_every_clause_of_the_procedure_stands_in_the_tree_once(works: Factory) -> None:
    tree = evidence(works.procedure, november(works), at=at("2026-11-20 10:00"))
    keys = [one.node.clause.key for top in tree for _, one in top.walk()]
    assert sorted(keys) == sorted(c.key for c in own_clauses(works.procedure))


def test_half_a_working_day_kept_late_overdue_open_and_released(works: Factory) -> None:
    for minute, when in ((0, "10:00"), (1, "14:32")):  # kept at leisure, late by a minute
        complaint = works.complaint(when=f"2026-11-16 09:0{minute}")
        intake.verify(complaint, "齐全", context=works.context("mei", f"2026-11-16 {when}"))
        intake.forward(complaint, "", context=works.context("mei", f"2026-11-16 {when}"))
    works.complaint(when="2026-11-17 09:00")  # overdue
    works.complaint(when="2026-11-20 09:00")  # open
    gone = works.complaint(when="2026-11-18 09:00")
    ending.withdraw(gone, "装错了", context=works.context("mei", "2026-11-18 10:00"))
    forward = next(f for f in clause(works, "4.3-2").found if f.evidence.key == "forward")
    assert forward.kept == DutyCounts(kept=1, late=1, open=1, overdue=1, cancelled=1)
    assert (forward.kept.judged, forward.kept.rate) == (3, 1 / 3)


def test_a_waiting_customer_makes_nobody_late(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 10:00"))
    forward = next(f for f in clause(works, "4.3-2").found if f.evidence.key == "forward")
    assert forward.kept == DutyCounts(open=1)


def test_another_period_shows_nothing_of_it(works: Factory) -> None:
    told(works, "closed")
    december = TimeSpan.of_days(day("2026-12-01"), day("2026-12-31"), works.procedure)
    assert (clause(works, "4.3-2", december).records, clause(works, "4.3-2", december).kept) == (0, DutyCounts())


def test_the_first_and_the_last_minute_of_a_period_belong_to_it(works: Factory) -> None:
    works.complaint(when="2026-11-01 00:00")
    works.complaint(when="2026-11-30 23:59")
    works.complaint(when="2026-10-31 23:59")
    works.complaint(when="2026-12-01 00:00")
    assert clause(works, "4.1-1").records == 2


def test_a_clause_above_counts_what_is_below_it(works: Factory) -> None:
    told(works, "closed")
    above, below = clause(works, "4.3"), [clause(works, f"4.3-{n}") for n in range(1, 6)]
    assert above.kept == sum((one.kept for one in below), DutyCounts())
    assert above.gap is None


def test_a_gap_says_why(works: Factory) -> None:
    assert clause(works, "4.3-2").gap is not None
    assert clause(works, "4.3-2").gap.zh == "这段时间没有记录"  # type: ignore[union-attr]
    assert "本系统尚未提供" in clause(works, "4.3-3").gap.zh  # type: ignore[union-attr]
    told(works, "forwarded")
    assert clause(works, "4.3-2").gap is None


def test_a_clause_that_is_shown_below_is_no_gap(works: Factory) -> None:
    told(works, "closed")
    above = clause(works, "5")
    assert sum(found.records for found in above.found) == 0
    assert (clause(works, "5.2").gap, above.gap) == (None, None)


def test_a_form_is_shown_by_the_records_it_prints_whatever_opens_them(works: Factory) -> None:
    wanted = StockTakeFacts("密封圈", "piece", "少发三件", Decimal(3), "秦川传动")
    take = stocktaking.open_take(wanted, procedure_id=works.version, context=works.context("lin", "2026-11-16 09:00"))
    one = clause(works, "4.5-4")
    assert {f.evidence.written: f.records for f in one.found if f.records} == {
        "step:stock-take.open": 1,
        "form:stock-take": 1,
    }
    assert [e.number for e in records_showing(one, november(works))] == [take.number]


def test_every_form_has_events_that_show_it(works: Factory) -> None:
    tree = evidence(works.procedure, november(works), at=at("2026-11-20 10:00"))
    forms = [f for top in tree for _, one in top.walk() for f in one.found if f.evidence.kind == "form"]
    assert {f.evidence.key for f in forms if not f.shown} == set()


def test_each_exception_is_shown_the_worst_first(works: Factory) -> None:
    late = works.complaint(when="2026-11-16 09:00")
    intake.verify(late, "齐全", context=works.context("mei", "2026-11-17 09:00"))
    intake.forward(late, "", context=works.context("mei", "2026-11-17 09:10"))
    overdue = works.complaint(when="2026-11-17 09:00")
    found = exceptions(works.procedure, ["forward"], november(works), at=at("2026-11-20 10:00"))
    assert [(u.obligation.record_number, u.how) for u in found] == [
        (late.number, "late"),
        (overdue.number, "overdue"),
    ]


def test_the_records_that_show_a_clause_are_its_journal_entries(works: Factory) -> None:
    story = told(works, "judged")
    one = clause(works, "4.4-1")
    rules, events = rules_and_events(one)
    assert (rules, events[0]) == (["judge"], "complaint.judged")
    rows = records_showing(one, november(works))
    assert [(e.number, e.event) for e in rows] == [(story.complaint.number, "complaint.judged")]


def test_what_is_counted_is_what_journal_and_obligations_hold(works: Factory) -> None:
    told(works, "closed")
    tree = evidence(works.procedure, november(works), at=at("2026-11-20 10:00"))
    found = {f.evidence.key: f.kept for top in tree for _, one in top.walk() for f in one.found if f.kept is not None}
    own = {each.key for each in own_clauses(works.procedure)}
    held = dict(Counter(Obligation.objects.filter(clause__in=own).values_list("rule", flat=True)))
    counted = {key: k.kept + k.late + k.open + k.overdue + k.cancelled for key, k in found.items()}
    assert {key: n for key, n in counted.items() if n} == held
    shown = {f.evidence.key: f.records for top in tree for _, one in top.walk() for f in one.found if f.records}
    assert (shown["complaint.register"], shown["complaint.judge"]) == (1, 1)


def test_what_is_late_belongs_to_the_period_in_which_it_was_opened(works: Factory) -> None:
    """An obligation opened in the first moment of December is none of November's, nor the other way round."""
    last, first = works.complaint(when="2026-11-30 23:59"), works.complaint(when="2026-12-01 00:00")
    december = TimeSpan.of_days(day("2026-12-01"), day("2026-12-31"), works.procedure)
    found = {}
    for name, span in (("november", november(works)), ("december", december)):
        late = exceptions(works.procedure, ["forward"], span, at=at("2026-12-10 10:00"))
        found[name] = [one.obligation.record_number for one in late]
    assert found == {"november": [last.number], "december": [first.number]}
