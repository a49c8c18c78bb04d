"""The base of every controlled record and what hangs on any record: numbers, files, comments, signatures."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.procedure.conditions import told
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.words import YES_NO


class Record(models.Model):
    """A controlled record: numbered, in a state of its procedure's step table, every change a step (ISO 9001 7.5.3)."""

    kind: ClassVar[str]
    is_of_packs: ClassVar[bool] = False  # whether its rows tell their kind, which packs declare
    undigested: ClassVar[tuple[str, ...]] = ()
    ties: ClassVar[bool] = False  # whether records of this kind are tied to others when they are opened
    owner_is: ClassVar[Text] = t("首问责任人", "the first-contact owner of the record")

    id: int
    number = models.CharField(max_length=40, unique=True)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    state = models.CharField(max_length=30)
    phase = models.CharField(max_length=20)
    previous_state = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    closed_at = models.DateTimeField(null=True)
    extra: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """A few words by which people know this record in lists and notices."""
        return self.number

    @property
    def known_as(self) -> Text | str:
        """The subject as people read it; in both languages where it is not somebody's own words."""
        return self.subject

    def search_text(self) -> str:
        """The words under which this record is found."""
        return self.number

    @property
    def own_facts(self) -> dict[str, Any]:
        """The company's own facts as they count, by name; None of what nobody said."""
        return {name: told(value) for name, value in self.extra.items()}

    def own_words(self) -> list[str]:
        """The company's own facts under which the record is found; by a bare yes or no nobody looks for anything."""
        facts = self.own_facts
        return [str(facts[name]) for name in sorted(facts) if facts[name] is not None and facts[name] not in YES_NO]

    def has_fact(self, name: str) -> bool:
        """Whether this kind of record has a fact of this name, written or not."""
        return hasattr(self, name) or name in self.extra

    def fact(self, name: str) -> Any:
        """A fact by the name that packs know it under: built in or the company's own; None where there is none."""
        return getattr(self, name) if hasattr(self, name) else told(self.extra.get(name))

    def why_file_stays(self, part: str) -> Text | None:
        """Why nobody takes a file off now that belongs to ``part`` of this record; None where it may go."""
        return None

    def needs_fact(self, name: str) -> bool:
        """Whether a fact that a step requires is asked at all as things stand."""
        return True


class Part(models.Model):
    """A row that belongs to a record and is digested in the record's journal entries."""

    part_kind: ClassVar[str]
    undigested: ClassVar[tuple[str, ...]] = ()

    id: int

    class Meta:
        abstract = True

    def has_fact(self, name: str) -> bool:
        """Whether this kind of row has a fact of this name."""
        return hasattr(self, name)

    def fact(self, name: str) -> Any:
        """A fact by the name that packs know it under; None where there is none."""
        return getattr(self, name, None)

    def why_file_stays(self, part: str) -> Text | None:
        """Why nobody takes a file off now that belongs to ``part`` of this record; None where it may go."""
        return None

    def needs_fact(self, name: str) -> bool:
        """Whether a fact that a step requires is asked at all as things stand."""
        return True

    @property
    def part_key(self) -> str:
        """The part's name within its record's chain, such as ``task:12``."""
        return f"{self.part_kind}:{self.id}"


class NumberSeries(models.Model):
    """The last running number given in one series and period."""

    series = models.CharField(max_length=60)
    period = models.CharField(max_length=60)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["series", "period"], name="number_series_once")]

    def __str__(self) -> str:
        return f"{self.series} {self.period}: {self.last}"


class RecordPart(Part):
    """A part that any record may have, tied by kind and id."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    part = models.CharField(max_length=40, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Comment(RecordPart):
    """Words that people of the company leave on a record."""

    part_kind = "comment"
    text = models.TextField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="comment_record")]

    def __str__(self) -> str:
        return self.text[:40]


class Attachment(RecordPart):
    """A file on a record; its bytes lie in the content-addressed store under their SHA-256."""

    part_kind = "file"
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    mime = models.CharField(max_length=100)
    width = models.PositiveIntegerField(null=True)
    height = models.PositiveIntegerField(null=True)
    inline_id = models.CharField(max_length=200, blank=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="attachment_record")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_image(self) -> bool:
        """Whether it can be shown as a picture."""
        return self.width is not None


class Signature(RecordPart):
    """A person's signature under a record in a role; binds the journal's head of that moment."""

    part_kind = "signature"
    role = models.CharField(max_length=40)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    statement = models.CharField(max_length=300, blank=True)
    journal_head = models.CharField(max_length=64)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="signature_record")]

    def __str__(self) -> str:
        return f"{self.role} {self.author_id}"


class Link(RecordPart):
    """One record stands in a ``relation`` to another of any kind:
    a problem case to the complaints it explains, a return to its complaint.
    """

    part_kind = "link"
    relation = models.CharField(max_length=30)
    to_kind = models.CharField(max_length=20)
    to_id = models.BigIntegerField()
    to_number = models.CharField(max_length=40)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["kind", "record_id"], name="link_from"),
            models.Index(fields=["to_kind", "to_id"], name="link_to"),
        ]

    def __str__(self) -> str:
        return f"{self.relation} {self.to_number}"


class SearchText(models.Model):
    """The words of one record, indexed as overlapping pairs of characters; kept by the steps."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    number = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    folded = models.TextField(default="")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "record_id"], name="search_text_once")]
        indexes: ClassVar = [models.Index(fields=["number"], name="search_text_number")]

    def __str__(self) -> str:
        return self.number
