"""Proof that nobody changed the past: chains entry by entry, rows against their digests, seals against the entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace

from cryptography.exceptions import InvalidSignature
from django.db.models import Model

from huiyin.journal import kinds
from huiyin.journal.chain import HASHED_COLUMNS, digest, hash_of
from huiyin.journal.models import Entry, Seal
from huiyin.journal.sealing import merkle_root, public_key, seal_hash
from huiyin.kernel.text import Text, t


@dataclass(frozen=True, slots=True)
class VerificationResult:
    """What a verification found: ``code`` 0 clean, 1 broken chain or changed row, 2 seal mismatch, 3 rows derived
    from the journal that it does not give; the first fault named.
    """

    code: int
    entries: int
    seals: int
    fault: Text | None = None


Expected = dict[str, dict[int, bytes | None]]
"""What the journal last said of each row: by kind of record or part and by id, as few bytes as will do."""

PORTION = 2000


def verify() -> VerificationResult:
    """Read the whole journal once; chains and rows are judged before seals."""
    expected: Expected = defaultdict(dict)
    count, fault = _chains(expected)
    fault = fault or _rows(expected)
    if fault is not None:
        return VerificationResult(1, count, 0, fault)
    seals, fault = _seals()
    return VerificationResult(2 if fault else 0, count, seals, fault)


_derived: list[Callable[[], Text | None]] = []


def register_derived(check: Callable[[], Text | None]) -> None:
    """``check()`` plays the journal again and names the first row derived from it that differs, None without one."""
    if check not in _derived:
        _derived.append(check)


def verify_with_derived() -> VerificationResult:
    """As ``verify``; where that finds nothing, what higher rooms derive from the journal is derived again."""
    found = verify()
    if found.code:
        return found
    fault = next((said for check in _derived if (said := check()) is not None), None)
    return replace(found, code=3, fault=fault) if fault is not None else found


def _named(entry: Entry) -> Text:
    return t(
        "{number} 第 {sequence} 条（{event}，流水号 {id}）",
        "{number} entry {sequence} ({event}, id {id})",
        number=entry.number,
        sequence=entry.sequence,
        event=entry.event,
        id=entry.id,
    )


KIND, RECORD, SEQUENCE, DIGESTS, PREVIOUS = (
    HASHED_COLUMNS.index(name) for name in ("kind", "record_id", "sequence", "digests", "previous")
)


def _chains(expected: Expected) -> tuple[int, Text | None]:
    """Walk every chain in order; fills ``expected``, and returns how many entries were sound and what was not."""
    count = 0
    chain, due = None, (1, "")
    rows = Entry.objects.order_by("kind", "record_id", "sequence").values_list(*HASHED_COLUMNS, "hash", "id")
    for *said, stored, pk in rows.iterator(chunk_size=PORTION):
        if (said[KIND], said[RECORD]) != chain:
            chain, due = (said[KIND], said[RECORD]), (1, "")
        if (said[SEQUENCE], said[PREVIOUS]) != due:
            return count, t("链在此断开：{entry}", "The chain breaks at {entry}", entry=_at(pk))
        if hash_of(said) != stored:
            return count, t("内容被改动：{entry}", "Its content was changed: {entry}", entry=_at(pk))
        for part, value in said[DIGESTS].items():
            name, _, part_id = part.partition(":")
            if part:
                expected[name][int(part_id)] = _packed(value)
            else:
                expected[said[KIND]][said[RECORD]] = _packed(value)
        due = (said[SEQUENCE] + 1, stored)
        count += 1
    return count, None


def _at(pk: int) -> Text:
    return _named(Entry.objects.get(pk=pk))


def _packed(value: str | None) -> bytes | None:
    return None if value is None else value.encode()


def _rows(expected: Expected) -> Text | None:
    """Compare each row with the last digest the journal holds of it; also rows the journal has never heard of."""
    for kind, rows in kinds.rows_by_kind():
        for row in rows.order_by("pk").iterator(chunk_size=PORTION):
            name = kind or kinds.kind_of_row(row)
            known = expected.get(name, {})
            if row.pk not in known:
                return t("数据行没有经过流水：{row}", "A row the journal never heard of: {row}", row=_row_name(row))
            if _packed(digest(row)) != known.pop(row.pk):
                return _row_fault(name, row)
    for name, left in expected.items():
        for pk, value in left.items():
            if value is not None:
                return t("数据行被删除：{entry}", "A row was deleted: {entry}", entry=_last_entry(name, pk))
    return None


def _row_name(row: Model) -> str:
    return f"{row._meta.db_table} {row.pk}"


def _row_fault(name: str, row: Model) -> Text:
    return t(
        "数据行在流水之外被改动：{row}；最后一条流水：{entry}",
        "A row was changed behind the journal: {row}; its last entry: {entry}",
        row=_row_name(row),
        entry=_last_entry(name, row.pk),
    )


def _last_entry(name: str, pk: int) -> Text:
    """The last entry that speaks of a row: of a record by its chain, of a part wherever it is named."""
    if kinds.is_whole(name):
        entries = Entry.objects.filter(kind=name, record_id=pk, digests__has_key="")
    else:
        entries = Entry.objects.filter(digests__has_key=f"{name}:{pk}")
    last = entries.order_by("-id").first()
    return _named(last) if last else t("无", "none")


def _seals() -> tuple[int, Text | None]:
    key = public_key()
    previous, after, count = "", 0, 0
    for seal in Seal.objects.order_by("id").iterator():
        rows = Entry.objects.filter(id__gt=after, id__lte=seal.last_entry).order_by("id").values_list("id", "hash")
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
