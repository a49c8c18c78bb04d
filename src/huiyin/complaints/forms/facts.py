"""What is asked at intake and corrected later: customer, product, quantities, problem, demands, promise (P2 4.1)."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from huiyin.complaints.actions.values import ComplaintFacts, DemandInput, PromiseInput
from huiyin.complaints.models import Complaint
from huiyin.contacts.forms import IntakeForm
from huiyin.customers.access import visible_to
from huiyin.customers.models import ContactPerson, Customer, Delivery
from huiyin.kernel.text import Text, t
from huiyin.procedure.kind_entries import FieldEntry
from huiyin.procedure.schema import Procedure
from huiyin.records import ownfields
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms
from huiyin.ui.sanitise import row_id

NOT_CHOSEN: tuple[str, Text] = ("", t("—", "—"))
QUANTITIES = {
    "shipped_quantity": t("发货数量", "Shipped"),
    "complained_quantity": t("投诉数量", "Complained"),
    "verified_quantity": t("核实数量", "Verified"),
    "defect_quantity": t("不良数量", "Defective"),
}


def options(procedure: Procedure, catalogue: str, *, empty: bool = False) -> list[tuple[str, str | Text]]:
    """The options of a catalogue as form choices, with an empty one where nothing need be chosen."""
    found: list[tuple[str, str | Text]] = [(o.key, o.label) for o in procedure.catalogue(catalogue)]
    return [NOT_CHOSEN, *found] if empty else found


@dataclass(frozen=True, slots=True)
class IntakeFields:
    """Names of fields asked while the customer is on the line, and of those known only later.

    ``open`` says that one of the later ones holds something, or a mistake.
    """

    asked: list[str]
    later: list[str]
    open: bool = False


PRODUCT = ("model", "batch", "serial", "ship_date", "defect_quantity", "unit", "sample")
COLUMNS = (
    "model",
    "drawing_revision",
    "batch",
    "serial",
    "order_number",
    "ship_date",
    "defect",
    "detection",
    "sample",
    "stage",
    "severity",
)
COPIED = ("received_at", "channel", "caller_name", "caller_phone", "problem", *COLUMNS, *QUANTITIES)
"""Facts that the form asks under the names of the columns."""
MORE = ("drawing_revision", "order_number", "shipped_quantity", "complained_quantity", "verified_quantity")


class ComplaintFactsForm(FactForm):
    """The facts of a complaint, as they are registered and corrected."""

    verb = "supplement"
    own: tuple[FieldEntry, ...]

    received_at = forms.Moment(label=t("接到时间", "Received at"))
    channel = forms.Choice(label=t("来源渠道", "Channel"))
    stage = forms.Choice(label=t("沟通阶段", "Stage"), required=False)
    customer = forms.Lookup(
        label=t("客户", "Customer"),
        url="customer_lookup",
        required=False,
        help=t("名称、拼音首字母、编号或电话", "Name, pinyin initials, code or telephone"),
        autofocus=True,
    )
    contact_person = forms.Hidden(required=False)
    caller_name = forms.TextInput(label=t("来电人", "Caller"), required=False, max_length=60)
    caller_phone = forms.TextInput(label=t("电话", "Telephone"), required=False, max_length=40, kind="tel")
    delivery = forms.Lookup(
        label=t("对应发货", "Delivery"),
        url="delivery_lookup",
        required=False,
        help=t("批次、机号或订单号", "Batch, serial or order number"),
    )
    model = forms.TextInput(label=t("型号规格", "Model"), required=False, max_length=80)
    drawing_revision = forms.TextInput(label=t("图纸版本", "Drawing revision"), required=False, max_length=40)
    batch = forms.TextInput(label=t("批次号", "Batch"), required=False, max_length=60)
    serial = forms.TextInput(label=t("机号", "Serial number"), required=False, max_length=80)
    order_number = forms.TextInput(label=t("订单号", "Order number"), required=False, max_length=60)
    ship_date = forms.Day(label=t("发货日期", "Ship date"), required=False)
    unit = forms.Choice(label=t("单位", "Unit"), required=False)
    problem = forms.TextField(
        label=t("问题描述", "Problem"), rows=4, help=t("照客户的原话写", "In the customer's own words")
    )
    detection = forms.Choice(label=t("发现环节", "Detected at"), required=False)
    defect = forms.Choice(label=t("缺陷", "Defect"), required=False)
    severity = forms.Choice(label=t("严重程度", "Severity"), required=False)
    sample = forms.TextInput(
        label=t("样品", "Sample"),
        required=False,
        help=t("何物、几件、现在哪里", "What, how many, where it is kept"),
    )
    demands = forms.Choices(label=t("客户的要求", "The customer demands"), required=False)

    def prepare(self) -> None:
        """The procedure's choices, quantities, a size for each demand, its own fields."""
        procedure = self.procedure
        for name in ("stage", "detection", "defect", "severity"):
            self.add_choices(name, options(procedure, name, empty=True))
        self.add_choices("channel", options(procedure, "channel"))
        units = options(procedure, "unit")
        self.add_choices("unit", units)
        self.initial.setdefault("unit", units[0][0] if units else "")
        self.add_choices("demands", options(procedure, "demand"))
        for name, label in QUANTITIES.items():
            self.fields[name] = forms.Number(label=label, required=False, decimals=3, least=0)
        for key, words in options(procedure, "demand"):
            self.fields[f"demand_quantity__{key}"] = forms.Number(
                label=t("{what}：数量", "{what}: quantity", what=words), required=False, decimals=3, least=0
            )
            self.fields[f"demand_amount__{key}"] = forms.Amount(
                label=t("{what}：金额", "{what}: amount", what=words),
                required=False,
                currency=procedure.currency,
            )
        self._own_fields(procedure)

    def _own_fields(self, procedure: Procedure) -> None:
        """The procedure's own fields, and the marks on built-in ones that this step requires."""
        ownfields.add_custom_fields(self, "complaint", self.verb, procedure)
        step = procedure.step(f"complaint.{self.verb}")
        for name in step.requires if step else ():
            if name in self.fields:
                self.fields[name].required = True

    @property
    def own_by_time(self) -> IntakeFields:
        """The procedure's own fields by when they are asked for."""
        early = {"register", "verify"}
        asked = [f.name for f in self.own if early & set(f.required_for)]
        return self._split(asked, [f.name for f in self.own if f.name not in asked])

    @property
    def product(self) -> IntakeFields:
        """The built-in fields of product and quantity; what the first steps require is asked at once."""
        steps = (self.procedure.step(f"complaint.{verb}") for verb in ("register", "verify"))
        early = {name for step in steps if step for name in step.requires}
        asked = [*PRODUCT, *(name for name in MORE if name in early)]
        return self._split(asked, [name for name in MORE if name not in early])

    def _split(self, asked: list[str], later: list[str]) -> IntakeFields:
        filled = any(self[name].errors or self[name].value() not in (None, "", False) for name in later)
        return IntakeFields(asked, later, filled)

    @property
    def has_demand_sizes(self) -> bool:
        """Whether a quantity or an amount is given for some demand."""
        return any(f.errors or f.value() not in (None, "") for _, *pair in self.demand_rows() for f in pair)

    def demand_rows(self) -> Iterator[tuple[Any, Any, Any]]:
        """For each kind of demand its label and the bound fields of quantity and money."""
        for key, label in options(self.procedure, "demand"):
            yield label, self[f"demand_quantity__{key}"], self[f"demand_amount__{key}"]

    def clean(self) -> dict[str, Any]:
        """Someone must be named: a customer chosen, or at least a caller's name or telephone."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        looked = cleaned.get("customer")
        key = row_id(looked.key) if looked else None
        customer = self._customers().filter(pk=key).first() if key is not None else None
        if customer is None and looked and looked.text:
            customer = self._customers().filter(name=looked.text).first()
            if customer is None and not cleaned.get("caller_name"):
                cleaned["caller_name"] = looked.text[:60]
        if customer is None and not (cleaned.get("caller_name") or cleaned.get("caller_phone")):
            self.refuse_field(
                "customer",
                t("请选择客户，或写下来电人或电话", "Choose a customer, or enter the caller or telephone"),
            )
        cleaned["customer_row"] = customer
        contact = self._part_of(ContactPerson, cleaned.get("contact_person") or "", customer)
        if contact is not None:
            cleaned["caller_name"] = cleaned.get("caller_name") or contact.name
            cleaned["caller_phone"] = cleaned.get("caller_phone") or contact.best_telephone
        cleaned["contact_row"] = contact
        delivery = cleaned.get("delivery")
        cleaned["delivery_row"] = self._part_of(Delivery, delivery.key if delivery else "", customer)
        return cleaned

    def _customers(self) -> QuerySet[Customer]:
        """Customers the person may name: those they may see, and the one the complaint has already."""
        before = self.initial.get("customer")
        kept = row_id(before.key) if isinstance(before, forms.LookupValue) else None
        return Customer.objects.filter(Q(pk__in=visible_to(self.person).values("pk")) | Q(pk=kept or 0))

    @staticmethod
    def _part_of(model: Any, key: str, customer: Customer | None) -> Any:
        pk = row_id(key)
        if customer is None or pk is None:
            return None
        return model.objects.filter(pk=pk, customer=customer).first()

    def values(self) -> dict[str, Any]:
        """What is known of the complaint, and what the customer demands."""
        return {"facts": self.facts(), "demands": self.demanded()}

    def facts(self) -> ComplaintFacts:
        """The clean values as Facts; the contact the complaint was made from stays its source."""
        c = self.cleaned_data
        values: dict[str, Any] = {name: c.get(name) if c.get(name) is not None else _empty(name) for name in COPIED}
        return ComplaintFacts(
            **values,
            customer=c["customer_row"],
            contact_person=c["contact_row"],
            delivery=c["delivery_row"],
            source=self.about if self.record is None else self.record.source,
            unit=c.get("unit") or "piece",
            extra=ownfields.custom_values(self),
        )

    def demanded(self) -> list[DemandInput]:
        """The demands ticked, with quantity and money where given."""
        c = self.cleaned_data
        return [
            DemandInput(key, c.get(f"demand_quantity__{key}"), c.get(f"demand_amount__{key}")) for key in c["demands"]
        ]

    @classmethod
    def initial_of(cls, record: Complaint) -> dict[str, Any]:
        """What the facts form shows of a complaint as it stands."""
        values: dict[str, Any] = {name: getattr(record, name) for name in (*COPIED, "unit")} | record.own_facts
        if record.customer is not None:
            values["customer"] = forms.LookupValue(record.customer.name, str(record.customer_id))
        if record.delivery is not None:
            values["delivery"] = forms.LookupValue(str(record.delivery), str(record.delivery_id))
        values["contact_person"] = str(record.contact_person_id or "")
        demands = list(record.demands.all())
        values["demands"] = [d.demand for d in demands]
        for d in demands:
            values[f"demand_quantity__{d.demand}"], values[f"demand_amount__{d.demand}"] = d.quantity, d.amount
        return values


def _empty(name: str) -> Any:
    return None if name in QUANTITIES or name in ("ship_date", "received_at") else ""


def fact_field(name: str, procedure: Procedure) -> Any:
    """A required form field for one built-in fact of a complaint; None for what is no fact."""
    if name in QUANTITIES:
        return forms.Number(label=QUANTITIES[name], decimals=3, least=0)
    if name not in COLUMNS:
        return None
    field: Any = deepcopy(ComplaintFactsForm.base_fields[name])
    field.required = True
    if name in ("stage", "defect", "detection", "severity"):
        field.choices = options(procedure, name)
    return field


class RegisterComplaintForm(IntakeForm, ComplaintFactsForm):
    """One screen for a telephone call: facts, demands, photographs, and when the customer hears from us."""

    verb = "register"

    promise_text = forms.TextInput(
        label=t("承诺了什么", "What was promised"),
        required=False,
        placeholder=t("例如：给出初步答复", "e.g. a first answer"),
    )

    def values(self) -> dict[str, Any]:
        """What is known, demanded and promised; the files uploaded, and those of the contact that go along."""
        return {
            **super().values(),
            "promise": self.promise(),
            "uploads": self.cleaned_data["photos"],
            "contact_files": self.contact_files(),
        }

    def contact_files(self) -> frozenset[int]:
        """The ids of the contact's files that are ticked; the boxes are the page's, no field of the form."""
        sent: Any = self.data
        return frozenset(int(pk) for pk in sent.getlist("contact_file") if pk.isdecimal() and len(pk) < 19)

    def promise(self) -> PromiseInput | None:
        """The promise made on the telephone, if there was one."""
        moment = self.cleaned_data.get("promised_at")
        if moment is None:
            return None
        text = self.cleaned_data.get("promise_text") or t("给客户回话", "Get back to the customer").show("zh")
        return PromiseInput(text, moment)
