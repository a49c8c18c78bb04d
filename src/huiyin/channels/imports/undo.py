"""Undoing a run as a whole: exactly the rows it made, and only while nothing else refers to one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet

from huiyin.channels.imports.importer import CreatedIds, ImportContext, importer_of
from huiyin.channels.imports.writing import chain_ends, enter, import_entry, portions
from huiyin.channels.models import ImportRun
from huiyin.journal.chain import make_entry
from huiyin.journal.kinds import part_models, record_models
from huiyin.journal.models import Entry
from huiyin.journal.protection import block_sealing
from huiyin.kernel.text import Text, t
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import SearchText
from huiyin.records.search import search
from huiyin.records.search.gram_index import index_backend
from huiyin.records.steps.refusals import Refused

NAMED = 5
FEW = 500


def reasons_against_undo(run: ImportRun) -> list[Text]:
    """Why the run cannot be undone: what refers to its rows, or was done to them since; empty when it can."""
    if run.state != ImportRun.DONE:
        return [t("这一批没有导入，或者已经撤销", "This run was not imported, or is undone already")]
    made = CreatedIds.from_json(run.made)
    return [*_referred(made), *_touched(run, made)]


def undo(run: ImportRun, *, actor: Person | None, at: datetime) -> ImportRun:
    """Remove what the run made, with an entry on every record's chain; raises Refused with what stands against it."""
    with transaction.atomic():
        current = ImportRun.objects.select_for_update().get(pk=run.pk)
        reasons = reasons_against_undo(current)
        if reasons:
            raise Refused(reasons)
        block_sealing()
        _remove(current, actor, at)
        current.state, current.undone_at, current.undone_by = ImportRun.UNDONE, at, actor
        current.save(update_fields=["state", "undone_at", "undone_by"])
    return current


def _model(kind: str) -> type[Model]:
    return record_models[kind] if kind in record_models else part_models[kind]


def _referred(made: CreatedIds) -> Iterator[Text]:
    """Rows of other tables that point at one of ours; those the run made itself do not count."""
    ours = {_model(kind): set(ids) for kind, ids in made.ids.items()}
    for kind in made.ids:
        for relation in _model(kind)._meta.related_objects:
            own = ours.get(relation.related_model, set())
            found: list[Any] = []
            for first, last in made.spans(kind):
                name = relation.field.name
                rows = relation.related_model._default_manager.filter(**{f"{name}__gte": first, f"{name}__lte": last})
                found += [row for row in rows.order_by("pk").iterator(chunk_size=500) if row.pk not in own][: NAMED + 1]
                if len(found) > NAMED:
                    break
            if found:
                yield _named(
                    t("后来的记录用到了导入的行：{names}", "Later records refer to imported rows: {names}"),
                    found,
                )


def _touched(run: ImportRun, made: CreatedIds) -> Iterator[Text]:
    """Imported records, or records whose imported parts, have changed since."""
    found: list[str] = []
    kinds = made.ids.keys() & record_models.keys()
    for kind in kinds:
        for first, last in made.spans(kind):
            later = Entry.objects.filter(kind=kind, record_id__gte=first, record_id__lte=last, sequence__gt=1)
            found += _numbers(later)
    if not kinds:
        found = _later_changes(run, made)
    if found:
        yield _named(t("导入之后又有改动：{names}", "Changed since the import: {names}"), found)


def _numbers(entries: QuerySet[Entry]) -> list[str]:
    """Numbers of the first few records; entries of runs that were undone, and reminders, change nothing."""
    undone = set(ImportRun.objects.filter(state=ImportRun.UNDONE).values_list("pk", flat=True))
    found: dict[str, None] = {}
    for number, event, said in entries.order_by("id").values_list("number", "event", "particulars").iterator():
        by_run = event.endswith((".imported", ".import_undone"))
        if event != "obligation.escalated" and not (by_run and said.get("run") in undone):
            found[number] = None
        if len(found) > NAMED:
            break
    return list(found)


def _later_changes(run: ImportRun, made: CreatedIds) -> list[str]:
    """Numbers of records with a later entry on one of the run's parts."""
    keys = {f"{kind}:{pk}" for kind, ids in made.ids.items() for pk in ids}
    kind = importer_of(run.kind).records
    owners = _owners(made, kind)
    found: list[str] = []
    for few in portions(sorted(owners), FEW):
        later = Entry.objects.filter(kind=kind, record_id__in=few, at__gte=run.started_at).order_by("id")
        for number, particulars, digests in later.values_list("number", "particulars", "digests"):
            if particulars.get("run") != run.pk and not keys.isdisjoint(digests):
                found.append(number)
        if len(found) > NAMED:
            break
    return found


def _owners(made: CreatedIds, kind: str) -> dict[int, dict[str, list[int]]]:
    """Ids of the records on whose chains the run's parts stand, with the parts of each."""
    owners: dict[int, dict[str, list[int]]] = {}
    for part, ids in made.ids.items():
        if part in record_models:
            continue
        for few in portions(ids, FEW):
            for pk, owner in _model(part)._default_manager.filter(pk__in=few).values_list("pk", f"{kind}_id"):
                owners.setdefault(owner, {}).setdefault(part, []).append(pk)
    return owners


def _named(sentence: Text, rows: Sequence[Any]) -> Text:
    names = [str(row) for row in rows[:NAMED]]
    more = "…" if len(rows) > NAMED else ""
    return sentence.with_values(names="、".join(names) + more)


def _remove(run: ImportRun, actor: Person | None, at: datetime) -> None:
    made = CreatedIds.from_json(run.made)
    kind = importer_of(run.kind).records
    procedure = versions.procedure_of(run.procedure_id)
    origin = ImportContext(run.pk, run.file_name, actor, at, run.procedure_id, procedure)
    whole = set(made.ids.get(kind, ()))
    owners = _owners(made, kind)
    for few in portions(sorted(whole | owners.keys()), FEW):
        records = {
            row.pk: row
            for row in record_models[kind]._default_manager.select_for_update().filter(pk__in=few).order_by("pk")
        }
        _enter_removal(kind, records, whole, owners, origin)
    for part in [each for each in made.ids if each not in record_models]:
        _delete(_model(part), made.ids[part])
    if whole:
        _forget(kind, sorted(whole), at)
        _delete(record_models[kind], sorted(whole))
    elif run.kind == "contacts":
        _find_anew(kind, sorted(owners), at)


def _enter_removal(
    kind: str, records: dict[int, Any], whole: set[int], owners: dict[int, Any], origin: ImportContext
) -> None:
    ends = chain_ends(kind, list(records))
    entries = []
    for pk, record in records.items():
        parts = {f"{part}:{one}": None for part, ids in owners.get(pk, {}).items() for one in ids}
        digests: dict[str, str | None] = {**({"": None} if pk in whole else {}), **parts}
        sequence, previous = ends[pk]
        what = record.subject if pk in whole else t("{n} 行", "{n} rows", n=len(parts))
        said = import_entry(record, f"{kind}.import_undone", origin, {"what": what}, digests)
        entries.append(make_entry(said, sequence=sequence + 1, previous=previous))
    enter(entries, list(records.values()), origin)


def _delete(model: type[Model], ids: Sequence[int]) -> None:
    for few in portions(ids, FEW):
        model._default_manager.filter(pk__in=few).delete()


def _forget(kind: str, ids: Sequence[int], at: datetime) -> None:
    """Search finds the records no longer, and nothing is owed on them."""
    for few in portions(ids, FEW):
        owed = Obligation.objects.filter(OPEN, kind=kind, record_id__in=few)
        owed.update(cancelled_at=at, next_alarm_at=None)
        rows = SearchText.objects.filter(kind=kind, record_id__in=few)
        index_backend().drop(list(rows.values_list("pk", flat=True)))
        rows.delete()


def _find_anew(kind: str, ids: Sequence[int], at: datetime) -> None:
    for few in portions(ids, FEW):
        rows = record_models[kind]._default_manager.filter(pk__in=few)
        search.index_many(search.search_document(row, at=at) for row in rows)
