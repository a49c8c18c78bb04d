"""A sheet that records of a kind are printed on, declared once: what packs call it, how it is set, who builds it."""

from __future__ import annotations

from dataclasses import dataclass

from huiyin.kernel.text import Text
from huiyin.procedure import vocabulary
from huiyin.records.print import layouts
from huiyin.records.print.forms import Builder, register_sheet
from huiyin.records.print.layouts import PageLayout


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSheet:
    """A layout that packs may name for the forms of a kind; several kinds may print the same one, each by its builder.

    ``label_width`` is that of the label column in millimetres; ``size`` and ``table_size`` are sizes of type in points.
    """

    key: str
    label: Text
    build: Builder
    landscape: bool = False
    label_width: float = 25
    size: float = 9.5
    table_size: float = 9

    def register(self, kind: str) -> None:
        """Tell the vocabulary of packs, the page set-up and the printer that records of ``kind`` have this sheet."""
        vocabulary.layout(self.key, label=self.label, kind=kind)
        layouts.declare(PageLayout(self.key, self.landscape, self.label_width, self.size, self.table_size))
        register_sheet(self.key, kind, self.build)
