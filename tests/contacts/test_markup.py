"""Formatted mails made harmless: nothing active survives, nothing of the words is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.contacts.markup import LINKS, LONGEST, TAGS, as_text, sanitise_html, shown


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>你好<script>alert(1)</script>世界</p>", "<p>你好世界</p>"),
        ('<p onclick="x()" style="position:fixed" class="a" id="b">字</p>', "<p>字</p>"),
        ("<style>p{}</style><title>t</title>字", "字"),
        ('<img src="http://evil.example/1.png">字', "字"),
        ('<img src="//evil.example/1.png" onerror="x()">字', "字"),
        ('<img src="cid:p1" onerror="x()">', '<img src="cid:p1">'),
        ('<svg onload="x()"><p>a</p></svg>字', "字"),
        ('<iframe src="https://evil.example"></iframe>字', "字"),
        ("<form action=/x><input name=a><button>送</button></form>", "送"),
        ('<p hx-get="/x" data-hx-post="/y">字</p>', "<p>字</p>"),
        ("<p>a < b > c &amp; &lt;script&gt;</p>", "<p>a &lt; b &gt; c &amp; &lt;script&gt;</p>"),
        ("<b>粗<p>段</b>尾", "<b>粗<p>段</p></b>尾"),
        ("<!-- <p>x</p> -->字<!-- 未完", "字"),
        ("<?xml x?>字</3>尾</ p>", "字尾"),
        ("<p>上<o:p></o:p>午</p><my-part a=1>字</my-part>", "<p>上午</p>字"),
        ("<http://x.example>字", "&lt;http://x.example&gt;字"),
        ("<base href=//evil.example><meta http-equiv=refresh content=0>字", "字"),
    ],
)
def test_harmless(html: str, expected: str) -> None:
    assert sanitise_html(html).html == expected


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", " java\tscript:alert(1)", "data:text/html,x", "vbscript:x", "/people/", "#x"],
)
def test_links_lead_only_outside(href: str) -> None:
    assert "href" not in sanitise_html(f'<a href="{href}">按</a>').html


@pytest.mark.parametrize("scheme", LINKS)
def test_every_link_that_readers_may_follow_stands_on_the_page(scheme: str) -> None:
    """What is taken in as a link is one still when it is stored and when it is shown."""
    link = f'<a href="{scheme}x.example" rel="noopener noreferrer nofollow">按</a>'
    stored = sanitise_html(f'<a href="{scheme}x.example">按</a>').html
    assert (stored, str(shown(stored, {}))) == (link, link)


def test_links_outside_carry_nothing_along() -> None:
    assert sanitise_html('<a href="https://x.example/?a=1&b=2" target="_blank">按</a>').html == (
        '<a href="https://x.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">按</a>'
    )


@pytest.mark.parametrize("over", [0, 1, 100])
def test_of_a_very_large_text_in_many_pieces_the_beginning_is_kept_and_the_cut_is_told(over: int) -> None:
    """A text that just fills the room is whole, and nothing is said of it; no word stands behind the room's end."""
    pieces, rest = divmod(LONGEST, len("<p>字</p>"))
    assert rest == 0
    made = sanitise_html("<p>字</p>" * (pieces + over))
    assert (made.html.removesuffix("<p></p>") == "<p>字</p>" * pieces, made.cut) == (True, over > 0)


def test_remote_pictures_are_counted() -> None:
    assert sanitise_html("<img src=http://a/1.png><img src=https://b/2.png>").remote_pictures == 2


def test_pictures_are_shown_from_our_own_store_only() -> None:
    html = '<p>看</p><img src="cid:p1" alt="照片"><img src="cid:gone"><img src="http://evil.example/x.png">'
    assert shown(html, {"p1": "/files/7/a.png"}) == '<p>看</p><img src="/files/7/a.png" alt="照片">'


def test_words_stand_in_lines() -> None:
    html = sanitise_html("<table><tr><td>型号<td>HY-40<tr><td>数量<td>3</table><p>一<br>二</p><p>三</p>").html
    assert as_text(html) == "型号 HY-40\n数量 3\n一\n二\n三"


PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<table>",
        "</table>",
        "<td>",
        "<script>",
        "</script>",
        "<img src=cid:1 ",
        'onerror="',
        "<a href=",
        "javascript:",
        "'",
        '"',
        ">",
        "<",
        "<!--",
        "-->",
        "&lt;",
        "&#60;script&#62;",
        "<svg>",
        "<math>",
        "<style>",
        "<textarea>",
        "字",
        " ",
        "=",
        "/",
        "<noscript>",
        "<xmp>",
        "\x00",
        "<b\x00>",
        "style=",
        "<img",
        "data:image/png;base64,",
        "&",
        ";",
        "<![CDATA[",
        "]]>",
        "<?",
    ]
)
ALLOWED = re.compile(
    r"<(?:/?(?:"
    + "|".join(sorted(TAGS))
    + r')|(?:td|th)(?: (?:col|row)span="\d+")+|a(?: href="[^"<>]*")? rel="[a-z ]+"'
    r'|img src="(?:cid:|/files/)[^"<>]*"(?: alt="[^"<>]*")?|img alt="[^"<>]*" src="(?:cid:|/files/)[^"<>]*")>'
)


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=50).map("".join))
def test_only_our_own_tags_come_out(html: str) -> None:
    made = sanitise_html(html, embedded=lambda source: "1").html
    for out in (made, str(shown(made, {"1": "/files/1/a.png"}))):
        rest = ALLOWED.sub("", out)
        assert "<" not in rest
    assert "src=" not in re.sub(r"[^<]*(<[^>]*>)?", r"\1", str(shown(made, {})))
