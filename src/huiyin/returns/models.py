"""A request to send again, exchange, take back or pay, with all that becomes of it; and the joint stock-take."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from huiyin.customers.models import Customer
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.models import Part, Record


def _person(**options: Any) -> Any:
    return models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, **options
    )


def _quantity(**options: Any) -> Any:
    return models.DecimalField(max_digits=14, decimal_places=3, **options)


def _money() -> Any:
    return models.DecimalField(max_digits=14, decimal_places=2)


class Replacement(Record):
    """《补/换/退货申请单》: what a customer is to get for faulty or missing goods, until nothing is left (P2 4.4-2)."""

    kind = "replacement"
    owner_is = t("申请人", "whoever requested it")
    ties = True

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="replacements")
    customer_name = models.CharField(max_length=120)
    receiver = models.CharField(max_length=60, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    reason = models.TextField()
    urgent = models.BooleanField(default=False)
    urgent_reason = models.TextField(blank=True)
    claimable = _quantity(null=True)
    claimable_unit = models.CharField(max_length=20, blank=True)
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    responsible = models.ForeignKey(Department, on_delete=models.PROTECT, null=True, related_name="+")
    sign_note = models.TextField(blank=True)
    signed_by = _person()
    signed_at = models.DateTimeField(null=True)
    deny_reason = models.TextField(blank=True)
    withdraw_reason = models.TextField(blank=True)
    closing_note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="replacement_opened"),
            models.Index(fields=["phase", "-opened_at", "-id"], name="replacement_phase"),
            models.Index(fields=["state", "-opened_at", "-id"], name="replacement_state"),
        ]

    @property
    def subject(self) -> str:
        """The customer and the first goods asked for."""
        first = self.lines.order_by("id").values_list("model", flat=True).first() if self.pk else ""
        return " · ".join(word for word in (self.customer_name, first) if word)

    @property
    def left_to_ship(self) -> bool:
        """Whether goods are still to be sent; obligations of the pack may depend on it."""
        from huiyin.returns.balance import balance_of

        return balance_of(self).to_ship > 0

    @property
    def skipped_states(self) -> frozenset[str]:
        """States of the straight way that this request did not go through."""
        return frozenset() if self.urgent else frozenset({"ahead"})

    def search_text(self) -> str:
        """The words under which a request is found."""
        words = [self.number, self.customer_name, self.receiver, self.address, self.reason]
        for line in self.lines.order_by("id"):
            words += [line.model, line.batch, line.serials]
        for sent in self.shipments.order_by("id"):
            words += [sent.carrier, sent.waybill]
        return "\n".join(word for word in words if word)


class ReplacementPart(Part):
    """A row that belongs to a request."""

    replacement: Any

    class Meta:
        abstract = True


class Line(ReplacementPart):
    """Goods of one model and batch, and the way they are made good."""

    part_kind = "replacement-line"
    RESUPPLY, EXCHANGE, RETURN = "resupply", "exchange", "return"
    SENDING, TAKING = frozenset({RESUPPLY, EXCHANGE}), frozenset({EXCHANGE, RETURN})

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="lines")
    way = models.CharField(max_length=20)
    model = models.CharField(max_length=80)
    batch = models.CharField(max_length=60, blank=True)
    serials = models.TextField(blank=True)
    quantity = _quantity()
    unit = models.CharField(max_length=20)
    signed_quantity = _quantity(null=True)
    not_sent = _quantity(default=0)
    not_returned = _quantity(default=0)

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Model and batch, as people call the goods."""
        return " · ".join(word for word in (self.model, self.batch) if word)


class StatefulPart(ReplacementPart):
    """A part that goes through states of its own."""

    state = models.CharField(max_length=30)
    previous_state = models.CharField(max_length=100, blank=True)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class Shipment(StatefulPart):
    """Goods sent to the customer at once, with one waybill."""

    part_kind = "shipment"

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="shipments")
    place = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField()
    sent_by = _person()
    carrier = models.CharField(max_length=80, blank=True)
    waybill = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    received_on = models.DateField(null=True)
    received_by_name = models.CharField(max_length=60, blank=True)
    receipt_note = models.CharField(max_length=300, blank=True)

    rows: list[ShippedRow]  # what it holds, where a page has read them together

    def __str__(self) -> str:
        return f"{self.carrier} {self.waybill}".strip() or f"{self.place}"

    @property
    def owed_again(self) -> bool:
        """Whether some of it did not arrive and is to be sent again; obligations of the pack depend on it.

        Before the request is signed nothing is owed yet: the late signature opens what is left then.
        """
        if self.replacement.state != "signed" or not self.replacement.left_to_ship:
            return False
        return self.shipped.filter(received_quantity__lt=models.F("quantity")).exists()

    @property
    def title(self) -> Text:
        """Which shipment of the request it is."""
        return t("第 {n} 批", "Shipment {n}", n=self.place)

    @property
    def about(self) -> str:
        """Carrier and waybill."""
        return " ".join(word for word in (self.carrier, self.waybill) if word)


class ShippedRow(ReplacementPart):
    """How much of one line is in a shipment, under which serial numbers, and how much of it the customer received."""

    part_kind = "shipped-row"

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="shipped_rows")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="shipped")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="shipped")
    quantity = _quantity()
    serials = models.TextField(blank=True)
    received_quantity = _quantity(null=True)

    def __str__(self) -> str:
        return f"{self.quantity}"


class Consent(ReplacementPart):
    """The customer's word that goods may be sent back: who, when, how and how many (P1 5.4.1.4)."""

    part_kind = "consent"

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="consents")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="consents")
    quantity = _quantity()
    who = models.CharField(max_length=60)
    channel = models.CharField(max_length=30)
    consented_on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    by = _person()

    def __str__(self) -> str:
        return self.who


class Lot(StatefulPart):
    """Goods that came back: received, inspected by quality, disposed of as nonconforming output (ISO 9001 8.7)."""

    part_kind = "lot"

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="lots")
    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="lots")
    quantity = _quantity()
    serials = models.TextField(blank=True)
    arrived_at = models.DateTimeField()
    arrived_by = _person()
    condition = models.CharField(max_length=300)
    good = _quantity(null=True)
    bad = _quantity(null=True)
    findings = models.TextField(blank=True)
    inspected_by = _person()
    inspected_at = models.DateTimeField(null=True)

    rows: list[Disposal]  # what became of it, where a page has read them together

    def __str__(self) -> str:
        return f"{self.line_id} {self.quantity}"

    @property
    def title(self) -> str:
        """What came back."""
        return self.line.name

    @property
    def about(self) -> str:
        """In which condition it came."""
        return self.condition


class Disposal(ReplacementPart):
    """What became of some of a returned lot: of its good or of its bad goods."""

    part_kind = "disposal"
    RESTOCK, REWORK, SCRAP, SUPPLIER, CUSTOMER = "restock", "rework", "scrap", "supplier", "customer"
    FOR_GOOD = (RESTOCK, CUSTOMER)
    FOR_BAD = (REWORK, SCRAP, SUPPLIER, CUSTOMER)

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="disposals")
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="disposed")
    of_good = models.BooleanField()
    disposal = models.CharField(max_length=20)
    quantity = _quantity()
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = _person()

    def __str__(self) -> str:
        return self.disposal


class Award(StatefulPart):
    """Compensation: asked for, decided by whoever may decide the sum, only then promised and paid (P6, authority)."""

    part_kind = "award"
    APPROVED, SETTLED = ("approved", "promised", "paid"), ("denied", "paid", "dropped")

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="awards")
    amount = _money()
    currency = models.CharField(max_length=3)
    reason = models.CharField(max_length=300)
    asked_by = _person()
    asked_at = models.DateTimeField()
    waits_for = models.CharField(max_length=40, blank=True)
    endorsed: Any = models.JSONField(default=list)
    decided_by = _person()
    decided_at = models.DateTimeField(null=True)
    decision_note = models.CharField(max_length=300, blank=True)
    told_who = models.CharField(max_length=60, blank=True)
    told_on = models.DateField(null=True)
    paid_on = models.DateField(null=True)
    payment_note = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.amount} {self.currency}"

    @property
    def title(self) -> str:
        """The sum."""
        return f"{self.amount:,.2f} {self.currency}"

    @property
    def about(self) -> str:
        """What it is for."""
        return self.reason


class Loss(ReplacementPart):
    """What the matter cost: freight, labour, material, the customer's claim; who bears it where that is known."""

    part_kind = "loss"
    FREIGHT = "freight"

    replacement = models.ForeignKey(Replacement, on_delete=models.PROTECT, related_name="losses")
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, null=True, related_name="losses")
    loss = models.CharField(max_length=20)
    amount = _money()
    currency = models.CharField(max_length=3)
    borne_by = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()
    by = _person()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["-at", "-id"], name="loss_at")]

    def __str__(self) -> str:
        return f"{self.loss} {self.amount}"


class StockTake(Record):
    """《盘点表》: finance, quality and warehouse count together where neither side can prove (P2 4.5-4)."""

    kind = "stock-take"
    owner_is = t("发起人", "whoever opened it")
    ties = True

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, null=True, related_name="stock_takes")
    customer_name = models.CharField(max_length=120)
    material = models.CharField(max_length=120)
    batch = models.CharField(max_length=60, blank=True)
    unit = models.CharField(max_length=20)
    claim = models.TextField()
    claimed = _quantity()
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    book = _quantity(null=True)
    book_by = _person()
    book_at = models.DateTimeField(null=True)
    card = _quantity(null=True)
    card_by = _person()
    card_at = models.DateTimeField(null=True)
    goods = _quantity(null=True)
    goods_by = _person()
    goods_at = models.DateTimeField(null=True)
    verdict = models.CharField(max_length=20, blank=True)
    remark = models.TextField(blank=True)
    cancel_reason = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="stock_take_opened"),
            models.Index(fields=["phase", "-opened_at", "-id"], name="stock_take_phase"),
        ]

    @property
    def subject(self) -> str:
        """Material and customer."""
        return " · ".join(word for word in (self.material, self.batch, self.customer_name) if word)

    def search_text(self) -> str:
        """The words under which a stock-take is found."""
        words = (self.number, self.material, self.batch, self.customer_name, self.claim, self.remark)
        return "\n".join(word for word in words if word)
