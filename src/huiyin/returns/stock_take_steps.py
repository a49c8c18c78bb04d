"""The steps of a joint stock-take: words, event and sentence, page, form and action of each stand together."""

from __future__ import annotations

from functools import partial

from huiyin.kernel.text import t
from huiyin.records.steps.pages import StepPages
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.returns.actions import stocktaking
from huiyin.returns.forms.steps import CountForm, ReturnsReasonForm, StockTakeSettleForm

STOCK_TAKE_STEPS = StepPages(
    "stock-take",
    "stock_take_step",
    steps=(
        StepType(
            "open",
            event="opened",
            label=t("发起三方盘点", "Open a joint stock-take"),
            happened=t("已发起盘点", "Stock-take opened"),
            sentence=t(
                "{actor} 发起三方盘点：{material}，客户所称差额 {claimed}",
                "{actor} opened a joint stock-take of {material}; the customer claims a difference of {claimed}",
            ),
            page=OtherPage("stock_take_new"),
            checked_after_form=("has_claim",),
        ),
        StepType(
            "count_book",
            event="book_counted",
            label=t("填报账面数", "Enter the book figure"),
            happened=t("账面数已填报", "Book figure entered"),
            sentence=t("{actor} 填报账面数 {count}", "{actor} entered the book figure: {count}"),
            page=StepPage("account", form=CountForm, action=partial(stocktaking.count, what="book")),
        ),
        StepType(
            "count_card",
            event="card_counted",
            label=t("填报卡片数", "Enter the bin card figure"),
            happened=t("卡片数已填报", "Bin card figure entered"),
            sentence=t("{actor} 填报卡片数 {count}", "{actor} entered the bin card figure: {count}"),
            page=StepPage("card", form=CountForm, action=partial(stocktaking.count, what="card")),
        ),
        StepType(
            "count_goods",
            event="goods_counted",
            label=t("填报实物数", "Enter the physical count"),
            happened=t("实物数已填报", "Physical count entered"),
            sentence=t("{actor} 填报实物数 {count}", "{actor} entered the physical count: {count}"),
            page=StepPage("goods", form=CountForm, action=partial(stocktaking.count, what="goods")),
        ),
        StepType(
            "settle",
            event="settled",
            label=t("盘点定论", "Make the verdict final"),
            happened=t("盘点已定论", "Verdict final"),
            sentence=t("{actor} 定论：{verdict}。{remark}", "{actor} made the verdict final: {verdict}. {remark}"),
            page=StepPage("verdict", form=StockTakeSettleForm, action=stocktaking.settle),
        ),
        StepType(
            "cancel",
            event="cancelled",
            label=t("取消盘点", "Cancel the stock-take"),
            happened=t("盘点已取消", "Stock-take cancelled"),
            sentence=t("{actor} 取消盘点：{reason}", "{actor} cancelled the stock-take: {reason}"),
            page=StepPage("cancellation", form=ReturnsReasonForm, action=stocktaking.cancel, button="danger"),
        ),
    ),
)
