"""In a company that is well under way: every text of a record stands on its page and its prints,
every filter narrows its list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.records.kinds import declared
from huiyin.records.lists.filters import (
    ChoiceFilter,
    DateRangeFilter,
    DepartmentFilter,
    ListFilter,
    PersonFilter,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)
from huiyin.records.lists.listing import ListPage
from huiyin.records.models import Record
from huiyin.records.print.forms import PrintJob, sheet_builder
from tests.demo.made import AT
from tests.desk import BACKEND, stopped
from tests.kinds.matrix import matrices

pytestmark = pytest.mark.django_db

MATRICES = {one.kind: one for one in matrices()}
OF_EVERY_RECORD = frozenset({"number", "state", "phase", "previous_state"})
LISTS: list[ListPage] = [page for kind in declared.values() for page in kind.lists]
FILTERS = [(page, one) for page in LISTS for one in page.filters]
ALIKE = {
    ("customers", "salesperson"): "no customer of the demonstration company has a salesperson",
    ("contacts", "direction"): "in the demonstration company customers turn to the company",
    ("contacts", "mark"): "nobody sends the demonstration company automatic mail",
    ("scars", "owner"): "one buyer asks all suppliers",
    ("replacements", "owner"): "one colleague asks for all goods",
    ("losses", "borne_by"): "the company bears all losses",
    ("ledger", "at"): "the ledger holds one week",
    ("ledger", "week"): "the ledger holds one week",
}
"""Filters that cannot tell the records of this company apart, each with the reason."""

every_kind = pytest.mark.parametrize("kind", sorted(declared))
sqlite_alone = pytest.mark.sqlite_alone  # what a page says of a row is the same, whichever database gave the row


def written_in(model: type[models.Model]) -> Iterator[str]:
    """The columns in which people write freely: text long enough for a sentence."""
    for column in model._meta.concrete_fields:
        long = isinstance(column, models.TextField) or (
            isinstance(column, models.CharField) and (column.max_length or 0) >= 40
        )
        if long and not column.is_relation and column.name not in OF_EVERY_RECORD:
            yield column.name


def columns(kind: str) -> Iterator[tuple[type[models.Model], str, str]]:
    """Every such column of a kind and its parts: the table, the path from there to the record, the column."""
    tables: list[tuple[type[models.Model], str]] = [(declared[kind].model, "")]
    for part in declared[kind].parts:
        to = [f.name for f in part.model._meta.fields if f.related_model is declared[kind].model]
        tables += [(part.model, to[0])] if to else []
    for model, path in tables:
        yield from ((model, path, name) for name in written_in(model))


def name_of(model: Any, column: str) -> str:
    """How a kind's file here calls the column: parts come with their kind."""
    return column if issubclass(model, Record) else f"{model.part_kind}.{column}"


def some_row(model: Any, column: str) -> Any:
    """The newest row in whose column somebody wrote; any row where nobody ever did; None where there is no row."""
    rows = model._default_manager.order_by("-pk")
    return rows.exclude(**{column: ""}).first() or rows.first()


@contextmanager
def marked(kind: str, wanted: Container[str]) -> Iterator[dict[Any, dict[str, str]]]:
    """A word that stands nowhere else in each wanted column of a kind, written past every step and gone again behind
    the test: for each record that bears some, its columns with their words.
    """
    written: dict[Any, dict[str, str]] = {}
    with transaction.atomic():
        for place, (model, path, column) in enumerate(columns(kind)):
            row = some_row(model, column)
            if row is not None and name_of(model, column) in wanted:
                mark = f"标记{place:03}止"
                type(row)._default_manager.filter(pk=row.pk).update(**{column: mark})
                record = getattr(row, path) if path else row
                written.setdefault(record.number, {})[name_of(model, column)] = mark
        yield written
        transaction.set_rollback(True)


def left_out(kind: str, expected: Container[str], read: Callable[[str], str]) -> set[str]:
    """The columns of a kind whose words are not found in what is read of their record, and those that have no row.

    Those expected to be left out are written apart: where a key is no key any more, other words may not be shown.
    """
    names = {name_of(model, column) for model, _, column in columns(kind)}
    found = set()
    for wanted in ({one for one in names if one in expected}, {one for one in names if one not in expected}):
        with marked(kind, wanted) as written:
            for number, marks in written.items():
                words = read(number)
                found |= {name for name, mark in marks.items() if mark in words}
    return names - found


@sqlite_alone
@every_kind
def test_every_text_stands_on_the_page(kind: str, reader: Any, settings: Any) -> None:
    """Or tests/kinds says why not."""
    settings.TWO_FACTOR = "none"
    client = Client()
    client.force_login(reader.user, backend=BACKEND)
    with stopped("2026-11-18 10:30"):
        expected = set(MATRICES[kind].not_shown)
        hidden = left_out(
            kind, expected, lambda number: client.get(f"/{MATRICES[kind].room}/{number}").content.decode()
        )
    assert hidden == expected


@sqlite_alone
@every_kind
def test_every_text_stands_in_print(kind: str, reader: Any) -> None:
    """Or tests/kinds says why not."""

    def printed(number: str) -> str:
        record = declared[kind].model._default_manager.get(number=number)
        procedure, sheets = versions.procedure_of(record.procedure_id), []
        for form in procedure.forms_of(kind):
            build = sheet_builder(form.layout, kind) if form.layout else None
            if build is not None:
                sheets.append(repr(build(PrintJob(record, procedure, form, reader.user, AT, "both"))))
        return "".join(sheets)

    expected = set(MATRICES[kind].not_printed)
    assert (left_out(kind, expected, printed) if declared[kind].sheets else set()) == expected


def choices(one: ListFilter, page: ListPage, reader: Any) -> Iterable[str]:
    """What may be chosen in a filter, as its address writes it."""
    match one:
        case YesNoFilter():
            yield from (f"{one.key}=1", f"{one.key}=0")
        case ChoiceFilter():
            options = one.options(reader) if callable(one.options) else one.options
            yield from (f"{one.key}={value}" for value, _ in options)
        case PersonFilter():
            yield from (f"{one.key}={pk}" for pk in Person.objects.values_list("pk", flat=True))
        case DepartmentFilter():
            yield from (f"{one.key}={key}" for key in Department.objects.values_list("key", flat=True))
        case DateRangeFilter():
            for days in (1, 7, 30, 90, 200, 400):
                yield f"{one.key}_from={(AT - timedelta(days=days)).date().isoformat()}"
        case TextFilter() | SearchFilter():
            yield from (f"{one.key}={word}" for word in words_in(page, reader))


def words_in(page: ListPage, reader: Any) -> list[str]:
    """The texts of the newest rows and of what they refer to, whole and their first characters."""
    found: dict[str, None] = {}
    for row in page.rows(reader).order_by("-pk")[:30]:
        values = [value for one in (row, *_referred(row)) for value in vars(one).values()]
        for value in values:
            if isinstance(value, str) and len(value) >= 2 and "&" not in value and "#" not in value:
                found |= dict.fromkeys((value[:60].replace("+", "%2B"), value[:3]))
    return list(found)


def _referred(row: Any) -> list[Any]:
    columns = (column for column in type(row)._meta.concrete_fields if column.is_relation)
    return [other for column in columns if (other := getattr(row, column.name)) is not None]


@pytest.mark.parametrize(("page", "one"), FILTERS, ids=[f"{page.key}-{one.key}" for page, one in FILTERS])
def test_a_filter_narrows(page: ListPage, one: ListFilter, reader: Any) -> None:
    everything = set(page.rows(reader).values_list("pk", flat=True))
    assert len(everything) > 1, f"too few rows for the list {page.key}"
    narrows = False
    for choice in choices(one, page, reader):
        read = one.read(QueryDict(choice), reader)
        if read is None or read.condition is None:
            continue
        shown = set(page.rows(reader).filter(read.condition).values_list("pk", flat=True))
        assert shown <= everything
        narrows = 0 < len(shown) < len(everything)
        if narrows:
            break
    assert narrows is ((page.key, one.key) not in ALIKE), ALIKE.get((page.key, one.key), "no choice narrows the list")


def test_every_list_stands_in_the_menu(reader: Any, settings: Any) -> None:
    settings.TWO_FACTOR = "none"
    client = Client()
    client.force_login(reader.user, backend=BACKEND)
    with stopped("2026-11-18 10:30"):
        links = set(re.findall(r'href="(/[^"?#]*)', client.get("/").content.decode()))
    assert {page.key for page in LISTS if reverse(page.key.replace("-", "_")) not in links} == set()
