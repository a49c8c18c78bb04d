"""The company as scripts meet it: its procedure, people and working time, and what has come to pass in it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import cached_property
from random import Random
from typing import TYPE_CHECKING

from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.demo.goods import ShippedGoods
from huiyin.kernel.worktime import WorkCalendar
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure

if TYPE_CHECKING:
    from huiyin.complaints.models import Complaint
    from huiyin.demo.cases import ComplaintDraft

DAYS = 548
"""A year and a half: as far back as the records reach."""


class StepUnavailable(Exception):
    """The procedure in force has no such step, choice or department, or nobody may take the step now."""


@dataclass(slots=True)
class KnownCustomer:
    """A customer on file with the people who speak for it and what was shipped to it so far."""

    row: Customer
    language: str
    people: list[ContactPerson] = field(default_factory=list)
    deliveries: list[tuple[Delivery, ShippedGoods]] = field(default_factory=list)


@dataclass(eq=False)
class DemoCompany:
    """One company up to ``ends``, the midnight before the day it is made on; its lists grow as it lives."""

    seed: int
    version: int
    ends: datetime
    customers: list[KnownCustomer] = field(default_factory=list)
    complaints: list[tuple[Complaint, ComplaintDraft]] = field(default_factory=list)
    taken_up: set[tuple[str, int]] = field(default_factory=set)
    """Complaints that a case, a return or a stock-take is about already, with its kind."""
    links: list[str] = field(default_factory=list)
    """Addresses of suppliers' pages, which nobody can read again later."""

    @cached_property
    def procedure(self) -> Procedure:
        """The procedure in force."""
        return versions.procedure_of(self.version)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The company's working time."""
        return self.procedure.calendar_for(None)

    @cached_property
    def begins(self) -> datetime:
        """When the company took up its procedure."""
        return first_moment(self.ends, self.calendar)

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
        """The first department with one of the functions, tried in order; StepUnavailable without one."""
        for function in functions:
            for one in self.departments:
                if function in one.functions:
                    return one
        raise StepUnavailable(f"no department with {functions}")

    def moment(self, share: float) -> datetime:
        """The moment of work that lies this share of the whole span after the beginning."""
        at = self.calendar.after_work(self.begins, int(self._span * share))
        return self.calendar.next_work_moment(at)

    @cached_property
    def _span(self) -> int:
        return self.calendar.work_minutes_between(self.begins, self.ends)

    def before_end(self, minutes: float) -> datetime:
        """The moment that lies so many minutes of work before the end."""
        return self.calendar.after_work(self.ends, -max(int(minutes), 1))

    def some_customer(self, random: Random) -> KnownCustomer:
        """A customer on file; the older ones come more often."""
        return self.customers[int(len(self.customers) * random.random() ** 1.6)]

    # ---- what the pack's catalogues offer

    def options(self, catalogue: str) -> list[str]:
        """The keys of a catalogue; none where the pack has no such catalogue."""
        return [option.key for option in self.procedure.catalogue(catalogue)]

    def option(self, catalogue: str, *preferred: str) -> str:
        """The first of ``preferred`` that the pack has, else its last option; empty without a catalogue."""
        keys = self.options(catalogue)
        return next((one for one in preferred if one in keys), keys[-1] if keys else "")

    def some_option(self, catalogue: str, random: Random, *preferred: str) -> str:
        """Usually the first of ``preferred`` that there is, now and then one of the others."""
        keys = self.options(catalogue)
        there = [one for one in preferred if one in keys]
        if len(there) > 1 and random.random() < 0.4:
            return random.choice(there[1:])
        return there[0] if there else self.option(catalogue, *preferred)

    def label(self, catalogue: str, key: str, language: str) -> str:
        """What an option is called."""
        found = self.procedure.option(catalogue, key)
        return found.label.show(language) if found else key


def last_midnight(at: datetime, calendar: WorkCalendar) -> datetime:
    """The midnight at the site up to which a company made at ``at`` has lived."""
    return datetime.combine(at.astimezone(calendar.timezone).date(), time(), calendar.timezone)


def first_moment(ends: datetime, calendar: WorkCalendar) -> datetime:
    """The first moment of work of a company that has lived up to ``ends``."""
    return calendar.next_work_moment(ends - timedelta(days=DAYS))
