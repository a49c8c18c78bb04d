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
from huiyin.procedure.schema import Procedure


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

FindPlace = Callable[[Procedure, str, Period, tuple[str, int, str]], "ObligationLink | None"]
_places: list[FindPlace] = []


def register_declared(find: FindPlace) -> None:
    """``find(procedure, event, period, subject)`` gives where events of declared kinds come about for a period;
    the subject by its kind, id and number.
    """
    _places.append(find)


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
    procedure = versions.procedure_of(row.procedure_id)
    period = period_of_number(row.record_number)
    for event in procedure.rule(row.rule).closes:
        if event in _pages:
            found = _pages[event]
            return ObligationLink(found.label, found.page(period))
        of_subject = Occasion.objects.filter(pk=row.record_id).values_list(
            "subject_kind", "subject_id", "subject_number"
        )
        subject = of_subject.first() or ("", 0, "")
        for find in _places:
            place = find(procedure, event, period, subject)
            if place is not None:
                return place
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
