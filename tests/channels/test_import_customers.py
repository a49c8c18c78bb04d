"""Importing customers: columns guessed, faults named in place, all rows or none."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.channels.imports import runs
from huiyin.channels.imports.customers import CustomerImporter
from huiyin.channels.imports.importer import PreparedImport
from huiyin.channels.models import ImportRun
from huiyin.customers.actions import register_customer
from huiyin.customers.models import ContactPerson, Customer
from huiyin.customers.queries import find_customers
from huiyin.customers.values import CustomerFacts
from huiyin.database import bulk
from huiyin.database.bulk import BulkStatement
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.records.models import NumberSeries
from huiyin.records.steps.context import StepContext
from tests.channels.conftest import NOW, ImportDesk, csv, faults, xlsx

HEAD = [
    "客户编号",
    "公司名称",
    "简称",
    "等级",
    "联系电话",
    "地址",
    "业务员",
    "质保月数",
    "联系人",
    "手机",
    "职务",
    "邮箱",
]
SHEET = [
    HEAD,
    [
        "C-1",
        "宁波海川机电有限公司",
        "海川",
        "A",
        "0574-88881234",
        "北仑区",
        "王晓梅",
        24,
        "单工",
        13800138000,
        "科长",
        "shan@haichuan.cn",
    ],
    ["", "宁波长兴精密机械厂", "", "", "", "", "", "", "", "", "", ""],
    [],
    ["C-3", "=1+1 公司", "", "B", "", "", "mei", "", "", "", "", ""],
]


def test_a_clean_sheet_becomes_customers_with_their_people(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", xlsx(SHEET), "客户名单.xlsx")

    assert (run.state, run.rows, run.header_row, run.file_name) == (ImportRun.DONE, 3, 1, "客户名单.xlsx")
    rows = list(
        Customer.objects.order_by("id").values_list("number", "code", "name", "tier", "initials", "state", "phase")
    )
    assert rows == [
        ("C-1", "C-1", "宁波海川机电有限公司", "A", "hc", "active", "handling"),
        ("KH00001", "KH00001", "宁波长兴精密机械厂", "", "cxjmjx", "active", "handling"),
        ("C-3", "C-3", "=1+1 公司", "B", "11", "active", "handling"),
    ]
    first = Customer.objects.get(code="C-1")
    assert (first.salesperson, first.warranty_months, first.opened_by, first.opened_at) == (
        desk.factory.mei,
        24,
        desk.factory.song,
        NOW,
    )
    person = ContactPerson.objects.get()
    assert (person.customer, person.name, person.pinyin, person.mobile_digits, person.email) == (
        first,
        "单工",
        "shangong",
        "13800138000",
        "shan@haichuan.cn",
    )


def test_each_record_has_its_entry_and_the_journal_is_whole(desk: ImportDesk) -> None:
    run = desk.bring_in("customers", xlsx(SHEET), "名单.xlsx")

    entries = list(Entry.objects.exclude(kind="procedure").order_by("id"))
    person = ContactPerson.objects.get()
    assert [(e.event, e.number, e.sequence, e.particulars["run"], e.particulars["row"]) for e in entries] == [
        ("customer.imported", "C-1", 1, run.pk, 2),
        ("customer.imported", "KH00001", 1, run.pk, 3),
        ("customer.imported", "C-3", 1, run.pk, 5),
    ]
    assert set(entries[0].digests) == {"", f"contact_person:{person.pk}"}
    assert sentence(entries[0], "zh") == f"宋建国从表格导入：宁波海川机电有限公司（名单.xlsx，第 {run.pk} 批）"
    assert (verify().fault, verify().entries) == (None, 7)


def test_imported_customers_are_found(desk: ImportDesk) -> None:
    desk.bring_in("customers", xlsx(SHEET))

    def found(text: str) -> list[str]:
        return [one.customer.code for one in find_customers(desk.person("mei"), text)]

    assert [found("13800138000"), found("cxjm"), found("北仑"), found("shangong")] == [
        ["C-1"],
        ["KH00001"],
        ["C-1"],
        ["C-1"],
    ]


def test_the_next_customer_opened_by_hand_gets_the_next_number(desk: ImportDesk) -> None:
    desk.bring_in("customers", csv([["客户名称"], ["甲厂"], ["乙厂"]]), "a.csv")

    opened = register_customer(
        CustomerFacts(name="丙厂"), procedure_id=desk.factory.version, context=StepContext(desk.factory.mei, NOW)
    )

    assert list(Customer.objects.order_by("id").values_list("number", flat=True)) == [
        "KH00001",
        "KH00002",
        opened.number,
    ]
    assert opened.number == "KH00003"


def test_numbers_leave_out_codes_of_the_sheet_and_of_the_file(desk: ImportDesk) -> None:
    register_customer(
        CustomerFacts(name="甲厂", code="KH00002"),
        procedure_id=desk.factory.version,
        context=StepContext(desk.factory.mei, NOW),
    )

    desk.bring_in("customers", csv([["编号", "客户名称"], ["", "乙厂"], ["KH00001", "丙厂"], ["", "丁厂"]]), "a.csv")

    assert dict(Customer.objects.values_list("name", "number")) == {
        "甲厂": "KH00002",
        "乙厂": "KH00003",
        "丙厂": "KH00001",
        "丁厂": "KH00004",
    }


def test_faults_are_named_in_place_and_nothing_is_written(desk: ImportDesk) -> None:
    register_customer(
        CustomerFacts(name="老客户", code="C-9"),
        procedure_id=desk.factory.version,
        context=StepContext(desk.factory.mei, NOW),
    )
    run = desk.check(
        "customers",
        xlsx(
            [
                HEAD,
                ["C-9", "甲厂", "", "", "", "", "", "", "", "", "", ""],
                ["C-1", "", "", "", "", "", "查无此人", "很久", "", 13800138000, "", ""],
                ["C-2", "乙厂", "", "ABCDE", "", "", "", 999, "", "", "", "不是邮箱"],
                ["C-2", "丙厂", "", "", "", "", "", "", "", "", "", ""],
                ["A/1", "丁厂", "", "", "", "", "", "", "", "", "", ""],
            ]
        ),
    )

    assert (run.state, run.rows, run.faults) == (ImportRun.FAULTY, 5, 10)
    assert faults(run) == [
        (2, "code", "C-9", "已有客户用了这个编号：老客户"),
        (3, "name", "", "不能为空"),
        (3, "salesperson", "查无此人", "没有这位人员"),
        (3, "warranty_months", "很久", "不是数字"),
        (3, "contact_name", "", "有联系方式，却没有联系人姓名"),
        (4, "tier", "ABCDE", "太长：5 字，最多 4 字"),
        (4, "warranty_months", "999", "要在 0 到 240 之间的整数"),
        (4, "contact_email", "不是邮箱", "不是电子邮箱地址"),
        (5, "code", "C-2", "与第 4 行重复"),
        (6, "code", "A/1", "编号里只能有字母、数字和 . - _ ( )"),
    ]
    assert faults(run, "en")[0] == (2, "code", "C-9", "A customer has this code already: 老客户")
    assert (Customer.objects.count(), Entry.objects.exclude(kind="procedure").count()) == (1, 1)


def test_one_bad_row_of_a_thousand_keeps_all_out(desk: ImportDesk) -> None:
    rows = [["客户名称"], *([f"客户{n}"] for n in range(999)), ["名" * 121]]

    run = desk.check("customers", csv(rows), "many.csv")

    assert (run.state, run.faults, faults(run)) == (
        ImportRun.FAULTY,
        1,
        [(1001, "name", "名" * 121, "太长：121 字，最多 120 字")],
    )
    assert runs.execute(run).state == ImportRun.FAULTY
    assert Customer.objects.count() == 0


def test_a_title_above_the_headings_is_passed_over(desk: ImportDesk) -> None:
    run = desk.bring_in(
        "customers",
        xlsx(
            [
                ["2026 年客户一览表"],
                [],
                ["序号", "客户名称", "电话"],
                [1, "甲厂", "1234"],
                [2, "乙厂", "5678"],
            ]
        ),
    )

    assert (run.header_row, run.columns) == (3, {"name": 1, "telephone": 2})
    assert list(Customer.objects.order_by("id").values_list("name", "telephone")) == [
        ("甲厂", "1234"),
        ("乙厂", "5678"),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_text_in_any_usual_encoding_comes_in(desk: ImportDesk, encoding: str) -> None:
    desk.bring_in("customers", csv([["Customer name", "Short name"], ["宁波海川机电", "海川"]], encoding), "a.csv")

    assert list(Customer.objects.values_list("name", "short_name")) == [("宁波海川机电", "海川")]


def test_people_match_columns_themselves(desk: ImportDesk) -> None:
    run = desk.check("customers", csv([["甲", "乙"], ["X1", "一厂"], ["X2", "二厂"]]), "odd.csv")
    assert (run.state, faults(run)) == (ImportRun.FAULTY, [(1, "name", "", "请指出哪一列是“客户名称”")])

    run = runs.match(run, {"code": 0, "name": 1, "nonsense": 1}, 1)

    assert (run.state, run.rows, run.columns) == (ImportRun.READY, 2, {"code": 0, "name": 1})


def test_two_salespeople_of_one_name_must_be_told_apart(desk: ImportDesk) -> None:
    mei = desk.factory.mei
    type(mei).objects.create_person("mei2", None, name=mei.name, department=mei.department)

    run = desk.check("customers", csv([["客户名称", "业务员"], ["甲厂", "王晓梅"], ["乙厂", "mei2"]]), "a.csv")

    assert faults(run) == [(2, "salesperson", "王晓梅", "有几位同名，请填用户名")]


def test_a_number_taken_meanwhile_is_not_given_twice(desk: ImportDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are foreseen before the writing transaction; whoever registers in between keeps the one they got."""
    run = desk.check("customers", csv([["客户名称"], ["甲厂"], ["乙厂"]]), "a.csv")
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.WAITING, started_at=NOW)
    run.refresh_from_db()
    prepare, tries = CustomerImporter.prepare, []

    def and_somebody_registers(self: CustomerImporter, *given: Any) -> PreparedImport:
        ready = prepare(self, *given)
        tries.append(len(tries))
        if len(tries) == 1:
            register_customer(
                CustomerFacts(name="丙厂"),
                procedure_id=desk.factory.version,
                context=StepContext(desk.factory.mei, NOW),
            )
        return ready

    monkeypatch.setattr(CustomerImporter, "prepare", and_somebody_registers)
    assert runs.execute(run).state == ImportRun.DONE
    names = dict(Customer.objects.order_by("id").values_list("number", "name"))
    assert sorted(names.values()) == sorted(["甲厂", "乙厂", "丙厂"])
    last = NumberSeries.objects.get(series="customer").last
    assert (len(tries), len(names), last, verify().fault) == (2, 3, 3, None)


def test_a_killed_worker_leaves_nothing_and_the_second_try_writes_once(
    desk: ImportDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = desk.check("customers", csv([["客户名称"], ["甲厂"], ["乙厂"]]), "a.csv")
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.WAITING, started_at=NOW)
    run.refresh_from_db()

    class Killed(BaseException):
        """As if the process ended here."""

    def die(prepared: list[BulkStatement]) -> None:
        bulk.execute(prepared[:2])
        assert (Customer.objects.count(), Entry.objects.exclude(kind="procedure").count()) == (2, 2)
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr("huiyin.channels.imports.writing.execute", die)
        with pytest.raises(Killed):
            runs.execute(run)
    assert (
        Customer.objects.count(),
        Entry.objects.exclude(kind="procedure").count(),
        ImportRun.objects.get().state,
    ) == (
        0,
        0,
        ImportRun.WAITING,
    )

    run.refresh_from_db()
    assert runs.execute(run).state == ImportRun.DONE
    assert runs.execute(run).state == ImportRun.DONE
    assert (Customer.objects.count(), Entry.objects.exclude(kind="procedure").count()) == (2, 2)


def test_a_code_taken_between_check_and_writing_is_a_fault(desk: ImportDesk) -> None:
    run = desk.check("customers", csv([["编号", "客户名称"], ["C-1", "甲厂"], ["C-2", "乙厂"]]), "a.csv")
    register_customer(
        CustomerFacts(name="别家", code="C-2"),
        procedure_id=desk.factory.version,
        context=StepContext(desk.factory.mei, NOW),
    )
    ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.WAITING, started_at=NOW)
    run.refresh_from_db()

    run = runs.execute(run)

    assert (run.state, faults(run)) == (ImportRun.FAULTY, [(3, "code", "C-2", "已有客户用了这个编号：别家")])
    assert Customer.objects.count() == 1
