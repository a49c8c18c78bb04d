"""Effects of steps in a pack: each mistake named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.loader import load_pack
from tests.procedure.small import mistakes_of, write

ERRANDS = (Path(__file__).parents[1] / "registers" / "packs" / "errands" / "pack.toml").read_text("utf-8")
OPENS = 'opens = "errand.begin"\nmap = { errand_what = "what" }'


def test_what_steps_bring_about_is_read(tmp_path: Path) -> None:
    effects = load_pack(write(tmp_path / "errands", ERRANDS)).effects
    assert [(one.step, one.opens or one.closes or one.writes) for one in effects] == [
        ("asking.take", "errand.begin"),
        ("errand.come_back", "asking.finish"),
        ("asking.finish", {"last_asked": "what"}),
    ]


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('step = "asking.take"', 'step = "asking.took"', "effect[send-out].step"),
        ('step = "asking.take"', 'step = "complaint.register"', "effect[send-out].step"),
        ('opens = "errand.begin"', 'opens = "errand.come_back"', "effect[send-out].opens"),
        ('opens = "errand.begin"', 'opens = "complaint.register"', "effect[send-out].opens"),
        ('errand_what = "what"', 'errand_wat = "what"', "effect[send-out].map.errand_wat"),
        ('errand_what = "what"', 'errand_what = "outside"', "effect[send-out].map.errand_what"),
        ('when = [{ field = "outside"', 'when = [{ field = "inside"', "effect[send-out].when[1].field"),
        (OPENS, 'map = { errand_what = "what" }', "effect[send-out].key"),
        (OPENS, OPENS + '\ncloses = "asking.finish"', "effect[send-out].closes"),
        ('closes = "asking.finish"', 'closes = "asking.take"', "effect[come-home].closes"),
        ('last_asked = "what"', 'name = "what"', "effect[remember].writes.name"),
        ('key = "asking"\nlabel = { zh = "客户所求", en = "Asking" }\nabout = ["customer"]',
         'key = "asking"\nlabel = { zh = "客户所求", en = "Asking" }', "effect[remember].writes"),
        ('step = "asking.take"', 'step = "errand.begin"', "effect[send-out].opens"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, key: str) -> None:
    assert ERRANDS.count(old) >= 1
    where = ERRANDS.index("[[effect]]") if old not in ERRANDS[: ERRANDS.index("[[effect]]")] else 0
    text = ERRANDS[:where] + ERRANDS[where:].replace(old, new, 1)
    assert key in [one.key for one in mistakes_of(write(tmp_path / "errands", text))]


def test_a_circle_over_two_kinds_is_found_on_each_of_its_effects(tmp_path: Path) -> None:
    round_about = ERRANDS.replace('step = "errand.come_back"\ncloses = "asking.finish"',
                                  'step = "errand.begin"\nopens = "asking.take"')  # fmt: skip
    found = [one.key for one in mistakes_of(write(tmp_path / "errands", round_about))]
    assert [one for one in found if one.endswith(".opens")] == ["effect[send-out].opens", "effect[come-home].opens"]


def field(key: str, more: str) -> str:
    """A field of words, with more said of it."""
    return f'\n[[field]]\nkey = "{key}"\ntype = "text"\nlabel = {{ zh = "某项", en = "Some" }}\n{more}\n'


def effect(text: str) -> str:
    """One more effect."""
    return f'\n[[effect]]\nkey = "more"\n{text}\n'


SHOWN = 'shown = [{ field = "errand_what", is = ["x"] }]'


@pytest.mark.parametrize(
    ("more", "key"),
    [
        (field("errand.where", 'required_for = ["begin"]'), "effect[send-out].map"),
        (field("errand.where", f'required_for = ["begin"]\n{SHOWN}'), None),
        (field("errand.where", "required_for = []"), None),
        (field("asking.outcome", 'asked = ["finish"]\nrequired_for = ["finish"]'), "effect[come-home].closes"),
        (field("asking.outcome", 'asked = ["take", "finish"]\nrequired_for = ["finish"]'), None),
        (field("asking.outcome", 'asked = ["finish"]'), None),
    ],
)
def test_a_step_taken_by_an_effect_is_given_what_it_needs(tmp_path: Path, more: str, key: str | None) -> None:
    found = mistakes_of(write(tmp_path / "errands", ERRANDS + more))
    assert [one.key for one in found] == ([key] if key else [])
    if key == "effect[send-out].map":
        assert (found[0].problem.zh, found[0].remedy.zh) == (
            "「errand.begin」必填「where」，这里没有给出",
            '请在 map 里写 where = "…"',
        )


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ('step = "asking.correct"\nreplaces = "asking.finsh"', "There is no step “asking.finsh”."),
        ('step = "asking.correct"\nreplaces = "asking.take"', "There is no step “asking.take”."),
        ('step = "asking.correct"\nreplaces = "errand.come_back"', "There is no step “errand.come_back”."),
        ('step = "asking.correct"\nreplaces = "asking.finish"', "No effect opens the next edition of “asking”."),
    ],
)
def test_what_takes_the_place_of_another_is_of_its_kind_and_comes_from_it(
    tmp_path: Path, more: str, problem: str
) -> None:
    found = mistakes_of(write(tmp_path / "errands", ERRANDS + effect(more)))
    assert [(one.key, one.problem.en) for one in found] == [("effect[more].replaces", problem)]


def test_an_edition_replaces_the_one_from_which_it_is_opened(tmp_path: Path) -> None:
    again = '[[effect]]\nkey = "next"\nstep = "asking.correct"\nopens = "asking.take"\nmap = { what = "what" }\n'
    replaced = effect('step = "asking.hand_over"\nreplaces = "asking.finish"')
    assert mistakes_of(write(tmp_path / "errands", ERRANDS + again + replaced)) == []
    unasked = replaced + field("asking.why", 'asked = ["finish"]\nrequired_for = ["finish"]')
    keys = [one.key for one in mistakes_of(write(tmp_path / "errands", ERRANDS + again + unasked))]
    assert keys == ["effect[come-home].closes", "effect[more].replaces"]


def test_a_step_that_follows_is_taken_by_an_effect(tmp_path: Path) -> None:
    """Both what an effect opens and what it closes may follow; a step that nothing takes may not."""
    fine = ERRANDS.replace('key = "asking.finish"', 'key = "asking.finish"\nfollows = true', 1)
    assert mistakes_of(write(tmp_path / "errands", fine)) == []
    wrong = ERRANDS.replace('key = "asking.take"', 'key = "asking.take"\nfollows = true', 1)
    assert [one.key for one in mistakes_of(write(tmp_path / "errands", wrong))] == ["step[asking.take].follows"]
