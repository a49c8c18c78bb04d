"""Seals: at least each minute the worker signs what was entered since the last seal."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path

import orjson
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.db import transaction

from huiyin.journal.chain import hash_moment
from huiyin.journal.models import Entry, Seal
from huiyin.journal.protection import wait_for_writers

BATCH = 50_000


def merkle_root(leaves: Iterable[str]) -> str:
    """The Merkle root (SHA-256) over hex leaves; a single leaf is hashed once, an odd one is carried up as it is."""
    level = [hashlib.sha256(b"\0" + bytes.fromhex(leaf)).digest() for leaf in leaves]
    if not level:
        return ""
    while len(level) > 1:
        paired = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
        level = [*paired, level[-1]] if len(level) % 2 else paired
    return level[0].hex()


def signing_key(folder: Path | None = None) -> Ed25519PrivateKey:
    """The private key that signs seals, made on first use and kept outside the database."""
    folder = folder or settings.KEYS
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / "seal.key"
    if not path.exists():
        raw = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        temporary = path.with_suffix(f".{os.getpid()}")
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(raw)
        try:
            os.link(temporary, path)  # the first of two processes wins
        except FileExistsError:
            pass
        finally:
            temporary.unlink()
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def public_key() -> Ed25519PublicKey:
    """The key that checks seals."""
    return signing_key().public_key()


def seal_hash(seal: Seal) -> str:
    """SHA-256 over everything a seal says and over the seal before it; this is what is signed."""
    said = [seal.first_entry, seal.last_entry, seal.count, seal.root, seal.previous, hash_moment(seal.at)]
    return hashlib.sha256(orjson.dumps(said)).hexdigest()


def seal_new(*, at: datetime) -> list[Seal]:
    """Seal every entry not yet sealed, in batches; returns the seals made (none when nothing was new)."""
    key = signing_key()
    seals = list(_seals(key, at))
    if seals:
        _export(seals)
    return seals


def _seals(key: Ed25519PrivateKey, at: datetime) -> Iterator[Seal]:
    while True:
        with transaction.atomic():
            wait_for_writers()
            last = Seal.objects.order_by("-id").first()
            rows = list(
                Entry.objects.filter(id__gt=last.last_entry if last else 0)
                .order_by("id")
                .values_list("id", "hash")[:BATCH]
            )
            if not rows:
                return
            seal = Seal(
                first_entry=rows[0][0],
                last_entry=rows[-1][0],
                count=len(rows),
                root=merkle_root(h for _, h in rows),
                previous=last.hash if last else "",
                at=at,
            )
            seal.hash = seal_hash(seal)
            seal.signature = key.sign(bytes.fromhex(seal.hash)).hex()
            seal.save(force_insert=True)
        yield seal


def _export(seals: list[Seal]) -> None:
    """Append the seals to a file, so that a copy outside the database can be compared later."""
    settings.SEALS.mkdir(parents=True, exist_ok=True)
    with (settings.SEALS / f"{seals[0].at:%Y}.jsonl").open("ab") as file:
        for seal in seals:
            file.write(
                orjson.dumps(
                    {
                        "first": seal.first_entry,
                        "last": seal.last_entry,
                        "count": seal.count,
                        "root": seal.root,
                        "previous": seal.previous,
                        "hash": seal.hash,
                        "signature": seal.signature,
                        "at": hash_moment(seal.at),
                    }
                )
                + b"\n"
            )
