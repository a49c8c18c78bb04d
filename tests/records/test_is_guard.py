"""``is:field=value`` before a step of any kind: on a record of the product, on its parts, on a declared kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from huiyin.complaints.actions import tasks
from huiyin.procedure.describe import guard_said
from huiyin.procedure.loader import load_pack
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.refusals import Refused
from huiyin.registers.models import FormRecord
from tests.cast import Factory, factory
from tests.desk import Office, ParsedPage
from tests.procedure.small import mistakes_of, write
from tests.stage import desks
from tests.story import PLAN, told

pytestmark = pytest.mark.django_db

PACK = """
[pack]
key = "own"
extends = "base"
version = "1"
title = { zh = "自有", en = "Own" }

[[step]]
key = "complaint.withdraw"
guards = ["no_open_remedy_request", "is:severity=appearance"]

[[step]]
key = "task.answer"
guards = ["is:severity=appearance"]

[[obligation]]
key = "answer-or-decline"
label = { zh = "答复或退单", en = "Answer or decline" }
opens = "task.accepted"
closes = ["task.answered", "task.declined"]
cancels = ["task.cancelled", "complaint.withdrawn", "complaint.merged", "complaint.rejected"]
owner = "task.department"
within = "2 workdays"

[[obligation]]
key = "answer-again-or-decline"
label = { zh = "重做或退单", en = "Do again or decline" }
opens = "task.returned"
closes = ["task.answered", "task.declined"]
cancels = ["task.cancelled", "complaint.withdrawn", "complaint.merged", "complaint.rejected"]
owner = "task.department"
within = "2 workdays"

[[kind]]
key = "trial"
label = { zh = "试机", en = "Trial" }

[[field]]
key = "trial.what"
type = "text"
label = { zh = "试什么", en = "What" }

[[field]]
key = "trial.passed"
type = "yesno"
label = { zh = "合格", en = "Passed" }
asked = ["try"]

[[state]]
key = "trial.open"
phase = "handling"
label = { zh = "待试", en = "Open" }

[[state]]
key = "trial.tried"
phase = "handling"
label = { zh = "已试", en = "Tried" }

[[state]]
key = "trial.released"
phase = "closed"
label = { zh = "放行", en = "Released" }

[[step]]
key = "trial.ask"
to = "open"
by = ["quality"]
label = { zh = "提出", en = "Ask" }

[[step]]
key = "trial.try"
from = ["open"]
to = "tried"
by = ["quality"]
guards = ["is:passed=yes"]
label = { zh = "试机", en = "Try" }

[[step]]
key = "trial.release"
from = ["tried"]
to = "released"
by = ["quality"]
guards = ["is:passed=yes"]
label = { zh = "放行", en = "Release" }

[[obligation]]
key = "trial-try"
label = { zh = "试机", en = "Try" }
opens = "trial.ask"
closes = ["trial.release"]
cancels = ["trial.void"]
owner = "function:quality"
within = "2 workdays"

[[example]]
key = "passed"
kind = "trial"
step = "try"
facts = { passed = true }
refused = []

[[example]]
key = "failed"
kind = "trial"
step = "try"
facts = { passed = false }
refused = ["is:passed=yes"]
"""
WRONG = "“严重程度”须是“外观：不影响使用”，现在是“功能：影响使用或停线”"


@pytest.fixture(scope="module")
def works(django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Factory]:
    folder: Path = write(tmp_path_factory.mktemp("packs") / "own", PACK)
    with django_db_blocker.unblock(), transaction.atomic():
        yield factory(str(folder))
        transaction.set_rollback(True)


office = desks("2026-11-18 09:00")


def test_before_the_form_where_the_step_does_not_ask_it(works: Factory) -> None:
    story = told(works, "verified")

    def why_not() -> list[tuple[str, str]]:
        steps = {one.verb: one for one in offered_steps(story.complaint, works.mei, at=story.now)}
        return [(said.show("zh"), said.show("en")) for said in steps["withdraw"].reasons]

    assert why_not() == [
        (WRONG, "Severity must be “Appearance: use not impaired”; it is “Function: use impaired or line stopped”")
    ]
    story.complaint.severity = "appearance"
    assert why_not() == []


def test_on_a_part_by_a_fact_of_its_record(works: Factory) -> None:
    story = told(works, "judged")
    task = story.assign("production")[0]
    story.accept_task(task)
    with pytest.raises(Refused) as refused:
        tasks.answer(task, "划伤", PLAN, context=story.context("shen"))
    assert [said.show("zh") for said in refused.value.reasons] == [WRONG]


def test_on_a_declared_kind_by_what_its_own_form_says(office: Office) -> None:
    desk = office.desk("lin")
    here = desk.send("/registers/trial/new/ask", what="主轴").url
    for given, why in (
        ({}, "“合格”须是“是”，还没有填写"),
        ({"passed": "no"}, "“合格”须是“是”，现在是“否”"),
    ):
        page = ParsedPage(desk.send(f"{here}/try", **given))
        assert (page.status, why in page.text, 'id="id_passed-error"' in page.html) == (422, True, True)
    assert desk.send(f"{here}/try", passed="yes").status_code == 302
    assert desk.send(f"{here}/release").status_code == 302
    assert FormRecord.objects.get(kind="trial").state == "released"


def test_an_unknown_field_or_option_is_named_with_its_line_and_what_there_is(tmp_path: Path) -> None:
    text = PACK.replace('guards = ["is:passed=yes"]', 'guards = ["is:passed=y"]', 1).replace(
        '"task.answer"\nguards = ["is:severity', '"task.answer"\nguards = ["is:severty'
    )
    found = [
        (one.line, one.problem.show("en"), one.remedy.show("en").splitlines()[0])
        for one in mistakes_of(write(tmp_path / "own", text))
        if one.key.startswith("step[")
    ]
    lines = text.splitlines()
    assert [(lines[line - 1], problem) for line, problem, _ in found] == [
        ('guards = ["is:severty=appearance"]', "There is no field with options “severty”."),
        ('guards = ["is:passed=y"]', "There is no option “y”."),
    ]
    assert ["severity" in found[0][2], "yes" in found[1][2]] == [True, True]


def test_readers_of_the_procedure_are_told_what_it_wants(tmp_path: Path) -> None:
    procedure = load_pack(write(tmp_path / "own", PACK))
    said = guard_said(procedure, "trial", "is:passed=yes"), guard_said(procedure, "task", "is:severity=appearance")
    assert [(one.show("zh"), one.show("en")) for one in said] == [
        ("合格 是 是", "Passed is Yes"),
        ("严重程度 是 外观：不影响使用", "Severity is Appearance: use not impaired"),
    ]
