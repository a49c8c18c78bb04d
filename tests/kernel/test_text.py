"""Texts in both languages."""

from __future__ import annotations

from huiyin.kernel.text import Text, t


def test_a_text_is_shown_in_the_readers_language() -> None:
    text = t("第 {n} 页", "Page {n}", n=3)
    assert [text.show(language) for language in ("zh", "zh-hans", "en", "en-gb")] == [
        "第 3 页",
        "第 3 页",
        "Page 3",
        "Page 3",
    ]
    assert str(text) == "第 3 页"


def test_a_text_within_a_text_follows_the_language() -> None:
    name = t("春节", "Spring Festival")
    assert t("{name}放假", "{name} holiday", name=name).show("en") == "Spring Festival holiday"


def test_without_values_braces_are_just_braces() -> None:
    assert t("写 {seq}", "Write {seq}").show("en") == "Write {seq}"


def test_values_may_be_filled_later() -> None:
    pattern = t("{a}+{b}", "{a} and {b}", a=1)
    assert pattern.with_values(b=2) == Text("{a}+{b}", "{a} and {b}", {"a": 1, "b": 2})
    assert pattern.with_values(a=5, b=2).show("zh") == "5+2"
