"""Tries the examples of a pack: facts and a step in, what is shown, needed, refused and owed out. No database.

What follows is asked of the functions that the pages ask. Guards that look at other records, signatures or people are
not tried: an example has none of these.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property
from typing import Any

from huiyin.procedure.approval_completion import ASKED, signer_kind
from huiyin.procedure.computing import Facts, is_number, settled, settled_row
from huiyin.procedure.conditions import NOTHING, all_hold, values_of
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.kind_entries import BalanceEntry, Example, FieldEntry
from huiyin.procedure.lexicon import GIVEN
from huiyin.procedure.schema import Procedure

TODAY = "today"
"""Among the facts of an example: the day on which it is tried."""
USUAL_DAY = date(2026, 1, 5)
"""The day on which an example is tried that names none."""
TRIED = ("is", "filled", "rows", "answered", "settled", "checked", "balance")
"""Generic guards that a record alone decides."""


@dataclass(frozen=True)
class Trial:
    """One example under a procedure; its properties are what comes out."""

    procedure: Procedure
    example: Example

    @cached_property
    def step(self) -> StepEntry | None:
        """The step that is tried."""
        return self.procedure.step(f"{self.example.kind}.{self.example.step}")

    @cached_property
    def fields(self) -> tuple[FieldEntry, ...]:
        """The company's own fields of the kind."""
        return self.procedure.fields_of(self.example.kind)

    @cached_property
    def today(self) -> date:
        """The day on which it is tried."""
        written = self.example.facts.get(TODAY)
        return date.fromisoformat(str(written)) if written is not None else USUAL_DAY

    @cached_property
    def tables(self) -> dict[str, list[Facts]]:
        """The rows of the child tables that the example gives."""
        found = {}
        for field in self.fields:
            given = self.example.facts.get(field.name)
            if field.type == "rows" and isinstance(given, list):
                rows = [as_stored(row) for row in given if isinstance(row, Mapping)]
                found[field.name] = [
                    settled_row(self.procedure.fields_of(field.of), row, today=self.today) for row in rows
                ]
        return found

    @cached_property
    def facts(self) -> Facts:
        """The record's facts as they would be kept."""
        given = {name: value for name, value in as_stored(self.example.facts).items() if name not in self.tables}
        given.pop(TODAY, None)
        return settled(self.fields, given, self.tables, self._holds_for)

    def _holds_for(self, field: FieldEntry, facts: Mapping[str, Any]) -> bool:
        return all_hold(field.shown, facts.get, today=self.today)

    @cached_property
    def shown(self) -> list[str]:
        """The fields that are asked and kept with these facts; as ``table.field`` those asked in one of its rows."""
        found = [field.name for field in self.fields if self._holds_for(field, self.facts)]
        for name, rows in self.tables.items():
            of = next(field.of for field in self.fields if field.name == name)
            found += [f"{name}.{one.name}" for one in self.procedure.fields_of(of) if self._in_a_row(one, rows)]
        return found

    def _in_a_row(self, field: FieldEntry, rows: list[Facts]) -> bool:
        return any(self._holds_for(field, row) for row in rows)

    @cached_property
    def required(self) -> list[str]:
        """The fields that the step needs."""
        if self.step is None:
            return []
        verb = self.step.verb
        own = {field.name for field in self.fields}
        needed = [field.name for field in self.fields if verb in field.required_for]
        needed += self.step.requires
        return [name for name in dict.fromkeys(needed) if name not in own or name in self.shown]

    @cached_property
    def refused(self) -> list[str]:
        """What keeps the step from being taken: needed fields that are empty, guards that do not hold."""
        missing = [name for name in self.required if not self._is_said(name)]
        guards = self.step.guards if self.step is not None else ()
        return [*missing, *(one for one in guards if self.is_tried(one) and not self._guard_holds(one))]

    @staticmethod
    def is_tried(guard: str) -> bool:
        """Whether a guard is decided by the facts of a record alone."""
        return guard.partition(":")[0] in TRIED

    def _is_said(self, name: str) -> bool:
        return self.facts.get(name) not in NOTHING or bool(self.tables.get(name))

    def _guard_holds(self, guard: str) -> bool:
        name, _, argument = guard.partition(":")
        rows = self.tables.get(argument, [])
        match name:
            case "answered":
                return bool(rows) and all(row.get("answer") for row in rows)
            case "settled":
                return all(row.get("answer") for row in rows)
            case "checked":
                return bool(rows) and all(row.get("verdict") for row in rows)
            case "balance":
                return self._balances(argument)
            case "is":
                field, _, value = argument.partition("=")
                return value in values_of(self.facts.get(field))
        return self._is_said(argument)

    def _balances(self, key: str) -> bool:
        rows = {field.of: self.tables.get(field.name, []) for field in self.fields if field.type == "rows"}
        held = {self.example.kind: [self.facts], **rows}
        found = next(one for one in self.procedure.balances if one.key in [f"{kind}.{key}" for kind in held])
        return all(self._adds_up(found, one) for one in held[found.key.partition(".")[0]])

    @staticmethod
    def _adds_up(balance: BalanceEntry, facts: Mapping[str, Any]) -> bool:
        parts = [Decimal(str(facts[name])) for name in balance.parts if is_number(facts.get(name))]
        total = facts.get(balance.total)
        return is_number(total) and Decimal(str(total)) == sum(parts, Decimal(0))

    @cached_property
    def owed(self) -> list[str]:
        """The obligations that come due when the step is taken."""
        if self.step is None:
            return []
        event = self.procedure.vocabulary.event_of(self.step.key)
        found = list(self._opened(event, self.facts.get))
        for field in self.fields:
            for row in self.tables.get(field.name, ()) if self.step.verb in field.asked else ():
                found += self._opened(f"{field.of}.{GIVEN}", {**self.facts, **row}.get)
        return list(dict.fromkeys([*found, *self._signatures()]))

    def _signatures(self) -> Iterator[str]:
        """The signatures of the first level that is asked, where the step leads into an approval."""
        assert self.step is not None
        for one in self.procedure.approvals:
            if one.kind == self.example.kind and one.state == self.step.to:
                levels = [level for level in self.procedure.levels if level.approval == one.key]
                asked = [level for level in levels if all_hold(level.when, self.facts.get, today=self.today)]
                for level in asked[:1]:
                    yield from self._opened(f"{signer_kind(one.kind)}.{ASKED}", {"level": level.key}.get)

    def _opened(self, event: str, read: Callable[[str], Any]) -> Iterator[str]:
        for rule in self.procedure.rules_opened_by(event):
            if all_hold(rule.when, read, today=self.today):
                yield rule.key


def as_stored(facts: Mapping[str, Any]) -> Facts:
    """Facts as a pack writes them, in the form in which records keep them."""
    return {name: _stored(value) for name, value in facts.items()}


def _stored(value: Any) -> Any:
    match value:
        case bool():
            return "yes" if value else "no"
        case date() | datetime():
            return value.isoformat()
        case int() | float() | Decimal():
            return f"{Decimal(str(value)).normalize():f}"
        case Mapping():
            return as_stored(value)
        case list() | tuple():
            return [_stored(one) for one in value]
    return value
