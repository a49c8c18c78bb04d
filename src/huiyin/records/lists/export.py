"""Exports of list pages: exactly the rows and columns shown, with every filter, entered in the journal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.utils.http import content_disposition_header

from huiyin.journal.actions import append
from huiyin.journal.chain import EntryDraft
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.lists import keyset
from huiyin.records.lists.columns import ListColumn
from huiyin.records.lists.request import ListRequest
from huiyin.records.print.spreadsheet import Cell, ColumnHeading, csv_lines, workbook
from huiyin.records.steps.refusals import Refused
from huiyin.ui import zone
from huiyin.ui.language import language as language_of_page

if TYPE_CHECKING:
    from huiyin.records.lists.listing import ListPage

MAX_ROWS = 50_000
AT_ONCE = 2000
CHAIN = "export"
"""The journal's word for the chain of what somebody took out of the house."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def respond(page: ListPage, wanted: ListRequest, request: Any) -> HttpResponse | StreamingHttpResponse:
    """The list as a file, CSV sent while it is read; more than MAX_ROWS rows are refused instead of cut off."""
    form = request.POST.get("format")
    if form not in ("csv", "xlsx"):
        raise Http404(form)
    rows = page.kept(request, wanted)
    count = rows.order_by().values("pk")[: MAX_ROWS + 1].count()
    if count > MAX_ROWS:
        raise Refused(
            [
                t(
                    "超过 {n} 行，请先筛选再导出",
                    "More than {n} rows; narrow the list down first",
                    n=f"{MAX_ROWS:,}",
                )
            ]
        )
    _enter(page, wanted, request, form=form, count=count)
    language, site, at = language_of_page(), zone.site_zone(), request.at
    title = page.title.show(language)
    heads = [
        ColumnHeading(c.label.show(language), c.number_format or ("0.00" if c.kind == "money" else ""))
        for c in wanted.columns
    ]
    cells = _cells(keyset.in_order(rows, wanted.order), wanted.columns, language)
    response: HttpResponse | StreamingHttpResponse
    if form == "csv":
        lines = csv_lines(heads, cells, zone=site, language=language)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(workbook(title, heads, cells, zone=site, at=at, language=language), content_type=XLSX)
    name = f"{title} {zone.day_of(at).isoformat()}.{form}"
    response["Content-Disposition"] = str(content_disposition_header(True, name))
    response["Cache-Control"] = "private, no-store"
    return response


def _enter(page: ListPage, wanted: ListRequest, request: Any, *, form: str, count: int) -> None:
    """Enter who took which list out of the house, on a chain of each person's exports."""
    person = request.user
    with transaction.atomic():
        Person.objects.select_for_update().filter(pk=person.pk).values("pk").get()
        append(
            EntryDraft(
                kind=CHAIN,
                record_id=person.pk,
                number=person.username[:40],
                event="list.exported",
                at=request.at,
                actor_id=person.pk,
                actor_name=person.name,
                procedure_id=request.version,
                particulars={
                    "list": page.title,
                    "key": page.key,
                    "format": form.upper(),
                    "count": count,
                    "query": wanted.query(),
                    "filters": [one.words for one in wanted.chosen.values() if one.problem is None],
                    "columns": [column.key for column in wanted.columns],
                },
            )
        )


def _cells(rows: QuerySet[Any], columns: Sequence[ListColumn], language: str) -> Iterator[list[Cell]]:
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield [as_cell(column.read(row), column.kind, language) for column in columns]


def as_cell(value: Any, kind: str, language: str) -> Cell:
    """A value of a list as a spreadsheet holds it: words in the reader's language, figures as figures."""
    if kind == "phase" and isinstance(value, tuple):
        value = value[1]
    elif kind in ("due", "badge") and isinstance(value, tuple):
        value = value[0]
    elif kind in ("money", "quantity") and not isinstance(value, Decimal | int | float | str | None):
        value = getattr(value, "amount", None) if kind == "money" else getattr(value, "value", str(value))
    if kind in ("number", "quantity") and isinstance(value, Decimal):
        value = Decimal(f"{value.normalize():f}")
    if isinstance(value, Text):
        return value.show(language)
    if isinstance(value, Person):
        return value.display_name.show(language)
    if isinstance(value, list | tuple):
        return "、".join(str(as_cell(one, "text", language)) for one in value)
    if value is None or isinstance(value, str | int | float | Decimal) or hasattr(value, "isoformat"):
        return value
    return str(value)
