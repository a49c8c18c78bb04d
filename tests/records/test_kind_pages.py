"""The pages every kind may have: what the form asked stands on them, and what the steps have written since."""

from __future__ import annotations

from decimal import Decimal

import pytest

from huiyin.kernel.text import t
from huiyin.records.kind_pages import KindPages
from huiyin.records.steps.pages import RecordForm, StepPages
from huiyin.records.steps.plain_actions import opens, writes
from huiyin.records.steps.record_forms import FactForm
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.returns.access import STOCK_TAKE_SIGHT
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake
from huiyin.ui import forms
from tests.cast import Factory
from tests.stage import stage

pytestmark = pytest.mark.django_db

works = stage("base")


class MaterialForm(FactForm):
    """What is asked when it is opened."""

    material = forms.TextInput(label=t("物料", "Material"))


class CancelForm(RecordForm):
    """What is asked when it is given up: one column of the record, one that is none, one that was asked before."""

    cancel_reason = forms.TextField(label=t("取消原因", "Why it was given up"))
    aloud = forms.TextInput(label=t("口头说明", "Said aloud"))
    material = forms.TextInput(label=t("物料（再写）", "Material again"))


def _step(verb: str, page: OtherPage | StepPage) -> StepType:
    return StepType(
        verb,
        event=f"{verb}ed",
        label=t(verb, verb),
        happened=t(verb, verb),
        sentence=t("{actor}", "{actor}"),
        page=page,
    )


PAGES = KindPages(
    sight=STOCK_TAKE_SIGHT,
    steps=StepPages(
        "stock-take",
        "stock_take_step",
        steps=(
            _step("open", OtherPage("stock_take_new")),
            _step("cancel", StepPage("cancel", form=CancelForm, action=writes("cancel"))),
        ),
    ),
    form=MaterialForm,
    title=t("三方盘点", "Stock-takes"),
    empty=(t("没有", "None"), t("没有", "None")),
    opens="stock-take.open",
    open_action=opens(StockTake, "open"),
    corrects="stock-take.correct",
    correct_action=writes("correct"),
)


def taken(works: Factory) -> StockTake:
    asked = StockTakeFacts("密封圈", "piece", "少发三件", Decimal(3), "秦川传动")
    return stocktaking.open_take(asked, procedure_id=works.version, context=works.context("lin", "2026-11-16 09:00"))


def shown(works: Factory, take: StockTake) -> list[tuple[object, object]]:
    return [(one.label, one.value) for one in PAGES.facts_of(take, works.procedure)]


def test_what_no_step_has_written_yet_is_not_shown(works: Factory) -> None:
    assert shown(works, taken(works)) == [(t("物料", "Material"), "密封圈")]


def test_what_a_step_wrote_stands_below_what_the_form_asked(works: Factory) -> None:
    take = taken(works)
    take.cancel_reason = "客户自己找到了"
    assert shown(works, take) == [
        (t("物料", "Material"), "密封圈"),
        (t("取消原因", "Why it was given up"), "客户自己找到了"),
    ]
