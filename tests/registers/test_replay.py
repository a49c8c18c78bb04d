"""Random lives of records of declared kinds: their journals, played again, give the obligations that are there."""

from __future__ import annotations

import io
from argparse import Namespace
from contextlib import redirect_stdout
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.journal import commands
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
    record = open_record("phone-call", "plan", facts, procedure_id=works.version, context=context, about=customer)
    for name, hours in life:
        now += timedelta(hours=hours)
        verb, said = ("correct", {"urgency": name}) if name in ("grave", "usual") else (name, {})
        if versions.procedure_of(record.procedure_id).step_table("phone-call").transition(record.state, verb) is None:
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


def said(language: str = "en") -> tuple[int, str]:
    """What ``journal verify`` answers."""
    out = io.StringIO()
    with redirect_stdout(out):
        code = commands.verify(Namespace(language=language, json=False))
    return code, out.getvalue().strip()


def test_journal_verify_plays_obligations_again(works: Factory) -> None:
    call = lived(works, a_customer(works), [("grave", 2), ("make", 3)], "usual")
    assert said()[0] == 0
    row = Obligation.objects.get(kind="phone-call", record_id=call.pk, rule="make-call-at-once")
    assert row.fulfilled_at is not None
    Obligation.objects.filter(pk=row.pk).update(fulfilled_at=None)
    since = "since 2026-11-16 11:00"
    lacking = (
        f"by the journal {call.number} has “A grave call the same day” ({since}, fulfilled), which the table lacks"
    )
    assert said() == (3, f"Obligations differ from the journal: {lacking}")
    Obligation.objects.filter(pk=row.pk).update(fulfilled_at=row.fulfilled_at)
    assert said()[0] == 0
    row.pk, row.opened_at = None, at("2026-11-17 08:00")
    row.save(force_insert=True)
    more = f"责任表里 {call.number} 有“紧急走访当天”（2026-11-17 08:00 起，已完成），流水没有"
    assert said("zh") == (3, f"责任与流水不符：{more}")
    row.record_id += 1000
    row.save()
    assert said() == (3, f"An obligation is on a record that is not there: phone-call {row.record_id}")


def test_a_row_lost_or_ended_behind_the_journal_is_found(works: Factory) -> None:
    call = lived(works, a_customer(works), [("grave", 2)], "usual")
    assert not differences(call)
    rows = Obligation.objects.filter(kind="phone-call", record_id=call.pk)
    rows.filter(rule="make-call-at-once").update(fulfilled_at=at("2026-11-17 09:00"))
    found = differences(call)
    assert [one.rule for one in found.missing] == ["make-call-at-once"]
    assert [one.rule for one in found.more] == ["make-call-at-once"]
    rows.filter(rule="make-call-at-once").delete()
    assert [one.rule for one in differences(call).missing] == ["make-call-at-once"]
