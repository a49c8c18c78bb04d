"""The bar of states on a record's page: the way that leads on, and where the record stands on it."""

from __future__ import annotations

from functools import cache

import pytest

from huiyin.procedure.loader import load_pack
from huiyin.procedure.schema import Procedure
from huiyin.records.steps.next_steps import step_bar
from huiyin.registers.models import FormRecord


@cache
def procedure(pack: str) -> Procedure:
    return load_pack(pack)


def bar(pack: str, kind: str, state: str) -> list[tuple[str, str]]:
    """The states in the bar and how each stands, for a record in one of them."""
    read = procedure(pack)
    record = FormRecord(kind=kind, state=state, phase=read.phase(kind, state))
    names = {each.label: each.name for each in read.states_of(kind)}
    return [(names[item.label], item.state) for item in step_bar(record, read)]


def test_a_state_that_only_leads_back_stands_in_the_bar_while_the_record_is_in_it() -> None:
    assert bar("service-desk", "handover", "prepared") == [("prepared", "current"), ("accepted", "ahead")]
    assert bar("service-desk", "handover", "refused") == [
        ("prepared", "done"),
        ("refused", "current"),
        ("accepted", "ahead"),
    ]
    assert bar("service-desk", "handover", "accepted") == [("prepared", "done"), ("accepted", "done")]


def test_states_of_which_one_leads_to_the_other_but_neither_on_lie_off_the_way() -> None:
    assert bar("service-desk", "duty-log", "on-leave") == [
        ("on-duty", "done"),
        ("on-leave", "current"),
        ("closed", "ahead"),
    ]
    assert bar("service-desk", "duty-log", "on-duty") == [("on-duty", "current"), ("closed", "ahead")]


def test_what_is_reached_by_being_returned_alone_comes_before_the_way() -> None:
    straight = bar("service-process", "service-order", "requested")
    assert straight == [("requested", "current"), ("approved", "ahead"), ("done", "ahead"), ("closed", "ahead")]
    returned = bar("service-process", "service-order", "drafted")
    assert returned == [("drafted", "current"), *((name, "ahead") for name, _ in straight)]


def test_of_several_ends_the_one_at_the_end_of_the_longest_way_stands_until_another_is_reached() -> None:
    straight = [("proposed", "current"), ("approved", "ahead"), ("closed", "ahead")]
    assert bar("property-services", "reward", "proposed") == straight
    assert bar("property-services", "reward", "declined") == [("proposed", "done"), ("declined", "done")]


@pytest.mark.parametrize("state", ["open", "solved"])
def test_a_state_to_which_only_a_step_aside_leads_is_no_stop_on_the_way(state: str) -> None:
    assert [name for name, _ in bar("service-desk", "first-contact", state)] == ["open", "solved", "closed"]
