"""What pages put out: whatever was typed stands escaped, by whichever way it comes to the page.

The engine is Jinja as it is.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from jinja2 import DictLoader, Environment, UndefinedError
from markupsafe import Markup

from huiyin.ui.jinja import environment

MACROS = """
{% macro one(a, b="2", c=none) %}<i>{{ a }}|{{ b }}|{{ c }}</i>{% endmacro %}
{% macro framed(title) %}<b>{{ title }}</b>{{ caller() }}{% endmacro %}
{% macro each(items) %}{% for x in items %}{{ caller(x) }}{% endfor %}{% endmacro %}
"""
SAID = "<script>'x' & \"y\""
ESCAPED = "&lt;script&gt;&#39;x&#39; &amp; &#34;y&#34;"
GIVEN: dict[str, Any] = {"said": SAID, "markup": Markup("<em>&amp;</em>"), "amount": Decimal("1.50")}


def made(page: str, **more: str) -> Any:
    return environment(loader=DictLoader({"macros": MACROS, "page": page, **more}), auto_reload=True).get_template(
        "page"
    )


@pytest.mark.parametrize(
    ("page", "shown"),
    [
        ("{{ said }}{{ markup }}{{ 3 }}{{ none }}{{ amount }}", f"{ESCAPED}<em>&amp;</em>3None1.50"),
        ("{% import 'macros' as m %}{{ m.one('<', b=said) }}", f"<i>&lt;|{ESCAPED}|None</i>"),
        (
            "{% import 'macros' as m %}{% call m.framed(said) %}<p>{{ said }}</p>{% endcall %}",
            f"<b>{ESCAPED}</b><p>{ESCAPED}</p>",
        ),
        (
            "{% import 'macros' as m %}{% call(x) m.each([said, 1, markup]) %}[{{ x }}]{% endcall %}",
            f"[{ESCAPED}][1][<em>&amp;</em>]",
        ),
        ("{% set kept %}<s>{{ said }}</s>{% endset %}{{ kept }}{{ kept }}", f"<s>{ESCAPED}</s>" * 2),
        (
            "{{ ui.badge(said) }}{{ ui.badge(markup) }}",
            f'<span class="badge is-neutral">{ESCAPED}</span><span class="badge is-neutral"><em>&amp;</em></span>',
        ),
        ("{{ t('“{x}”', '“{x}”', x=said) }}{{ said|show }}", f"“{ESCAPED}”{ESCAPED}"),
        ("[{{ none|show }}{{ show(none) }}{{ ''|show }}{{ 0|show }}]", "[0]"),
    ],
)
def test_what_was_typed_stands_escaped(page: str, shown: str) -> None:
    assert made(page).render(GIVEN) == shown


@pytest.mark.parametrize("wrong", ["m.one('a', d=1)", "m.one(1, 2, 3, 4)", "m.one()", "m.framed('x')"])
def test_macros_refuse_what_they_do_not_know(wrong: str) -> None:
    with pytest.raises((TypeError, UndefinedError)):
        made("{% import 'macros' as m %}{{ " + wrong + " }}").render()


def test_the_engine_is_jinja_as_it_is() -> None:
    ours = environment(auto_reload=True)
    assert type(ours) is Environment
    for part in ("code_generator_class", "context_class", "template_class"):
        assert getattr(ours, part) is getattr(Environment, part)
