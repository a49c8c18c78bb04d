"""How often a duty comes round by the calendar."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator

from huiyin.kernel.periods import KINDS as PERIODS
from huiyin.procedure.base_entry import PackEntry
from huiyin.procedure.shapes import Age, OnDay
from huiyin.procedure.words import choice


class Turn(PackEntry):
    """How often something comes round: ``every`` kind of period, on the day ``on``.

    In a schedule the first line that fits counts: one with ``during`` fits until so long after the day ``since`` which
    the subject tells (``delivered_on``); of a subject that tells no such day it never does.
    """

    every: Annotated[str, AfterValidator(choice(PERIODS))]
    on: OnDay = ""
    during: Age | None = None
    since: str = ""
