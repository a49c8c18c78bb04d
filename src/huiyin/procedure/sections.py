"""Which tables a pack may hold: the name of each, where a procedure keeps its entries, and their shape."""

from __future__ import annotations

from collections.abc import Mapping

from huiyin.procedure.duty_entries import ObligationRule, PauseRule
from huiyin.procedure.entries import (
    Authority,
    CalendarDay,
    CatalogueEntry,
    Clause,
    DepartmentCalendar,
    DepartmentEntry,
    EvidenceEntry,
    FormEntry,
    Noun,
    Numbering,
    PackEntry,
    Sharing,
    State,
    StepEntry,
)
from huiyin.procedure.kind_entries import (
    ApprovalEntry,
    ApprovalLevel,
    BalanceEntry,
    EffectEntry,
    Example,
    FieldEntry,
    FunctionEntry,
    GroupEntry,
    KindEntry,
    Target,
)

SECTIONS: Mapping[str, tuple[str, type[PackEntry]]] = {
    "department": ("departments", DepartmentEntry),
    "calendar_day": ("calendar_days", CalendarDay),
    "department_calendar": ("department_calendars", DepartmentCalendar),
    "form": ("forms", FormEntry),
    "noun": ("nouns", Noun),
    "numbering": ("numbering", Numbering),
    "catalogue": ("catalogues", CatalogueEntry),
    "state": ("states", State),
    "step": ("steps", StepEntry),
    "field": ("fields", FieldEntry),
    "obligation": ("obligations", ObligationRule),
    "pause": ("pauses", PauseRule),
    "authority": ("authority", Authority),
    "sharing": ("sharings", Sharing),
    "clause": ("clauses", Clause),
    "evidence": ("evidence", EvidenceEntry),
    "group": ("groups", GroupEntry),
    "function": ("functions", FunctionEntry),
    "kind": ("kinds", KindEntry),
    "balance": ("balances", BalanceEntry),
    "effect": ("effects", EffectEntry),
    "approval": ("approvals", ApprovalEntry),
    "level": ("levels", ApprovalLevel),
    "target": ("targets", Target),
    "example": ("examples", Example),
}
"""Arrays of tables in a pack → attribute of the Procedure and model of an entry."""

TABLES = ("pack", "calendar", "visibility")
"""Single tables of a pack."""

KEYLESS = (CalendarDay, DepartmentCalendar)
"""Entries without a key of their own."""
