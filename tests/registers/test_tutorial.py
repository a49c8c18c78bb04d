"""The form that docs/adding-a-room.md declares, as it stands there: planned, owed, reported, listed."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from huiyin.obligations.models import OPEN, Obligation
from huiyin.procedure.loader import BUILT_IN, load_pack
from huiyin.registers.models import FormRecord
from tests.cast import Factory, factory
from tests.desk import Office
from tests.registers.works import a_customer
from tests.stage import desks

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "adding-a-room.md"
HEADER = """
[pack]
key = "visited"
version = "1.0"
title = { zh = "走访程序", en = "Visits" }
extends = "base"
"""


def visits() -> str:
    """The pack's file as the document has it."""
    found = re.search(r"(?s)```toml\n(.*?)```", DOCUMENT.read_text("utf-8"))
    assert found is not None
    return found[1]


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packs") / "visited"
    folder.mkdir()
    (folder / "pack.toml").write_text(HEADER, "utf-8")
    (folder / "visits.toml").write_text(visits(), "utf-8")
    return folder


@pytest.fixture(scope="module")
def works(written: Path, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Factory]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield factory(str(written), "2026-01-05 08:00")
        transaction.set_rollback(True)


office = desks()


def test_it_stands_in_the_default_procedure_as_well_as_in_a_pack_of_its_own(tmp_path: Path, written: Path) -> None:
    own = load_pack(written)
    base = tmp_path / "base"
    shutil.copytree(BUILT_IN / "base", base)
    (base / "visits.toml").write_text(visits(), "utf-8")
    assert [kind.key for kind in load_pack(base).kinds] == [kind.key for kind in own.kinds] == ["visit"]


def test_it_is_short() -> None:
    assert len([line for line in visits().splitlines() if line.strip()]) <= 70


def test_a_visit_is_planned_owed_reported_and_listed(office: Office) -> None:
    customer, works = a_customer(office.works), office.works
    office.desk("mei").send(
        "/registers/visit/new/plan",
        at_page=f"/registers/visit/new/plan?customer={customer.number}",
        planned_on="2026-11-18",
        visitor=str(works.lin.pk),
        purpose="新机型试装",
    )
    visit = FormRecord.objects.get()
    owed = Obligation.objects.get(OPEN)
    assert (visit.number, owed.rule, owed.owner_person_id) == ("VISIT2026-0001", "visit-report", works.lin.pk)
    assert visit.number in office.desk("lin").get("/obligations/").text

    office.desk("lin").send(f"/registers/visit/{visit.number}/report", findings="试装合格")
    visit.refresh_from_db()
    assert (visit.state, visit.extra["findings"]) == ("reported", "试装合格")
    assert not Obligation.objects.filter(OPEN).exists()
    assert "新机型试装" in office.desk("mei").get("/registers/visit/").text
    sheet = office.desk("mei").client.get(f"/sheets/visit/{visit.number}/visit.pdf")
    assert (sheet.status_code, sheet.headers["Content-Type"]) == (200, "application/pdf")
