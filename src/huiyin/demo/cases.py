"""What one complaint is about: who, which goods, which fault, and what the customer wants."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from huiyin.complaints.actions.values import ComplaintFacts, DemandInput
from huiyin.customers.models import Delivery
from huiyin.demo.chance import weighted
from huiyin.demo.company import DemoCompany, KnownCustomer
from huiyin.demo.customers import chinese_name
from huiyin.demo.goods import ShippedGoods
from huiyin.demo.texts import sentences
from huiyin.demo.texts.faults import FAULTS, WEIGHTS, FaultKind

CHANNELS = (
    "telephone",
    "wechat",
    "email",
    "work-chat",
    "portal",
    "field-service",
    "visit-out",
    "letter",
    "fax",
    "dealer",
)
CHANNEL_SUMS = (38, 58, 76, 82, 88, 92, 95, 97, 98, 100)
WITHOUT_FILE = 0.06
"""Share of complaints of callers who are no customers on file."""
BY_MONEY = ("claim", "fine", "price-cut", "refund")
BY_QUANTITY = ("resupply", "exchange", "return", "replace", "rework", "spare-parts")

ANYTHING = tuple(kind for kind in FAULTS if not kind.families)
"""Faults that any goods can have."""


@dataclass(frozen=True, slots=True)
class ComplaintDraft:
    """One complaint before it is taken in; ``words`` fill the places of every sentence said about it."""

    fault: FaultKind
    facts: ComplaintFacts
    demands: tuple[DemandInput, ...]
    language: str
    who: str
    words: dict[str, Any]


def draft_of(company: DemoCompany, random: Random, at: datetime) -> ComplaintDraft:
    """A complaint that somebody may bring forward at that moment."""
    customer = None if random.random() < WITHOUT_FILE else company.some_customer(random)
    fault, delivered = _fault(company, random, customer, at)
    language = customer.language if customer else "zh"
    words = _quantities(company, random, delivered[1] if delivered else None, language)
    known = _caller(random, customer) | (_goods(*delivered) if delivered else {})
    channel = company.option("channel", weighted(random, CHANNELS, CHANNEL_SUMS), "telephone", "email")
    facts = ComplaintFacts(
        received_at=_received(company, random, at, channel),
        channel=channel,
        problem=_problem(random, fault, language, words),
        stage=company.option("stage", "after-sale", "feedback"),
        model=words["model"],
        batch=words["batch"],
        complained_quantity=Decimal(words["total"]),
        defect_quantity=Decimal(words["n"]),
        unit=words["unit_key"],
        detection=company.some_option("detection", random, *fault.detection),
        defect=company.some_option("defect", random, *fault.defects),
        sample=sentences.say(random, sentences.SAMPLES, language, **words),
        **known,
    )
    return ComplaintDraft(fault, facts, _demands(company, random, fault, words), language, facts.caller_name, words)


def told_again(draft: ComplaintDraft, company: DemoCompany, random: Random, at: datetime) -> ComplaintDraft:
    """The same matter told a second time, by another channel and in fewer words."""
    channel = company.option("channel", random.choice(CHANNELS[:4]))
    problem = sentences.show(random.choice(draft.fault.problem), draft.language, **draft.words)
    received = _received(company, random, at, channel)
    return replace(draft, facts=replace(draft.facts, received_at=received, channel=channel, problem=problem))


def _fault(
    company: DemoCompany, random: Random, customer: KnownCustomer | None, at: datetime
) -> tuple[FaultKind, tuple[Delivery, ShippedGoods] | None]:
    """A fault, and goods that were shipped before and can have it; any fault of a caller whose goods we do not know."""
    today = at.astimezone(company.calendar.timezone).date()
    there = [pair for pair in customer.deliveries if pair[1].day < today] if customer else []
    fault = weighted(random, FAULTS, WEIGHTS)
    if not there:
        return fault, None
    for _ in range(6):
        fitting = [pair for pair in there if not fault.families or pair[1].family.key in fault.families]
        if fitting:
            return fault, random.choice(fitting)
        fault = weighted(random, FAULTS, WEIGHTS)
    return random.choice(ANYTHING), random.choice(there)


def _quantities(company: DemoCompany, random: Random, goods: ShippedGoods | None, language: str) -> dict[str, Any]:
    quantity = int(goods.quantity) if goods else random.choice((10, 20, 50, 100))
    total = max(1, int(quantity * random.choice((0.1, 0.2, 0.3, 0.5, 1))))
    bad = max(1, min(total, int(total * random.random() * random.random()) + 1))
    unit = company.option("unit", goods.unit if goods else "piece", "piece")
    return {
        "model": goods.model if goods else f"WS-2SN-DN{random.choice((10, 13, 16, 19))}",
        "batch": goods.batch if goods else f"2{random.randrange(40_000, 69_999)}",
        "n": bad,
        "total": total,
        "quantity": quantity,
        "unit": company.label("unit", unit, language),
        "unit_key": unit,
        "h": random.randrange(2, 30),
    }


def _caller(random: Random, customer: KnownCustomer | None) -> dict[str, Any]:
    if customer is None:
        telephone = f"138{random.randrange(10**7, 10**8)}"
        return {"caller_name": chinese_name(random), "caller_phone": telephone}
    person = random.choice(customer.people)
    return {
        "customer": customer.row,
        "contact_person": person,
        "caller_name": person.name,
        "caller_phone": person.best_telephone,
    }


def _goods(delivery: Delivery, goods: ShippedGoods) -> dict[str, Any]:
    return {
        "delivery": delivery,
        "drawing_revision": goods.revision,
        "serial": goods.serial,
        "order_number": goods.order,
        "ship_date": goods.day,
        "shipped_quantity": goods.quantity,
    }


def _received(company: DemoCompany, random: Random, at: datetime, channel: str) -> datetime:
    """When it reached us: calls are written down while they last, letters and mails lie a while."""
    at_once = channel in ("telephone", "visit-in", "visit-out")
    lain = random.randrange(3, 25) if at_once else random.randrange(10, 150)
    return company.calendar.after_work(at, -lain)


def _problem(random: Random, fault: FaultKind, language: str, words: dict[str, Any]) -> str:
    pieces = [
        sentences.say(random, sentences.OPENINGS, language),
        sentences.show(random.choice(fault.problem), language, **words),
        sentences.say(random, sentences.CONSEQUENCES, language, **words),
        sentences.say(random, sentences.DEMANDED, language),
    ]
    return (" " if language == "en" else "").join(piece.strip() for piece in pieces if piece)


def _demands(company: DemoCompany, random: Random, fault: FaultKind, words: dict[str, Any]) -> tuple[DemandInput, ...]:
    first = company.some_option("demand", random, *fault.demands)
    if not first:
        return ()
    second = company.some_option("demand", random, *fault.demands[1:], "claim")
    keys = [first, second] if second != first and random.random() < 0.25 else [first]
    return tuple(_demand(key, random, words) for key in keys)


def _demand(key: str, random: Random, words: dict[str, Any]) -> DemandInput:
    if key in BY_MONEY:
        return DemandInput(key, amount=Decimal(random.randrange(2, 120) * 100))
    return DemandInput(key, quantity=Decimal(words["n"]) if key in BY_QUANTITY else None)
