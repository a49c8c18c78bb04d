"""What is asked when goods are requested, and when a stock-take is opened."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from huiyin.customers.access import visible_to
from huiyin.customers.models import Customer
from huiyin.kernel.text import Text, t
from huiyin.procedure.schema import Procedure
from huiyin.records import ownfields
from huiyin.records.steps.record_forms import FactForm
from huiyin.returns import serials
from huiyin.returns.actions.values import ReplacementFacts, RequestedLine, StockTakeFacts
from huiyin.returns.models import Replacement
from huiyin.ui import forms
from huiyin.ui.forms import LookupValue
from huiyin.ui.sanitise import row_id

ROWS, UNFOLDED = 8, 2
PARTS = ("way", "model", "batch", "quantity", "unit", "serials")


def options(procedure: Procedure, catalogue: str, *, empty: Text | None = None) -> list[forms.Option]:
    """The options of a catalogue, after an empty one where nothing need be chosen."""
    found: list[forms.Option] = [(o.key, o.label) for o in procedure.catalogue(catalogue)]
    return [("", empty), *found] if empty is not None else found


class CustomerFactForm(FactForm):
    """The facts of a record for a customer, of the register or not; ``kind`` and ``verb`` are the step it is for."""

    kind, verb = "replacement", "request"
    customer = forms.Lookup(
        label=t("客户", "Customer"),
        url="customer_lookup",
        help=t("名称、拼音首字母、编号或电话", "Name, pinyin initials, code or telephone"),
    )

    def prepare(self) -> None:
        """Ask for the company's own fields."""
        ownfields.add_custom_fields(self, self.kind, self.verb, self.procedure)

    def named(self) -> tuple[Customer | None, str]:
        """The customer chosen, if the person may see them, and the name in the box."""
        looked = self.cleaned_data["customer"]
        key = row_id(looked.key)
        found = visible_to(self.person).filter(pk=key).first() if key is not None else None
        return found, found.name if found else looked.text[:120]


class ReplacementForm(CustomerFactForm):
    """《补/换/退货申请单》 as sales support fills it in (P2 4.3-2)."""

    reason = forms.TextField(label=t("申请原因", "Reason"), rows=2)
    urgent = forms.YesNo(
        label=t("紧急", "Urgent"),
        help=t("可先发货，责任部门后补签", "Goods may go first, the department is signed later"),
    )
    urgent_reason = forms.TextInput(label=t("紧急原因", "Why it is urgent"), required=False)
    receiver = forms.TextInput(label=t("收货人", "Receiver"), required=False, max_length=60)
    telephone = forms.TextInput(label=t("电话", "Telephone"), required=False, max_length=40, kind="tel")
    address = forms.TextInput(label=t("收货地址", "Address"), required=False, max_length=300)
    unfolded = UNFOLDED

    def prepare(self) -> None:
        """A number of rows of goods, as many unfolded as are filled."""
        super().prepare()
        units = options(self.procedure, "unit")
        ways = options(self.procedure, "way", empty=t("—", "—"))
        for i in range(ROWS):
            self.fields[f"way_{i}"] = forms.Choice(label=t("方式", "Way"), options=ways, required=False)
            self.fields[f"model_{i}"] = forms.TextInput(label=t("型号规格", "Model"), required=False, max_length=80)
            self.fields[f"batch_{i}"] = forms.TextInput(label=t("批次号", "Batch"), required=False, max_length=60)
            self.fields[f"quantity_{i}"] = forms.Number(
                label=t("数量", "Quantity"), required=False, decimals=3, least=0
            )
            self.fields[f"unit_{i}"] = forms.Choice(label=t("单位", "Unit"), options=units, required=False)
            self.fields[f"serials_{i}"] = forms.TextField(
                label=t("序列号", "Serial numbers"),
                required=False,
                rows=1,
                help=t("一行一个，或用逗号隔开", "One a line, or with commas between"),
            )
            self.initial.setdefault(f"unit_{i}", units[0][0])
        self.unfolded = max([UNFOLDED, *(i + 1 for i in range(ROWS) if self.initial.get(f"model_{i}"))])

    def rows(self) -> list[dict[str, Any]]:
        """The bound fields of each row."""
        return [{name: self[f"{name}_{i}"] for name in PARTS} for i in range(ROWS)]

    def clean(self) -> dict[str, Any]:
        """A row that says anything says what, how many and in which way; an urgent request says why."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for i in range(ROWS):
            row = {name: cleaned.get(f"{name}_{i}") for name in PARTS}
            if not (row["way"] or row["model"] or row["quantity"]):
                continue
            for name in ("way", "model", "quantity"):
                if not row[name] and f"{name}_{i}" not in self.errors:
                    self.refuse_field(f"{name}_{i}", t("请填写第 {n} 行的这一项", "Fill this in for row {n}", n=i + 1))
        if cleaned.get("urgent") and not cleaned.get("urgent_reason"):
            self.refuse_field("urgent_reason", t("请写明为什么紧急", "Say why it is urgent"))
        return cleaned

    def lines(self) -> tuple[RequestedLine, ...]:
        """The rows that hold something."""
        c = self.cleaned_data
        return tuple(
            RequestedLine(
                c[f"way_{i}"],
                c[f"model_{i}"],
                c[f"quantity_{i}"],
                c[f"unit_{i}"],
                c[f"batch_{i}"],
                c[f"serials_{i}"],
            )
            for i in range(ROWS)
            if c[f"way_{i}"] and c[f"model_{i}"] and c[f"quantity_{i}"]
        )

    def values(self) -> dict[str, Any]:
        """What is asked for; of a complaint that it is asked for, how much that speaks of."""
        c, (customer, name) = self.cleaned_data, self.named()
        claimable, unit = claimable_of(self.about) if self.about is not None else (None, "")
        facts = ReplacementFacts(
            customer_name=name,
            customer=customer,
            reason=c["reason"],
            lines=self.lines(),
            receiver=c["receiver"],
            telephone=c["telephone"],
            address=c["address"],
            urgent=c["urgent"],
            urgent_reason=c["urgent_reason"],
            claimable=claimable,
            claimable_unit=unit,
            extra=ownfields.custom_values(self),
        )
        return {"facts": facts}

    @classmethod
    def initial_of(cls, record: Replacement) -> dict[str, Any]:
        """What the form shows of a request that is to be corrected."""
        names = ("reason", "urgent", "urgent_reason", "receiver", "telephone", "address")
        known: dict[str, Any] = record.own_facts | {name: getattr(record, name) for name in names}
        known["customer"] = LookupValue(record.customer_name, str(record.customer_id or ""))
        for i, line in enumerate(record.lines.order_by("id")):
            known |= {f"{name}_{i}": getattr(line, name) for name in PARTS}
        return known


def known_from(about: Any) -> dict[str, Any]:
    """What a record of another room (a complaint) says already, by whatever of these facts it has."""
    known: dict[str, Any] = {
        "customer": LookupValue(
            getattr(about, "customer_name", "") or getattr(about, "who", ""),
            str(getattr(about, "customer_id", "") or ""),
        ),
        "receiver": getattr(about, "caller_name", ""),
        "telephone": getattr(about, "caller_phone", ""),
        "reason": getattr(about, "problem", ""),
    }
    for name in ("model", "batch", "unit"):
        known[f"{name}_0"] = getattr(about, name, "")
    known["serials_0"] = serials.one_per_line(getattr(about, "serial", ""))
    known["quantity_0"] = claimable_of(about)[0]
    return {name: value for name, value in known.items() if value not in ("", None)}


def claimable_of(about: Any) -> tuple[Decimal | None, str]:
    """How much a complaint speaks of, and in which unit: the greater of what is complained of and what is defective."""
    found = [getattr(about, name, None) for name in ("complained_quantity", "defect_quantity")]
    known = [value for value in found if value is not None]
    return (max(known) if known else None), getattr(about, "unit", "")


class StockTakeForm(CustomerFactForm):
    """A joint stock-take as it is opened (P2 4.5-4)."""

    kind, verb = "stock-take", "open"

    material = forms.TextInput(label=t("物料", "Material"), max_length=120)
    batch = forms.TextInput(label=t("批次", "Batch"), required=False, max_length=60)
    claim = forms.TextField(label=t("客户所称情况", "What the customer says"), rows=2)
    direction = forms.Segments(label=t("客户说", "The customer says"))
    claimed = forms.Number(label=t("差多少", "By how much"), decimals=3, least=0)
    unit = forms.Choice(label=t("单位", "Unit"))

    def prepare(self) -> None:
        """Both directions of a difference, and the units."""
        super().prepare()
        self.add_choices(
            "direction",
            [("less", t("少收了", "They got too little")), ("more", t("多收了", "They got too much"))],
        )
        units = options(self.procedure, "unit")
        self.add_choices("unit", units)
        self.initial["unit"] = self.initial.get("unit") or units[0][0]
        self.initial.setdefault("direction", "less")

    def values(self) -> dict[str, Any]:
        """What is to be counted; too much received counts negative."""
        c, (customer, name) = self.cleaned_data, self.named()
        claimed = c["claimed"] if c["direction"] == "less" else -c["claimed"]
        facts = StockTakeFacts(
            material=c["material"],
            unit=c["unit"],
            claim=c["claim"],
            claimed=claimed,
            customer_name=name,
            customer=customer,
            batch=c["batch"],
            extra=ownfields.custom_values(self),
        )
        return {"facts": facts}


def stock_take_known_from(about: Any) -> dict[str, Any]:
    """What a complaint says already of what is to be counted."""
    known = known_from(about)
    return {
        "customer": known.get("customer"),
        "material": known.get("model_0", ""),
        "batch": known.get("batch_0", ""),
        "claim": known.get("reason", ""),
        "claimed": known.get("quantity_0"),
        "unit": known.get("unit_0", ""),
    }
