"""A company in the middle of its work: complaints in every step, for pages that should have something to show."""

from __future__ import annotations

from decimal import Decimal

from huiyin.complaints.actions import answering, ending, intake, judging, ownership, remedies, tasks
from huiyin.complaints.actions.values import (
    Assignment,
    Judgement,
    PlannedMeasure,
    PromiseInput,
    RemedyInput,
)
from huiyin.complaints.models import Complaint, Task
from huiyin.customers.actions import record_delivery, register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from huiyin.obligations.models import Obligation
from huiyin.people.models import Department
from huiyin.records.comments import comment
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at, day
from tests.story import granted

LONG_NAME = "西安秦川重型传动设备有限责任公司设备保障部（高新区第二制造基地）"
LONG_MODEL = "HY-ZQ650-31.5-Ⅱ-XZ 硬齿面圆柱齿轮减速机"
LONG_STORY = (
    "第二批减速机在装机试运行约40小时后，输出端油封处出现渗漏，油液沿法兰面流到地面，现场已停机处理。"
    "客户同时指出，同批次另有三台空载噪声明显高于前一批。"
)
PLAN = [
    PlannedMeasure("interim", "库存隔离全检，已发客户的由售后上门逐台检查并更换油封", "彭师傅", day("2026-11-21")),
    PlannedMeasure("corrective", "更换油封压装工装的导向套，首件全检", "沈主任", day("2026-11-25")),
    PlannedMeasure("preventive", "导向套纳入工装点检表", "沈主任", day("2026-12-05")),
]


def furnish(works: Factory) -> dict[str, str]:
    """Fill a company that works by ``feedback``; the numbers of its complaints by how far they are, and some keys."""
    long, short = _customers(works)
    made = {
        "registered": works.complaint(when="2026-11-20 16:00", customer=long, model=LONG_MODEL, problem=LONG_STORY),
        "asking": _asking(works, short),
        "handling": _handling(works, long),
        "answered": _onward(works, short, "2026-11-13", "answered"),
        "closed": _onward(works, short, "2026-11-11", "closed"),
        "withdrawn": works.complaint(when="2026-11-10 09:00", customer=short),
    }
    ending.withdraw(made["withdrawn"], "客户自己量错了", context=works.context("mei", "2026-11-10 10:00"))
    numbers = {name: complaint.number for name, complaint in made.items()}
    answered, asked = Task.objects.filter(complaint=made["handling"]).order_by("id")
    owed = Obligation.objects.filter(record_number=numbers["handling"]).order_by("id").first()
    return {
        **numbers,
        "task-answered": str(answered.pk),
        "task-asked": str(asked.pk),
        "owed": str(owed.pk if owed else 0),
    }


def _customers(works: Factory) -> tuple[Customer, Customer]:
    long = register_customer(
        CustomerFacts(name=LONG_NAME, short_name="秦川传动", tier="A", address="西安市高新区丈八五路二号"),
        procedure_id=works.version,
        contact=ContactPersonFacts("周厂长", mobile="13900001111"),
        context=StepContext(works.mei, at("2026-03-02 09:00")),
    )
    short = register_customer(
        CustomerFacts(name="宁波海川机电有限公司"),
        procedure_id=works.version,
        context=StepContext(works.mei, at("2026-03-02 09:00")),
    )
    shipped = DeliveryFacts(LONG_MODEL, batch="B2611", ship_date=day("2026-10-10"), quantity=Decimal(100), unit="piece")
    record_delivery(long, shipped, context=StepContext(works.mei, at("2026-10-10 09:00")))
    return long, short


def _judged(works: Factory, complaint: Complaint, date: str) -> list[Task]:
    """Verified, sent, judged and given to workshop and purchasing."""
    intake.verify(complaint, "与客户核对：批次、机号、数量一致", context=works.context("mei", f"{date} 09:30"))
    intake.forward(complaint, "请尽快看油封", context=works.context("mei", f"{date} 10:00"))
    chosen = Judgement("product", "valid-fault", "quality", "function", ("production",))
    judging.judge(complaint, chosen, context=works.context("lin", f"{date} 11:00"))
    responsible = [d for d in Department.objects.filter(active=True) if d.key in ("production", "purchasing")]
    asked = [Assignment(d, "查明油封渗漏原因") for d in responsible]
    return judging.assign(complaint, asked, context=works.context("lin", f"{date} 11:10"))


def _asking(works: Factory, customer: Customer) -> Complaint:
    complaint = works.complaint(when="2026-11-19 15:00", customer=customer, problem="轴承异响")
    intake.verify(complaint, "已核对", context=works.context("mei", "2026-11-19 15:30"))
    intake.ask_customer(complaint, "请补拍铭牌照片", context=works.context("mei", "2026-11-19 15:40"))
    ownership.offer_transfer(complaint, works.song, "明天出差", context=works.context("mei", "2026-11-19 15:50"))
    return complaint


def _handling(works: Factory, customer: Customer) -> Complaint:
    complaint = works.complaint(
        when="2026-11-18 09:00",
        customer=customer,
        model=LONG_MODEL,
        problem=LONG_STORY,
        promise=PromiseInput("给出初步答复", at("2026-11-20 12:00")),
    )
    first, _ = _judged(works, complaint, "2026-11-18")
    tasks.answer(first, "油封唇口被压装工装划伤", PLAN, context=works.context("shen", "2026-11-19 09:00"))
    wanted = RemedyInput("resupply", quantity=Decimal(3), amount=Decimal(5000), note="客户停线，先补三台")
    remedies.request(complaint, wanted, context=works.context("mei", "2026-11-19 10:00"))
    comment(complaint, "客户明天派车来取样", actor=works.mei, at=at("2026-11-19 11:00"))
    return complaint


def _onward(works: Factory, customer: Customer, date: str, until: str) -> Complaint:
    complaint = works.complaint(when=f"{date} 09:00", customer=customer, problem="外壳喷漆起泡")
    given = _judged(works, complaint, date)
    for task, who in zip(given, ("shen", "cai"), strict=True):
        tasks.answer(task, "前处理槽液温度偏低", PLAN, context=works.context(who, f"{date} 14:00"))
        tasks.approve(task, context=works.context("lin", f"{date} 14:30"))
    judging.conclude(
        complaint, "justified", "样件确认", "恢复槽温，补发12件", context=works.context("lin", f"{date} 15:00")
    )
    said = works.context("mei", f"{date} 16:00")
    answering.answer(complaint, "已查明：槽液温度偏低", "telephone", granted(complaint), context=said)
    if until == "closed":
        answering.accept(complaint, "李敏", "可以", context=works.context("mei", f"{date} 17:00"))
        ending.close(complaint, "客户满意", context=works.context("mei", f"{date} 17:20"))
    return complaint
