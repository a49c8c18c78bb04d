"""P8, the rules of a property company: a repair from the call to the judgement (articles 9 to 15), an enquiry, a
reward with its evidence (16 to 18), checks, training and the suggestions of a quarter; each at the desk whose it is.
"""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.occasions import open_due_periods
from huiyin.people.models import Department
from huiyin.registers.models import FormRecord, FormRow
from tests.cast import Factory, at
from tests.desk import Office, ParsedPage
from tests.registers.approvals.signing import signs
from tests.registers.works import a_customer
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("property-services")
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
    assert answer.status_code == 302, answer.content.decode()[-3000:]


def received(office: Office, **given: Any) -> str:
    """A request that reception has entered; gives its page."""
    office.clock.at("2026-11-16 09:00")
    facts = {
        "sort": "repair",
        "caller": "周女士",
        "telephone": "13900001111",
        "place": "3 号楼 1202",
        "received_on": "2026-11-16T08:55",
        "matter": "厨房水管漏水",
    } | given
    taken(office.desk("mei").send("/registers/request/new/receive", **facts))
    return f"/registers/request/{FormRecord.objects.filter(kind='request').latest('pk').number}"


def arranged(office: Office) -> tuple[str, str]:
    """A repair that is arranged for the next morning: the pages of the request and of the repair order."""
    here = received(office)
    office.clock.at("2026-11-16 09:20")
    taken(office.desk("mei").send(f"{here}/dispatch", unit=str(unit("field-service").pk), dispatch_note="今天回话"))
    office.clock.at("2026-11-16 09:50")
    taken(office.desk("peng").send(f"{here}/take"))
    office.clock.at("2026-11-16 10:30")
    taken(
        office.desk("mei").send(
            f"{here}/arrange",
            confirmed="水槽下接头漏水，明天上午有人在家",
            visit_on="2026-11-17",
            window="morning",
            visit_by="2026-11-17T10:00",
            repairer=str(office.works.peng.pk),
        )
    )
    return here, f"/registers/repair/{FormRecord.objects.get(kind='repair').number}"


def finished(office: Office, order: str) -> None:
    """The repairer came at half past nine and repaired it within the hour."""
    peng = office.desk("peng")
    office.clock.at("2026-11-17 09:30")
    taken(peng.send(f"{order}/arrive"))
    office.clock.at("2026-11-17 10:20")
    checks = {f"checks-{place}-verdict": "pass" for place in range(5)}
    taken(
        peng.send(
            f"{order}/finish",
            outcome="fixed",
            result="更换角阀和软管，试压不漏",
            told="yes",
            opinion="师傅很准时",
            content="satisfied",
            customer_signature="周敏",
            **checks,
            **{"parts-0-part": "角阀 DN15", "parts-0-pieces": "1", "parts-0-price": "35"},
            **{"parts-1-part": "软管 60cm", "parts-1-pieces": "2", "parts-1-price": "24.50"},
        )
    )


def test_a_request_is_owed_by_the_centre_then_by_the_department(office: Office) -> None:
    here = received(office)
    record = FormRecord.objects.get(kind="request")
    assert (record.number, record.state, record.title) == ("XQ202611-0001", "received", "厨房水管漏水")
    assert told("request.receive") == "王晓梅 受理周女士的报修：厨房水管漏水"
    assert open_rules() == ["request-contact", "request-dispatch"]
    dispatch, contact = owed("request-dispatch"), owed("request-contact")
    assert (dispatch.due_at, dispatch.owner_department) == (at("2026-11-16 09:30"), unit("reception"))
    assert (contact.due_at, contact.owner_person) == (at("2026-11-16 11:00"), office.works.mei)

    office.clock.at("2026-11-16 09:20")
    taken(office.desk("mei").send(f"{here}/dispatch", unit=str(unit("field-service").pk)))
    assert told("request.dispatched") == "王晓梅 分派给 维修部"
    take = owed("request-take")
    assert (take.due_at, take.owner_department) == (at("2026-11-16 10:20"), unit("field-service"))
    taken(office.desk("peng").send(f"{here}/take"))
    assert open_rules() == ["request-contact"]


def test_a_repair_from_appointment_to_judgement(office: Office) -> None:
    here, order = arranged(office)
    repair = FormRecord.objects.get(kind="repair")
    assert (repair.number, repair.state, repair.about_number) == ("WX202611-0001", "ordered", "XQ202611-0001")
    assert (repair.extra["matter"], str(repair.day1), repair.person1) == (
        "厨房水管漏水",
        "2026-11-17",
        office.works.peng.pk,
    )
    assert told("repair.order") == "王晓梅 派 彭师傅 上门，预约 2026-11-17 上午"
    arrive = owed("repair-arrive")
    assert (arrive.due_at, arrive.owner_person) == (at("2026-11-17 10:00"), office.works.peng)
    assert open_rules() == ["repair-arrive", "request-conclude"]
    assert "还没有结束" in office.desk("mei").get(f"{here}/conclude").text

    finished(office, order)
    repair.refresh_from_db()
    assert (repair.state, repair.extra["parts_sum"], repair.extra["late_hours"]) == ("finished", "59.5", "-0.5")
    assert repair.extra["customer_signature"]["name"] == "周敏"
    assert FormRow.objects.filter(part_kind="repair-check", extra__verdict="pass").count() == 5
    assert told("repair.finish") == "彭师傅 完成维修（已修复）：更换角阀和软管，试压不漏"
    confirm = owed("repair-confirm")
    assert (confirm.due_at, confirm.owner_department) == (at("2026-11-18 10:20"), unit("reception"))

    office.clock.at("2026-11-17 11:00")
    taken(office.desk("mei").send(f"{order}/confirm", quality="good"))
    taken(office.desk("mei").send(f"{here}/conclude"))
    assert open_rules() == ["request-judge"]
    judge = {"quality": "good", "satisfaction": "satisfied", "suggestion": "希望公示报价"}
    taken(office.desk("mei").send(f"{here}/judge", **judge))
    record = FormRecord.objects.get(kind="request")
    assert (record.state, record.phase, open_rules()) == ("closed", "closed", [])
    assert told("request.judge") == "王晓梅 评估：服务质量好，客户满意（希望公示报价）"
    assert (verify().code, verify().fault) == (0, None)
    for kind, number in (("request", record.number), ("repair", repair.number)):
        pdf = office.desk("mei").client.get(f"/sheets/{kind}/{number}/{kind}.pdf")
        assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


def test_a_moved_appointment_and_a_second_repair_are_owed_anew(office: Office) -> None:
    _, order = arranged(office)
    office.clock.at("2026-11-16 16:00")
    moved = {
        "visit_on": "2026-11-17",
        "window": "afternoon",
        "visit_by": "2026-11-17T15:00",
        "change_reason": "客户有事",
    }
    taken(office.desk("peng").send(f"{order}/reappoint", repairer=str(office.works.peng.pk), **moved))
    assert owed("repair-arrive-moved").due_at == at("2026-11-17 15:00")
    assert open_rules() == ["repair-arrive-moved", "request-conclude"]
    finished(office, order)
    office.clock.at("2026-11-17 16:00")
    again = {"visit_on": "2026-11-18", "window": "morning", "visit_by": "2026-11-18T09:00", "redo_reason": "又渗水"}
    taken(office.desk("mei").send(f"{order}/redo", repairer=str(office.works.peng.pk), **again))
    assert (owed("repair-arrive-again").due_at, FormRecord.objects.get(kind="repair").state) == (
        at("2026-11-18 09:00"),
        "ordered",
    )


def test_an_enquiry_is_answered_without_a_visit_and_a_repair_is_not(office: Office) -> None:
    here = received(office, sort="enquiry", matter="停车位月租怎么办")
    assert owed("request-answer").due_at == at("2026-11-17 09:00")
    taken(office.desk("mei").send(f"{here}/answer", answer_text="带行驶证到前台，当天可办"))
    assert told("request.done") == "王晓梅 答复客户：带行驶证到前台，当天可办"
    office.clock.at("2026-11-16 15:00")
    taken(office.desk("mei").send(f"{here}/again", again_reason="还想知道临停价格"))
    again = owed("request-again")
    assert (again.due_at, again.owner_person) == (at("2026-11-17 15:00"), office.works.mei)

    repair = received(office)
    office.desk("mei").send(f"{repair}/answer", answer_text="口头答复")
    assert FormRecord.objects.filter(kind="request").latest("pk").state == "received"


def test_a_penalty_has_grounds_the_persons_word_and_an_approval_by_somebody_else(office: Office) -> None:
    here = received(office)
    number = here.rpartition("/")[2]
    office.clock.at("2026-11-18 09:00")
    proposed = {
        "sort": "penalty",
        "person": str(office.works.peng.pk),
        "grounds": "约定时间未到且未通知客户",
        "request": number,
        "gravity": "light",
        "penalties": ["warning"],
        "amount": "100",
    }
    taken(office.desk("tao").send("/registers/reward/new/propose", **proposed))
    record = FormRecord.objects.get(kind="reward")
    sheet = f"/registers/reward/{record.number}"
    assert (record.number, record.extra["request"]["number"]) == ("JC2026-001", number)
    assert told("reward.propose") == "陶工 提出对 彭师傅 的处罚：约定时间未到且未通知客户"
    plead, decide = owed("reward-plead"), owed("reward-management-sign")
    assert (plead.owner_person, plead.due_at) == (office.works.peng, at("2026-11-20 09:00"))
    assert (decide.owner_department, decide.due_at) == (unit("management"), at("2026-11-25 09:00"))
    taken(office.desk("peng").send(f"{sheet}/plead", statement="路上堵车，已向客户道歉"))
    assert office.desk("mei").get(sheet).status == 404
    record.refresh_from_db()
    assert (record.state, open_rules()) == (
        "proposed",
        ["request-contact", "request-dispatch", "reward-management-sign"],
    )
    signs(office.desk("zong"), sheet, opinion="同意警告，不扣款")
    assert owed("reward-carry-out").owner_department == unit("office")
    taken(office.desk("bai").send(f"{sheet}/carry_out", carried_out_note="已谈话"))
    record.refresh_from_db()
    assert (record.state, record.extra["statement"]["name"]) == ("closed", "彭师傅")
    assert not Obligation.objects.filter(OPEN, kind="reward").exists()


def test_checks_are_put_right_and_training_is_tested(office: Office) -> None:
    song = office.desk("song")
    office.clock.at("2026-11-16 09:00")
    points = {f"points-{place}-verdict": "pass" for place in range(6)} | {"points-2-verdict": "fail"}
    fix = {"fixes-0-what": "前台资料归柜", "fixes-0-owner": str(office.works.mei.pk), "fixes-0-due_on": "2026-11-18"}
    taken(song.send("/registers/service-check/new/check", place="前台", found="台面杂乱", **points, **fix))
    check = FormRecord.objects.get(kind="service-check")
    assert (check.number, open_rules()) == ("FJ2026-001", ["service-check-close", "service-check-fix-answer"])
    here = f"/registers/service-check/{check.number}"
    assert "“整改事项”还有 1 项没有办理" in song.get(f"{here}/close").text
    row = FormRow.objects.get(part_kind="service-check-fix")
    taken(office.desk("mei").send(f"{here}/rows/{row.pk}/answer", answer="已归柜"))
    taken(song.send(f"{here}/close"))

    people = {"people-0-who": str(office.works.mei.pk), "people-1-who": str(office.works.peng.pk)}
    taken(song.send("/registers/training/new/hold", topic="服务用语", **people))
    training = FormRecord.objects.get(kind="training")
    assert owed("training-test").due_at == at("2026-11-23 09:00")
    marks = {"people-0-mark": "92", "people-1-mark": "88"}
    taken(song.send(f"/registers/training/{training.number}/test", **marks))
    assert open_rules() == []


def test_suggestions_are_owed_each_quarter_and_closed_by_the_summary(works: Factory, office: Office) -> None:
    office.clock.at("2026-10-09 09:00")
    open_due_periods(at=at("2026-10-09 09:00"), since=at("2026-09-30 09:00"))
    quarter = owed("suggestions-quarter")
    assert (quarter.record_number[:7], quarter.owner_department) == ("2026-Q4", unit("reception"))
    item = {"items-0-what": "公示维修价目", "items-0-owner": str(works.tao.pk), "items-0-due_on": "2026-10-20"}
    given = {"ways": ["telephone", "request"], "asked": "60", "answers": "41", "summary": "价目不清楚"}
    taken(office.desk("mei").send("/registers/suggestions/new/collect", **given, **item))
    record = FormRecord.objects.get(kind="suggestions")
    assert (record.period, open_rules()) == ("2026-Q4", ["suggestion-answer", "suggestions-follow"])
    row = FormRow.objects.get(part_kind="suggestion")
    taken(office.desk("tao").send(f"/registers/suggestions/{record.number}/rows/{row.pk}/answer", answer="已上墙"))
    taken(office.desk("song").send(f"/registers/suggestions/{record.number}/close"))
    assert open_rules() == []


def test_the_register_stands_in_the_menu_and_hangs_on_the_customer(works: Factory, office: Office) -> None:
    customer = a_customer(works, "望江苑 3-1202")
    office.clock.at("2026-11-16 09:00")
    page = f"/registers/request/new/receive?customer={customer.number}"
    given = {"sort": "complaint", "caller": "周女士", "telephone": "139", "place": "3-1202", "matter": "夜间施工吵"}
    taken(office.desk("mei").send("/registers/request/new/receive", at_page=page, **given))
    record = FormRecord.objects.get(kind="request")
    assert (record.about_number, record.about_name) == (customer.number, "望江苑 3-1202")
    listing = office.desk("mei").get("/registers/request/")
    assert ("XQ202611-0001" in listing.text, "客户需求" in listing.text) == (True, True)
    assert "客户需求" in office.desk("mei").get("/registers/group/requests").text


def test_a_changed_reward_is_signed_anew_and_nobody_decides_on_their_own(office: Office) -> None:
    office.clock.at("2026-11-18 09:00")
    given = {
        "sort": "reward",
        "person": str(office.works.peng.pk),
        "grounds": "夜间抢修",
        "measures": ["bonus"],
        "amount": "300",
    }
    own = office.desk("zong").send("/registers/reward/new/propose", **given)
    assert "这一级没有人可以签署" in ParsedPage(own).text
    tao, zong = office.desk("tao"), office.desk("zong")
    taken(tao.send("/registers/reward/new/propose", **given))
    record = FormRecord.objects.get(kind="reward")
    sheet = f"/registers/reward/{record.number}"

    taken(tao.send(f"{sheet}/withdraw", reason="金额写错"))
    assert open_rules() == ["reward-resubmit"]
    taken(tao.send(f"{sheet}/submit"))
    signs(zong, sheet, opinion="同意")
    assert open_rules() == ["reward-carry-out"]
    taken(tao.send(f"{sheet}/facts", amount="3000"))
    record.refresh_from_db()
    assert (record.state, open_rules()) == ("proposed", ["reward-management-sign"])
    signs(zong, sheet, "refuse", reason="超出基金")
    record.refresh_from_db()
    assert (record.state, open_rules(), verify().code) == ("declined", [], 0)
    taken(zong.send(f"{sheet}/reopen", reason="基金已补足"))
    assert open_rules() == ["reward-management-sign"]
