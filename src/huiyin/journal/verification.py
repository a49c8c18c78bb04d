"""Proof that nobody changed the past: chains entry by entry, rows against their digests, seals against the entries."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from django.db.models import Model

from huiyin.journal import kinds
from huiyin.journal.chain import digest, entry_hash
from huiyin.journal.models import Entry, Seal
from huiyin.journal.sealing import merkle_root, public_key, seal_hash
from huiyin.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found: ``code`` 0 clean, 1 broken chain or changed row, 2 seal mismatch; the first fault named."""

    code: int
    entries: int
    seals: int
    fault: Text | None = None


Subject = tuple[str, int, str]


def verify() -> Verdict:
    """Read the whole journal once; chains and rows are judged before seals."""
    expected: dict[Subject, str | None] = {}
    count = 0
    for entry, fault in _chains(expected):
        if fault is not None:
            return Verdict(1, count, 0, fault)
        count += 1
        assert entry is not None
    fault = _rows(expected)
    if fault is not None:
        return Verdict(1, count, 0, fault)
    seals, fault = _seals()
    return Verdict(2 if fault else 0, count, seals, fault)


def _named(entry: Entry) -> Text:
    return t(
        "{number} 第 {sequence} 条（{event}，流水号 {id}）",
        "{number} entry {sequence} ({event}, id {id})",
        number=entry.number,
        sequence=entry.sequence,
        event=entry.event,
        id=entry.id,
    )


def _chains(expected: dict[Subject, str | None]) -> Iterator[tuple[Entry | None, Text | None]]:
    """Walk every chain in order; fills ``expected`` with the last digest said of each row."""
    before: Entry | None = None
    for entry in Entry.objects.order_by("kind", "record_id", "sequence").iterator(chunk_size=5000):
        same = before is not None and (before.kind, before.record_id) == (entry.kind, entry.record_id)
        due = (before.sequence + 1, before.hash) if same and before is not None else (1, "")
        if (entry.sequence, entry.previous) != due:
            yield None, t("链在此断开：{entry}", "The chain breaks at {entry}", entry=_named(entry))
            return
        if entry_hash(entry) != entry.hash:
            yield None, t("内容被改动：{entry}", "Its content was changed: {entry}", entry=_named(entry))
            return
        for part, value in entry.digests.items():
            expected[(entry.kind, entry.record_id, part)] = value
        before = entry
        yield entry, None


def _rows(expected: dict[Subject, str | None]) -> Text | None:
    """Compare each row with the last digest the journal holds of it; also rows the journal has never heard of."""
    by_model: dict[type[Model], dict[int, tuple[Subject, str | None]]] = {}
    for (kind, record_id, part), value in expected.items():
        name, _, part_id = part.partition(":")
        model = kinds.part_models.get(name) if part else kinds.record_models.get(kind)
        if model is not None:
            key = int(part_id) if part else record_id
            by_model.setdefault(model, {})[key] = ((kind, record_id, part), value)
    for model in [*kinds.record_models.values(), *kinds.part_models.values()]:
        known = by_model.get(model, {})
        for row in model._default_manager.order_by("pk").iterator(chunk_size=2000):
            subject, value = known.pop(row.pk, (None, None))
            if subject is None:
                return t(
                    "数据行没有经过流水：{row}", "A row the journal never heard of: {row}", row=_row_name(row)
                )
            if digest(row) != value:
                return _row_fault(subject, row)
        for subject, value in known.values():
            if value is not None:
                return t("数据行被删除：{entry}", "A row was deleted: {entry}", entry=_last_entry(subject))
    return None


def _row_name(row: Model) -> str:
    return f"{row._meta.db_table} {row.pk}"


def _row_fault(subject: Subject, row: Model) -> Text:
    return t(
        "数据行在流水之外被改动：{row}；最后一条流水：{entry}",
        "A row was changed behind the journal: {row}; its last entry: {entry}",
        row=_row_name(row),
        entry=_last_entry(subject),
    )


def _last_entry(subject: Subject) -> Text:
    kind, record_id, part = subject
    for entry in Entry.objects.filter(kind=kind, record_id=record_id).order_by("-sequence"):
        if part in entry.digests:
            return _named(entry)
    return t("无", "none")


def _seals() -> tuple[int, Text | None]:
    key = public_key()
    previous, after, count = "", 0, 0
    for seal in Seal.objects.order_by("id").iterator():
        rows = (
            Entry.objects.filter(id__gt=after, id__lte=seal.last_entry)
            .order_by("id")
            .values_list("id", "hash")
        )
        hashes = list(rows)
        name = t(
            "封印 {id}（第 {a}–{b} 条）",
            "seal {id} (entries {a}–{b})",
            id=seal.id,
            a=seal.first_entry,
            b=seal.last_entry,
        )
        if seal.previous != previous or seal_hash(seal) != seal.hash:
            return count, t("封印之链断开：{seal}", "The chain of seals breaks at {seal}", seal=name)
        if len(hashes) != seal.count or merkle_root(h for _, h in hashes) != seal.root:
            return count, t("流水与封印不符：{seal}", "Entries do not match {seal}", seal=name)
        try:
            key.verify(bytes.fromhex(seal.signature), bytes.fromhex(seal.hash))
        except InvalidSignature:
            return count, t("封印签名不对：{seal}", "The signature is not ours: {seal}", seal=name)
        previous, after, count = seal.hash, seal.last_entry, count + 1
    return count, None
