"""Which tables the journal speaks of: record kinds and the kinds of their parts,
registered by each room at start-up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, QuerySet

from huiyin.procedure import vocabulary
from huiyin.procedure.schema import Procedure

record_models: dict[str, type[Model]] = {}
document_models: dict[str, type[Model]] = {}
part_models: dict[str, type[Model]] = {}


def register_record(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are the records of ``kind``."""
    vocabulary.reserve(kind)
    record_models[kind] = model


def register_document(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are controlled documents: each has a chain of its own, but none is a record of a procedure."""
    vocabulary.reserve(kind)
    document_models[kind] = model


def register_part(kind: str, model: type[Model]) -> None:
    """Rows of ``model`` are parts of records, digested in their record's entries as ``kind:id``."""
    vocabulary.reserve(kind)
    part_models[kind] = model


def register_declared(records: type[Model], *parts: type[Model]) -> None:
    """Rows of these are the records and parts of all kinds that packs declare; their column tells the kind."""
    _declared["record"] = records
    _declared.update({model.__name__: model for model in parts})
    _declared_parts[:] = parts


_declared: dict[str, type[Model]] = {}
_declared_parts: list[type[Model]] = []


def declared_models() -> set[type[Model]]:
    """The tables of all kinds that packs declare."""
    return set(_declared.values())


def known_kinds(procedure: Procedure | None = None) -> tuple[str, ...]:
    """Every kind of record, in the order of the rooms; with those that a procedure declares."""
    declared = procedure.vocabulary.declared.values() if procedure is not None else ()
    return (*record_models, *(kind.key for kind in declared if kind.part_of is None))


def record_model(kind: str) -> type[Model] | None:
    """The table in which records of ``kind`` are rows."""
    return record_models.get(kind) or _declared.get("record")


def part_of(key: str) -> Any:
    """The part that the journal knows as ``task:12``, of a declared kind too; None for none."""
    kind, _, pk = key.partition(":")
    if not pk:
        return None
    if kind in part_models:
        return part_models[kind]._default_manager.filter(pk=pk).first()
    found = (model._default_manager.filter(part_kind=kind, pk=pk).first() for model in _declared_parts)
    return next((part for part in found if part is not None), None)


def parts_of(keys: Iterable[str]) -> dict[str, Any]:
    """The parts that the journal knows by these keys, each table asked once; what is gone is left out."""
    by_kind: dict[str, list[str]] = {}
    for key in keys:
        kind, _, pk = key.partition(":")
        if pk:
            by_kind.setdefault(kind, []).append(pk)
    found: list[Any] = []
    for kind, ids in by_kind.items():
        if kind in part_models:
            found += part_models[kind]._default_manager.filter(pk__in=ids)
        else:
            for model in _declared_parts:
                found += model._default_manager.filter(part_kind=kind, pk__in=ids).select_related("record")
    return {part.part_key: part for part in found}


def records_of(kind: str) -> QuerySet[Any]:
    """The records of ``kind``; none of an unknown one."""
    if kind in record_models:
        return record_models[kind]._default_manager.all()
    return _declared["record"]._default_manager.filter(kind=kind)


def open_records(kind: str) -> int:
    """How many records of ``kind`` have not ended."""
    return int(records_of(kind).exclude(phase__in=vocabulary.LAST_PHASES).count())


def records_by_kind() -> Iterator[tuple[str, QuerySet[Any]]]:
    """Every kind of record with its records, kinds that packs declare one by one."""
    yield from ((name, model._default_manager.all()) for name, model in record_models.items())
    if "record" in _declared:
        declared = _declared["record"]._default_manager.order_by("kind").values_list("kind", flat=True).distinct()
        yield from ((kind, records_of(kind)) for kind in list(declared))


def rows_by_kind() -> Iterator[tuple[str, QuerySet[Any]]]:
    """Every kind of record, document and part with its rows, those that packs declare under ``""`` for their rows tell
    their kind (``kind_of_row``).
    """
    whole = record_models | document_models | part_models
    yield from ((name, model._default_manager.all()) for name, model in whole.items())
    yield from (("", model._default_manager.all()) for model in _declared.values())


def kind_of_row(row: Any) -> str:
    """The kind of a record or part by which the journal knows it."""
    return str(getattr(row, "part_kind", "") or row.kind)


def is_whole(kind: str) -> bool:
    """Whether ``kind`` has chains of its own: a record or a document, no part."""
    if kind in record_models or kind in document_models:
        return True
    return kind not in part_models and bool(_declared) and records_of(kind).exists()
