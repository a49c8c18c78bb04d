"""What the lists of all kinds of records say and filter alike:
steps, choices of catalogues, what is open, what is overdue.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from huiyin.journal import kinds
from huiyin.kernel.text import Text
from huiyin.obligations.models import OPEN, Obligation
from huiyin.obligations.queries import is_overdue_at
from huiyin.procedure import versions
from huiyin.procedure.entries import State
from huiyin.procedure.schema import Procedure
from huiyin.procedure.vocabulary import LAST_PHASES, PHASES
from huiyin.records.lists.filters import Option
from huiyin.records.models import Record

Options = Callable[[Any], list[Option]]
OPEN_PHASES = tuple(phase for phase in PHASES if phase not in LAST_PHASES)


def state_cell(row: Record) -> tuple[str, Text]:
    """A record's phase, and what its procedure calls the state it is in."""
    return row.phase, versions.procedure_of(row.procedure_id).state(row.kind, row.state).label


def option_label(row: Record, catalogue: str, key: str) -> Text | str:
    """The words of a choice under the record's own procedure."""
    found = versions.procedure_of(row.procedure_id).option(catalogue, key) if key else None
    return found.label if found else key


def catalogue_options(catalogue: str) -> Options:
    """The options of a catalogue under the procedure in force."""
    return lambda request: [(one.key, one.label) for one in request.procedure.catalogue(catalogue)]


def open_states(kind: str, procedure: Procedure) -> list[State]:
    """The states in which open records of a kind may stand, each key once: those of ``procedure``, then those that only
    the older versions know under which open records stand in them.
    """
    now = [state for state in procedure.states_of(kind) if state.phase not in LAST_PHASES]
    others = kinds.records_of(kind).filter(phase__in=OPEN_PHASES).exclude(state__in=[one.name for one in now])
    before: dict[str, State] = {}
    for version, name in sorted(others.order_by().values_list("procedure_id", "state").distinct(), reverse=True):
        before.setdefault(name, versions.procedure_of(version).state(kind, name))
    return [*now, *before.values()]


def state_options(kind: str) -> Options:
    """The states of a kind under the procedure in force; those that only open records of older versions stand in where
    the address names another.
    """

    def options(request: Any) -> list[tuple[str, Text | str]]:
        now: dict[str, Text | str] = {one.name: one.label for one in request.procedure.states_of(kind)}
        asked = {one for value in request.GET.getlist("state") for one in value.split(",") if one}
        if asked <= now.keys():
            return list(now.items())
        return list({**{one.name: one.label for one in open_states(kind, request.procedure)}, **now}.items())

    return options


def with_next_due(rows: QuerySet[Any], kind: str = "") -> QuerySet[Any]:
    """Each record with ``next_due_at``: the due moment of its most urgent open obligation whose clock runs."""
    owed = Obligation.objects.filter(OPEN, paused_at=None, kind=kind or rows.model.kind, record_id=OuterRef("pk"))
    return rows.annotate(next_due_at=Subquery(owed.order_by("due_at").values("due_at")[:1]))


def overdue(kind: str) -> Callable[[bool, Any], Q]:
    """Condition: something is owed on the record and late."""

    def condition(yes: bool, request: Any) -> Q:
        owed = Obligation.objects.filter(is_overdue_at(request.at), kind=kind, record_id=OuterRef("pk"))
        return Q(Exists(owed)) if yes else ~Q(Exists(owed))

    return condition


def is_open(yes: bool, request: Any) -> Q:
    """Condition: the record has not ended."""
    ended = Q(phase__in=LAST_PHASES)
    return ~ended if yes else ended
