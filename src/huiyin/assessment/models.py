"""The weekly assessment sheet with its cases, charges, allotments and appeals; and their ledger (P2 5)."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.assessment.words import BOOKINGS, CHARGE_DESCRIPTIONS, TO_DIVIDE
from huiyin.kernel.money import Money
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.models import Part, Record


def _person() -> Any:
    return models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False)


def _amount(**options: Any) -> Any:
    return models.DecimalField(max_digits=14, decimal_places=2, **options)


class Assessment(Record):
    """What lateness and freight of a week cost whom: compiled, completed by logistics, signed twice, paid (P2 5.1)."""

    kind = "assessment"

    period = models.CharField(max_length=10)
    currency = models.CharField(max_length=3)
    costs_by = _person()
    costs_at = models.DateTimeField(null=True)
    quality_by = _person()
    quality_at = models.DateTimeField(null=True)
    management_by = _person()
    management_at = models.DateTimeField(null=True)
    handed_over_by = _person()
    handed_over_at = models.DateTimeField(null=True)
    carried_out_by = _person()
    carried_out_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    withdraw_reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["period"], condition=~Q(phase="void"), name="one_assessment_a_week")
        ]
        indexes: ClassVar = [models.Index(fields=["-period", "-id"], name="assessment_period")]

    @property
    def week(self) -> Period:
        """The week that is assessed."""
        return Period.parse(self.period)

    @property
    def title(self) -> Text:
        """The week by the name people use."""
        return self.week.label

    @property
    def subject(self) -> str:
        """The week's key; words in one language would be wrong for half of the readers (``known_as`` has both)."""
        return self.period

    @property
    def known_as(self) -> Text:
        """The week by the name people use."""
        return self.title

    def search_text(self) -> str:
        """A sheet is found by its number and its week; whom it charges is nobody's to find."""
        return "\n".join((self.number, self.title.show("zh"), self.title.show("en"), self.period))


class AssessmentPart(Part):
    """A row that belongs to an assessment sheet."""

    assessment: Any

    class Meta:
        abstract = True


class Item(AssessmentPart):
    """A case whose responsibility fell to a department in the week, with the freight and losses it caused (P2 5.1).

    ``proposed``: the amounts come from what was recorded with shipments, and logistics has not touched them yet.
    """

    part_kind = "assessed-case"
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="items")
    case_kind = models.CharField(max_length=20)
    case_id = models.BigIntegerField()
    case_number = models.CharField(max_length=40)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    freight = _amount(null=True)
    loss = _amount(null=True)
    loss_department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    loss_person = _person()
    note = models.CharField(max_length=300, blank=True)
    proposed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["case_kind", "case_id"], name="assessed_case")]

    def __str__(self) -> str:
        return f"{self.case_number} {self.department_id}"

    def cost(self, kind: str) -> Any:
        """What was entered of a kind of cost (``freight`` or ``loss``); None when nothing was."""
        return getattr(self, kind)


class Allotment(AssessmentPart):
    """What its head has to divide among the persons responsible, within 3 working days (P2 5.3)."""

    part_kind = "allotment"
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="allotments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    cost = models.CharField(max_length=20)
    amount = _amount()
    currency = models.CharField(max_length=3)
    derivation: Any = models.JSONField(default=list)
    state = models.CharField(max_length=30)
    previous_state = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)
    split_by = _person()
    split_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.assessment_id} {self.department_id}"

    @property
    def title(self) -> Text:
        """The department that divides it."""
        return self.department.name

    @property
    def money(self) -> Money:
        """The sum to divide."""
        return Money(self.amount, self.currency)

    @property
    def label(self) -> Text:
        """What the department has to divide."""
        return TO_DIVIDE[self.cost]

    @property
    def told(self) -> Text:
        """How notices and the time-line call it."""
        return t(
            "{department}待分解的{what}",
            "{what} of {department}, to be divided",
            department=self.department.name,
            what=self.label,
        )

    @property
    def lines(self) -> list[Text]:
        """How the sum follows, line by line."""
        return [Text(one["zh"], one["en"]) for one in self.derivation]

    @property
    def about(self) -> Text:
        """What is to be divided."""
        return t("待分解 {amount}", "To be divided: {amount}", amount=self.money.label)


SETTLED = ("split", "waived")
"""States of a department's sum in which nothing of it is left to divide."""


class Charge(AssessmentPart):
    """An amount that one person is charged with or rewarded by, and how it was reached."""

    part_kind = "charge"
    FINE, FREIGHT, LOSS, REWARD = "fine", "freight", "loss", "reward"
    BORNE = "borne"
    """A loss that the procedure shares among nobody: the department bears it as such, or whom logistics names."""

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="charges")
    charge = models.CharField(max_length=10)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="charges")
    source_kind = models.CharField(max_length=20, blank=True)
    source_id = models.BigIntegerField(null=True)
    source_number = models.CharField(max_length=40, blank=True)
    obligation_id = models.BigIntegerField(null=True)
    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, null=True, related_name="shares")
    clause = models.CharField(max_length=40, blank=True)
    label_zh = models.CharField(max_length=120, blank=True)
    label_en = models.CharField(max_length=160, blank=True)
    days = models.PositiveSmallIntegerField(default=0)
    rate = _amount(null=True)
    amount = _amount()
    counted = _amount()
    currency = models.CharField(max_length=3)
    basis: Any = models.JSONField(default=dict)
    derivation: Any = models.JSONField(default=list)
    evidence = models.TextField(blank=True)
    proposed_by = _person()
    state = models.CharField(max_length=30)
    previous_state = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["department", "state"], name="charge_department")]

    def __str__(self) -> str:
        return f"{self.charge} {self.amount}"

    @property
    def label(self) -> Text:
        """What it is for: the obligation that was late, the freight of a case, the reward."""
        return Text(self.label_zh, self.label_en)

    @property
    def title(self) -> Text:
        """By whose name people know the charge."""
        if self.person is not None:
            return self.person.display_name
        return self.department.name if self.department else t("—", "—")

    @property
    def about(self) -> Text:
        """What it is for and how much."""
        return t("{what}：{amount}", "{what}: {amount}", what=self.label, amount=self.money.label)

    @property
    def told(self) -> Text:
        """How notices and the time-line call it: its kind, and which department bears it; neither name nor amount."""
        if self.is_departments and self.department is not None:
            return t("{department}承担的损失", "losses borne by {department}", department=self.department.name)
        return CHARGE_DESCRIPTIONS[self.charge]

    @property
    def is_departments(self) -> bool:
        """Whether a department bears it and no person of it."""
        return self.charge == self.BORNE and self.person_id is None

    @property
    def is_reward(self) -> bool:
        """Whether the person receives it."""
        return self.charge == self.REWARD

    @property
    def money(self) -> Money:
        """What stands now, after any appeal; ``counted`` is what was first charged."""
        return Money(self.amount, self.currency)

    @property
    def lines(self) -> list[Text]:
        """How the amount follows, line by line."""
        return [Text(one["zh"], one["en"]) for one in self.derivation]


class Appeal(AssessmentPart):
    """What somebody charged, or the head of a department that bears something, says against it, and what was decided.

    It is against a charge, or against the sum that a department would have to divide.
    """

    part_kind = "appeal"
    UPHELD, REDUCED, WAIVED = "upheld", "reduced", "waived"

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="appeals")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="appeals")
    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, null=True, related_name="appeals")
    by = _person()
    at = models.DateTimeField()
    reason = models.TextField()
    decision = models.CharField(max_length=10, blank=True)
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    before = _amount()
    after = _amount(null=True)

    def __str__(self) -> str:
        return f"{self.charge_id or self.allotment_id} {self.decision}"

    @cached_property
    def against(self) -> Charge | Allotment:
        """What it is about."""
        found = self.charge or self.allotment
        assert found is not None, "an appeal is against something"
        return found


class LedgerAccount(models.Model):
    """An account of the ledger: a person, a department's sum not yet divided, what the company gains or gives."""

    PERSON, DEPARTMENT, LOSSES = "person", "department", "losses"
    INCOME, REWARDS, PAYROLL = "income", "rewards", "payroll"

    key = models.CharField(max_length=40, unique=True)
    account = models.CharField(max_length=20)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)

    def __str__(self) -> str:
        return self.key

    @property
    def name(self) -> Text:
        """What the account is called."""
        if self.person is not None:
            return self.person.display_name
        if self.department is not None and self.account == self.LOSSES:
            return t("{department}（损失）", "{department} (losses)", department=self.department.name)
        if self.department is not None:
            return t("{department}（待分解）", "{department} (to be divided)", department=self.department.name)
        return COMPANY_ACCOUNTS[self.account]


COMPANY_ACCOUNTS = {
    LedgerAccount.INCOME: t("考核收入", "Assessment income"),
    LedgerAccount.REWARDS: t("奖励支出", "Rewards paid"),
    LedgerAccount.PAYROLL: t("工资扣发", "Payroll"),
}
"""The accounts that are neither a person's nor a department's."""


class AppendOnly(models.Model):
    """A row of the ledger: never changed and never deleted; what was wrong is booked back."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Insert the row; an existing one is never written again."""
        if self.pk is not None:
            raise TypeError("the ledger is append-only: book it back instead")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused."""
        raise TypeError("the ledger is append-only: book it back instead")


class Booking(AppendOnly, AssessmentPart):
    """One transaction of the ledger: its postings add up to nothing. A reversal names what it takes back."""

    part_kind = "booking"
    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="bookings")
    booking = models.CharField(max_length=20)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="bookings")
    allotment = models.ForeignKey(Allotment, on_delete=models.PROTECT, null=True, related_name="bookings")
    reverses = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="reversals")
    by = _person()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.booking} {self.pk}"

    @property
    def label(self) -> Text:
        """What was booked."""
        return BOOKINGS[self.booking]

    @property
    def about(self) -> Text | None:
        """What it is for: the charge, or what the department has to divide; None for what goes to payroll."""
        row = self.charge or self.allotment
        return row.label if row else None


class Posting(AppendOnly, AssessmentPart):
    """One side of a booking: an amount on an account, above zero owed by it, below zero owed to it."""

    part_kind = "posting"
    booking = models.ForeignKey(Booking, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, related_name="postings")
    amount = _amount()
    currency = models.CharField(max_length=3)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="posting_at")]

    def __str__(self) -> str:
        return f"{self.account_id} {self.amount}"
