"""What one complaint is about: who, which goods, which trouble, and what the customer wants; drawn for its place in the line."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from random import Random
from typing import Any

from huiyin.channels.demo import wording
from huiyin.channels.demo.chance import source, weighted
from huiyin.channels.demo.choices import Choices
from huiyin.channels.demo.goods import Shipment
from huiyin.channels.demo.troubles import TROUBLES, WEIGHTS, Trouble
from huiyin.channels.demo.world import World
from huiyin.complaints.actions.values import DemandAsked, Facts

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


@dataclass(frozen=True, slots=True)
class Case:
    """The draws of one complaint; ``words`` fill the places of every sentence said about it."""

    trouble: Trouble
    facts: Facts
    demands: tuple[DemandAsked, ...]
    language: str
    who: str
    words: dict[str, object]


def case_of(world: World, choices: Choices, place: int, registered: datetime) -> Case:
    """The complaint at ``place``, registered at that moment."""
    random = source(world.seed, "facts", place)
    customer = None if random.random() < WITHOUT_FILE else world.customer_of(random, registered)
    trouble, shipped = _trouble(world, random, customer, registered)
    language = "zh" if customer is None else world.company(customer).language
    words = _quantities(random, trouble, shipped, choices, language)
    facts = _facts(world, choices, random, trouble, shipped, customer, registered, language, words)
    demands = _demands(choices, random, trouble, words)
    who = facts.contact_person.name if facts.contact_person else facts.caller_name
    return Case(trouble, facts, demands, language, who, words)


def again(case: Case, registered: datetime, choices: Choices, random: Random) -> Case:
    """The same matter told a second time, by another channel and in fewer words."""
    channel = choices.option("channel", random.choice(CHANNELS[:4]))
    problem = wording.show(random.choice(case.trouble.problem), case.language, **case.words)
    facts = replace(
        case.facts,
        received_at=_received(random, registered, choices, channel),
        channel=channel,
        problem=problem,
    )
    return replace(case, facts=facts)


def _trouble(
    world: World, random: Random, customer: int | None, at: datetime
) -> tuple[Trouble, tuple[Shipment, int] | None]:
    """A trouble, and goods shipped before that it can befall."""
    goods: list[tuple[Shipment, int]] = []
    if customer is not None:
        today = at.astimezone(world.calendar.timezone).date()
        shipments = world.shipments_to(customer)
        goods = [(g, k) for k, (g, entered) in enumerate(shipments) if g.day < today and entered < at]
    for _ in range(6):
        trouble = weighted(random, TROUBLES, WEIGHTS)
        fitting = [pair for pair in goods if not trouble.families or pair[0].family.key in trouble.families]
        if fitting:
            return trouble, random.choice(fitting)
        if not goods:
            return trouble, None
    return weighted(random, _ANYTHING, _ANYTHING_SUMS), random.choice(goods)


_ANYTHING = tuple(trouble for trouble in TROUBLES if not trouble.families)
_ANYTHING_SUMS = tuple(sum(t.share for t in _ANYTHING[: i + 1]) for i in range(len(_ANYTHING)))


def _quantities(
    random: Random, trouble: Trouble, shipped: tuple[Shipment, int] | None, choices: Choices, language: str
) -> dict[str, object]:
    quantity = int(shipped[0].quantity) if shipped else random.choice((10, 20, 50, 100))
    total = max(1, int(quantity * random.choice((0.1, 0.2, 0.3, 0.5, 1))))
    bad = max(1, min(total, int(total * random.random() * random.random()) + 1))
    unit = shipped[0].unit if shipped else "piece"
    return {
        "model": shipped[0].model if shipped else f"WS-2SN-DN{random.choice((10, 13, 16, 19))}",
        "batch": shipped[0].batch if shipped else f"2{random.randrange(40_000, 69_999)}",
        "n": bad,
        "total": total,
        "unit": choices.label("unit", choices.option("unit", unit, "piece"), language),
        "h": random.randrange(2, 30),
        "quantity": quantity,
        "unit_key": choices.option("unit", unit, "piece"),
    }


def _facts(
    world: World,
    choices: Choices,
    random: Random,
    trouble: Trouble,
    shipped: tuple[Shipment, int] | None,
    customer: int | None,
    registered: datetime,
    language: str,
    words: dict[str, Any],
) -> Facts:
    channel = choices.option("channel", weighted(random, CHANNELS, CHANNEL_SUMS), "telephone", "email")
    known: dict[str, Any] = {}
    if customer is not None:
        person = world.contact_person(customer, random.randrange(len(world.company(customer).people)))
        known = {
            "customer": world.customer(customer),
            "contact_person": person,
            "caller_name": person.name,
            "caller_phone": person.best_telephone,
        }
    else:
        stranger = world.company(random.randrange(20_000, 90_000))
        known = {
            "caller_name": stranger.people[0].name,
            "caller_phone": stranger.people[0].mobile or stranger.people[0].telephone,
        }
    if shipped is not None and customer is not None:
        goods, k = shipped
        known |= {
            "delivery": world.delivery(customer, k),
            "drawing_revision": goods.revision,
            "serial": goods.serial,
            "order_number": goods.order,
            "ship_date": goods.day,
            "shipped_quantity": goods.quantity,
        }
    return Facts(
        received_at=_received(random, registered, choices, channel),
        channel=channel,
        problem=_problem(random, trouble, language, words),
        stage=choices.option("stage", "after-sale", "feedback"),
        model=words["model"],
        batch=words["batch"],
        complained_quantity=Decimal(words["total"]),
        defect_quantity=Decimal(words["n"]),
        unit=words["unit_key"],
        detection=choices.some_option("detection", random, *trouble.detection),
        defect=choices.some_option("defect", random, *trouble.defects),
        sample=wording.say(random, wording.SAMPLES, language, **words),
        **known,
    )


def _received(random: Random, registered: datetime, choices: Choices, channel: str) -> datetime:
    """When it reached us: calls are written down while they last, letters and mails lie a while."""
    lain = random.randrange(3, 25) if channel in ("telephone", "visit-in", "visit-out") else random.randrange(10, 150)
    return choices.calendar.after_work(registered, -lain)


def _problem(random: Random, trouble: Trouble, language: str, words: dict[str, Any]) -> str:
    pieces = [
        wording.say(random, wording.OPENINGS, language),
        wording.show(random.choice(trouble.problem), language, **words),
        wording.say(random, wording.CONSEQUENCES, language, **words),
        wording.say(random, wording.DEMANDED, language),
    ]
    return (" " if language == "en" else "").join(piece.strip() for piece in pieces if piece)


def _demands(choices: Choices, random: Random, trouble: Trouble, words: dict[str, Any]) -> tuple[DemandAsked, ...]:
    first = choices.some_option("demand", random, *trouble.demands)
    if not first:
        return ()
    asked = [_demand(first, random, words)]
    second = choices.some_option("demand", random, *trouble.demands[1:], "claim")
    if second != first and random.random() < 0.25:
        asked.append(_demand(second, random, words))
    return tuple(asked)


def _demand(key: str, random: Random, words: dict[str, Any]) -> DemandAsked:
    if key in ("claim", "fine", "price-cut", "refund"):
        return DemandAsked(key, amount=Decimal(random.randrange(2, 120) * 100))
    if key in ("resupply", "exchange", "return", "replace", "rework", "spare-parts"):
        return DemandAsked(key, quantity=Decimal(words["n"]))
    return DemandAsked(key)
