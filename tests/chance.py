"""Long random lives: as the short ones of hypothesis, without its leaning to the short and simple,
so that they get far.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from hypothesis.control import BuildContext
from hypothesis.internal.conjecture.data import ConjectureData

INVARIANT = "hypothesis_stateful_invariant"
PAUSE = 3
"""Everything that is to hold is asked after so many steps, for it takes longer than they do."""
Deed = tuple[int, Callable[[Any, Any], Any]]
"""How likely something is beside the others, and what is done to a life, with the dice in hand."""


class Dice:
    """Draws from strategies by one seed; stands where the lives expect hypothesis' own data."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def draw(self, strategy: Any) -> Any:
        """A value of the strategy."""
        data = ConjectureData(random=self.random)
        with BuildContext(data, wrapped_test=lambda: None):
            return data.draw(strategy)


def lived_far(
    machine: Callable[[], Any],
    begin: Callable[[Any, Dice], Any],
    deeds: Sequence[Deed],
    *,
    lives: int,
    steps: int,
) -> None:
    """So many lives of so many steps, with everything that is to hold asked again and again."""
    for seed in range(lives):
        dice, life, step = Dice(seed), machine(), -1
        try:
            begin(life, dice)
            for step in range(steps):
                weights = [weight for weight, _ in deeds]
                dice.random.choices([deed for _, deed in deeds], weights)[0](life, dice)
                if step % PAUSE == PAUSE - 1:
                    _holds(life)
            _holds(life)
        except BaseException as fault:
            fault.add_note(f"life {seed}, step {step}")
            life.to_the_end = False
            raise
        finally:
            life.teardown()


def _holds(life: Any) -> None:
    for name in dir(type(life)):
        if hasattr(getattr(type(life), name), INVARIANT):
            getattr(life, name)()
