"""A customer's file: opened with the people who speak for it, then a delivery now and then; one is given up."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random

from huiyin.customers import actions
from huiyin.customers.values import DeliveryFacts
from huiyin.demo.company import DemoCompany, KnownCustomer
from huiyin.demo.customers import customer_profile
from huiyin.demo.goods import ShippedGoods, shipped_goods
from huiyin.demo.script import DAY, Script, WorkMinutes

RETIRED = "客户已停产，往来结清"


def customer_file(script: Script, place: int, *, retired: bool = False) -> WorkMinutes:
    """The file of the customer at ``place`` of the line; ``retired``: after some deliveries it is given up."""
    company, random = script.company, script.random
    profile = customer_profile(place, random)
    first, *others = profile.people
    row = actions.register_customer(
        profile.facts,
        procedure_id=company.version,
        contact=first,
        context=script.context("customer.register"),
    )
    known = KnownCustomer(row, profile.language, list(row.contact_people.all()))
    if not retired:
        company.customers.append(known)
    for person in others:
        yield 1
        known.people.append(actions.add_contact_person(row, person, context=script.context("customer.change", row)))
    opened = script.day()
    last = opened + timedelta(days=200) if retired else company.ends.date() - timedelta(days=3)
    for goods in _shipments(company, random, opened, last):
        entered = datetime.combine(goods.day, time(16, 10), company.calendar.timezone)
        yield max(company.calendar.work_minutes_between(script.at, entered), 1) if entered > script.at else 1
        delivery = actions.record_delivery(row, _facts(goods), context=script.context("customer.change", row))
        known.deliveries.append((delivery, goods))
    if retired:
        yield 3 * DAY
        actions.retire_customer(row, RETIRED, context=script.context("customer.retire", row))


def _shipments(company: DemoCompany, random: Random, opened: date, last: date) -> list[ShippedGoods]:
    """Goods in the order of their days: one shipment from before the file was opened, the others since."""
    span = max((last - opened).days, 1)
    days = [opened - timedelta(days=random.randrange(30, 170))]
    days += sorted(opened + timedelta(days=random.randrange(span)) for _ in range(random.randrange(3, 8)))
    return [shipped_goods(random, _workday(company, day)) for day in days]


def _workday(company: DemoCompany, day: date) -> date:
    """``day``, or the last working day before it."""
    while not company.calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def _facts(goods: ShippedGoods) -> DeliveryFacts:
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
