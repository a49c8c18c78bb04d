"""Where scenes are played: the company's people, its clock, and the complaints and deliveries that scenes speak of."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from random import Random
from typing import Any

from django.db.models import Max

from huiyin.complaints.models import Complaint
from huiyin.customers.models import Customer, Delivery
from huiyin.journal.models import Entry
from huiyin.kernel.text import Text
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.conditions import Situation
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.permission import may_take

DAY = 480
"""Minutes of a day's work, in which scenes count."""
Script = Generator[float, None, None]
"""A scene being played: it yields how many minutes of work pass until it goes on."""


class Ends(Exception):
    """The procedure in force has no such step, or nobody may take it: the scene ends here."""


@dataclass(frozen=True, slots=True)
class Matter:
    """What a scene is about: a customer's goods, and the complaint about them where one fits."""

    customer: Customer
    model: str
    batch: str
    unit: str
    who: str
    telephone: str
    complaint: Complaint | None = None


@dataclass
class Stage:
    """One company; everything on it follows from the seed and the day."""

    seed: int
    version: int
    ends: datetime
    used: set[tuple[str, int]] = field(default_factory=set)

    @cached_property
    def procedure(self) -> Procedure:
        """The procedure in force."""
        return versions.procedure_of(self.version)

    @cached_property
    def calendar(self) -> Any:
        """The company's working time."""
        return self.procedure.calendar_for(None)

    @cached_property
    def people(self) -> dict[str, Person]:
        """Everybody who takes steps, by sign-in name: auditors and administrators only look."""
        staff = Person.objects.select_related("department").filter(is_active=True).order_by("id")
        found = {person.username: person for person in staff if person.own_functions - {"auditor"}}
        for person in found.values():
            person.active_version_id = self.version
        return found

    @cached_property
    def departments(self) -> list[Department]:
        """The departments in the company's order."""
        return list(Department.objects.filter(active=True))

    def department(self, *functions: str) -> Department:
        """The first department with one of the functions, tried in order; Ends without one."""
        for function in functions:
            for one in self.departments:
                if function in one.functions:
                    return one
        raise Ends

    def is_large(self, complaints: int) -> bool:
        """Whether the company has more than so many complaints."""
        return Complaint.objects.order_by("pk")[complaints : complaints + 1].exists()

    def complaints(self, before: datetime) -> list[Complaint]:
        """The latest complaints on goods of customers on file that came in, and were left alone, before that moment."""
        rows = Complaint.objects.filter(received_at__lt=before).exclude(phase="void")
        rows = rows.exclude(customer=None).exclude(model="").select_related("customer")
        recent = list(rows.order_by("-received_at", "-pk")[:MOST])
        entries = Entry.objects.filter(kind="complaint", record_id__in=[row.pk for row in recent])
        last = dict(entries.order_by().values_list("record_id").annotate(Max("at")))
        return [row for row in recent if last[row.pk] < before]

    @cached_property
    def deliveries(self) -> list[Delivery]:
        """Goods shipped to the first customers."""
        rows = Delivery.objects.select_related("customer").order_by("customer__number", "ship_date", "batch")
        return list(rows[:MOST])


MOST = 400
"""So many complaints and deliveries are looked through for one that fits."""


class Scene:
    """One scene on the stage: its own source of chance, and the moment it has come to."""

    def __init__(self, stage: Stage, name: str, random: Random) -> None:
        self.stage, self.name, self.random = stage, name, random
        self.at = stage.ends
        self.shown: list[str] = []

    def context(
        self, step: str, record: Any = None, part: Any = None, *, by: Sequence[str] = (), but: Collection[Any] = ()
    ) -> StepContext:
        """Somebody who may take ``step`` (``problem.contain``), of ``by`` if one of them may; raises Ends."""
        return StepContext(self.who(step, record, part, by=by, but=but), self.at)

    def who(
        self, step: str, record: Any = None, part: Any = None, *, by: Sequence[str] = (), but: Collection[Any] = ()
    ) -> Person:
        """The person who takes ``step``."""
        kind, _, verb = step.partition(".")
        subject = part if part is not None else record
        transition = self.stage.procedure.step_table(kind).transition(subject.state if subject else None, verb)
        if transition is None:
            raise Ends
        named = [self.stage.people[name] for name in by if name in self.stage.people]
        for person in [*named, *self.stage.people.values()]:
            situation = Situation(record, part, person, self.at, self.stage.procedure)
            if person not in but and may_take(transition, situation):
                return person
        raise Ends

    def person(self, *names: str) -> Person:
        """The first of these people whom the company has."""
        people = self.stage.people
        return next((people[name] for name in names if name in people), next(iter(people.values())))

    def day(self, days: float = 0) -> date:
        """Today at the site, so many days of work on."""
        at = self.stage.calendar.add_work(self.at, int(days * DAY)).due if days else self.at
        found: date = at.astimezone(self.stage.procedure.zone).date()
        return found

    def option(self, catalogue: str, *preferred: str) -> str:
        """The first of ``preferred`` that the pack has, else its first option; Ends where the pack has no such choice."""
        keys = [option.key for option in self.stage.procedure.catalogue(catalogue)]
        if not keys:
            raise Ends
        return next((one for one in preferred if one in keys), keys[0])

    def matter(
        self, kind: str, language: str, models: Sequence[str], defects: Sequence[str] = (), *, least: int = 0
    ) -> Matter:
        """Goods of these families at a customer who writes in ``language``: complained of, ``least`` of them, or else shipped."""
        for complaint in self.stage.complaints(self.at - timedelta(minutes=5)):
            fits = complaint.model.startswith(tuple(models)) and (not defects or complaint.defect in defects)
            fits = fits and (complaint.complained_quantity or 0) >= least
            fresh = (kind, complaint.pk) not in self.stage.used
            if fits and fresh and _language(complaint.customer) == language:
                self.stage.used.add((kind, complaint.pk))
                return _matter(complaint.customer, complaint.model, complaint.batch, complaint.unit, complaint)
        shipped = [
            one
            for one in self.stage.deliveries
            if _language(one.customer) == language
            and one.ship_date is not None
            and one.ship_date < self.day()
            and one.customer.opened_at < self.at
        ]
        fitting = [one for one in shipped if one.model.startswith(tuple(models))] or shipped
        if not fitting:
            raise Ends
        goods = self.random.choice(fitting)
        return _matter(goods.customer, goods.model, goods.batch, goods.unit, None)


def _matter(customer: Any, model: str, batch: str, unit: str, complaint: Complaint | None) -> Matter:
    speaks = customer.contact_people.first()
    name, telephone = (speaks.name, speaks.best_telephone) if speaks else (customer.name, customer.telephone)
    return Matter(customer, model, batch, unit or "piece", name, telephone, complaint)


def _language(customer: Any) -> str:
    return "en" if customer.name.isascii() else "zh"


def in_language(text: Text, language: str) -> str:
    """A text as somebody wrote it who writes in ``language``."""
    return text.show(language)
