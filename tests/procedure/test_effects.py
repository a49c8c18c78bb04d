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
