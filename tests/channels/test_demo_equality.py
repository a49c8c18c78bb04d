"""A step in memory leaves behind exactly what a real step leaves: rows, obligations, entries and hashes."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from huiyin.complaints.actions.values import (
    Assignment,
    ComplaintFacts,
    DemandInput,
    Judgement,
    PlannedMeasure,
    PromiseInput,
    RemedyInput,
)
from huiyin.customers.models import Customer
from huiyin.journal.verification import verify
from huiyin.people.models import Department
from tests.cast import Factory, at, day, factory
from tests.channels.two_ways import InMemory, RealSteps, left_by, left_in

pytestmark = pytest.mark.django_db

MEASURES = [
    PlannedMeasure("interim", "库存隔离全检", "彭师傅", day("2026-11-18"), day("2026-11-17")),
    PlannedMeasure("corrective", "更换导向套", "沈主任", day("2026-11-20")),
]
AGAIN = [PlannedMeasure("preventive", "修订作业指导书", "沈主任", day("2026-11-19"))]


def facts(works: Factory, **more: Any) -> ComplaintFacts:
    """What is known at intake, enough for every pack."""
    fields = works.procedure.fields_of("complaint")
    given: dict[str, Any] = {
        "received_at": at("2026-11-16 08:40"),
        "channel": works.procedure.catalogue("channel")[0].key,
        "problem": "接头处漏油，装机即停",
        "caller_name": "周厂长",
        "caller_phone": "13900001111",
        "model": "HY-40",
        "batch": "B2611",
        "serial": "S-77",
        "order_number": "D-9",
        "defect_quantity": Decimal(3),
        "complained_quantity": Decimal("10"),
        "shipped_quantity": Decimal("100.5"),
        "sample": "漏油接头一件",
        "ship_date": day("2026-10-10"),
        "severity": "function",
        "extra": {f.name: "X1" for f in fields if f.type in ("text", "longtext")},
    }
    return ComplaintFacts(**(given | more))


def department(function: str) -> Department:
    return next(d for d in Department.objects.filter(active=True) if function in d.functions)


def compared(works: Factory, script: list[tuple[Any, ...]], *, into: Any = None) -> RealSteps:
    """Take the script in both ways and compare all they left."""
    real = RealSteps(works, into=into)
    for name, who, when, *args in script:
        values = args.pop() if args and isinstance(args[-1], dict) else {}
        real.take(name, who, at(when), *args, **values)
    memory = InMemory.like(real)
    for name, who, when, *args in script:
        values = args.pop() if args and isinstance(args[-1], dict) else {}
        memory.take(name, who, at(when), *args, **values)
    there, here = left_by(real), left_in(memory)
    for what in there:
        assert here[what] == there[what], what
    assert len(there["entries"]) >= len(script)
    found = verify()
    assert (found.code, found.fault) == (0, None)
    return real


def test_the_feedback_procedure_with_every_detour() -> None:
    works = factory("feedback")
    first, second = (option.key for option in works.procedure.catalogue("demand")[:2])
    chosen = Judgement("product", "valid-fault", "quality", "function", ("production",))
    production, purchasing = department("production"), department("purchasing")
    script: list[tuple[Any, ...]] = [
        (
            "register",
            "mei",
            "2026-11-16 09:00",
            facts(works),
            [DemandInput(first, Decimal(2)), DemandInput(second)],
            PromiseInput("给出初步答复", at("2026-11-16 16:00")),
        ),
        ("attach", "mei", "2026-11-16 09:05"),
        ("supplement", "mei", "2026-11-16 09:30", facts(works, batch="B2612", problem="接头处漏油，照片见附件")),
        ("ask_customer", "mei", "2026-11-16 10:00", "请提供油温和压力"),
        ("record_reply", "mei", "2026-11-17 10:00", "55 ℃，21 MPa"),
        ("verify", "mei", "2026-11-17 10:30", "资料齐全", Decimal("9"), Decimal("4.5")),
        ("forward", "mei", "2026-11-17 11:00", "急"),
        ("offer_transfer", "mei", "2026-11-17 11:10", "song", "休假"),
        ("decline_transfer", "song", "2026-11-17 11:20", "也不在"),
        ("offer_transfer", "mei", "2026-11-17 11:30", "song", "休假"),
        ("accept_transfer", "song", "2026-11-17 11:40"),
        ("judge", "lin", "2026-11-17 14:00", chosen),
        ("remedy", "lin", "2026-11-17 14:10", "grant_remedy", RemedyInput("resupply", Decimal(3))),
        ("remedy", "song", "2026-11-17 14:20", "request_remedy", RemedyInput("claim", amount=Decimal("3000"))),
        ("assign", "lin", "2026-11-17 15:00", [Assignment(production, "查压装工位"), Assignment(purchasing, "查来料")]),
        ("decide_remedy", "zong", "2026-11-18 09:00", "approve_remedy", 1, "同意"),
        ("task", "cai", "2026-11-18 09:10", "decline", 1, "not-ours", "与来料无关"),
        ("task", "lin", "2026-11-18 09:20", "cancel", 1, "改由生产"),
        ("task", "shen", "2026-11-19 16:30", "answer", 0, "装配划伤", MEASURES),
        ("task", "lin", "2026-11-19 16:40", "return_answer", 0, "原因不充分"),
        ("task", "peng", "2026-11-19 17:00", "answer", 0, "工装毛刺划伤油封", AGAIN),
        ("task", "lin", "2026-11-20 08:30", "approve", 0),
        ("conclude", "lin", "2026-11-20 09:00", "justified", "实物", "换工装"),
        ("return_verdict", "song", "2026-11-20 09:30", "请补充"),
        ("conclude", "lin", "2026-11-20 10:00", "justified", "实物与录像", "换工装并全检"),
        ("answer", "song", "2026-11-20 16:00", "已更换工装", "telephone"),
        ("refuse", "song", "2026-11-20 17:00", "周厂长", "还在漏"),
        ("promise", "song", "2026-11-20 17:05", PromiseInput("周一到场", at("2026-11-23 10:00"))),
        ("keep_promise", "song", "2026-11-23 11:30", 1, "已到场"),
        ("keep_promise", "song", "2026-11-23 11:31", 0, ""),
        ("conclude", "lin", "2026-11-23 14:00", "justified", "现场复核", "补发"),
        ("answer", "tao", "2026-11-23 14:30", "已补发十件", "telephone"),
        ("accept", "song", "2026-11-24 09:00", "周厂长", "可以"),
        ("close", "song", "2026-11-24 10:00", "客户满意"),
        ("task", "peng", "2026-11-24 11:00", "carry_out", 0, day("2026-11-23"), "完成"),
        ("task", "lin", "2026-12-08 09:00", "verify", 0, "连续百件无漏"),
        ("reopen", "song", "2026-12-09 09:00", "又漏了"),
    ]
    real = compared(works, script)
    assert (real.complaint.state, real.complaint.round) == ("handling", 3)


def test_the_default_procedure_with_approval_and_call_back() -> None:
    works = factory("base")
    chosen = Judgement("delivery", "valid-fault", "non-quality", "none", (), lighter=True)
    script: list[tuple[Any, ...]] = [
        ("register", "mei", "2026-11-16 09:00", facts(works, severity="none"), [], None),
        ("promise", "mei", "2026-11-16 09:10", PromiseInput("下午回电", at("2026-11-16 15:00"))),
        ("verify", "mei", "2026-11-16 11:30", "属实", None, None),
        ("judge", "mei", "2026-11-16 14:00", chosen),
        ("settle", "song", "2026-11-16 15:00", "今日补发", "justified"),
        ("keep_promise", "mei", "2026-11-16 15:30", 0, "已回电"),
        ("approve_verdict", "qian", "2026-11-16 16:00", "同意"),
        ("answer", "mei", "2026-11-16 16:30", "今日补发", "telephone"),
        ("accept", "mei", "2026-11-17 09:00", "周厂长", "好"),
        ("attempt_call", "song", "2026-11-18 09:00", "无人接听"),
        ("call_back", "song", "2026-11-19 09:00", "satisfied", "还行"),
        ("close", "mei", "2026-11-19 10:00", "了结"),
    ]
    real = compared(works, script)
    assert real.complaint.phase == "closed"


def test_the_communication_procedure_with_a_rejection_that_goes_on() -> None:
    works = factory("communication")
    script: list[tuple[Any, ...]] = [
        ("register", "mei", "2026-11-16 09:00", facts(works), [DemandInput("claim", amount=Decimal("99.90"))], None),
        ("attach", "mei", "2026-11-16 09:01"),
        ("verify", "lin", "2026-11-16 14:00", "查证", None, None),
        ("judge", "lin", "2026-11-16 15:00", Judgement("product", "", "quality", "appearance")),
        ("reject", "lin", "2026-11-17 09:00", "misuse", "安装不当，见照片"),
        ("answer", "mei", "2026-11-18 09:00", "举证说明", "telephone"),
        ("accept", "mei", "2026-11-19 09:00", "周厂长", "认同"),
    ]
    real = compared(works, script)
    assert real.complaint.state == "accepted"


def test_the_measures_for_complaints_with_accepted_tasks() -> None:
    works = factory("complaint-measures")
    production = department("production")
    office = "bai"
    script: list[tuple[Any, ...]] = [
        ("register", "mei", "2026-11-16 09:00", facts(works), [DemandInput("rework")], None),
        ("verify", "mei", "2026-11-16 14:00", "样品已送", None, None, {"part_number": "P-1"}),
        ("judge", office, "2026-11-16 15:00", Judgement("product", "", "quality", "function", ("production",))),
        ("assign", office, "2026-11-16 16:00", [Assignment(production, "查原因")]),
        ("task", "peng", "2026-11-17 09:00", "accept", 0),
        ("task", "peng", "2026-11-18 09:00", "answer", 0, "划伤", MEASURES),
        ("task", "lin", "2026-11-18 10:00", "approve", 0),
        ("conclude", office, "2026-11-18 11:00", "justified", "实物", "返修"),
        ("approve_verdict", "zong", "2026-11-19 09:00", "同意"),
        ("answer", "mei", "2026-11-19 10:00", "返修", "telephone"),
        ("accept", "mei", "2026-11-20 10:00", "周厂长", "同意"),
        ("task", "peng", "2026-11-24 09:00", "carry_out", 0, day("2026-11-23"), ""),
        ("task", office, "2026-12-01 09:00", "verify", 0, "有效"),
        ("close", office, "2026-12-01 10:00", "结案"),
    ]
    compared(works, script)


@pytest.mark.parametrize("verb", ["withdraw", "merge"])
def test_what_ends_early(verb: str) -> None:
    works = factory("feedback")
    other = works.complaint("mei", "2026-11-13 09:00")
    args: tuple[Any, ...] = ("另有安排",) if verb == "withdraw" else ()
    script: list[tuple[Any, ...]] = [
        ("register", "mei", "2026-11-16 09:00", facts(works), [], None),
        ("ask_customer", "mei", "2026-11-16 10:00", "是哪一批"),
        (verb, "mei", "2026-11-20 10:00", *args),
    ]
    real = compared(works, script, into=other)
    assert real.complaint.phase == "void"


def test_a_known_customer() -> None:
    works = factory("feedback")
    customer = Customer.objects.create(
        number="K1",
        code="K1",
        name="徐州恒岳工程机械有限公司",
        procedure_id=works.version,
        state="active",
        phase="handling",
        opened_at=at("2026-01-05 09:00"),
    )
    asked = facts(works, customer=customer, received_at=at("2026-11-16 08:00") - timedelta(days=2))
    real = RealSteps(works)
    real.take("register", "mei", at("2026-11-16 09:00"), asked, [], None)
    memory = InMemory.like(real)
    memory.take("register", "mei", at("2026-11-16 09:00"), asked, [], None)
    assert left_in(memory) == left_by(real)
