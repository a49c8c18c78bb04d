"""What customers of the demonstration company complain of, kind by kind."""

from __future__ import annotations

from itertools import accumulate

from huiyin.demo.texts.appearance_faults import APPEARANCE
from huiyin.demo.texts.delivery_faults import DELIVERY
from huiyin.demo.texts.fault_kinds import FaultCause, FaultKind
from huiyin.demo.texts.leak_faults import LEAKS
from huiyin.demo.texts.running_faults import RUNNING
from huiyin.demo.texts.service_faults import SERVICE

__all__ = ["FAULTS", "WEIGHTS", "FaultCause", "FaultKind"]

FAULTS: tuple[FaultKind, ...] = (*LEAKS, *RUNNING, *APPEARANCE, *DELIVERY, *SERVICE)
WEIGHTS: tuple[int, ...] = tuple(accumulate(kind.share for kind in FAULTS))
