"""Requests to suppliers step by step: who may, what is owed until when, what the journal says."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from huiyin.improvement.suppliers import actions
from huiyin.improvement.suppliers.links import digest_of, request_for_secret
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.kernel.text import t
from huiyin.obligations.models import Notice, Obligation
from huiyin.obligations.site_days import enter_site_day
from huiyin.records.print.forms import PrintJob
from huiyin.records.relations.relations import linked_records
from huiyin.records.search.search import search
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.review.counting import evidence
from huiyin.review.evidence import DutyCounts, TimeSpan, exceptions
from tests.cast import Factory, at, day
from tests.improvement import cases
from tests.improvement.suppliers import scars
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def owed(scar: Any) -> dict[str, tuple[str, str]]:
    """What is open: rule, who owes it, until when (site time)."""
    rows = Obligation.objects.filter(kind="scar", record_id=scar.pk, fulfilled_at=None, cancelled_at=None)
    return {
        row.rule: (
            row.owner_person.username if row.owner_person else row.owner_department.key if row.owner_department else "",
            row.due_at.astimezone(at("2026-11-16 09:00").astimezone().tzinfo).strftime("%m-%d"),
        )
        for row in rows
    }


def fresh(works: Factory, name: str = "lin") -> Any:
    """A person as a request loads them."""
    return works.context(name, "2026-12-11 09:00").actor


def refused(act: Any) -> list[str]:
    with pytest.raises(Refused) as found:
        act()
    return [*(r.zh for r in found.value.reasons), *found.value.fields]


def test_from_request_to_end(works: Factory) -> None:
    case = cases.case(works)
    scar = scars.drafted(works, case)
    assert scar.number == "SCAR2611-001"
    assert (scar.state, owed(scar)) == ("draft", {"scar-issue": ("cai", "11-17")})
    secret = actions.issue(scar, scars.UNTIL, context=works.context("cai", "2026-11-16 11:00"))
    assert (scar.state, owed(scar)) == ("issued", {"scar-answer": ("cai", "11-23")})
    assert scar.link_digest == digest_of(secret)
    actions.answer(scar, scars.GIVEN, context=works.context("cai", "2026-11-20 10:00"))
    assert (scar.state, owed(scar)) == ("answered", {"scar-review": ("quality", "11-25")})
    actions.accept(scar, day("2026-12-10"), "可以", context=works.context("lin", "2026-11-20 15:00"))
    assert (scar.state, owed(scar)) == ("accepted", {"scar-effect": ("quality", "12-10")})
    actions.verify(scar, "连续三批无不良", context=works.context("lin", "2026-12-10 15:00"))
    assert (scar.state, owed(scar)) == ("verified", {"scar-close": ("cai", "12-15")})
    actions.close(scar, "", context=works.context("cai", "2026-12-11 09:00"))
    assert (scar.state, scar.link_digest, owed(scar)) == ("closed", "", {})
    assert [one.record.number for one in linked_records(case, fresh(works))] == [scar.number]
    assert [one.record.number for one in linked_records(scar, fresh(works))] == [case.number]
    assert verify().fault is None


def test_a_returned_answer_is_owed_anew_and_the_link_outlives_its_day(works: Factory) -> None:
    scar = scars.answered(works)
    again = works.context("lin", "2026-11-20 15:00")
    actions.return_answer(scar, "流出原因不成立", day("2027-03-01"), context=again)
    assert (scar.state, scar.return_reason, scar.link_until) == (
        "returned",
        "流出原因不成立",
        day("2027-03-01"),
    )
    assert owed(scar) == {"scar-answer-again": ("cai", "03-01")}
    actions.answer(scar, scars.GIVEN, context=works.context("cai", "2026-11-24 10:00"))
    assert [row.round for row in scar.answers.order_by("round")] == [1, 2]
    assert (scar.state, scar.return_reason) == ("answered", "")


def test_without_effect_the_supplier_starts_anew(works: Factory) -> None:
    scar = scars.accepted(works)
    actions.fail(scar, "又出现 3 件", day("2026-12-20"), context=works.context("lin", "2026-12-10 10:00"))
    assert (scar.state, owed(scar)) == ("returned", {"scar-answer-after-failure": ("cai", "12-20")})


def test_what_is_refused(works: Factory) -> None:
    late = scars.drafted(works, answer_due=day("2026-11-16"))
    sent = works.context("cai", scars.NOON)
    assert refused(lambda: actions.issue(late, scars.UNTIL, context=sent)) == ["答复期限必须在今天以后，请先更正"]
    scar = scars.drafted(works)
    assert refused(lambda: actions.issue(scar, day("2026-11-15"), context=sent)) == ["link_until"]
    assert refused(lambda: actions.renew_link(scar, scars.UNTIL, context=sent)) != []
    assert refused(lambda: actions.issue(scar, scars.UNTIL, context=works.context("peng", scars.NOON))) != []
    actions.issue(scar, scars.UNTIL, context=sent)
    for name, given in {"inspected": {"stock": 1}, "bad": {"bad": 7}, "escape": {"escape": " "}}.items():
        wrong = scars.replace(scars.GIVEN, **given)
        assert refused(lambda one=wrong: actions.answer(scar, one, context=sent)) == [name]
    assert scar.answers.count() == 0


def test_nobody_reviews_what_they_entered_nor_proves_what_they_own(works: Factory) -> None:
    scar = scars.drafted(works, by="lin")
    actions.issue(scar, scars.UNTIL, context=works.context("lin", scars.NOON))
    actions.answer(scar, scars.GIVEN, context=works.context("lin", "2026-11-17 10:00"))
    day_ = day("2026-12-10")
    own = works.context("lin", "2026-11-17 11:00")
    assert refused(lambda: actions.accept(scar, day_, "", context=own)) == ["答复由您代录，须由别人审核"]
    actions.accept(scar, day_, "", context=works.context("qian", "2026-11-17 11:00"))
    assert refused(lambda: actions.verify(scar, "好", context=works.context("lin", "2026-12-10 11:00"))) == [
        "效果须由负责人以外的人验证"
    ]


def test_a_link_lives_until_it_is_renewed_past_its_day_or_ended(works: Factory) -> None:
    scar, secret = scars.issued(works)
    noon = at(scars.NOON)
    assert request_for_secret(secret, at=noon) == scar
    other = actions.renew_link(scar, scars.UNTIL, context=works.context("cai", scars.NOON))
    assert (request_for_secret(secret, at=noon), request_for_secret(other, at=noon)) == (None, scar)
    assert request_for_secret(other, at=at("2027-01-22 23:59")) == scar
    assert request_for_secret(other, at=at("2027-01-23 00:00")) is None
    actions.cancel(scar, "查明不是供方所致", context=works.context("cai", "2026-11-17 10:00"))
    assert request_for_secret(other, at=noon) is None
    assert owed(scar) == {}
    assert all(secret not in str(entry.particulars) + str(entry.changes) for entry in Entry.objects.all())


def test_the_supplier_speaks_in_the_time_line(works: Factory) -> None:
    scar, _ = scars.issued(works)
    actions.answer(scar, scars.GIVEN, context=scars.replace(works.context("cai", "2026-11-20 10:00"), actor=None))
    line = timeline("scar", scar.pk)[0]
    assert line.who.zh == "张三（永固铸造）"
    assert line.text.zh == "供方 张三 通过链接答复（第 1 次）：刀具寿命 500 件强制更换"
    assert Entry.objects.filter(kind="scar").latest("id").actor_id is None
    assert [hit.number for hit in search(fresh(works), "刀具寿命")] == [scar.number]


def test_the_sheet_holds_request_and_answer(works: Factory) -> None:
    from huiyin.improvement.suppliers.sheet import request_sheet

    for scar in (scars.drafted(works), scars.answered(works)):
        form = works.procedure.form("scar")
        printing = PrintJob(scar, works.procedure, form, fresh(works), at("2026-11-21 09:00"), "zh")
        said = str(request_sheet(printing))
        assert ("刀具磨损" in said, "沟槽深度" in said) == (scar.state == "answered", True)


def test_more_time_to_answer_moves_what_is_owed_and_what_the_supplier_reads(works: Factory) -> None:
    scar, secret = scars.issued(works, cases.case(works))
    assert owed(scar) == {"scar-answer": ("cai", "11-23")}
    soon = works.context("cai", "2026-11-20 10:00")
    assert refused(lambda: actions.extend(scar, day("2026-11-23"), "模具在修", context=soon)) == ["answer_due"]
    assert refused(lambda: actions.extend(scar, day("2026-11-27"), "", context=soon)) == ["extend_reason"]
    actions.extend(scar, day("2026-11-27"), "模具在修", context=soon)
    assert (scar.state, owed(scar)) == ("issued", {"scar-answer-extended": ("cai", "11-27")})
    assert scars.Supplier(secret).get().text.count("2026-11-27") > 0
    actions.extend(scar, day("2027-02-01"), "等第三方检测", context=works.context("qian", "2026-11-26 10:00"))
    assert (owed(scar), scar.link_until) == ({"scar-answer-extended": ("cai", "02-01")}, day("2027-02-01"))
    assert (
        timeline("scar", scar.pk)[0].text.en
        == "钱卫东 extended the time to answer from 2026-11-27 to 2027-02-01: 等第三方检测"
    )
    actions.answer(scar, scars.GIVEN, context=works.context("cai", "2026-12-01 10:00"))
    assert list(owed(scar)) == ["scar-review"]
    assert refused(lambda: actions.extend(scar, day("2027-03-01"), "再等", context=soon)) != []
    assert verify().code == 0


def test_days_asked_of_a_supplier_lie_ahead(works: Factory) -> None:
    """Today is too early for a new answer or a check of its effect; a link may still end today."""
    scar = scars.answered(works)
    sent = works.context("lin", "2026-11-20 15:00")
    today, tomorrow = day("2026-11-20"), day("2026-11-21")
    assert refused(lambda: actions.accept(scar, today, "可以", context=sent)) == ["effect_due"]
    assert refused(lambda: actions.return_answer(scar, "没有根本原因", today, context=sent)) == ["answer_due"]
    actions.accept(scar, tomorrow, "可以", context=sent)
    assert (scar.state, scar.effect_due) == ("accepted", tomorrow)


def test_a_link_ends_today_at_the_earliest(works: Factory) -> None:
    scar, sent = scars.drafted(works), works.context("cai", "2026-11-16 11:00")
    assert refused(lambda: actions.issue(scar, day("2026-11-15"), context=sent)) == ["link_until"]
    actions.issue(scar, day("2026-11-16"), context=sent)
    assert scar.link_until == day("2026-11-16")


def test_no_more_is_inspected_than_was_suspect(works: Factory) -> None:
    counted = {"inspected": Decimal(200), "good": Decimal(180), "bad": Decimal(20)}
    assert refused(lambda: scars.answered(works, stock=Decimal(199), **counted)) == ["inspected"]
    assert scars.answered(works, stock=Decimal(200), **counted).state == "answered"


def test_after_a_return_the_new_day_may_be_extended_too(works: Factory) -> None:
    scar = scars.answered(works)
    actions.return_answer(scar, "没有流出原因", day("2026-11-27"), context=works.context("lin", "2026-11-20 15:00"))
    actions.extend(scar, day("2026-12-04"), "供方出差", context=works.context("cai", "2026-11-21 09:00"))
    assert owed(scar) == {"scar-answer-extended": ("cai", "12-04")}


def standing(works: Factory, scar: Any, when: str) -> tuple[DutyCounts, list[tuple[str, str]]]:
    """What the clause of the supplier's answer shows of it, and what stands there as late."""
    span = TimeSpan.of_days(day("2026-11-01"), day("2026-12-31"), works.procedure)
    tree = evidence(works.procedure, span, at=at(when))
    found = next(one for top in tree for _, one in top.walk() if one.node.clause.key == "B11.2")
    rules = [one.evidence.key for one in found.found if one.evidence.kind == "obligation"]
    late = exceptions(works.procedure, rules, span, at=at(when))
    return found.kept, [(one.obligation.rule, one.how) for one in late]


def test_a_day_that_was_missed_stays_missed_when_it_is_extended(works: Factory) -> None:
    """The first day passes on 23 November; extending it on the 25th makes nobody punctual."""
    scar, _ = scars.issued(works)
    actions.extend(scar, day("2026-12-04"), "模具在修", context=works.context("cai", "2026-11-25 10:00"))
    assert owed(scar) == {"scar-answer-extended": ("cai", "12-04")}
    first = Obligation.objects.get(rule="scar-answer")
    assert (first.put_off, first.is_late(at("2026-12-01 09:00")), first.ending and first.ending.zh) == (
        True,
        True,
        "已改期",
    )
    assert standing(works, scar, "2026-12-01 09:00") == (DutyCounts(late=1, open=1), [("scar-answer", "late")])
    said = timeline("scar", scar.pk)[0].text
    assert said.zh == "蔡采购把答复期限从 2026-11-23（已过 2 天） 延到 2026-12-04：模具在修"
    actions.answer(scar, scars.GIVEN, context=works.context("cai", "2026-12-01 10:00"))
    assert standing(works, scar, "2026-12-01 11:00") == (
        DutyCounts(kept=1, late=1, open=1),
        [("scar-answer", "late")],
    )
    assert verify().code == 0


def test_a_day_extended_before_it_came_is_neither_kept_nor_late(works: Factory) -> None:
    scar, _ = scars.issued(works)
    actions.extend(scar, day("2026-12-04"), "模具在修", context=works.context("cai", "2026-11-23 17:00"))
    first = Obligation.objects.get(rule="scar-answer")
    assert (first.put_off, first.is_late(at("2026-12-01 09:00"))) == (True, False)
    assert standing(works, scar, "2026-12-01 09:00") == (DutyCounts(open=1, cancelled=1), [])


def test_every_extension_that_came_too_late_counts(works: Factory) -> None:
    scar, _ = scars.issued(works)
    actions.extend(scar, day("2026-11-27"), "模具在修", context=works.context("cai", "2026-11-25 10:00"))
    actions.extend(scar, day("2026-12-04"), "还在修", context=works.context("cai", "2026-11-30 10:00"))
    late = [("scar-answer", "late"), ("scar-answer-extended", "late")]
    assert standing(works, scar, "2026-12-01 09:00") == (DutyCounts(late=2, open=1), late)


def test_what_was_late_when_the_request_was_cancelled_is_void(works: Factory) -> None:
    """A request that was a mistake owes nothing and blames nobody."""
    scar, _ = scars.issued(works)
    actions.cancel(scar, "查明不是供方所致", context=works.context("cai", "2026-11-25 10:00"))
    assert standing(works, scar, "2026-12-01 09:00") == (DutyCounts(cancelled=1), [])


def bells(works: Factory, scar: Any) -> dict[str, list[str]]:
    """Who was told of which events of the request after it was drafted."""
    events = dict(Entry.objects.filter(kind="scar", record_id=scar.pk).values_list("pk", "event"))
    found: dict[str, list[str]] = {}
    for row in Notice.objects.filter(entry_id__in=events).order_by("id").select_related("person"):
        found.setdefault(events[row.entry_id], []).append(row.person.username)
    return {event: sorted(names) for event, names in found.items()}


def test_the_owner_is_told_of_what_others_do_with_the_request(works: Factory) -> None:
    """An answer by the link, its return, its acceptance and that it had no effect; never of their own doing."""
    scar = scars.issued(works)[0]
    owner = scar.owner.username
    by_link = StepContext(None, at("2026-11-17 10:00"))
    actions.answer(scar, scars.GIVEN, context=by_link)
    actions.return_answer(scar, "不成立", day("2026-12-01"), context=works.context("lin", "2026-11-18 10:00"))
    actions.extend(scar, day("2026-12-02"), "供方请求", context=works.context(owner, "2026-11-18 11:00"))
    actions.answer(scar, scars.GIVEN, context=StepContext(None, at("2026-11-19 10:00")))
    actions.accept(scar, day("2026-12-10"), "", context=works.context("lin", "2026-11-20 10:00"))
    actions.fail(scar, "又出现", day("2026-12-20"), context=works.context("lin", "2026-12-10 10:00"))
    told = {event: names.count(owner) for event, names in bells(works, scar).items()}
    assert {event: told.get(event, 0) for event in TOLD} == TOLD


TOLD = {"scar.answered": 2, "scar.returned": 1, "scar.extended": 0, "scar.accepted": 1, "scar.failed": 1}


def test_an_answer_is_due_when_the_site_stops_working_on_its_day(works: Factory) -> None:
    label = t("停电", "No power")
    enter_site_day(day("2026-11-23"), label, hours=["08:00-12:00"], actor=works.root, at=at("2026-11-15 15:00"))
    scar, _ = scars.issued(works)
    rows = Obligation.objects.filter(kind="scar", record_id=scar.pk, fulfilled_at=None, cancelled_at=None)
    assert set(rows.values_list("due_at", flat=True)) == {at("2026-11-23 12:00")}
