"""Which tables the journal speaks of: record kinds and the kinds of their parts,
registered by each room at start-up.
"""

from __future__ import annotations

from django.db.models import Model

record_models: dict[str, type[Model]] = {}
document_models: dict[str, type[Model]] = {}
part_models: dict[str, type[Model]] = {}


def register_record(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are the records of ``kind``."""
    record_models[kind] = model


def register_document(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are controlled documents: each has a chain of its own, but none is a record of a procedure."""
    document_models[kind] = model


def register_part(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are parts of records, digested in their record's entries as ``kind:id``."""
    part_models[kind] = model


def known_kinds() -> tuple[str, ...]:
    """Every kind of record, in the order of the rooms."""
    return tuple(record_models)
