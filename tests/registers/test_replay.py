"""Random lives of records of declared kinds: their journals, played again, give the obligations that are there."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.obligations.models import Obligation
from huiyin.obligations.replay import differences, replayed
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, open_record, take
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.registers.works import a_customer
from tests.stage import stage

PACK = str(Path(__file__).parent.parent / "obligations" / "packs" / "duties")
pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")

STEPS = ("make", "void", "reopen", "grave", "usual", "void", "make")
BEGUN = "2026-11-16 09:00"


def lived(works: Factory, customer: Any, life: list[tuple[str, int]], urgency: str) -> FormRecord:
    """A call that takes these steps, each so many hours after the one before; what may not be taken is left out."""
    now, who = at(BEGUN), works.context("mei", BEGUN).actor
    facts = FormInput(facts={"urgency": urgency})
    context = StepContext(who, now)
    record = open_record("call", "plan", facts, procedure_id=works.version, context=context, about=customer)
    for name, hours in life:
        now += timedelta(hours=hours)
        verb, said = ("correct", {"urgency": name}) if name in ("grave", "usual") else (name, {})
        if versions.procedure_of(record.procedure_id).step_table("call").transition(record.state, verb) is None:
            continue
        try:
            with transaction.atomic():
                take(record, verb, FormInput(facts=said), context=StepContext(who, now))
        except Refused:
            record.refresh_from_db()
    return record


@settings(max_examples=25, deadline=None)
@given(
    life=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(1, 40)), max_size=7),
    urgency=st.sampled_from(["usual", "grave"]),
)
def test_a_journal_played_again_gives_the_rows(works: Factory, life: list[tuple[str, int]], urgency: str) -> None:
    with transaction.atomic():
        record = lived(works, a_customer(works), life, urgency)
        assert not differences(record), life
        assert len(replayed(record, conditional=())) <= Obligation.objects.filter(record_id=record.pk).count()
        transaction.set_rollback(True)


def test_a_row_lost_or_ended_behind_the_journal_is_found(works: Factory) -> None:
    call = lived(works, a_customer(works), [("grave", 2)], "usual")
    assert not differences(call)
    rows = Obligation.objects.filter(kind="call", record_id=call.pk)
    rows.filter(rule="make-call-at-once").update(fulfilled_at=at("2026-11-17 09:00"))
    found = differences(call)
    assert [one.rule for one in found.missing] == ["make-call-at-once"]
    assert [one.rule for one in found.more] == ["make-call-at-once"]
    rows.filter(rule="make-call-at-once").delete()
    assert [one.rule for one in differences(call).missing] == ["make-call-at-once"]
