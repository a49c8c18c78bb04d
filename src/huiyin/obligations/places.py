"""Where what the calendar brings is done: rooms say by which page an event that tells a period comes about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from huiyin.journal.models import Entry
from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.obligations import sight
from huiyin.obligations.models import Obligation, Occasion
from huiyin.people.models import Person
from huiyin.procedure import versions


@dataclass(frozen=True, slots=True)
class PeriodPage:
    """What a kind of record is to the calendar: ``event`` comes about on the page that ``page`` gives for a period.

    ``label`` is what one does there.
    """

    event: str
    label: Text
    page: Callable[[Period], str]

    def register(self, kind: object) -> None:
        """Let the calendar lead there."""
        _pages[self.event] = self


_pages: dict[str, PeriodPage] = {}


@dataclass(frozen=True, slots=True)
class ObligationLink:
    """A link to where an obligation of the calendar is done, or to what fulfilled it."""

    label: Text
    url: str


def period_of_number(number: str) -> Period:
    """The period of an occasion, which its number begins with."""
    return Period.parse(number.partition(".")[0])


def link_for(row: Obligation) -> ObligationLink | None:
    """Where this obligation of the calendar is done while it is owed; None for others and where no page is known."""
    if row.kind != Occasion.kind or not row.is_open:
        return None
    rule = versions.procedure_of(row.procedure_id).rule(row.rule)
    for event in rule.closes:
        if event in _pages:
            found = _pages[event]
            return ObligationLink(found.label, found.page(period_of_number(row.record_number)))
    return None


def fulfilling_record(row: Obligation, person: Person) -> ObligationLink | None:
    """The record whose event fulfilled this obligation of the calendar, for those who may see it."""
    entries = Entry.objects.filter(kind=row.kind, record_id=row.record_id, event="occasion.fulfilled")
    last = entries.order_by("-sequence").first()
    if last is None or row.fulfilled_at is None:
        return None
    kind, number = last.particulars["by_kind"], last.particulars["by_number"]
    if not sight.record_exists_for(person, kind, number):
        return None
    label = t(
        "{record} {number}",
        "{record} {number}",
        record=kind_name(kind, versions.procedure_of(row.procedure_id)),
        number=number,
    )
    return ObligationLink(label, record_url(kind, number))
