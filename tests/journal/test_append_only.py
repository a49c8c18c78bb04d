"""The database itself refuses to change or delete what the journal holds."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import DatabaseError, connection, transaction

from huiyin.journal.models import Entry, Seal
from huiyin.journal.sealing import seal_new
from tests.cast import Factory, at
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")


def change_entry() -> None:
    Entry.objects.update(actor_name="别人")


def delete_entry() -> None:
    Entry.objects.all()._raw_delete(Entry.objects.db)


def change_seal() -> None:
    Seal.objects.update(root="0" * 64)


def delete_seal() -> None:
    Seal.objects.all()._raw_delete(Seal.objects.db)


def delete_by_sql() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM journal_entry")


def truncate() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("TRUNCATE journal_entry CASCADE")
        cursor.execute("DELETE FROM journal_seal")


@pytest.mark.parametrize("attempt", [change_entry, delete_entry, change_seal, delete_seal, delete_by_sql, truncate])
def test_the_database_refuses(works: Factory, attempt: Callable[[], None]) -> None:
    works.complaint()
    seal_new(at=at("2026-11-16 10:00"))
    before = (list(Entry.objects.values()), list(Seal.objects.values()))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        attempt()
    assert (list(Entry.objects.values()), list(Seal.objects.values())) == before


def test_the_application_offers_no_way_either(works: Factory) -> None:
    works.complaint()
    entry = Entry.objects.get(kind="complaint")
    entry.actor_name = "别人"
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        entry.delete()
    assert Entry.objects.get(kind="complaint").actor_name == "王晓梅"
