"""A request to a supplier to correct (SCAR) and what the supplier answered, round by round (ISO 9001 8.4.3)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from huiyin.kernel.text import t
from huiyin.people.models import Person
from huiyin.records.models import Part, Record


def _quantity() -> Any:
    """A number of the request's unit."""
    return models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)


class SupplierRequest(Record):
    """What a supplier is asked to correct; of the link it answers by only the digest is kept."""

    kind = "scar"
    owner_is = t("负责人", "the owner of the request")
    ties = True
    fresh_link = ""  # the secret of a link in the request in which it is made, and never again

    supplier = models.CharField(max_length=120)
    contact = models.CharField(max_length=60, blank=True)
    email = models.CharField(max_length=120, blank=True)
    telephone = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    defect = models.TextField()
    quantity = _quantity()
    unit = models.CharField(max_length=20, default="piece")
    containment = models.TextField(blank=True)
    answer_due = models.DateField(null=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")

    link_digest = models.CharField(max_length=64, blank=True, db_index=True)
    link_made_at = models.DateTimeField(null=True)
    link_until = models.DateField(null=True)
    issued_at = models.DateTimeField(null=True)
    round = models.PositiveSmallIntegerField(default=0)
    return_reason = models.TextField(blank=True)
    effect_due = models.DateField(null=True)
    effect_result = models.TextField(blank=True)
    closing_note = models.TextField(blank=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="scar_opened"),
            models.Index(fields=["supplier", "model"], name="scar_supplier"),
        ]

    @property
    def subject(self) -> str:
        """Supplier and part in a few words."""
        return " · ".join(part for part in (self.supplier, self.model, self.batch) if part)

    def search_text(self) -> str:
        """The words under which a request is found, the supplier's answers included."""
        words = [self.number, self.supplier, self.contact, self.model, self.batch, self.defect]
        if self.pk is not None:
            for answer in self.answers.order_by("round"):
                words += [answer.occurrence, answer.escape, answer.action]
        return "\n".join(word for word in words if word)


class AnswerText(models.Model):
    """What a supplier writes, in the order of an 8D in short."""

    containment = models.TextField(blank=True)
    stock = _quantity()
    inspected = _quantity()
    good = _quantity()
    bad = _quantity()
    occurrence = models.TextField(blank=True)
    escape = models.TextField(blank=True)
    action = models.TextField(blank=True)
    action_on = models.DateField(null=True, blank=True)
    prevention = models.TextField(blank=True)
    name = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class SupplierAnswer(AnswerText, Part):
    """One answer as it was sent; a later round is another row."""

    part_kind = "scar-answer"

    request = models.ForeignKey(SupplierRequest, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    entered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["request", "round"], name="scar_answer_a_round")]

    def __str__(self) -> str:
        return f"{self.name} {self.round}"


class SupplierDraft(models.Model):
    """What a supplier typed and has not sent: no part of the record, shown to nobody here, gone when it is sent.

    ``typed`` holds the boxes as they were typed, ``files`` the uploads whose bytes are in the store already.
    """

    request = models.OneToOneField(SupplierRequest, on_delete=models.CASCADE, related_name="draft")
    version = models.PositiveIntegerField(default=0)
    typed: Any = models.JSONField(default=dict)
    files: Any = models.JSONField(default=list)
    saved_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.request_id} {self.version}"
