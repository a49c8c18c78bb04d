"""Which tables the journal speaks of: each kind stands in the one table where it belongs."""

from __future__ import annotations

from huiyin.journal import kinds
from huiyin.procedure.vocabulary import KINDS


def test_the_records_and_parts_that_packs_may_name_are_those_of_the_tables() -> None:
    whole = {key for key, kind in KINDS.items() if kind.part_of is None}
    assert set(kinds.known_kinds()) == set(kinds.record_models) == whole
    assert {key for key, kind in KINDS.items() if kind.part_of is not None} <= set(kinds.part_models)


def test_no_kind_stands_in_two_tables_and_no_table_under_two_kinds() -> None:
    named = [*kinds.record_models, *kinds.document_models, *kinds.part_models]
    assert len(named) == len(set(named))
    tables = [*kinds.record_models.values(), *kinds.document_models.values(), *kinds.part_models.values()]
    assert len(tables) == len(set(tables))


def test_rooms_register_kinds_in_the_order_in_which_they_stand() -> None:
    rooms = ["customers", "contacts", "improvement", "complaints", "returns", "assessment"]
    standing = [model._meta.app_label for model in kinds.record_models.values()]
    assert standing == sorted(standing, key=rooms.index)
    assert set(standing) == set(rooms)
