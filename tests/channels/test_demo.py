"""The demonstration company under every pack: whole, in order, in working hours, the same each time."""

from __future__ import annotations

from argparse import Namespace
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password
from django.db import transaction

from huiyin.channels import demo
from huiyin.channels.demo.staff import PASSWORD
from huiyin.complaints.models import Complaint, Task
from huiyin.contacts.models import Contact
from huiyin.customers.models import Customer, Delivery
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations import settling
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure import versions
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.records.files.files import open_blob
from huiyin.records.models import Attachment, NumberSeries
from huiyin.records.search import search
from huiyin.review.evidence import TimeSpan, evidence

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday morning at the site
COMPLAINTS = 90

pytestmark = pytest.mark.django_db


def wish(**more: Any) -> Namespace:
    given = {"complaints": COMPLAINTS, "seed": 1, "pack": None, "at": AT, "language": "en"}
    return Namespace(**(given | more))


@pytest.fixture(scope="module", params=["feedback", "base", "communication", "complaint-measures"])
def company(request: Any, django_db_setup: Any, django_db_blocker: Any) -> Iterator[Procedure]:
    """A demonstration under one pack."""
    with django_db_blocker.unblock(), transaction.atomic():
        assert demo.command(wish(pack=request.param)) == 0
        yield versions.procedure_of(ProcedureVersion.objects.get(state="effective").pk)
        transaction.set_rollback(True)


def test_every_chain_and_row_is_whole(company: Procedure) -> None:
    found = verify()
    assert (found.code, found.fault, found.entries) == (0, None, Entry.objects.count())


def test_the_sizes_are_those_wished_for(company: Procedure) -> None:
    assert (Complaint.objects.count(), Contact.objects.count(), Customer.objects.count()) == (90, 30, 20)
    assert 3 * 20 <= Delivery.objects.count() <= 8 * 20
    assert 20 <= Person.objects.count() <= 29


def test_complaints_stand_in_many_states(company: Procedure) -> None:
    phases = Counter(Complaint.objects.values_list("phase", flat=True))
    open_ones = sum(n for phase, n in phases.items() if phase not in ("closed", "void"))
    assert 15 <= open_ones <= 45
    assert phases["closed"] >= 35
    assert phases["void"] >= 3
    assert len(set(Complaint.objects.values_list("state", flat=True))) >= 7
    assert len(set(Task.objects.values_list("state", flat=True))) >= 4


def test_numbers_run_in_the_order_of_registration_without_gaps(company: Procedure) -> None:
    for model in (Complaint, Contact, Customer):
        pattern = company.numbering_for(model.kind).compiled
        rows = model.objects.order_by("opened_at", "id").values_list("number", "opened_at", "id")
        running: dict[str, int] = defaultdict(int)
        for number, opened_at, _ in rows:
            local = opened_at.astimezone(company.zone)
            running[pattern.period_key(local)] += 1
            assert number == pattern.render(running[pattern.period_key(local)], local)
        kept = NumberSeries.objects.filter(series=model.kind).values_list("period", "last")
        assert dict(kept) == running


def test_people_work_in_working_hours_and_nothing_happens_in_the_future(company: Procedure) -> None:
    calendar = company.calendar_for(None)
    assert [e for e in Entry.objects.exclude(actor=None) if not calendar.is_work_time(e.at)] == []
    today = AT.astimezone(company.zone).replace(hour=0, minute=0)
    assert Entry.objects.filter(at__gte=today).count() == 0
    assert Complaint.objects.filter(received_at__gte=today).count() == 0
    first = Entry.objects.order_by("at")[0].at
    assert timedelta(days=500) < AT - first < timedelta(days=560)


def test_each_chain_goes_forward_in_time(company: Procedure) -> None:
    last: dict[tuple[str, int], datetime] = {}
    for kind, record, at in Entry.objects.order_by("kind", "record_id", "sequence").values_list(
        "kind", "record_id", "at"
    ):
        assert last.get((kind, record), at) <= at
        last[kind, record] = at


def test_due_moments_follow_from_the_rules(company: Procedure) -> None:
    for row in Obligation.objects.select_related("owner_department"):
        rule = company.rule(row.rule)
        calendar = company.calendar_for(row.owner_department.key if row.owner_department else None)
        due = settling.explain(row, rule, settling.pauses_of(row, rule), calendar).at
        assert row.due_at == due or row.paused_at is not None, (row.record_number, row.rule)
        if row.is_open and row.paused_at is None:
            assert row.next_alarm_at == settling.next_alarm(row, rule, calendar)
        else:
            assert row.next_alarm_at is None


def test_most_is_kept_some_is_late_and_what_is_late_has_been_said(company: Procedure) -> None:
    settled = Obligation.objects.exclude(fulfilled_at=None)
    late = [row for row in settled if row.is_late(AT)]
    assert 0.05 < len(late) / settled.count() < 0.25
    reached = [
        row
        for row in late
        if row.paused_at is None and any(not rung.at.startswith("+") for rung in company.rule(row.rule).ladder)
    ]
    assert [row for row in reached if not row.alarms_given] == []
    assert Obligation.objects.filter(OPEN).exists()


def test_what_is_open_stands_on_records_that_are(company: Procedure) -> None:
    void = set(Complaint.objects.filter(phase="void").values_list("number", flat=True))
    owed = Obligation.objects.filter(OPEN, kind="complaint", record_number__in=void)
    rules = {row.rule for row in owed}
    assert rules <= {rule.key for rule in company.obligations if "complaint.withdrawn" not in rule.cancels} | {
        "carry-out",
        "verify-effect",
    }


def test_every_entry_reads_as_a_sentence(company: Procedure) -> None:
    for entry in Entry.objects.all():
        for language in ("zh", "en"):
            said = sentence(entry, language)
            assert said
            assert "{" not in said
            assert entry.event not in said


def test_clauses_have_their_evidence(company: Procedure) -> None:
    local = AT.astimezone(company.zone).date()
    span = TimeSpan.of_days(local - timedelta(days=365), local, company)
    tree = evidence(company, span, at=AT)
    assert sum(one.events for one in tree) > 300
    assert sum(one.kept.kept for one in tree) > 100


def test_everything_is_found(company: Procedure) -> None:
    one = Complaint.objects.order_by("?")[0]
    assert search.search(None, one.number)[0].number == one.number
    words = one.problem.split("，")[0].split(",")[0][-8:].strip()
    assert one.number in {hit.number for hit in search.search(None, words, limit=200)}
    customer = Customer.objects.order_by("id")[0]
    assert customer.number in {hit.number for hit in search.search(None, customer.name, kinds=["customer"])}


def test_bells_count_what_is_unread(company: Procedure) -> None:
    unread = Counter(Notice.objects.filter(read_at=None).values_list("person_id", flat=True))
    assert dict(Person.objects.exclude(unread_notices=0).values_list("pk", "unread_notices")) == unread
    ended = Complaint.objects.filter(phase__in=("closed", "void")).values("number")
    assert Notice.objects.filter(kind="complaint", record_number__in=ended).count() == 0


def test_photographs_lie_in_the_store(company: Procedure) -> None:
    files = list(Attachment.objects.all())
    assert files
    for row in files:
        with open_blob(row) as blob:
            assert len(blob.read()) == row.size


def test_departments_have_one_head_each_and_auditors_head_nothing(company: Procedure) -> None:
    for department in Department.objects.filter(active=True):
        heads = [p for p in department.staff.all() if p.is_head]
        assert len(heads) == (1 if department.functions != ["auditor"] and department.staff.exists() else 0)


def test_the_accounts_can_be_signed_in_with(company: Procedure) -> None:
    listed = demo.sign_ins()
    assert "reception" in listed[0]["functions"]
    for one in listed:
        person = Person.objects.get(username=one["username"])
        assert check_password(one["password"], person.password)
        assert set(one) == {"username", "password", "name", "functions"}
    assert {account.password for account in demo.ACCOUNTS} == {PASSWORD}


def test_a_second_run_adds_nothing(company: Procedure, capsys: pytest.CaptureFixture[str]) -> None:
    before = Entry.objects.count()
    assert demo.command(wish()) == 0
    assert "there already (90 complaints)" in capsys.readouterr().out
    assert Entry.objects.count() == before
