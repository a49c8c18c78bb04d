"""What is told of one step page for the tests of all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.story import Story


@dataclass(frozen=True)
class StepWalk:
    """One step page: the story before it, who may, what they fill in, state and event after it, who may not and why."""

    verb: str
    noun: str
    who: str
    before: Callable[[Story], Any]
    after: str
    event: str
    typed: dict[str, Any]
    stranger: str
    refusal: str
    pack: str = "base"

    def __str__(self) -> str:
        return self.verb
