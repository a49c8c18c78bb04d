"""Importing old complaints."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from huiyin.channels.imports.undo import undo
from huiyin.channels.models import ImportRun
from huiyin.complaints.actions.intake import verify as verify_complaint
from huiyin.complaints.models import Answer, Complaint
from huiyin.customers.actions import register_customer
from huiyin.customers.values import CustomerFacts
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.search import search
from huiyin.records.steps.context import StepContext
from tests.cast import at
from tests.channels.conftest import NOW, ImportDesk, csv, faults

HEAD = [
    "投诉编号",
    "客户名称",
    "投诉日期",
    "型号",
    "批号",
    "机号",
    "问题描述",
    "不良数量",
    "严重程度",
    "判定结论",
    "处理结果",
    "结案日期",
]


@pytest.fixture
def filed(desk: ImportDesk) -> ImportDesk:
    register_customer(
        CustomerFacts(name="海川机电", code="C-1"),
        procedure_id=desk.factory.version,
        context=StepContext(desk.factory.mei, NOW),
    )
    return desk


def test_old_complaints_stand_as_far_as_their_rows_show(filed: ImportDesk) -> None:
    filed.bring_in(
        "complaints",
        csv(
            [
                HEAD,
                [
                    "2025-0118",
                    "海川机电",
                    "2025-03-02",
                    "HY-40",
                    "B2501",
                    "S-1",
                    "接头漏油",
                    "3",
                    "功能：影响使用或停线",
                    "成立",
                    "已换新",
                    "2025-03-20",
                ],
                ["", "C-1", "2026-11-01 14:30", "HY-50", "", "", "异响", "", "", "", "请提供样品", ""],
                ["", "C-1", "2026-11-02", "", "", "", "少发两件", "", "", "justified", "", ""],
                ["", "C-1", "2026-11-03", "", "", "", "外箱破损", "", "", "", "", ""],
            ]
        ),
        "old.csv",
    )

    rows = list(
        Complaint.objects.order_by("id").values_list("number", "state", "phase", "customer_name", "verdict", "severity")
    )
    assert rows == [
        ("2025-0118", "closed", "closed", "海川机电", "justified", "function"),
        ("KS2026-0001", "answered", "acceptance", "海川机电", "", ""),
        ("KS2026-0002", "concluded", "answer", "海川机电", "justified", ""),
        ("KS2026-0003", "registered", "received", "海川机电", "", ""),
    ]
    first, second = Complaint.objects.order_by("id")[:2]
    assert (first.received_at, first.closed_at, first.opened_at) == (
        at("2025-03-02 12:00"),
        at("2025-03-20 12:00"),
        NOW,
    )
    assert (second.received_at, second.closed_at, second.owner) == (
        at("2026-11-01 14:30"),
        None,
        filed.factory.song,
    )
    assert list(Answer.objects.order_by("id").values_list("complaint__number", "text", "round")) == [
        ("2025-0118", "已换新", 1),
        ("KS2026-0001", "请提供样品", 1),
    ]
    assert list(Entry.objects.filter(kind="complaint").values_list("event", flat=True).distinct()) == [
        "complaint.imported"
    ]
    assert verify().fault is None
    assert [hit.number for hit in search.search(None, "漏油")] == ["2025-0118"]


def test_the_page_of_a_closed_one_claims_nothing_that_nobody_saw(filed: ImportDesk, client: Client) -> None:
    row = [
        "2025-0118",
        "海川机电",
        "2025-03-02",
        "HY-40",
        "",
        "",
        "漏油",
        "",
        "",
        "成立",
        "已换新",
        "2025-03-20",
    ]
    filed.bring_in("complaints", csv([HEAD, row]), "old.csv")
    client.force_login(filed.factory.song)
    page = client.get("/complaints/2025-0118").content.decode()
    bar = re.findall(r'<li class="is-(\w+)".*?steps-label">(.*?)<', page, re.DOTALL)
    assert bar[-1] == ("done", "已办结")
    assert {state for state, _ in bar[:-1]} == {"skipped"}
    assert ("已换新" in page, "等客户表态" in page) == (True, False)


def test_open_ones_owe_from_the_import_on_what_their_state_calls_for(filed: ImportDesk) -> None:
    head = ["客户", "投诉日期", "问题描述", "严重程度", "判定结论", "处理结果", "结案日期"]
    rows = [
        ["C-1", "2026-11-03", "外箱破损", "功能：影响使用或停线", "", "", ""],
        ["C-1", "2026-11-03", "外箱破损", "", "", "", ""],
        ["C-1", "2026-11-02", "少发两件", "功能：影响使用或停线", "justified", "", ""],
        ["C-1", "2026-11-01", "异响", "", "", "请提供样品", ""],
        ["C-1", "2025-03-01", "漏油", "", "", "已换新", "2025-03-05"],
    ]
    filed.bring_in("complaints", csv([head, *rows]), "old.csv")

    first, unknown, concluded, answered, closed = Complaint.objects.order_by("id")
    owed: dict[int, list[str]] = {}
    for row in Obligation.objects.order_by("rule"):
        owed.setdefault(row.record_id, []).append(row.rule)
        assert (row.base_at, row.opened_at, row.is_open) == (NOW, NOW, True)
    assert [owed.get(c.pk, []) for c in (first, unknown, concluded, answered, closed)] == [
        ["answer", "verify"],
        ["answer", "verify"],
        ["answer", "statement-approval"],
        ["customer-opinion"],
        [],
    ]
    verify_row = Obligation.objects.get(record_id=first.pk, rule="verify")
    assert (verify_row.due_at, verify_row.owner_person) == (at("2026-11-16 11:00"), filed.factory.song)
    told = timeline("complaint", first.pk)[0].text.zh
    labels = "、".join(filed.factory.procedure.rule(key).label.zh for key in ("verify", "answer"))
    assert told == f"宋建国导入了旧投诉（海川机电）：自导入时起应办 {labels}"
    assert timeline("complaint", closed.pk)[0].text.zh == "宋建国导入了旧投诉（海川机电）"

    sent = filed.factory.context("mei", "2026-11-16 10:00")
    verify_complaint(first, "属实", context=sent)
    assert Obligation.objects.get(pk=verify_row.pk).fulfilled_at == at("2026-11-16 10:00")
    assert Obligation.objects.filter(OPEN, record_id=first.pk, rule="judge").count() == 1
    assert verify().fault is None


def test_reminders_do_not_keep_a_run_from_being_undone(filed: ImportDesk) -> None:
    head = ["客户", "投诉日期", "问题描述"]
    run = filed.bring_in("complaints", csv([head, ["C-1", "2026-11-03", "外箱破损"]]), "old.csv")
    assert sweep(at=at("2026-11-18 09:00")) > 0
    assert undo(run, actor=filed.factory.song, at=at("2026-11-18 10:00")).state == ImportRun.UNDONE
    assert (Complaint.objects.count(), Obligation.objects.filter(OPEN).count()) == (0, 0)
    assert verify().fault is None


def test_the_series_goes_on_above_old_numbers_of_its_own_look(filed: ImportDesk) -> None:
    filed.bring_in(
        "complaints",
        csv(
            [
                ["编号", "客户", "日期", "问题"],
                ["KS2026-0041", "C-1", "2026-02-03", "漏油"],
                ["KS2025-0900", "C-1", "2025-02-03", "漏油"],
            ]
        ),
        "a.csv",
    )

    assert filed.factory.complaint(severity="function").number == "KS2026-0042"


def test_faults_of_old_complaints(filed: ImportDesk) -> None:
    taken = filed.factory.complaint(severity="function").number
    run = filed.check(
        "complaints",
        csv(
            [
                HEAD,
                [taken, "海川机电", "2025-03-02", "", "", "", "漏油", "", "", "", "", ""],
                [
                    "投2025/3",
                    "海川机电",
                    "2025-03-02",
                    "",
                    "",
                    "",
                    "漏油",
                    "",
                    "特别严重",
                    "",
                    "",
                    "2025-03-01",
                ],
                ["X1", "别家", "某日", "", "", "", "", "", "", "", "", ""],
                ["X1", "海川机电", "2025-03-02", "", "", "", "漏油", "", "", "", "", ""],
            ]
        ),
        "bad.csv",
    )

    assert faults(run) == [
        (2, "number", taken, "已有投诉用了这个编号"),
        (3, "number", "投2025/3", "编号要含数字，只能有字母、数字和 . - _ ( )"),
        (
            3,
            "severity",
            "特别严重",
            "只能填：安全：可能伤及人身或引发火灾、法规：不符合法律或强制标准、功能：影响使用或停线、外观：不影响使用、不涉及产品",
        ),
        (3, "closed_at", "2025-03-01", "早于受理日期"),
        (4, "received_at", "某日", "不是日期，请写成 2026-11-21 的样子"),
        (4, "problem", "", "不能为空"),
        (4, "customer", "别家", "没有这位客户，请先建档或导入客户"),
        (5, "number", "X1", "与第 4 行重复"),
    ]


def test_only_heads_of_reception_and_quality_import_old_complaints(filed: ImportDesk) -> None:
    from huiyin.channels.imports.importer import importer_of

    importer = importer_of("complaints")
    may = {
        name: not importer.reasons_against(filed.person(name), filed.factory.procedure, at=NOW)
        for name in ("song", "qian", "root", "mei", "shen")
    }

    assert may == {"song": True, "qian": True, "root": True, "mei": False, "shen": False}
