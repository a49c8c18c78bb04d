"""Forms of the customer file: input becomes clean values; nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from huiyin.customers.access import visible_to
from huiyin.customers.models import Customer
from huiyin.customers.values import (
    CONTACT,
    CUSTOMER,
    DELIVERY,
    ContactPersonFacts,
    CustomerFacts,
    DeliveryFacts,
    code_fault,
)
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records import ownfields
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms

NOT_CHOSEN: tuple[str, str | Text] = ("", t("—", "—"))
TIERS = ("A", "B", "C")
MOST_MONTHS = 240


def options(procedure: Procedure, catalogue: str) -> list[tuple[str, str | Text]]:
    """The options of a catalogue, with an empty one first."""
    return [NOT_CHOSEN, *((option.key, option.label) for option in procedure.catalogue(catalogue))]


class CustomerFileForm(FactForm):
    """Facts of a customer or of a part of its file: filled with what stands on a row, read as the row's facts."""

    facts_of: Any  # the class of the facts

    @classmethod
    def initial_of(cls, row: Any) -> dict[str, Any]:
        """What stands on ``row``, by field."""
        return {name: getattr(row, name) for name in cls.facts_of.names()}

    def values(self) -> dict[str, Any]:
        """The facts."""
        return {"facts": self.facts_of(**self.by_name())}

    def by_name(self) -> dict[str, Any]:
        """The clean values of the facts; months as a whole number."""
        values = {name: self.cleaned_data.get(name) for name in self.facts_of.names()}
        months = values.get("warranty_months")
        return values if months is None else {**values, "warranty_months": int(months)}


class CustomerForm(CustomerFileForm):
    """The customer's card."""

    facts_of = CustomerFacts

    name = forms.TextInput(
        label=CUSTOMER["name"],
        max_length=120,
        autofocus=True,
        help=t("营业执照上的全称", "In full, as registered"),
    )
    short_name = forms.TextInput(
        label=CUSTOMER["short_name"],
        required=False,
        max_length=60,
        help=t("大家怎么称呼，用它的拼音首字母查找", "What people call it; found by its initials"),
    )
    name_en = forms.TextInput(label=CUSTOMER["name_en"], required=False, max_length=160)
    code = forms.TextInput(
        label=CUSTOMER["code"],
        required=False,
        max_length=40,
        help=t("留空则自动编号", "Numbered by the system if left empty"),
    )
    tier = forms.Segments(label=CUSTOMER["tier"], required=False)
    salesperson = forms.Choice(label=CUSTOMER["salesperson"], required=False)
    telephone = forms.TextInput(label=CUSTOMER["telephone"], required=False, max_length=40, kind="tel")
    fax = forms.TextInput(label=CUSTOMER["fax"], required=False, max_length=40, kind="tel")
    address = forms.TextInput(label=CUSTOMER["address"], required=False, max_length=300)
    enterprise_kind = forms.TextInput(label=CUSTOMER["enterprise_kind"], required=False, max_length=60)
    main_products = forms.TextInput(label=CUSTOMER["main_products"], required=False, max_length=300)
    warranty_months = forms.Number(
        label=CUSTOMER["warranty_months"],
        required=False,
        least=0,
        most=MOST_MONTHS,
        unit=t("个月", "months"),
        help=t("与这位客户另有约定时填写", "If agreed otherwise with this customer"),
    )
    remark = forms.TextField(label=CUSTOMER["remark"], required=False)
    another = forms.YesNo(label=t("确是另一家同名客户", "Another customer of the same name"))

    verb = "change"

    @classmethod
    def initial_of(cls, row: Customer) -> dict[str, Any]:
        """What stands on the customer's card."""
        return {**row.own_facts, **super().initial_of(row), "salesperson": row.salesperson_id or ""}

    def prepare(self) -> None:
        """The company's own fields, the tiers, and who may be salesperson: everybody at work, and who is it now."""
        customer = self.record
        ownfields.add_custom_fields(self, "customer", self.verb, self.procedure)
        self.doubles: Sequence[Customer] = ()
        held_tier = {customer.tier} if customer is not None and customer.tier else set()
        tiers = [*TIERS, *sorted(held_tier - set(TIERS))]
        self.add_choices("tier", [NOT_CHOSEN, *((tier, tier) for tier in tiers)])
        staff = Person.objects.filter(is_active=True).only("name", "name_en")
        people = {str(person.pk): person for person in staff}
        if customer is not None and customer.salesperson is not None:
            people.setdefault(str(customer.salesperson_id), customer.salesperson)
        self._people = people
        self.add_choices("salesperson", [NOT_CHOSEN, *((key, person.display_name) for key, person in people.items())])

    def clean(self) -> dict[str, Any]:
        """A code must fit into addresses; a second customer of a name the person sees already must be meant so."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        fault = code_fault(cleaned["code"]) if cleaned.get("code") else None
        if fault is not None:
            self.refuse_field("code", fault)
        name = cleaned.get("name")
        if name and self.record is None and not cleaned.get("another"):
            self.doubles = list(visible_to(self.person).filter(name=name)[:3])
            if self.doubles:
                codes = "、".join(double.code for double in self.doubles)
                self.refuse_field(
                    "name",
                    t("已有同名客户：{codes}", "There is a customer of this name: {codes}", codes=codes),
                )
        return cleaned

    def by_name(self) -> dict[str, Any]:
        """The clean values, the salesperson as a person, the company's own fields over what is kept."""
        held = self.record.extra if self.record is not None else {}
        return {
            **super().by_name(),
            "salesperson": self._people.get(self.cleaned_data.get("salesperson") or ""),
            "extra": ownfields.merged_extra(held, ownfields.custom_values(self)),
        }


class CustomerRegisterForm(CustomerForm):
    """A new customer with the first person to speak to."""

    contact_name = forms.TextInput(label=t("联系人", "Contact person"), required=False, max_length=60)
    contact_role = forms.Choice(label=CONTACT["role"], required=False)
    contact_mobile = forms.TextInput(label=CONTACT["mobile"], required=False, max_length=40, kind="tel")
    contact_email = forms.TextInput(label=CONTACT["email"], required=False, max_length=254, kind="email")

    verb = "register"

    def prepare(self) -> None:
        """With the roles of contact persons."""
        super().prepare()
        self.add_choices("contact_role", options(self.procedure, "contact_role"))

    def values(self) -> dict[str, Any]:
        """The customer's facts, and those of the contact person."""
        return {**super().values(), "contact": self.contact()}

    def contact(self) -> ContactPersonFacts | None:
        """The contact person, if one was named."""
        cleaned = self.cleaned_data
        if not cleaned.get("contact_name"):
            return None
        return ContactPersonFacts(
            name=cleaned["contact_name"],
            role=cleaned["contact_role"],
            mobile=cleaned["contact_mobile"],
            email=cleaned["contact_email"],
        )


class ContactPersonForm(CustomerFileForm):
    """A contact person."""

    facts_of = ContactPersonFacts

    name = forms.TextInput(label=CONTACT["name"], max_length=60, autofocus=True)
    role = forms.Choice(label=CONTACT["role"], required=False)
    post = forms.TextInput(label=CONTACT["post"], required=False, max_length=60)
    mobile = forms.TextInput(label=CONTACT["mobile"], required=False, max_length=40, kind="tel")
    telephone = forms.TextInput(label=CONTACT["telephone"], required=False, max_length=40, kind="tel")
    email = forms.TextInput(label=CONTACT["email"], required=False, max_length=254, kind="email")
    wechat = forms.TextInput(label=CONTACT["wechat"], required=False, max_length=60)
    remark = forms.TextInput(label=CONTACT["remark"], required=False, max_length=300)
    left_on = forms.Day(
        label=CONTACT["left_on"],
        required=False,
        help=t("离任后不再列为可选联系人", "No longer offered from then on"),
    )

    def prepare(self) -> None:
        """The roles of contact persons."""
        self.add_choices("role", options(self.procedure, "contact_role"))


class DeliveryForm(CustomerFileForm):
    """A delivery."""

    facts_of = DeliveryFacts

    model = forms.TextInput(label=DELIVERY["model"], max_length=80, autofocus=True)
    drawing_revision = forms.TextInput(label=DELIVERY["drawing_revision"], required=False, max_length=40)
    batch = forms.TextInput(label=DELIVERY["batch"], required=False, max_length=60)
    serial = forms.TextInput(label=DELIVERY["serial"], required=False, max_length=80)
    serial_to = forms.TextInput(
        label=DELIVERY["serial_to"],
        required=False,
        max_length=80,
        help=t("连续多台时填最后一台", "The last one of a range"),
    )
    order_number = forms.TextInput(label=DELIVERY["order_number"], required=False, max_length=60)
    ship_date = forms.Day(label=DELIVERY["ship_date"], required=False)
    quantity = forms.Number(label=DELIVERY["quantity"], required=False, decimals=3, least=0)
    unit = forms.Choice(label=DELIVERY["unit"], required=False)
    warranty_months = forms.Number(
        label=DELIVERY["warranty_months"], required=False, least=0, most=MOST_MONTHS, unit=t("个月", "months")
    )
    warranty_until = forms.Day(
        label=DELIVERY["warranty_until"],
        required=False,
        help=t("填了它就以它为准", "If given, this day counts"),
    )
    remark = forms.TextInput(label=DELIVERY["remark"], required=False, max_length=300)

    def prepare(self) -> None:
        """The units of quantities."""
        self.add_choices("unit", options(self.procedure, "unit"))

    def clean(self) -> dict[str, Any]:
        """A range needs its first number, warranty ends after shipment, and a quantity is above zero."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        shipped, until = cleaned.get("ship_date"), cleaned.get("warranty_until")
        if shipped and until and until < shipped:
            self.refuse_field("warranty_until", t("早于发货日期", "It lies before the ship date"))
        if cleaned.get("serial_to") and not cleaned.get("serial"):
            self.refuse_field("serial", t("请填起始机号", "Fill in the first serial number"))
        if cleaned.get("quantity") is not None and not cleaned["quantity"]:
            self.refuse_field("quantity", t("数量要大于零", "A quantity is above zero"))
        return cleaned


class RetireForm(RecordForm):
    """Why we no longer deal with a customer."""

    reason = forms.TextField(label=t("停用原因", "Why"), rows=2, autofocus=True)
