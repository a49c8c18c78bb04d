"""Conditions that can never hold together, and those that can: judged as the pages judge the facts themselves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.procedure.checks.together import KnownField, conflict
from huiyin.procedure.computing import settled
from huiyin.procedure.conditions import all_hold
from huiyin.procedure.kind_entries import Condition, FieldEntry

TODAY = date(2026, 1, 5)
OPTIONS = ("a", "b", "c")


def field(name: str, type_: str = "choice", **more: Any) -> FieldEntry:
    label = {"zh": "字段", "en": "Field"}
    return FieldEntry.model_validate({"key": f"sheet.{name}", "type": type_, "label": label, **more})


def known(*fields: FieldEntry) -> dict[str, KnownField]:
    options = {"choice": frozenset(OPTIONS), "choices": frozenset(OPTIONS), "yesno": frozenset(("yes", "no"))}
    return {one.name: KnownField(one, options.get(one.type)) for one in fields}


def conditions(*written: Mapping[str, Any]) -> list[Condition]:
    return [Condition.model_validate({"field": "sort", **one}) for one in written]


@pytest.mark.parametrize(
    ("type_", "written", "is_possible"),
    [
        ("choice", [{"is": "a"}, {"is": "b"}], False),
        ("choice", [{"is": ["a", "b"]}, {"is": ["b", "c"]}], True),
        ("choice", [{"is": "a"}, {"not": "a"}], False),
        ("choice", [{"is": "a"}, {"filled": False}], False),
        ("choice", [{"not": "a"}, {"filled": False}], True),
        ("choice", [{"not": ["a", "b", "c"]}], True),
        ("choice", [{"not": ["a", "b", "c"]}, {"filled": True}], False),
        ("choices", [{"is": "a"}, {"is": "b"}], True),
        ("choices", [{"is": "a"}, {"not": "a"}], False),
        ("yesno", [{"not": "yes"}, {"filled": True}], True),
        ("yesno", [{"filled": True}, {"filled": False}], False),
        ("number", [{"over": 10}, {"under": 5}], False),
        ("number", [{"over": 5}, {"under": 10}], True),
        ("number", [{"over": 5}, {"under": "5.01"}], True),
        ("money", [{"over": 5}, {"under": "5.01"}], False),
        ("score", [{"over": 5}], False),
        ("score", [{"over": 4}], True),
        ("score", [{"over": 4}, {"under": 5}], False),
        ("text", [{"is": "4"}, {"under": 3}], False),
        ("text", [{"is": "2"}, {"under": 3}], True),
        ("date", [{"over": 3}], False),
        ("date", [{"older_than": "1 year"}], True),
        ("number", [{"older_than": "1 year"}], False),
        ("person", [{"is": "王工"}, {"is": "17"}], True),
        ("note", [{"filled": True}], False),
        ("choice", [{"any": [{"field": "sort", "is": "a"}, {"field": "sort", "is": "b"}]}, {"is": "c"}], False),
        ("choice", [{"any": [{"field": "sort", "is": "a"}, {"field": "sort", "is": "b"}]}, {"is": "b"}], True),
    ],
)
def test_what_can_and_cannot_hold_together(type_: str, written: list[dict[str, Any]], is_possible: bool) -> None:
    found = conflict(conditions(*written), known(field("sort", type_)).get)
    assert found is None or (found.field, found.is_certain) == ("sort", True)
    assert (found is None) == is_possible


@pytest.mark.parametrize(
    ("more", "written", "is_possible"),
    [
        ({"least": "3", "most": "8"}, [{"over": 8}], False),
        ({"least": "3", "most": "8"}, [{"over": "7.5"}], True),
        ({"least": "3", "most": "8"}, [{"under": 3}], False),
        ({"least": "3", "most": "8", "decimals": 0}, [{"over": "7.5"}, {"under": 8}], False),
        ({"least": "2.5", "decimals": 0}, [{"under": 3}], False),
        ({"decimals": 0}, [{"over": 4}, {"under": 5}], False),
        ({"decimals": 0}, [{"over": 4}, {"under": 6}], True),
        ({"most": "8", "difference": ["x", "y"]}, [{"over": 8}], True),
        ({"shows": "customer.x"}, [{"over": 8}], False),
    ],
)
def test_what_the_form_of_a_number_lets_through(
    more: dict[str, Any], written: list[dict[str, Any]], is_possible: bool
) -> None:
    assert (conflict(conditions(*written), known(field("sort", "number", **more)).get) is None) == is_possible


def test_what_is_shown_only_otherwise_cannot_be_filled_in() -> None:
    fields = known(
        field("sort"),
        field("cost", "money", shown=[{"field": "sort", "is": "a"}]),
        field("payer", "text", shown=[{"field": "cost", "over": 100}]),
    )
    asked = conditions({"is": "b"}, {"field": "payer", "filled": True})
    found = conflict(asked, fields.get)
    assert found is not None
    assert (found.field, found.is_certain) == ("sort", True)
    assert conflict(conditions({"is": "a"}, {"field": "payer", "filled": True}), fields.get) is None
    assert conflict(conditions({"is": "b"}, {"field": "payer", "filled": False}), fields.get) is None


def test_of_a_field_of_the_product_two_words_may_stand_there() -> None:
    found = conflict(conditions({"is": "a"}, {"is": "b"}), {"sort": KnownField()}.get)
    assert found is not None
    assert not found.is_certain
    empty = conflict(conditions({"is": "a"}, {"filled": False}), {"sort": KnownField()}.get)
    assert empty is not None
    assert empty.is_certain


# ---- against the facts themselves

NAMES = ("sort", "kind", "way")


@st.composite
def some_conditions(draw: st.DrawFn, names: tuple[str, ...] = NAMES, most: int = 4) -> list[Condition]:
    """Conditions on options, a few of them in ``any``."""

    def one() -> dict[str, Any]:
        said: dict[str, Any] = {"field": draw(st.sampled_from(names))}
        match draw(st.integers(0, 3)):
            case 0:
                said["is"] = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=2, unique=True))
            case 1:
                said["not"] = draw(st.lists(st.sampled_from(OPTIONS), min_size=1, max_size=3, unique=True))
            case _:
                said["filled"] = draw(st.booleans())
        return said

    written = []
    for _ in range(draw(st.integers(1, most))):
        several = draw(st.integers(0, 4)) == 0
        written.append({"any": [one(), one()]} if several else one())
    return [Condition.model_validate(each) for each in written]


@given(st.data())
def test_conditions_on_options_conflict_just_where_no_facts_meet_them(data: st.DataObject) -> None:
    """The second field may hang on the first, the third on both: as forms let them, all facts are tried."""
    shown = [
        [],
        data.draw(some_conditions(NAMES[:1], 1) | st.just([])),
        data.draw(some_conditions(NAMES[:2], 2) | st.just([])),
    ]
    fields = [field(name, shown=hangs_on) for name, hangs_on in zip(NAMES, shown, strict=True)]
    asked = data.draw(some_conditions())
    tried = (
        settled(
            fields,
            {name: word for name, word in zip(NAMES, words, strict=True) if word},
            {},
            lambda one, kept: all_hold(one.shown, kept.get, today=TODAY),
        )
        for words in product(("", *OPTIONS), repeat=3)
    )
    is_met = any(all_hold(asked, facts.get, today=TODAY) for facts in tried)
    assert (conflict(asked, known(*fields).get) is None) == is_met


@given(
    over=st.lists(st.integers(0, 12), max_size=2),
    under=st.lists(st.integers(0, 12), max_size=2),
    least=st.none() | st.integers(-3, 12),
    most=st.none() | st.integers(-3, 12),
)
def test_limits_on_whole_numbers_conflict_just_where_no_number_meets_them(
    over: list[int], under: list[int], least: int | None, most: int | None
) -> None:
    limits = {name: str(n) for name, n in (("least", least), ("most", most)) if n is not None}
    asked = conditions(*({"over": n} for n in over), *({"under": n} for n in under))
    numbers = (n for n in range(-5, 20) if (least is None or n >= least) and (most is None or n <= most))
    is_met = any(all_hold(asked, {"sort": str(n)}.get, today=TODAY) for n in numbers)
    number = field("sort", "number", decimals=0, **limits)
    found = conflict(asked, known(number).get)
    assert (found is None) == (is_met or not asked)
