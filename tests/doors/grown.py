"""What the people of a company are told: before it has any record, and then on every page that each may open."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from huiyin.procedure.clauses import Evidence, evidence_of
from huiyin.procedure.schema import Procedure
from tests.attacks.siege import ask
from tests.kinds.matrix import EVERYBODY, PEOPLE, Door, matrices
from tests.rights import DOORS
from tests.secrets import SecretCompany

NUMBERS = {one.kind: one.number for one in matrices()}
LISTS = {one.room: one.kind for one in matrices()}
QUESTIONS = {one.kind: one.questions for one in matrices()}
"""Questions whose answers tell of a record of each kind to those who may see it."""
SENT = {
    f"/{name}/ {form}": (f"/{name}/", {"do": "export", "format": form}) for name in LISTS for form in ("csv", "xlsx")
} | {"a second customer of the name": ("/customers/new", {"name": "海川机电"})}
CHANGING = re.compile(
    r'(?<=name="csrfmiddlewaretoken" value=")\w+|(?<=name="submission" value=")[\w-]+|(?<=X-CSRFToken": ")\w+'
    r'|(?<="token": ")\w+|(?<="at": ")[^"]+'
)


def words_of(answer: Any) -> str:
    """Everything an answer says, without what differs each time; of a workbook what stands in its sheets."""
    body = answer.body if answer.streaming else answer.content
    if body[:2] == b"PK":
        with ZipFile(BytesIO(body)) as book:
            return "\n".join(book.read(name).decode(errors="replace") for name in sorted(book.namelist()))
    return CHANGING.sub("", body.decode(errors="replace")) + answer.headers.get("Location", "")


def answered(answer: Any) -> str:
    """What came back: the status, and where one is sent on to."""
    if answer.status_code not in (301, 302):
        return str(answer.status_code)
    return f"{answer.status_code} {answer['Location'].split('?')[0].split('#')[0]}"


@dataclass(frozen=True)
class PageRead:
    """What somebody was answered at an address, and what stood there."""

    answered: str
    words: str


def read(company: SecretCompany, name: str, path: str) -> PageRead:
    """One of the people, "" a stranger, opens an address."""
    answer = ask(company.browser(name), "get", path)
    return PageRead(answered(answer), words_of(answer))


def told(company: SecretCompany, name: str, opened: Callable[[str, str], PageRead] | None = None) -> dict[str, str]:
    """What one of the people is told on everybody's pages, by every question, and by what they send."""
    opened = opened or partial(read, company)
    open_to_all = [door.path for doors in DOORS.values() for door in doors if is_read_by_all(door)]
    questions = [path for asked in QUESTIONS.values() for path in asked]
    records = [f"/{room}/{NUMBERS[kind]}" for room, kind in LISTS.items()]
    found = {path: opened(name, path).words for path in dict.fromkeys([*open_to_all, *questions, *records])}
    for what, (path, values) in SENT.items():
        found[what] = words_of(ask(company.browser(name), "post", path, values))
    return found


def is_read_by_all(door: Door) -> bool:
    """Whether everybody signed in may read there and the address names no record."""
    own_account = door.path.startswith("/accounts/")  # shows a new secret each time
    return door.who == EVERYBODY and door.read == "200" and "{" not in door.path and not own_account


def _record_of(procedure: Procedure, shown: Evidence) -> str:
    """The kind of record of which a piece of evidence tells."""
    match shown.kind:
        case "form":
            return procedure.form(shown.key).record
        case "obligation":
            rule = procedure.rule(shown.key)
            return (rule.opens or rule.for_each or "").partition(".")[0]
        case "target":
            return shown.key
        case _:
            return shown.key.partition(".")[0]


@dataclass
class Grown:
    """A company and what some of its people were told before it had any record."""

    company: SecretCompany
    before: dict[str, dict[str, str]]
    _read: dict[tuple[str, str], PageRead] = field(default_factory=dict)
    _everything: dict[str, dict[str, str]] = field(default_factory=dict)

    def read(self, name: str, path: str) -> PageRead:
        """What one of the people finds at an address; opened once, for no test here changes the company."""
        if (name, path) not in self._read:
            self._read[name, path] = read(self.company, name, path)
        return self._read[name, path]

    def everything(self, name: str) -> dict[str, str]:
        """What stands on every page and in every export that one of the people can open."""
        if name not in self._everything:
            self._everything[name] = told(self.company, name, self.read) | dict(self._behind_doors(name))
        return self._everything[name]

    def _telling_clauses(self) -> Iterator[str]:
        """Clauses that show every sort of evidence for every kind of record: the pages of the others are made alike."""
        procedure, met = self.company.works.procedure, {("", "")}
        for clause in procedure.clauses:
            told = {(one.kind, _record_of(procedure, one)) for one in evidence_of(procedure, clause.key)}
            if not told <= met:
                met |= told
                yield clause.key

    def _behind_doors(self, name: str) -> Iterator[tuple[str, str]]:
        for door in (door for doors in DOORS.values() for door in doors):
            path = door.path.format(**self.company.real)
            by_secret = path.startswith("/supplier/")  # shown to whoever holds the link, as its request must be
            if name in door.who and door.read == "200" and not path.endswith(".pdf") and not by_secret:
                yield path, self.read(name, path).words
        for clause in self._telling_clauses() if name in PEOPLE else ():
            yield clause, self.read(name, f"/clauses/{clause}").words
        for how in ("kept", "late", "overdue", "open"):
            yield how, self.read(name, f"/clauses/obligations?how={how}").words
