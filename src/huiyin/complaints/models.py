"""A complaint with its demands, department tasks, measures, remedies, answers, calls and promises."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.contacts.models import Contact
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.improvement.values import EXPLAINS
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.models import Link, Part, Record


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, **options
    )


def _quantity() -> Any:
    return models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)


class Complaint(Record):
    """What a customer holds against us, with everything that is asked of it until the loop is closed."""

    kind = "complaint"

    received_at = models.DateTimeField()
    channel = models.CharField(max_length=30)
    stage = models.CharField(max_length=30, blank=True)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="complaints")
    customer_name = models.CharField(max_length=120, blank=True)
    contact_person = models.ForeignKey(
        ContactPerson, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    caller_name = models.CharField(max_length=60, blank=True)
    caller_phone = models.CharField(max_length=40, blank=True)
    source = models.ForeignKey(Contact, on_delete=models.PROTECT, null=True, related_name="complaints")

    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    model = models.CharField(max_length=80, blank=True)
    drawing_revision = models.CharField(max_length=40, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    serial = models.CharField(max_length=80, blank=True)
    order_number = models.CharField(max_length=60, blank=True)
    ship_date = models.DateField(null=True, blank=True)
    warranty = models.CharField(max_length=20, blank=True)
    shipped_quantity = _quantity()
    complained_quantity = _quantity()
    verified_quantity = _quantity()
    defect_quantity = _quantity()
    unit = models.CharField(max_length=20, default="piece")

    problem = models.TextField()
    detection = models.CharField(max_length=30, blank=True)
    defect = models.CharField(max_length=40, blank=True)
    sample = models.CharField(max_length=200, blank=True)

    content = models.CharField(max_length=30, blank=True)
    nature = models.CharField(max_length=30, blank=True)
    cause_kind = models.CharField(max_length=20, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    lighter = models.BooleanField(default=False)
    responsible: Any = models.JSONField(default=list)

    findings = models.TextField(blank=True)
    statement = models.TextField(blank=True)
    verdict = models.CharField(max_length=30, blank=True)
    verdict_reason = models.TextField(blank=True)
    verdict_by = _person()
    verdict_approved_by = _person()
    verdict_approved_at = models.DateTimeField(null=True)

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    transfer_to = _person()
    transfer_reason = models.CharField(max_length=300, blank=True)

    round = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    called_back_at = models.DateTimeField(null=True)
    satisfaction = models.CharField(max_length=30, blank=True)
    refusal_reason = models.TextField(blank=True)
    closing_note = models.TextField(blank=True)
    reject_reason = models.TextField(blank=True)
    withdraw_reason = models.TextField(blank=True)
    reopen_reason = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-received_at", "-id"], name="complaint_received"),
            models.Index(fields=["phase", "-received_at", "-id"], name="complaint_phase"),
            models.Index(fields=["state", "-received_at", "-id"], name="complaint_state"),
            models.Index(fields=["customer", "-received_at"], name="complaint_customer"),
            models.Index(fields=["owner", "-received_at", "-id"], name="complaint_owner"),
            models.Index(fields=["opened_by"], name="complaint_opened_by"),
            models.Index(
                fields=["transfer_to"],
                name="complaint_transfer",
                condition=models.Q(transfer_to__isnull=False),
            ),
            models.Index(fields=["model", "batch"], name="complaint_product"),
        ]

    @property
    def subject(self) -> str:
        """Customer and product in a few words."""
        return " · ".join(part for part in (self.who, self.model) if part)

    @property
    def who(self) -> str:
        """The customer's name, or the caller known by telephone alone."""
        return self.customer_name or self.caller_name or self.caller_phone

    @property
    def has_case(self) -> bool:
        """Whether a problem case explains it."""
        ties = Link.objects.filter(relation=EXPLAINS, to_kind=self.kind, to_id=self.pk, ended_at=None)
        return self.pk is not None and ties.exists()

    def search_text(self) -> str:
        """The words under which a complaint is found."""
        words = [
            self.number,
            self.customer_name,
            self.caller_name,
            self.caller_phone,
            self.model,
            self.batch,
            self.serial,
            self.order_number,
            self.problem,
            self.findings,
            self.statement,
            self.verdict_reason,
            *self.own_words(),
        ]
        return "\n".join(word for word in words if word)


class ComplaintPart(Part):
    """A row that belongs to a complaint."""

    complaint: Any

    class Meta:
        abstract = True


class Demand(ComplaintPart):
    """What the customer asks for, and what becomes of it: granted, refused with the reason, or turned into a request
    (a remedy to be approved, goods to be sent); an empty outcome is not decided yet.
    """

    part_kind = "demand"
    GRANTED, REFUSED, REQUESTED = "granted", "refused", "requested"
    OUTCOMES: ClassVar = {
        GRANTED: t("满足", "Granted"),
        REFUSED: t("不满足", "Refused"),
        REQUESTED: t("已转为申请", "Requested"),
    }

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="demands")
    demand = models.CharField(max_length=30)
    quantity = _quantity()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=20, blank=True)
    outcome_reason = models.CharField(max_length=300, blank=True)
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.demand

    @property
    def outcome_words(self) -> Text | None:
        """What becomes of it, a refusal with its reason; None while nobody has decided."""
        if self.outcome == self.REFUSED:
            return t("不满足（{reason}）", "Refused ({reason})", reason=self.outcome_reason)
        return self.OUTCOMES.get(self.outcome)


class Task(ComplaintPart):
    """What one department has to find out and do about a complaint; the department accepts it, or sends it back."""

    part_kind = "task"
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="tasks")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = _person()
    question = models.TextField()
    state = models.CharField(max_length=30, default="assigned")
    previous_state = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)
    assigned_at = models.DateTimeField()
    assigned_by = _person()
    accepted_by = _person()
    decline_reason = models.TextField(blank=True)
    cause = models.TextField(blank=True)
    answered_by = _person()
    answered_at = models.DateTimeField(null=True)
    return_reason = models.TextField(blank=True)
    approved_by = _person()
    carried_out_at = models.DateTimeField(null=True)
    effect = models.TextField(blank=True)
    verified_by = _person()
    verified_at = models.DateTimeField(null=True)

    rows: list[Measure]  # its measures, where a page has read them together

    class Meta:
        indexes: ClassVar = [models.Index(fields=["department", "state"], name="task_department")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.department_id}"

    @property
    def title(self) -> Text:
        """By whose name people know the task."""
        return self.department.name

    @property
    def about(self) -> str:
        """What is to be done."""
        return self.question


class Measure(ComplaintPart):
    """One thing a department does about the cause: interim, corrective or preventive (ISO 9000 3.12)."""

    part_kind = "measure"
    INTERIM, CORRECTIVE, PREVENTIVE = "interim", "corrective", "preventive"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="measures")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="measures")
    measure = models.CharField(max_length=20)
    text = models.TextField()
    responsible = models.CharField(max_length=80, blank=True)
    planned_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    done_note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.text[:40]


class Remedy(ComplaintPart):
    """What is granted to the customer; money above one's limit is only requested until somebody approves it."""

    part_kind = "remedy"
    REQUESTED, GRANTED, DENIED = "requested", "granted", "denied"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="remedies")
    remedy = models.CharField(max_length=30)
    quantity = _quantity()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    note = models.CharField(max_length=300, blank=True)
    decision = models.CharField(max_length=20)
    asked_by = _person()
    asked_at = models.DateTimeField()
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.remedy


class Answer(ComplaintPart):
    """What we told the customer in one round, and whether they accepted it."""

    part_kind = "answer"
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    channel = models.CharField(max_length=30)
    at = models.DateTimeField()
    by = _person()
    accepted = models.BooleanField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by_name = models.CharField(max_length=60, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["complaint", "round"], name="one_answer_a_round")]

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.round}"


class Call(ComplaintPart):
    """One attempt to call the customer back after the answer, reached or not."""

    part_kind = "call"
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    by = _person()
    reached = models.BooleanField()
    satisfaction = models.CharField(max_length=30, blank=True)
    words = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"{self.complaint_id} {self.at:%Y-%m-%d}"


class Promise(ComplaintPart):
    """Something promised to the customer by a moment; an obligation on the customer's clock, not a department's."""

    part_kind = "promise"
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="promises")
    text = models.CharField(max_length=300)
    promised_at = models.DateTimeField()
    made_by = _person()
    kept_at = models.DateTimeField(null=True)
    kept_note = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["complaint"], name="promise_open", condition=Q(kept_at=None))]

    def __str__(self) -> str:
        return self.text
