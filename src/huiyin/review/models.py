"""What was told of targets: that a period was missed, is endangered, or has passed its limit; each once."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from huiyin.procedure.models import ProcedureVersion

TOLD = MISSED, ENDANGERED, EXCEEDED = ("missed", "endangered", "exceeded")


class TargetReport(models.Model):
    """One thing told of a target's period, with the figure as it then was; a document with a chain of its own.

    ``number`` is the period's key, a slash and the target's key; ``told`` says what of it was told.
    """

    kind: ClassVar[str] = "target-report"

    target = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    told = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    figure = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["target", "period", "told"], name="target_told_once"),
            models.CheckConstraint(condition=models.Q(told__in=TOLD), name="target_told_known"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.told}"
