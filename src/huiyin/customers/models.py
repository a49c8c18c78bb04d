"""Customers, the people who speak for them, and what was delivered to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from huiyin.customers.names import other_initials, spell_name
from huiyin.customers.telephones import normalise_number
from huiyin.people.models import Person
from huiyin.records.models import Part, Record


def _digits() -> models.CharField[str, str]:
    """A telephone number as it is looked up, forwards or backwards."""
    return models.CharField(max_length=40, blank=True, db_index=True)


class Customer(Record):
    """A company or person we serve (ISO 9000 3.2.4); known by our code, or by that of the company's other systems."""

    kind = "customer"
    known_people: Sequence[Any] | None = None
    """The contact persons, where an import knows them before they stand in the database."""

    code = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=120, db_index=True)
    short_name = models.CharField(max_length=60, blank=True, db_index=True)
    name_en = models.CharField(max_length=160, blank=True)
    pinyin = models.CharField(max_length=240, blank=True, db_index=True)
    initials = models.CharField(max_length=60, blank=True, db_index=True)
    name_initials = models.CharField(max_length=120, blank=True, db_index=True)
    tier = models.CharField(max_length=4, blank=True)
    enterprise_kind = models.CharField(max_length=60, blank=True)
    main_products = models.CharField(max_length=300, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(max_length=40, blank=True)
    telephone_digits = _digits()
    telephone_reversed = _digits()
    fax = models.CharField(max_length=40, blank=True)
    remark = models.TextField(blank=True)
    warranty_months = models.PositiveSmallIntegerField(null=True, blank=True)
    salesperson = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["-opened_at", "-id"], name="customer_opened"),
            models.Index(fields=["tier", "-opened_at", "-id"], name="customer_tier"),
        ]

    @property
    def subject(self) -> str:
        """The name people use in speech."""
        return self.short_name or self.name

    def derive(self) -> None:
        """Fill the columns that follow from others: spelling and telephone digits; call before saving."""
        words = spell_name(self.name, self.short_name)
        self.pinyin, self.initials, self.name_initials = words.pinyin, words.initials, words.name_initials
        self.telephone_digits = normalise_number(self.telephone)
        self.telephone_reversed = self.telephone_digits[::-1]

    def search_text(self) -> str:
        """The words under which a customer is found: those people read first, then letters and bare digits."""
        words = [
            self.number,
            self.code,
            self.name,
            self.short_name,
            self.name_en,
            self.address,
            self.telephone,
            self.main_products,
            self.remark,
            *self.own_words(),
        ]
        letters = [self.pinyin, self.initials, self.name_initials, self.telephone_digits]
        letters += other_initials(self.short_name or self.name, self.initials)
        for person in self.contact_people.all() if self.known_people is None else self.known_people:
            words += [person.name, person.mobile, person.telephone, person.email]
            letters += [person.pinyin, person.mobile_digits]
        return "\n".join(word for word in dict.fromkeys([*words, *letters]) if word)


class ContactPerson(Part):
    """Somebody who speaks for a customer, and in what capacity."""

    part_kind = "contact_person"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="contact_people")
    version = models.PositiveIntegerField(default=0)
    name = models.CharField(max_length=60, db_index=True)
    pinyin = models.CharField(max_length=120, blank=True, db_index=True)
    initials = models.CharField(max_length=40, blank=True, db_index=True)
    post = models.CharField(max_length=60, blank=True)
    role = models.CharField(max_length=30, blank=True)
    mobile = models.CharField(max_length=40, blank=True)
    mobile_digits = _digits()
    mobile_reversed = _digits()
    telephone = models.CharField(max_length=40, blank=True)
    telephone_digits = _digits()
    telephone_reversed = _digits()
    email = models.EmailField(blank=True)
    wechat = models.CharField(max_length=60, blank=True)
    remark = models.CharField(max_length=300, blank=True)
    left_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name

    def derive(self) -> None:
        """Fill the columns that follow from others: spelling and telephone digits; call before saving."""
        words = spell_name(self.name, person=True)
        self.pinyin, self.initials = words.pinyin, words.initials
        self.mobile_digits, self.telephone_digits = normalise_number(self.mobile), normalise_number(self.telephone)
        self.mobile_reversed, self.telephone_reversed = self.mobile_digits[::-1], self.telephone_digits[::-1]

    @property
    def best_telephone(self) -> str:
        """The number to call first."""
        return self.mobile or self.telephone


class Delivery(Part):
    """Goods shipped to a customer: what, from which batch, when; the base of warranty (P2/4.1)."""

    part_kind = "delivery"

    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="deliveries")
    version = models.PositiveIntegerField(default=0)
    model = models.CharField(max_length=80)
    drawing_revision = models.CharField(max_length=40, blank=True)
    batch = models.CharField(max_length=60, blank=True, db_index=True)
    serial = models.CharField(max_length=80, blank=True, db_index=True)
    serial_to = models.CharField(max_length=80, blank=True)
    order_number = models.CharField(max_length=60, blank=True, db_index=True)
    ship_date = models.DateField(null=True, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    warranty_months = models.PositiveSmallIntegerField(null=True, blank=True)
    warranty_until = models.DateField(null=True, blank=True)
    remark = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["-ship_date", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["customer", "-ship_date", "-id"], name="delivery_customer"),
            models.Index(fields=["model", "batch"], name="delivery_product"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(quantity=None) | Q(quantity__gt=0), name="delivery_quantity_positive"),
        ]

    def __str__(self) -> str:
        return " ".join(part for part in (self.model, self.batch, self.serial) if part)
