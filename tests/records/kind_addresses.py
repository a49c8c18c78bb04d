"""The product's addresses, with stock-takes on the pages that every kind may have."""

from __future__ import annotations

from huiyin.config.urls import urlpatterns as products
from huiyin.kernel.text import t
from huiyin.records.kind_pages import KindPages
from huiyin.records.steps.pages import RecordForm, StepPages
from huiyin.records.steps.plain_actions import opens, writes
from huiyin.records.steps.record_forms import FactForm
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.returns.access import STOCK_TAKE_SIGHT
from huiyin.returns.models import StockTake
from huiyin.ui import forms


class TallyForm(FactForm):
    """What is asked when one is opened."""

    material = forms.TextInput(label=t("物料", "Material"), max_length=120)
    claimed = forms.Number(label=t("差额", "Difference"), unit=t("件", "pcs"))
    claim = forms.TextField(label=t("说法", "Claim"))


class GiveUpForm(RecordForm):
    """What is asked when it is given up."""

    cancel_reason = forms.TextField(label=t("取消原因", "Why it was given up"))
    reason = forms.TextInput(label=t("告知", "What people are told"))


def _step(verb: str, event: str, page: OtherPage | StepPage) -> StepType:
    words = t(verb, verb)
    return StepType(verb, event=event, label=words, happened=words, sentence=words, page=page)


GIVE_UP = StepPage("cancellation", form=GiveUpForm, action=writes("cancel"), button="danger")
TALLIES = KindPages(
    sight=STOCK_TAKE_SIGHT,
    steps=StepPages(
        "stock-take",
        "stock_take_step",
        steps=(
            _step("open", "opened", OtherPage("stock_take_new")),
            _step("count_book", "book_counted", OtherPage("stock_take_facts")),
            _step("cancel", "cancelled", GIVE_UP),
        ),
    ),
    form=TallyForm,
    title=t("清点", "Tallies"),
    empty=(t("没有", "None"), t("没有", "None")),
    opens="stock-take.open",
    open_action=opens(StockTake, "open"),
    corrects="stock-take.count_book",
    correct_action=writes("count_book"),
)
urlpatterns = [*TALLIES.addresses("stock-takes/"), *products]
