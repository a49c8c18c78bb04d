"""A company in which each record holds words that stand nowhere else, and the people who may and may not see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client

from huiyin.channels.imports import runs
from huiyin.people.actions import go_on_leave
from huiyin.people.models import Delegation, Person
from huiyin.procedure import versions
from huiyin.procedure.versions import Signer
from tests.cast import NOON, Factory, at, factory, pack
from tests.desk import BACKEND, stopped
from tests.kinds.matrix import ADDED, PEOPLE, matrices

SHEET = "编号,客户名称,质保月数\nC-8,长兴机械,12\n".encode()
FAULTY = "编号,客户名称,质保月数\nC-9,长兴机械,很久\n".encode()


@dataclass
class SecretCompany:
    """One of everything under the pack ``feedback``; ``real`` fills the places of the addresses in ``rights.DOORS``."""

    works: Factory
    cookies: dict[str, Any]
    real: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    # What the samples of ``kinds`` leave for those that need them.
    customer: Any = None
    story: Any = None
    case: Any = None
    tale: Any = None

    def browser(self, name: str) -> Client:
        """The browser in which one of the people has just signed in, "" nobody.

        A new one would set up all middleware.
        """
        client = self.browsers.setdefault(name, Client(raise_request_exception=False))
        client.cookies = SimpleCookie(self.cookies[name].output(header="", sep=";") if name else "")
        return client

    def open(self) -> None:
        """Register, attach, receive and draft one of everything, as the people concerned."""
        works = self.works
        for kind in matrices():
            self.real |= kind.sample(self)
        self.real |= {
            "run": _import(works, SHEET),
            "faulty": _import(works, FAULTY, matched=True),
            "leave": _leave(works),
            "draft": _draft(works),
            "clause": works.procedure.clauses[0].key,
            "colleague": str(works.cai.pk),
        }


def _import(works: Factory, sheet: bytes, *, matched: bool = False) -> str:
    file = SimpleUploadedFile("名单.csv", sheet)
    run = runs.upload("customers", "名单.csv", file.chunks(), procedure_id=works.version, actor=works.song, at=at(NOON))
    if matched:
        runs.match(run, run.columns, run.header_row)
    return str(run.pk)


def _leave(works: Factory) -> str:
    """Mei's leave next month; today she is here."""
    start = at(NOON) + timedelta(days=30)
    go_on_leave(works.mei, works.song, starts_at=start, ends_at=start + timedelta(days=2), reason="")
    return str(Delegation.objects.get(person=works.mei).pk)


def _draft(works: Factory) -> str:
    return str(versions.draft(pack("base"), by=Signer("林志远", works.lin.pk), at=at(NOON)).pk)


def staffed() -> SecretCompany:
    """The company on the day before its first record: the people, each with a browser, and one of a stranger."""
    works = factory("feedback")
    for name, functions in ADDED.items():
        works.people[name] = Person.objects.create_person(name, None, name=name, extra_functions=functions)
    return SecretCompany(works, {name: signed_in(works.people[name]) for name in PEOPLE})


def signed_in(person: Person) -> Any:
    """The cookies of somebody who has just signed in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client.cookies


@pytest.fixture(scope="module")
def company(django_db_setup: Any, django_db_blocker: Any) -> Iterator[SecretCompany]:
    """One company for all tests of a file."""
    with django_db_blocker.unblock(), transaction.atomic(), stopped(NOON):
        company = staffed()
        company.open()
        yield company
        transaction.set_rollback(True)


@pytest.fixture
def guarded(company: SecretCompany, db: Any, settings: Any) -> Iterator[SecretCompany]:
    """The company at noon; what a test does to it is rolled back behind the test."""
    settings.TWO_FACTOR = "none"
    with stopped(NOON):
        yield company
