"""Seals: signed runs of entries, chained to one another, exported outside the database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from huiyin.journal import sealing
from huiyin.journal.models import Entry, Seal
from huiyin.journal.sealing import merkle_root, public_key, seal_hash, seal_new, signing_key
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")
NOW = at("2026-11-16 10:00")


def test_a_seal_covers_what_was_entered_since_the_last_one(works: Factory) -> None:
    (start,) = seal_new(at=NOW)  # the procedure's own steps, before any record
    for _ in range(3):
        works.complaint()
    (first,) = seal_new(at=NOW)
    works.complaint()
    (second,) = seal_new(at=NOW)
    ids = list(Entry.objects.filter(kind="complaint").order_by("id").values_list("id", flat=True))
    assert [(s.first_entry, s.last_entry, s.count) for s in (first, second)] == [
        (ids[0], ids[2], 3),
        (ids[3], ids[3], 1),
    ]
    assert (first.previous, second.previous) == (start.hash, first.hash)
    assert [s.hash for s in (first, second)] == [seal_hash(s) for s in (first, second)]


def test_nothing_new_makes_no_seal(works: Factory) -> None:
    works.complaint()
    assert (len(seal_new(at=NOW)), seal_new(at=NOW), Seal.objects.count()) == (1, [], 1)


def test_many_entries_are_sealed_in_batches(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    seal_new(at=NOW)
    monkeypatch.setattr(sealing, "BATCH", 2)
    for _ in range(5):
        works.complaint()
    assert [s.count for s in seal_new(at=NOW)] == [2, 2, 1]


def test_the_signature_is_the_keys(works: Factory) -> None:
    works.complaint()
    (seal,) = seal_new(at=NOW)
    public_key().verify(bytes.fromhex(seal.signature), bytes.fromhex(seal.hash))


def test_the_key_lies_outside_the_database_for_its_owner_only(own_keys: Path) -> None:
    key = signing_key()
    path = own_keys / "keys" / "seal.key"
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert signing_key().private_bytes_raw() == key.private_bytes_raw()


def test_seals_are_exported_as_they_are_made(works: Factory, own_keys: Path) -> None:
    made = []
    for _ in range(2):
        works.complaint()
        made += seal_new(at=NOW)
    lines = (own_keys / "seals" / "2026.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line) for line in lines] == [
        {
            "first": s.first_entry,
            "last": s.last_entry,
            "count": s.count,
            "root": s.root,
            "previous": s.previous,
            "hash": s.hash,
            "signature": s.signature,
            "at": "2026-11-16T02:00:00.000000+00:00",
        }
        for s in made
    ]


@pytest.mark.parametrize(
    ("leaves", "same"),
    [
        ([["00" * 32], ["00" * 32]], True),
        ([["00" * 32], ["11" * 32]], False),
        ([["00" * 32, "11" * 32], ["11" * 32, "00" * 32]], False),
        ([["00" * 32, "11" * 32, "22" * 32], ["00" * 32, "11" * 32, "22" * 32, "22" * 32]], False),
    ],
)
def test_a_root_tells_leaves_their_order_and_their_number_apart(leaves: list[list[str]], same: bool) -> None:
    roots: Any = [merkle_root(each) for each in leaves]
    assert (roots[0] == roots[1]) is same


def test_no_leaves_have_no_root() -> None:
    assert merkle_root([]) == ""
