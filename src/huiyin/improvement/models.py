"""A problem case: one problem, its cause owned once for every complaint it explains (VDA 8D, ISO 9001 10.2)."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.customers.models import Customer
from huiyin.improvement.suppliers import models as supplier_models  # noqa: F401 - Django looks for tables here
from huiyin.kernel.text import t
from huiyin.people.models import Department, Person
from huiyin.records.models import Part, Record


def person(**options: Any) -> Any:
    """A person of the company, or nobody yet."""
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, **options
    )


def quantity() -> Any:
    """A number of the case's unit."""
    return models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)


class Problem(Record):
    """A problem case, worked on by 8D or by simplified handling (``path``), from symptom to recognition."""

    kind = "problem"
    owner_is = t("负责人", "the owner of the case")
    FULL, LIGHT, CAPA = "8d", "statement", "capa"
    cause_stays = ""  # why a new round finds the cause unchanged; said with the step and kept in its entry

    path = models.CharField(max_length=20, default=FULL)
    title = models.CharField(max_length=120)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="problems")
    customer_name = models.CharField(max_length=120, blank=True)
    customer_reference = models.CharField(max_length=60, blank=True)
    model = models.CharField(max_length=80, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    defect = models.CharField(max_length=40, blank=True)
    severity = models.CharField(max_length=20, blank=True)
    unit = models.CharField(max_length=20, default="piece")
    noticed_on = models.DateField(null=True, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    champion = person()

    needs_cause = models.BooleanField(null=True)
    needs_action = models.BooleanField(null=True)
    needs_effect = models.BooleanField(null=True)
    decision_reason = models.TextField(blank=True)

    refers_to = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="referred_by")
    recurrence_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="recurrences"
    )
    revision = models.PositiveSmallIntegerField(default=0)
    contained_at = models.DateTimeField(null=True)
    analysed_at = models.DateTimeField(null=True)
    proven_at = models.DateTimeField(null=True)
    approved_by = person()
    approved_at = models.DateTimeField(null=True)
    statement = models.TextField(blank=True)
    return_reason = models.TextField(blank=True)
    cancel_reason = models.TextField(blank=True)
    reopen_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="problem_opened"),
            models.Index(fields=["phase", "-opened_at", "-id"], name="problem_phase"),
            models.Index(fields=["customer", "model"], name="problem_product"),
            models.Index(fields=["model", "defect"], name="problem_defect"),
        ]

    @property
    def subject(self) -> str:
        """Title, customer and product in a few words."""
        return " · ".join(part for part in (self.title, self.customer_name, self.model) if part)

    @property
    def is_locked(self) -> bool:
        """Whether its content stands: approved and not taken up again."""
        return self.phase in ("closed", "void")

    def team_ids(self) -> set[int]:
        """Ids of the people now on the team, its champion included."""
        members = self.members.filter(left_on=None).exclude(person=None).values_list("person_id", flat=True)
        return {*members, *([self.champion_id] if self.champion_id else [])}

    def search_text(self) -> str:
        """The words under which a case is found, what was written in it included."""
        words = [
            self.number,
            self.title,
            self.customer_name,
            self.customer_reference,
            self.model,
            self.batch,
            *self.own_words(),
        ]
        if self.pk is not None:
            words += self.contents.order_by("name").values_list("text", flat=True)
            words += self.causes.order_by("id").values_list("text", flat=True)
        return "\n".join(word for word in words if word)


class ProblemPart(Part):
    """A row of a problem case; ``version`` counts its changes, so that two people clash on a row, not on the case."""

    section: ClassVar[str]
    problem: Any
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Content(ProblemPart):
    """One text of the report under its name (``sections`` lists the names), changed by one person at a time."""

    part_kind = "content"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="contents")
    name = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    by = person()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["problem", "name"], name="one_text_a_field")]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class Member(ProblemPart):
    """Somebody of the team (D1), of the company or from outside, from a day and perhaps until one."""

    part_kind, section = "member", "D1"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="members")
    person = person()
    name = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=30)
    task = models.CharField(max_length=200, blank=True)
    contact = models.CharField(max_length=120, blank=True)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or str(self.person_id)


class Contrast(ProblemPart):
    """One line of the is/is-not table (D2): where the problem is, where it could be but is not, and what differs."""

    part_kind, section = "contrast", "D2"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="contrasts")
    question = models.CharField(max_length=20)
    is_so = models.TextField(blank=True)
    is_not = models.TextField(blank=True)
    difference = models.TextField(blank=True)
    change = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.question


class Containment(ProblemPart):
    """Suspect goods at one place (D3): suspect = inspected + remaining, inspected = OK + NG, NG = what became of it."""

    part_kind, section = "containment", "D3"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="containments")
    location = models.CharField(max_length=30)
    place = models.CharField(max_length=120, blank=True)
    batch = models.CharField(max_length=60, blank=True)
    suspect = quantity()
    inspected = quantity()
    ok = quantity()
    ng = quantity()
    reworked = quantity()
    scrapped = quantity()
    returned = quantity()
    held = quantity()
    method = models.CharField(max_length=200, blank=True)
    responsible = models.CharField(max_length=80, blank=True)
    done_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.location


class Cause(ProblemPart):
    """A why (D4) in one of three legs; under another why, or at the top. ``is_root`` marks the root causes."""

    part_kind, section = "cause", "D4"
    OCCURRENCE, ESCAPE, SYSTEM = "occurrence", "escape", "system"

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="causes")
    leg = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="whys")
    bone = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    evidence = models.TextField(blank=True)
    is_root = models.BooleanField(default=False)
    ruled_out = models.BooleanField(default=False)
    method = models.TextField(blank=True)
    when_on = models.TextField(blank=True)
    when_off = models.TextField(blank=True)
    result = models.CharField(max_length=10, blank=True)
    verified_text = models.TextField(blank=True)
    verified_by = person()
    verified_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_proven(self) -> bool:
        """Whether this very cause passed its on/off test; a cause worded anew has to be tested anew."""
        return self.result == "passed" and self.verified_text == self.text


class Action(ProblemPart):
    """Something that contains (D3), corrects (D5/D6) or prevents (D7); candidates are rated before one is chosen."""

    part_kind, section = "action", "D5"
    INTERIM, CORRECTIVE, PREVENTIVE = "interim", "corrective", "preventive"

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="actions")
    measure = models.CharField(max_length=20)
    cause = models.ForeignKey(Cause, on_delete=models.PROTECT, null=True, blank=True, related_name="actions")
    text = models.TextField()
    pros = models.TextField(blank=True)
    cons = models.TextField(blank=True)
    chosen = models.BooleanField(null=True)
    responsible = person()
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    cut_in_batch = models.CharField(max_length=60, blank=True)
    cut_in_on = models.DateField(null=True, blank=True)
    proof = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.text[:40]


class EffectCheck(ProblemPart):
    """How the effect will be shown (D6): metric, baseline, target, window, and a checker who is not the owner."""

    part_kind, section = "effect", "D6"
    PROVEN, FAILED, DROPPED = "proven", "failed", "dropped"

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="effects")
    metric = models.CharField(max_length=120)
    baseline = models.CharField(max_length=60)
    target = models.CharField(max_length=60)
    starts_on = models.DateField()
    ends_on = models.DateField()
    checker = person()
    result = models.CharField(max_length=60, blank=True)
    verdict = models.CharField(max_length=10, blank=True)
    words = models.TextField(blank=True)
    checked_by = person()
    checked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.metric

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its verdict."""
        return not self.verdict


class DocumentUpdate(ProblemPart):
    """A document the cause reaches (D7): FMEA, control plan, instruction, drawing; revised, or waived with a reason."""

    part_kind, section = "document", "D7"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="documents")
    document = models.CharField(max_length=30)
    number = models.CharField(max_length=60, blank=True)
    before = models.CharField(max_length=120, blank=True)
    after = models.CharField(max_length=120, blank=True)
    change = models.TextField(blank=True)
    waiver = models.TextField(blank=True)
    responsible = person()
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.document} {self.number}"

    @property
    def is_settled(self) -> bool:
        """Revised on a day, or waived with a reason."""
        return bool(self.waiver.strip()) or (self.done_on is not None and bool(self.after.strip()))


class Deployment(ProblemPart):
    """Another line, product or site the measure may be carried to (D7, 横向展开): done, or why not."""

    part_kind, section = "deployment", "D7"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="deployments")
    scope = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    applies = models.BooleanField(null=True)
    reason = models.TextField(blank=True)
    action = models.TextField(blank=True)
    responsible = person()
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_settled(self) -> bool:
        """Carried over on a day, or set aside with a reason."""
        return self.done_on is not None if self.applies else self.applies is False and bool(self.reason.strip())


class CostLine(ProblemPart):
    """A cost of poor quality, planned and actual, and from whom it may be recovered."""

    part_kind, section = "cost", "D8"
    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="costs")
    cost = models.CharField(max_length=30)
    note = models.CharField(max_length=200, blank=True)
    planned = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    actual = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="CNY")
    recover_from = models.CharField(max_length=120, blank=True)

    def __str__(self) -> str:
        return self.cost


class Submission(ProblemPart):
    """What was given to the customer on a day, frozen as it stood, and what they decided on it."""

    part_kind, section = "submission", "D8"
    ACCEPTED, CONDITIONAL, REJECTED = "accepted", "conditional", "rejected"

    problem = models.ForeignKey(Problem, on_delete=models.PROTECT, related_name="submissions")
    revision = models.PositiveSmallIntegerField()
    content: Any = models.JSONField()
    reaches = models.CharField(max_length=2)
    to = models.CharField(max_length=120)
    note = models.TextField(blank=True)
    sent_at = models.DateTimeField()
    sent_by = person()
    decision = models.CharField(max_length=12, blank=True)  # accepted, conditional, rejected
    score = models.PositiveSmallIntegerField(null=True)
    words = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["problem"], name="submission_open", condition=Q(decision=""))]

    def __str__(self) -> str:
        return f"{self.problem_id} {self.sent_at:%Y-%m-%d}"


PARTS: tuple[type[ProblemPart], ...] = (
    Content,
    Member,
    Contrast,
    Containment,
    Cause,
    Action,
    EffectCheck,
    DocumentUpdate,
    Deployment,
    CostLine,
    Submission,
)
"""Every kind of row of a case."""
