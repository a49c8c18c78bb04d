"""The forms of assessment: compiling, costs, signing, dividing, appeals and their decision, rewards."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from huiyin.assessment.actions import dividing
from huiyin.assessment.actions.making import CostInput
from huiyin.complaints.models import Complaint
from huiyin.kernel.periods import Period
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department, Person
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms

FURTHER = 3


class CompileForm(FactForm):
    """Which week; those that are over and have no sheet, newest first."""

    week = forms.Choice(label=t("哪一周", "Which week"))

    def __init__(self, *args: Any, weeks: Sequence[Period], **kwargs: Any) -> None:
        self.weeks = weeks
        super().__init__(*args, **kwargs)

    def prepare(self) -> None:
        """The week that was asked for if it can be compiled, else the latest."""
        keys = [week.key for week in self.weeks]
        self.add_choices("week", [(week.key, _named(week)) for week in self.weeks])
        if keys and self.initial.get("week") not in keys:
            self.initial["week"] = keys[0]

    def values(self) -> dict[str, Any]:
        """The week chosen."""
        return {"period": Period.parse(self.cleaned_data["week"])}


def _named(week: Period) -> Text:
    return t(
        "{week}（{first} 至 {last}）",
        "{week} ({first} to {last})",
        week=week.label,
        first=f"{week.start:%m-%d}",
        last=f"{week.end:%m-%d}",
    )


class PlainForm(RecordForm):
    """A step that needs nothing said."""


class AssessmentReasonForm(RecordForm):
    """Why a step is taken."""

    reason = forms.TextField(label=t("理由", "Reason"))


class SheetSignatureForm(RecordForm):
    """What who signs says of the sheet."""

    statement = forms.TextInput(label=t("意见", "Opinion"), required=False, max_length=300)


class CarryOutForm(RecordForm):
    """How finance carried the sheet out."""

    remark = forms.TextInput(
        label=t("执行情况", "How it was carried out"),
        required=False,
        max_length=300,
        placeholder=t("如：随 11 月工资执行", "e.g. with the wages of November"),
    )


class CostsForm(RecordForm):
    """Freight and losses of each case; cases the sheet does not have yet may be added by their number."""

    def prepare(self) -> None:
        self.rows = list(self.record.items.select_related("department").order_by("department__position", "id"))
        self._bearers()
        for row in self.rows:
            self._amounts(f"i{row.pk}", row.freight, row.loss, row.note)
            if self.procedure.sharing("loss") is None:
                self._bearer(row)
        departments = [
            ("", t("未定", "Not set")),
            *((d.key, d.name) for d in Department.objects.filter(active=True)),
        ]
        for i in range(FURTHER):
            self.fields[f"f{i}_case"] = forms.TextInput(
                label=t("案件编号", "Number of the case"), required=False, max_length=40
            )
            self.fields[f"f{i}_department"] = forms.Choice(
                label=t("责任部门", "Responsible department"), options=departments, required=False
            )
            self._amounts(f"f{i}", None, None, "")
        self.fields["rest_nothing"] = forms.YesNo(
            label=t(
                "其余案件没有发生费用，空着的按 0 记",
                "The other cases cost nothing: what is left empty counts as 0",
            )
        )

    def _amounts(self, prefix: str, freight: Decimal | None, loss: Decimal | None, note: str) -> None:
        currency = self.record.currency
        self.fields[f"{prefix}_freight"] = forms.Amount(label=t("运费", "Freight"), currency=currency, required=False)
        self.fields[f"{prefix}_loss"] = forms.Amount(label=t("损失", "Losses"), currency=currency, required=False)
        self.fields[f"{prefix}_note"] = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)
        for name, value in (("freight", freight), ("loss", loss), ("note", note)):
            self.initial.setdefault(f"{prefix}_{name}", value)

    def _bearers(self) -> None:
        """Who may be named to bear a loss: any department, and the people of the department responsible."""
        self.departments = {f"d{d.pk}": d for d in Department.objects.filter(active=True)}
        here = {row.department_id for row in self.rows}
        people = Person.objects.filter(is_active=True, department_id__in=here).select_related("department")
        self.people = {f"p{p.pk}": p for p in people.order_by("name", "id")}

    def _bearer(self, row: Any) -> None:
        default = t("责任部门：{who}", "The department responsible: {who}", who=row.department.name)
        others = [(key, d.name) for key, d in self.departments.items() if d.pk != row.department_id]
        own = [(key, p.display_name) for key, p in self.people.items() if p.department_id == row.department_id]
        self.fields[f"i{row.pk}_bears"] = forms.Choice(
            label=t("损失由谁承担", "Who bears the loss"),
            options=[("", default), *own, *others],
            required=False,
        )
        named = f"p{row.loss_person_id}" if row.loss_person_id else f"d{row.loss_department_id}"
        self.initial.setdefault(f"i{row.pk}_bears", named if named != "dNone" else "")

    def clean(self) -> dict[str, Any]:
        """A further case needs a number that exists and its department."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("rest_nothing"):
            empty = (f"i{row.pk}_{name}" for row in self.rows for name in ("freight", "loss"))
            cleaned |= {name: Decimal(0) for name in empty if cleaned.get(name, 0) is None}
        for i in range(FURTHER):
            number, department = cleaned.get(f"f{i}_case"), cleaned.get(f"f{i}_department")
            spent = cleaned.get(f"f{i}_freight") is not None or cleaned.get(f"f{i}_loss") is not None
            if number and not Complaint.objects.filter(number=number).exclude(phase="void").exists():
                self.refuse_field(
                    f"f{i}_case", t("没有编号为 {number} 的案件", "There is no case {number}", number=number)
                )
            if (number or spent) and not department:
                self.refuse_field(f"f{i}_department", t("请选择责任部门", "Choose the department"))
            if (department or spent) and not number:
                self.refuse_field(f"f{i}_case", t("请填写案件编号", "Give the number of the case"))
        return cleaned

    def lines(self) -> list[tuple[Any, Any, Any, Any, Any]]:
        """Each case with the bound fields of its amounts and note, and of who bears the loss where that is asked."""
        asked = [f"i{row.pk}_bears" for row in self.rows]
        bears = [self[name] if name in self.fields else None for name in asked]
        return [(row, *self._bound(f"i{row.pk}"), who) for row, who in zip(self.rows, bears, strict=True)]

    def further_lines(self) -> list[tuple[Any, ...]]:
        """The rows in which further cases may be entered."""
        return [(self[f"f{i}_case"], self[f"f{i}_department"], *self._bound(f"f{i}")) for i in range(FURTHER)]

    @property
    def has_further(self) -> bool:
        """Whether something stands in the rows for further cases."""
        return any(self[f"f{i}_case"].value() for i in range(FURTHER))

    def _bound(self, prefix: str) -> tuple[Any, Any, Any]:
        return self[f"{prefix}_freight"], self[f"{prefix}_loss"], self[f"{prefix}_note"]

    def values(self) -> dict[str, Any]:
        """What was entered of the cases on the sheet, and of further ones."""
        return {"costs": self.costs(), "further": self.further()}

    def _entered(self, prefix: str) -> CostInput:
        c = self.cleaned_data
        named = c.get(f"{prefix}_bears", "")
        bears = self.departments.get(named) or self.people.get(named)
        return CostInput(c[f"{prefix}_freight"], c[f"{prefix}_loss"], c[f"{prefix}_note"], bears)

    def costs(self) -> dict[int, CostInput]:
        """What was entered of the cases on the sheet."""
        return {row.pk: self._entered(f"i{row.pk}") for row in self.rows}

    def further(self) -> list[tuple[str, Department, CostInput]]:
        """What was entered of further cases."""
        by_key = {d.key: d for d in Department.objects.all()}
        c = self.cleaned_data
        return [
            (c[f"f{i}_case"], by_key[c[f"f{i}_department"]], self._entered(f"f{i}"))
            for i in range(FURTHER)
            if c.get(f"f{i}_case")
        ]


class SplitForm(RecordForm):
    """An amount for each person of the department; they add up to its sum."""

    def prepare(self) -> None:
        people = Person.objects.filter(department_id=self.part.department_id, is_active=True)
        self.people = list(people.order_by("is_head", "name", "id"))
        for person in self.people:
            self.fields[f"p{person.pk}"] = forms.Amount(
                label=person.display_name, currency=self.part.currency, required=False
            )
        if len(self.people) == 1:
            self.initial.setdefault(f"p{self.people[0].pk}", self.part.amount)

    def clean(self) -> dict[str, Any]:
        """Refused while the parts do not add up to the sum."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            refusal = dividing.split_refusal(self.part, self.shares())
            if refusal is not None:
                self.refuse(refusal)
        return cleaned

    def names(self) -> list[str]:
        """The names of the fields that hold shares."""
        return [f"p{person.pk}" for person in self.people]

    def shares(self) -> list[tuple[Person, Decimal]]:
        """Each person with a share."""
        c = self.cleaned_data
        return [(p, c[f"p{p.pk}"]) for p in self.people if c.get(f"p{p.pk}")]

    def values(self) -> dict[str, Any]:
        """Each person with a share."""
        return {"shares": self.shares()}


class ReduceForm(AssessmentReasonForm):
    """What a charge or a sum is reduced to, and why."""

    amount = forms.Amount(label=t("减为", "Reduce to"))
    field_order = ("amount", "reason")

    def prepare(self) -> None:
        self.order_fields(["amount", "reason"])


class RewardForm(RecordForm):
    """Whom to reward, with how much and what for."""

    whom = forms.Choice(label=t("奖励谁", "Who"))
    amount = forms.Amount(label=t("金额", "Amount"))
    evidence = forms.TextField(label=t("事迹和依据", "What for, and what shows it"))

    def prepare(self) -> None:
        people = Person.objects.filter(is_active=True).exclude(pk=self.person.pk).exclude(department=None)
        self.rows = {str(p.pk): p for p in people.select_related("department").order_by("department__position", "name")}
        self.add_choices("whom", [(pk, _person(p)) for pk, p in self.rows.items()])

    def values(self) -> dict[str, Any]:
        """The person chosen, the amount and the evidence."""
        return {**super().values(), "whom": self.rows[self.cleaned_data["whom"]]}


def _person(person: Person) -> Text:
    department = person.department.name if person.department else t("—", "—")
    return t("{who}（{department}）", "{who} ({department})", who=person.display_name, department=department)
