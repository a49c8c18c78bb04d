"""How long and how many: what just fits into a pack is taken, one more is refused at its place and nothing else is."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.procedure.small import changed, mistakes_of, write


def _options(count: int) -> str:
    more = "".join(f'{{ key = "o{n}", label = {{ zh = "项", en = "One" }} }},\n' for n in range(count - 2))
    return changed('{ key = "safety"', more + '{ key = "safety"')


def _state(length: int) -> str:
    name = "s" * length
    state = changed('key = "complaint.registered"', f'key = "complaint.{name}"')
    return state.replace('"registered"', f'"{name}"')


def _number(length: int) -> str:
    """Numbers of this length: ``{year}{month}-{seq:3}`` alone has ten signs."""
    return changed('pattern = "{year}', 'pattern = "' + "F" * (length - 10) + "{year}")


BOUNDS: dict[str, tuple[int, str, Callable[[int], str]]] = {
    "label in Chinese": (100, "catalogue[severity].label", lambda n: changed('"严重程度"', f'"{"重" * n}"')),
    "label in English": (100, "catalogue[severity].label", lambda n: changed('"Severity"', f'"{"s" * n}"')),
    "number of a record": (30, "numbering[complaint].pattern", _number),
    "name of a state": (30, f"state[complaint.{'s' * 31}].key", _state),
    "options of a catalogue": (1_000, "catalogue[severity].options", _options),
}
"""What is bounded: the most that is taken, where the pack is told of more, and a pack with so much of it."""


@pytest.mark.parametrize("what", BOUNDS)
def test_what_just_fits_is_taken_and_one_more_is_refused(tmp_path: Path, what: str) -> None:
    most, place, made = BOUNDS[what]
    found = [
        [one.key for one in mistakes_of(write(tmp_path / str(count) / "small", made(count)))]
        for count in (most - 1, most, most + 1)
    ]
    assert found == [[], [], [place]]
