"""Facts that a procedure wants of a step beyond what the step is about: the company's own fields, order numbers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from huiyin.complaints.actions.values import ComplaintFacts
from huiyin.complaints.models import Complaint
from huiyin.demo.cases import ComplaintDraft
from huiyin.demo.company import DemoCompany
from huiyin.procedure.generic_guards import field_of_guard
from huiyin.records.ownfields import custom_field

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


def required_values(
    required: Iterable[str],
    subject: Complaint | ComplaintFacts,
    draft: ComplaintDraft,
    company: DemoCompany,
    random: Random,
) -> dict[str, Any]:
    """A value for each fact ``required`` of a step that its action does not give and that ``subject`` lacks."""
    lacking = [name for name in required if name not in GIVEN and not _fact(subject, name)]
    return {name: _value(name, draft, company, random) for name in lacking}


def answers_wanted(guards: Iterable[str]) -> dict[str, str]:
    """The answers without which guards of a step do not hold (``is:field=value``)."""
    return {name: guard.partition("=")[2] for guard in guards if (name := field_of_guard(guard))}


def _fact(subject: Complaint | ComplaintFacts, name: str) -> Any:
    return getattr(subject, name, None) or subject.extra.get(name)


def _value(name: str, draft: ComplaintDraft, company: DemoCompany, random: Random) -> Any:
    received = draft.facts.received_at
    match name:
        case "severity":
            return company.some_option("severity", random, *draft.fault.severities)
        case "order_number":
            return f"XS{received:%y%m}-{random.randrange(1, 9999):04}"
        case "ship_date":
            return received.date() - timedelta(days=random.randrange(10, 90))
        case "shipped_quantity":
            return Decimal(draft.words["quantity"])
        case "serial" | "machine_serial":
            return draft.facts.serial or f"SN{received:%y%m}{random.randrange(10_000):04}"
        case "part_number":
            return f"P-{random.randrange(1000, 9999)}-{random.randrange(10, 99)}"
    own = _own_value(name, f"{received:%Y-%m-%d}", company, random)
    return own or company.option(name) or f"{random.randrange(1000, 9999)}"


def _own_value(name: str, day: str, company: DemoCompany, random: Random) -> str | None:
    """A value for one of the company's own fields, by its type; None for what is built in or free text."""
    field = custom_field("complaint", name, company.procedure)
    match field.type if field else "":
        case "date":
            return day
        case "number":
            return str(random.randrange(1, 100))
        case "yesno":
            return random.choice(("yes", "no"))
        case "choice":
            return random.choice(company.options(field.catalogue or "")) if field else None
    return None
