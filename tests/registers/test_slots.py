"""The columns that repeat facts lie in indexes which both databases really use, however many records there are."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory

from huiyin.people.backends import load_person
from huiyin.procedure import versions
from huiyin.records.lists import keyset
from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.catalogue import slots_of
from huiyin.registers.kinds import kind_of
from huiyin.registers.lists.lists import list_of
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.desk import Office
from tests.registers.works import PACK
from tests.stage import desks, stage

works = stage(PACK)
office = desks()
pytestmark = pytest.mark.django_db


def asked(works: Factory, kind: str, query: str) -> Any:
    """The list of a kind as the head of the office asks for it: what is wanted, and its queries."""
    request: Any = RequestFactory().get(f"/registers/{kind}/?{query}")
    person = load_person(works.root.pk, at=at("2026-11-16 09:00"))
    assert person is not None
    request.user, request.at = person, at("2026-11-16 09:00")
    request.procedure = versions.procedure_of(works.version)
    page = list_of(kind_of(request.procedure, kind))
    wanted = page.wanted(request)
    return wanted, keyset.page_queries(page.kept(request, wanted), wanted.order, wanted.place, wanted.size)


def plan(rows: Any) -> str:
    """How the database goes about it, when it has no reason to read a small table as a whole."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
            cursor.execute("SET LOCAL enable_bitmapscan = off")
    return str(rows.explain())


def sorts(found: str) -> bool:
    """Whether the records themselves are sorted; what is owed on each of the few shown may be."""
    lines = found.splitlines()
    if connection.vendor == "postgresql":
        return any("Sort Key" in line and "registers_formrecord" in line for line in lines)
    return any("TEMP B-TREE" in line and line.split()[1] == "0" for line in lines)


@pytest.mark.parametrize(
    ("kind", "query", "column"),
    [
        ("visit", "sort=f_planned_on", "planned_on"),
        ("visit", "sort=-f_planned_on", "planned_on"),
        ("request", "sort=f_amount", "amount"),
        ("request", "sort=-f_amount", "amount"),
        ("visit", "f_planned_on_from=2026-11-01&f_planned_on_to=2026-11-30", "planned_on"),
        ("visit", "f_planned_on_from=2026-11-01&sort=f_planned_on", "planned_on"),
        ("request", "f_amount_from=100&f_amount_to=900", "amount"),
        ("visit", "f_visitor={lin}", "visitor"),
        ("visit", "owner={lin}", "owner"),
    ],
)
def test_lists_use_the_index_of_the_column(works: Factory, kind: str, query: str, column: str) -> None:
    _, queries = asked(works, kind, query.format(lin=works.lin.pk))
    slot = slots_of(kind).get(column, column)
    found = plan(queries[0])
    assert f"form_{slot}_filled" in found, found
    assert not sorts(found), found


def test_a_choice_is_found_by_its_index_and_stands_by_when_it_was_entered(works: Factory) -> None:
    assert "sort" not in slots_of("visit")  # neither a column of the list nor marked: it is found by searching
    rows = FormRecord.objects.filter(kind="visit", key1__in=["planned"]).order_by("-opened_at", "-pk")[:51]
    found = plan(rows)
    assert "form_key1_filled" in found, found
    assert not sorts(found), found


def test_a_field_without_a_column_is_offered_neither_for_sorting_nor_as_a_filter(office: Office) -> None:
    works, who = office.works, {"person": office.works.lin.pk, "name": "林志远"}
    given = FormInput({"planned_on": "2026-11-18", "visitor": who, "sort": "planned", "purpose": "回访"})
    context = works.context("mei", "2026-11-16 08:30")
    open_record("visit", "plan", given, procedure_id=works.version, context=context)
    page = office.desk("mei").get("/registers/visit/?cols=number,f_planned_on,f_sort,f_sum,f_summary&edit=filters")
    assert "sort=-f_planned_on" in str(page.links)
    for name in ("sort", "sum", "summary"):
        assert f"sort=f_{name}" not in str(page.links)
        assert f"sort=-f_{name}" not in str(page.links)
        assert f'name="f_{name}' not in page.html


def requests(works: Factory) -> list[str]:
    """Five requests over different sums, one of them over none; their sums in the order they were entered."""
    sums = ["700", "/", "90", "1200", "90"]
    for amount in sums:
        reviewer = {"person": works.lin.pk, "name": works.lin.name}
        facts = {"what": "费用", "amount": amount, "reviewer": reviewer}
        context = works.context("mei", "2026-11-16 09:00")
        open_record("request", "draft", FormInput(facts), procedure_id=works.version, context=context)
    return sums


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("sort=f_amount", ["90", "90", "700", "1200", "/"]),
        ("sort=-f_amount", ["1200", "700", "90", "90", "/"]),
        ("f_amount_from=90&f_amount_to=700", ["700", "90", "90"]),
    ],
)
def test_rows_without_a_value_stand_last_both_ways(works: Factory, query: str, expected: list[str]) -> None:
    requests(works)
    wanted, queries = asked(works, "request", query)
    assert [row.extra["amount"] for row in keyset.read(queries, wanted.size)] == expected


def test_a_list_narrowed_by_a_range_stands_by_it_unless_it_is_sorted(works: Factory) -> None:
    narrowed, _ = asked(works, "request", "f_amount_from=90")
    assert (narrowed.order.path, narrowed.order.descending) == (slots_of("request")["amount"], True)
    entered, _ = asked(works, "request", "f_amount_from=90&sort=-opened_at")
    assert (entered.order.path, entered.sort) == ("opened_at", "-opened_at")
    refused, _ = asked(works, "request", "f_amount_from=many")
    assert refused.order.path == "opened_at"
