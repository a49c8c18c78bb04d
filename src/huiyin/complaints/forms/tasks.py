"""The forms of a department's task: decline, answer with cause and measures, carry out, verify."""

from __future__ import annotations

from typing import Any

from huiyin.complaints.actions.values import PlannedMeasure
from huiyin.complaints.forms.facts import options
from huiyin.complaints.forms.steps import ComplaintForm
from huiyin.complaints.models import Measure
from huiyin.kernel.text import t
from huiyin.ui import forms


class TaskForm(ComplaintForm):
    """A form whose fields are wanted only together with others."""

    def _refuse_empty(self, name: str) -> None:
        if name not in self.errors:
            self.refuse_field(name, str(self.fields[name].error_messages["required"]))


class DeclineForm(ComplaintForm):
    reason = forms.Choice(label=t("理由", "Reason"))
    words = forms.TextField(label=t("说明", "Explanation"), required=False)

    def prepare(self) -> None:
        self.add_choices("reason", options(self.procedure, "decline"))


class TaskReasonForm(ComplaintForm):
    reason = forms.TextField(label=t("理由", "Reason"))


class TaskEffectForm(ComplaintForm):
    effect = forms.TextField(label=t("效果如何，怎样证实", "What the effect is and how it was shown"))


KINDS = (
    (Measure.INTERIM, t("临时措施", "Interim")),
    (Measure.CORRECTIVE, t("纠正措施", "Corrective")),
    (Measure.PREVENTIVE, t("预防措施", "Preventive")),
)
ROWS = 6


class TaskAnswerForm(TaskForm):
    cause = forms.TextField(label=t("原因分析", "Cause"), rows=4)

    def prepare(self) -> None:
        self.initial.setdefault("cause", self.part.cause)
        known = list(self.part.measures.order_by("id"))
        self.count = max(ROWS, len(known) + 2)
        for i in range(self.count):
            self._measure_row(i, known[i] if i < len(known) else None)

    def _measure_row(self, i: int, row: Measure | None) -> None:
        kind = KINDS[min(i, 2)][0]
        self.fields[f"m{i}_kind"] = forms.Choice(label=t("类别", "Kind"), options=KINDS, required=False)
        self.fields[f"m{i}_text"] = forms.TextField(label=t("措施", "Measure"), required=False, rows=2)
        self.fields[f"m{i}_who"] = forms.TextInput(label=t("负责人", "Responsible"), required=False, max_length=80)
        self.fields[f"m{i}_on"] = forms.Day(label=t("计划完成", "Planned"), required=False)
        self.initial.setdefault(f"m{i}_kind", row.measure if row else kind)
        if row is not None:
            self.initial.setdefault(f"m{i}_text", row.text)
            self.initial.setdefault(f"m{i}_who", row.responsible)
            self.initial.setdefault(f"m{i}_on", row.planned_on)

    def measure_fields(self) -> list[tuple[Any, Any, Any, Any]]:
        """The bound fields, a row each: kind, text, responsible, planned day."""
        rows = (f"m{i}_" for i in range(self.count))
        return [(self[row + "kind"], self[row + "text"], self[row + "who"], self[row + "on"]) for row in rows]

    @property
    def unfolded(self) -> int:
        """How many rows stand open: three at least, and all that say something."""
        said = (any(self[f"m{i}_{n}"].value() for n in ("text", "who", "on")) for i in range(self.count))
        return max([3, *(i + 1 for i, filled in enumerate(said) if filled)])

    def clean(self) -> dict[str, Any]:
        """What is missing in a row is said at its place, and no half-filled row is passed over."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        step = self.procedure.step("task.answer")
        planned = step is not None and "every_measure_planned" in step.guards
        received = self.record.received_at.astimezone(self.procedure.zone).date()
        for i in range(self.count):
            text, who, on = (cleaned.get(f"m{i}_{n}") for n in ("text", "who", "on"))
            if not text and (who or on):
                self.refuse_field(f"m{i}_text", t("请写明措施", "Write the measure"))
            for name, value in (("who", who), ("on", on)):
                if planned and text and not value:
                    self._refuse_empty(f"m{i}_{name}")
            if on and on < received:
                early = t("计划日期早于接到投诉的日期", "The planned day is before the complaint was received")
                self.refuse_field(f"m{i}_on", early)
        return cleaned

    def values(self) -> dict[str, Any]:
        """The cause, and the rows that say something."""
        c = self.cleaned_data
        measures = [
            PlannedMeasure(c[f"m{i}_kind"] or Measure.INTERIM, c[f"m{i}_text"], c[f"m{i}_who"], c[f"m{i}_on"])
            for i in range(self.count)
            if c.get(f"m{i}_text")
        ]
        return {"cause": c["cause"], "measures": measures}


class CarryOutForm(TaskForm):
    def prepare(self) -> None:
        self.rows = list(self.part.measures.order_by("id"))
        for m in self.rows:
            self.fields[f"on_{m.pk}"] = forms.Day(label=t("完成日期", "Done on"), required=False)
            self.fields[f"note_{m.pk}"] = forms.TextInput(label=t("说明", "Note"), required=False, max_length=300)
            self.initial.setdefault(f"on_{m.pk}", m.done_on)
            self.initial.setdefault(f"note_{m.pk}", m.done_note)

    def clean(self) -> dict[str, Any]:
        """A note without a day would be lost."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for m in self.rows:
            day = f"on_{m.pk}"
            if cleaned.get(f"note_{m.pk}") and not cleaned.get(day):
                self._refuse_empty(day)
        return cleaned

    def measure_fields(self) -> list[tuple[Measure, Any, Any]]:
        """Each measure with the bound fields of its day and note."""
        return [(m, self[f"on_{m.pk}"], self[f"note_{m.pk}"]) for m in self.rows]

    def values(self) -> dict[str, Any]:
        """What is said of each measure."""
        c = self.cleaned_data
        return {"done": [(m, c[f"on_{m.pk}"], c[f"note_{m.pk}"]) for m in self.rows if c.get(f"on_{m.pk}")]}
