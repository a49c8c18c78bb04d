"""A colleague at their desk: signed in, at a moment the test sets, filling in the forms that the pages really offer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

import pytest
from django.test import Client

from huiyin.people import backends, middleware
from huiyin.people.models import Person
from tests.cast import Factory, at

BACKEND = "huiyin.people.backends.PersonBackend"
UNSEEN = frozenset({"script", "style", "template", "head"})


@dataclass
class PageForm:
    """One form of a page as a browser would send it: address, method and what stands in its fields."""

    action: str
    method: str
    values: dict[str, list[str]] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)


class ParsedPage(HTMLParser):
    """A page as its reader has it: its words, its forms, its links."""

    def __init__(self, answer: Any) -> None:
        super().__init__()
        self.path: str = answer.wsgi_request.path
        self.status: int = answer.status_code
        self.html: str = answer.content.decode()
        self.forms: list[PageForm] = []
        self.links: list[str] = []
        self._words: list[str] = []
        self._unseen = 0
        self._writing: str | None = None
        self._select: tuple[str, list[str], str | None] | None = None
        self.feed(self.html)
        self.text = re.sub(r"\s+", " ", " ".join(self._words)).strip()

    def form(self, action: str) -> PageForm:
        """The form that is sent by POST to ``action``."""
        found = [f for f in self.forms if f.method == "post" and f.action == action]
        assert found, f"no form for {action} among {[f.action for f in self.forms]}: {self.text[:600]}"
        return found[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in UNSEEN:
            self._unseen += 1
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            method = given.get("method", "get").lower()
            self.forms.append(PageForm(given.get("action") or self.path, method))
        elif self.forms and given.get("name"):
            self._control(tag, given)
        elif tag == "option" and self._select:
            self._option(given)

    def _control(self, tag: str, given: dict[str, str]) -> None:
        sheet, name, kind = self.forms[-1], given["name"], given.get("type", "text")
        if tag in ("input", "textarea", "select"):
            sheet.names.append(name)
        if tag == "input" and kind not in ("file", "submit", "button"):
            ticked = kind not in ("radio", "checkbox") or "checked" in given
            if ticked:
                sheet.values.setdefault(name, []).append(given.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._writing = name
            sheet.values[name] = [""]
        elif tag == "select":
            self._select = (name, [], None)

    def _option(self, given: dict[str, str]) -> None:
        assert self._select is not None
        name, chosen, first = self._select
        value = given.get("value", "")
        if "selected" in given:
            chosen.append(value)
        self._select = (name, chosen, value if first is None else first)

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSEEN:
            self._unseen -= 1
        elif tag == "textarea" and self._writing:
            written = self.forms[-1].values[self._writing]
            written[0] = written[0].removeprefix("\n")  # as browsers read it
            self._writing = None
        elif tag == "select" and self._select:
            name, chosen, first = self._select
            self.forms[-1].values[name] = chosen or ([first] if first is not None else [])
            self._select = None

    def handle_data(self, data: str) -> None:
        if self._writing is not None:
            self.forms[-1].values[self._writing][0] += data
            self._words.append(data)
        elif not self._unseen:
            self._words.append(data)


class Clock:
    """The wall clock of every request until the test sets it anew."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def at(self, when: str) -> None:
        """Set it to a moment in site time."""
        self.now = at(when)


@contextmanager
def stopped(when: str) -> Iterator[Clock]:
    """The clock that requests and sign-ins read stands at ``when`` (site time)."""
    clock = Clock(at(when))

    class Standing(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return clock.now.astimezone(tz)

    with pytest.MonkeyPatch.context() as patch:
        for edge in (middleware, backends):
            patch.setattr(edge, "datetime", Standing)
        yield clock


@dataclass
class Desk:
    """One colleague's browser."""

    client: Client
    person: Person

    def get(self, path: str, **query: Any) -> ParsedPage:
        """The page at ``path``."""
        return ParsedPage(self.client.get(path, query))

    def post(self, path: str, values: dict[str, Any]) -> Any:
        """What comes back from sending ``values`` as they are."""
        return self.client.post(path, values)

    def sheet(self, path: str, action: str | None = None) -> PageForm:
        """The form on the page at ``path``, as it stands there."""
        page = self.get(path)
        assert page.status == 200, (page.status, page.text[:600])
        return page.form(action or path)

    def send(self, path: str, *, at_page: str | None = None, **values: Any) -> Any:
        """Open the page, fill ``values`` into its form, send it; every name must be a field of the form."""
        sheet = self.sheet(at_page or path, path)
        unknown = values.keys() - set(sheet.names)
        assert not unknown, f"{path} does not ask for {sorted(unknown)} but for {sheet.names}"
        return self.client.post(path, {**sheet.values, **values})

    def send_from(self, other: Desk, path: str, **values: Any) -> Any:
        """Send the form as another has it before them: who may not take a step is shown none."""
        return self.client.post(path, {**other.sheet(path).values, **values})


@dataclass
class Office:
    """The factory with a desk for each of its people and one clock on the wall."""

    works: Factory
    clock: Clock
    desks: dict[str, Desk] = field(default_factory=dict)

    def desk(self, name: str) -> Desk:
        """The desk of one of the people."""
        if name not in self.desks:
            client, person = Client(), self.works.people[name]
            client.force_login(person, backend=BACKEND)
            self.desks[name] = Desk(client, person)
        return self.desks[name]
