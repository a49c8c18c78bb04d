"""A run from upload to result: read, match columns, check, write; every change of a run's state is here."""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from django.db import transaction

from huiyin.channels.imports import store
from huiyin.channels.imports.cells import InvalidCell
from huiyin.channels.imports.columns import HEAD_WITHIN, ImportColumn, find_head, guess
from huiyin.channels.imports.importer import ImportContext, ImportFault, ImportRow, PreparedImport, importer_of
from huiyin.channels.models import ImportRun
from huiyin.channels.spreadsheets import rows_of
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.search import search
from huiyin.records.steps.numbers import NumberTaken
from huiyin.records.steps.refusals import Refused

log = logging.getLogger("huiyin.imports")

FAULTS_KEPT = 1000
MANY = 20_000
EVERY = 2000
TRIES = 3

EMPTY_CELL = t("不能为空", "This must be filled")
FAILED = t(
    "导入时出了差错，没有写入任何一行；请再试一次，仍不行请联系管理员",
    "Something went wrong and not a single row was written; try again, and tell the administrator if it stays so",
)


@dataclass(slots=True)
class CheckResult:
    """The rows of a run as they would be written, and what is wrong with them."""

    rows: list[ImportRow] = field(default_factory=list)
    faults: list[ImportFault] = field(default_factory=list)


def upload(
    kind: str, name: str, chunks: Iterable[bytes], *, procedure_id: int, actor: Person | None, at: datetime
) -> ImportRun:
    """Take a file in, find its headings and guess its columns; raises Unreadable."""
    path = PurePath(name.replace("\\", "/"))
    taken = store.store_upload(chunks, suffix=path.suffix.lower())
    try:
        columns = importer_of(kind).columns(versions.procedure_of(procedure_id))
        head = _first(rows_of(taken.rows), HEAD_WITHIN)
        index = find_head(head, columns)
        with transaction.atomic():
            run = ImportRun.objects.create(
                kind=kind,
                procedure_id=procedure_id,
                file_name=path.name[:200],
                sha256=taken.sha256,
                size=taken.size,
                sheet=taken.sheet.name[:200],
                header_row=index + 1,
                columns=guess(head[index], columns),
                rows=max(taken.sheet.rows - index - 1, 0),
                at=at,
                started_by=actor,
            )
            store.keep(taken, run.pk)
    except BaseException:
        store.drop(taken)
        raise
    return run


def headings(run: ImportRun) -> list[str]:
    """The headings of the sheet as the run understands it."""
    return next(iter(sample(run, 0, head=True)), [])


def sample(run: ImportRun, count: int, *, head: bool = False) -> list[list[str]]:
    """The first ``count`` rows below the headings; with ``head`` the headings before them."""
    rows = _first(rows_of(store.file_of(run.pk, "rows")), run.header_row + count)
    return rows[run.header_row - 1 :] if head else rows[run.header_row :]


def match(run: ImportRun, columns: dict[str, int], header_row: int) -> ImportRun:
    """Understand the sheet as the person says, and check it."""
    _may_still(run)
    known = {column.key for column in importer_of(run.kind).columns(versions.procedure_of(run.procedure_id))}
    run.columns = {key: index for key, index in columns.items() if key in known}
    run.header_row = header_row
    return check(run)


def check(run: ImportRun) -> ImportRun:
    """Check every row as it stands and keep what is wrong with the run."""
    _may_still(run)
    found = checked(run)
    _keep(run, found)
    return run


def _may_still(run: ImportRun) -> None:
    if run.state in (ImportRun.WAITING, ImportRun.DONE, ImportRun.UNDONE):
        raise Refused([t("这一批已经开始导入，不能再改", "This run has been started and can no longer be changed")])


def _keep(run: ImportRun, found: CheckResult) -> None:
    run.state = ImportRun.FAULTY if found.faults or not found.rows else ImportRun.READY
    run.rows, run.faults = len(found.rows), len(found.faults)
    run.errors = [fault.as_json() for fault in found.faults[:FAULTS_KEPT]]
    run.save(update_fields=["state", "columns", "header_row", "rows", "faults", "errors"])


def checked(run: ImportRun) -> CheckResult:
    """The rows of the run and all their faults, in the order of the sheet; writes nothing."""
    importer = importer_of(run.kind)
    columns = importer.columns(versions.procedure_of(run.procedure_id))
    matched = [(run.columns[column.key], column) for column in columns if column.key in run.columns]
    missing = [column for column in columns if column.required and column.key not in run.columns]
    if missing:
        return CheckResult(
            faults=[ImportFault(run.header_row, column.key, "", _unmatched(column)) for column in missing]
        )
    found = CheckResult()
    for number, cells in enumerate(rows_of(store.file_of(run.pk, "rows")), start=1):
        if number <= run.header_row or not any(cells):
            continue
        if number % EVERY == 0:
            store.note_progress(run.pk, store.ImportProgress(len(found.rows), run.rows, writing=False))
        row = ImportRow(number, {})
        for index, column in matched:
            text = cells[index] if index < len(cells) else ""
            if not text:
                if column.required:
                    found.faults.append(ImportFault(number, column.key, "", EMPTY_CELL))
                continue
            try:
                row.values[column.key] = column.read(text)
            except InvalidCell as bad:
                found.faults.append(ImportFault(number, column.key, text, bad.reason))
        found.rows.append(row)
    known = {(fault.row, fault.column) for fault in found.faults}
    more = [fault for fault in importer.check(found.rows) if (fault.row, fault.column) not in known]
    found.faults = sorted([*found.faults, *more], key=lambda fault: fault.row)
    return found


def _unmatched(column: ImportColumn) -> Text:
    return t("请指出哪一列是“{field}”", "Say which column is “{field}”", field=column.label)


def start(run: ImportRun, *, actor: Person | None, at: datetime) -> ImportRun:
    """Hand a clean run to the worker; pressing twice starts it once."""
    from huiyin.channels.imports.tasks import run_import

    with transaction.atomic():
        changed = ImportRun.objects.filter(pk=run.pk, state__in=(ImportRun.READY, ImportRun.FAILED)).update(
            state=ImportRun.WAITING, started_at=at, started_by=actor
        )
        if changed:
            store.note_progress(run.pk, store.ImportProgress(0, run.rows, writing=False))
            run_import.enqueue(run.pk)
    run.refresh_from_db()
    return run


def import_now(run: ImportRun, *, actor: Person | None, at: datetime) -> ImportRun:
    """Check the run and, if it is clean, write it here and now instead of by the worker."""
    check(run)
    if run.state == ImportRun.READY:
        ImportRun.objects.filter(pk=run.pk).update(state=ImportRun.WAITING, started_at=at, started_by=actor)
        run.refresh_from_db()
        execute(run)
    return run


def execute(run: ImportRun) -> ImportRun:
    """Check again and write every row, or none.

    Does nothing when the run is no longer waiting (killed worker, second try).
    """
    if run.state != ImportRun.WAITING or run.started_at is None:
        return run
    try:
        with _without_collector():
            _execute(run)
    except Exception:  # whatever it was, nobody must wait before a bar that never moves again
        log.exception("import run %s failed; nothing was written", run.pk)
        errors = [ImportFault(0, "", "", FAILED).as_json()]
        ImportRun.objects.filter(pk=run.pk, state=ImportRun.WAITING).update(state=ImportRun.FAILED, errors=errors)
    run.refresh_from_db()
    return run


@contextmanager
def _without_collector() -> Iterator[None]:
    """Python's cycle collector rests: it would look through 150,000 living rows again and again and find nothing."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _execute(run: ImportRun) -> None:
    assert run.started_at is not None
    importer = importer_of(run.kind)
    found = checked(run)
    if found.faults or not found.rows:
        _keep(run, found)
        return
    procedure = versions.procedure_of(run.procedure_id)
    origin = ImportContext(run.pk, run.file_name, run.started_by, run.started_at, run.procedure_id, procedure)

    def tell(done: int) -> None:
        store.note_progress(run.pk, store.ImportProgress(done, len(found.rows), writing=True))

    if not _write(run, lambda: importer.prepare(found.rows, origin, tell), len(found.rows)):
        return
    store.clear(run.pk)
    if len(found.rows) >= MANY:
        search.optimise()


def _write(run: ImportRun, prepare: Callable[[], PreparedImport], count: int) -> bool:
    """Prepare outside, then write in one short transaction; False when another process has done it.

    When a number of the series was taken meanwhile, all is prepared anew; in the end with everybody waiting.
    """
    for _ in range(TRIES):
        ready = prepare()
        try:
            with transaction.atomic():
                return _finish(run, ready, count)
        except NumberTaken:
            log.info("import run %s: prepared anew, numbers were taken meanwhile", run.pk)
    with transaction.atomic():
        return _finish(run, prepare(), count)


def _finish(run: ImportRun, ready: PreparedImport, count: int) -> bool:
    mine = ImportRun.objects.filter(pk=run.pk, state=ImportRun.WAITING)
    if not mine.update(state=ImportRun.DONE, rows=count, faults=0, errors=[], made=ready.made.as_json()):
        return False
    ready.write()
    return True


def _first(rows: Iterator[list[str]], count: int) -> list[list[str]]:
    found: list[list[str]] = []
    for row in rows:
        if len(found) == count:
            break
        found.append(row)
    return found


def faults_by_row(run: ImportRun) -> dict[int, list[dict[str, str]]]:
    """The kept faults of each row."""
    found: dict[int, list[dict[str, str]]] = {}
    for fault in run.errors:
        found.setdefault(fault["row"], []).append(fault)
    return found


def faulty_rows(run: ImportRun, language: str) -> tuple[list[str], list[list[str]]]:
    """The sheet's headings and its faulty rows, each after its row number and what is wrong with it."""
    labels = {
        c.key: c.label.show(language) for c in importer_of(run.kind).columns(versions.procedure_of(run.procedure_id))
    }
    by_row = faults_by_row(run)
    language = "en" if language.startswith("en") else "zh"
    head: list[str] = []
    rows: list[list[str]] = []
    for number, cells in enumerate(rows_of(store.file_of(run.pk, "rows")), start=1):
        if number == run.header_row:
            head = cells
        elif number in by_row and number > run.header_row:
            said = "; ".join(
                f"{labels.get(f['column'], '')} {f['value']}: {f[language]}".strip() for f in by_row[number]
            )
            rows.append([str(number), said, *cells])
    width = max([len(head), *(len(row) - 2 for row in rows)], default=0)
    padded = [row + [""] * (width + 2 - len(row)) for row in rows]
    return [*head, *[""] * (width - len(head))], padded


def blank_sheet(kind: str, columns: Sequence[ImportColumn]) -> tuple[list[ImportColumn], list[list[str]]]:
    """What an empty sheet to fill in holds: its columns and one row of examples."""
    return list(columns), [[column.example for column in columns]]
