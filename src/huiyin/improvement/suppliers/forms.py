"""The forms of requests to suppliers: what is asked, what is answered, and the small ones of single steps."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from huiyin.improvement.forms.fields import ColleagueField, colleague
from huiyin.improvement.suppliers.actions import ANSWER, FACTS, WANTED, SupplierAnswerInput, SupplierRequestFacts
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.kernel.text import Text, t
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms

LINK_DAYS = 60
"""How long a link lives after the day of the answer unless somebody says otherwise."""


class SupplierRequestForm(FactForm):
    """What a supplier is asked to correct."""

    supplier = forms.TextInput(label=t("供方", "Supplier"), max_length=120, autofocus=True)
    contact = forms.TextInput(label=t("供方联系人", "Contact there"), required=False, max_length=60)
    email = forms.TextInput(label=t("邮箱", "E-mail"), required=False, max_length=120, kind="email")
    telephone = forms.TextInput(label=t("电话", "Telephone"), required=False, max_length=60, kind="tel")
    model = forms.TextInput(label=t("零件/型号", "Part or model"), required=False, max_length=80)
    batch = forms.TextInput(label=t("批次号", "Batch"), required=False, max_length=60)
    quantity = forms.Number(label=t("不良数量", "Defective quantity"), required=False, decimals=3, least=0)
    unit = forms.Choice(label=t("单位", "Unit"), required=False)
    defect = forms.TextField(
        label=t("不良描述", "What is wrong"),
        rows=4,
        help=t(
            "供方会看到这些话，不要写客户名称和内部意见",
            "The supplier reads these words: no customer's name, no internal opinion",
        ),
    )
    containment = forms.TextField(
        label=t("要求的遏制措施", "Containment asked for"),
        required=False,
        rows=2,
        placeholder=t(
            "例如：在制、库存与在途品全检，隔离不良",
            "For instance: check all stock and goods in transit, block bad parts",
        ),
    )
    answer_due = forms.Day(label=t("答复期限", "Answer due"))
    owner = ColleagueField(label=t("我方负责人", "Our owner"), help=t("不填就是您自己", "You yourself if empty"))

    def prepare(self) -> None:
        """The procedure's units."""
        units: list[tuple[str, str | Text]] = [(one.key, one.label) for one in self.procedure.catalogue("unit")]
        self.add_choices("unit", units)
        if units:
            self.initial.setdefault("unit", units[0][0])

    def values(self) -> dict[str, Any]:
        """What the supplier is asked."""
        clean = self.cleaned_data
        facts = SupplierRequestFacts(
            **{name: clean[name] for name in FACTS if name != "unit"},
            unit=clean["unit"] or "piece",
            owner=clean["owner"],
        )
        return {"facts": facts}

    @classmethod
    def initial_of(cls, record: SupplierRequest) -> dict[str, Any]:
        """A request as its form shows it."""
        return {**{name: getattr(record, name) for name in FACTS}, "owner": colleague(record.owner)}


def initial_from(case: Any) -> dict[str, Any]:
    """What the record a request serves tells of the part; never its customer, whom the supplier must not know."""
    known = {name: getattr(case, name, "") or "" for name in ("model", "batch", "unit")}
    quantity = getattr(case, "defect_quantity", None)
    words = getattr(case, "problem", "") if case.kind == "complaint" else getattr(case, "title", "")
    return {name: value for name, value in {**known, "quantity": quantity, "defect": words}.items() if value}


class AnswerFields(forms.StepForm):
    """What a supplier answers, in the order of an 8D in short."""

    containment = forms.TextField(
        label=t("遏制措施", "Containment"),
        rows=3,
        max_length=4000,
        help=t(
            "库存、在制、在途的可疑品怎么处理了",
            "What was done with suspect goods in stock, in work and in transit",
        ),
    )
    stock = forms.Number(label=t("可疑数量", "Suspect"), required=False, decimals=3, least=0)
    inspected = forms.Number(label=t("已检", "Inspected"), required=False, decimals=3, least=0)
    good = forms.Number(label=t("合格", "Good"), required=False, decimals=3, least=0)
    bad = forms.Number(label=t("不合格", "Bad"), required=False, decimals=3, least=0)
    occurrence = forms.TextField(label=t("为什么会发生", "Why it occurred"), rows=3, max_length=4000)
    escape = forms.TextField(label=t("为什么没有被发现", "Why it was not found"), rows=3, max_length=4000)
    action = forms.TextField(label=t("纠正措施", "Corrective action"), rows=3, max_length=4000)
    action_on = forms.Day(label=t("完成日期", "Done by"))
    prevention = forms.TextField(label=t("预防再发", "Prevention"), rows=3, max_length=4000)
    name = forms.TextInput(label=t("答复人", "Your name"), max_length=60)
    telephone = forms.TextInput(label=t("电话", "Telephone"), max_length=60, kind="tel")

    def given(self) -> SupplierAnswerInput:
        """The clean values."""
        return SupplierAnswerInput(**{name: self.cleaned_data[name] for name in ANSWER})


class AnswerByLinkForm(AnswerFields):
    """The supplier's own form; a draft may lack anything."""

    photos = forms.Files(
        label=t("照片和文件", "Photographs and files"),
        required=False,
        accept="image/*,.pdf",
        help=t("照片或 PDF", "Photographs or PDF"),
        stays=True,
    )

    def typed(self) -> dict[str, str]:
        """What stands in the boxes, as it was typed, cut to what a draft may hold."""
        return {name: str(self.data.get(name, ""))[:4000] for name in ANSWER}

    def clean_of_draft(self) -> None:
        """Nothing need be filled in yet."""
        for name in WANTED:
            self.fields[name].required = False


class EnterAnswerForm(RecordForm, AnswerFields):
    """An answer that came in another way, entered by one of us."""

    def values(self) -> dict[str, Any]:
        """The answer."""
        return {"given": self.given()}


class ScarNoteForm(RecordForm):
    """A step with a word to say that may stay empty."""

    words = forms.TextField(label=t("说明", "Words"), required=False, rows=2)


class ScarReasonForm(RecordForm):
    """A step that wants a reason."""

    reason = forms.TextField(label=t("理由", "Reason"), rows=2)


class IssueForm(RecordForm):
    """Sending out, or another link: until when the link lives."""

    link_until = forms.Day(label=t("链接有效至", "Link valid until"))

    def prepare(self) -> None:
        due: date | None = self.record.answer_due
        standing = self.record.link_until
        self.initial["link_until"] = standing or (due + timedelta(days=LINK_DAYS) if due else None)


class AcceptAnswerForm(RecordForm):
    """The answer convinces."""

    effect_due = forms.Day(label=t("验证效果的日期", "Day of the effect check"))
    words = forms.TextField(label=t("意见", "Opinion"), required=False, rows=2)


class NewAnswerForm(RecordForm):
    """The supplier must answer anew: why, and until when."""

    reason = forms.TextField(label=t("退回原因", "Reason"), rows=3, help=t("供方会看到", "The supplier reads it"))
    answer_due = forms.Day(label=t("重新答复的期限", "New answer due"))


class ExtendForm(RecordForm):
    """The supplier asked for more time."""

    answer_due = forms.Day(
        label=t("新的答复期限", "New day of the answer"),
        help=t(
            "供方的页面随即显示；原期限已过的，迟的这段仍算迟办",
            "The supplier's page shows it at once; a day missed already stays missed",
        ),
    )
    extend_reason = forms.TextField(label=t("延期的理由", "Why it is extended"), rows=2)


class EffectResultForm(RecordForm):
    """What the check of the effect showed."""

    effect_result = forms.TextField(label=t("验证结果", "Result"), rows=3)
