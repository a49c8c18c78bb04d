"""The demonstration company under the feedback procedure: whole, in order, something in every state."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import check_password

from huiyin.complaints.models import Complaint, Task
from huiyin.config.doctor import examine
from huiyin.contacts.models import Contact
from huiyin.customers.models import Customer
from huiyin.demo import commands
from huiyin.demo.staff import ACCOUNTS, PASSWORD, sign_ins
from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.obligations import settling
from huiyin.obligations.models import OPEN, Notice, Obligation
from huiyin.people.models import Department, Person
from huiyin.procedure.schema import Procedure
from huiyin.records.files.files import open_blob
from huiyin.records.models import Attachment, NumberSeries
from huiyin.records.search import search
from huiyin.review.counting import evidence
from huiyin.review.evidence import TimeSpan
from tests.demo.made import AT, wish
from tests.demo.whole.conftest import COMPLAINTS

pytestmark = pytest.mark.django_db


# ---- what is there


def states(model: Any) -> set[str]:
    return set(model.objects.values_list("state", flat=True))


def all_states(procedure: Procedure, kind: str) -> set[str]:
    return set(procedure.step_table(kind).states)


def test_there_is_a_complaint_a_task_and_a_contact_in_every_state(company: Procedure) -> None:
    assert states(Complaint) == all_states(company, "complaint")
    assert states(Task) == all_states(company, "task")
    assert states(Contact) == all_states(company, "contact")


def test_most_complaints_are_closed(company: Procedure) -> None:
    phases = Counter(Complaint.objects.values_list("phase", flat=True))
    assert phases.total() == COMPLAINTS
    assert phases["closed"] >= COMPLAINTS // 2
    assert phases["void"] >= 3


def test_in_nearly_every_state_in_which_somebody_owes_something_it_is_overdue(company: Procedure) -> None:
    overdue = Obligation.objects.filter(OPEN, kind="complaint", due_at__lt=AT).values("record_id")
    late = set(Complaint.objects.filter(pk__in=overdue).values_list("state", flat=True))
    assert late >= {"registered", "verified", "forwarded", "judged", "handling", "concluded", "answered"}


def test_customers_have_chinese_and_english_names_and_some_are_long(company: Procedure) -> None:
    names = list(Customer.objects.values_list("name", flat=True))
    assert len(names) == len(set(names)) == 13
    assert len([name for name in names if name.isascii()]) == 3
    assert max(len(name) for name in names) > 35
    assert Customer.objects.get(state="retired").deliveries.exists()
    assert all(3 <= customer.deliveries.count() <= 8 for customer in Customer.objects.all())


def test_some_contacts_became_complaints_and_handed_their_photographs_on(company: Procedure) -> None:
    converted = list(Contact.objects.filter(state="converted"))
    assert converted
    for contact in converted:
        complaint = Complaint.objects.get(number=contact.became_number)
        assert complaint.source == contact
        kept = {"contact": contact.pk, "complaint": complaint.pk}
        digests = {
            kind: set(Attachment.objects.filter(kind=kind, record_id=pk).values_list("sha256", flat=True))
            for kind, pk in kept.items()
        }
        assert digests["contact"] <= digests["complaint"]
    assert Attachment.objects.filter(kind="contact").exists()


def test_photographs_lie_in_the_store(company: Procedure) -> None:
    files = list(Attachment.objects.filter(kind="complaint"))
    assert files
    for row in files:
        with open_blob(row) as blob:
            assert len(blob.read()) == row.size


# ---- in order


def test_every_chain_and_row_is_whole(company: Procedure) -> None:
    found = verify()
    assert (found.code, found.fault, found.entries) == (0, None, Entry.objects.count())


def test_the_doctor_finds_nothing_wrong(company: Procedure) -> None:
    found = {one.key: one.level for one in examine(at=AT)}
    assert [key for key, level in found.items() if level == "fault"] == []
    assert (found["files"], found["migrations"]) == ("well", "well")


def test_everything_was_entered_in_the_order_of_time(company: Procedure) -> None:
    moments = list(Entry.objects.order_by("id").values_list("at", flat=True))
    assert moments == sorted(moments)
    last: dict[tuple[str, int], datetime] = {}
    for kind, record, at in Entry.objects.order_by("kind", "record_id", "sequence").values_list(
        "kind", "record_id", "at"
    ):
        assert last.get((kind, record), at) <= at
        last[kind, record] = at


def test_numbers_run_in_the_order_of_registration_without_gaps(company: Procedure) -> None:
    for model in (Complaint, Contact, Customer):
        pattern = company.numbering_for(model.kind).compiled
        rows = model.objects.order_by("opened_at", "id").values_list("number", "opened_at")
        running: dict[str, int] = defaultdict(int)
        for number, opened_at in rows:
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


def test_auditors_and_administrators_only_look(company: Procedure) -> None:
    acted = set(Entry.objects.exclude(actor=None).values_list("actor__username", flat=True))
    assert acted.isdisjoint({"auditor", "admin"})
    assert acted >= {"reception", "quality", "quality-head", "production", "warehouse", "finance", "management"}


def test_every_entry_reads_as_a_sentence(company: Procedure) -> None:
    for entry in Entry.objects.all():
        for language in ("zh", "en"):
            said = sentence(entry, language)
            assert said
            assert "{" not in said
            assert entry.event not in said


# ---- what is owed


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


def test_clauses_have_their_evidence(company: Procedure) -> None:
    local = AT.astimezone(company.zone).date()
    tree = evidence(company, TimeSpan.of_days(local - timedelta(days=365), local, company), at=AT)
    assert sum(one.records for one in tree) > 3 * COMPLAINTS
    assert sum(one.kept.kept for one in tree) > 100


def test_bells_count_what_is_unread_and_only_the_last_days_are(company: Procedure) -> None:
    unread = Counter(Notice.objects.filter(read_at=None).values_list("person_id", flat=True))
    assert unread.total() > 0
    assert dict(Person.objects.exclude(unread_notices=0).values_list("pk", "unread_notices")) == unread
    assert not Notice.objects.filter(read_at=None, at__lt=AT - timedelta(days=4)).exists()


# ---- who is there


def test_everything_is_found(company: Procedure) -> None:
    one = Complaint.objects.order_by("?")[0]
    assert search.search(None, one.number)[0].number == one.number
    words = one.problem.split("，")[0].split(",")[0][-8:].strip()
    assert one.number in {hit.number for hit in search.search(None, words, limit=200)}
    customer = Customer.objects.order_by("id")[0]
    assert customer.number in {hit.number for hit in search.search(None, customer.name, kinds=["customer"])}


def test_departments_have_one_head_each_and_auditors_head_nothing(company: Procedure) -> None:
    for department in Department.objects.filter(active=True):
        heads = [p for p in department.staff.all() if p.is_head]
        assert len(heads) == (1 if department.functions != ["auditor"] and department.staff.exists() else 0)


def test_the_accounts_can_be_signed_in_with(company: Procedure) -> None:
    listed = sign_ins()
    assert [one["username"] for one in listed] == [member.username for member in ACCOUNTS]
    assert "reception" in listed[0]["functions"]
    for one in listed:
        assert set(one) == {"username", "password", "name", "functions"}
        assert one["password"] == PASSWORD
        assert check_password(PASSWORD, Person.objects.get(username=one["username"]).password)


def test_a_second_run_adds_nothing(company: Procedure, capsys: pytest.CaptureFixture[str]) -> None:
    before = Entry.objects.count()
    assert commands.command(wish()) == 0
    assert f"there already ({COMPLAINTS} complaints)" in capsys.readouterr().out
    assert Entry.objects.count() == before
