"""Reporting is never assessed: whoever registers a complaint or a contact pays nothing, whatever becomes of it."""

from __future__ import annotations

import pytest

from huiyin.assessment import collect
from huiyin.assessment.models import Charge
from huiyin.contacts import actions as contacts
from huiyin.contacts.values import ContactFacts
from huiyin.kernel.periods import periods_between
from huiyin.obligations.models import OPEN, Obligation
from huiyin.procedure import vocabulary
from huiyin.procedure.loader import packs
from tests.assessment.weeks import WEEK, AssessedWeek
from tests.cast import at, day, factory, pack

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("key", packs())
def test_no_pack_fines_what_reporting_opens_or_fulfils(key: str) -> None:
    fined = [rule for rule in pack(key).obligations if rule.late is not None]
    assert [rule.key for rule in fined if vocabulary.reporting() & {rule.opens, *rule.closes}] == []


@pytest.mark.parametrize("key", packs())
def test_registering_never_leads_to_a_fine(key: str) -> None:
    works = factory(key)
    works.complaint(when="2026-03-02 09:00")
    facts = ContactFacts(
        channel=works.procedure.catalogue("channel")[0].key,
        happened_at=at("2026-03-02 09:00"),
        party_name="周厂长",
        text="漏油",
    )
    contacts.register(facts, procedure_id=works.version, context=works.context("mei", "2026-03-02 09:00"))
    assert Obligation.objects.filter(OPEN).exists()
    weeks = list(periods_between("week", day("2026-03-02"), day("2026-11-15")))
    late = [collect.late_obligations(week, works.procedure, at=at("2026-11-23 09:00")) for week in weeks]
    assert [one for week in late for one in week] == []


def test_a_complaint_forgotten_for_a_week_charges_nobody() -> None:
    works = factory("feedback")
    works.complaint(when="2026-11-02 09:00")
    week = AssessedWeek(works, WEEK)
    assert Charge.objects.filter(assessment=week.sheet).count() == 0
