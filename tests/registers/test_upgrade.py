"""Base is upgraded under a foreign pack while records are open; duties of a period over a year with holidays."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from huiyin.journal.verification import verify_with_derived
from huiyin.obligations.models import OPEN, Obligation, Occasion
from huiyin.obligations.occasions import open_due_periods
from huiyin.people.backends import load_person
from huiyin.people.models import Department, Person
from huiyin.procedure.loader import BUILT_IN, load_pack
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.versions import Signer, adopt
from huiyin.records.steps.context import StepContext
from huiyin.registers.actions import FormInput, open_record, take
from huiyin.registers.models import FormRecord, PackKind
from tests.cast import Factory, at
from tests.registers.works import a_customer
from tests.stage import stage

PROCEDURES = Path(__file__).parent.parent / "procedure" / "packs"
DUTIES = str(Path(__file__).parent.parent / "obligations" / "packs" / "duties")
pytestmark = pytest.mark.django_db
works = stage(DUTIES, when="2025-12-31 08:00")


def brought_into_force(folder: Path, when: str) -> ProcedureVersion:
    """The foreign pack over the base that lies beside it."""
    signers = [Signer(name) for name in ("起草", "审核", "批准")]
    procedure = load_pack(folder / "foreign", (folder,))
    return adopt(procedure, drafted_by=signers[0], reviewed_by=signers[1], approved_by=signers[2], at=at(when))


def test_a_record_goes_on_when_base_grows_under_a_foreign_pack(tmp_path: Path) -> None:
    shutil.copytree(BUILT_IN / "base", tmp_path / "base")
    shutil.copytree(PROCEDURES / "foreign", tmp_path / "foreign")
    before = brought_into_force(tmp_path, "2026-11-01 08:00")
    department = next(one for one in Department.objects.filter(active=True) if "reception" in one.functions)
    somebody = Person.objects.create_person("porter", None, name="门卫", department=department)

    def context(when: str) -> StepContext:
        person = load_person(somebody.pk, at=at(when))
        assert person is not None
        return StepContext(person, at(when))

    given = FormInput({"who": "省质检院 王工"})
    guest = open_record("guest", "come", given, procedure_id=before.pk, context=context("2026-11-16 09:00"))
    shutil.copy(PROCEDURES / "grown.toml", tmp_path / "base" / "grown.toml")
    head = tmp_path / "foreign" / "pack.toml"  # the company's version has a number of its own for each adoption
    head.write_text(head.read_text("utf-8").replace('version = "3.1"', 'version = "3.2"'), "utf-8")
    after = brought_into_force(tmp_path, "2026-11-16 10:00")
    assert {"guest", "outing"} <= set(PackKind.objects.values_list("key", flat=True))
    assert (
        PackKind.objects.get(key="guest").first_version_id,
        PackKind.objects.get(key="outing").first_version_id,
    ) == (
        before.pk,
        after.pk,
    )
    guest = FormRecord.objects.get(pk=guest.pk)
    take(guest, "leave", FormInput(), context=context("2026-11-16 17:00"))
    assert (guest.state, guest.procedure_id) == ("left", before.pk)
    newer = open_record("guest", "come", given, procedure_id=after.pk, context=context("2026-11-17 09:00"))
    assert newer.number != guest.number
    owed = Obligation.objects.filter(OPEN, kind="guest").values_list("record_id", "rule")
    assert list(owed) == [(newer.pk, "guest-leave")]
    found = verify_with_derived()
    assert (found.code, found.fault) == (0, None)


def test_a_year_of_calls_each_customer_once_a_month_and_on_workdays(works: Factory) -> None:
    customers = [a_customer(works, name, tier="A", salesperson=works.mei) for name in ("甲厂", "乙厂")]
    now = at("2026-01-01 00:30")
    while now < at("2027-01-01 00:00"):
        open_due_periods(at=now)
        if now.astimezone(works.procedure.zone).day == 12:
            context = works.context("mei", now.astimezone(works.procedure.zone).strftime("%Y-%m-%d %H:%M"))
            call = open_record(
                "phone-call", "plan", FormInput({}), procedure_id=works.version, context=context, about=customers[0]
            )
            take(call, "make", FormInput(), context=StepContext(context.actor, now + timedelta(hours=9)))
        now += timedelta(days=1)
    of = Occasion.objects.filter(rule="call-each")
    for customer, fulfilled in zip(customers, (12, 0), strict=True):
        occasions = of.filter(subject_id=customer.pk)
        assert sorted(occasions.values_list("period", flat=True)) == [f"2026-{month:02}" for month in range(1, 13)]
        rows = Obligation.objects.filter(kind=Occasion.kind, record_id__in=occasions.values("pk"))
        assert (rows.count(), rows.exclude(fulfilled_at=None).count()) == (12, fulfilled)
        calendar = works.procedure.calendar_for(None)
        for row in rows:
            due = row.due_at.astimezone(works.procedure.zone)
            assert calendar.is_workday(due.date()), due
    spring = Obligation.objects.get(
        kind=Occasion.kind, record_id=of.get(subject_id=customers[1].pk, period="2026-02").pk
    )
    assert spring.due_at == at("2026-02-14 17:30")
    found = verify_with_derived()
    assert (found.code, found.fault) == (0, None)
