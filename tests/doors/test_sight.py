"""What one may not see is nowhere: not in lists, counts, searches, suggestions, exports, boards,
reminders, files, print.
"""

from __future__ import annotations

from urllib.parse import unquote

import pytest

from huiyin.complaints.models import Complaint
from huiyin.contacts.actions import register, revert
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.records.steps.context import StepContext
from tests.attacks.siege import ask
from tests.cast import NOON, at
from tests.doors.grown import QUESTIONS, SENT, Grown, words_of
from tests.kinds.matrix import PEOPLE, matrices
from tests.rights import SEES
from tests.secrets import signed_in

pytestmark = pytest.mark.django_db

MARKS = {one.kind: set(one.marks) for one in matrices()}
"""Words that stand only on the record of each kind (a complaint says its customer's name and code itself)."""


@pytest.mark.parametrize("name", ["ke", "bai"])
def test_to_who_sees_no_record_the_company_looks_empty(seen: Grown, name: str) -> None:
    """Not a word, a count or a button differs from the day before the first record."""
    before, now = seen.before[name], seen.everything(name)
    assert {path for path in before if now[path] != before[path]} == set()


def test_who_sees_all_is_told_by_each_question(seen: Grown) -> None:
    before, now = seen.before["root"], seen.everything("root")
    asked = {path for paths in QUESTIONS.values() for path in paths} | set(SENT)
    assert {path for path in asked if now[path] == before[path]} == set()


@pytest.mark.parametrize("name", sorted(PEOPLE))
def test_words_of_a_record_stand_only_where_it_may_be_seen(seen: Grown, name: str) -> None:
    """Every page that one of the people may open, searched for the words of each kind of record they may not see."""
    hidden = {mark for kind, marks in MARKS.items() if name not in SEES[kind] for mark in marks}
    leaks = {}
    for path, words in seen.everything(name).items():
        found = {mark for mark in hidden if mark in words and mark not in unquote(path)}
        if found:
            leaks[path] = found
    assert leaks == {}


def test_each_mark_is_found_by_who_sees_all(seen: Grown) -> None:
    found = set()
    for words in seen.everything("root").values():
        found |= {mark for marks in MARKS.values() for mark in marks if mark in words}
    assert found == {mark for marks in MARKS.values() for mark in marks}


@pytest.mark.parametrize("again", [False, True], ids=["converted", "converted and taken back"])
def test_a_contact_does_not_name_the_case_it_became(seen: Grown, again: bool) -> None:
    """Ku took the call and reads on; what came of it is for who sees complaints."""
    works = seen.company.works
    call = register(
        ContactFacts(channel="telephone", happened_at=at(NOON), party_name="上官", text="仙女座漏水"),
        procedure_id=works.version,
        context=StepContext(works.context("ku", NOON).actor, at(NOON)),
    )
    seen.company.cookies["ku"] = signed_in(works.ku)
    contact = f"/contacts/{call.number}"
    form = {
        "channel": "telephone",
        "received_at": "2026-11-16T12:00",
        "caller_name": "上官",
        "problem": "仙女座漏水",
        "unit": "piece",
        "severity": "function",
        "contact": call.number,
    }
    answer = seen.company.browser("mei").post(f"/complaints/new?contact={call.number}", form)
    case = Complaint.objects.get(problem="仙女座漏水").number
    assert (answer.status_code, answer["Location"]) == (302, f"/complaints/{case}")
    if again:
        revert(
            Contact.objects.get(pk=call.pk),
            "登记错了",
            context=StepContext(works.context("song", NOON).actor, at(NOON)),
        )
    pages = [
        contact,
        "/contacts/?cols=number,outcome,state",
        f"/search?q={case}",
        f"/search/suggest?q={case[:-1]}",
        "/search?q=仙女座",
        "/",
        "/notices",
        "/obligations/?whose=all",
        f"/complaints/{case}",
    ]
    told_ku = {path: words_of(ask(seen.company.browser("ku"), "get", path)) for path in pages}
    told_ku["export"] = words_of(
        ask(seen.company.browser("ku"), "post", "/contacts/", {"do": "export", "format": "csv"})
    )
    assert {path for path, words in told_ku.items() if case in words and case not in path} == set()
    assert {path for path, words in told_ku.items() if f"/complaints/{case}" in words} == set()
    assert call.number in told_ku["/contacts/?cols=number,outcome,state"]
    assert call.number not in told_ku[f"/search?q={case}"]
    assert case in words_of(ask(seen.company.browser("mei"), "get", contact))
    assert ("投诉" in told_ku["export"]) is not again
