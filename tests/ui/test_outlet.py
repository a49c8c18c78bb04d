"""What pages put out is what markupsafe and Jinja would have put out, only sooner."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.template import engines
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError
from markupsafe import Markup, escape

from huiyin.ui.jinja import environment
from huiyin.ui.outlet import out, safe

MACROS = """
{% macro one(a, b="2", c=none) %}<i>{{ a }}|{{ b }}|{{ c }}</i>{% endmacro %}
{% macro framed(title) %}<b>{{ title }}</b>{{ caller() }}{% endmacro %}
{% macro open(title, caller=none) %}{{ title }}{% if caller %}{{ caller() }}{% endif %}{% endmacro %}
{% macro each(items) %}{% for x in items %}{{ caller(x) }}{% endfor %}{% endmacro %}
"""
PAGES = {
    "macros": MACROS,
    "plain": "{% import 'macros' as m %}{{ m.one('<', b=said) }}{{ m.one('a', '&', c='\"') }}{{ m.one(said) }}",
    "called": "{% import 'macros' as m %}{% call m.framed('<t>') %}<p>{{ said }}</p>{% endcall %}",
    "empty": "{% import 'macros' as m %}{{ m.open('x') }}{% call m.open('y') %}<u>{{ said }}</u>{% endcall %}",
    "items": "{% import 'macros' as m %}{% call(x) m.each(['<', 1, markup]) %}[{{ x }}]{% endcall %}",
    "values": "{{ said }}{{ markup }}{{ 3 }}{{ none }}{{ amount }}{% set kept %}<s>{{ said }}</s>{% endset %}{{ kept }}",
}
GIVEN = {
    "said": "<script>alert('x & \"y\"')</script>",
    "markup": Markup("<em>&amp;</em>"),
    "amount": Decimal("1.50"),
}


class Html:
    def __html__(self) -> str:
        return "<hr>"


@given(st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.text().map(Markup), st.lists(st.text())))
def test_every_value_is_escaped_as_ever(value: Any) -> None:
    assert out(value) == escape(value)


def test_what_says_how_it_is_drawn_is_asked() -> None:
    assert out(Html()) == escape(Html()) == "<hr>"
    with pytest.raises(UndefinedError):
        out(StrictUndefined(name="nobody"))


@given(st.text())
def test_markup_stays_markup(text: str) -> None:
    made = safe(text)
    assert (type(made), str(made)) == (Markup, text)
    assert out(made) is made


@pytest.mark.parametrize("page", [name for name in PAGES if name != "macros"])
def test_pages_come_out_as_jinja_makes_them(page: str) -> None:
    usual = Environment(loader=DictLoader(PAGES), autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    ours = environment(loader=DictLoader(PAGES), auto_reload=True)
    assert ours.get_template(page).render(GIVEN) == usual.get_template(page).render(GIVEN)
    assert "<script>" not in ours.get_template(page).render(GIVEN)


@pytest.mark.parametrize(
    "wrong", ["{{ m.one('a', d=1) }}", "{{ m.one(1, 2, 3, 4) }}", "{{ m.one() }}", "{{ m.framed('x') }}"]
)
def test_macros_refuse_what_they_do_not_know(wrong: str) -> None:
    made = environment(loader=DictLoader({"macros": MACROS}), auto_reload=True)
    with pytest.raises((TypeError, UndefinedError)):
        made.from_string("{% import 'macros' as m %}" + wrong).render()


def test_the_pages_of_the_product_are_made_so() -> None:
    template = engines["jinja2"].env.get_template("ui/components.html")
    module = template.root_render_func.__globals__
    assert (module["out"], module["Macro"].__module__) == (out, "huiyin.ui.outlet")
