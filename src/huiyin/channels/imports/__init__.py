"""Importing spreadsheets: customers, contact persons, deliveries, old complaints; all rows of a file, or none.

A file becomes a run (``runs``): its rows are read as text (``channels.spreadsheets``), its columns guessed from the
headings (``columns``), every cell and row checked (``cells``, the importers) and shown with its faults in place; a
clean run is written in one transaction with a journal entry on every record (``writing``), and can be undone as a whole
(``undo``) until something else refers to one of its rows.
"""

from __future__ import annotations

from argparse import Namespace
from typing import Any


def command(args: Namespace) -> int:
    """``huiyin import``."""
    from huiyin.channels.imports.commands import run

    return run(args)


def register_importer(importer: Any) -> None:
    """Offer a kind of rows for import; see ``importer.Importer``."""
    from huiyin.channels.imports.importer import register_importer as register

    register(importer)
