"""The span, the sizes and the customers of one run; everything follows from the seed, the day and the number of complaints."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from math import exp, floor, log
from random import Random

from huiyin.channels.demo.chance import source
from huiyin.channels.demo.companies import Company, company
from huiyin.channels.demo.goods import Shipment, shipment
from huiyin.channels.demo.memory import blank
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.customers.values import DeliveryFacts
from huiyin.journal.chain import refer
from huiyin.kernel.worktime import WorkCalendar

DAYS = 548
"""A year and a half: as far back as the records reach."""
SETTLING_IN = 10 * 480
"""Minutes of work in which the first customers are put on file, before the first complaint."""
PEOPLE, SHIPMENTS = 4, 8
"""Most contact persons and deliveries of one customer; their ids are that far apart."""


@dataclass(frozen=True)
class World:
    """One run. ``ends`` is the midnight before the day it is made on, so that equal days give equal data."""

    seed: int
    complaints: int
    version: int
    ends: datetime
    calendar: WorkCalendar
    bases: Mapping[str, int]

    @classmethod
    def until(cls, at: datetime, calendar: WorkCalendar) -> datetime:
        """The last midnight at the site."""
        return datetime.combine(at.astimezone(calendar.timezone).date(), time(), calendar.timezone)

    @cached_property
    def begins(self) -> datetime:
        """When the company took up its procedure."""
        return self.calendar.next_work_moment(self.ends - timedelta(days=DAYS))

    @cached_property
    def customers(self) -> int:
        """How many customers there are."""
        return max(self.complaints // 8, 20)

    @cached_property
    def contacts(self) -> int:
        """How many contacts there are."""
        return self.complaints // 3

    @cached_property
    def span(self) -> int:
        """Minutes of work in which complaints come."""
        return self.calendar.work_minutes_between(self.begins, self.ends) - SETTLING_IN

    def moment(self, minutes: float) -> datetime:
        """So many minutes of work after the first complaint could come; later minutes are never earlier moments."""
        whole = floor(minutes)
        at = self.calendar.next_work_moment(self.calendar.after_work(self.begins, SETTLING_IN + whole))
        return at + timedelta(seconds=int((minutes - whole) * 60))

    @cached_property
    def arrivals(self) -> list[datetime]:
        """When each complaint is registered, in order: slowly more of them, and the last closely enough to stand in every state."""
        random = source(self.seed, "arrivals")
        recent = min(max(self.complaints // 3, 1), 26)
        early = (self.span * (1 - random.random() ** 1.25) for _ in range(self.complaints - recent))
        late = (self.span - exp(random.uniform(log(20), log(10 * 480))) for _ in range(recent))
        return [self.moment(minutes) for minutes in sorted([*early, *late])]

    # ---- customers

    @cached_property
    def _filed(self) -> list[datetime]:
        """When each customer was put on file: most when the records began, the others one by one."""
        first = self.customers * 7 // 10
        begun = [self.moment(-SETTLING_IN * (1 - c / first)) for c in range(first)]
        rest = self.customers - first
        return begun + [self.moment(self.span * 0.9 * (c + 1) / (rest + 1)) for c in range(rest)]

    def filed_at(self, place: int) -> datetime:
        """When the customer at ``place`` was put on file."""
        return self._filed[place]

    def customer_of(self, random: Random, at: datetime) -> int:
        """The place of a customer who was on file by ``at``; the older ones come more often."""
        known = max(bisect_right(self._filed, at), 1)
        return int(known * random.random() ** 1.6)

    def shipments_to(self, place: int) -> tuple[tuple[Shipment, datetime], ...]:
        """What was shipped to a customer, each with the moment it was entered, in the order of entering."""
        return _shipments(self, place)

    def company(self, place: int) -> Company:
        """What is known of the customer at ``place``."""
        return _company(self, place)

    def customer(self, place: int) -> Customer:
        """The customer as other records refer to it; not for saving."""
        return _customer(self, place)

    def contact_person(self, place: int, k: int) -> ContactPerson:
        """A contact person as other records refer to them; not for saving."""
        row = blank(ContactPerson, self.bases["contact_person"] + place * PEOPLE + k)
        facts = self.company(place).people[k]
        row.name, row.mobile, row.telephone, row.email = (
            facts.name,
            facts.mobile,
            facts.telephone,
            facts.email,
        )
        return row

    def delivery(self, place: int, k: int) -> Delivery:
        """A delivery as other records refer to it; not for saving."""
        row = blank(Delivery, self.bases["delivery"] + place * SHIPMENTS + k)
        refer(row, "customer", self.customer(place))
        delivered(self.shipments_to(place)[k][0]).lay_on(row)
        return row

    def __hash__(self) -> int:
        return id(self)

    def __eq__(self, other: object) -> bool:
        return self is other


def delivered(goods: Shipment) -> DeliveryFacts:
    """A shipment as the delivery's card holds it."""
    return DeliveryFacts(
        model=goods.model,
        drawing_revision=goods.revision,
        batch=goods.batch,
        serial=goods.serial,
        serial_to=goods.serial_to,
        order_number=goods.order,
        ship_date=goods.day,
        quantity=goods.quantity,
        unit=goods.unit,
    )


@lru_cache(maxsize=4000)
def _shipments(world: World, place: int) -> tuple[tuple[Shipment, datetime], ...]:
    random = source(world.seed, "shipments", place)
    filed = world.filed_at(place)
    first = filed.astimezone(world.calendar.timezone).date() - timedelta(days=random.randrange(30, 200))
    last = world.ends.astimezone(world.calendar.timezone).date() - timedelta(days=3)
    count = random.randrange(3, SHIPMENTS)
    days = [first, *sorted(first + (last - first) * random.random() for _ in range(count))]
    found = []
    for day in days:
        day = _working(day, world.calendar)
        entered = datetime.combine(day, time(16, 10), world.calendar.timezone) + timedelta(minutes=random.randrange(60))
        found.append((shipment(random, day), max(world.calendar.next_work_moment(entered), filed)))
    return tuple(sorted(found, key=lambda pair: pair[1]))


def _working(day: date, calendar: WorkCalendar) -> date:
    """``day``, or the last working day before it."""
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


@lru_cache(maxsize=4000)
def _company(world: World, place: int) -> Company:
    return company(place, source(world.seed, "company", place))


@lru_cache(maxsize=4000)
def _customer(world: World, place: int) -> Customer:
    facts = world.company(place).facts
    row = blank(Customer, world.bases["customer"] + place)
    row.name, row.short_name, row.warranty_months = facts.name, facts.short_name, facts.warranty_months
    return row
