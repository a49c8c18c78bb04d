"""Pages ask the database as often for fifty as for one, no more than is written down, and stay small on the wire."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.cast import factory
from tests.counting import SHOWN_AT, Busy, PageCount
from tests.desk import stopped

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # both are asked the same questions

COUNTS = Path(__file__).with_name("query_counts.json")
REFRESH = "HUIYIN_REFRESH_QUERY_COUNTS"
HOW = f"{REFRESH}=1 .venv/bin/python -m pytest tests/test_queries.py"
MANY = 50
MOST = {
    "complaint": 12,
    "complaint, by the department": 12,
    "complaint with every part": 15,
    "complaints": 5,
    "complaints, filtered": 5,
    "complaints, a hundred": 5,
    "complaints, those of a department": 5,
    "complaints, words": 7,
    "contacts": 5,
    "contacts, own": 5,
    "customers": 5,
    "home": 8,
}
"""Questions a page may ask at most, signing in and the page's frame included.

A complaint asks once for each kind of part it ever had: ten kinds are more than the usual seven. Words typed into a
list are first weighed and then looked up in the index.
"""
COUNTED = {
    "complaints": 1,
    "complaints, filtered": 1,
    "complaints, words": 1,
    "contacts": 1,
    "contacts, own": 1,
    "customers": 1,
    "board": 1,
    "customer": 2,
}
"""Questions more where not everything fits the page: how many there are in all;
of a full column, of each part of a card.
"""
PLAIN = {} if settings.COMPILED_QUERIES else {"search": 2, "suggestions": 2}
"""Questions more with the short cuts of ``huiyin.database`` off: what the reader may see is asked beforehand, of the
product's kinds and of those that packs declare.
"""
LISTED = {
    "complaints": 25,
    "complaints, a hundred": 50,
    "complaints, words": 25,
    "complaints, filtered": 25,
    "contacts": 25,
    "contacts, own": 25,
    "customers": 25,
    "home": 50,
    "board": 30,
    "search": 30,
    "obligations": 50,
}
"""Records that a page leads to at least when there are fifty, or its count would say nothing."""
HEAVIEST = 30 * 1024
"""Bytes of a page on the wire, compressed; styles and scripts are in the browser's store after the first page."""


@dataclass(frozen=True)
class Measured:
    """The same pages of the same company, first with one of everything, then with fifty."""

    one: dict[str, PageCount]
    many: dict[str, PageCount]

    @property
    def counts(self) -> dict[str, int]:
        """How often each page asks, in the larger company."""
        return {name: seen.queries for name, seen in self.many.items()}


@pytest.fixture(scope="module")
def measured(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Measured]:
    with django_db_blocker.unblock(), transaction.atomic(), stopped(SHOWN_AT):
        kept, settings.TWO_FACTOR = settings.TWO_FACTOR, "none"
        busy = Busy(factory("base"))
        one = busy.seen()
        busy.grow(MANY)
        yield Measured(one, busy.seen())
        settings.TWO_FACTOR = kept
        transaction.set_rollback(True)


def test_fifty_cost_as_many_questions_as_one(measured: Measured) -> None:
    expected = {name: seen.queries + COUNTED.get(name, 0) for name, seen in measured.one.items()}
    grown = {name: (expected[name], n) for name, n in measured.counts.items() if n != expected[name]}
    assert grown == {}, "questions expected from one row, and those at fifty"


def test_the_larger_company_fills_the_pages(measured: Measured) -> None:
    empty = {name: measured.many[name].records for name, n in LISTED.items() if measured.many[name].records < n}
    assert empty == {}


def test_no_page_asks_more_than_its_limit(measured: Measured) -> None:
    above = {name: measured.counts[name] for name, most in MOST.items() if measured.counts[name] > most}
    assert above == {}
    assert set(MOST) <= set(measured.counts)


def test_each_page_asks_as_often_as_is_written_down(measured: Measured) -> None:
    if os.environ.get(REFRESH):
        COUNTS.write_text(json.dumps(measured.counts, indent=1, sort_keys=True) + "\n", "utf-8")
    known = {name: count + PLAIN.get(name, 0) for name, count in json.loads(COUNTS.read_text("utf-8")).items()}
    changed = {
        name: f"{known.get(name, 'unknown')} → {measured.counts.get(name, 'gone')}"
        for name in known.keys() | measured.counts.keys()
        if known.get(name) != measured.counts.get(name)
    }
    assert changed == {}, f"fewer or more than {COUNTS.name} says; if that is meant so: {HOW}"


def test_pages_are_small_on_the_wire(measured: Measured) -> None:
    heavy = {name: seen.sent for name, seen in measured.many.items() if seen.sent > HEAVIEST}
    assert heavy == {}, f"bytes compressed, of {HEAVIEST} at most"
