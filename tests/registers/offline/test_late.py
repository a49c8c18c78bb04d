"""A sheet that was filled in in time and received late: the receipt counts until the head accepts the other moment."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import FULFILLED_LATE, OPEN, Obligation
from huiyin.obligations.replay import differences
from huiyin.registers.models import FormRecord, KeptSheet
from tests.cast import at
from tests.desk import Office
from tests.registers.offline.telephone import WORK, Telephone, an_order
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
office = desks("2026-11-17 08:00")
IN_TIME, LATE = "2026-11-18T01:00:00Z", "2026-11-18 11:00"
"""Filled in at nine in the morning, due at half past, received at eleven."""


def finished(office: Office, stated: str = IN_TIME, **more: Any) -> FormRecord:
    """A repair whose last sheet waited on the telephone until after its due moment."""
    order, desk = an_order(office.works), office.desk("peng")
    phone = Telephone(desk.client, desk.person.pk)
    phone.take_along()
    office.clock.at("2026-11-17 09:30")
    assert phone.send(phone.sheet(order.number, "arrive", {"arrived_at": "2026-11-17T09:20"})).json()["result"]
    phone.take_along()
    office.clock.at(LATE)
    assert phone.send(phone.sheet(order.number, "finish", WORK, stated_at=stated, **more)).json()["result"] == "taken"
    return FormRecord.objects.get(number=order.number)


def finish() -> Obligation:
    return Obligation.objects.get(rule="repair-finish")


def waiting() -> list[Obligation]:
    return list(Obligation.objects.filter(OPEN, rule="repair-sheet-count"))


def decide(office: Office, record: FormRecord, who: str, how: str, reason: str = "地下室没有信号") -> Any:
    sheet = KeptSheet.objects.get()
    return office.desk(who).send(f"/registers/repair/{record.number}/sheets/{sheet.pk}/{how}", reason=reason)


def test_the_head_of_its_author_owes_a_decision(office: Office) -> None:
    record = finished(office)
    assert (finish().due_at, finish().fulfilled_at) == (at("2026-11-18 09:30"), at(LATE))
    (owed,) = waiting()
    assert (owed.owner_department, owed.heads_only) == (office.works.peng.department, True)
    page = office.desk("tao").get(f"/registers/repair/{record.number}").text
    assert "“到场后一个工作日内维修并向客户反馈（时限由本程序包设定）”应在 2026-11-18 09:30 前完成" in page
    assert "彭师傅 离线填写的“完成维修”收到时已逾期" in page


def test_an_accepted_time_counts(office: Office) -> None:
    record = finished(office)
    assert decide(office, record, "tao", "count-stated", reason="").status_code == 422
    assert decide(office, record, "tao", "count-stated").status_code == 302
    assert (finish().fulfilled_at, finish().received_at) == (at("2026-11-18 09:00"), at(LATE))
    assert not Obligation.objects.filter(FULFILLED_LATE, rule="repair-finish").exists()
    assert (waiting(), KeptSheet.objects.get().state) == ([], "counted")
    assert "按填写时间计" in office.desk("tao").get(f"/registers/repair/{record.number}").text
    assert not differences(record)
    assert (verify().code, verify().fault) == (0, None)


def test_a_moment_changed_by_nobodys_decision_is_seen(office: Office) -> None:
    record = finished(office)
    Obligation.objects.filter(rule="repair-finish").update(fulfilled_at=at("2026-11-18 09:00"), received_at=at(LATE))
    found = differences(record)
    assert ([one.fulfilled_at for one in found.missing], [one.fulfilled_at for one in found.more]) == (
        [at(LATE)],
        [at("2026-11-18 09:00")],
    )


def test_the_receipt_goes_on_counting_where_the_head_says_so(office: Office) -> None:
    record = finished(office)
    assert decide(office, record, "tao", "count-receipt", "手机上有信号").status_code == 302
    assert (finish().fulfilled_at, finish().received_at) == (at(LATE), None)
    assert (waiting(), KeptSheet.objects.get().state) == ([], "by_receipt")
    sheet = f"/registers/repair/{record.number}/sheets/{KeptSheet.objects.get().pk}/count-stated"
    assert "现在处于“按收到时间计”" in office.desk("tao").get(sheet).text
    assert not differences(record)


def test_nobody_accepts_their_own_time(office: Office) -> None:
    record = finished(office)
    sheet = KeptSheet.objects.get()
    page = f"/registers/repair/{record.number}/sheets/{sheet.pk}/count-stated"
    assert "这一步不由您办理" in office.desk("peng").get(page).text
    sheet.author = office.works.tao  # who heads the department
    sheet.save()
    assert "不能由同一人办理" in office.desk("tao").get(page).text
    assert finish().fulfilled_at == at(LATE)
    assert decide(office, record, "tao", "count-receipt").status_code == 302


@pytest.mark.parametrize(
    ("stated", "more"),
    [("2026-11-18T03:00:00Z", {}), (IN_TIME, {"ticket": "forged"})],
    ids=["filled in when it came", "no proof of when it was taken along"],
)
def test_nothing_is_asked_where_no_other_moment_could_count(office: Office, stated: str, more: Any) -> None:
    finished(office, stated, **more)
    assert (waiting(), KeptSheet.objects.count()) == ([], 0)


def test_no_moment_before_the_authors_own_last_step_counts(office: Office) -> None:
    record = finished(office, "2026-11-17T00:05:00Z")  # an earlier moment than that of the arrival
    sheet = KeptSheet.objects.get()
    assert (sheet.stated_at, sheet.filled_at) == (at("2026-11-17 08:05"), at("2026-11-17 09:30"))
    assert decide(office, record, "tao", "count-stated").status_code == 302
    assert finish().fulfilled_at == at("2026-11-17 09:30")
    assert not differences(record)


def test_nothing_is_asked_of_what_came_in_time(office: Office) -> None:
    order, desk = an_order(office.works), office.desk("peng")
    phone = Telephone(desk.client, desk.person.pk)
    phone.take_along()
    office.clock.at("2026-11-17 09:50")
    phone.send(phone.sheet(order.number, "arrive", {"arrived_at": "2026-11-17T09:20"}))
    assert Entry.objects.filter(event="repair-sheet.come_late").count() == 0
