"""F1: a process killed at any moment of a step. What was acknowledged is there, whole; nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from collections import Counter

import pytest
from django.db import connection, connections

from huiyin.complaints.actions import intake
from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.records.models import NumberSeries, SearchText
from tests.cast import Factory

OWED = {
    "registered": ["answer", "verify"],
    "asking": ["answer", "chase-customer", "verify"],
    "verified": ["answer", "judge"],
}
"""What a complaint owes in each state it may be found in."""


def work(works: Factory, say: int) -> None:
    """Register, ask, reply and verify without end; each step is said once it is committed."""
    while True:
        complaint = works.complaint(when="2026-11-16 09:00")
        os.write(say, f"{complaint.number} complaint.registered\n".encode())
        intake.ask_customer(complaint, "照片？", context=works.context("mei", "2026-11-16 09:10"))
        os.write(say, f"{complaint.number} complaint.customer_asked\n".encode())
        intake.record_reply(complaint, "已发", context=works.context("mei", "2026-11-16 09:20"))
        os.write(say, f"{complaint.number} complaint.customer_replied\n".encode())
        intake.verify(complaint, "齐全", context=works.context("mei", "2026-11-16 09:30"))
        os.write(say, f"{complaint.number} complaint.verified\n".encode())


def let_go_of_the_database() -> None:
    """Nothing open that two processes would then hold together."""
    connections.close_all()
    if connection.vendor == "postgresql":
        connection.close_pool()


def killed_at_work(works: Factory, seconds: float) -> list[tuple[str, str]]:
    """Let another process work and kill it ``seconds`` after its first step; the steps it had said."""
    let_go_of_the_database()
    hear, say = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(hear)
            sys.stderr = open(os.devnull, "w")  # noqa: SIM115
            work(works, say)
        finally:
            os._exit(1)
    os.close(say)
    with os.fdopen(hear, "rb") as said:
        first = said.readline()
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        lines = (first + said.read()).decode().splitlines()
    return [(number, event) for number, _, event in (line.partition(" ") for line in lines)]


def assert_whole(acknowledged: list[tuple[str, str]]) -> None:
    """Every acknowledged step stands in the journal, and every row fits what the journal says of it."""
    held = Counter(Entry.objects.exclude(kind="procedure").values_list("number", "event"))
    assert [step for step in acknowledged if not held[step]] == []
    assert len(held) - len(acknowledged) in (0, 1)  # at most the last one was committed but not yet said
    found = verify()
    assert (found.code, found.fault) == (0, None)
    for complaint in Complaint.objects.all():
        owed = Obligation.objects.filter(OPEN, record_id=complaint.pk).values_list("rule", flat=True)
        assert sorted(owed) == OWED[complaint.state]
    numbers = list(Complaint.objects.order_by("id").values_list("number", flat=True))
    assert numbers == [f"KS2026-{n:04}" for n in range(1, len(numbers) + 1)]
    assert NumberSeries.objects.get(series="complaint").last == len(numbers)
    assert SearchText.objects.filter(kind="complaint").count() == len(numbers)
    told = Notice.objects.filter(text_zh__contains="登记了").values("entry_id").distinct().count()
    assert told == len(numbers)


def kill_again_and_again(works: Factory, times: int) -> int:
    """Kill ``times`` processes; how many steps they had acknowledged altogether."""
    chance = random.Random(20261116)
    acknowledged: list[tuple[str, str]] = []
    for _ in range(times):
        acknowledged += killed_at_work(works, chance.uniform(0, 0.12))
        assert_whole(acknowledged)
        acknowledged = list(Entry.objects.exclude(kind="procedure").values_list("number", "event"))
    return len(acknowledged)


def test_f1_ten_kills_lose_and_halve_nothing(works: Factory) -> None:
    assert kill_again_and_again(works, 10) >= 10


@pytest.mark.long
def test_f1_a_thousand_kills_lose_and_halve_nothing(works: Factory) -> None:
    assert kill_again_and_again(works, 1000) >= 1000
