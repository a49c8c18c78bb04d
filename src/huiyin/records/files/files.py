"""Files on records: kept under their SHA-256, looked at before they are taken, never lost while a record needs them."""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

from django.conf import settings
from django.db import transaction

from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.files import previews, sniff
from huiyin.records.models import Attachment, Record
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, record_event

MOST_FILES = 200
"""Files one record may have."""
ENDED = frozenset({"closed", "void"})


class MissingBlob(Exception):
    """The bytes of a file are not in the store; ``attachment`` says which."""

    def __init__(self, attachment: Attachment) -> None:
        self.attachment = attachment
        super().__init__(f"{attachment.name} ({attachment.sha256})")


class StoredBytes(NamedTuple):
    """Bytes in the store: their digest, under which they lie, and how many."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file whose bytes are in the store."""

    name: str
    sha256: str
    size: int
    mime: str
    width: int | None = None
    height: int | None = None


@dataclass(frozen=True, slots=True)
class StoreReport:
    """How the store and the rows agree: bytes nobody refers to, and files whose bytes are missing."""

    unreferenced: tuple[Path, ...]
    missing: tuple[Attachment, ...]


def blob_path(sha256: str) -> Path:
    """Where the bytes with this digest lie: ``ab/cd/abcd…``."""
    return Path(settings.FILES) / sha256[:2] / sha256[2:4] / sha256


def attach(
    record: Record | Any,
    upload: Any,
    *,
    actor: Person | None,
    at: datetime,
    part: str = "",
    inline_id: str = "",
    run: StepRun | None = None,
) -> Attachment:
    """Put an upload (anything with ``name`` and ``chunks()``) on a record; raises Refused with the reason.

    Within a step give ``taken``: the file then stands in the step's own entry instead of one of its own.
    ``part`` names a part of the record (``task:12``); ``inline_id`` the place of a picture in a mail.
    """
    return attach_all(record, [upload], actor=actor, at=at, part=part, inline_id=inline_id, run=run)[0]


def attach_all(
    record: Record | Any,
    uploads: Sequence[Any],
    *,
    actor: Person | None,
    at: datetime,
    part: str = "",
    inline_id: str = "",
    run: StepRun | None = None,
) -> list[Attachment]:
    """Put several uploads on a record, all of them or none; Refused names the reason against each."""
    kept = store_all(uploads)
    with transaction.atomic():
        present = Attachment.objects.filter(kind=record.kind, record_id=record.pk, removed_at=None).count()
        if present + len(kept) > MOST_FILES:
            raise Refused([t("一条记录最多 {n} 个文件", "A record has at most {n} files", n=MOST_FILES)])
        rows = []
        for one in kept:
            row = attach_stored(record, one, actor=actor, at=at, part=part, inline_id=inline_id)
            rows.append(row)
            if run is not None:
                run.touched(row)
            else:
                tell_attached(record, row)
        return rows


def attach_stored(
    record: Record | Any,
    stored: StoredFile | Attachment,
    *,
    actor: Person | None,
    at: datetime,
    part: str = "",
    inline_id: str = "",
) -> Attachment:
    """Put a file whose bytes are in the store already on a record; the entry that tells of it is the caller's."""
    return Attachment.objects.create(
        kind=record.kind,
        record_id=record.pk,
        part=part,
        author=actor,
        at=at,
        inline_id=inline_id[:200],
        **{name: getattr(stored, name) for name in ("name", "sha256", "size", "mime", "width", "height")},
    )


def tell_attached(record: Record | Any, row: Attachment) -> None:
    """An entry of its own for a file that was put on a record."""
    told: dict[str, Any] = {"name": row.name, "size": row.size, "sha256": row.sha256}
    record_event(record, "record.file_attached", actor=row.author, at=row.at, parts=[row], **told)


def store_all(uploads: Sequence[Any]) -> list[StoredFile]:
    """Look at every upload and store its bytes; raises Refused with one reason for each that is not taken."""
    kept, reasons = [], []
    for upload in uploads:
        try:
            kept.append(store(upload))
        except sniff.FileRejected as unfit:
            reasons.append(unfit.reason)
    if reasons:
        raise Refused(reasons)
    return kept


def store(upload: Any) -> StoredFile:
    """Store the bytes of an upload after looking at them; raises Unfit.

    Storing the same bytes twice keeps them once.
    """
    name = sniff.clean_name(upload.name or "")
    incoming = Path(settings.FILES) / "incoming"
    try:
        incoming.mkdir(mode=0o750, parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
            path = Path(file.name)
            try:
                digest, size = _receive(upload, name, file)
                name, key = sniff.check_file(name, file)
                extent = previews.picture_size(file, sniff.TYPES[key], name)
                os.fsync(file.fileno())
                _move(path, digest, size)
            finally:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise sniff.FileRejected(_not_written(name, error)) from error
    width, height = extent or (None, None)
    return StoredFile(name, digest, size, sniff.mime_of(key, name), width, height)


def store_raw(data: bytes) -> StoredBytes:
    """Store bytes as they came, looked at by nobody (a mail's raw text); raises OSError."""
    incoming = Path(settings.FILES) / "incoming"
    incoming.mkdir(mode=0o750, parents=True, exist_ok=True)
    digest = hashlib.sha256(data).hexdigest()
    with tempfile.NamedTemporaryFile(dir=incoming, delete=False) as file:
        path = Path(file.name)
        try:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            _move(path, digest, len(data))
        finally:
            path.unlink(missing_ok=True)
    return StoredBytes(digest, len(data))


def _receive(upload: Any, name: str, file: Any) -> tuple[str, int]:
    """Copy the upload, measuring and digesting it on the way; stops at the limit."""
    most = settings.UPLOAD_MEGABYTES * 1024 * 1024
    digest, size = hashlib.sha256(), 0
    for chunk in upload.chunks():
        size += len(chunk)
        if size > most:
            raise sniff.FileRejected(
                t(
                    "{name}：文件超过 {n} MB",
                    "{name}: the file is larger than {n} MB",
                    name=name,
                    n=settings.UPLOAD_MEGABYTES,
                )
            )
        digest.update(chunk)
        file.write(chunk)
    file.flush()
    return digest.hexdigest(), size


def _move(path: Path, digest: str, size: int) -> None:
    """Give the bytes their place; once this returns they survive a power cut."""
    place = blob_path(digest)
    if place.exists() and place.stat().st_size == size:
        return
    place.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    path.chmod(0o440)
    path.rename(place)
    for folder in (place.parent, place.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _not_written(name: str, error: OSError) -> Text:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return t(
            "{name}：服务器磁盘已满，文件没有保存",
            "{name}: the server's disk is full, the file was not kept",
            name=name,
        )
    return t(
        "{name}：服务器没能保存文件（{why}）",
        "{name}: the server could not keep the file ({why})",
        name=name,
        why=error.strerror or type(error).__name__,
    )


def open_blob(attachment: Attachment) -> BinaryIO:
    """The bytes of a file, open for reading; raises MissingBlob."""
    try:
        return blob_path(attachment.sha256).open("rb")
    except FileNotFoundError:
        raise MissingBlob(attachment) from None


def bytes_of(attachment: Attachment) -> bytes | None:
    """The bytes of a file for a page that is drawn from them; None where they are not there."""
    try:
        with open_blob(attachment) as file:
            return file.read()
    except MissingBlob:
        return None


def preview(attachment: Attachment, size: str) -> Path | None:
    """A smaller picture of a picture, made at first use; None for what cannot be shown; raises MissingBlob."""
    if not attachment.is_image:
        return None
    source = blob_path(attachment.sha256)
    if not source.exists():
        raise MissingBlob(attachment)
    return previews.preview(source, attachment.sha256, size)


def remove_file(record: Record | Any, attachment: Attachment, *, actor: Person, at: datetime) -> None:
    """Take a file off a record: no longer shown, its bytes and its place in the journal stay. Raises Refused."""
    reasons = reasons_to_keep(record, attachment, actor)
    if reasons:
        raise Refused(reasons)
    with transaction.atomic():
        locked = Attachment.objects.select_for_update().get(pk=attachment.pk)
        if locked.removed_at is not None:
            return
        locked.removed_at = at
        locked.save(update_fields=["removed_at"])
        record_event(
            record,
            "record.file_removed",
            actor=actor,
            at=at,
            parts=[locked],
            name=locked.name,
            sha256=locked.sha256,
        )


def reasons_to_keep(record: Record | Any, attachment: Attachment, person: Person) -> list[Text]:
    """Why this person may not take the file off; empty when they may."""
    reasons = []
    if getattr(record, "phase", "") in ENDED:
        reasons.append(t("记录已了结，文件不能再去掉", "The record has ended; its files stay"))
    if (stays := record.why_file_stays(attachment.part)) is not None:
        reasons.append(stays)
    ids = {person.pk, *(other.pk for other in person.standing_for)}
    if attachment.author_id not in ids and not person.any_head and not person.is_administrator:
        reasons.append(
            t(
                "只有上传人、部门负责人或管理员能去掉文件",
                "Only who added a file, a head or an administrator takes it off",
            )
        )
    return reasons


_references: list[Callable[[], Iterable[str]]] = []


def register_references(digests: Callable[[], Iterable[str]]) -> None:
    """Let a room say which further blobs its own rows need (raw mails)."""
    if digests not in _references:
        _references.append(digests)


def check_store() -> StoreReport:
    """Compare the store with the rows; changes nothing. Removed files still refer to their bytes."""
    known = set(Attachment.objects.values_list("sha256", flat=True).distinct())
    known.update(*(digests() for digests in _references))
    lying = {path.name: path for path in _blobs()}
    missing = {digest for digest in known if digest not in lying}
    rows = [row for row in Attachment.objects.order_by("id").iterator() if row.sha256 in missing] if missing else []
    return StoreReport(tuple(path for name, path in sorted(lying.items()) if name not in known), tuple(rows))


def _blobs() -> Iterator[Path]:
    """Every stored blob, and what broken uploads left behind."""
    root = Path(settings.FILES)
    yield from root.glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")
    with suppress(FileNotFoundError):
        yield from (root / "incoming").iterdir()
