"""A record that was opened without a network: numbered when it is received, one however often it is sent."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.replay import differences
from huiyin.registers.models import FormRecord, KeptSheet
from tests.cast import at
from tests.desk import Office
from tests.registers.offline.telephone import Telephone, new_order
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
office = desks("2026-11-17 08:00")


@pytest.fixture
def phone(office: Office) -> Telephone:
    """Peng's telephone, which has no order on it."""
    desk = office.desk("peng")
    found = Telephone(desk.client, desk.person.pk)
    found.take_along()
    return found


def order(phone: Telephone, **changed: Any) -> dict[str, Any]:
    stated = changed.pop("stated_at", "2026-11-17T00:20:00Z")
    return phone.sheet("+order", "order", new_order(phone.person) | changed, stated_at=stated)


def test_who_may_open_a_record_takes_its_form_along(office: Office, phone: Telephone) -> None:
    form = phone.orders["+order"]
    assert (form["kind"], form["label"], form["steps"][0]["label"]) == ("repair", "维修工单", "派工")
    assert {"place", "matter", "window"} <= set(form["steps"][0]["required"])
    fang = office.desk("fang")  # of finance, who sends nobody
    assert Telephone(fang.client, fang.person.pk).take_along() == {}


def test_it_is_numbered_when_it_is_received(office: Office, phone: Telephone) -> None:
    office.clock.at("2026-11-17 10:00")
    said = phone.send(order(phone)).json()
    record = FormRecord.objects.get()
    assert (said["result"], said["again"], said["number"]) == ("taken", False, record.number)
    assert said["url"] == f"/registers/repair/{record.number}"
    assert (record.state, record.opened_at, record.opened_by_id) == ("ordered", at("2026-11-17 10:00"), phone.person)
    assert (record.extra["matter"], record.extra["repairer"]["person"]) == ("厨房水管漏水", phone.person)
    entry = Entry.objects.get(kind="repair")
    told = entry.particulars["offline-sheet"]
    assert (told["filled_at"], told["received_at"]) == ("2026-11-17T00:20:00+00:00", entry.at.isoformat())
    assert "离线填写于 2026-11-17 08:20" in office.desk("peng").get(said["url"]).text
    assert record.number in phone.take_along()
    assert not differences(record)
    assert verify().code == 0


def test_a_lost_answer_and_a_second_sending_lead_to_one_record(phone: Telephone) -> None:
    sheet, identity = order(phone), str(uuid4())
    first, second = phone.send(sheet, identity).json(), phone.send(sheet, identity).json()
    assert (first["again"], second["again"], second["number"]) == (False, True, first["number"])
    assert (FormRecord.objects.count(), Entry.objects.filter(event="repair.order").count()) == (1, 1)


def test_what_was_changed_after_it_had_arrived_is_a_conflict_and_handed_in_is_kept_on_the_record(
    phone: Telephone,
) -> None:
    identity = str(uuid4())
    number = phone.send(order(phone), identity).json()["number"]
    changed = order(phone, matter="卫生间水管漏水")
    clash = phone.send(changed, identity).json()
    assert (clash["result"], clash["number"]) == ("clash", number)
    kept = phone.send({**changed, "number": number}).json()
    assert (kept["result"], kept["reasons"]) == ("kept", ["已经登记过，这是后来在手机上改的内容"])
    sheet = KeptSheet.objects.get()
    assert (sheet.values["matter"], sheet.record.extra["matter"]) == (["卫生间水管漏水"], "厨房水管漏水")
    assert FormRecord.objects.count() == 1


def test_a_mistake_is_told_and_nothing_is_opened(phone: Telephone) -> None:
    said = phone.send(order(phone, matter="", visit_on="gestern")).json()
    assert said["result"] == "refused"
    assert [one.partition("：")[0] for one in said["reasons"]] == ["报修内容", "预约日期"]
    assert FormRecord.objects.count() == 0
    assert phone.send(order(phone)).json()["result"] == "taken"


def test_who_may_not_open_it_any_more_is_told(office: Office, phone: Telephone) -> None:
    fang = office.desk("fang")
    sheet = order(phone) | {"person": fang.person.pk}
    said = Telephone(fang.client, fang.person.pk).send(sheet).json()
    assert (said["result"], said["reasons"]) == ("refused", ["这一步由维修部、客户服务中心办理"])
    assert phone.send(sheet).json()["result"] == "other"
    assert phone.send(order(phone) | {"kind": "visit"}).status_code == 404
    assert phone.send(order(phone) | {"kind": "complaint"}).status_code == 404
    for verb in ("finish", "nosuch", ""):  # what a version in force no longer opens records by
        said = phone.send(order(phone) | {"verb": verb}).json()
        assert said["reasons"] == ["这种登记现在不是这样填写的，请重新带走后再填"]
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    assert phone.send(order(phone) | {"base": {"matter": deep}}).status_code == 400
    assert FormRecord.objects.count() == 0


def test_a_file_is_waited_for(phone: Telephone) -> None:
    digest = "0" * 64
    said = phone.send(order(phone) | {"files": [{"field": "photos", "name": "a.png", "sha256": digest}]}).json()
    assert (said["result"], said["missing"], FormRecord.objects.count()) == ("files", [digest], 0)
