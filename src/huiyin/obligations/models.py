"""Obligations, the pauses that hold them, and the notices they and the steps cause."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from huiyin.journal import record_urls
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department
from huiyin.procedure import versions
from huiyin.procedure.models import ProcedureVersion

OPEN = Q(fulfilled_at=None, cancelled_at=None)
FULFILLED_LATE = Q(fulfilled_at__gt=F("due_at"))


class Obligation(models.Model):
    """One thing owed. Opened, fulfilled and cancelled by journal events as its rule in the procedure says (ISO 10002
    8.2).

    ``put_off``: cancelled because the same is owed by a later moment from then on; what was late already stays late.
    ``received_at``: when its fulfilment came, where a moment stated before counts (``fulfilled_at``).
    ``original_due_at`` is the moment first given and shown beside a revised one; ``span_due_at``, where it differs, the
    moment of which the percentages of the ladder are shares.
    """

    rule = models.CharField(max_length=60)
    clause = models.CharField(max_length=40, blank=True)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    record_number = models.CharField(max_length=40)
    subject = models.CharField(max_length=120, blank=True)
    part = models.CharField(max_length=40, blank=True)
    label_zh = models.CharField(max_length=120)
    label_en = models.CharField(max_length=160)
    owner_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    owner_person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    heads_only = models.BooleanField(default=False)
    owed_to = models.CharField(max_length=60, blank=True)
    base_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    original_due_at = models.DateTimeField()
    span_due_at = models.DateTimeField(null=True)
    due_at = models.DateTimeField()
    paused_at = models.DateTimeField(null=True)
    fulfilled_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    put_off = models.BooleanField(default=False)
    next_alarm_at = models.DateTimeField(null=True)
    alarms_given = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["next_alarm_at"], name="obligation_alarm", condition=Q(next_alarm_at__isnull=False)),
            models.Index(fields=["owner_department", "due_at"], name="obligation_department", condition=OPEN),
            models.Index(fields=["owner_person", "due_at"], name="obligation_person", condition=OPEN),
            models.Index(fields=["due_at"], name="obligation_due", condition=OPEN),
            models.Index(fields=["kind", "record_id"], name="obligation_record"),
            models.Index(fields=["rule", "opened_at"], name="obligation_rule"),
            models.Index(fields=["fulfilled_at"], name="obligation_kept_late", condition=FULFILLED_LATE),
            models.Index(fields=["cancelled_at"], name="obligation_put_off", condition=Q(put_off=True)),
        ]

    def __str__(self) -> str:
        return f"{self.record_number} {self.rule}"

    @property
    def known_as(self) -> Text | str:
        """What its record is about, as people read it."""
        return record_urls.subject_label(self.kind, self.subject, versions.procedure_of(self.procedure_id))

    @property
    def label(self) -> Text:
        """What is owed, in both languages."""
        return Text(self.label_zh, self.label_en)

    @property
    def given_until(self) -> datetime:
        """Until when time was given, pauses left out: what percentages of the ladder are shares of."""
        return self.span_due_at or self.original_due_at

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.fulfilled_at is None and self.cancelled_at is None

    def is_late(self, at: Any) -> bool:
        """Whether it was, or at ``at`` is, behind its due moment; of cancelled ones only those put off too late are."""
        if self.cancelled_at is not None and not self.put_off:
            return False
        return bool((self.fulfilled_at or self.paused_at or self.cancelled_at or at) > self.due_at)

    @property
    def ending(self) -> Text | None:
        """In a word how it ended otherwise than by being fulfilled; None for the others."""
        if self.cancelled_at is None:
            return None
        return t("已改期", "put off") if self.put_off else t("已免除", "released")


class Occasion(models.Model):
    """The turn of one period under a rule that the calendar opens: the week whose sheet, the quarter whose survey is
    owed; of a rule that is owed for each of many, the turn of one of them.

    ``number`` begins with the period's key; ``base_at`` is the moment from which the rule counts; ``by_event``: what
    fulfils it came before the worker looked, and so opened it. Without a subject ``subject_id`` is 0.
    """

    kind: ClassVar[str] = "occasion"

    rule = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    number = models.CharField(max_length=40, unique=True)
    procedure = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    base_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    by_event = models.BooleanField(default=False)
    subject_kind = models.CharField(max_length=20, blank=True)
    subject_id = models.BigIntegerField(default=0)
    subject_number = models.CharField(max_length=40, blank=True)
    subject_name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["rule", "period", "subject_kind", "subject_id"], name="occasion_once_a_period"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["subject_kind", "subject_id", "rule"], name="occasion_subject", condition=Q(subject_id__gt=0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.rule} {self.period} {self.subject_name}".rstrip()

    @property
    def subject(self) -> str:
        """For whom it is owed."""
        return self.subject_name

    @cached_property
    def about_record(self) -> Any:
        """For whom it is owed, as it stands now; None for a period's own turn."""
        from huiyin.obligations.subjects import subject_kind  # whose kinds name rows of other rooms

        return subject_kind(self.subject_kind).find(self.subject_id) if self.subject_id else None

    def fact(self, name: str) -> Any:
        """A fact of the one for whom it is owed; a period by itself has none."""
        from huiyin.obligations.subjects import subject_kind

        one = self.about_record
        return subject_kind(self.subject_kind).read(one, name) if one is not None else None

    @property
    def received_at(self) -> Any:
        """The moment from which the rule counts, by the name under which settling asks records for it."""
        return self.base_at


class FinishedRound(models.Model):
    """A turn of a rule ``for_each`` whose occasions have all been opened; one who comes to be meant later waits for the
    next turn. With the rule ``*``: a day on which what depends on the day was read again.
    """

    rule = models.CharField(max_length=60)
    period = models.CharField(max_length=10)
    every = models.CharField(max_length=10)
    base_at = models.DateTimeField()
    done_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "period"], name="round_once_a_period")]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"


class SiteDay(models.Model):
    """A day on which the site works otherwise than its procedure says: a holiday notice, a typhoon, a company day.

    It belongs to no version and reaches the open duties of all. ``hours``: none for a day off, null for a day worked
    like others; ``department`` the one it is for, none for all. ``reckoned_at`` is when the worker had reckoned every
    open duty anew because of it, ``taken_in_at`` the same after it was removed.
    """

    undigested: ClassVar[tuple[str, ...]] = ("reckoned_at", "taken_in_at")

    date = models.DateField()
    hours: Any = models.JSONField(null=True)
    label_zh = models.CharField(max_length=60)
    label_en = models.CharField(max_length=80)
    department = models.CharField(max_length=60, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    removed_at = models.DateTimeField(null=True)
    reckoned_at = models.DateTimeField(null=True)
    taken_in_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["date", "department"], condition=Q(removed_at=None), name="site_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.date} {self.department}".rstrip()

    @property
    def label(self) -> Text:
        """Why the day is another, in both languages."""
        return Text(self.label_zh, self.label_en)


class Pause(models.Model):
    """A stretch in which a record's pausable obligations stand still, from one journal event to another."""

    kind = models.CharField(max_length=20)
    record_id = models.BigIntegerField()
    key = models.CharField(max_length=40)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["kind", "record_id"], name="pause_record")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "record_id", "key"], condition=Q(ended_at=None), name="pause_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id} {self.key}"


class Notice(models.Model):
    """A line in somebody's bell: something happened that the procedure wants them to know."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", db_index=False
    )
    kind = models.CharField(max_length=20)
    record_number = models.CharField(max_length=40)
    entry_id = models.BigIntegerField(null=True)
    text_zh = models.CharField(max_length=300)
    text_en = models.CharField(max_length=300)
    urgent = models.BooleanField(default=False)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["person", "-at"], name="notice_person")]

    def __str__(self) -> str:
        return self.text_zh
