"""What the procedure in force offers, chosen as sensible people would: options, people for a step, moments."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import cached_property
from random import Random
from typing import Any

from huiyin.channels.demo.chance import at_work, later
from huiyin.channels.demo.memory import Desk, Live
from huiyin.kernel.worktime import WorkCalendar
from huiyin.people.models import Department, Person
from huiyin.procedure import vocabulary

# How often what is owed under a rule comes late; the rest is one in twenty.
LATE = {
    "measures": 0.13,
    "carry-out": 0.12,
    "verify-effect": 0.1,
    "forward": 0.05,
    "answer": 0.07,
    "customer-promise": 0.1,
    "close": 0.07,
    "chase-customer": 0.2,
    "redo-measures": 0.12,
}
USUALLY_LATE = 0.05


class Choices:
    """Choices under one procedure; the same for every record of a run."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._pools: dict[Any, tuple[list[Person], list[Person]]] = {}
        self._options: dict[tuple[str, tuple[str, ...]], str] = {}

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The company's working time."""
        return self.desk.procedure.calendar_for(None)

    # ---- options

    def option(self, catalogue: str, *preferred: str) -> str:
        """The first of ``preferred`` that the pack's catalogue has, else its last option; empty without a catalogue."""
        key = (catalogue, preferred)
        if key not in self._options:
            keys = [option.key for option in self.desk.procedure.catalogue(catalogue)]
            found = next((one for one in preferred if one in keys), keys[-1] if keys else "")
            self._options[key] = found
        return self._options[key]

    def some_option(self, catalogue: str, random: Random, *preferred: str) -> str:
        """Usually the first of ``preferred`` that there is, now and then one of the others."""
        keys = {option.key for option in self.desk.procedure.catalogue(catalogue)}
        there = [one for one in preferred if one in keys]
        if len(there) > 1 and random.random() < 0.4:
            return random.choice(there[1:])
        return there[0] if there else self.option(catalogue, *preferred)

    def label(self, catalogue: str, key: str, language: str) -> str:
        """What an option is called."""
        found = self.desk.procedure.option(catalogue, key)
        return found.label.show(language) if found else key

    # ---- people

    def who(
        self, live: Live, verb: str, random: Random, *, part: Any = None, but: Collection[int | None] = ()
    ) -> Person | None:
        """Somebody who may take the step: its owner or the department if it is theirs, rarely a head; None if nobody."""
        kind = part.part_kind if part is not None else live.record.kind
        state = (part if part is not None else live.record).state or None
        transition = self.desk.procedure.step_table(kind).transition(state, verb)
        if transition is None:
            return None
        owner = getattr(live.record, "owner", None)
        if "owner" in transition.by and owner is not None and owner.id not in but and random.random() < 0.85:
            return owner  # type: ignore[no-any-return]
        fitting, hands = self._fitting(transition.by, part)
        if but:
            fitting = [person for person in fitting if person.id not in but]
            hands = [person for person in hands if person.id not in but]
        if not fitting and owner is not None and "owner" in transition.by and owner.id not in but:
            return owner  # type: ignore[no-any-return]
        if verb == "register" and random.random() < 0.93:  # others may, but it is reception's work
            hands = [person for person in hands if person.holds("reception")] or hands
        if hands and random.random() < 0.85:
            return random.choice(hands)
        return random.choice(fitting) if fitting else None

    def _fitting(self, roles: frozenset[str], part: Any) -> tuple[list[Person], list[Person]]:
        """The people one of the roles fits, and those of them who are no heads."""
        if part is not None and part.part_kind == "task" and not roles.isdisjoint(_OF_TASK):
            only_heads = "task.department" not in roles and "task.person" not in roles
            key: Any = (part.department_id, only_heads)
            if key not in self._pools:
                staff = [p for p in self.desk.staff.people if p.department_id == part.department_id]
                self._pools[key] = _pool([p for p in staff if p.is_head or not only_heads])
            return self._pools[key]
        if roles not in self._pools:
            self._pools[roles] = _pool([person for person in self._workers if _plays(person, roles)])
        return self._pools[roles]

    @cached_property
    def _workers(self) -> list[Person]:
        """People who take steps: auditors and administrators only look."""
        return [p for p in self.desk.staff.people if p.department and p.own_functions != {"auditor"}]

    def department(self, *functions: str) -> Department | None:
        """The first department with one of the functions, tried in order."""
        for function in functions:
            found = self.desk.staff.with_function(function)
            if found is not None:
                return found
        return None

    # ---- moments

    def moment(
        self, live: Live, event: str, random: Random, now: datetime, *, part: str = "", pace: float = 90
    ) -> datetime:
        """When ``event`` comes about: mostly well before the first obligation it fulfils, sometimes after it.

        Without an obligation after ``pace`` minutes of work on average.
        """
        rows = live.owed.closing(event, part)
        if not rows:
            return later(random, now, 4 + random.expovariate(1 / pace), self.calendar)
        row = min(rows, key=lambda each: each.due_at)
        left = self.calendar.work_minutes_between(now, row.due_at) if row.due_at > now else 0
        if left > 3 and random.random() > LATE.get(row.rule, USUALLY_LATE):
            at = later(random, now, left * (0.04 + 0.9 * random.random() * random.random()), self.calendar)
            return at if at <= row.due_at else at_work(random, now, self.calendar)
        return later(random, now, left + 6 + random.expovariate(1 / 260), self.calendar)

    def event(self, kind: str, verb: str) -> str:
        """The event that a verb writes."""
        return vocabulary.VERBS[f"{kind}.{verb}"].event


_OF_TASK = frozenset({"task.department", "task.head", "task.person"})


def _pool(people: list[Person]) -> tuple[list[Person], list[Person]]:
    return people, [person for person in people if not person.is_head]


def _plays(person: Person, roles: frozenset[str]) -> bool:
    """Whether a role that needs no record to know fits the person."""
    for role in roles:
        function, _, post = role.partition(".")
        if role == "anyone":
            if not person.own_functions.isdisjoint({"reception", "office"}):
                return True
        elif role == "head":
            if person.is_head:
                return True
        elif function in person.own_functions and (post != "head" or person.is_head):
            return True
    return False
