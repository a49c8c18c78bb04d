"""The lists of declared kinds: boards, calendars, one step for many, who sees what, how many questions they ask."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.journal.models import Entry
from huiyin.obligations.sight import record_exists_for
from huiyin.registers.actions import FormInput, open_record
from huiyin.registers.beside import customer_sections
from huiyin.registers.kinds import kind_of
from huiyin.registers.lists.bulk import bulk_steps
from huiyin.registers.models import FormRecord
from tests.desk import Office
from tests.registers.works import PACK, a_customer
from tests.stage import desks, stage

works = stage(PACK)
office = desks()
HERE = "/registers/visit/"
APPROVAL_STEPS = ("submit", "withdraw", "approve", "send_back", "turn_down", "ask_again")


def visits(office: Office, count: int, by: str = "mei", visitor: str = "lin", about: Any = None) -> list[FormRecord]:
    """Visits planned for the 18th."""
    works = office.works
    who = works.people[visitor]
    named = {"person": who.pk, "name": who.name, "name_en": who.name_en}
    given = {"planned_on": "2026-11-18", "visitor": named, "sort": "planned", "purpose": "回访"}
    return [
        open_record(
            "visit",
            "plan",
            FormInput(given),
            procedure_id=works.version,
            context=works.context(by, "2026-11-16 08:30"),
            about=about,
        )
        for _ in range(count)
    ]


def questions(office: Office, path: str, who: str = "mei") -> int:
    """How many questions a page asks the database, opened a third time."""
    client = office.desk(who).client
    for _ in range(2):
        client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200, path
    return len(asked)


def test_a_list_asks_the_same_at_one_and_at_fifty_rows(office: Office) -> None:
    customer = a_customer(office.works)
    ways = [
        "",
        "?view=board",
        "?view=month&day=2026-11-18",
        "?view=week&day=2026-11-18",
        "?f_visitor=me&sort=-f_planned_on",
    ]
    pages = [*(HERE + way for way in ways), "/registers/", f"/customers/{customer.number}"]
    visits(office, 1, about=customer)
    before = {path: questions(office, path) for path in pages}
    visits(office, 49, about=customer)
    after = {path: questions(office, path) for path in pages}
    more = {path: (before[path], after[path]) for path in pages if after[path] > before[path] + 1}
    assert not more, more  # one more where rows are counted that do not fit


def test_the_board_and_the_calendar_show_what_stands_where(office: Office) -> None:
    (visit,) = visits(office, 1, about=a_customer(office.works))
    mei = office.desk("mei")
    board = mei.get(f"{HERE}?view=board")
    assert f"{HERE}{visit.number}" in board.links
    assert "已计划 1" in board.text
    for view in ("month", "week"):
        page = mei.get(f"{HERE}?view={view}&day=2026-11-20")
        assert f"{HERE}{visit.number}" in page.links
        assert "林志远" in page.text
        assert f"{HERE}{visit.number}" not in mei.get(f"{HERE}?view={view}&day=2027-02-01").links
    for day in ("x", "0001-01-01", "9999-12-31", "2026-02-30"):
        assert mei.get(f"{HERE}?view=month&day={day}").status == 200


def test_one_step_for_many_with_a_result_for_each(office: Office) -> None:
    first, second, third = visits(office, 3)
    mei = office.desk("mei")
    picks = "&".join(f"pick={one.number}" for one in (first, second, third))
    page = mei.get(f"{HERE}bulk?step=void&{picks}")
    assert page.text.count("可以办") == 3
    refused = mei.send(f"{HERE}bulk", at_page=f"{HERE}bulk?step=void&{picks}", reason="")
    assert refused.status_code == 422
    sheet = page.form(f"{HERE}bulk").values
    assert mei.send(f"{HERE}{third.number}/void", reason="先作废了").status_code == 302
    answer = mei.client.post(f"{HERE}bulk", {**sheet, "reason": "改期"})
    assert "办好 2 条，没办 1 条" in answer.content.decode()
    assert set(FormRecord.objects.values_list("state", flat=True)) == {"void"}
    assert [e.particulars["reason"] for e in Entry.objects.filter(event="visit.void").order_by("id")] == [
        "先作废了",
        "改期",
        "改期",
    ]
    again = mei.client.post(f"{HERE}bulk", {**sheet, "reason": "改期"})
    assert again.status_code == 200
    assert Entry.objects.filter(event="visit.void").count() == 3


def test_a_step_whose_guards_do_not_hold_is_not_taken(office: Office) -> None:
    (visit,) = visits(office, 1)
    page = office.desk("mei").get(f"{HERE}bulk?step=close&pick={visit.number}")
    assert "没有这一步" in page.text
    office.desk("mei").post(f"{HERE}bulk", {"step": "close", "pick": visit.number})
    visit.refresh_from_db()
    assert visit.state == "planned"


@pytest.mark.parametrize("step", ["report", "plan", "correct", "hand_over", "nothing", "", "%00"])
def test_other_steps_are_taken_singly(office: Office, step: str) -> None:
    (visit,) = visits(office, 1)
    status = office.desk("mei").client.get(f"{HERE}bulk?step={step}&pick={visit.number}").status_code
    assert status in (400, 404)


def test_of_an_approval_many_are_submitted_or_withdrawn_and_nothing_else(office: Office) -> None:
    works = office.works
    person = {"person": works.lin.pk, "name": works.lin.name}
    given = FormInput({"what": "换一批", "amount": "800", "reviewer": person})
    context = works.context("mei", "2026-11-16 08:30")
    request = open_record("request", "draft", given, procedure_id=works.version, context=context)
    kind = kind_of(works.procedure, "request")
    assert {"submit", "withdraw"} == {one.verb for one in bulk_steps(kind) if one.verb in APPROVAL_STEPS}
    mei, bulk = office.desk("mei"), "/registers/request/bulk"
    for step, reason, state in (("submit", {}, "in-approval"), ("withdraw", {"reason": "数量不对"}, "drafted")):
        answer = mei.send(bulk, at_page=f"{bulk}?step={step}&pick={request.number}", **reason)
        request.refresh_from_db()
        assert (answer.status_code, request.state) == (200, state)
    assert Entry.objects.get(event="request.withdraw").particulars["reason"] == "数量不对"


def test_what_one_may_not_see_is_nowhere(office: Office) -> None:
    (visit,) = visits(office, 1)
    stranger = office.desk("shen")
    people = {name: office.works.context(name, "2026-11-18 10:00").actor for name in ("mei", "shen")}
    found = {name: [record_exists_for(one, "visit", n) for n in (visit.number, "HF-0")] for name, one in people.items()}
    assert found == {"mei": [True, False], "shen": [False, False]}
    link = f"{HERE}{visit.number}"
    assert stranger.get(link).status == 404
    for path in ("", "?view=board", "?view=month&day=2026-11-18", "?view=week&day=2026-11-18"):
        page = stranger.get(HERE + path)
        assert page.status in (200, 404)
        assert link not in page.links
    assert stranger.client.get(f"{HERE}bulk?step=void&pick={visit.number}").status_code == 404
    assert stranger.client.post(f"{HERE}bulk", {"step": "void", "pick": visit.number, "reason": "x"}).status_code == 404
    found = stranger.client.get("/registers/lookup/visit", {"q": "回访"})
    assert visit.number not in found.content.decode()
    export = stranger.client.post(HERE, {"do": "export", "format": "csv"})
    written = b"".join(export.streaming_content) if export.streaming else export.content
    assert visit.number not in written.decode("utf-8", "replace")
    assert office.desk("mei").get(link).status == 200


def test_on_a_customers_card_the_newest_stands_first(office: Office) -> None:
    customer = a_customer(office.works)
    first, second, third = visits(office, 3, about=customer)
    FormRecord.objects.filter(pk=first.pk).update(opened_at=first.opened_at + timedelta(days=1))
    mei = office.works.context("mei", "2026-11-18 10:00").actor
    assert mei is not None
    (section,) = customer_sections(customer, mei, first.opened_at)
    assert [one.number for one in section.lines] == [first.number, third.number, second.number]
