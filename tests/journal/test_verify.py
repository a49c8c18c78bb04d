"""Verification names the first thing that is wrong: 1 for chain and rows, 2 for seals (F16)."""

from __future__ import annotations

import json
from argparse import Namespace
from pathlib import Path
from typing import Any

import pytest

from huiyin.complaints.models import Complaint, Demand, Measure
from huiyin.journal import commands
from huiyin.journal.chain import EntryDraft, make_entry
from huiyin.journal.models import Entry, Seal
from huiyin.journal.sealing import seal_new
from huiyin.journal.verification import verify
from huiyin.obligations.ladder import sweep
from tests.cast import Factory, at
from tests.journal.tampering import chain_after, delete, rewrite, unguarded
from tests.stage import stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
NOW = at("2026-11-16 12:00")


@pytest.fixture
def story(works: Factory) -> Story:
    """A complaint told to its verdict; everything so far is sealed."""
    found = told(works, "concluded")
    seal_new(at=NOW)
    return found


def entry(story: Story, sequence: int) -> Entry:
    return Entry.objects.get(kind="complaint", record_id=story.complaint.pk, sequence=sequence)


def said() -> tuple[int, str]:
    found = verify()
    return found.code, found.fault.show("zh") if found.fault else ""


def test_an_untouched_journal_is_whole(story: Story) -> None:
    found = verify()
    assert (found.code, found.entries, found.seals, found.fault) == (0, Entry.objects.count(), 1, None)


@pytest.mark.parametrize(
    "values",
    [{"actor_name": "别人"}, {"at": NOW}, {"particulars": {}}, {"changes": {"a": [1, 2]}}, {"clause": "9"}],
)
def test_f16_a_changed_entry_is_named(story: Story, values: dict[str, Any]) -> None:
    one = entry(story, 2)
    with unguarded():
        Entry.objects.filter(pk=one.pk).update(**values)
    number = story.complaint.number
    assert said() == (1, f"内容被改动：{number} 第 2 条（complaint.verified，流水号 {one.pk}）")


def test_f16_a_deleted_entry_breaks_the_chain_where_it_stood(story: Story) -> None:
    delete(entry(story, 2))
    number, next_one = story.complaint.number, entry(story, 3)
    assert said() == (1, f"链在此断开：{number} 第 3 条（complaint.judged，流水号 {next_one.pk}）")


def test_f16_a_cut_tail_leaves_rows_that_do_not_fit(story: Story) -> None:
    delete(Entry.objects.filter(kind="complaint", record_id=story.complaint.pk).latest("sequence"))
    code, fault = said()
    assert (code, "数据行在流水之外被改动：complaints_complaint" in fault) == (1, True)


def test_f16_a_cut_tail_without_rows_does_not_fit_its_seal(story: Story) -> None:
    assert sweep(at=at("2026-11-23 12:00")) > 0
    seal_new(at=at("2026-11-23 12:00"))
    delete(Entry.objects.filter(event="obligation.escalated").latest("sequence"))
    code, fault = said()
    assert (code, fault.startswith("流水与封印不符：封印 ")) == (2, True)


def test_f16_a_forged_chain_that_is_whole_in_itself_does_not_fit_its_seal(story: Story) -> None:
    one = entry(story, 2)
    rewrite(one, actor_name="别人")
    assert [e.previous for e in chain_after(entry(story, 1))[:1]] == [entry(story, 1).hash]
    code, fault = said()
    assert (code, fault.startswith("流水与封印不符：封印 ")) == (2, True)


def test_a_forged_chain_nobody_has_sealed_yet_goes_unseen_until_the_next_seal_is_compared(
    works: Factory,
) -> None:
    story = told(works, "verified")
    rewrite(entry(story, 1), actor_name="别人")
    assert said() == (0, "")


def test_f16_a_changed_row_is_named_with_its_last_entry(story: Story) -> None:
    Complaint.objects.filter(pk=story.complaint.pk).update(problem="没有问题")
    number, pk = story.complaint.number, story.complaint.pk
    last = Entry.objects.filter(kind="complaint", record_id=pk, digests__has_key="").latest("sequence")
    assert said() == (
        1,
        f"数据行在流水之外被改动：complaints_complaint {pk}；最后一条流水：{number} 第 {last.sequence} 条"
        f"（{last.event}，流水号 {last.pk}）",
    )


def test_f16_a_changed_part_is_named(story: Story) -> None:
    row = Measure.objects.order_by("id")[0]
    Measure.objects.filter(pk=row.pk).update(responsible="没有人")
    code, fault = said()
    assert (code, fault.split("；")[0]) == (1, f"数据行在流水之外被改动：complaints_measure {row.pk}")


def test_f16_a_deleted_part_is_missed(story: Story) -> None:
    Demand.objects.all().delete()
    assert said()[1].startswith(f"数据行被删除：{story.complaint.number} 第 1 条")


def test_f16_a_row_that_came_by_no_step_is_found(story: Story) -> None:
    row = Demand.objects.create(complaint=story.complaint, demand="refund")
    assert said() == (1, f"数据行没有经过流水：complaints_demand {row.pk}")


def test_a_changed_seal_breaks_the_chain_of_seals(story: Story) -> None:
    with unguarded():
        Seal.objects.update(count=99)
    assert (said()[0], said()[1].startswith("封印之链断开：封印 ")) == (2, True)


def test_a_missing_seal_is_missed_by_the_next(story: Story, works: Factory) -> None:
    works.complaint(when="2026-11-16 13:00")
    seal_new(at=at("2026-11-16 13:01"))
    with unguarded():
        Seal.objects.order_by("id")[0].delete()
    assert (said()[0], said()[1].startswith("封印之链断开：封印 ")) == (2, True)


def test_another_key_did_not_sign_this(story: Story, settings: Any, tmp_path: Path) -> None:
    settings.KEYS = tmp_path / "other"
    assert (said()[0], said()[1].startswith("封印签名不对：封印 ")) == (2, True)


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh", "流水完好：13 条，1 道封印"), ("en", "The journal is whole: 13 entries, 1 seals")],
)
def test_the_command_says_it_and_exits_with_the_code(
    story: Story, capsys: pytest.CaptureFixture[str], language: str, words: str
) -> None:
    assert commands.verify(Namespace(language=language, json=False)) == 0
    assert capsys.readouterr().out == f"{words}\n"
    Complaint.objects.update(problem="没有问题")
    assert commands.verify(Namespace(language=language, json=False)) == 1
    Complaint.objects.update(problem="接头处漏油")
    assert commands.verify(Namespace(language=language, json=False)) == 0
    rewrite(entry(story, 2), actor_name="别人")
    assert commands.verify(Namespace(language=language, json=False)) == 2


def test_the_command_says_it_as_json_too(story: Story, capsys: pytest.CaptureFixture[str]) -> None:
    asked = Namespace(language="en", json=True, at=NOW)
    assert commands.verify(asked) == 0
    assert json.loads(capsys.readouterr().out) == {"code": 0, "entries": 13, "seals": 1, "fault": None}
    Complaint.objects.update(problem="没有问题")
    assert commands.verify(asked) == 1
    said = json.loads(capsys.readouterr().out)
    assert (said["code"], story.complaint.number in said["fault"]) == (1, True)
    assert commands.seal(asked) == 0
    assert json.loads(capsys.readouterr().out) == {"seals": []}


def test_an_entry_slipped_in_between_two_seals_is_missed_by_no_seal(works: Factory) -> None:
    """Ids may have gaps: one that was left out when both seals were made is not free to be used later."""
    seal_new(at=NOW)
    last = Entry.objects.latest("id").pk
    for pk, chain in ((last + 2, 1), (last + 1, 2)):
        said_so = EntryDraft(kind="export", record_id=chain, number="mei", event="list.exported", at=NOW)
        one = make_entry(said_so, sequence=1, previous="")
        one.pk = pk
        one.save(force_insert=True)
        if pk == last + 2:
            assert len(seal_new(at=NOW)) == 1
            assert said() == (0, "")
    assert (said()[0], said()[1].startswith("流水与封印不符：封印 ")) == (2, True)
