"""A record that is sent back passes a step again: what was done is owed anew, what is still owed is owed once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from huiyin.journal.verification import verify_with_derived
from huiyin.obligations.models import Obligation
from huiyin.obligations.replay import differences
from huiyin.registers.actions import FormInput, end, open_record, take
from huiyin.registers.models import FormRecord
from tests.cast import Factory, at
from tests.stage import stage

PACK = str(Path(__file__).parent / "packs" / "passes")
pytestmark = pytest.mark.django_db
works = stage(PACK, when="2026-09-01 08:00")


def written(works: Factory) -> FormRecord:
    context = works.context("mei", "2026-11-16 09:00")
    given = FormInput(facts={"text": "换密封圈"})
    return open_record("draft-sheet", "write", given, procedure_id=works.version, context=context)


def taken(works: Factory, sheet: FormRecord, verb: str, when: str, who: str = "mei", **facts: Any) -> None:
    sheet.refresh_from_db()
    take(sheet, verb, FormInput(facts=facts), context=works.context(who, when))


def owed(sheet: FormRecord, rule: str) -> list[tuple[str, str]]:
    """Each time the rule was opened: when, and how it stands."""
    rows = Obligation.objects.filter(kind=sheet.kind, record_id=sheet.pk, rule=rule).order_by("id")
    stands = [("kept" if row.fulfilled_at else "released" if row.cancelled_at else "open") for row in rows]
    return [(f"{row.opened_at:%d %H:%M}", how) for row, how in zip(rows, stands, strict=True)]


def test_what_was_done_on_the_first_pass_is_owed_anew_on_the_second(works: Factory) -> None:
    sheet = written(works)
    taken(works, sheet, "hand_in", "2026-11-16 10:00")
    assert owed(sheet, "look") == [("16 02:00", "open")]
    taken(works, sheet, "send_back", "2026-11-16 11:00", "qian")
    assert owed(sheet, "look") == [("16 02:00", "kept")]
    assert owed(sheet, "hand-in-again") == [("16 03:00", "open")]
    taken(works, sheet, "hand_in", "2026-11-17 10:00")
    assert owed(sheet, "look") == [("16 02:00", "kept"), ("17 02:00", "open")]
    again = Obligation.objects.filter(rule="look").latest("id")
    assert again.due_at == at("2026-11-18 10:00")
    assert not differences(sheet)


def test_what_is_still_owed_from_the_first_pass_is_owed_once_and_by_its_first_moment(works: Factory) -> None:
    sheet = written(works)
    taken(works, sheet, "hand_in", "2026-11-16 10:00")
    first = Obligation.objects.get(rule="release")
    for day in ("17", "18"):
        taken(works, sheet, "send_back", f"2026-11-{day} 09:00", "qian")
        taken(works, sheet, "hand_in", f"2026-11-{day} 10:00")
    only = Obligation.objects.get(rule="release")
    assert (only.pk, only.due_at, only.is_open) == (first.pk, first.due_at, True)
    taken(works, sheet, "release", "2026-11-19 10:00", "qian")
    assert owed(sheet, "release") == [("16 02:00", "kept")]
    assert not differences(sheet)
    assert verify_with_derived().code == 0


def test_the_same_promise_is_one_duty_and_another_one_is_another(works: Factory) -> None:
    sheet = written(works)
    days = ("2026-12-01", "2026-12-01", "2026-12-04")
    for day, wanted in zip(("16", "17", "18"), days, strict=True):
        taken(works, sheet, "hand_in", f"2026-11-{day} 10:00", wanted_on=wanted)
        taken(works, sheet, "send_back", f"2026-11-{day} 11:00", "qian")
    dues = Obligation.objects.filter(rule="release-as-promised").order_by("id").values_list("due_at", flat=True)
    assert list(dues) == [at("2026-12-01 23:59"), at("2026-12-04 23:59")]
    assert not differences(sheet)


def test_what_was_given_back_by_taking_up_again_is_not_opened_beside_itself(works: Factory) -> None:
    """A record that is reopened owes again what its end had settled, and its next pass adds nothing to that."""
    sheet = written(works)
    taken(works, sheet, "hand_in", "2026-11-16 10:00")
    taken(works, sheet, "release", "2026-11-16 11:00", "qian")
    sheet.refresh_from_db()
    end(sheet, "reopen", "漏了一条", context=works.context("mei", "2026-11-17 09:00"))
    assert owed(sheet, "release") == [("16 02:00", "open")]
    taken(works, sheet, "send_back", "2026-11-17 10:00", "qian")
    taken(works, sheet, "hand_in", "2026-11-17 11:00")
    assert owed(sheet, "release") == [("16 02:00", "open")]
    assert not differences(sheet)


def test_a_journal_in_which_the_same_was_opened_twice_still_verifies(works: Factory) -> None:
    """Rows that an earlier version opened a second time stay what they are."""
    sheet = written(works)
    taken(works, sheet, "hand_in", "2026-11-16 10:00")
    taken(works, sheet, "send_back", "2026-11-16 11:00", "qian")
    taken(works, sheet, "hand_in", "2026-11-17 10:00")
    twice = Obligation.objects.get(rule="release")
    twice.pk, twice.opened_at, twice.base_at = None, at("2026-11-17 10:00"), at("2026-11-17 10:00")
    twice.save(force_insert=True)
    assert not differences(sheet)
    twice.opened_at = at("2026-11-17 10:01")
    twice.save()
    assert len(differences(sheet).more) == 1


def test_what_is_given_back_by_a_step_is_not_opened_by_it_as_well(works: Factory) -> None:
    sheet = written(works)
    taken(works, sheet, "hand_in", "2026-11-16 10:00")
    for day in ("17", "18"):
        taken(works, sheet, "release", f"2026-11-{day} 09:00", "qian")
        sheet.refresh_from_db()
        end(sheet, "reopen", "漏了一条", context=works.context("qian", f"2026-11-{day} 10:00"))
    assert owed(sheet, "tell-why") == [("17 02:00", "open")]
    assert not differences(sheet)
