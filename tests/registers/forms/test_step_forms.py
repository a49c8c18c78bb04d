"""What forms of declared kinds ask at a later step: prefilled moments, facts needed only while they show, periods."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.registers.models import FormRecord, FormRow
from tests.desk import Office
from tests.registers.works import a_customer
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows
works = stage("service-desk")
office = desks("2026-11-16 09:00")
SERVICE = {"services-0-customer_name": "海川机电", "services-0-done_what": "换密封件", "feedback": "满意"}
MEETING = {"analysis": "本周平稳", "present-0-handed_in": "yes"}


def followed(office: Office) -> str:
    """A project that is followed by call-backs; its address."""
    customer = a_customer(office.works)
    given = {"project_name": "泵站", "delivered_on": "2026-11-02", "contact_name": "周厂长", "telephone": "139"}
    start = f"/registers/project/new/open?customer={customer.number}"
    office.desk("mei").send("/registers/project/new/open", at_page=start, **given)
    return f"/registers/project/{FormRecord.objects.get(kind='project').number}"


def called(office: Office, here: str, **more: str) -> Any:
    given = {"called_on": "2026-11-16", "spoken_with": "周厂长", "content": "satisfied", "trouble": "no"}
    return office.desk("mei").send(f"{here}/call", **given | more)


def test_what_is_needed_while_it_shows_is_not_asked_of_a_step_that_hides_it(office: Office) -> None:
    here = followed(office)
    assert called(office, here).status_code == 302
    refused = called(office, here, trouble="yes")
    assert (refused.status_code, "请填写问题" in refused.content.decode()) == (422, True)
    assert called(office, here, trouble="yes", trouble_what="异响", trouble_major="no").status_code == 302
    assert FormRecord.objects.filter(kind="first-contact", title="异响").exists()


def test_a_step_on_a_record_begins_with_the_moment_and_keeps_what_was_written(office: Office) -> None:
    given = {"shift": "day", "starts_at": "2026-11-16T08:00", "ends_at": "2026-11-16T16:00", "special": "no"}
    office.desk("mei").send("/registers/duty-log/new/begin", **given)
    here = f"/registers/duty-log/{FormRecord.objects.get(kind='duty-log').number}"
    assert office.desk("mei").sheet(f"{here}/ask_leave").values["leave_from"] == ["2026-11-16T09:00"]
    correction = office.desk("mei").sheet(f"{here}/facts").values
    assert (correction["starts_at"], correction["back_at"]) == (["2026-11-16T08:00"], [""])


def test_a_record_of_a_period_kind_speaks_of_the_period_in_which_it_is_opened(office: Office) -> None:
    tao = office.desk("tao")
    tao.send("/registers/week-report/new/hand_in", **SERVICE)
    report = FormRecord.objects.get(kind="week-report")
    assert report.period == "2026-W47"
    tao.send(f"/registers/week-report/{report.number}/void", reason="填错人")
    assert Entry.objects.get(event="week-report.void").particulars["period"] == "2026-W47"


def test_rows_of_a_period_kind_are_answered_and_none_left_open_is_enough(office: Office) -> None:
    tao, who = office.desk("tao"), {"present-0-who": str(office.works.tao.pk)}
    action = {"actions-0-what": "查备件", "actions-0-owner": str(office.works.tao.pk), "actions-0-due_on": "2026-11-18"}
    start = "/registers/week-meeting/new/hold"
    for week, more in (("2026-W47", action), ("2026-W46", {})):
        tao.send(start, at_page=f"{start}?period={week}", **MEETING, **who, **more)
    first, second = (f"/registers/week-meeting/{one.number}" for one in FormRecord.objects.order_by("pk"))
    assert "“会议事项”还有 1 项没有办理" in tao.get(f"{first}/close").text
    tao.send(f"{first}/rows/{FormRow.objects.get(part_kind='week-action').pk}/answer", answer="已补货")
    for here in (first, second):
        tao.send(f"{here}/close")
    assert list(FormRecord.objects.values_list("phase", flat=True)) == ["closed", "closed"]
