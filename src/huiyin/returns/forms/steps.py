"""The small forms of single steps of a request, its parts and a stock-take."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from huiyin.kernel.text import t
from huiyin.people.models import Department
from huiyin.records.steps.pages import RecordForm
from huiyin.returns.actions.values import (
    CustomerConsent,
    DepartmentSignature,
    DispatchLine,
    DisposalEntry,
    LossEntry,
    ReceiptInput,
    ReturnedGoods,
    ShipmentInput,
)
from huiyin.returns.balance import LineBalance, LotBalance, balance_of
from huiyin.returns.forms.requests import options
from huiyin.returns.models import Disposal, Line
from huiyin.ui import forms
from huiyin.ui.forms import lazily


class ReturnsReasonForm(RecordForm):
    """Why a step is taken that ends something or forgoes it."""

    reason = forms.TextField(label=t("理由", "Reason"), rows=2)


class ReturnsNoteForm(RecordForm):
    """What somebody has to say to a step; nothing need be said."""

    note = forms.TextField(label=t("意见", "Opinion"), required=False, rows=2)


class LineQuantitiesForm(RecordForm):
    """A form with one quantity for each line that ``left`` says something of; nothing typed counts as none."""

    left = ""
    asks_serials = False

    def prepare(self) -> None:
        self.open: list[LineBalance] = [
            one for one in balance_of(self.record).lines if not self.left or getattr(one, self.left) > 0
        ]
        for one in self.open:
            self.fields[f"quantity_{one.line.pk}"] = forms.Number(
                label=t("{name}：数量", "{name}: quantity", name=one.line.name),
                required=False,
                decimals=3,
                least=0,
                unit=self._unit(one.line.unit),
                initial=getattr(one, self.left) if self.left else one.line.quantity,
            )
            if self.asks_serials:
                self.fields[f"serials_{one.line.pk}"] = forms.TextField(
                    label=t("{name}：序列号", "{name}: serial numbers", name=one.line.name), required=False, rows=1
                )
        self.more()

    def more(self) -> None:
        """Further choices and initial values."""

    def _unit(self, key: str) -> Any:
        found = self.procedure.option("unit", key)
        return found.label if found else key

    def given(self) -> tuple[tuple[Line, Decimal], ...]:
        """Lines with the quantities typed."""
        c = self.cleaned_data
        return tuple((one.line, c.get(f"quantity_{one.line.pk}") or Decimal(0)) for one in self.open)

    def serials_of(self, line: Line) -> str:
        """The serial numbers typed for a line."""
        return self.cleaned_data.get(f"serials_{line.pk}") or ""


def put_first(form: RecordForm, names: Iterable[str]) -> None:
    """These fields stand before the others."""
    form.order_fields([*names])


class SignForm(LineQuantitiesForm):
    """The department that is responsible, and how many of each line may go."""

    department = forms.Choice(label=t("责任部门", "Responsible department"))
    note = forms.TextField(label=t("签署意见", "Opinion"), required=False, rows=2)

    def more(self) -> None:
        self.rows = {d.key: d for d in Department.objects.filter(active=True)}
        self.add_choices("department", [(d.key, d.name) for d in self.rows.values()])
        for one in self.open:
            self.fields[f"quantity_{one.line.pk}"].label = lazily(
                t("{name}：同意数量", "{name}: agreed quantity", name=one.line.name)
            )

    def values(self) -> dict[str, Any]:
        """Quality's signature."""
        department, note = self.rows[self.cleaned_data["department"]], self.cleaned_data["note"]
        return {"signature": DepartmentSignature(department, note, self.given())}


class ShipForm(LineQuantitiesForm):
    """One shipment: how many of each line, who carries them, what the freight costs."""

    left, asks_serials = "to_ship", True
    carrier = forms.TextInput(label=t("承运方", "Carrier"), required=False, max_length=80)
    waybill = forms.TextInput(label=t("运单号", "Waybill"), required=False, max_length=80)
    freight = forms.Amount(label=t("运费", "Freight"), required=False)
    borne_by = forms.Choice(label=t("运费承担方", "Freight borne by"), required=False)
    note = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)

    def more(self) -> None:
        self.add_choices("borne_by", options(self.procedure, "bearer", empty=t("未定", "Not known yet")))
        put_first(self, [n for n in self.fields if n.startswith(("quantity_", "serials_"))])

    def values(self) -> dict[str, Any]:
        """The shipment."""
        c = self.cleaned_data
        rows = tuple(DispatchLine(line, quantity, self.serials_of(line)) for line, quantity in self.given())
        return {"dispatch": ShipmentInput(rows, c["carrier"], c["waybill"], c["freight"], c["borne_by"], c["note"])}


class UrgentShipForm(ShipForm):
    """A shipment ahead of the signature, and why it goes first."""

    urgent_reason = forms.TextField(label=t("为什么先发", "Why it goes first"), rows=2)

    def more(self) -> None:
        super().more()
        self.initial.setdefault("urgent_reason", self.record.urgent_reason)

    def values(self) -> dict[str, Any]:
        """The shipment and why it goes first."""
        return {**super().values(), "urgent_reason": self.cleaned_data["urgent_reason"]}


class ReceiveForm(RecordForm):
    """What the customer received of a shipment, row by row."""

    who = forms.TextInput(label=t("签收人", "Received by"), max_length=60)
    received_on = forms.Day(label=t("签收日期", "Received on"))
    note = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)

    def prepare(self) -> None:
        self.rows = list(self.part.shipped.select_related("line").order_by("id"))
        for row in self.rows:
            unit = self.procedure.option("unit", row.line.unit)
            self.fields[f"received_{row.pk}"] = forms.Number(
                label=t("{name}：实收数量", "{name}: received", name=row.line.name),
                decimals=3,
                least=0,
                initial=row.quantity,
                unit=unit.label if unit else row.line.unit,
            )
        self.initial.setdefault("who", self.record.receiver)
        put_first(self, [f"received_{row.pk}" for row in self.rows])

    def values(self) -> dict[str, Any]:
        """The customer's receipt."""
        c = self.cleaned_data
        received = tuple((row.pk, c[f"received_{row.pk}"]) for row in self.rows)
        return {"receipt": ReceiptInput(c["who"], c["received_on"], c["note"], received)}


class ConsentForm(LineQuantitiesForm):
    """Who agreed for the customer to send back how many of each line, when and how."""

    left = "to_consent"
    who = forms.TextInput(label=t("客户方谁同意的", "Who agreed for the customer"), max_length=60)
    channel = forms.Choice(label=t("怎样同意的", "How they agreed"))
    consented_on = forms.Day(label=t("同意日期", "Agreed on"))
    words = forms.TextInput(label=t("约定", "Terms"), required=False, max_length=300)

    def more(self) -> None:
        self.choose_from("channel")

    def values(self) -> dict[str, Any]:
        """The customer's consent."""
        c = self.cleaned_data
        return {"consent": CustomerConsent(c["who"], c["channel"], c["consented_on"], self.given(), c["words"])}


class TakeBackForm(LineQuantitiesForm):
    """How many of each line came back, and in which condition."""

    left, asks_serials = "may_return", True
    condition = forms.TextInput(label=t("到货状况", "Condition on arrival"), max_length=300)

    def values(self) -> dict[str, Any]:
        """What came back, one entry for each line."""
        condition = self.cleaned_data["condition"]
        rows = [ReturnedGoods(line, quantity, condition, self.serials_of(line)) for line, quantity in self.given()]
        return {"returned": rows}


class InspectForm(RecordForm):
    """How much of a returned lot is good, how much nonconforming."""

    good = forms.Number(label=t("合格数量", "Good"), decimals=3, least=0)
    bad = forms.Number(label=t("不合格数量", "Nonconforming"), decimals=3, least=0)
    findings = forms.TextField(label=t("检验情况", "Findings"), rows=2)

    def prepare(self) -> None:
        unit = self.procedure.option("unit", self.part.line.unit)
        for name in ("good", "bad"):
            self.fields[name].unit = unit.label if unit else self.part.line.unit  # type: ignore[attr-defined]


class DisposeForm(RecordForm):
    """One quantity for each way of disposing of what is still held."""

    note = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)

    def prepare(self) -> None:
        lot = LotBalance(self.part, list(self.part.disposed.all()))
        self.kinds = [
            (good, key)
            for good, keys, left in (
                (True, Disposal.FOR_GOOD, lot.good_left),
                (False, Disposal.FOR_BAD, lot.bad_left),
            )
            if left > 0
            for key in keys
        ]
        words = {o.key: o.label for o in self.procedure.catalogue("disposal")}
        unit = self.procedure.option("unit", self.part.line.unit)
        for good, key in self.kinds:
            kind = t("合格品", "good") if good else t("不合格品", "nonconforming")
            self.fields[self.name_of(good, key)] = forms.Number(
                label=t("{kind}：{way}", "{kind}: {way}", kind=kind, way=words.get(key, key)),
                required=False,
                decimals=3,
                least=0,
                unit=unit.label if unit else self.part.line.unit,
            )
        put_first(self, [self.name_of(good, key) for good, key in self.kinds])

    @staticmethod
    def name_of(good: bool, key: str) -> str:
        """The field's name."""
        return f"{'good' if good else 'bad'}_{key}"

    def values(self) -> dict[str, Any]:
        """What becomes of how much; kinds without a quantity are left out."""
        c = self.cleaned_data
        found = [(good, key, c.get(self.name_of(good, key))) for good, key in self.kinds]
        rows = [DisposalEntry(good, key, quantity, c["note"]) for good, key, quantity in found if quantity]
        return {"disposals": rows}


class AwardForm(RecordForm):
    """Compensation that is asked for, in the procedure's currency."""

    amount = forms.Amount(label=t("金额", "Amount"))
    reason = forms.TextInput(label=t("赔偿理由", "What it is for"), max_length=300)


class AwardPromiseForm(RecordForm):
    """Who of the customer's was told of approved compensation, and when."""

    who = forms.TextInput(label=t("答复了客户方谁", "Who was told"), max_length=60)
    told_on = forms.Day(label=t("答复日期", "Told on"))


class AwardPaymentForm(RecordForm):
    """When compensation was paid, by which voucher."""

    paid_on = forms.Day(label=t("付款日期", "Paid on"))
    note = forms.TextInput(label=t("凭证或说明", "Voucher or note"), required=False, max_length=300)


class LossForm(RecordForm):
    """A cost or loss, in the procedure's currency, and who bears it."""

    loss = forms.Choice(label=t("类别", "Kind"))
    amount = forms.Amount(label=t("金额", "Amount"))
    borne_by = forms.Choice(label=t("承担方", "Borne by"), required=False)
    note = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)

    def prepare(self) -> None:
        self.choose_from("loss")
        self.add_choices("borne_by", options(self.procedure, "bearer", empty=t("未定", "Not known yet")))

    def values(self) -> dict[str, Any]:
        """The cost or loss."""
        return {"entry": LossEntry(**super().values())}


class CountForm(RecordForm):
    """One count of a stock-take."""

    count = forms.Number(label=t("数量", "Quantity"), decimals=3, least=0)

    def prepare(self) -> None:
        unit = self.procedure.option("unit", self.record.unit)
        self.fields["count"].unit = unit.label if unit else self.record.unit  # type: ignore[attr-defined]


class StockTakeSettleForm(RecordForm):
    """What is to be said of a stock-take whose verdict becomes final."""

    remark = forms.TextField(label=t("盘点说明", "Remark"), required=False, rows=2)
