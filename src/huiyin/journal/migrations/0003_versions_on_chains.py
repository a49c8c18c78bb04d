"""Versions of the procedure that stand on file get a chain of their own: one entry with the row as it is now."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import Any

import orjson
from django.db import migrations

STATES = {
    "draft": ("草稿", "draft"),
    "reviewed": ("已审核", "reviewed"),
    "approved": ("已批准", "approved"),
    "effective": ("现行", "in force"),
    "superseded": ("已被取代", "superseded"),
}
SAID = (
    *("kind", "record_id", "number", "part", "sequence", "event", "clause", "procedure_id", "actor_id", "actor_name"),
    *("at", "particulars", "changes", "digests", "previous", "submission"),
)


# How entries were hashed and rows digested when this migration was written.
def written(value: Any) -> Any:
    return value.astimezone(UTC).isoformat(timespec="microseconds") if isinstance(value, datetime) else value


def digest(row: Any) -> str:
    columns = row._meta.concrete_fields
    said = {column.attname: written(getattr(row, column.attname)) for column in columns}
    usual = {column.attname: written(column.get_default()) for column in columns if not column.primary_key}
    said = {name: value for name, value in said.items() if name not in usual or usual[name] != value}
    return hashlib.blake2b(orjson.dumps(said, option=orjson.OPT_SORT_KEYS), digest_size=16).hexdigest()


def hash_of(values: dict[str, Any]) -> str:
    said = [written(values[name]) for name in SAID]
    return hashlib.sha256(orjson.dumps(said, option=orjson.OPT_SORT_KEYS)).hexdigest()


def enter(apps: Any, editor: Any) -> None:
    entries = apps.get_model("journal", "Entry").objects
    for row in apps.get_model("procedure", "ProcedureVersion").objects.order_by("pk"):
        if entries.filter(kind="procedure", record_id=row.pk).exists():
            continue
        zh, en = STATES[row.state]
        values = {
            "kind": "procedure",
            "record_id": row.pk,
            "number": f"{row.key} {row.version}"[:40],
            "part": "",
            "sequence": 1,
            "event": "procedure.entered",
            "clause": "",
            "procedure_id": row.pk,
            "actor_id": None,
            "actor_name": "",
            "at": max(filter(None, (row.drafted_at, row.reviewed_at, row.approved_at, row.superseded_at))),
            "particulars": {"content": row.digest, "state": {"zh": zh, "en": en}},
            "changes": {},
            "digests": {"": digest(row)},
            "previous": "",
            "submission": None,
        }
        entries.create(**values, hash=hash_of(values))


class Migration(migrations.Migration):
    dependencies = (("journal", "0002_append_only"), ("procedure", "0001_initial"))

    operations = (migrations.RunPython(enter, migrations.RunPython.noop, elidable=False),)
