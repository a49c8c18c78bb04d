"""What a room has to say of each kind is said; what is forgotten is named, with the place where it belongs."""

from __future__ import annotations

import ast
from dataclasses import replace
from importlib import import_module
from itertools import combinations
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import ForeignKey
from django.urls import NoReverseMatch, get_resolver, reverse

from huiyin.customers.card import CustomerTie
from huiyin.customers.models import Customer
from huiyin.journal.phrases import known_events
from huiyin.kernel.text import t
from huiyin.procedure import vocabulary
from huiyin.procedure.loader import packs
from huiyin.records.kinds import RecordKind, declared, omissions
from huiyin.records.print.costs import COSTS_SHEET
from huiyin.records.print.forms import sheet_builder
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import OtherPage
from huiyin.ui.rooms import menu, rooms
from tests.cast import pack
from tests.kinds.matrix import matrices

LOWER_ROOMS = ("kernel", "database", "ui", "procedure", "people", "journal", "obligations", "records")
# Words of the lower rooms that happen to be keys of kinds, and what they mean there.
OTHER_MEANINGS = {
    ("kernel/stocktake.py", "customer"): "the verdict that the customer's information was wrong",
    ("procedure/words.py", "customer"): "whom something is owed to, outside the company",
    ("procedure/mistakes.py", "problem"): "what is wrong with a pack",
    ("procedure/describe.py", "customer"): "the type of a field that holds one",
    ("procedure/sheet_drafts.py", "customer"): "the type of a field that holds one",
    ("obligations/ownership.py", "task"): "rows that are tasks",
    ("procedure/draft_writing.py", "task"): "rows that are tasks",
    ("procedure/document.py", "customer"): "a subject for whom something comes round",
    ("procedure/completion.py", "task"): "rows that are tasks",
    ("procedure/lexicon.py", "task"): "rows that are tasks",
    ("procedure/words.py", "task"): "rows that are tasks",
    ("procedure/checks/generic.py", "task"): "rows that are tasks",
    ("procedure/checks/sentences.py", "task"): "rows that are tasks",
    ("procedure/words.py", "customer.salesperson"): "who owes what comes round for each customer",
    ("procedure/checks/recurring.py", "customer"): "a subject for whom something comes round",
    ("procedure/checks/recurring.py", "customer.salesperson"): "who owes what comes round for each customer",
    ("procedure/checks/together.py", "customer"): "the type of a field that holds one",
    ("procedure/checks/effects.py", "customer"): "whose own fields an effect may write",
    ("procedure/checks/duties.py", "customer"): "of whom conditions may speak on any record that has one",
    ("obligations/occasions.py", "customer"): "a subject for whom something comes round",
    ("obligations/owners.py", "customer"): "whose salesperson owes what comes round for each customer",
    ("obligations/changed.py", "customer"): "whose salesperson owes on any record that has one",
    ("obligations/following.py", "customer"): "whose salesperson owes on any record that has one",
}
SRC = Path(import_module("huiyin").__file__ or "").parent
KINDS = list(declared.values())
of_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.key))


def test_nothing_is_left_undeclared() -> None:
    assert omissions() == []


def test_every_room_on_disk_is_installed_and_taken_in() -> None:
    found = {page.parent.name for page in SRC.glob("*/room.py")}
    assert found == set(rooms), "add the room to INSTALLED_APPS in src/huiyin/config/settings.py"
    assert {app.label for app in apps.get_app_configs() if app.label in found} == found


def test_every_kind_has_its_file_for_the_tests_of_all_kinds() -> None:
    lacking = set(declared) - {one.kind for one in matrices()}
    assert lacking == set(), f"write a MATRIX in tests/kinds/test_<kind>.py or <kind>.py for {sorted(lacking)}"


@of_kind
def test_its_list_stands_in_the_menu(kind: RecordKind) -> None:
    addresses = {reverse(item.url) for item in menu(None)}
    assert kind.lists, f"{kind.key} has no list page: give its RecordKind lists=(…)"
    assert kind.path in addresses, f"no MenuItem of its room leads to {kind.path}"


@of_kind
def test_its_lists_call_states_states(kind: RecordKind) -> None:
    """A step is what somebody does; what a record is in is its state."""
    heads = [one.label for page in kind.lists for one in (*page.columns, *page.filters) if one.key == "state"]
    assert set(heads) <= {t("状态", "State")}


@of_kind
def test_its_pages_lie_where_it_says(kind: RecordKind) -> None:
    name = kind.key.replace("-", "_")
    try:
        page = reverse(name, args=["X1"])
    except NoReverseMatch:
        pytest.fail(f"no address is named {name!r}: the record's page of {kind.key}")
    assert page == f"{kind.path}X1"


@of_kind
def test_the_addresses_that_its_steps_name_exist(kind: RecordKind) -> None:
    assert nowhere(kind) == []


def nowhere(kind: RecordKind) -> list[str]:
    """The steps of the kind and of its parts that lead to no address."""
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    places = {
        f"{key}.{step.verb}": step.page.url for key, step in kind.step_types() if isinstance(step.page, OtherPage)
    }
    pages = [kind.steps, *(part.steps for part in kind.parts if part.steps is not None)]
    places |= {f"steps of {one.kind}": one.url for one in pages if one.by_noun}
    return [f"{what}: no address is named {url!r}" for what, url in places.items() if url not in names]


def test_a_step_that_leads_nowhere_is_named() -> None:
    take = declared["stock-take"]
    lost = replace(take.steps.by_verb["open"], page=OtherPage("stocktake_new"))
    kind = replace(take, steps=StepPages("stock-take", "stock_take_step", (lost,)))
    assert nowhere(kind) == ["stock-take.open: no address is named 'stocktake_new'"]


def test_no_two_kinds_share_a_mark() -> None:
    """What stands on two samples tells nobody which of them was shown."""
    marks = [(mark, one.kind) for one in matrices() for mark in one.marks]
    pairs = combinations(marks, 2)
    shared = [(one, other) for one, other in pairs if one[1] != other[1] and (one[0] in other[0] or other[0] in one[0])]
    assert shared == [], "give one of the samples in tests/kinds words of its own"


@of_kind
def test_every_event_has_its_sentence(kind: RecordKind) -> None:
    keys = {kind.key, *(part.model.part_kind for part in kind.parts)}
    events = {key for key, event in vocabulary.EVENTS.items() if event.kind in keys}
    assert sorted(events - known_events()) == []


@of_kind
def test_a_record_of_a_customer_says_what_it_is_to_customers(kind: RecordKind) -> None:
    """It stands on the customer's card, or lets somebody meet the customer; or says that it does neither."""
    refers = any(isinstance(one, ForeignKey) and one.related_model is Customer for one in kind.model._meta.fields)
    ties = [one for one in kind.aspects if isinstance(one, CustomerTie)]
    assert refers <= bool(ties), f"{kind.key} refers to a customer: add a CustomerTie to its aspects"


@of_kind
def test_some_pack_has_the_kind(kind: RecordKind) -> None:
    assert any(pack(key).step_table(kind.key).transitions for key in packs()), f"no pack has a step for {kind.key}"


def test_every_kind_that_packs_may_print_in_a_layout_has_its_builder() -> None:
    offered = [(layout.key, kind) for layout in vocabulary.LAYOUTS.values() for kind in layout.kinds]
    assert [one for one in offered if sheet_builder(*one) is None] == []
    assert {kind for layout, kind in offered if layout == "quality-costs"} == {"complaint", "problem"}


def test_one_layout_has_one_set_up_and_one_name() -> None:
    costs = COSTS_SHEET
    with pytest.raises(ValueError, match="quality-costs"):
        replace(costs, table_size=7).register("complaint")
    with pytest.raises(ValueError, match="quality-costs"):
        replace(costs, label=t("甲", "A")).register("complaint")


def spoken_of(room: str) -> set[tuple[str, str]]:
    """The strings of a room's Python, without docstrings and comments, that are keys of kinds or begin with one."""
    parts = {part.model.part_kind for kind in KINDS for part in kind.parts}
    alone = {*declared, *(key for key, kind in vocabulary.KINDS.items() if kind.part_of)}
    begun = tuple(f"{key}." for key in {*declared, *parts})
    found = set()
    for page in (SRC / room).rglob("*.py"):
        tree = ast.parse(page.read_text("utf-8"))
        told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            word = node.value if isinstance(node, ast.Constant) and id(node) not in told else None
            if isinstance(word, str) and (word in alone or word.startswith(begun)):
                found.add((page.relative_to(SRC).as_posix(), word))
    return found


def test_the_lower_rooms_name_no_kind_of_record_or_part() -> None:
    found = {one for room in LOWER_ROOMS for one in spoken_of(room)}
    assert found == set(OTHER_MEANINGS), "let the kind declare it (RecordKind, PartKind), or say what the word means"
