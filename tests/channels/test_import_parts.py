"""Importing contact persons and deliveries of customers on file."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from huiyin.channels.imports.importer import ImportRow
from huiyin.channels.imports.parts import ContactImporter
from huiyin.channels.imports.parts import find_customers as name_customers
from huiyin.customers.actions import change_customer, register_customer
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.queries import find_customers
from huiyin.customers.values import CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.search import search
from huiyin.records.steps.context import StepContext
from tests.channels.conftest import NOW, ImportDesk, csv, faults, xlsx


@pytest.fixture
def filed(desk: ImportDesk) -> ImportDesk:
    for code, name in (("C-1", "宁波海川机电有限公司"), ("C-2", "长兴精密机械厂"), ("C-3", "长兴精密机械厂")):
        register_customer(
            CustomerFacts(name=name, code=code),
            procedure_id=desk.factory.version,
            context=StepContext(desk.factory.mei, NOW),
        )
    return desk


def test_people_come_to_their_customers(filed: ImportDesk) -> None:
    run = filed.bring_in(
        "contacts",
        csv(
            [
                ["客户名称", "姓名", "职责", "手机", "电话", "微信"],
                ["宁波海川机电有限公司", "单工", "质量", "13800138000", "", "shan"],
                ["C-2", "曾志伟", "purchasing", "", "021-65551234", ""],
                ["C-1", "仇英", "", "", "", ""],
            ]
        ),
        "people.csv",
    )

    rows = list(
        ContactPerson.objects.order_by("customer__code", "id").values_list("customer__code", "name", "role", "initials")
    )
    assert rows == [
        ("C-1", "单工", "quality", "sg"),
        ("C-1", "仇英", "", "qy"),
        ("C-2", "曾志伟", "purchasing", "zzw"),
    ]
    entries = list(Entry.objects.filter(event="customer.imported").order_by("id"))
    assert [(e.number, e.sequence, len(e.digests)) for e in entries] == [("C-1", 2, 2), ("C-2", 2, 1)]
    assert sentence(entries[0], "zh") == f"宋建国从表格导入：单工、仇英（people.csv，第 {run.pk} 批）"
    assert verify().fault is None
    assert [one.customer.code for one in find_customers(filed.person("mei"), "65551234")] == ["C-2"]


def test_deliveries_come_to_their_customers(filed: ImportDesk) -> None:
    filed.bring_in(
        "deliveries",
        xlsx(
            [
                ["客户编号", "规格型号", "批号", "序列号", "合同号", "发货日期", "数量", "单位", "质保月数"],
                ["C-1", "HY-40", "B2611", "SN001", "D-9", date(2026, 10, 10), 1200.5, "件", 24],
                ["C-1", "HY-50", "", "", "", "2026年3月5日", "1,000", "", ""],
                ["C-2", "HY-60", "", "", "", 46000, "", "", ""],
            ]
        ),
    )

    rows = list(
        Delivery.objects.order_by("id").values_list(
            "model", "batch", "ship_date", "quantity", "unit", "warranty_months"
        )
    )
    assert rows == [
        ("HY-40", "B2611", date(2026, 10, 10), Decimal("1200.500"), "piece", 24),
        ("HY-50", "", date(2026, 3, 5), Decimal("1000.000"), "", None),
        ("HY-60", "", date(2025, 12, 9), None, "", None),
    ]
    assert verify().fault is None


def test_many_deliveries_of_one_customer_are_entered_in_several_entries(filed: ImportDesk) -> None:
    filed.bring_in("deliveries", csv([["客户", "型号"], *(["C-1", f"M{n}"] for n in range(450))]), "many.csv")

    entries = list(Entry.objects.filter(event="customer.imported").order_by("sequence"))
    assert [(e.sequence, len(e.digests)) for e in entries] == [(2, 200), (3, 200), (4, 50)]
    assert sentence(entries[0], "en").startswith(
        "宋建国 imported from a sheet: M0、M1、M2 and others, 200 deliveries (many.csv"
    )
    assert verify().fault is None


def test_faults_of_deliveries(filed: ImportDesk) -> None:
    run = filed.check(
        "deliveries",
        csv(
            [
                ["客户", "型号", "机号", "止机号", "发货日期", "数量", "单位", "质保截止"],
                ["查无此家", "HY-40", "", "", "", "", "", ""],
                ["长兴精密机械厂", "HY-40", "", "", "", "", "", ""],
                ["C-1", "", "", "SN9", "下周", "-1", "打", ""],
                ["C-1", "HY-40", "", "", "2026-13-01", "0.0001", "", ""],
                ["C-1", "HY-40", "", "", "2026-03-01", "", "", "2026-02-01"],
            ]
        ),
        "bad.csv",
    )

    assert faults(run) == [
        (2, "customer", "查无此家", "没有这位客户，请先建档或导入客户"),
        (3, "customer", "长兴精密机械厂", "有几位客户同名，请填编号：C-2、C-3"),
        (4, "model", "", "不能为空"),
        (4, "ship_date", "下周", "不是日期，请写成 2026-11-21 的样子"),
        (4, "quantity", "-1", "数量要大于零"),
        (4, "unit", "打", "只能填：件、套、台、箱、托、卷、张、千克"),
        (4, "serial", "", "有止机号，却没有起始机号"),
        (5, "ship_date", "2026-13-01", "不是日期，请写成 2026-11-21 的样子"),
        (5, "quantity", "0.0001", "最多三位小数"),
        (6, "warranty_until", "2026-02-01", "早于发货日期"),
    ]
    assert (Delivery.objects.count(), Customer.objects.count()) == (0, 3)


def test_a_customer_is_one_though_rows_call_it_by_code_and_by_name(filed: ImportDesk) -> None:
    """However many customers the sheet names between the two."""
    others = [f"K{n}" for n in range(500)]
    names = ["C-1", *others, "宁波海川机电有限公司"]
    rows = [ImportRow(n, {"customer": name}) for n, name in enumerate(names)]
    assert [fault.value for fault in name_customers(rows)] == others
    assert rows[0].values["customer_id"] == rows[-1].values["customer_id"] == Customer.objects.get(code="C-1").pk


def test_a_customer_changed_meanwhile_is_found_under_both(filed: ImportDesk, monkeypatch: Any) -> None:
    """Words are put together before the writing transaction; what somebody wrote in between is not lost."""
    customer = Customer.objects.get(code="C-1")
    prepare = ContactImporter.prepare

    def and_somebody_changes(self: ContactImporter, *given: Any) -> Any:
        ready = prepare(self, *given)
        facts = CustomerFacts(name="北仑海川传动", code="C-1")
        change_customer(customer, facts, context=StepContext(filed.factory.mei, NOW))
        return ready

    monkeypatch.setattr(ContactImporter, "prepare", and_somebody_changes)
    filed.bring_in("contacts", csv([["客户", "姓名"], ["C-1", "单工"], ["C-2", "曾工"]]), "a.csv")
    found = {words: [hit.number for hit in search.search(None, words)] for words in ("单工", "北仑", "宁波", "曾工")}
    assert found == {"单工": ["C-1"], "北仑": ["C-1"], "宁波": [], "曾工": ["C-2"]}
    assert verify().fault is None


def test_half_a_run_never_stays(filed: ImportDesk, monkeypatch: Any) -> None:
    run = filed.check("contacts", csv([["客户", "姓名"], ["C-1", "单工"], ["C-2", "曾工"]]), "a.csv")
    type(run).objects.filter(pk=run.pk).update(state="waiting", started_at=NOW)
    run.refresh_from_db()
    from huiyin.channels.imports import runs

    def broken(*_: Any, **__: Any) -> None:
        raise ValueError("disk on fire")

    monkeypatch.setattr("huiyin.channels.imports.writing.enter", broken)
    run = runs.execute(run)

    assert (
        run.state,
        ContactPerson.objects.count(),
        Entry.objects.filter(event="customer.imported").count(),
    ) == ("failed", 0, 0)
    assert (
        run.errors[0]["en"]
        == "Something went wrong and not a single row was written; try again, and tell the administrator if it stays so"
    )
