"""Forms read what people type, keep it when they refuse, and say why in sentences."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from markupsafe import escape

from huiyin.kernel.text import t
from huiyin.ui import forms
from huiyin.ui.fields import LookupValue
from huiyin.ui.form_views import view_of
from huiyin.ui.lookup import LookupResult, lookup_response
from tests.ui import sample, shots


class SampleForm(forms.StepForm):
    customer = forms.Lookup(label=t("客户", "Customer"), url="/lookup")
    quantity = forms.Number(label=t("数量", "Quantity"), unit=t("件", "pcs"), least=0)
    amount = forms.Amount(label=t("金额", "Amount"), required=False)
    day = forms.Day(label=t("日期", "Day"), required=False)
    moment = forms.Moment(label=t("时间", "Moment"), required=False)
    kind = forms.Segments(label=t("种类", "Kind"), options=[("a", t("甲", "A")), ("b", t("乙", "B"))], required=False)
    many = forms.Choices(label=t("多项", "Several"), options=[("a", "A"), ("b", "B")], required=False)
    photos = forms.Files(label=t("照片", "Photographs"), required=False)
    remark = forms.TextInput(label=t("备注", "Remark"), required=False, max_length=5)


GOOD = {"customer": " 海天 ", "customer_key": "7", "quantity": "１，２００", "submission": "abc"}


def sheet(**typed: Any) -> SampleForm:
    return SampleForm(
        data=MultiValueDict({k: v if isinstance(v, list) else [v] for k, v in {**GOOD, **typed}.items()}),
        files=MultiValueDict(),
    )


@pytest.mark.parametrize(("text", "key", "given"), [("", "", False), ("周厂", "", True), ("", "7", True)])
def test_a_lookup_gave_something_where_words_or_a_choice_came(text: str, key: str, given: bool) -> None:
    assert bool(LookupValue(text, key)) is given


def test_full_width_and_grouped_numbers_are_read() -> None:
    form = sheet(amount="￥1,234.50元")
    assert form.is_valid(), form.errors
    assert form.cleaned_data["quantity"] == Decimal("1200")
    assert form.cleaned_data["amount"] == Decimal("1234.50")
    assert form.cleaned_data["customer"] == forms.LookupValue("海天", "7")


@pytest.mark.parametrize(
    ("typed", "zh", "en"),
    [
        ({"quantity": "三"}, "请填写数字。", "Enter a number."),
        ({"quantity": "-1"}, "不能小于 0。", "This cannot be less than 0."),
        ({"quantity": "1.5"}, "请填写整数。", "Enter a whole number."),
        ({"amount": "12.345"}, "最多写 2 位小数。", "Give at most 2 decimals."),
        ({"remark": "再也写不下了"}, "最多 5 个字，现在有 6 个。", "At most 5 characters; there are 6."),
        ({"kind": "c"}, "请从列表里选一项。", "Choose one of the list."),
        ({"many": ["a", "c"]}, "请从列表里选一项。", "Choose one of the list."),
    ],
)
def test_what_is_wrong_is_a_sentence(typed: dict[str, str], zh: str, en: str) -> None:
    for language, said in (("zh-hans", zh), ("en", en)):
        with translation.override(language):
            assert list(sheet(**typed).errors.values()) == [[said]]


@pytest.mark.parametrize("typed", ["2026-11-03", "2026/11/3", "2026.11.03", "20261103", "2026年11月3日"])
def test_days_are_read_as_people_write_them(typed: str) -> None:
    form = sheet(day=typed)
    assert form.is_valid()
    assert form.cleaned_data["day"] == date(2026, 11, 3)


def test_a_moment_is_typed_on_the_site_clock_and_kept_in_utc() -> None:
    form = sheet(moment="2026-11-21T14:05")
    assert form.is_valid()
    assert form.cleaned_data["moment"] == datetime(2026, 11, 21, 6, 5, tzinfo=UTC)
    assert view_of(SampleForm(initial={"moment": form.cleaned_data["moment"]})["moment"]).value == "2026-11-21T14:05"


def test_a_missing_field_is_named_in_the_language_of_the_person() -> None:
    form = sheet(quantity="", customer="", customer_key="")
    with translation.override("zh-hans"):
        assert dict(form.errors) == {"customer": ["请填写客户。"], "quantity": ["请填写数量。"]}
    with translation.override("en"):
        assert dict(sheet(quantity="").errors) == {"quantity": ["Fill in: Quantity."]}


def test_what_was_typed_is_shown_again() -> None:
    form = sheet(quantity="十二", many=["b"], kind="b", moment="明天")
    assert not form.is_valid()
    assert view_of(form["quantity"]).value == "十二"
    assert view_of(form["moment"]).value == "明天"
    assert (view_of(form["customer"]).value, view_of(form["customer"]).key) == (" 海天 ".strip(), "7")
    assert [one.value for one in view_of(form["many"]).options if one.chosen] == ["b"]
    assert [one.value for one in view_of(form["kind"]).options if one.chosen] == ["b"]


def test_refusals_stand_in_the_form() -> None:
    form = sheet()
    assert form.is_valid()
    with translation.override("en"):
        form.refuse([t("还没有判定。", "Not judged yet.")])
        form.refuse_field("day", t("早于发货。", "Before shipping."))
        assert form.non_field_errors() == ["Not judged yet."]
        assert form.errors["day"] == ["Before shipping."]
        shown = shots.make_environment().globals["ui"].errors(form)
    assert "Not judged yet." in shown
    assert '<a href="#id_day">Day: Before shipping.</a>' in shown


def test_several_files() -> None:
    files = MultiValueDict({"photos": [SimpleUploadedFile("a.jpg", b"1"), SimpleUploadedFile("b.jpg", b"2")]})
    form = SampleForm(data=MultiValueDict({k: [v] for k, v in GOOD.items()}), files=files)
    assert form.is_valid(), form.errors
    assert [one.name for one in form.cleaned_data["photos"]] == ["a.jpg", "b.jpg"]
    assert sheet().is_valid()
    assert form.is_multipart()


def test_a_step_form_carries_token_and_version() -> None:
    fresh, other = SampleForm(version=4), SampleForm()
    assert fresh["version"].value() == 4
    assert len(fresh["submission"].value()) == 32
    assert fresh["submission"].value() != other["submission"].value()
    bound = sheet(version="4")
    assert bound.is_valid()
    assert (bound.cleaned_data["submission"], bound.cleaned_data["version"]) == ("abc", 4)
    unknown = sheet(version="x")
    assert unknown.is_valid()
    assert unknown.cleaned_data["version"] is None


def test_choices_known_only_later() -> None:
    form = sheet(kind="c")
    form.add_choices("kind", [("c", t("丙", "C"))])
    assert form.is_valid()
    assert form.cleaned_data["kind"] == "c"


def test_every_field_of_the_sample_form_has_its_label_and_control() -> None:
    ui = shots.make_environment().globals["ui"]
    form = sample.empty_form()
    with translation.override("en"):
        for bound in form.visible_fields():
            shown = ui.field(bound)
            assert escape(bound.field.label.show("en")) in shown
            assert f'name="{bound.html_name}"' in shown
    assert "style=" not in ui.fields(form)


def test_a_box_says_whether_what_it_finds_must_exist() -> None:
    class Picking(forms.StepForm):
        free = forms.Lookup(label=t("客户", "Customer"), url="/lookup")
        strict = forms.Lookup(label=t("并入", "Into"), url="/lookup", must_exist=True)

    form = Picking()
    assert [view_of(form[name]).must_exist for name in ("free", "strict")] == [False, True]


def test_lookup_answers_in_the_language_of_the_person() -> None:
    with translation.override("en"):
        reply = lookup_response([LookupResult("7", t("海天", "Haitian"), fill={"model": "X"})])
    assert reply.content.decode() == '{"items": [{"key": "7", "label": "Haitian", "hint": "", "fill": {"model": "X"}}]}'
