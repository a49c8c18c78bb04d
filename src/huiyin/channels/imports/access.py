"""Which runs and kinds of rows a person may deal with."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404

from huiyin.channels.imports.importer import Importer, importer_of, importers
from huiyin.channels.models import ImportRun
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure


def kinds_for(person: Person, procedure: Procedure, *, at: datetime) -> list[tuple[Importer, list[Text]]]:
    """Every kind of rows with the reasons why this person may not import it."""
    return [(each, each.reasons_against(person, procedure, at=at)) for each in importers()]


def runs_for(person: Person, procedure: Procedure, *, at: datetime) -> QuerySet[ImportRun]:
    """Runs of the kinds the person may import."""
    kinds = [each.key for each, reasons in kinds_for(person, procedure, at=at) if not reasons]
    return ImportRun.objects.filter(kind__in=kinds).select_related("started_by", "undone_by")


def run_for(person: Person, pk: int, procedure: Procedure, *, at: datetime) -> ImportRun:
    """The run if the person may deal with its kind; Http404 otherwise."""
    found = runs_for(person, procedure, at=at).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def importer_for(person: Person, kind: str, procedure: Procedure, *, at: datetime) -> Importer:
    """The importer if the person may use it; Http404 otherwise."""
    try:
        found = importer_of(kind)
    except KeyError:
        raise Http404(kind) from None
    if found.reasons_against(person, procedure, at=at):
        raise Http404(kind)
    return found
