"""Undoing a run as a whole, until something else refers to one of its rows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from huiyin.channels.imports.undo import undo
from huiyin.channels.models import ImportRun
from huiyin.complaints.models import Answer, Complaint
from huiyin.customers.actions import change_contact_person, change_customer, register_customer
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.queries import find_customers
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.models import SearchText
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from tests.cast import at
from tests.channels.conftest import NOW, ImportDesk, csv

LATER = at("2026-11-17 09:00")
CUSTOMERS = csv([["编号", "客户名称", "联系人"], ["C-1", "海川机电", "单工"], ["C-2", "长兴机械", ""]])


def refused(run: ImportRun, desk: ImportDesk) -> list[str]:
    with pytest.raises(Refused) as refusal:
        undo(run, actor=desk.factory.song, at=LATER)
    return [reason.show("zh") for reason in refusal.value.reasons]


def test_customers_go_with_their_people_and_the_journal_tells(desk: ImportDesk) -> None:
    kept = register_customer(
        CustomerFacts(name="老客户"), procedure_id=desk.factory.version, context=StepContext(desk.factory.mei, NOW)
    )
    run = desk.bring_in("customers", CUSTOMERS, "名单.csv")

    run = undo(run, actor=desk.factory.song, at=LATER)

    assert (run.state, run.undone_at, run.undone_by) == (ImportRun.UNDONE, LATER, desk.factory.song)
    assert list(Customer.objects.all()) == [kept]
    assert ContactPerson.objects.count() == 0
    assert find_customers(desk.person("mei"), "海川") == []
    assert SearchText.objects.filter(kind="customer").count() == 1
    last = Entry.objects.order_by("-id")[0]
    assert (last.event, last.number, last.sequence, last.digests) == (
        "customer.import_undone",
        "C-2",
        2,
        {"": None},
    )
    assert sentence(last, "zh") == f"宋建国撤销了第 {run.pk} 批导入：长兴机械"
    assert verify().fault is None
    assert refused(run, desk) == ["这一批没有导入，或者已经撤销"]


def test_the_same_sheet_comes_in_again_after_an_undo(desk: ImportDesk) -> None:
    undo(desk.bring_in("customers", CUSTOMERS, "a.csv"), actor=desk.factory.song, at=LATER)

    desk.bring_in("customers", CUSTOMERS, "a.csv")

    assert list(Customer.objects.order_by("id").values_list("number", flat=True)) == ["C-1", "C-2"]
    assert verify().fault is None


def test_parts_go_and_their_customers_stay(desk: ImportDesk) -> None:
    desk.bring_in("customers", CUSTOMERS, "a.csv")
    people = desk.bring_in("contacts", csv([["客户", "姓名"], ["C-1", "曾工"], ["C-2", "仇工"]]), "p.csv")
    goods = desk.bring_in("deliveries", csv([["客户", "型号"], ["C-1", "HY-40"], ["C-1", "HY-50"]]), "d.csv")

    undo(goods, actor=desk.factory.song, at=LATER)
    undo(people, actor=desk.factory.song, at=LATER)

    assert (Customer.objects.count(), Delivery.objects.count()) == (2, 0)
    assert list(ContactPerson.objects.values_list("name", flat=True)) == ["单工"]
    assert find_customers(desk.person("mei"), "仇工") == []
    assert sentence(Entry.objects.filter(number="C-1").order_by("-sequence")[1], "en").endswith(": 2 rows")
    assert verify().fault is None


def test_a_later_record_that_refers_to_a_row_keeps_the_run(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", CUSTOMERS, "a.csv")
    complaint = desk.factory.complaint(severity="function", customer=Customer.objects.get(code="C-2"))

    assert refused(run, desk) == [f"后来的记录用到了导入的行：{complaint.number}"]
    assert Customer.objects.count() == 2


def test_a_later_delivery_keeps_the_run_of_its_customer(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", CUSTOMERS, "a.csv")
    desk.bring_in("deliveries", csv([["客户", "型号"], ["C-1", "HY-40"]]), "d.csv")

    assert refused(run, desk) == ["后来的记录用到了导入的行：HY-40", "导入之后又有改动：C-1"]


def test_a_change_since_the_import_keeps_the_run(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", CUSTOMERS, "a.csv")
    customer = Customer.objects.get(code="C-1")
    change_customer(
        customer, replace(CustomerFacts.of(customer), fax="1"), context=StepContext(desk.factory.mei, LATER)
    )

    assert refused(run, desk) == ["导入之后又有改动：C-1"]


def test_a_changed_contact_person_keeps_its_run_but_other_changes_do_not(desk: ImportDesk) -> None:
    desk.bring_in("customers", CUSTOMERS, "a.csv")
    run = desk.bring_in("contacts", csv([["客户", "姓名"], ["C-1", "曾工"]]), "p.csv")
    customer = Customer.objects.get(code="C-1")
    change_customer(
        customer, replace(CustomerFacts.of(customer), fax="1"), context=StepContext(desk.factory.mei, LATER)
    )
    person = ContactPerson.objects.get(name="曾工")
    person.customer = customer
    change_contact_person(
        person, replace(ContactPersonFacts.of(person), post="科长"), context=StepContext(desk.factory.mei, LATER)
    )

    assert refused(run, desk) == ["导入之后又有改动：C-1"]


def test_a_run_that_was_undone_itself_keeps_nothing(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", CUSTOMERS, "a.csv")
    goods = desk.bring_in("deliveries", csv([["客户", "型号"], ["C-1", "HY-40"]]), "d.csv")
    undo(goods, actor=desk.factory.song, at=LATER)

    undo(run, actor=desk.factory.song, at=LATER)

    assert (Customer.objects.count(), verify().fault) == (0, None)


def test_old_complaints_go_with_their_answers(desk: ImportDesk) -> None:
    desk.bring_in("customers", CUSTOMERS, "a.csv")
    run = desk.bring_in(
        "complaints",
        csv(
            [
                ["客户", "投诉日期", "问题", "答复"],
                ["C-1", "2025-03-02", "漏油", "已换新"],
                ["C-2", "2025-03-03", "异响", ""],
            ]
        ),
        "c.csv",
    )

    undo(run, actor=desk.factory.song, at=LATER)

    assert (Complaint.objects.count(), Answer.objects.count(), Customer.objects.count()) == (0, 0, 2)
    assert verify().fault is None
