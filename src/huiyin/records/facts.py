"""What is known of a record or of one of its rows, as it travels from a form or a sheet to an action."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from huiyin.records.ownfields import merged_extra


class RecordFacts:
    """A frozen data class whose fields are named as the columns that keep them; ``extra`` holds the company's own."""

    __slots__ = ()

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The fields, in order."""
        return tuple(one.name for one in fields(cls))  # type: ignore[arg-type]  # every subclass is a dataclass

    def by_name(self, *, but: Collection[str] = ()) -> dict[str, Any]:
        """The facts as the columns of a new row, ``but`` for these."""
        return {name: getattr(self, name) for name in self.names() if name not in but}

    def apply_to(self, row: Any, *, but: Collection[str] = ()) -> None:
        """Write the facts onto a row, ``but`` for these; unsaved. Of the company's own fields those that were not
        asked stay.
        """
        for name, value in self.by_name(but=but).items():
            setattr(row, name, merged_extra(row.extra, value) if name == "extra" else value)
