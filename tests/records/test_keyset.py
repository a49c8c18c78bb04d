"""Paging by place: every row once, in order, forwards and back, with equal and empty values, whatever token is sent."""

from __future__ import annotations

import base64
from decimal import Decimal
from itertools import chain
from typing import Any

import orjson
import pytest
from django.db.models import F, Value
from django.db.models.functions import Coalesce

from huiyin.complaints.models import Complaint
from huiyin.records.lists import keyset
from huiyin.records.lists.keyset import SortOrder
from tests.cast import Factory
from tests.stage import stage

pytestmark = pytest.mark.django_db


company = stage("feedback")


@pytest.fixture(scope="module")
def made(company: Factory, django_db_blocker: Any) -> None:
    with django_db_blocker.unblock():
        for number, quantity in enumerate([3, None, 1, 3, None, 2, 3, 1]):
            one = company.complaint(when=f"2026-11-{16 + number % 3} 09:00", defect_quantity=5)
            owner = [company.mei, None, company.song][number % 3]
            Complaint.objects.filter(pk=one.pk).update(defect_quantity=quantity, owner=owner)


@pytest.fixture
def rows(made: None) -> Any:
    return Complaint.objects.annotate(left=F("defect_quantity"), filled=Coalesce("defect_quantity", Value(Decimal(0))))


def pages(rows: Any, order: SortOrder, size: int) -> list[list[int]]:
    """All pages, forwards."""
    found, place = [], None
    while True:
        portion = keyset.read_page(rows, order, place, size)
        found.append([row.pk for row in portion.rows])
        assert portion.more_before is (place is not None)
        if not portion.more_after:
            return found
        token = keyset.cursor_token(portion.rows[-1], order)
        place = keyset.parse_cursor(token, rows, order, back=False)
        assert place is not None


@pytest.mark.parametrize(
    "path",
    [
        "pk",
        "number",
        "received_at",
        "defect_quantity",
        "left",
        "filled",
        "owner__name",
        "ship_date",
        "lighter",
    ],
)
@pytest.mark.parametrize("sign", ["", "-"])
def test_every_row_comes_once_in_order_and_the_way_back_is_the_same(rows: Any, sign: str, path: str) -> None:
    order = SortOrder.of(sign + path)
    every = [row.pk for row in keyset.in_order(rows, order)]
    last = keyset.read_page(rows, order, None, 100).rows[-1]
    assert len(every) == 8
    for size in (1, 2, 3, 8, 20):
        assert list(chain(*pages(rows, order, size))) == every
        backwards, place = [], keyset.parse_cursor(keyset.cursor_token(last, order), rows, order, back=True)
        while place is not None:
            portion = keyset.read_page(rows, order, place, size)
            assert portion.more_after is True
            backwards = [*[row.pk for row in portion.rows], *backwards]
            place = None
            if portion.more_before:
                place = keyset.parse_cursor(keyset.cursor_token(portion.rows[0], order), rows, order, back=True)
        assert backwards == every[:-1]


def test_empty_values_stand_last_in_both_directions(rows: Any) -> None:
    for sign in ("", "-"):
        quantities = [row.defect_quantity for row in keyset.in_order(rows, SortOrder.of(f"{sign}defect_quantity"))]
        assert quantities[-2:] == [None, None]
        assert None not in quantities[:-2]


@pytest.mark.parametrize(
    "token",
    ["", "x", "%%%", "AAAA", "漏油", "a" * 5000]
    + [
        base64.urlsafe_b64encode(orjson.dumps(value)).decode()
        for value in (1, [], [1], [1, "2"], [1, True], [{}, 1], [[1], 1], ["no date", 1], [1, 2, 3], [None, 2**63], "x")
    ],
)
def test_a_token_that_is_not_ours_means_no_place(rows: Any, token: str) -> None:
    assert keyset.parse_cursor(token, rows, SortOrder("received_at"), back=False) is None
