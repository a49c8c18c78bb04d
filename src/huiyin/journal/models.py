"""Journal entries and the seals laid over them. Rows are inserted only; database triggers refuse anything else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from huiyin.kernel.text import Text, t
from huiyin.procedure.models import ProcedureVersion

SYSTEM = t("系统", "The system")


class Entry(models.Model):
    """One thing that happened to one record: who, when, what, before and after,
    chained to the record's previous entry.
    """

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    part = models.CharField(max_length=40, blank=True)
    sequence = models.PositiveIntegerField()
    event = models.CharField(max_length=60)
    clause = models.CharField(max_length=40, blank=True)
    procedure = models.ForeignKey(
        ProcedureVersion, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    actor_name = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
    particulars: Any = models.JSONField(default=dict)
    changes: Any = models.JSONField(default=dict)
    digests: Any = models.JSONField(default=dict)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    submission = models.UUIDField(null=True, unique=True)

    actor_en: str | None = None
    """The English name of who acted, where it is known:
    read along by ``with_names``, or set by whoever knows the person.
    """

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record_id", "sequence"], name="entry_place_in_chain"),
        ]
        indexes: ClassVar = [models.Index(fields=["event", "at"], name="entry_event_at")]

    def __str__(self) -> str:
        return f"{self.number} {self.sequence} {self.event}"

    @property
    def who(self) -> Text:
        """By whom, as entered; in English by the person's English name where it was read along (``with_names``)."""
        if not self.actor_name:
            return SYSTEM
        return Text(self.actor_name, self.actor_en or self.actor_name)


class Seal(models.Model):
    """A signature over a run of entries (Merkle root) and over the seal before it."""

    first_entry = models.BigIntegerField()
    last_entry = models.BigIntegerField(unique=True)
    count = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)
    signature = models.CharField(max_length=128)
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"seal {self.first_entry}–{self.last_entry}"
