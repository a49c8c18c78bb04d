"""Where the files of runs lie: the upload as it came, its rows as plain text, and how far the worker is."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import orjson
from django.conf import settings

from huiyin.channels.spreadsheets import UnreadableFile, WorksheetInfo, convert
from huiyin.kernel.text import t


@dataclass(frozen=True, slots=True)
class StoredUpload:
    """An upload that could be read, not yet tied to a run."""

    file: Path
    rows: Path
    sha256: str
    size: int
    sheet: WorksheetInfo


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far a run is: rows done of all, while they are checked and then written."""

    done: int
    total: int
    writing: bool


def folder() -> Path:
    """The folder of all runs, readable by the service only."""
    path = Path(settings.DATA) / "imports"
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def file_of(run: int, what: str) -> Path:
    """The run's ``file``, ``rows`` or ``progress``."""
    return folder() / f"{int(run)}.{what}"


def store_upload(chunks: Iterable[bytes], *, suffix: str) -> StoredUpload:
    """Keep an upload and read its rows; raises Unreadable and keeps nothing."""
    handle, name = tempfile.mkstemp(dir=folder(), prefix="new-")
    source = Path(name)
    rows = source.with_suffix(".rows")
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(handle, "wb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > settings.UPLOAD_MEGABYTES * 1024 * 1024:
                    raise UnreadableFile(
                        t("文件超过 {n} MB", "The file is larger than {n} MB", n=settings.UPLOAD_MEGABYTES)
                    )
                digest.update(chunk)
                file.write(chunk)
        sheet = convert(source, rows, suffix=suffix)
    except BaseException:
        source.unlink(missing_ok=True)
        rows.unlink(missing_ok=True)
        raise
    return StoredUpload(source, rows, digest.hexdigest(), size, sheet)


def keep(taken: StoredUpload, run: int) -> None:
    """The upload belongs to ``run`` from now on."""
    taken.file.replace(file_of(run, "file"))
    taken.rows.replace(file_of(run, "rows"))


def clear(run: int) -> None:
    """The run is over: its rows as text are no longer needed; the upload itself stays as evidence."""
    for what in ("rows", "progress"):
        file_of(run, what).unlink(missing_ok=True)


def drop(run: StoredUpload) -> None:
    """The upload is not wanted after all."""
    run.file.unlink(missing_ok=True)
    run.rows.unlink(missing_ok=True)


def note_progress(run: int, progress: ImportProgress) -> None:
    """Say how far the run is. A file, for the database shows nothing of a transaction that is still open."""
    path = file_of(run, "progress")
    fresh = path.with_name(f"{path.name}.{os.getpid()}")
    fresh.write_bytes(orjson.dumps([progress.done, progress.total, progress.writing]))
    fresh.replace(path)


def progress_of(run: int) -> ImportProgress | None:
    """How far the run is; None before it began."""
    try:
        return ImportProgress(*orjson.loads(file_of(run, "progress").read_bytes()))
    except (FileNotFoundError, orjson.JSONDecodeError):
        return None
