"""A version of the procedure from draft to superseded: signatures, dates, and the content that never changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from huiyin.procedure import versions
from huiyin.procedure.content import digest_of
from huiyin.procedure.loader import load_pack
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import ContentChanged, NoProcedure, Signer, VersionRefused
from tests.procedure.small import SMALL, write

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LATER = AT + timedelta(days=1)
LIN, WU, CHEN = Signer("林", 1), Signer("吴", 2), Signer("陈", 3)


@pytest.fixture(autouse=True)
def nobody_follows(monkeypatch: pytest.MonkeyPatch) -> list[Procedure]:
    """Other rooms that follow a change of procedure stay out; what they would be told is collected."""
    told: list[Procedure] = []
    monkeypatch.setattr(versions, "_followers", [told.append])
    return told


def procedure(tmp_path: Path, version: str = "1.0", within: str = "48h") -> Procedure:
    text = SMALL.replace('version = "1.0"', f'version = "{version}"').replace('within = "48h"', f'within = "{within}"')
    return load_pack(write(tmp_path / version / "small", text))


def adopted(
    tmp_path: Path, version: str = "1.0", at: datetime = AT, effective_on: date | None = None
) -> ProcedureVersion:
    return versions.adopt(
        procedure(tmp_path, version), drafted_by=LIN, reviewed_by=WU, approved_by=CHEN, at=at, effective_on=effective_on
    )


def reasons(refused: pytest.ExceptionInfo[VersionRefused]) -> list[str]:
    return [reason.show("en") for reason in refused.value.reasons]


def test_the_life_of_a_version(tmp_path: Path, nobody_follows: list[Procedure]) -> None:
    draft = versions.draft(procedure(tmp_path), by=LIN, at=AT, reason="First edition")
    reviewed = versions.review(draft, by=WU, at=AT)
    assert (reviewed.state, versions.active_version(AT)) == ("reviewed", None)
    effective = versions.approve(reviewed, by=CHEN, at=LATER)
    assert {
        name: getattr(effective, name)
        for name in (
            "key",
            "version",
            "state",
            "reason",
            "drafted_by",
            "drafted_by_person",
            "drafted_at",
            "reviewed_by",
            "reviewed_by_person",
            "reviewed_at",
            "approved_by",
            "approved_by_person",
            "approved_at",
            "effective_from",
            "superseded_at",
        )
    } == {
        "key": "small",
        "version": "1.0",
        "state": "effective",
        "reason": "First edition",
        "drafted_by": "林",
        "drafted_by_person": 1,
        "drafted_at": AT,
        "reviewed_by": "吴",
        "reviewed_by_person": 2,
        "reviewed_at": AT,
        "approved_by": "陈",
        "approved_by_person": 3,
        "approved_at": LATER,
        "effective_from": LATER,
        "superseded_at": None,
    }
    assert nobody_follows == [procedure(tmp_path)]


def test_the_drafter_signs_nothing_else(tmp_path: Path) -> None:
    draft = versions.draft(procedure(tmp_path), by=LIN, at=AT)
    with pytest.raises(VersionRefused) as refused:
        versions.review(draft, by=LIN, at=AT)
    assert reasons(refused) == ["Reviewer and approver must be others than the drafter"]
    reviewed = versions.review(draft, by=WU, at=AT)
    with pytest.raises(VersionRefused):
        versions.approve(reviewed, by=Signer("林"), at=AT)
    with pytest.raises(VersionRefused):
        versions.approve(reviewed, by=Signer("Lin", 1), at=AT)
    assert versions.approve(reviewed, by=Signer("林", 9), at=AT).state == "effective"  # another person of that name


STEPS = {
    "review": lambda version, content: versions.review(version, by=WU, at=AT),
    "approve": lambda version, content: versions.approve(version, by=WU, at=AT),
    "redraft": lambda version, content: versions.redraft(version, content, by=LIN, at=AT),
    "send_back": lambda version, content: versions.send_back(version, by=WU, at=AT),
}


@pytest.mark.parametrize("step", STEPS)
def test_steps_have_their_order(tmp_path: Path, step: str) -> None:
    version, content = adopted(tmp_path), procedure(tmp_path, within="24h")
    with pytest.raises(VersionRefused) as refused:
        STEPS[step](version, content)
    assert reasons(refused) == ["The version is not in a state that allows this step"]


def test_what_is_sent_back_is_a_draft_without_signatures(tmp_path: Path) -> None:
    draft = versions.draft(procedure(tmp_path), by=LIN, at=AT)
    approved = versions.approve(versions.review(draft, by=WU, at=AT), by=CHEN, at=AT, effective_on=date(2027, 1, 1))
    assert approved.state == "approved"
    again = versions.send_back(approved, by=WU, at=AT)
    assert (again.state, again.reviewed_by, again.approved_by, again.effective_from) == (
        "draft",
        "",
        "",
        None,
    )
    changed = versions.redraft(again, procedure(tmp_path, within="24h"), by=WU, at=LATER)
    assert (changed.drafted_by, versions.procedure_of(changed.pk).rule("measures").within) == ("吴", "24h")


def test_a_version_takes_effect_at_the_start_of_its_day_at_the_site(tmp_path: Path) -> None:
    first = adopted(tmp_path)
    second = adopted(tmp_path, "1.1", LATER, date(2026, 12, 1))
    assert (second.state, second.effective_from) == ("approved", datetime(2026, 11, 30, 16, 0, tzinfo=UTC))
    eve, day = second.effective_from - timedelta(seconds=1), second.effective_from
    assert versions.bring_into_force(at=eve) is None
    assert versions.bring_into_force(at=day) == second
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.superseded_at, second.state) == ("superseded", day, "effective")
    assert [versions.active_version(at) for at in (AT - timedelta(1), AT, eve, day)] == [
        None,
        first,
        first,
        second,
    ]


def test_of_two_due_versions_the_later_one_comes_into_force(tmp_path: Path) -> None:
    early = adopted(tmp_path, "1.1", AT, date(2026, 12, 1))
    late = adopted(tmp_path, "1.2", AT, date(2026, 12, 2))
    assert versions.bring_into_force(at=AT + timedelta(days=30)) == late
    early.refresh_from_db()
    assert early.state == "superseded"


def test_no_effect_in_the_past(tmp_path: Path) -> None:
    with pytest.raises(VersionRefused) as refused:
        adopted(tmp_path, effective_on=date(2026, 11, 19))
    assert reasons(refused) == ["It cannot take effect before today"]
    assert adopted(tmp_path, effective_on=date(2026, 11, 20)).effective_from == AT


def test_a_version_number_is_used_once(tmp_path: Path) -> None:
    first = adopted(tmp_path)
    assert adopted(tmp_path, at=LATER) == first  # the same content: already in force
    with pytest.raises(VersionRefused) as refused:
        versions.adopt(procedure(tmp_path, within="24h"), drafted_by=LIN, reviewed_by=WU, approved_by=CHEN, at=LATER)
    assert reasons(refused) == ["small already has a version 1.0; give this one another number"]
    assert ProcedureVersion.objects.count() == 1


def test_at_most_one_version_is_effective_even_behind_the_applications_back(tmp_path: Path) -> None:
    adopted(tmp_path)
    other = adopted(tmp_path, "1.1", AT, date(2027, 1, 1))
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=other.pk).update(state="effective")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=other.pk).update(state="in force")
    with pytest.raises(IntegrityError), transaction.atomic():
        ProcedureVersion.objects.filter(pk=other.pk).update(effective_from=None)


def test_a_procedure_is_read_from_the_database_once(tmp_path: Path, django_assert_num_queries: object) -> None:
    version = adopted(tmp_path)
    with django_assert_num_queries(1):
        first = versions.procedure_of(version.pk)
        assert versions.procedure_of(version.pk) is first
    assert first == procedure(tmp_path)


def test_the_version_in_force_is_found_without_its_content(tmp_path: Path, django_assert_num_queries: object) -> None:
    adopted(tmp_path)
    with django_assert_num_queries(1):
        found = versions.active_version(LATER)
    assert found is not None
    assert (found.title.en, "content" in found.__dict__) == ("Small procedure", False)


def test_a_draft_is_never_remembered(tmp_path: Path) -> None:
    draft = versions.draft(procedure(tmp_path), by=LIN, at=AT)
    assert versions.procedure_of(draft.pk).rule("measures").within == "48h"
    versions.redraft(draft, procedure(tmp_path, within="24h"), by=LIN, at=AT)
    assert versions.procedure_of(draft.pk).rule("measures").within == "24h"


def test_changed_content_is_found(tmp_path: Path) -> None:
    version = adopted(tmp_path)
    content = {**version.content, "currency": "USD"}
    ProcedureVersion.objects.filter(pk=version.pk).update(content=content)
    with pytest.raises(ContentChanged):
        versions.procedure_of(version.pk)


def test_no_procedure() -> None:
    for unknown in (None, 0):
        with pytest.raises(NoProcedure):
            versions.procedure_of(unknown)


def test_whoever_is_late_is_refused(tmp_path: Path) -> None:
    draft = versions.draft(procedure(tmp_path), by=LIN, at=AT)
    stale = ProcedureVersion.objects.get(pk=draft.pk)
    versions.review(draft, by=WU, at=AT)
    with pytest.raises(VersionRefused) as refused:
        versions._advance(stale, "reviewed", reviewed_by="陈", reviewed_at=AT)
    assert reasons(refused) == ["Somebody has just changed this version"]


def test_a_version_stored_with_every_usual_value_written_out_is_the_one_in_force(tmp_path: Path) -> None:
    same = procedure(tmp_path)
    content = same.described()
    assert len(str(content)) > len(str(same.to_json()))
    signed = {"drafted_by": "林", "reviewed_by": "吴", "approved_by": "陈"}
    row = ProcedureVersion.objects.create(
        key=same.key,
        version=same.version,
        state="effective",
        content=content,
        digest=digest_of(content),
        drafted_at=AT,
        reviewed_at=AT,
        approved_at=AT,
        effective_from=AT,
        **signed,
    )
    assert adopted(tmp_path).pk == row.pk
