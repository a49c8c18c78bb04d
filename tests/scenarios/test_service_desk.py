"""P7, the service desk: a night's duty with a major problem, leave and a hand-over that is refused at first; first
contact with a transfer and a call-back. Each step stands at the desk whose it is.
"""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Department
from huiyin.registers.models import FormRecord, FormRow
from tests.cast import at
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks()


def owed(rule: str) -> Obligation:
    return Obligation.objects.get(OPEN, rule=rule)


def open_rules() -> list[str]:
    return sorted(Obligation.objects.filter(OPEN).values_list("rule", flat=True))


def told(event: str) -> str:
    return sentence(Entry.objects.filter(event=event).order_by("-sequence")[0], "zh")


def unit(name: str) -> Department:
    return Department.objects.get(key=name, active=True)


def taken(answer: Any) -> None:
    """The step was taken: the browser is sent to the record."""
    shown = ParsedPage(answer).text[-900:] if answer.status_code != 302 else ""
    assert answer.status_code == 302, shown


def record(kind: str) -> FormRecord:
    """The last record of a kind."""
    return FormRecord.objects.filter(kind=kind).latest("pk")


def page(kind: str) -> str:
    """The address of the last record of a kind."""
    return f"/registers/{kind}/{record(kind).number}"


def opened(office: Office, name: str, step: str, **values: Any) -> str:
    """A record opened by ``step`` (kind.verb) at somebody's desk; its address."""
    kind, _, verb = step.partition(".")
    taken(office.desk(name).send(f"/registers/{kind}/new/{verb}", **values))
    return page(kind)


def on_night_duty(office: Office) -> str:
    """The night's duty of the first of the centre's people, past midnight."""
    office.clock.at("2026-11-16 22:00")
    given = {"shift": "night", "starts_at": "2026-11-16T22:00", "ends_at": "2026-11-17T06:00", "special": "no"}
    return opened(office, "mei", "duty-log.begin", **given)


def test_the_roster_is_drawn_up_issued_and_changed(office: Office) -> None:
    office.clock.at("2026-11-30 22:00")
    shift = {"starts_at": "2026-11-30T22:00", "ends_at": "2026-12-01T06:00", "special": "yes"}
    shift |= {"on_duty": str(office.works.mei.pk), "manager": str(office.works.song.pk)}
    rows = {f"shifts-0-{name}": value for name, value in shift.items()}
    here = opened(office, "mei", "duty-roster.draft", memo="十一月下旬", **rows)
    assert (record("duty-roster").number, record("duty-roster").period) == ("ZBB2026-01", "2026-11")
    assert owed("duty-roster-issue").heads_only
    taken(office.desk("song").send(f"{here}/issue"))
    taken(
        office.desk("song").send(
            f"{here}/change", change_reason="王晓梅休假", **{"shifts-0-on_duty": str(office.works.song.pk)}
        )
    )
    row = FormRow.objects.get(part_kind="duty-shift")
    assert (row.extra["on_duty"]["name"], row.extra["ends_at"]) == ("宋建国", "2026-11-30T22:00:00+00:00")
    assert told("duty-roster.change") == "宋建国 调班：王晓梅休假"


def test_a_nights_duty_with_entries_a_major_problem_leave_and_a_spot_check(office: Office) -> None:
    here = on_night_duty(office)
    log = record("duty-log")
    assert (log.number, log.state, log.extra["hours"]) == ("ZB202611-001", "on-duty", "8")
    leave = owed("duty-handover")
    assert (leave.due_at, leave.owner_person, leave.next_alarm_at) == (
        at("2026-11-17 06:00"),
        office.works.mei,
        at("2026-11-17 05:45"),
    )
    mei, song = office.desk("mei"), office.desk("song")
    entry = {"entries-0-sort": "call", "entries-0-what": "三号泵站停机", "entries-0-handled": "已派人"}
    office.clock.at("2026-11-16 23:10")
    taken(mei.send(f"{here}/write", **entry))
    taken(mei.send(f"{here}/report_major", major_what="三号泵站全停，客户停产"))
    major = owed("duty-major")
    assert (major.due_at, major.owner_department, major.heads_only) == (
        at("2026-11-16 23:40"),
        unit("reception"),
        True,
    )
    assert Notice.objects.filter(person=office.works.song).exists()
    assert Notice.objects.filter(person=office.works.zong).exists()
    taken(song.send(f"{here}/deal", major_done="技术服务部已到场"))
    assert told("duty-log.deal") == "宋建国 处置：技术服务部已到场"

    office.clock.at("2026-11-17 01:00")
    assert "请填写" in mei.client.post(f"{here}/ask_leave", {"leave_reason": "家中急事"}).content.decode()
    taken(mei.send(f"{here}/ask_leave", leave_reason="家中急事", substitute=str(office.works.lin.pk)))
    assert owed("duty-leave").due_at == at("2026-11-17 01:30")
    taken(song.send(f"{here}/grant_leave", leave_answer="同意"))
    log.refresh_from_db()
    assert (log.state, told("duty-log.ask_leave")) == ("on-leave", "王晓梅 请假：家中急事，由 林志远 替班")
    taken(office.desk("lin").send(f"{here}/write", **{"entries-1-what": "泵站恢复供水"}))
    taken(song.send(f"{here}/inspect", **{"spot_checks-0-finding": "in-order", "spot_checks-0-note": "替班在岗"}))
    taken(mei.send(f"{here}/come_back"))
    assert FormRow.objects.filter(part_kind="duty-entry").count() == 2
    assert open_rules() == ["duty-handover"]


def test_a_special_day_needs_a_manager_on_duty(office: Office) -> None:
    office.clock.at("2026-10-01 08:00")
    given = {"shift": "day", "starts_at": "2026-10-01T08:00", "ends_at": "2026-10-01T16:00", "special": "yes"}
    desk = office.desk("mei")
    refused = desk.send("/registers/duty-log/new/begin", **given)
    assert refused.status_code != 302
    assert "值班管理人员" in refused.content.decode()
    taken(desk.send("/registers/duty-log/new/begin", manager=str(office.works.song.pk), **given))
    assert record("duty-log").extra["manager"]["name"] == "宋建国"


def test_a_hand_over_is_refused_put_right_and_signed_by_both(office: Office) -> None:
    log = on_night_duty(office)
    mei, song = office.desk("mei"), office.desk("song")
    office.clock.at("2026-11-17 05:40")
    matter = {
        "matters-0-what": "回访三号泵站",
        "matters-0-owner": str(office.works.song.pk),
        "matters-0-due_on": "2026-11-18",
    }
    sheet_of = f"/registers/handover/new/prepare?duty-log={log.rpartition('/')[2]}"
    taken(
        mei.send(
            "/registers/handover/new/prepare",
            at_page=sheet_of,
            relief=str(office.works.song.pk),
            shift_ends="2026-11-17T06:00",
            prepared_at="2026-11-17T05:40",
            tidy="yes",
            complete="yes",
            major_repair="no",
            leaver_signature="王晓梅",
            **matter,
        )
    )
    sheet, here = record("handover"), page("handover")
    assert (sheet.number, sheet.about_number, sheet.extra["ready_hours"]) == ("JJ202611-001", "ZB202611-001", "0.33")
    take = owed("handover-take")
    assert (take.due_at, take.owner_person, take.next_alarm_at) == (
        at("2026-11-17 06:00"),
        office.works.song,
        at("2026-11-17 05:55"),
    )
    assert owed("handover-matter-answer").owner_person == office.works.song

    office.clock.at("2026-11-17 05:52")
    assert "还没有结束" in mei.get(f"{log}/end").text
    taken(song.send(f"{here}/refuse", refusals=["unclean", "missing"], refusal_reason="台面未擦，少一部电话"))
    assert told("handover.refuse") == "宋建国 不接（卫生不洁、公物缺失）：台面未擦，少一部电话"
    right = owed("handover-put-right")
    assert (right.due_at, right.owner_person) == (at("2026-11-17 06:22"), office.works.mei)
    taken(mei.send(f"{here}/present", put_right="已擦净，电话在维修间", damage="电话一部送修"))
    items = {f"items-{place}-verdict": "pass" for place in range(5)} | {"items-0-verdict": "fail"}
    office.clock.at("2026-11-17 05:58")
    unchecked = song.send(f"{here}/accept", relief_signature="宋建国")
    assert "“清点物品”还没有逐项检查完" in unchecked.content.decode()
    taken(song.send(f"{here}/accept", relief_signature="宋建国", **items, **{"items-0-remark": "送修，单据在此"}))
    sheet.refresh_from_db()
    signed = sheet.extra["leaver_signature"]["name"], sheet.extra["relief_signature"]["name"]
    assert (sheet.state, signed) == ("accepted", ("王晓梅", "宋建国"))
    taken(mei.send(f"{log}/end"))
    assert (record("duty-log").phase, open_rules()) == ("closed", ["handover-matter-answer"])
    row = FormRow.objects.get(part_kind="handover-matter")
    taken(song.send(f"{here}/rows/{row.pk}/answer", answer="已回访，供水正常"))
    assert (open_rules(), verify().fault) == ([], None)
    pdf = mei.client.get(f"/sheets/handover/{sheet.number}/handover.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


def test_the_first_to_hear_it_keeps_it_through_a_transfer_until_the_customer_is_content(office: Office) -> None:
    office.clock.at("2026-11-16 09:00")
    given = {"caller": "海川机电周厂长", "sort": "request", "matter": "控制柜报警", "mine": "no", "major": "yes"}
    here = opened(office, "cai", "first-contact.register", **given)
    assert (record("first-contact").number, record("first-contact").owner) == ("SW202611-0001", office.works.cai)
    major, solve = owed("first-major"), owed("first-solve")
    assert (major.due_at, solve.due_at) == (at("2026-11-16 09:30"), at("2026-11-18 09:00"))
    cai, tao = office.desk("cai"), office.desk("tao")
    taken(cai.send(f"{here}/tell_management", told_what="客户可能停产"))
    taken(cai.send(f"{here}/transfer", receiver=str(office.works.tao.pk), transfer_reason="属技术服务"))
    assert owed("first-take").owner_person == office.works.tao
    assert office.desk("peng").get(here).status == 404
    taken(tao.send(f"{here}/decline", decline_reason="今天在外地"))
    taken(cai.send(f"{here}/transfer", receiver=str(office.works.tao.pk), transfer_reason="远程先处理"))
    taken(tao.send(f"{here}/take"))
    assert (told("first-contact.take"), record("first-contact").owner) == ("陶工 接收", office.works.cai)
    assert owed("first-receiver").due_at == at("2026-11-17 09:00")
    taken(tao.send(f"{here}/solve", result="远程复位，参数已改", solved_first="yes"))
    assert open_rules() == ["first-call-back", "first-liaison"]
    assert (owed("first-call-back").owner_person, owed("first-liaison").owner_person) == (
        office.works.cai,
        office.works.cai,
    )
    taken(cai.send(f"{here}/file_liaison", liaison_to=str(unit("field-service").pk), liaison_text="补记远程服务"))
    taken(cai.send(f"{here}/not_content", complaint_again="夜里又报警"))
    assert owed("first-again").due_at == at("2026-11-17 09:00")
    taken(cai.send(f"{here}/solve", result="更换传感器", solved_first="no"))
    taken(cai.send(f"{here}/content", satisfaction="satisfied", opinion="响应快"))
    assert (record("first-contact").phase, open_rules()) == ("closed", [])
    assert told("first-contact.content") == "蔡采购 回访，满意（响应快）"


def test_shirking_is_noted_heard_and_decided_by_somebody_else(office: Office) -> None:
    given = {"person": str(office.works.peng.pk), "sort": "shirking", "what": "让客户另找别人", "evidence": "通话录音"}
    here = opened(office, "song", "shirking.note", **given)
    taken(office.desk("peng").send(f"{here}/plead", statement="当时不清楚归谁管"))
    assert "不能由同一人办理" in office.desk("song").get(f"{here}/decide").text
    taken(office.desk("zong").send(f"{here}/decide", measure="education", decision="补学首问责任制"))
    assert told("shirking.decide") == "总经理赵 处理：教育（补学首问责任制）"


def test_the_department_in_need_leads_and_the_others_answer(office: Office) -> None:
    office.clock.at("2026-11-16 09:00")
    help_ = {"helps-0-what": "加急发控制板", "helps-0-owner": str(office.works.ku.pk), "helps-0-due_on": "2026-11-17"}
    here = opened(office, "tao", "cooperation.ask", need="客户停机", **help_)
    assert told("cooperation.ask") == "技术服务部 牵头（陶工）：客户停机"
    assert (owed("cooperation-task-answer").owner_person, owed("cooperation-task-answer").due_at) == (
        office.works.ku,
        at("2026-11-17 23:59"),
    )
    row = FormRow.objects.get(part_kind="cooperation-task")
    taken(office.desk("ku").send(f"{here}/rows/{row.pk}/answer", answer="已发顺丰"))
    taken(office.desk("tao").send(f"{here}/close"))
    assert open_rules() == []


def test_a_limit_that_the_text_does_not_give_is_marked_on_the_page_of_what_is_owed(office: Office) -> None:
    on_night_duty(office)
    opened(office, "mei", "enquiry.register", caller="周厂长", question="保修几年")
    pages = [office.desk("mei").get(f"/obligations/{owed(rule).pk}") for rule in ("enquiry-answer", "duty-handover")]
    assert ["公司自定" in page.text for page in pages] == [True, False]
