"""A contact with a customer in either direction, and the message it came as."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from huiyin.customers.models import ContactPerson, Customer
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.records.models import Part, Record


class Contact(Record):
    """One call, letter, mail, chat message or visit (ISO 9001 8.2.1); registered before anybody decides what it is."""

    kind = "contact"

    INCOMING, OUTGOING = "in", "out"

    direction = models.CharField(max_length=3, default=INCOMING)
    channel = models.CharField(max_length=30)
    stage = models.CharField(max_length=30, blank=True)
    happened_at = models.DateTimeField()
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="contacts")
    contact_person = models.ForeignKey(
        ContactPerson, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    party_name = models.CharField(max_length=120, blank=True)
    party_phone = models.CharField(max_length=40, blank=True)
    party_email = models.CharField(max_length=254, blank=True)
    topic = models.CharField(max_length=300, blank=True)
    text = models.TextField(blank=True)
    promise_text = models.CharField(max_length=300, blank=True)
    promised_at = models.DateTimeField(null=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    analysis = models.TextField(blank=True)
    filed_as = models.CharField(max_length=20, blank=True)
    became = models.CharField(max_length=64, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-happened_at", "-id"], name="contact_happened"),
            models.Index(fields=["state", "-happened_at", "-id"], name="contact_state"),
            models.Index(fields=["opened_by"], name="contact_opened_by"),
        ]

    @property
    def who(self) -> str:
        """The other party as known."""
        return (self.customer.name if self.customer else "") or self.party_name or self.party_email or self.party_phone

    @property
    def subject(self) -> str:
        """Party and topic in a few words."""
        return " · ".join(part for part in (self.who, self.topic) if part)

    @property
    def became_kind(self) -> str:
        """The kind of record it was turned into; empty when into none."""
        return self.became.partition(":")[0]

    @property
    def became_number(self) -> str:
        """The number of the record it was turned into; empty when into none."""
        return self.became.partition(":")[2]

    def search_text(self) -> str:
        """The words under which a contact is found; what it became is found under its own number, by who may see it."""
        words = [
            self.number,
            self.who,
            self.party_name,
            self.party_phone,
            self.party_email,
            self.topic,
            self.text,
            self.promise_text,
            self.analysis,
        ]
        return "\n".join(dict.fromkeys(word for word in words if word))


class Message(Part):
    """An e-mail as it arrived: the raw bytes lie in the file store by digest; entered once per message id (F7)."""

    part_kind = "message"

    contact = models.OneToOneField(Contact, on_delete=models.PROTECT, related_name="message")
    message_id = models.CharField(max_length=300, unique=True)
    raw_sha256 = models.CharField(max_length=64, db_index=True)
    raw_size = models.PositiveBigIntegerField(default=0)
    substance = models.CharField(max_length=64)
    sender = models.CharField(max_length=320, blank=True)
    sender_name = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    in_reply_to = models.CharField(max_length=300, blank=True)
    earlier = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="answers")
    mark = models.CharField(max_length=20, blank=True)
    headers: Any = models.JSONField(default=dict)
    notes: Any = models.JSONField(default=list)
    refused: Any = models.JSONField(default=list)
    html = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.message_id

    @property
    def remarks(self) -> list[Text]:
        """What the reader should know of how the mail was read."""
        return [Text(one["zh"], one["en"]) for one in self.notes]

    @property
    def kept_out(self) -> list[tuple[str, int, Text]]:
        """Attachments that the rules for files did not let in: name, bytes, why."""
        return [(one["name"], one["size"], Text(one["zh"], one["en"])) for one in self.refused]
