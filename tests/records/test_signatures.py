"""Signatures bind who signed to what stood there: the hash of the record's last entry."""

from __future__ import annotations

import pytest

from huiyin.complaints.actions import intake
from huiyin.journal.models import Entry
from huiyin.journal.queries import head_hash
from huiyin.journal.verification import verify
from huiyin.records.comments import comment
from huiyin.records.models import Signature
from huiyin.records.signatures import changes_since, sign
from tests.cast import factory
from tests.records.office import NOW, seen

pytestmark = pytest.mark.django_db


def test_a_signature_names_the_last_entry_and_whether_the_record_changed_since() -> None:
    company = factory()
    complaint = company.complaint()
    before = head_hash("complaint", complaint.pk)
    row = sign(complaint, "quality.head", actor=seen(company.qian), at=NOW, statement="同意")
    assert (row.author, row.department, row.role, row.statement, row.journal_head, row.at) == (
        company.qian,
        company.qian.department,
        "quality.head",
        "同意",
        before,
        NOW,
    )
    entry = Entry.objects.get(event="record.signed")
    assert entry.particulars["signed_head"] == before
    assert entry.particulars["role"] == {"zh": "质量部负责人", "en": entry.particulars["role"]["en"]}
    assert changes_since(row) == 0
    comment(complaint, "看过了", actor=seen(company.lin), at=NOW)
    assert changes_since(row) == 0
    complaint.refresh_from_db()
    intake.verify(complaint, "属实", context=company.context("mei", "2026-11-20 11:00"))
    assert changes_since(Signature.objects.get()) == 1
    assert verify().code == 0
