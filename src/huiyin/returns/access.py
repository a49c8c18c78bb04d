"""The only way a view gets a request or a stock-take: by number, for one person; what one may not see does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.procedure.schema import Procedure
from huiyin.returns.models import Award, Lot, Replacement, Shipment, StockTake


def _sees_all(kind: str, person: Person, procedure: Procedure) -> bool:
    return person.is_administrator or procedure.sees_all(kind, person.functions())


def _own(person: Person) -> Q:
    ids = {person.pk, *(p.pk for p in person.standing_for)}
    return Q(owner_id__in=ids) | Q(opened_by_id__in=ids)


def visible_replacements(person: Person, procedure: Procedure) -> QuerySet[Replacement] | None:
    """Requests the person sees: their own and those their department is responsible for; None: all."""
    if _sees_all("replacement", person, procedure):
        return None
    return Replacement.objects.filter(_own(person) | Q(responsible_id__in=person.department_ids))


def visible_takes(person: Person, procedure: Procedure) -> QuerySet[StockTake] | None:
    """Stock-takes the person sees: their own; None: all."""
    if _sees_all("stock-take", person, procedure):
        return None
    return StockTake.objects.filter(_own(person))


def _rows(model: Any, visible: Any, person: Person) -> QuerySet[Any]:
    found = visible(person, versions.procedure_of(person.active_version_id))
    rows: QuerySet[Any] = model.objects.all() if found is None else found
    return rows


def replacements_of(person: Person) -> QuerySet[Replacement]:
    """All requests the person may see."""
    return _rows(Replacement, visible_replacements, person)


def takes_of(person: Person) -> QuerySet[StockTake]:
    """All stock-takes the person may see."""
    return _rows(StockTake, visible_takes, person)


def _found(rows: QuerySet[Any], number: str) -> Any:
    found = rows.filter(number=number).first()
    if found is None:
        raise Http404(number)
    return found


def replacement_for(person: Person, number: str) -> Replacement:
    """The request with this number if the person may see it; Http404 otherwise."""
    rows = replacements_of(person).select_related("customer", "owner", "opened_by", "responsible", "signed_by")
    found: Replacement = _found(rows, number)
    return found


def stock_take_for(person: Person, number: str) -> StockTake:
    """The stock-take with this number if the person may see it; Http404 otherwise."""
    rows = takes_of(person).select_related("customer", "owner", "opened_by", "book_by", "card_by", "goods_by")
    found: StockTake = _found(rows, number)
    return found


PART_MODELS = {"shipment": Shipment, "lot": Lot, "award": Award}


def part_for(person: Person, number: str, kind: str, pk: int) -> Any:
    """A shipment, returned lot or compensation of a request the person may see; Http404 otherwise."""
    record = replacement_for(person, number)
    found = PART_MODELS[kind].objects.filter(pk=pk, replacement=record).first()  # type: ignore[attr-defined]
    if found is None:
        raise Http404(pk)
    found.replacement = record
    return found
