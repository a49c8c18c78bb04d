"""The pages every kind may have: what the form asked stands on them, and what the steps have written since."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.core.exceptions import ImproperlyConfigured

from huiyin.config.shell import ShellContext
from huiyin.kernel.text import t
from huiyin.procedure.entries import Noun
from huiyin.procedure.schema import Procedure
from huiyin.records.kind_pages import KindPages, facts_of
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import Block, FactGrid, Signatures
from huiyin.records.steps.pages import RecordForm, StepPages
from huiyin.records.steps.plain_actions import opens, writes
from huiyin.records.steps.record_forms import FactForm, fact_names
from huiyin.records.steps.step_types import OtherPage, StepPage, StepType
from huiyin.returns.access import STOCK_TAKE_SIGHT
from huiyin.returns.actions import stocktaking
from huiyin.returns.actions.values import StockTakeFacts
from huiyin.returns.models import StockTake
from huiyin.ui import forms
from tests.cast import Factory, at
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


def _step(verb: str, event: str, page: OtherPage | StepPage) -> StepType:
    return StepType(
        verb,
        event=event,
        label=t(verb, verb),
        happened=t(verb, verb),
        sentence=t("{actor}", "{actor}"),
        page=page,
    )


OPEN = _step("open", "opened", OtherPage("stock_take_new"))
CANCEL = _step("cancel", "cancelled", StepPage("cancel", form=CancelForm, action=writes("cancel")))
PAGES = KindPages(
    sight=STOCK_TAKE_SIGHT,
    steps=StepPages("stock-take", "stock_take_step", steps=(OPEN, CANCEL)),
    form=MaterialForm,
    title=t("三方盘点", "Stock-takes"),
    empty=(t("没有", "None"), t("没有", "None")),
    opens="stock-take.open",
    open_action=opens(StockTake, "open"),
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


# --- in which words


def named(works: Factory) -> Procedure:
    """The procedure of a company that calls its stock-takes tallies."""
    tally = Noun(
        key="stock-take",
        one={"zh": "清点", "en": "Tally"},
        many={"zh": "清点记录", "en": "Tallies"},
        menu={"zh": "清点", "en": "Tally"},
    )
    return works.procedure.model_copy(update={"nouns": (tally,)})


def test_the_list_is_headed_as_the_company_calls_its_records(works: Factory) -> None:
    assert PAGES.listing_under(works.procedure).title == t("三方盘点", "Stock-takes")
    assert PAGES.listing_under(named(works)).title == t("清点记录", "Tallies")


def test_the_menu_calls_them_so_too(works: Factory, monkeypatch: pytest.MonkeyPatch) -> None:
    item = PAGES.menu_item(icon="check", position=70)
    assert (item.url, item.kind, item.may_open(works.people["lin"], works.procedure)) == (
        "stock_takes",
        "stock-take",
        True,
    )
    monkeypatch.setattr(ShellContext, "_procedure", named(works))
    request = SimpleNamespace(user=works.people["lin"], path="/", at=None, get_full_path=lambda: "/")
    shell = ShellContext(request)
    assert (shell._label(item), shell._icon(item)) == (t("清点", "Tally"), "check")


def test_opening_is_called_as_the_procedure_calls_it(works: Factory) -> None:
    listing = PAGES.listing_under(works.procedure)
    heads = {one.key: one.label for one in (*listing.columns, *listing.filters)}
    opening = works.procedure.step_label("stock-take.open")
    assert (heads["opened_at"], heads["opened"], listing.creates) == (opening, opening, (opening, "stock_take_new"))


# --- what a kind may leave out


def test_facts_that_are_never_corrected_have_no_page_for_it() -> None:
    corrected = replace(PAGES, corrects="stock-take.cancel", correct_action=writes("cancel"))
    assert [one.name for one in corrected.addresses("x/")] == [
        "stock_takes",
        "stock_take_new",
        "stock_take",
        "stock_take_facts",
        "stock_take_step",
    ]
    assert "stock_take_facts" not in [one.name for one in PAGES.addresses("x/")]


def test_half_a_correction_or_an_unknown_step_is_refused_at_the_start() -> None:
    with pytest.raises(ImproperlyConfigured, match="stock-take: corrects and correct_action"):
        replace(PAGES, corrects="stock-take.cancel")
    with pytest.raises(ImproperlyConfigured, match="stock-take: no step is called plan"):
        replace(PAGES, opens="stock-take.plan")


# --- units


class CountsForm(FactForm):
    """A number with a unit, one without, an amount of money, and a long text between them."""

    claimed = forms.Number(label=t("差额", "Difference"), unit=t("件", "pcs"), decimals=2)
    claim = forms.TextField(label=t("说法", "Claim"))
    book = forms.Number(label=t("账", "Book"), decimals=2)
    card = forms.Amount(label=t("卡", "Card"))


COUNTED = replace(PAGES, form=CountsForm)


def test_numbers_have_the_units_of_their_fields(works: Factory) -> None:
    take = taken(works)
    take.book, take.card = Decimal("340.00"), Decimal("1234.50")
    names = fact_names(CountsForm)
    values = {one.label: one.value for one in facts_of(CountsForm, take, works.procedure, names)}
    assert values == {
        t("差额", "Difference"): t("3 件", "3 pcs"),
        t("说法", "Claim"): "少发三件",
        t("账", "Book"): Decimal("340.00"),
        t("卡", "Card"): "¥1,234.50",
    }
    columns = {one.key: (one.label.show("en"), one.kind) for one in COUNTED.listing.columns}
    assert columns["claimed"] == ("Difference (pcs)", "quantity")
    assert (columns["book"], columns["card"]) == (("Book", "quantity"), ("Card", "money"))


# --- on paper


def printed(pages: KindPages, works: Factory, take: StockTake) -> tuple[Block, ...]:
    form = works.procedure.forms_of("stock-take")[0]
    return pages.sheet(PrintJob(take, works.procedure, form, works.people["lin"], at("2026-11-17 09:00"), "en")).blocks


def test_paper_and_page_have_one_order(works: Factory) -> None:
    take = taken(works)
    on_paper = [
        label
        for block in printed(COUNTED, works, take)
        for label in (
            [one.label for one in block.facts] if isinstance(block, FactGrid) else [getattr(block, "label", "")]
        )
    ]
    on_page = [str(one.label.show("en")) for one in COUNTED.facts_of(take, works.procedure)]
    assert on_page == ["Difference", "Claim", "Book", "Card", "Material again"]
    assert on_paper[: len(on_page)] == on_page


def test_who_took_a_step_signs_for_it_on_paper(works: Factory) -> None:
    take = taken(works)
    sent = works.context("lin", "2026-11-18 09:00")
    PAGES.steps.take(take, "cancel", context=sent, cancel_reason="找到了", reason="找到了")
    signatures = printed(PAGES, works, take)[-1]
    assert isinstance(signatures, Signatures)
    assert [(one.role, one.name, one.date) for one in signatures.places] == [
        ("Open a joint stock-take", works.people["lin"].name, "2026-11-16"),
        ("Cancel the stock-take", works.people["lin"].name, "2026-11-18"),
    ]


# --- without a browser


def test_a_step_is_taken_as_on_its_page(works: Factory) -> None:
    take = PAGES.open(
        procedure_id=works.version,
        context=works.context("lin", "2026-11-16 09:00"),
        material="密封圈",
        claim="少三件",
        claimed=Decimal(3),
        unit="piece",
    )
    assert (take.state, take.owner) == ("opened", works.people["lin"])
    PAGES.steps.take(
        take, "cancel", context=works.context("lin", "2026-11-16 10:00"), cancel_reason="找到了", reason="找到了"
    )
    assert (take.state, take.cancel_reason) == ("cancelled", "找到了")
    with pytest.raises(LookupError, match=r"stock-take\.open"):
        PAGES.steps.take(take, "open", context=works.context("lin", "2026-11-16 10:00"))
