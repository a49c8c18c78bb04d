"""The procedure as a controlled document: its versions, who drafted, reviewed and approved them,
and from when they hold.
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.kernel.text import Text

DRAFT, REVIEWED, APPROVED, EFFECTIVE, SUPERSEDED = STATES = (
    "draft",
    "reviewed",
    "approved",
    "effective",
    "superseded",
)


class ProcedureVersion(models.Model):
    """One version of the procedure (ISO 9001 7.5.3). Its content never changes once it is reviewed; records point to
    it.

    People are kept by name, as on paper, with the id of their account where they have one.
    """

    key = models.CharField(max_length=60)
    version = models.CharField(max_length=20)
    title_zh = models.CharField(max_length=200)
    title_en = models.CharField(max_length=300)
    state = models.CharField(max_length=10, default=DRAFT)
    content: Any = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    drafted_by = models.CharField(max_length=100)
    drafted_by_person = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField()
    reviewed_by = models.CharField(max_length=100, blank=True)
    reviewed_by_person = models.BigIntegerField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    approved_by = models.CharField(max_length=100, blank=True)
    approved_by_person = models.BigIntegerField(null=True)
    approved_at = models.DateTimeField(null=True)
    effective_from = models.DateTimeField(null=True)
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["key", "version"], condition=~Q(state=DRAFT), name="procedure_version_once"
            ),
            models.UniqueConstraint(fields=["state"], condition=Q(state=EFFECTIVE), name="procedure_one_effective"),
            models.CheckConstraint(condition=Q(state__in=STATES), name="procedure_known_state"),
            models.CheckConstraint(
                condition=Q(state=DRAFT) | Q(reviewed_at__isnull=False), name="procedure_reviewed_by_somebody"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[DRAFT, REVIEWED]) | Q(approved_at__isnull=False, effective_from__isnull=False),
                name="procedure_approved_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version}"

    @property
    def title(self) -> Text:
        """The procedure's title in both languages."""
        return Text(self.title_zh, self.title_en)
