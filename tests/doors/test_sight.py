"""What one may not see is nowhere: not in lists, counts, searches, suggestions, exports, boards,
reminders, files, print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.db import transaction

from huiyin.complaints.models import Complaint
from huiyin.contacts.actions import register, revert
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.records.steps.context import StepContext
from tests.attacks.siege import ask
from tests.cast import NOON, at
from tests.desk import stopped
from tests.kinds.matrix import EVERYBODY, PEOPLE, Door, matrices
from tests.rights import DOORS, SEES
from tests.secrets import SecretCompany, signed_in, staffed

pytestmark = pytest.mark.django_db

NUMBERS = {one.kind: one.number for one in matrices()}
MARKS = {one.kind: set(one.marks) for one in matrices()}
"""Words that stand only on the record of each kind (a complaint says its customer's name and code itself)."""
LISTS = {one.room: one.kind for one in matrices()}
QUESTIONS = {one.kind: one.questions for one in matrices()}
"""Questions whose answers tell of a record of each kind to those who may see it."""
SENT = {
    f"/{name}/ {form}": (f"/{name}/", {"do": "export", "format": form}) for name in LISTS for form in ("csv", "xlsx")
} | {"a second customer of the name": ("/customers/new", {"name": "海川机电"})}
CHANGING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="submission" value=")[\w-]+|(?<=X-CSRFToken": ")\w+'
)


def words_of(answer: Any) -> str:
    """Everything an answer says, without what differs each time; of a workbook what stands in its sheets."""
    body = answer.body if answer.streaming else answer.content
    if body[:2] == b"PK":
        with ZipFile(BytesIO(body)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in sorted(book.namelist()))
    return CHANGING.sub("", body.decode(errors="replace")) + answer.headers.get("Location", "")


def told(company: SecretCompany, name: str) -> dict[str, str]:
    """What one of the people is told on everybody's pages, by every question, and by what they send."""
    open_to_all = [door.path for doors in DOORS.values() for door in doors if is_read_by_all(door)]
    questions = [path for asked in QUESTIONS.values() for path in asked]
    records = [f"/{room}/{NUMBERS[kind]}" for room, kind in LISTS.items()]
    paths = dict.fromkeys([*open_to_all, *questions, *records])
    found = {path: words_of(ask(company.browser(name), "get", path)) for path in paths}
    for what, (path, values) in SENT.items():
        found[what] = words_of(ask(company.browser(name), "post", path, values))
    return found


def is_read_by_all(door: Door) -> bool:
    """Whether everybody signed in may read there and the address names no record."""
    own_account = door.path.startswith("/accounts/")  # shows a new secret each time
    return door.who == EVERYBODY and door.read == "200" and "{" not in door.path and not own_account


@dataclass
class Grown:
    """A company and what some of its people were told before it had any record."""

    company: SecretCompany
    before: dict[str, dict[str, str]]
    now: dict[str, dict[str, str]] = field(default_factory=dict)

    def everything(self, name: str) -> dict[str, str]:
        """What one of the people can read now; asked for once, for no test of this file changes it."""
        if name not in self.now:
            self.now[name] = dict(everything(self.company, name))
        return self.now[name]


@pytest.fixture(scope="module")
def grown(django_db_setup: Any, django_db_blocker: Any) -> Iterator[Grown]:
    with django_db_blocker.unblock(), transaction.atomic(), stopped(NOON):
        company = staffed()
        grown = Grown(company, {name: told(company, name) for name in ("ke", "bai", "root")})
        company.open()
        yield grown
        transaction.set_rollback(True)


@pytest.fixture
def seen(grown: Grown, db: Any, settings: Any) -> Iterator[Grown]:
    settings.TWO_FACTOR = "none"
    with stopped(NOON):
        yield grown


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


def everything(company: SecretCompany, name: str) -> Iterator[tuple[str, str]]:
    """What stands on every page and in every export that one of the people can open."""
    yield from told(company, name).items()
    for door in (door for doors in DOORS.values() for door in doors):
        path = door.path.format(**company.real)
        by_secret = path.startswith("/supplier/")  # shown to whoever holds the link, as its request must be
        if name in door.who and door.read == "200" and not path.endswith(".pdf") and not by_secret:
            yield path, words_of(ask(company.browser(name), "get", path))
    for clause in company.works.procedure.clauses if name in PEOPLE else ():
        yield clause.key, words_of(ask(company.browser(name), "get", f"/clauses/{clause.key}"))
    for how in ("kept", "late", "overdue", "open"):
        yield how, words_of(ask(company.browser(name), "get", f"/clauses/obligations?how={how}"))


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
