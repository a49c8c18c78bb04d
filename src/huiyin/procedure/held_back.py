"""Until when a guard holds back its step, as far as that is a matter of what is owed: said where it is declared."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HeldUntil:
    """Until when a guard holds back its step: until each thing that waits for one of ``events`` has met with one, or
    until every ``part`` stands in one of ``states`` (of none: until there is no such part).
    """

    events: frozenset[str] = frozenset()
    part: str = ""
    states: frozenset[str] = frozenset()


def until(*events: str) -> HeldUntil:
    """Until whatever waits for one of these events has met with one of them."""
    return HeldUntil(events=frozenset(events))


def until_parts(part: str, *states: str) -> HeldUntil:
    """Until every part of this kind stands in one of these states; without any: until there is no such part."""
    return HeldUntil(part=part, states=frozenset(states))
