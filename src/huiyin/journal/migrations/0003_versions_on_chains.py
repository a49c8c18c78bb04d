"""Versions of the procedure that stand on file get a chain of their own: one entry with the row as it is now."""

from __future__ import annotations

from typing import Any

from django.db import migrations

from huiyin.journal.chain import Happening, digest, make_entry

STATES = {
    "draft": ("草稿", "draft"),
    "reviewed": ("已审核", "reviewed"),
    "approved": ("已批准", "approved"),
    "effective": ("现行", "in force"),
    "superseded": ("已被取代", "superseded"),
}


def enter(apps: Any, editor: Any) -> None:
    entries = apps.get_model("journal", "Entry").objects
    for row in apps.get_model("procedure", "ProcedureVersion").objects.order_by("pk"):
        if entries.filter(kind="procedure", record_id=row.pk).exists():
            continue
        zh, en = STATES[row.state]
        last = max(filter(None, (row.drafted_at, row.reviewed_at, row.approved_at, row.superseded_at)))
        happened = Happening(
            kind="procedure",
            record_id=row.pk,
            number=f"{row.key} {row.version}"[:40],
            event="procedure.entered",
            at=last,
            procedure_id=row.pk,
            particulars={"content": row.digest, "state": {"zh": zh, "en": en}},
            digests={"": digest(row)},
        )
        made = make_entry(happened, sequence=1, previous="")
        values = {field.attname: getattr(made, field.attname) for field in made._meta.concrete_fields}
        entries.create(**{name: value for name, value in values.items() if name != "id"})


class Migration(migrations.Migration):
    dependencies = (("journal", "0002_append_only"), ("procedure", "0001_initial"))

    operations = (migrations.RunPython(enter, migrations.RunPython.noop, elidable=False),)
