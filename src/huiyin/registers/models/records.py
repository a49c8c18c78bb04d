"""One table for the records of all kinds that packs declare, one for their rows, and one that remembers the kinds."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db import models

from huiyin.journal.record_urls import subject_label
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.conditions import NOTHING
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.subjects import subject_in_both
from huiyin.records.models import Part, Record

DAYS, PEOPLE, KEYS, NUMBERS = (
    ("day1", "day2", "day3"),
    ("person1", "person2", "person3"),
    ("key1", "key2", "key3", "key4"),
    ("number1", "number2", "number3"),
)
SLOTS = (*DAYS, *PEOPLE, *KEYS, *NUMBERS)
"""Columns that repeat facts by which lists sort and filter; the journal digests the facts themselves."""


def _amount() -> Any:
    return models.DecimalField(max_digits=20, decimal_places=4, null=True)


def _index_of(slot: str) -> models.Index:
    """The index of a column by which lists sort (days, numbers), or filter and stand by when they were entered.

    It holds no row without a value: any comparison says as much, and so both databases may use it. Of people it leads
    with the person, for what somebody sees of all kinds together.
    """
    has_one = models.Q(**{f"{slot}__isnull": False})
    if slot in (*DAYS, *NUMBERS):
        fields = ["kind", slot, "id"]
    else:
        fields = ["kind", slot] if slot in KEYS else [slot, "kind"]
        fields += ["-opened_at", "-id"]
    return models.Index(fields=fields, name=f"form_{slot}_filled", condition=has_one)


class FormRecord(Record):
    """A record of a kind that a pack declares; its facts stand in ``extra`` under the keys of the pack's fields."""

    undigested = SLOTS
    ties = True
    owner_is = t("负责人", "whoever is in charge of it")
    is_of_packs: ClassVar[bool] = True

    kind = models.CharField(max_length=20)  # type: ignore[assignment, misc]  # of others a constant of their class
    number = models.CharField(max_length=40)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    about_kind = models.CharField(max_length=20, blank=True)
    about_id = models.BigIntegerField(null=True)
    about_number = models.CharField(max_length=40, blank=True)
    about_name = models.CharField(max_length=160, blank=True)
    period = models.CharField(max_length=10, blank=True)
    of_whom = models.CharField(max_length=32, blank=True)
    title = models.CharField(max_length=200, blank=True)
    day1 = models.DateField(null=True)
    day2 = models.DateField(null=True)
    day3 = models.DateField(null=True)
    person1 = models.BigIntegerField(null=True)
    person2 = models.BigIntegerField(null=True)
    person3 = models.BigIntegerField(null=True)
    key1 = models.CharField(max_length=60, null=True)
    key2 = models.CharField(max_length=60, null=True)
    key3 = models.CharField(max_length=60, null=True)
    key4 = models.CharField(max_length=60, null=True)
    number1 = _amount()
    number2 = _amount()
    number3 = _amount()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "number"], name="form_number_once"),
            models.UniqueConstraint(
                fields=["kind", "period", "of_whom"],
                condition=models.Q(about_id=None) & ~models.Q(period="") & ~models.Q(phase="void"),
                name="form_period_once",
            ),
            models.UniqueConstraint(
                fields=["kind", "period", "about_kind", "about_id"],
                condition=models.Q(about_id__isnull=False) & ~models.Q(period="") & ~models.Q(phase="void"),
                name="form_period_subject_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["kind", "-opened_at", "-id"], name="form_opened"),
            models.Index(fields=["kind", "phase", "-opened_at", "-id"], name="form_phase"),
            models.Index(fields=["about_kind", "about_id"], name="form_about"),
            models.Index(fields=["kind", "period"], name="form_period", condition=~models.Q(period="")),
            *(_index_of(column) for column in (*SLOTS, "owner", "opened_by")),
        ]

    @cached_property
    def signed_for(self) -> frozenset[str]:
        """The approvals by which somebody signs, or has signed, for what stands on it now."""
        rounds = self.rounds.filter(standing__in=("running", "approved"))
        return frozenset(rounds.values_list("approval", flat=True))

    def why_file_stays(self, part: str) -> Text | None:
        """A file of a field is part of what is signed, but for fields that are filled in later."""
        approvals = versions.procedure_of(self.procedure_id).approvals if part else ()
        signed = [one for one in approvals if one.kind == self.kind and one.key in self.signed_for]
        if any(part not in {f"field:{name}" for name in one.fills} for one in signed):
            return t(
                "文件已随记录送签，撤回或退回之后才能去掉",
                "It is part of what is signed; it can go once the record is withdrawn or returned",
            )
        return None

    @property
    def subject(self) -> str:
        """What its kind names as its subject, and what it is about where that does not say it already.

        A later edition is about an earlier one of its kind: its own subject says it all.
        """
        said = self.about_kind == self.kind or self.about_name in self.title
        about = "" if said else self.about_name
        return " · ".join(word for word in (self.title, about) if word) or self.number

    @property
    def known_as(self) -> Text:
        """The subject in both languages, as far as it is made of the procedure's words."""
        return subject_in_both(self.kind, self.subject, versions.procedure_of(self.procedure_id))

    @property
    def about_known(self) -> Text | str:
        """What it is about, as readers of either language have it."""
        return subject_label(self.about_kind, self.about_name, versions.procedure_of(self.procedure_id))

    @property
    def titled(self) -> Text:
        """What stands in the fields of its subject, in both languages; empty where nothing does."""
        return subject_in_both(self.kind, self.title, versions.procedure_of(self.procedure_id))

    def has_fact(self, name: str) -> bool:
        """Whether its kind has a field of this name."""
        return any(each.name == name for each in self._fields())

    def fact(self, name: str) -> Any:
        """What stands in a field; of a child table how many rows there are, None where there are none."""
        if name in self.extra:
            return self.extra[name]
        field = next((each for each in self._fields() if each.name == name), None)
        if field is not None and field.type == "rows" and self.pk is not None:
            return self.rows.filter(part_kind=field.of).count() or None
        return None

    def needs_fact(self, name: str) -> bool:
        """Whether the field is asked at all, as its conditions stand."""
        from huiyin.registers.facts import is_shown  # which reads records

        field = next((each for each in self._fields() if each.name == name), None)
        return field is None or is_shown(field, self)

    def search_text(self) -> str:
        """Every word that people wrote on it."""
        words = [self.number, self.about_number, self.about_name, *_words_in(self.extra)]
        return "\n".join(dict.fromkeys(word for word in words if word))

    def team_ids(self) -> list[int]:
        """Those whom its facts and its rows name."""
        named = {value["person"] for value in self.extra.values() if isinstance(value, dict) and "person" in value}
        return [*named, *self.rows.exclude(owner=None).values_list("owner_id", flat=True)]

    def _fields(self) -> tuple[Any, ...]:
        return versions.procedure_of(self.procedure_id).fields_of(self.kind)


class FormRow(Part):
    """A row of a child table of such a record."""

    part_kind = models.CharField(max_length=20)  # type: ignore[assignment, misc]  # of others a constant of their class
    record = models.ForeignKey(FormRecord, on_delete=models.CASCADE, related_name="rows")
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=30, blank=True)
    version = models.PositiveIntegerField(default=0)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField(null=True)
    extra: Any = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return f"{self.part_kind} {self.pk}"

    def has_fact(self, name: str) -> bool:
        """Whether its kind has a field of this name."""
        procedure = versions.procedure_of(self.record.procedure_id)
        return any(each.name == name for each in procedure.fields_of(self.part_kind))

    def fact(self, name: str) -> Any:
        """What stands in a field of the row."""
        return self.extra.get(name)

    @property
    def subject(self) -> str:
        """The first words of the row, by which it is known where something is owed on it."""
        return next(_words_in(self.extra), "")[:60]

    @property
    def title(self) -> Text | str:
        """Whose task it is, as the record's page names it among those that wait."""
        return self.owner.display_name if self.owner is not None else self.subject

    @property
    def about(self) -> str:
        """What the task is about."""
        return self.subject


class PackKind(models.Model):
    """A kind that some version has declared: what it is called now, which versions knew it, where its facts repeat.

    ``slots`` says which column repeats which field; a field that has one has it for ever.
    """

    key = models.CharField(max_length=20, unique=True)
    label_zh = models.CharField(max_length=100)
    label_en = models.CharField(max_length=100)
    first_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    last_version = models.ForeignKey(ProcedureVersion, on_delete=models.PROTECT, related_name="+", db_index=False)
    slots: Any = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key

    @property
    def label(self) -> Text:
        """What a record of it is called."""
        return Text(self.label_zh, self.label_en)


def _words_in(facts: Any) -> Any:
    """Everything in stored facts that people wrote or chose by name, not keys and ids."""
    for value in facts.values() if isinstance(facts, dict) else facts:
        if isinstance(value, str) and value not in NOTHING:
            yield value
        elif isinstance(value, dict):
            yield from (str(value[name]) for name in ("name", "number", "text") if value.get(name))
        elif isinstance(value, list):
            yield from _words_in(value)
