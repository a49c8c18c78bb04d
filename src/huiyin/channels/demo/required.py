"""Facts that a procedure wants of a step beyond what the step itself is about: the company's own fields, order numbers."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

from huiyin.channels.demo.choices import Choices
from huiyin.channels.demo.memory import Live

if TYPE_CHECKING:
    from huiyin.channels.demo.facts import Case

GIVEN = frozenset(
    {
        "findings",
        "statement",
        "verdict",
        "verdict_reason",
        "answer_text",
        "refusal_reason",
        "satisfaction",
        "closing_note",
        "reject_reason",
        "withdraw_reason",
        "reopen_reason",
        "channel",
        "problem",
        "content",
        "nature",
        "cause_kind",
    }
)
"""Facts that the actions themselves give."""


def missing_values(live: Live, verb: str, case: Case, choices: Choices, random: Random) -> dict[str, Any]:
    """A value for each fact that ``verb`` requires, that its action does not give and that the record lacks."""
    record = live.record
    transition = live.desk.procedure.step_table(record.kind).transition(record.state or None, verb)
    if transition is None or not transition.requires:
        return {}
    found = {}
    for name in transition.requires:
        if name in GIVEN or getattr(record, name, None) not in (None, "") or record.extra.get(name):
            continue
        found[name] = _value(live, name, case, choices, random)
    return found


def _value(live: Live, name: str, case: Case, choices: Choices, random: Random) -> Any:
    received = case.facts.received_at
    match name:
        case "severity":
            return choices.some_option("severity", random, *case.trouble.severities)
        case "order_number":
            return f"XS{received:%y%m}-{random.randrange(1, 9999):04}"
        case "ship_date":
            return received.date() - timedelta(days=random.randrange(10, 90))
        case "shipped_quantity":
            return Decimal(str(case.words["quantity"]))
        case "serial" | "machine_serial":
            return case.facts.serial or f"SN{received:%y%m}{random.randrange(10_000):04}"
        case "part_number":
            return f"P-{random.randrange(1000, 9999)}-{random.randrange(10, 99)}"
    return _own(live, name, f"{received:%Y-%m-%d}", random) or choices.option(name) or f"{random.randrange(1000, 9999)}"


def _own(live: Live, name: str, day: str, random: Random) -> Any:
    """A value for one of the company's own fields, by its type."""
    procedure = live.desk.procedure
    field = next((f for f in procedure.fields_of(live.record.kind) if f.name == name), None)
    if field is None:
        return None
    match field.type:
        case "date":
            return day
        case "number":
            return str(random.randrange(1, 100))
        case "yesno":
            return random.choice(("yes", "no"))
        case "choice" if field.catalogue:
            return random.choice(procedure.catalogue(field.catalogue)).key
    return None
