"""What is too much, or no limit at all, is said at once and at its place."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from huiyin.kernel.numbering import NumberPattern
from huiyin.procedure.checks.kinds import MOST_FIELDS
from tests.procedure.small import mistakes_of, write

VISIT = (Path(__file__).parents[1] / "registers" / "packs" / "errands" / "pack.toml").read_text("utf-8")


def keys_of(tmp_path: Path, more: str) -> list[str]:
    return [one.key for one in mistakes_of(write(tmp_path / "errands", VISIT + more))]


def field(name: str, more: str = 'type = "number"') -> str:
    return f'\n[[field]]\nkey = "asking.{name}"\nlabel = {{ zh = "某数", en = "Some" }}\n{more}\n'


CHOSEN = field("chosen", 'type = "choice"\ncatalogue = "long"')


@pytest.mark.parametrize("written", ["NaN", "sNaN", "Infinity", "-Infinity", "1e999999", "a lot"])
@pytest.mark.parametrize("name", ["least", "most"])
def test_a_limit_is_a_number_that_one_can_reach(tmp_path: Path, name: str, written: str) -> None:
    assert f"field[asking.some].{name}" in keys_of(tmp_path, field("some", f'type = "number"\n{name} = "{written}"'))


@pytest.mark.parametrize("name", ["csrfmiddlewaretoken", "submission", "version", "q", "page"])
def test_names_that_forms_use_themselves_are_refused(tmp_path: Path, name: str) -> None:
    assert f"field[asking.{name}].key" in keys_of(tmp_path, field(name))


def test_what_is_too_much_is_said_in_a_moment(tmp_path: Path) -> None:
    fields = "".join(field(f"f{n}") for n in range(MOST_FIELDS + 300))
    chain = ",\n".join(
        f'{{ key = "o{n}", parent = "o{n + 1}", label = {{ zh = "项", en = "One" }} }}' for n in range(1500)
    )
    catalogue = f'\n[[catalogue]]\nkey = "long"\nlabel = {{ zh = "长", en = "Long" }}\noptions = [{chain}]\n' + CHOSEN
    began = time.process_time()
    found = keys_of(tmp_path, fields + catalogue)
    assert {"kind[asking].key", "catalogue[long].options"} <= set(found)
    assert time.process_time() - began < 20


def test_a_circle_of_parents_is_found(tmp_path: Path) -> None:
    chain = ",\n".join(
        f'{{ key = "o{n}", parent = "o{(n + 1) % 300}", label = {{ zh = "项", en = "One" }} }}' for n in range(300)
    )
    catalogue = f'\n[[catalogue]]\nkey = "long"\nlabel = {{ zh = "长", en = "Long" }}\noptions = [{chain}]\n' + CHOSEN
    assert "catalogue[long].options[1].parent" in keys_of(tmp_path, catalogue)


@pytest.mark.parametrize(
    ("one", "other", "meet"),
    [
        ("LF-{year}-{seq:3}", "LF-{year}-{seq:4}", True),  # LF-2026-1000
        ("LF-{year}-{seq:3}", "LF-{year}-{seq:3}", True),
        ("LF-{year}-{seq:3}", "LF{year}-{seq:3}", False),
        ("LF-{year}{month}-{seq:3}", "LF-{year}-{seq:3}", False),
        ("{prefix}-{year}-{seq:3}", "TS-{year}-{seq:2}", True),
    ],
)
def test_patterns_that_come_to_the_same_number(one: str, other: str, *, meet: bool) -> None:
    first, second = NumberPattern.parse(one), NumberPattern.parse(other)
    assert (first.meets(second), second.meets(first)) == (meet, meet)


@pytest.mark.parametrize("written", ["[{}]", "{ handling = true }", '["handling"]'])
def test_a_list_or_table_where_a_word_belongs_is_a_mistake_at_its_place(tmp_path: Path, written: str) -> None:
    changed = VISIT.replace('phase = "handling"', f"phase = {written}", 1)
    assert "state[asking.taken].phase" in [one.key for one in mistakes_of(write(tmp_path / "errands", changed))]


def test_a_dot_in_the_key_of_task_rows_is_a_mistake_at_its_place(tmp_path: Path) -> None:
    rows = '\n[[kind]]\nkey = "head.of"\nlabel = { zh = "事项", en = "Item" }\npart_of = "asking"\nrows = "task"\n'
    assert "kind[head.of].key" in keys_of(tmp_path, rows)


def test_a_pack_to_extend_with_an_endless_name_is_a_mistake_at_its_place(tmp_path: Path) -> None:
    changed = VISIT.replace('extends = "base"', f'extends = "{"a" * 5000}"', 1)
    assert [one.key for one in mistakes_of(write(tmp_path / "errands", changed))] == ["pack.extends"]


def test_guards_on_thirty_answers_are_judged_in_a_moment(tmp_path: Path) -> None:
    asked = "".join(field(f"y{n}", 'type = "yesno"\nasked = ["take"]') for n in range(30))
    ways = "".join(
        f'\n[[step]]\nkey = "asking.way{n}"\nfrom = ["taken"]\nto = "done"\nby = ["reception"]\n'
        f'guards = ["is:y{n}=yes"]\nlabel = {{ zh = "办法", en = "Way" }}\n'
        for n in range(30)
    )
    began = time.process_time()
    assert keys_of(tmp_path, asked + ways) == ["obligation[asking-finish].cancels"]
    assert time.process_time() - began < 20
