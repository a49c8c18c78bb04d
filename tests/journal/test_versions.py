"""Versions of the procedure leave a trail: an entry for each step, chained, verified against their rows."""

from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from huiyin.journal.verification import verify
from huiyin.journal.versions import KIND
from huiyin.procedure import versions
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure
from huiyin.procedure.versions import Signer
from tests.cast import Factory, at
from tests.desk import Office
from tests.journal.tampering import delete
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-16 09:00")
NOW = at("2026-11-16 09:00")


def signer(works: Factory, name: str) -> Signer:
    person = works.people[name]
    return Signer(person.name, person.pk)


def told(version: ProcedureVersion) -> list[str]:
    return [line.text.zh for line in reversed(timeline(KIND, version.pk))]


def next_one(works: Factory) -> ProcedureVersion:
    changed = Procedure.from_json({**works.procedure.to_json(), "version": "2.0"})
    return versions.draft(changed, by=signer(works, "lin"), at=NOW, reason="质保改为两年")


def test_each_step_is_an_entry_and_the_chain_is_whole(works: Factory) -> None:
    row = next_one(works)
    versions.review(row, by=signer(works, "bai"), at=NOW)
    versions.send_back(row, by=signer(works, "zong"), at=NOW)
    versions.review(row, by=signer(works, "bai"), at=NOW + timedelta(hours=1))
    versions.approve(row, by=signer(works, "zong"), at=NOW + timedelta(hours=2))
    assert told(row) == [
        "林志远编制了草稿：质保改为两年",
        "白办公审核通过",
        "总经理赵退回草稿，签署作废",
        "白办公审核通过",
        "总经理赵批准，2026-11-16 11:00 起生效",
        "已生效",
    ]
    before = ProcedureVersion.objects.get(pk=works.version)
    assert (before.state, told(before)[-1]) == ("superseded", "被 base 2.0 取代")
    assert Entry.objects.filter(kind=KIND, record_id=row.pk, event="procedure.approved").get().actor == works.zong
    assert verify().fault is None


def test_a_version_changed_behind_the_journal_is_found(works: Factory) -> None:
    ProcedureVersion.objects.filter(pk=works.version).update(approved_by="别人")
    assert str(verify().fault.zh if verify().fault else "").startswith("数据行在流水之外被改动") is True


def test_a_refused_step_leaves_no_entry(works: Factory) -> None:
    row = next_one(works)
    with pytest.raises(versions.VersionRefused):
        versions.review(row, by=signer(works, "lin"), at=NOW)
    assert len(told(row)) == 1


def test_the_page_shows_the_trail(office: Office) -> None:
    row = next_one(office.works)
    text = office.desk("lin").get(f"/procedure/versions/{row.pk}").text
    assert ("经过" in text, "林志远编制了草稿：质保改为两年" in text) == (True, True)


def test_versions_on_file_before_get_one_entry_each(works: Factory) -> None:
    for entry in Entry.objects.filter(kind=KIND):
        delete(entry)
    assert verify().code == 1
    migration = import_module("huiyin.journal.migrations.0003_versions_on_chains")
    migration.enter(apps, connection.schema_editor())
    migration.enter(apps, connection.schema_editor())
    assert (told(ProcedureVersion.objects.get(pk=works.version)), verify().fault) == (
        ["从此记入流水：现行"],
        None,
    )
