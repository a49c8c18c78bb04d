"""What can be imported: each kind of row has an importer that knows its columns, checks its rows and writes them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ClassVar

from huiyin.channels.imports.columns import ImportColumn
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure

Tell = Callable[[int], None]
"""Told how many rows are written so far."""


@dataclass(slots=True)
class ImportRow:
    """One row of the sheet: its number there (from 1, as the spreadsheet shows it) and its values by field."""

    number: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ImportFault:
    """What is wrong in one place: the row, the field (empty: the row as a whole), what stands there, and a sentence."""

    row: int
    column: str
    value: str
    reason: Text

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> ImportFault:
        """What ``as_json`` wrote."""
        return cls(kept["row"], kept["column"], kept["value"], Text(kept["zh"], kept["en"]))

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the run, in both languages."""
        return {
            "row": self.row,
            "column": self.column,
            "value": self.value[:200],
            "zh": self.reason.show("zh"),
            "en": self.reason.show("en"),
        }


@dataclass(frozen=True, slots=True)
class ImportContext:
    """Where imported rows come from, as the journal names it."""

    run: int
    file: str
    actor: Person | None
    at: datetime
    procedure_id: int
    procedure: Procedure


@dataclass(slots=True)
class CreatedIds:
    """Ids of the rows a run made, by kind of record or part; what an undo removes."""

    ids: dict[str, list[int]] = field(default_factory=dict)

    def add(self, kind: str, ids: Sequence[int]) -> None:
        """These rows were made."""
        self.ids.setdefault(kind, []).extend(ids)

    def spans(self, kind: str) -> list[list[int]]:
        """The ids of one kind as ``[first, last]``; rows of one transaction mostly lie side by side."""
        return _runs(self.ids.get(kind, ()))

    def as_json(self) -> dict[str, list[list[int]]]:
        """The ids as runs ``[first, last]``, short even for tens of thousands of rows."""
        return {kind: _runs(ids) for kind, ids in self.ids.items()}

    @classmethod
    def from_json(cls, kept: dict[str, list[list[int]]]) -> CreatedIds:
        """What ``as_json`` wrote."""
        return cls({kind: [i for first, last in runs for i in range(first, last + 1)] for kind, runs in kept.items()})


@dataclass(frozen=True, slots=True)
class PreparedImport:
    """Rows ready to be written: the ids they will have, and what writes them, called in one transaction.

    ``write`` raises ``records.numbers.Meanwhile`` when what it rests on has changed; then all is prepared anew.
    """

    made: CreatedIds
    write: Callable[[], None]


def _runs(ids: Sequence[int]) -> list[list[int]]:
    runs: list[list[int]] = []
    for one in sorted(ids):
        if runs and runs[-1][1] == one - 1:
            runs[-1][1] = one
        else:
            runs.append([one, one])
    return runs


class Importer(ABC):
    """How rows of one kind come in."""

    key: ClassVar[str]
    label: ClassVar[Text]
    records: ClassVar[str]  # kind of the records whose chains the rows are entered on

    @abstractmethod
    def columns(self, procedure: Procedure) -> tuple[ImportColumn, ...]:
        """The fields a sheet may fill; asked once per check, so it may look up people and catalogues."""

    @abstractmethod
    def reasons_against(self, person: Person, procedure: Procedure, *, at: datetime) -> list[Text]:
        """Why this person may not import such rows; empty when they may."""

    @abstractmethod
    def check(self, rows: Sequence[ImportRow]) -> Iterator[ImportFault]:
        """What is wrong across rows or against what is on file; may complete ``values`` (ids for names)."""

    @abstractmethod
    def prepare(self, rows: Sequence[ImportRow], origin: ImportContext, tell: Tell) -> PreparedImport:
        """Make every row and its journal entry ready, after a clean check; others go on writing meanwhile."""


_importers: dict[str, Importer] = {}


def register_importer(importer: Importer) -> None:
    """Offer a kind of rows for import."""
    _importers[importer.key] = importer


def importer_of(key: str) -> Importer:
    """The importer of a kind; KeyError."""
    return _importers[key]


def importers() -> tuple[Importer, ...]:
    """Every kind of rows that can be imported, in the order of registration."""
    return tuple(_importers.values())
