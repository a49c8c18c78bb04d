"""Grams: any fragment of two characters or more is covered, and nothing else matters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.records.search.grams import (
    as_number,
    as_token,
    as_tokens,
    excerpt,
    fold,
    grams,
    kind_gram,
    query_words,
    required_grams,
    storable,
)

TEXTS = st.text(
    st.one_of(
        st.sampled_from("漏油密封圈老化，。 ABCabc0123-/._ＡＢ１２㎜ﬀß\n\u200b"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


@given(TEXTS, st.data())
def test_every_fragment_of_a_text_needs_only_grams_the_text_has(text: str, data: st.DataObject) -> None:
    runs = [run for run in fold(text).split(" ") if len(run) >= 2]
    if not runs:
        return
    run = data.draw(st.sampled_from(runs))
    start = data.draw(st.integers(0, len(run) - 2))
    end = data.draw(st.integers(start + 2, len(run)))
    wanted = required_grams(run[start:end])
    assert wanted
    assert set(wanted) - grams(fold(text)) == set()


@given(TEXTS)
def test_grams_survive_being_one_line_of_tokens(text: str) -> None:
    every = grams(fold(text))
    line = as_tokens(every)
    assert sorted(line.split()) == sorted(as_token(gram) for gram in every)
    # SQLite's tokenizer splits at ASCII signs and nowhere else.
    assert [c for c in line if c.isascii() and not c.isalnum() and c != " "] == []


@given(TEXTS)
def test_numbers_of_grams_fit_the_column(text: str) -> None:
    assert all(-(2**31) <= as_number(gram) < 2**31 for gram in grams(fold(text)))


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("ＡＢＣ－２０４１", "abc-2041"),
        ("漏\u200b油", "漏油"),
        ("  漏油　\n现场 ", "漏油 现场"),
        ("5㎜", "5mm"),
        ("Straße", "strasse"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("漏油", ["漏油"]),
        ("密封圈", ["密封", "封圈"]),
        ("ab", ["ab"]),
        ("abc", ["abc"]),
        ("abc1", ["abc", "bc1"]),
        ("泵hy4", ["hy4", "泵h"]),
        ("漏", []),
    ],
)
def test_needed_grams_are_few(word: str, wanted: list[str]) -> None:
    assert required_grams(word) == wanted


def test_words_of_a_query_are_each_taken_once_and_not_without_end() -> None:
    assert query_words(" 漏油　ABC 漏油 ") == ["漏油", "abc"]
    assert len(query_words(" ".join(f"词{n}" for n in range(50)))) == 10
    assert len("".join(query_words("长" * 5000))) == 200


def test_what_no_database_takes_is_left_out() -> None:
    assert storable("a\x00b\ud800c") == "abc"


def test_no_typed_word_has_the_gram_of_a_kind() -> None:
    assert kind_gram("complaint") not in grams(fold("complaint \ue000complaint"))


def test_an_excerpt_shows_the_word_in_its_place_as_it_was_written() -> None:
    text = "开头" * 40 + "现场发现ＡＢＣ接头处漏油，已更换。" + "结尾" * 40
    pieces = excerpt(text, ["abc", "漏油"])
    assert [words for words, marked in pieces if marked] == ["ＡＢＣ", "漏油"]
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)


@given(TEXTS, TEXTS)
def test_an_excerpt_never_fails(text: str, query: str) -> None:
    pieces = excerpt(text, query_words(query))
    assert all(words for words, _ in pieces)
