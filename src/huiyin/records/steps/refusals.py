"""Why a step is not taken; always sentences for the reader, never codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text


class Refused(Exception):
    """The step may not be taken; ``reasons`` are for the page, ``fields`` for single fields of the form."""

    def __init__(self, reasons: Sequence[Text] = (), fields: Mapping[str, Text] | None = None) -> None:
        self.reasons = list(reasons)
        self.fields = dict(fields or {})
        super().__init__("; ".join(str(r) for r in [*self.reasons, *self.fields.values()]))


class ChangedMeanwhile(Exception):
    """Somebody else changed the record or part since the form was opened; ``current`` is how it stands now."""

    def __init__(self, current: Any) -> None:
        self.current = current
        super().__init__(str(current))


class AlreadyDone(Exception):
    """The same form was sent before; ``entry`` is what it did then."""

    def __init__(self, entry: Entry) -> None:
        self.entry = entry
        super().__init__(entry.number)
