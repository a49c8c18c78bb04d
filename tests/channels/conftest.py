"""A factory, sheets as people make them, and runs from upload to result."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from django.conf import settings

from huiyin.channels.imports import runs
from huiyin.channels.models import ImportRun
from huiyin.people.backends import load_person
from huiyin.people.models import Person
from tests.cast import Factory, at
from tests.stage import stage

NOW = at("2026-11-16 09:00")
Cells = Sequence[Sequence[Any]]


def xlsx(rows: Cells, *, name: str = "Sheet1") -> bytes:
    """A workbook; a cell may be anything a spreadsheet holds."""
    made = BytesIO()
    book = xlsxwriter.Workbook(
        made, {"in_memory": True, "default_date_format": "yyyy-mm-dd", "strings_to_formulas": False}
    )
    sheet = book.add_worksheet(name)
    for down, row in enumerate(rows):
        sheet.write_row(down, 0, row)
    book.close()
    return made.getvalue()


def csv(rows: Cells, encoding: str = "utf-8") -> bytes:
    """Comma-separated text."""
    return "\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode(encoding)


@dataclass
class ImportDesk:
    """The company, and shorthand to import a sheet as one of its people."""

    factory: Factory

    def person(self, name: str) -> Person:
        """The person as a request loads them."""
        found = load_person(self.factory.people[name].pk, at=NOW)
        assert found is not None
        return found

    def upload(self, kind: str, content: bytes, name: str = "sheet.xlsx", *, by: str = "song") -> ImportRun:
        """A run as it stands after the upload."""
        return runs.upload(
            kind, name, [content], procedure_id=self.factory.version, actor=self.factory.people[by], at=NOW
        )

    def check(self, kind: str, content: bytes, name: str = "sheet.xlsx") -> ImportRun:
        """A run after its rows were checked."""
        return runs.check(self.upload(kind, content, name))

    def bring_in(self, kind: str, content: bytes, name: str = "sheet.xlsx") -> ImportRun:
        """A run that was written, as the worker does it."""
        run = self.check(kind, content, name)
        assert (run.state, run.errors) == (ImportRun.READY, [])
        ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.WAITING, started_at=NOW)
        run.refresh_from_db()
        return runs.execute(run)


works = stage("base")


@pytest.fixture
def desk(works: Factory, db: Any, tmp_path: Path, monkeypatch: Any) -> ImportDesk:
    monkeypatch.setattr(settings, "DATA", tmp_path)
    monkeypatch.setattr(settings, "KEYS", tmp_path / "keys")
    return ImportDesk(works)


def faults(run: ImportRun, language: str = "zh") -> list[tuple[int, str, str, str]]:
    """What is wrong with a run, as people read it."""
    return [(each["row"], each["column"], each["value"], each[language]) for each in run.errors]
