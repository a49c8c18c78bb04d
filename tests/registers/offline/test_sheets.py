"""Sheets that were filled in without a network: taken once, a changed one is a conflict, what is late is kept."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.replay import differences
from huiyin.records.models import Attachment
from huiyin.registers.actions import FormInput, correct
from huiyin.registers.models import FormRecord, KeptSheet
from huiyin.registers.offline.kept_words import lines_of
from tests.cast import at
from tests.desk import Office
from tests.records.office import picture
from tests.registers.offline.telephone import WORK, Telephone, an_order
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
office = desks("2026-11-17 08:00")
ARRIVED = {"arrived_at": "2026-11-17T09:20"}


def telephone(office: Office, name: str = "peng") -> Telephone:
    """Somebody's telephone, with their orders on it."""
    desk = office.desk(name)
    found = Telephone(desk.client, desk.person.pk)
    found.take_along()
    return found


def events() -> list[str]:
    return list(Entry.objects.filter(kind="repair").order_by("sequence").values_list("event", flat=True))


def test_what_is_taken_along(office: Office) -> None:
    order = an_order(office.works)
    found = telephone(office).orders[order.number]
    assert (found["subject"], found["state"]) == ("厨房水管漏水 · 3 号楼 1202", "ordered")
    assert [step["verb"] for step in found["steps"]] == ["arrive", "finish", "reappoint"]
    finish = found["steps"][1]
    assert (finish["from"], finish["to"], finish["checked"]) == (["on-site"], "finished", ["checks"])
    assert "customer_signature" in finish["required"]
    assert list(telephone(office, "tao").orders) == ["+order"]  # but the form of a new one


def test_two_steps_are_taken_one_after_the_other(office: Office) -> None:
    order = an_order(office.works)
    phone = telephone(office)
    office.clock.at("2026-11-17 11:00")
    assert phone.send(phone.sheet(order.number, "arrive", ARRIVED)).json()["result"] == "taken"
    assert phone.send(phone.sheet(order.number, "finish", WORK)).json()["result"] == "taken"
    assert events() == ["repair.order", "repair.arrive", "repair-sheet.come_late", "repair.finish"]
    record = FormRecord.objects.get(kind="repair")
    assert (record.state, record.extra["arrived_at"]) == ("finished", "2026-11-17T01:20:00+00:00")
    assert record.rows.filter(part_kind="repair-check").count() == 5
    assert (verify().code, verify().fault) == (0, None)


def arrived(office: Office) -> tuple[Telephone, str]:
    """A telephone whose owner is on site: the order is there to be finished."""
    order = an_order(office.works)
    phone = telephone(office)
    office.clock.at("2026-11-17 09:30")
    assert phone.send(phone.sheet(order.number, "arrive", ARRIVED)).json()["result"] == "taken"
    phone.take_along()
    return phone, order.number


def finished() -> list[Entry]:
    return list(Entry.objects.filter(event="repair.finish"))


def decide() -> list[Obligation]:
    return list(Obligation.objects.filter(OPEN, rule="repair-sheet-decide"))


# ---- once


def test_a_lost_answer_and_a_second_sending_lead_to_one_step(office: Office) -> None:
    phone, number = arrived(office)
    sheet, identity = phone.sheet(number, "finish", WORK), str(uuid4())
    first, second = phone.send(sheet, identity).json(), phone.send(sheet, identity).json()
    assert (first["result"], first["again"]) == ("taken", False)
    assert (second["result"], second["again"], second["at"]) == ("taken", True, first["at"])
    assert (len(finished()), KeptSheet.objects.count()) == (1, 0)


def test_the_same_sheet_with_other_content_is_a_conflict_and_by_an_id_of_its_own_is_kept(office: Office) -> None:
    phone, number = arrived(office)
    identity = str(uuid4())
    assert phone.send(phone.sheet(number, "finish", WORK), identity).json()["result"] == "taken"
    changed = phone.sheet(number, "finish", WORK | {"result": "还换了软管"})
    clash = phone.send(changed, identity).json()
    assert (clash["result"], clash["url"]) == ("clash", f"/registers/repair/{number}")
    assert (FormRecord.objects.get(number=number).extra["result"], len(finished())) == ("更换角阀，试压不漏", 1)
    kept = phone.send(changed).json()
    assert kept["result"] == "kept"
    sheet = KeptSheet.objects.get()
    assert (sheet.values["result"], sheet.state, len(finished())) == (["还换了软管"], "kept", 1)


def test_a_kept_sheet_is_kept_once(office: Office) -> None:
    phone, number = arrived(office)
    sheet, identity = phone.sheet(number, "finish", {}), str(uuid4())
    assert [phone.send(sheet, identity).json()["result"] for _ in range(2)] == ["kept", "kept"]
    assert (KeptSheet.objects.count(), len(decide())) == (1, 1)
    changed = phone.sheet(number, "finish", {"result": "x"})
    assert phone.send(changed, identity).json()["result"] == "clash"


def test_content_that_was_damaged_on_its_way_is_not_read(office: Office) -> None:
    phone, number = arrived(office)
    for body in (b"", b"[]", b'{"id": 1}', b'{"id":"x","digest":"y","content":"{}"}'):
        answer = phone.client.post("/registers/offline/sheets", body, content_type="application/json")
        assert (answer.status_code, answer.json()["result"]) == (400, "unreadable")
    assert phone.send(phone.sheet(number, "finish", WORK | {"result": "a\0b"})).status_code == 400
    assert phone.send(phone.sheet(number, "finish", WORK, stated_at="yesterday")).status_code == 400
    assert phone.send(phone.sheet(number, "finish", WORK) | {"number": "WX0"}).status_code == 404


# ---- clocks


@pytest.mark.parametrize(
    ("stated", "filled", "wrong"),
    [
        ("2026-11-17T01:40:00Z", "2026-11-17 09:40", False),  # within
        ("2026-11-16T20:00:00Z", "2026-11-17 09:30", True),  # before it was taken along
        ("2027-01-01T00:00:00Z", "2026-11-17 11:00", True),  # after the receipt
        ("2026-11-17T03:01:00Z", "2026-11-17 11:00", True),  # a minute after it
        ("2026-11-17T03:00:59Z", "2026-11-17 11:00", False),  # within the minute
    ],
)
def test_both_clocks_are_kept_and_the_stated_one_within_what_is_possible(
    office: Office, stated: str, filled: str, *, wrong: bool
) -> None:
    phone, number = arrived(office)
    office.clock.at("2026-11-17 11:00")
    assert phone.send(phone.sheet(number, "finish", WORK, stated_at=stated)).json()["result"] == "taken"
    entry = finished()[0]
    told = entry.particulars["offline-sheet"]
    assert (entry.at, told["stated_at"]) == (at("2026-11-17 11:00"), stated.replace("Z", "+00:00"))
    assert (datetime.fromisoformat(told["filled_at"]), told["received_at"]) == (at(filled), entry.at.isoformat())
    fulfilled = Obligation.objects.get(rule="repair-finish").fulfilled_at
    assert fulfilled == at("2026-11-17 11:00")  # what lateness is counted by
    signed = FormRecord.objects.get(number=number).extra["customer_signature"]["at"]
    assert datetime.fromisoformat(signed) == at(filled)
    page = office.desk("peng").get(f"/registers/repair/{number}").text
    assert f"离线填写于 {filled}" in page
    assert ("手机显示" in page) is wrong


def test_without_a_ticket_the_receipt_counts(office: Office) -> None:
    phone, number = arrived(office)
    office.clock.at("2026-11-17 11:00")
    sheet = phone.sheet(number, "finish", WORK, ticket="forged")
    assert phone.send(sheet).json()["result"] == "taken"
    assert finished()[0].particulars["offline-sheet"]["filled_at"] == at("2026-11-17 11:00").isoformat()


# ---- whose it is


def test_only_its_author_sends_a_sheet(office: Office) -> None:
    phone, number = arrived(office)
    sheet = phone.sheet(number, "finish", WORK)
    tao = Telephone(office.desk("tao").client, office.works.tao.pk)
    assert tao.send(sheet).json()["result"] == "other"
    fang = Telephone(office.desk("fang").client, office.works.fang.pk)
    assert fang.send({**sheet, "person": fang.person}).status_code == 404  # with a ticket of peng's
    assert (len(finished()), KeptSheet.objects.count()) == (0, 0)


def test_who_lost_the_right_meanwhile_has_the_sheet_kept(office: Office) -> None:
    phone, number = arrived(office)
    record = FormRecord.objects.get(number=number)
    tao = office.works.tao
    facts = {**record.extra, "repairer": {"person": tao.pk, "name": tao.name, "name_en": ""}}
    correct(record, FormInput(facts), context=office.works.context("mei", "2026-11-17 10:00"))
    answer = phone.send(phone.sheet(number, "finish", WORK)).json()
    assert (answer["result"], answer["reasons"]) == ("kept", ["这一步由维修人员办理"])


# ---- what cannot become a step any more


def test_what_comes_too_late_is_kept_and_decided_by_the_head(office: Office) -> None:
    order = an_order(office.works)
    phone = telephone(office)
    first = phone.sheet(order.number, "arrive", ARRIVED)
    office.clock.at("2026-11-17 09:40")
    assert office.desk("peng").send(f"/registers/repair/{order.number}/arrive").status_code == 302
    answer = phone.send(first).json()
    assert answer["result"] == "kept"
    assert answer["reasons"] == ["现在处于“已到现场”，不能“到达现场”"]
    sheet = KeptSheet.objects.get()
    (owed,) = decide()
    assert (owed.owner_department, owed.part) == (office.works.peng.department, sheet.part_key)
    tao, here = office.desk("tao"), f"/registers/repair/{order.number}"
    page = tao.get(here)
    assert "收到了，但没能办理：" in page.text
    assert f"{here}/sheets/{sheet.pk}/apply" in page.links
    assert "决定离线单如何办理" in tao.get("/obligations/").text
    assert office.desk("peng").get(f"{here}/sheets/{sheet.pk}/apply").text.count("这一步不由您办理") == 1
    assert tao.send(f"{here}/sheets/{sheet.pk}/discard", reason="").status_code == 422
    assert tao.send(f"{here}/sheets/{sheet.pk}/discard", reason="网页上已办").status_code == 302
    sheet.refresh_from_db()
    assert (sheet.state, decide()) == ("discarded", [])
    assert "不采用离线单“到达现场”：网页上已办" in tao.get(here).text
    assert not differences(FormRecord.objects.get(number=order.number))
    assert (verify().code, verify().fault) == (0, None)


def test_an_invalid_form_is_kept_with_its_mistakes(office: Office) -> None:
    phone, number = arrived(office)
    answer = phone.send(phone.sheet(number, "finish", WORK | {"result": "", "content": "nonsense"})).json()
    assert answer["result"] == "kept"
    sheet = KeptSheet.objects.get()
    assert sheet.reasons[0]["zh"].startswith("维修情况：请填写")
    assert sheet.reasons[0]["en"].startswith("What was done: Fill in")
    assert FormRecord.objects.get(number=number).state == "on-site"
    tao = office.desk("tao")
    assert tao.send(f"/registers/repair/{number}/sheets/{sheet.pk}/apply", remark="已补填").status_code == 302
    assert decide() == []


def test_a_guard_that_the_form_does_not_satisfy_keeps_the_sheet(office: Office) -> None:
    phone, number = arrived(office)
    unchecked = {name: value for name, value in WORK.items() if name != "checks-3-verdict"}
    answer = phone.send(phone.sheet(number, "finish", unchecked)).json()
    assert (answer["result"], len(finished())) == ("kept", 0)
    assert FormRecord.objects.get(number=number).rows.count() == 0


# ---- files


def test_photographs_go_first_and_only_ones_own_count(office: Office) -> None:
    phone, number = arrived(office)
    data = picture()
    digest = hashlib.sha256(data).hexdigest()
    files = [{"field": "photos", "name": "水槽.png", "sha256": digest}]
    sheet, identity = phone.sheet(number, "finish", WORK, files=files), str(uuid4())
    assert phone.send(sheet, identity).json() | {"url": ""} == {
        "result": "files",
        "again": False,
        "number": number,
        "url": "",
        "reasons": [],
        "missing": [digest],
        "at": "",
        "questions": {},
    }
    tao = Telephone(office.desk("tao").client, office.works.tao.pk)
    assert tao.send_file(data).json() == {"sha256": digest}
    assert missing(phone, digest) == [digest]
    assert phone.send(sheet, identity).json()["result"] == "files"
    assert phone.send_file(data).json() == {"sha256": digest}
    assert missing(phone, digest) == []
    assert phone.send(sheet, identity).json()["result"] == "taken"
    photo = Attachment.objects.get(part="field:photos")
    assert (photo.name, photo.sha256, photo.author_id) == ("水槽.png", digest, phone.person)
    assert FormRecord.objects.get(number=number).extra["photos"] == ["水槽.png"]


def missing(phone: Telephone, digest: str) -> Any:
    body = json.dumps({"files": [digest]})
    return phone.client.post("/registers/offline/missing", body, content_type="application/json").json()["missing"]


def test_a_file_of_no_allowed_kind_is_told(office: Office) -> None:
    phone, _ = arrived(office)
    answer = phone.send_file(b"MZ" + b"\0" * 100, "virus.exe")
    assert (answer.status_code, answer.json()["result"]) == (422, "unfit")
    assert phone.client.post("/registers/offline/files").status_code == 400
    for body in (b"", b"[]", b'{"files": 3}'):
        answer = phone.client.post("/registers/offline/missing", body, content_type="application/json")
        assert answer.status_code == 400


def test_a_kept_sheet_keeps_its_photographs(office: Office) -> None:
    phone, number = arrived(office)
    data = picture()
    phone.send_file(data)
    files = [{"field": "photos", "name": "水槽.png", "sha256": hashlib.sha256(data).hexdigest()}]
    assert phone.send(phone.sheet(number, "finish", {}, files=files)).json()["result"] == "kept"
    sheet = KeptSheet.objects.get()
    assert Attachment.objects.get(part=sheet.part_key).name == "水槽.png"
    assert Attachment.objects.filter(part="field:photos").count() == 0
    assert "水槽.png" in office.desk("tao").get(f"/registers/repair/{number}").html


# ---- merging


def moved(office: Office, number: str, window: str, reason: str) -> None:
    """Mei moves the appointment while peng is away."""
    values = {"visit_on": "2026-11-18", "window": window, "visit_by": "2026-11-18T10:00", "change_reason": reason}
    answer = office.desk("mei").send(
        f"/registers/repair/{number}/reappoint", **values, repairer=str(office.works.peng.pk)
    )
    assert answer.status_code == 302


def test_fields_merge_singly_and_only_what_both_changed_is_asked(office: Office) -> None:
    order = an_order(office.works)
    phone = telephone(office)
    mine = {
        "visit_on": "2026-11-17",
        "window": "evening",
        "visit_by": "2026-11-17T10:00",
        "repairer": str(phone.person),
        "change_reason": "客户不在",
    }
    sheet = phone.sheet(order.number, "reappoint", mine)
    moved(office, order.number, "afternoon", "车坏了")
    answer = phone.send(sheet).json()
    assert answer["result"] == "asks"
    assert {name: (one["mine"], one["theirs"]) for name, one in answer["questions"].items()} == {
        "window": ("晚上", "下午"),
        "change_reason": ("客户不在", "车坏了"),
    }
    settled = {name: one["now"] for name, one in answer["questions"].items()}
    again = {**sheet, "base": sheet["base"] | settled, "follow": ["change_reason"]}
    assert phone.send(again).json()["result"] == "taken"
    extra = FormRecord.objects.get(number=order.number).extra
    assert (extra["visit_on"], extra["window"], extra["change_reason"]) == ("2026-11-18", "evening", "车坏了")


def test_what_ones_own_earlier_sheet_wrote_is_no_conflict(office: Office) -> None:
    order = an_order(office.works)
    phone = telephone(office)
    mine = {
        "visit_on": "2026-11-18",
        "window": "afternoon",
        "visit_by": "2026-11-18T16:00",
        "repairer": str(phone.person),
        "change_reason": "客户不在",
    }
    first = str(uuid4())
    assert phone.send(phone.sheet(order.number, "reappoint", mine), first).json()["result"] == "taken"
    again = phone.sheet(order.number, "reappoint", mine | {"window": "evening"})
    assert phone.send(again).json()["result"] == "asks"
    assert phone.send({**again, "after": [first]}).json()["result"] == "taken"
    assert FormRecord.objects.get(number=order.number).extra["window"] == "evening"


def test_a_kept_sheet_is_read_as_it_was_filled_in(office: Office) -> None:
    phone, number = arrived(office)
    drawn = "data:image/png;base64,iVBORw0KGgo="
    odd = {"checks-x-verdict": "pass", "checks-0": "?", "gone": "旧字段", "customer_signature_drawn": drawn}
    bought = {"parts-0-part": "角阀", "parts-0-pieces": "2"}
    late = WORK | odd | bought | {"result": "", "repairer": "99999999999999999999", "checks-1-verdict": "fail"}
    assert phone.send(phone.sheet(number, "finish", late)).json()["result"] == "kept"
    lines = {str(label): words for label, words in lines_of(KeptSheet.objects.get())}
    assert lines["检查表"].splitlines()[:2] == ["施工安全措施 · 合格", "设备设施检查 · 不合格"]
    assert lines["更换材料"] == "名称规格 角阀 · 数量 2"
    assert (lines["维修结果"], lines["已向客户反馈维修情况"], lines["gone"]) == ("已修复", "是", "旧字段")
    page = office.desk("tao").get(f"/registers/repair/{number}")
    assert (page.status, drawn in page.html) == (200, True)
