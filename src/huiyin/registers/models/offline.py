"""What came from telephones that were without a network: files sent ahead, and sheets on which somebody decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models

from huiyin.kernel.text import Text
from huiyin.people.models import Department, Person
from huiyin.records.models import Part

DRAWN = "data:image/png;base64,"


class SentFile(models.Model):
    """A file that somebody sent ahead of the sheet that names it; its bytes are in the store.

    By person, for whoever knows the digest of a file that another sent has not thereby the right to see it.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    received_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "sha256"], name="sent_file_once")]

    def __str__(self) -> str:
        return self.sha256


def sent_digests() -> Iterable[str]:
    """The bytes that sheets may still name."""
    return SentFile.objects.values_list("sha256", flat=True)


class KeptSheet(Part):
    """A sheet that came too late: received and not taken, with what it says and why it was no step; or taken, and late
    by its receipt alone (then ``values`` is empty, for the record says it). Its state tells what was decided about it.

    ``values`` are the boxes of the form as they were sent, ``department`` the one whose head decides, that of its
    author. ``stated_at`` is when the telephone says it was filled in, ``filled_at`` the same within what is possible.
    """

    part_kind = models.CharField(max_length=24)  # type: ignore[assignment, misc]  # of others a constant of their class
    record = models.ForeignKey("registers.FormRecord", on_delete=models.CASCADE, related_name="sheets")
    verb = models.CharField(max_length=40)
    state = models.CharField(max_length=30)
    version = models.PositiveIntegerField(default=0)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", db_index=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    reasons: Any = models.JSONField(default=list)
    values: Any = models.JSONField(default=dict)
    digest = models.CharField(max_length=64)
    stated_at = models.DateTimeField()
    filled_at = models.DateTimeField()
    received_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(fields=["department"], condition=models.Q(state="kept"), name="kept_sheet_waiting")
        ]

    def __str__(self) -> str:
        return f"{self.part_kind} {self.pk}"

    @property
    def subject(self) -> str:
        """By what the sheet is known where something is owed on it."""
        return self.record.subject

    @property
    def title(self) -> Text:
        """Whose sheet it is, on the page that offers its steps."""
        return self.author.display_name

    @property
    def about(self) -> str:
        """What it is about."""
        return self.record.subject

    @property
    def drawings(self) -> list[str]:
        """Signatures drawn by hand, as pictures in the page."""
        return [one for values in self.values.values() for one in values if one.startswith(DRAWN)]

    @property
    def why(self) -> list[Text]:
        """Why it was not taken."""
        return [Text(one["zh"], one["en"]) for one in self.reasons]
