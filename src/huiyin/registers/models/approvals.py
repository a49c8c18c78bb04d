"""Rounds of approval of declared records, and the places to sign in each: parts of the record, digested with it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from huiyin.people.models import Department, Person
from huiyin.records.models import Part

ROUND = "round"


class ApprovalRound(Part):
    """One round: what was to be signed, by its digest, at which level it stands, and how it ended."""

    part_kind = models.CharField(max_length=24)  # type: ignore[assignment, misc]  # of others a constant of their class
    record = models.ForeignKey("registers.FormRecord", on_delete=models.CASCADE, related_name="rounds")
    approval = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    standing = models.CharField(max_length=10)
    at_level = models.CharField(max_length=60, blank=True)
    lap = models.PositiveIntegerField(default=1)
    straight_to = models.CharField(max_length=60, blank=True)
    skipped: Any = models.JSONField(default=list, blank=True)
    content = models.CharField(max_length=64)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["record", "approval", "number"], name="approval_round_once")
        ]

    def __str__(self) -> str:
        return f"{self.approval} {self.number}"


class ApprovalSigner(Part):
    """A place to sign in a round: who is asked, a person, a department or its head; and who signed, for whom.

    ``content`` is the digest of what was signed.
    """

    part_kind = models.CharField(max_length=24)  # type: ignore[assignment, misc]  # of others a constant of their class
    record = models.ForeignKey("registers.FormRecord", on_delete=models.CASCADE, related_name="signers")
    round = models.ForeignKey(ApprovalRound, on_delete=models.CASCADE, related_name="signers")
    number = models.PositiveIntegerField()
    level = models.CharField(max_length=60)
    lap = models.PositiveIntegerField()
    turn = models.PositiveIntegerField()
    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=0)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    heads_only = models.BooleanField(default=False)
    added = models.BooleanField(default=False)
    carried = models.BooleanField(default=False)
    signed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    signed_for = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    opinion = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    content = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "number"], name="approval_place_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.number}"

    @property
    def subject(self) -> str:
        """By what the place is known where something is owed on it."""
        return self.record.subject

    @property
    def title(self) -> Any:
        """Whose place it is, on the page that offers it."""
        return self.asked_name

    @property
    def about(self) -> str:
        """What is signed."""
        return self.record.subject

    @property
    def asked_name(self) -> Any:
        """Who is asked, as people read it."""
        if self.person is not None:
            return self.person.display_name
        return self.department.name if self.department is not None else ""
