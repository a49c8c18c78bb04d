"""Runs of imports: what was uploaded, how it was understood, what it made."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from huiyin.people.models import Person
from huiyin.procedure.models import ProcedureVersion


class ImportRun(models.Model):
    """One spreadsheet on its way into the records: all of its rows, or none.

    Undone as a whole while nothing refers to it.
    """

    UPLOADED, FAULTY, READY, WAITING, DONE, FAILED, UNDONE = (
        "uploaded",
        "faulty",
        "ready",
        "waiting",
        "done",
        "failed",
        "undone",
    )

    kind = models.CharField(max_length=30)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=12, default=UPLOADED)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    sheet = models.CharField(max_length=200, blank=True)
    header_row = models.PositiveIntegerField(default=1)
    columns: Any = models.JSONField(default=dict)
    rows = models.PositiveIntegerField(default=0)
    faults = models.PositiveIntegerField(default=0)
    errors: Any = models.JSONField(default=list)
    made: Any = models.JSONField(default=dict)
    at = models.DateTimeField()
    started_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    started_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.file_name}"

    @property
    def moves(self) -> bool:
        """Whether the worker still has it."""
        return self.state == self.WAITING
