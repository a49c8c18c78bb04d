"""What the builders of a complaint's sheets share beside the words of every sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from huiyin.complaints.models import Demand, Remedy
from huiyin.complaints.queries import load_details
from huiyin.journal.models import Entry
from huiyin.journal.queries import with_names
from huiyin.records.print import forms
from huiyin.records.print.sheets import SignaturePlace


@dataclass
class ComplaintFormatter(forms.PrintFormatter):
    """Everything of one complaint, said in one language."""

    rows: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        self.rows = load_details(self.printing.record)
        self.rows["tasks"] = [task for task in self.rows["tasks"] if task.state != "cancelled"]

    def with_amount(self, catalogue: str, key: str, row: Demand | Remedy) -> str:
        """What was asked for or granted, how many and how much."""
        currency = getattr(row, "currency", self.printing.procedure.currency)
        amount = f"{row.amount:,.2f} {currency}" if row.amount is not None else ""
        parts = (self.option(catalogue, key), self.quantity(row.quantity), amount, row.note)
        return " ".join(part for part in parts if part)

    def decided(self, row: Demand) -> str:
        """A demand and what becomes of it."""
        what, outcome = self.option("demand", row.demand), row.outcome_words
        return f"{what}：{self.line(outcome)}" if outcome else what

    def latest(self, *events: str) -> Entry | None:
        """The latest of these events in the record's journal."""
        record = self.printing.record
        entries = Entry.objects.filter(kind=record.kind, record_id=record.pk, event__in=events)
        return with_names(entries).order_by("-sequence").first()

    def signature_of(self, zh: str, en: str, entry: Entry | None) -> SignaturePlace:
        """A place to sign for a step, filled as the journal says who took it and when."""
        if entry is None:
            return self.signature(zh, en)
        name = self.line(entry.who) if entry.actor_name else ""
        return SignaturePlace(self.bar(zh, en), name, self.say(entry.at)[:10])
