"""What a supplier typed and has not sent yet, and the files they brought along."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.improvement.suppliers.models import SupplierAnswer, SupplierDraft, SupplierRequest
from huiyin.kernel.text import Text, t
from huiyin.records.files.files import StoredFile, store
from huiyin.records.files.sniff import FileRejected
from huiyin.records.models import Attachment

MOST_FILES = 20
"""Files of one answer."""
PDF = "application/pdf"


class DraftChanged(Exception):
    """Somebody else with the same link saved other words; ``draft`` is what stands now."""

    def __init__(self, draft: SupplierDraft) -> None:
        self.draft = draft
        super().__init__(str(draft))


def draft_of(request: SupplierRequest) -> SupplierDraft | None:
    """The draft, if there is one."""
    return SupplierDraft.objects.filter(request=request).first()


def save(
    request: SupplierRequest,
    typed: Mapping[str, str],
    files: Iterable[StoredFile],
    *,
    version: int | None,
    at: datetime,
) -> SupplierDraft:
    """Keep what was typed over the draft whose ``version`` the writer saw; files come in addition.

    Raises WrittenMeanwhile when the draft has other words by now; the files are kept all the same.
    """
    with transaction.atomic():
        SupplierRequest.objects.select_for_update().filter(pk=request.pk).values("pk").get()
        draft = draft_of(request) or SupplierDraft(request=request, saved_at=at)
        known = {one["sha256"] for one in draft.files}
        draft.files = [*draft.files, *(asdict(one) for one in files if one.sha256 not in known)][:MOST_FILES]
        clash = draft.pk is not None and draft.version != (version or 0) and draft.typed != dict(typed)
        if not clash:
            draft.typed, draft.saved_at = dict(typed), at
            draft.version += 1
        draft.save()
    if clash:
        raise DraftChanged(draft)
    return draft


def drop_file(request: SupplierRequest, sha256: str) -> None:
    """Take a file off the draft; of a sent answer nothing is taken off here."""
    with transaction.atomic():
        SupplierRequest.objects.select_for_update().filter(pk=request.pk).values("pk").get()
        draft = draft_of(request)
        if draft is not None:
            draft.files = [one for one in draft.files if one["sha256"] != sha256]
            draft.save(update_fields=["files"])


def kept_files(draft: SupplierDraft | None) -> list[StoredFile]:
    """The draft's files as they will be put on the request."""
    return [StoredFile(**one) for one in draft.files] if draft is not None else []


def store_uploads(uploads: Sequence[Any], room: int) -> tuple[list[StoredFile], list[Text]]:
    """Store pictures and PDF; what is not taken is answered by its reason. ``room``: how many more there may be."""
    taken: list[StoredFile] = []
    reasons: list[Text] = []
    for upload in uploads:
        if len(taken) >= room:
            reasons.append(t("一次答复最多 {n} 个文件", "An answer has at most {n} files", n=MOST_FILES))
            break
        try:
            kept = store(upload)
        except FileRejected as unfit:
            reasons.append(unfit.reason)
            continue
        if kept.mime == PDF or kept.mime.startswith("image/"):
            taken.append(kept)
        else:
            reasons.append(t("{name}：只收照片和 PDF", "{name}: only photographs and PDF are taken", name=kept.name))
    return taken, reasons


def stored_digests() -> list[str]:
    """Bytes that drafts need."""
    found = SupplierDraft.objects.values_list("files", flat=True)
    return [one["sha256"] for files in found for one in files]


def files_of(answer: SupplierAnswer) -> list[Attachment]:
    """The files that came with an answer."""
    rows = Attachment.objects.filter(kind="scar", record_id=answer.request_id, part=answer.part_key, removed_at=None)
    return list(rows.order_by("id"))
