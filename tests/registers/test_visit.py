"""A visit to a customer, declared by a pack alone: planned, reported, its findings answered, closed, printed."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Person
from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.models import FormRecord, FormRow
from tests.cast import at
from tests.desk import Office
from tests.registers.works import PACK, a_customer
from tests.stage import desks, stage


def reasons(answer: Any) -> list[str]:
    return re.findall(r"(?s)<ul class=\"reasons\">(.*?)</ul>|field-error[^>]*>(.*?)</p>", answer.content.decode())


works = stage(PACK)
office = desks()


def test_a_visit_from_plan_to_close(office: Office) -> None:
    works = office.works
    customer = a_customer(works)
    mei, lin = office.desk("mei"), office.desk("lin")

    page = mei.get("/registers/visit/")
    assert "还没有客户走访" in page.text
    opened = mei.send(
        "/registers/visit/new/plan",
        at_page=f"/registers/visit/new/plan?customer={customer.number}",
        planned_on="2026-11-18",
        visitor=str(works.lin.pk),
        sort="planned",
        purpose="看新线试产",
    )
    record = FormRecord.objects.get()
    assert (opened.status_code, opened.headers["Location"]) == (302, f"/registers/visit/{record.number}")
    assert (record.number, record.state, record.title) == ("VISIT2026-0001", "planned", "看新线试产")
    assert (record.about_number, record.extra["telephone"]) == (customer.number, "0574-88881234")
    assert (str(record.day1), record.person1) == ("2026-11-18", works.lin.pk)
    owed = Obligation.objects.get(OPEN)
    assert (owed.rule, owed.owner_person_id, owed.record_number) == ("visit-report", works.lin.pk, record.number)
    assert Notice.objects.filter(person=works.lin).exists()
    entry = Entry.objects.get(event="visit.plan")
    assert sentence(entry, "zh") == "王晓梅 计划 2026-11-18 走访，由 林志远 前往"
    assert sentence(entry, "en").startswith("王晓梅 planned a visit on 2026-11-18 by")

    here = f"/registers/visit/{record.number}"
    told = lin.send(
        f"{here}/report",
        summary="试产顺利，两处要改",
        **{
            "findings-0-what": "接头渗油",
            "findings-0-owner": str(works.tao.pk),
            "findings-0-due_on": "2026-11-20",
            "findings-1-what": "",
            "costs-0-what": "车费",
            "costs-0-amount": "120.50",
            "costs-1-what": "住宿",
            "costs-1-amount": "300",
        },
    )
    assert told.status_code == 302, reasons(told)
    record.refresh_from_db()
    assert (record.state, record.extra["sum"]) == ("done", "420.5")
    finding = FormRow.objects.get(part_kind="visit-finding")
    assert (finding.state, finding.owner_id, str(finding.due_on)) == ("open", works.tao.pk, "2026-11-20")
    assert sorted(Obligation.objects.filter(OPEN).values_list("rule", flat=True)) == [
        "visit-close",
        "visit-finding-answer",
    ]

    refused = mei.get(f"{here}/close")
    assert "“问题与办理”还有 1 项没有办理" in refused.text
    tao = office.desk("tao")
    answered = tao.send(f"{here}/rows/{finding.pk}/answer", answer="更换密封圈")
    assert answered.status_code == 302
    closed = mei.send(f"{here}/close")
    assert closed.status_code == 302
    record.refresh_from_db()
    assert (record.state, record.phase) == ("closed", "closed")
    assert not Obligation.objects.filter(OPEN).exists()
    page = mei.get(here)
    assert page.status == 200
    assert "更换密封圈" in page.text
    assert "¥420.50" in page.text
    assert "VISIT2026-0001" in mei.get("/registers/visit/").text
    assert "VISIT2026-0001" in mei.get("/search?q=看新线").text
    assert (verify().code, verify().fault) == (0, None)
    pdf = mei.client.get(f"/sheets/visit/{record.number}/visit.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


@pytest.mark.parametrize("left", [False, True])
def test_whoever_a_field_names_and_has_left_owes_nothing_and_management_is_told(office: Office, left: bool) -> None:
    """Named on paper, gone when it is entered: what is owed has no owner yet, and that is told to who can name one."""
    works = office.works
    Person.objects.filter(pk=works.lin.pk).update(is_active=not left)
    visitor = {"person": works.lin.pk, "name": works.lin.name, "name_en": works.lin.name_en}
    given = FormInput({"planned_on": "2026-11-18", "visitor": visitor, "sort": "planned", "purpose": "回访"})
    context = works.context("mei", "2026-11-16 08:30")
    open_record("visit", "plan", given, procedure_id=works.version, context=context)
    owed = Obligation.objects.get(OPEN)
    owner = (None, None) if left else (works.lin.pk, works.lin.department_id)
    assert (owed.rule, owed.owner_person_id, owed.owner_department_id) == ("visit-report", *owner)
    assert Notice.objects.filter(person=works.lin).exists() == (not left)
    before = set(Notice.objects.values_list("pk", flat=True))
    sweep(at=at("2026-11-18 08:30"))
    reminded = Notice.objects.exclude(pk__in=before).values_list("person__username", flat=True)
    assert list(reminded) == ["zong" if left else "lin"]


def test_the_procedure_page_tells_declared_kinds(office: Office) -> None:
    page = office.desk("zong").get("/procedure/")
    assert page.status == 200
    for words in ("走访类别 是 处理投诉", "任务行都已办理（问题与办理）", "填写走访记录", "费用合计"):
        assert words in page.text, words
