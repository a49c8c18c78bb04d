"""The macros: what they print, what they refuse, and that the document about them is true."""

from __future__ import annotations

import re
from contextvars import copy_context
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from inspect import signature
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from jinja2 import Environment
from jinja2.exceptions import UndefinedError
from jinja2.runtime import Macro
from markupsafe import Markup

from huiyin.kernel.text import t
from huiyin.ui import zone
from huiyin.ui.components import Fact, FilterChip, StepBarItem
from huiyin.ui.forms import StepForm
from huiyin.ui.python_components import COMPONENTS
from tests.ui import sample, shots

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "components.md"


@pytest.fixture(scope="module")
def jinja() -> Environment:
    return shots.make_environment()


@pytest.fixture(scope="module")
def ui(jinja: Environment) -> Any:
    return jinja.globals["ui"]


def flat(markup: str) -> str:
    """Markup with its line breaks and indentation taken out."""
    return re.sub(r"\s*\n\s*", "", markup)


def test_a_parameter_nobody_declared_is_refused(ui: Any) -> None:
    with pytest.raises(TypeError, match="colour"):
        ui.badge("新", colour="red")


def test_a_value_that_is_missing_is_an_error(jinja: Environment) -> None:
    with pytest.raises(UndefinedError):
        jinja.from_string("{{ nobody_gave_this }}").render()


def test_words_are_escaped_and_markup_is_not(ui: Any) -> None:
    assert ui.badge("<b>") == '<span class="badge is-neutral">&lt;b&gt;</span>'
    assert ui.badge(Markup("<b>x</b>")) == '<span class="badge is-neutral"><b>x</b></span>'


def test_texts_show_in_the_language_of_the_page(ui: Any) -> None:
    label = t("处理中", "In handling")
    with translation.override("zh-hans"):
        assert ui.phase("handling", label) == '<span class="phase is-handling">处理中</span>'
    with translation.override("en"):
        assert ui.phase("handling", label) == '<span class="phase is-handling">In handling</span>'


def test_a_button_with_reasons_is_disabled_and_says_why(ui: Any) -> None:
    with translation.override("zh-hans"):
        shown = flat(
            ui.button(
                t("结案", "Close"),
                kind="primary",
                href="/close",
                reasons=[t("客户还没有确认。", "Not accepted.")],
            )
        )
    assert shown == (
        '<span class="refused"><button class="button is-primary" type="button" aria-disabled="true" disabled>'
        '<span>结案</span></button><span class="refused-why"><span>客户还没有确认。</span></span></span>'
    )


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, "submit"),
        ({"type": "reset"}, "reset"),
        ({"dialog": "d"}, "button"),
        ({"get": "/x", "target": "#y"}, "button"),
    ],
)
def test_a_button_that_opens_or_fetches_something_does_not_send_the_form_around_it(
    ui: Any, given: dict[str, str], kind: str
) -> None:
    assert re.findall(r' type="(\w+)"', ui.button("新", **given)) == [kind]


def test_offers_put_the_primary_step_first_and_fold_what_cannot_be_done(ui: Any) -> None:
    with translation.override("en"):
        shown = ui.offers(sample.OFFERS, "/complaints/1/")
    assert re.findall(r'<a [^>]*href="(/[^"]+)"', shown) == [
        f"/complaints/1/{verb}" for verb in ("conclude", "assign", "promise", "grant")
    ]
    assert shown.count("is-primary") == 1
    assert re.findall(r"<dt>([^<]+)</dt>", shown) == ["Answer the customer", "Close"]
    assert "The customer has not accepted yet." in shown


def test_time_left_shows_words_and_the_exact_moment(ui: Any) -> None:
    with translation.override("zh-hans"):
        assert ui.left(sample.AT + timedelta(hours=3, minutes=20), sample.AT) == (
            '<time class="left is-soon" datetime="2026-11-21T10:00:00+00:00" title="期限 2026-11-21 18:00" data-due>'
            "还剩 3 小时 20 分</time>"
        )
        assert ui.left(None, sample.AT) == ""


def test_a_moment_of_another_year_is_shown_with_its_year(ui: Any) -> None:
    def shown(value: datetime) -> str:
        zone.set_page_moment(sample.AT)
        return re.sub(r"<[^>]*>", "", ui.moment(value))

    show_in_a_context_of_its_own = copy_context().run
    moments = [datetime(*day, tzinfo=UTC) for day in ((2025, 1, 10, 4), (2025, 12, 31, 16), (2026, 1, 10, 4))]
    assert [show_in_a_context_of_its_own(shown, one) for one in moments] == [
        "2025-01-10 12:00",
        "01-01 00:00",
        "01-10 12:00",
    ]


def test_an_empty_value_of_a_fact_is_a_dash(ui: Any) -> None:
    with translation.override("zh-hans"):
        shown = flat(ui.facts([(t("型号", "Model"), None), Fact(t("数量", "Quantity"), 0, href="/x")]))
    assert shown == (
        '<dl class="facts is-2"><div><dt>型号</dt><dd><span class="nothing" aria-label="没有">—</span></dd></div>'
        '<div><dt>数量</dt><dd><a href="/x">0</a></dd></div></dl>'
    )


def test_an_empty_table_shows_the_first_step(jinja: Environment) -> None:
    page = jinja.from_string(
        '{% call(row) ui.table([ui.column("A")], [], empty=ui.empty("B", action="C", href="/c")) %}'
        "{{ row }}{% endcall %}"
    )
    shown = page.render()
    assert "<table" not in shown
    assert 'href="/c"' in shown


def test_active_filters_say_so(ui: Any) -> None:
    shown = ui.chips([FilterChip("a", "?a", active=True), FilterChip("b", "?b", count=2)])
    assert re.findall(r'<a class="chip" href="([^"]+)"( aria-current="true")?>', shown) == [
        ("?a", ' aria-current="true"'),
        ("?b", ""),
    ]


def test_a_step_has_a_known_state() -> None:
    with pytest.raises(ValueError, match="unknown state"):
        StepBarItem("x", "begun")


def test_a_way_that_was_cut_short_ends_at_no_current_step(ui: Any) -> None:
    shown = ui.steps([StepBarItem(t("登记", "Register"), "done"), StepBarItem(t("已取消", "Cancelled"), "ended")])
    assert re.findall(r'<li class="([^"]+)"', shown) == ["is-done", "is-ended"]
    assert "aria-current" not in shown
    assert "到此为止" in shown


@pytest.mark.parametrize(("kind", "back"), [("primary", "取消"), ("danger", "返回")])
def test_the_way_back_from_a_cancellation_is_not_called_cancel(ui: Any, kind: str, back: str) -> None:
    shown = ui.form(StepForm(), csrf="", submit=t("取消盘点", "Cancel the stock-take"), kind=kind, cancel="/x")
    assert re.findall(r'<a class="button is-quiet" href="/x">([^<]+)</a>', shown) == [back]


class Tags(HTMLParser):
    """Notes tags that are closed in the wrong order."""

    VOID = {"meta", "link", "input", "img", "br", "hr", "use"}

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.VOID:
            self.open.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> at line {self.getpos()[0]}")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", list(shots.contexts()))
def test_sample_pages_are_well_formed(jinja: Environment, name: str, language: str) -> None:
    tags = Tags()
    tags.feed(shots.page(jinja, name, language))
    assert (tags.wrong, tags.open) == ([], [])
    assert [one for one in tags.ids if tags.ids.count(one) > 1] == []


@pytest.mark.parametrize("name", ["list", "record", "form", "report"])
def test_the_english_page_has_no_chinese_of_ours(jinja: Environment, name: str) -> None:
    """Sample data are Chinese; whatever else is Chinese must also stand in the Chinese page."""
    words = re.compile(r"[\u3400-\u9fff]+")
    ours = set(words.findall(shots.page(jinja, name, "zh"))) - set(words.findall(shots.page(jinja, name, "en")))
    left = {"登记", "新建", "返回", "投诉"} & set(words.findall(shots.page(jinja, name, "en")))
    assert left == set()
    assert len(ours) > 20


def parameters_of(ui: Any) -> dict[str, list[str]]:
    """Every component and its parameters, macros and those drawn in Python alike."""
    ui.table  # noqa: B018  (macros are read at first use)
    macros = {
        name: list(macro.arguments)
        for name, macro in vars(vars(ui)["_module"]).items()
        if isinstance(macro, Macro) and not name.startswith("_")
    }
    drawn = {
        name: [one for one in signature(component).parameters if one != "caller"]
        for name, component in COMPONENTS.items()
    }
    return {**macros, **drawn}


def test_every_component_is_documented_with_its_parameters(ui: Any) -> None:
    document = DOCUMENT.read_text("utf-8")
    components = parameters_of(ui)
    assert len(components) > 45
    rows = re.findall(r"^\| `ui\.(\w+)` \| (?:`([^`]*)`|—) \|", document, re.M)
    assert sorted(name for name, _ in rows) == sorted(components)
    wrong = {
        name: parameters
        for name, parameters in rows
        if [p.partition("=")[0].strip() for p in split(parameters)] != components[name]
    }
    assert wrong == {}


MOMENTS = {"due", "at", "done", "value"}


@pytest.mark.parametrize("name", sorted(COMPONENTS))
def test_nothing_typed_reaches_the_page_as_markup(name: str) -> None:
    component = COMPONENTS[name]
    hostile: Any = "\"'<script>&"
    asked = [one for one in signature(component).parameters if one != "caller"]
    for reasons in ((), (hostile,)):
        given = {
            one: reasons
            if one in ("reasons", "derivation", "warnings")
            else sample.AT
            if one in MOMENTS and name in ("left", "moment", "day", "entry", "owed")
            else hostile
            for one in asked
        }
        shown = component(**given)
        assert "<script" not in shown
        assert "'<" not in shown
        assert hostile not in shown


def split(parameters: str) -> list[str]:
    """``a, b=(), c`` at its commas outside brackets and quotes."""
    return [part for part in re.split(r",\s*(?![^(]*\))", parameters) if part]
