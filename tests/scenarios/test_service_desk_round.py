"""P7, what comes round at the service desk: enquiries and their quarterly summary, gifts and demand in December, the
call-backs of a project, Friday's reports and the monthly supervision report.
"""

from __future__ import annotations

import pytest

from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.occasions import open_due_periods
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.registers.models import FormRecord, FormRow
from tests.cast import Factory, at
from tests.desk import Office
from tests.registers.works import a_customer
from tests.scenarios.test_service_desk import open_rules, opened, owed, page, record, taken, told, unit
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage("service-desk")
office = desks()


def own_reports() -> list[Obligation]:
    """The reports of the week that technicians owe."""
    return list(Obligation.objects.filter(OPEN, rule="week-own"))


def test_what_nobody_knows_is_found_out_and_answered(office: Office) -> None:
    office.clock.at("2026-11-16 09:00")
    here = opened(office, "mei", "enquiry.register", caller="李工", question="旧型号滤芯能否通用")
    assert "服务忌语" in office.desk("mei").get("/registers/enquiry/new/register").text
    assert owed("enquiry-answer").due_at == at("2026-11-17 09:00")
    ask = {"expert": str(office.works.tao.pk), "explained": "下午回电"}
    taken(office.desk("mei").send(f"{here}/consult", **ask))
    assert (owed("enquiry-advise").owner_person, owed("enquiry-advise").due_at) == (
        office.works.tao,
        at("2026-11-16 14:30"),
    )
    taken(office.desk("tao").send(f"{here}/advise", advice="接口同为 G1，可通用"))
    assert open_rules() == ["enquiry-answer"]
    taken(office.desk("mei").send(f"{here}/answer", answer_text="可以通用", board="yes"))
    assert (record("enquiry").state, open_rules()) == ("answered", [])
    assert told("enquiry.answer") == "王晓梅 答复：可以通用"


def test_the_quarters_enquiries_decide_the_next_notice_board(office: Office) -> None:
    open_due_periods(at=at("2026-10-09 09:00"), since=at("2026-09-30 12:00"))
    quarter = owed("enquiry-quarter")
    assert (quarter.due_at, quarter.owner_department) == (at("2027-01-01 00:00"), unit("reception"))
    office.clock.at("2026-12-30 15:00")
    rows = {"topics-0-topic": "滤芯通用", "topics-0-times": "12", "topics-1-topic": "保修期", "topics-1-times": "7"}
    here = opened(office, "mei", "enquiry-summary.draft", summary="多问配件通用", **rows)
    assert (record("enquiry-summary").period, record("enquiry-summary").extra["enquiries"]) == ("2026-Q4", "19")
    assert "enquiry-quarter" not in open_rules()
    board = owed("enquiry-board")
    assert (board.owner_department, board.heads_only) == (unit("reception"), True)
    taken(office.desk("song").send(f"{here}/decide", board_text="配件通用对照表"))
    assert record("enquiry-summary").phase == "closed"


def test_in_december_a_customer_gets_a_gift_and_is_asked_for_next_years_demand(works: Factory, office: Office) -> None:
    customer = a_customer(works)
    office.clock.at("2026-12-07 09:00")
    open_due_periods(at=at("2026-12-07 09:00"), since=at("2026-11-30 08:00"))
    assert (owed("demand-gift").record_number[:4], owed("demand-gift").owner_department) == ("2026", unit("reception"))
    start = f"/registers/new-demand/new/send_gift?customer={customer.number}"
    taken(office.desk("mei").send("/registers/new-demand/new/send_gift", at_page=start, gift="台历一本"))
    assert "demand-gift" not in open_rules()
    sent = record("new-demand")
    assert (sent.about_number, sent.period, sent.extra["sent_on"]) == (customer.number, "2026", "2026-12-07")
    assert owed("demand-plan").due_at == at("2026-12-28 09:00")
    rows = {"demand-0-product": "HY-40 密封件", "demand-0-amount": "1200", "demand-0-when_wanted": "三月"}
    taken(office.desk("mei").send(f"{page('new-demand')}/plan", summary="一季度扩线", **rows))
    owing = [rule for rule in open_rules() if rule.startswith("demand")]
    assert (record("new-demand").extra["demand_sum"], owing) == ("1200", [])
    assert told("new-demand.plan") == "王晓梅 了解次年需求：一季度扩线"


def test_a_project_is_called_monthly_in_its_first_year_and_quarterly_afterwards(works: Factory, office: Office) -> None:
    customer = a_customer(works)
    mei = office.desk("mei")
    office.clock.at("2026-02-02 09:00")
    start = f"/registers/project/new/open?customer={customer.number}"
    given = {"project_name": "二期泵站", "delivered_on": "2026-02-01", "contact_name": "周厂长", "telephone": "0574-1"}
    taken(mei.send("/registers/project/new/open", at_page=start, **given))
    assert owed("project-first").due_at == at("2026-03-02 09:00")
    here = page("project")
    call = {"spoken_with": "周厂长", "content": "satisfied", "trouble": "no", "word": "运行平稳"}
    office.clock.at("2026-02-27 10:00")
    taken(mei.send(f"{here}/call", called_on="2026-02-27", **call))
    assert (open_rules(), owed("project-monthly").due_at) == (["project-monthly"], at("2026-03-27 10:00"))
    assert told("project.call") == "王晓梅 回访 周厂长：满意（运行平稳）"
    office.clock.at("2027-02-26 10:00")
    taken(mei.send(f"{here}/call", called_on="2027-02-26", **call))
    assert (open_rules(), owed("project-quarterly").due_at) == (["project-quarterly"], at("2027-05-26 10:00"))

    trouble = call | {"trouble": "yes", "trouble_what": "三号泵异响", "trouble_major": "no"}
    taken(mei.send(f"{here}/call", called_on="2027-02-26", **trouble))
    heard = record("first-contact")
    assert (heard.title, heard.about_number, heard.owner) == ("三号泵异响", customer.number, works.mei)
    assert sorted(open_rules()) == ["first-solve", "project-quarterly"]


def test_fridays_reports_and_the_meeting_of_the_week(works: Factory, office: Office) -> None:
    open_due_periods(at=at("2026-11-16 08:00"), since=at("2026-11-13 08:00"))
    friday = owed("week-friday")
    assert (friday.record_number[:8], friday.owner_department, friday.due_at) == (
        "2026-W47",
        unit("field-service"),
        at("2026-11-20 17:30"),
    )
    office.clock.at("2026-11-20 14:00")
    service = {
        "services-0-customer_name": "海川机电",
        "services-0-done_what": "更换传感器",
        "services-0-outcome": "正常",
    }
    open_due_periods(at=at("2026-11-20 14:00"), since=at("2026-11-13 08:00"))
    technicians = Person.objects.filter(department=unit("field-service"), is_active=True)
    assert sorted(row.owner_person_id for row in own_reports()) == sorted(technicians.values_list("pk", flat=True))
    here = opened(office, "tao", "week-report.hand_in", feedback="希望备件常备", **service)
    assert (record("week-report").period, record("week-report").extra["services_n"]) == ("2026-W47", "1")
    assert "week-friday" in open_rules()
    assert works.tao.pk not in [row.owner_person_id for row in own_reports()]
    again = office.desk("tao").send("/registers/week-report/new/hand_in", feedback="再交一份", **service)
    assert (again.status_code, FormRecord.objects.filter(kind="week-report").count()) == (422, 1)
    present = {"present-0-who": str(works.tao.pk), "present-0-handed_in": "yes"}
    opened(office, "tao", "week-meeting.hold", analysis="传感器故障增多", **present)
    assert told("week-meeting.hold") == "陶工 主持例会：传感器故障增多"
    taken(office.desk("tao").send(f"{here}/discuss"))
    taken(office.desk("tao").send(f"{page('week-meeting')}/close"))
    assert open_rules() == []


def test_the_months_supervision_report_goes_to_the_general_manager(works: Factory, office: Office) -> None:
    open_due_periods(at=at("2026-11-02 08:00"), since=at("2026-10-31 08:00"))
    month = owed("supervision-month")
    assert (month.due_at, month.owner_department) == (at("2026-12-01 00:00"), unit("quality"))
    office.clock.at("2026-11-30 10:00")
    given = {"taken": "48", "in_time": "45", "maintained": "12", "rating": "fair", "judgement": "三件逾期"}
    demand = {"demands-0-what": "逾期件说明", "demands-0-owner": str(works.tao.pk), "demands-0-due_on": "2026-12-04"}
    here = opened(office, "lin", "supervision.draft", **given, **demand)
    report = record("supervision")
    assert (report.number, report.period, report.extra["late"]) == ("JD2026-01", "2026-11", "3")
    taken(office.desk("lin").send(f"{here}/submit"))
    assert "supervision-month" not in open_rules()
    assert "“整改要求”还有 1 项没有办理" in office.desk("zong").get(f"{here}/read").text
    row = FormRow.objects.get(part_kind="supervision-demand")
    assert office.desk("peng").get(here).status == 404
    taken(office.desk("tao").send(f"{here}/rows/{row.pk}/answer", answer="备件延迟，已备常用件"))
    taken(office.desk("zong").send(f"{here}/read", instruction="下月复查"))
    assert FormRecord.objects.get(kind="supervision").phase == "closed"
    pdf = office.desk("lin").client.get(f"/sheets/supervision/{report.number}/supervision.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


def test_what_does_not_run_yet_is_said_at_its_clause(works: Factory) -> None:
    procedure = versions.procedure_of(works.version)
    gaps = {clause.key for clause in procedure.clauses if clause.gap is not None and clause.key.startswith("体系")}
    assert gaps == {"体系-1", "体系-2.7", "体系-3", "体系-4", "体系-5"}
