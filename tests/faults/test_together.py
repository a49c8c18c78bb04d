"""Several people at once: the same series (F2), the same record (F3, F4), the same form (F11)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from huiyin.complaints.actions import intake, tasks
from huiyin.complaints.actions.values import PromiseInput
from huiyin.complaints.models import Complaint, Promise, Task
from huiyin.journal.models import Entry
from huiyin.journal.sealing import seal_new
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import Obligation
from huiyin.records.models import NumberSeries
from huiyin.records.steps.refusals import AlreadyDone, ChangedMeanwhile
from tests.cast import Factory, at
from tests.desk import Desk, Office, ParsedPage, stopped
from tests.faults.conftest import at_once
from tests.story import Story, told

NOON = at("2026-11-16 12:00")


@pytest.fixture
def office(works: Factory) -> Iterator[Office]:
    with stopped("2026-11-16 10:00") as clock:
        yield Office(works, clock)


def failures(results: list[Any]) -> list[BaseException]:
    return [one for one in results if isinstance(one, BaseException)]


def test_f2_sixteen_writers_get_sixteen_numbers_in_one_row(works: Factory) -> None:
    found = at_once(16, lambda _: [works.complaint(when="2026-11-16 09:00").number for _ in range(2)])
    assert failures(found) == []
    given = sorted(number for pair in found for number in pair)
    assert given == [f"KS2026-{n:04}" for n in range(1, 33)]
    in_order = Complaint.objects.order_by("pk").values_list("number", flat=True)
    assert (list(in_order), NumberSeries.objects.get(series="complaint").last) == (given, 32)


def test_f2_a_refused_one_in_between_leaves_no_gap(works: Factory) -> None:
    def act(n: int) -> str | None:
        try:
            return works.complaint(when="2026-11-16 09:00", severity="" if n % 3 == 0 else "function").number
        except Exception as refused:
            return type(refused).__name__

    found = at_once(9, act)
    assert sorted(found, key=str) == ["KS2026-000" + str(n) for n in range(1, 7)] + ["Refused"] * 3


def test_f3_of_two_editors_the_second_is_shown_both_texts_and_keeps_their_own(office: Office) -> None:
    story = Story(office.works)
    facts = f"/complaints/{story.complaint.number}/facts"
    mei, song = office.desk("mei"), office.desk("song")
    sheets = {desk.person.username: desk.sheet(facts).values for desk in (mei, song)}

    def act(n: int) -> Any:
        desk = (mei, song)[n]
        return desk.post(facts, {**sheets[desk.person.username], "problem": f"{desk.person.name}写的"})

    answers = at_once(2, act)
    assert sorted(a.status_code for a in answers) == [302, 409]
    lost = next(a for a in answers if a.status_code == 409)
    page, now = ParsedPage(lost), Complaint.objects.get(pk=story.complaint.pk)
    assert {"王晓梅写的", "宋建国写的"} == {now.problem, page.form(facts).values["problem"][0]}
    assert now.problem in page.text


def test_f3_the_same_for_a_departments_answer(office: Office) -> None:
    story = told(office.works, "judged")
    task = story.assign()[0]
    story.accept_task(task)
    path = f"/complaints/{story.complaint.number}/tasks/{task.pk}/answer"
    peng = office.desk("peng")
    filled = {
        **peng.sheet(path).values,
        "cause": "彭师傅写的",
        "m0_text": "全检",
        "m0_who": "彭",
        "m0_on": "2026-11-18",
    }
    story.answer_task(task, "shen")
    tasks.return_answer(task, "再查", context=story.context("lin"))
    answer = peng.post(path, filled)
    page = ParsedPage(answer)
    assert (answer.status_code, "彭师傅写的" in page.text, "工装划伤油封唇口" in page.text) == (
        409,
        True,
        True,
    )
    assert Task.objects.get(pk=task.pk).cause == "工装划伤油封唇口"


def test_f4_eight_writers_on_one_complaint_make_no_error(works: Factory) -> None:
    complaint = works.complaint(when="2026-11-16 09:00")

    def act(n: int) -> int:
        for k in range(5):
            mine = Complaint.objects.get(pk=complaint.pk)
            made = PromiseInput(f"{n}-{k}", NOON + timedelta(minutes=k))
            intake.promise(mine, made, context=works.context("mei", "2026-11-16 10:00"))
        return 5

    assert at_once(8, act) == [5] * 8
    assert Promise.objects.count() == Obligation.objects.filter(rule="customer-promise").count() == 40
    assert Complaint.objects.get(pk=complaint.pk).version == 40


def test_f4_people_the_sweep_and_the_seal_do_not_disturb_one_another(works: Factory) -> None:
    complaints = [works.complaint(when="2026-11-16 09:00") for _ in range(4)]

    def act(n: int) -> Any:
        if n == 0:
            return sum(sweep(at=NOON) for _ in range(6))
        if n == 1:
            return sum(len(seal_new(at=NOON)) for _ in range(6)) > 0
        mine = Complaint.objects.get(pk=complaints[n - 2].pk)
        for k in range(5):
            intake.promise(mine, PromiseInput(str(k), NOON), context=works.context("mei", "2026-11-16 10:00"))
        return True

    found = at_once(6, act)
    assert failures(found) == []
    assert (found[0] >= 4, found[1:]) == (True, [True] * 5)
    seal_new(at=NOON)


def test_f11_five_parallel_submits_of_one_form_register_one_complaint(office: Office) -> None:
    new = "/complaints/new"
    sheet = office.desk("mei").sheet(new)
    filled = {**sheet.values, "caller_name": "周厂长", "problem": "漏油", "severity": "function"}
    desks = [Desk(type(office.desk("mei").client)(), office.works.mei) for _ in range(5)]
    for desk in desks:
        desk.client.force_login(office.works.mei, backend="huiyin.people.backends.PersonBackend")
    answers = at_once(5, lambda n: desks[n].post(new, filled))
    assert failures(answers) == []
    assert {(a.status_code, a.headers.get("Location")) for a in answers} == {(302, "/complaints/KS2026-0001")}
    assert (Complaint.objects.count(), Entry.objects.exclude(kind="procedure").count()) == (1, 1)


def test_f11_five_parallel_submits_of_one_step_take_it_once(office: Office) -> None:
    complaint = office.works.complaint()
    page = f"/complaints/{complaint.number}"
    filled = {**office.desk("mei").sheet(f"{page}/verification").values, "findings": "齐全"}
    mei = office.desk("mei")
    answers = at_once(5, lambda _: mei.post(f"{page}/verification", filled))
    assert failures(answers) == []
    assert {(a.status_code, a.headers.get("Location")) for a in answers} == {(302, page)}
    assert Entry.objects.filter(event="complaint.verified").count() == 1


def test_f11_a_comment_sent_five_times_is_left_once(office: Office) -> None:
    complaint = office.works.complaint()
    mei = office.desk("mei")
    sheet = mei.sheet(f"/complaints/{complaint.number}", f"/comments/complaint/{complaint.number}")
    answers = at_once(5, lambda _: mei.post(f"/comments/complaint/{complaint.number}", {**sheet.values, "text": "急"}))
    assert {a.status_code for a in answers} == {302}
    assert Entry.objects.filter(event="record.commented").count() == 1


def test_the_same_token_by_two_hands_is_one_step(works: Factory) -> None:
    from uuid import uuid4

    complaint, token = works.complaint(), uuid4()

    def act(_: int) -> str:
        mine = Complaint.objects.get(pk=complaint.pk)
        try:
            intake.verify(mine, "齐全", context=works.context("mei", "2026-11-16 10:00", submission=token, version=0))
        except (AlreadyDone, ChangedMeanwhile) as done:
            return type(done).__name__
        return "done"

    assert sorted(at_once(4, act)) == ["AlreadyDone"] * 3 + ["done"]
