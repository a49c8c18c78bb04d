"""What a case is about: asked when it is opened, corrected later."""

from __future__ import annotations

from typing import Any

from huiyin.customers.access import visible_to
from huiyin.improvement.forms.fields import NOT_CHOSEN, ColleagueField, colleague, departments
from huiyin.improvement.models import Problem
from huiyin.improvement.values import ProblemFacts
from huiyin.kernel.text import Text, t
from huiyin.people.models import Department
from huiyin.records import ownfields
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms
from huiyin.ui.sanitise import row_id


class ProblemFactsForm(FactForm):
    """The facts of a case; the report itself is written afterwards, section by section."""

    verb = "change_facts"

    title = forms.TextInput(
        label=t("题目", "Title"),
        max_length=120,
        autofocus=True,
        placeholder=t("例如：HY-40 接头处漏油", "For instance: HY-40 leaks at the joint"),
    )
    path = forms.Segments(label=t("办理方式", "Path"))
    customer = forms.Lookup(
        label=t("客户", "Customer"),
        url="customer_lookup",
        required=False,
        max_length=120,
        help=t("名称、拼音首字母或编号；内部问题可不填", "Name, initials or code; none for a problem of our own"),
    )
    customer_reference = forms.TextInput(
        label=t("客户的编号", "The customer's reference"), required=False, max_length=60
    )
    model = forms.TextInput(label=t("型号规格", "Model"), required=False, max_length=80)
    batch = forms.TextInput(label=t("批次号", "Batch"), required=False, max_length=60)
    defect = forms.Choice(label=t("不良现象", "Defect"), required=False)
    severity = forms.Choice(label=t("严重程度", "Severity"), required=False)
    unit = forms.Choice(label=t("计量单位", "Unit"), required=False)
    noticed_on = forms.Day(label=t("发现日期", "Noticed on"), required=False)
    department = forms.Choice(label=t("责任部门", "Responsible department"), required=False)
    champion = ColleagueField(label=t("倡导者", "Champion"))

    def prepare(self) -> None:
        """The procedure's choices, its own fields, and what it requires."""
        procedure = self.procedure
        for name in ("path", "defect", "severity", "unit"):
            options: list[tuple[str, str | Text]] = [(one.key, one.label) for one in procedure.catalogue(name)]
            self.add_choices(name, options if name in ("path", "unit") else [NOT_CHOSEN, *options])
        self.add_choices("department", departments())
        if procedure.catalogue("unit"):
            self.initial.setdefault("unit", procedure.catalogue("unit")[0].key)
        if procedure.catalogue("path"):
            self.initial.setdefault("path", procedure.catalogue("path")[0].key)
        ownfields.add_custom_fields(self, "problem", self.verb, procedure)
        step = procedure.step("problem.open")
        for name in step.requires if step else ():
            if name in self.fields:
                self.fields[name].required = True

    def values(self) -> dict[str, Any]:
        """What the case is about; a customer the person may not see stands by name only."""
        c = self.cleaned_data
        key = row_id(c["customer"].key) if c["customer"] else None
        customer = visible_to(self.person).filter(pk=key).first() if key else None
        chosen = row_id(c["department"] or "")
        facts = ProblemFacts(
            title=c["title"],
            path=c["path"],
            customer=customer,
            customer_name=c["customer"].text if c["customer"] else "",
            customer_reference=c["customer_reference"],
            model=c["model"],
            batch=c["batch"],
            defect=c["defect"],
            severity=c["severity"],
            unit=c["unit"] or "piece",
            noticed_on=c["noticed_on"],
            department=Department.objects.filter(pk=chosen).first() if chosen else None,
            champion=c["champion"],
            recurrence_of=self.record.recurrence_of if self.record is not None else None,
            owner=c.get("owner"),
            extra=ownfields.custom_values(self),
        )
        return {"facts": facts}

    @classmethod
    def initial_of(cls, record: Problem) -> dict[str, Any]:
        """The facts of a case as the form shows them."""
        names = (
            "title",
            "path",
            "customer_reference",
            "model",
            "batch",
            "defect",
            "severity",
            "unit",
            "noticed_on",
        )
        return {
            **record.own_facts,
            **{name: getattr(record, name) for name in names},
            "customer": forms.LookupValue(record.customer_name, str(record.customer_id or "")),
            "department": str(record.department_id or ""),
            "champion": colleague(record.champion),
        }


class OpenProblemForm(ProblemFactsForm):
    """Opening a case: its facts, who owns it, and the symptom as it was told."""

    verb = "open"

    owner = ColleagueField(label=t("负责人", "Owner"), help=t("不填就是您自己", "You yourself if empty"))
    symptom = forms.TextField(
        label=t("症状（D0）", "Symptom (D0)"),
        required=False,
        rows=3,
        help=t("客户看到了什么，可测量的事实", "What the customer saw; measurable facts"),
    )

    def values(self) -> dict[str, Any]:
        """What the case is about, and its symptom."""
        return {**super().values(), "symptom": self.cleaned_data["symptom"]}


def initial_from(case: Any) -> dict[str, Any]:
    """What a record of another kind (a complaint) tells of the problem; what it does not know stays open."""

    def known(*names: str) -> Any:
        return next((value for name in names if (value := getattr(case, name, None))), "")

    words = str(known("problem", "text", "title"))
    noticed = known("noticed_on", "received_at")
    return {
        "title": " ".join(part for part in (known("model"), words.split("\n")[0][:80]) if part)[:120],
        "customer": forms.LookupValue(
            known("customer_name") or str(known("who")), str(getattr(case, "customer_id", None) or "")
        ),
        "model": known("model"),
        "batch": known("batch"),
        "defect": known("defect"),
        "severity": known("severity"),
        "unit": known("unit"),
        "noticed_on": noticed or None,
        "symptom": words,
    }
