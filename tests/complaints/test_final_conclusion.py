"""Where the procedure says whose verdict is approved, the step asks what decides it, and nobody else is waited for."""

from __future__ import annotations

import pytest

from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from tests.desk import Office, ParsedPage
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("communication")
office = desks("2026-11-18 09:00")
FIELD = "within_service_period"
VERDICT = {"verdict": "justified", "reason": "实物确认", "statement": "已更换工装"}
WAYS = [("conclusion", "yes", "是", "no", "否"), ("final-conclusion", "no", "否", "yes", "是")]


@pytest.mark.parametrize(("noun", "right", "wanted", "wrong", "said"), WAYS)
def test_the_form_asks_and_refuses_what_leads_the_other_way(
    office: Office, noun: str, right: str, wanted: str, wrong: str, said: str
) -> None:
    story = told(office.works, "approved_tasks")
    path = f"/complaints/{story.complaint.number}/{noun}"
    desk = office.desk("lin")
    form = desk.get(path).form(path)
    assert (form.names.count(FIELD), form.values.get(FIELD)) == (2, None)
    for answer, why in (
        ({}, "请选择是否售后期内的质量异常。"),
        ({FIELD: wrong}, f"“是否售后期内的质量异常”须是“{wanted}”，现在是“{said}”"),
    ):
        refused = desk.send(path, **VERDICT, **answer)
        page = ParsedPage(refused)
        assert (refused.status_code, f'id="id_{FIELD}-error"' in page.html, why in page.text) == (422, True, True)
    assert Complaint.objects.get(pk=story.complaint.pk).state == "handling"
    assert desk.send(path, **VERDICT, **{FIELD: right}).status_code == 302
    now = Complaint.objects.get(pk=story.complaint.pk)
    assert (now.state, now.extra[FIELD]) == ({"yes": "concluded", "no": "decided"}[right], right)


def test_what_was_answered_before_stands_in_the_form(office: Office) -> None:
    story = told(office.works, "approved_tasks")
    here, desk = f"/complaints/{story.complaint.number}", office.desk("lin")
    assert desk.send(f"{here}/facts", **{FIELD: "no"}).status_code == 302
    for noun, *_ in WAYS:
        assert desk.get(f"{here}/{noun}").form(f"{here}/{noun}").values[FIELD] == ["no"]


def test_the_time_line_says_that_nobody_had_to_approve_it(office: Office) -> None:
    story = told(office.works, "approved_tasks")
    story.conclude_finally()
    entry = Entry.objects.get(event="complaint.concluded_finally")
    assert (entry.clause, sentence(entry, "zh"), sentence(entry, "en")) == (
        "5.4.4.2",
        "林志远汇总结论，无须批准：成立（实物确认）",
        "林志远 concluded without approval: Justified (实物确认)",
    )
