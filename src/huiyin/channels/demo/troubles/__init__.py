"""What customers of the demonstration company complain of, kind by kind."""

from __future__ import annotations

from itertools import accumulate

from huiyin.channels.demo.troubles.appearance import APPEARANCE
from huiyin.channels.demo.troubles.delivery import DELIVERY
from huiyin.channels.demo.troubles.function import FUNCTION
from huiyin.channels.demo.troubles.shapes import Cause, Trouble

__all__ = ["TROUBLES", "WEIGHTS", "Cause", "Trouble"]

TROUBLES: tuple[Trouble, ...] = (*FUNCTION, *APPEARANCE, *DELIVERY)
WEIGHTS: tuple[int, ...] = tuple(accumulate(trouble.share for trouble in TROUBLES))
