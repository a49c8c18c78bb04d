"""A company in which each record holds words that stand nowhere else, and the people who may and may not see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from huiyin.assessment.actions import making, rewards
from huiyin.assessment.actions.making import CostEntered
from huiyin.channels.imports import runs
from huiyin.channels.mails.ingest import ingest
from huiyin.complaints.models import Complaint
from huiyin.contacts.models import Contact
from huiyin.customers.actions import record_delivery, register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactFacts, CustomerFacts, DeliveryFacts
from huiyin.improvement.actions import content, opening
from huiyin.improvement.models import Problem
from huiyin.improvement.suppliers import actions as supplying
from huiyin.improvement.suppliers.actions import RequestFacts
from huiyin.improvement.values import ProblemFacts
from huiyin.kernel.periods import Period
from huiyin.obligations.models import Obligation
from huiyin.people.actions import go_on_leave
from huiyin.people.models import Delegation, Department, Person
from huiyin.procedure import versions
from huiyin.procedure.versions import Signer
from huiyin.records.comments import comment
from huiyin.records.files.files import attach
from huiyin.records.models import Attachment
from huiyin.returns.actions import money, stocktaking
from huiyin.returns.actions.values import TakeWanted
from tests.assessment.weeks import Week
from tests.cast import Factory, at, factory, pack
from tests.channels.mail.letters import PNG, attached, letter, mixed, part
from tests.desk import BACKEND, stopped
from tests.records.office import picture, upload
from tests.returns.goods import Tale, line
from tests.rights import ADDED, PEOPLE
from tests.story import Story

NOON = "2026-11-16 12:00"
SHEET = "编号,客户名称,质保月数\nC-8,长兴机械,12\n".encode()
FAULTY = "编号,客户名称,质保月数\nC-9,长兴机械,很久\n".encode()


@dataclass
class Company:
    """One of everything under the pack ``feedback``; ``real`` fills the places of the addresses in ``rights.DOORS``."""

    works: Factory
    cookies: dict[str, Any]
    real: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)

    def browser(self, name: str) -> Client:
        """The browser in which one of the people has just signed in, "" nobody; a new one would set up all middleware."""
        client = self.browsers.setdefault(name, Client(raise_request_exception=False))
        client.cookies = SimpleCookie(self.cookies[name].output(header="", sep=";") if name else "")
        return client

    def open(self) -> None:
        """Register, attach, receive and draft one of everything, as the people concerned."""
        works = self.works
        customer = _customer(works)
        story = _complaint(works, customer)
        contact = _mail(works)
        self.real = {
            "customer": customer.number,
            "person": str(customer.contact_people.get().pk),
            "delivery": str(customer.deliveries.get().pk),
            "complaint": story.complaint.number,
            "task": str(story.complaint.tasks.get().pk),
            "picture": str(_file("complaint", story.complaint).pk),
            "contact": contact.number,
            "contact_file": str(_file("contact", contact).pk),
            "owed_on_complaint": _owed(story.complaint),
            "owed_on_contact": _owed(contact),
            "form": "complaint-register",
            "run": _import(works, SHEET),
            "faulty": _import(works, FAULTY, matched=True),
            "leave": _leave(works),
            **(problem := _problem(works, story)),
            **_scar(works, problem["problem"]),
            **_goods(works, story),
            **_assessment(works, story),
            "draft": _draft(works),
            "clause": works.procedure.clauses[0].key,
            "colleague": str(works.cai.pk),
        }


def _customer(works: Factory) -> Customer:
    customer = register_customer(
        CustomerFacts(name="海川机电", code="HC-9317", address="麒麟巷七号", telephone="0571-86543210"),
        procedure_id=works.version,
        contact=ContactFacts(name="独孤工", email="li@haichuan.example"),
        actor=works.mei,
        at=at("2026-11-16 08:30"),
    )
    record_delivery(customer, DeliveryFacts(model="QL-77", batch="BX5521"), actor=works.mei, at=at("2026-11-16 08:40"))
    return customer


def _complaint(works: Factory, customer: Customer) -> Story:
    """A complaint judged and given to production, with a file, a comment and open obligations."""
    story = Story(works, customer=customer, problem="鲸鱼座接头漏油", model="NX-31", batch="GQ8083")
    story.until("judged")
    story.assign()
    file = upload("蝎虎座.png", picture())
    attach(story.complaint, file, actor=works.mei, at=story.now)
    comment(story.complaint, "天鹅座请尽快", actor=works.mei, at=story.now)
    return story


def _mail(works: Factory) -> Contact:
    kind, body = mixed(part("text/plain; charset=utf-8", "仙后座什么时候到货"), attached("a.png", PNG))
    taken = ingest(
        letter(body, kind=kind, subject="飞马座", sender="欧阳 <ou@elsewhere.example>"),
        procedure_id=works.version,
        at=at("2026-11-16 10:30"),
    )
    assert taken.contact is not None
    return taken.contact


def _assessment(works: Factory, story: Story) -> dict[str, str]:
    """The sheet of the week before, handed over: a reward for peng, and a sum that production has to divide."""
    week = Week(works, Period.parse("2026-W46"), NOON)
    reward = rewards.propose(week.sheet, works.peng, Decimal(60), "海豚座工装", context=week.context("qian"))
    rewards.approve(reward, context=week.context("zong"))
    week.take("sent")
    freight = CostEntered(Decimal(200), Decimal(0), "飞鱼座快运")
    production = Department.objects.get(key="production")
    making.add_costs(
        week.sheet, {}, further=[(story.complaint.number, production, freight)], context=week.context("ku")
    )
    for name in ("returned", "quality_signed", "signed", "handed_over"):
        week.take(name)
    return {"assessment": week.sheet.number, "charge": str(reward.pk), "allotment": str(week.allotment().pk)}


def _problem(works: Factory, story: Story) -> dict[str, str]:
    """A problem case that explains the complaint, with a text, a cause on the fishbone and an action of engineering."""
    facts = ProblemFacts("人马座渗油", severity="function", model="HR-88", owner=works.lin)
    case = opening.open_problem(
        facts, procedure_id=works.version, cases=[story.complaint], context=story.context("lin")
    )
    content.write(case, "symptom", "天鹰座处见油", version=0, context=story.context("lin"))
    cause = {"leg": "occurrence", "text": "巨蛇座毛刺", "bone": "machine"}
    row = content.put_row(case, "cause", cause, context=story.context("lin"))
    return {"problem": case.number, "cause": str(row.pk)}


def _scar(works: Factory, problem: str) -> dict[str, str]:
    """A request to a supplier that serves the problem case, sent out by purchasing, with a comment of our own."""
    facts = RequestFacts("天鸽座铸造", "剑鱼座砂眼", model="DK-40", answer_due=at(NOON).date() + timedelta(days=7))
    about = Problem.objects.get(number=problem)
    scar = supplying.open_request(facts, procedure_id=works.version, context=works.context("cai", NOON), about=about)
    until = at(NOON).date() + timedelta(days=60)
    secret = supplying.issue(scar, until, context=works.context("cai", NOON))
    comment(scar, "孔雀座以后少买", actor=works.cai, at=at(NOON))
    return {"scar": scar.number, "secret": secret}


def _goods(works: Factory, story: Story) -> dict[str, str]:
    """A request that production is responsible for, on its way, with denied compensation; and a stock-take nobody has counted."""
    tale = Tale(
        works,
        line("exchange", model="狮子座", batch="WB6610"),
        start=NOON,
        customer_name="海川机电",
        reason="天琴座渗油",
    )
    tale.sign()
    shipment = tale.ship("1", freight=Decimal(31))
    tale.consent("2")
    (lot,) = tale.take_back("1")
    award = money.award(tale.record, Decimal(300), "天秤座停线", context=tale.context("mei"))
    money.deny(award, "不成立", context=tale.context("song"))
    asked = TakeWanted("室女座密封圈", "piece", "少三件", Decimal(3), "海川机电")
    take = stocktaking.open_take(asked, procedure_id=works.version, context=tale.context("qian"))
    return {
        "replacement": tale.record.number,
        "shipment": str(shipment.pk),
        "lot": str(lot.pk),
        "award": str(award.pk),
        "stock-take": take.number,
    }


def _file(kind: str, record: Complaint | Contact) -> Attachment:
    return Attachment.objects.get(kind=kind, record_id=record.pk)


def _owed(record: Complaint | Contact) -> str:
    row = Obligation.objects.filter(kind=record.kind, record_id=record.pk).order_by("id").first()
    assert row is not None
    return str(row.pk)


def _import(works: Factory, sheet: bytes, *, matched: bool = False) -> str:
    file = SimpleUploadedFile("名单.csv", sheet)
    run = runs.upload("customers", "名单.csv", file.chunks(), procedure_id=works.version, actor=works.song, at=at(NOON))
    if matched:
        runs.match(run, run.columns, run.header_row)
    return str(run.pk)


def _leave(works: Factory) -> str:
    """Mei's leave next month; today she is here."""
    start = at(NOON) + timedelta(days=30)
    go_on_leave(works.mei, works.song, starts_at=start, ends_at=start + timedelta(days=2), reason="")
    return str(Delegation.objects.get(person=works.mei).pk)


def _draft(works: Factory) -> str:
    return str(versions.draft(pack("base"), by=Signer("林志远", works.lin.pk), at=at(NOON)).pk)


def staffed() -> Company:
    """The company on the day before its first record: the people, each with a browser, and one of a stranger."""
    works = factory("feedback")
    for name, functions in ADDED.items():
        works.people[name] = Person.objects.create_person(name, None, name=name, extra_functions=functions)
    return Company(works, {name: signed_in(works.people[name]) for name in PEOPLE})


def signed_in(person: Person) -> Any:
    """The cookies of somebody who has just signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.cookies


@pytest.fixture(scope="module")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Company]:
    """One company for all tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic(), stopped(NOON):
        company = staffed()
        company.open()
        yield company
        transaction.set_rollback(True)


@pytest.fixture
def guarded(company: Company, db: Any, settings: Any) -> Iterator[Company]:
    """The company at noon; what a test does to it is rolled back behind the test."""
    settings.TWO_FACTOR = "none"
    with stopped(NOON):
        yield company
