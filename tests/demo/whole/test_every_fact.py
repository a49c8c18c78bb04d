"""In a company that is well under way: every fact of every sort of row stands on the page of its record, what hangs on
it too, and nothing that hangs on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import models, transaction
from django.db.models import F, TextField, Value
from django.db.models.functions import Concat
from django.test import Client

from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.comments import comment
from huiyin.records.kinds import declared
from huiyin.records.models import Attachment, Comment, Signature
from huiyin.records.print.forms import PrintJob, sheet_builder
from huiyin.records.signatures import sign
from tests.demo.made import AT
from tests.demo.whole.test_every_kind import MATRICES, columns, every_kind, name_of
from tests.desk import BACKEND, stopped

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # what a page says of a row is the same in both

SHORT, FEW = 20, 8
"""A column so short, with so few values, tells the rows of a part apart, such as an action's measure."""
FOREIGN = "外来止"
NEVER_SIGNED = frozenset({"contact", "customer"})
"""Kinds of which no form has a place to sign."""


@pytest.fixture
def opened(reader: Any, settings: Any) -> Iterator[Any]:
    """What an administrator reads on the page of a record; all that a test writes is undone behind it."""
    settings.TWO_FACTOR = "none"
    client = Client()
    client.force_login(reader.user, backend=BACKEND)
    with stopped("2026-11-18 10:30"), transaction.atomic():
        yield lambda kind, number: client.get(f"/{MATRICES[kind].room}/{number}").content.decode()
        transaction.set_rollback(True)


def tables(kind: str) -> dict[Any, str]:
    """The table of a kind and those of its parts, each with the way from a row to its record."""
    found: dict[Any, str] = {declared[kind].model: ""}
    for part in declared[kind].parts:
        to = [f.name for f in part.model._meta.fields if f.related_model is declared[kind].model]
        found |= {part.model: to[0]} if to else {}
    return found


def values_for(column: Any, place: int) -> tuple[Any, set[str]] | None:
    """A value that stands nowhere else, and how pages may write it; None for a column that is no such fact."""
    if isinstance(column, models.DateField):
        day = date(2019, 1, 1) + timedelta(days=place)
        return (datetime.combine(day, time(4), UTC) if isinstance(column, models.DateTimeField) else day), {f"{day}"}
    if column.is_relation and column.related_model is Person:
        name = f"标记{place:03}止"
        return Person.objects.create(username=f"mark{place}", name=name), {name}
    is_number = isinstance(column, models.DecimalField | models.IntegerField) and not column.is_relation
    if is_number and column.name != "version" and not column.name.endswith("id"):
        return 71000 + place, {f"{71000 + place}", f"{71000 + place:,}"}
    return None


def sorts(model: Any) -> Iterator[tuple[str, str]]:
    """What tells the rows of a part apart: each short column of few values, with each value."""
    for column in model._meta.concrete_fields:
        if isinstance(column, models.CharField) and (column.max_length or 0) <= SHORT:
            values = set(model._default_manager.values_list(column.name, flat=True).distinct()[: FEW + 1])
            if 1 < len(values) <= FEW:
                yield from ((column.name, value) for value in sorted(values) if value)


def facts(kind: str) -> Iterator[tuple[str, Any, str, Any, set[str]]]:
    """Facts of a kind and its parts to be looked for: name, row, column, a value of its own, how it is written."""
    places = count(1)
    for model in tables(kind):
        for column in model._meta.concrete_fields:
            row = model._default_manager.exclude(**{column.name: None}).order_by("-pk").first()
            found = values_for(column, next(places)) if row is not None else None
            if found is not None:
                yield name_of(model, column.name), row, column.name, *found
    marked = set()
    told_apart = {model: list(sorts(model)) for model in tables(kind)}
    for model, path, column in columns(kind):
        if not path or name_of(model, column) in MATRICES[kind].not_shown:
            continue
        for sort, value in told_apart[model]:
            row = model._default_manager.filter(**{sort: value}).exclude(**{column: ""}).order_by("-pk").first()
            if row is not None and (row, column) not in marked:
                marked.add((row, column))
                mark = f"标记{next(places):03}止"
                yield f"{name_of(model, column)} where {sort} is {value}", row, column, mark, {mark}


@every_kind
def test_every_fact_of_every_sort_of_row_stands_on_the_page(kind: str, opened: Any) -> None:
    """Or tests/kinds says why not."""
    ways, written = tables(kind), {}
    for name, row, column, value, words in list(facts(kind)):
        type(row)._default_manager.filter(pk=row.pk).update(**{column: value})
        record = getattr(row, ways[type(row)]) if ways[type(row)] else row
        written.setdefault(record.number, {})[name] = words
    hidden = set()
    for number, wanted in written.items():
        page = opened(kind, number)
        hidden |= {name for name, words in wanted.items() if not any(one in page for one in words)}
    assert hidden == set(MATRICES[kind].facts_not_shown)


@every_kind
def test_what_hangs_on_a_record_stands_there_and_not_when_it_was_taken_off(kind: str, opened: Any) -> None:
    record = declared[kind].model._default_manager.order_by("-pk").first()
    writer, signer = (Person.objects.create(username=name, name=f"标记{name}止") for name in ("writer", "signer"))
    comment(record, "标记留言止", actor=writer, at=AT)
    sign(record, "quality", actor=signer, at=AT, statement="标记签字止")
    file = Attachment.objects.order_by("-pk").first()
    assert file is not None
    file.pk, file.kind, file.record_id, file.part, file.name = None, kind, record.pk, "", "标记文件止.png"
    file.save(force_insert=True)
    page = opened(kind, record.number)
    wanted = {"comments": ["writer", "留言"], "signatures": ["signer", "签字"], "files": ["文件"]}
    for block in wanted.keys() - ({"signatures"} if kind in NEVER_SIGNED else set()):
        words = wanted[block]
        found = re.search(rf'id="{block}".*?</section>', page, re.DOTALL)
        assert [one for one in words if found is None or f"标记{one}止" not in found[0]] == [], block
    Attachment.objects.filter(pk=file.pk).update(removed_at=AT)
    assert "标记文件止" not in opened(kind, record.number)


@every_kind
def test_what_hangs_on_another_record_stands_neither_on_the_page_nor_in_print(
    kind: str, opened: Any, reader: Any
) -> None:
    record = with_most_parts(kind)
    for model, path, column in columns(kind):
        if path:
            add(model._default_manager.exclude(**{path: record}), column)
    for model, column in ((Comment, "text"), (Attachment, "name"), (Signature, "statement")):
        add(model._default_manager.exclude(kind=kind, record_id=record.pk), column)
    procedure = versions.procedure_of(record.procedure_id)
    builders = [(form, sheet_builder(form.layout, kind)) for form in procedure.forms_of(kind) if form.layout]
    sheets = [
        repr(build(PrintJob(record, procedure, form, reader.user, AT, "both"))) for form, build in builders if build
    ]
    assert [FOREIGN in one for one in (opened(kind, record.number), *sheets)] == [False] * (len(sheets) + 1)


def add(rows: Any, column: str) -> None:
    """Mark a text of many rows, each of which keeps its own before the mark."""
    rows.update(**{column: Concat(F(column), Value(FOREIGN), output_field=TextField())})


def with_most_parts(kind: str) -> Any:
    """The record of a kind on which most rows hang; the newest where none do."""
    hanging: dict[int, int] = {}
    for model, path in tables(kind).items():
        for pk in model._default_manager.values_list(path, flat=True) if path else ():
            hanging[pk] = hanging.get(pk, 0) + 1
    records = declared[kind].model._default_manager.order_by("-pk")
    return records.get(pk=max(hanging, key=lambda pk: hanging[pk])) if hanging else records.first()
