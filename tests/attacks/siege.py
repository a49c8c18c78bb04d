"""A company with one of everything, and every address of the site with values that nobody would type."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client
from django.urls import get_resolver
from django.urls.resolvers import URLPattern

from huiyin.channels.mails.ingest import ingest
from huiyin.customers.actions import record_delivery, register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts, DeliveryFacts
from huiyin.obligations.models import Obligation
from huiyin.records.comments import comment
from huiyin.records.files.files import attach
from huiyin.records.models import Attachment
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.channels.mail.letters import letter
from tests.desk import BACKEND
from tests.records.office import picture, upload
from tests.story import Story

SLUG = re.compile(r"[-\w]+", re.ASCII)
PLACE = re.compile(r"<(?:(\w+):)?(\w+)>")
HUGE = "99999999999999999999"


@dataclass
class Town:
    """One of everything: a complaint with a task and a file, a customer with a person and goods, a mail."""

    works: Factory
    story: Story
    customer: Customer
    picture: Attachment
    mail: str
    real: dict[str, list[str]] = field(default_factory=dict)

    def browser(self, name: str, **headers: Any) -> Client:
        """The browser of one of the people."""
        client = Client(raise_request_exception=False, headers=headers or None)
        client.force_login(self.works.people[name], backend=BACKEND)
        return client


def build(works: Factory) -> Town:
    """Register, attach and receive one of everything, as the people concerned."""
    customer = register_customer(
        CustomerFacts(name="海川机电", code="C-1"),
        procedure_id=works.version,
        contact=ContactPersonFacts(name="李工", email="li@haichuan.example"),
        context=StepContext(works.mei, at("2026-11-16 08:30")),
    )
    goods = record_delivery(
        customer, DeliveryFacts(model="HY-40"), context=StepContext(works.mei, at("2026-11-16 08:40"))
    )
    story = Story(works, customer=customer)
    story.until("judged")
    task = story.assign()[0]
    file = attach(story.complaint, upload("漏油.png", picture()), actor=works.mei, at=story.now)
    comment(story.complaint, "请尽快", actor=works.mei, at=story.now)
    taken = ingest(letter(), procedure_id=works.version, at=story.now)
    assert taken.contact is not None
    person = customer.contact_people.get()
    owed = Obligation.objects.filter(kind="complaint").order_by("id").first()
    assert owed is not None
    number, mail = story.complaint.number, taken.contact.number
    real = {
        "complaint": [number],
        "customer": [customer.number],
        "contact": [mail],
        "task_id": [str(task.pk)],
        "number": [number, customer.number, mail],
        "kind": ["complaint", "customer", "contact", "complaints", "customers"],
        "pk": [str(pk) for pk in dict.fromkeys((file.pk, person.pk, goods.pk, owed.pk, works.lin.pk))],
        "form": [f.key for f in works.procedure.forms_of("complaint")][:1],
        "name": [file.name],
        "suffix": ["csv"],
        "noun": ["question", "judgement", "acceptance", "measures"],
        "key": [works.procedure.clauses[0].key],
    }
    return Town(works, story, customer, file, mail, real)


def addresses(patterns: list[Any] | None = None, before: str = "") -> Iterator[str]:
    """Every address of the site as a pattern."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        else:
            yield from addresses(pattern.url_patterns, here)


ODD: dict[str, tuple[str, ...]] = {
    "int": ("0", "9223372036854775807", "9223372036854775808", HUGE, "9" * 5000),
    "str": (
        "%00",
        "a%00b",
        "x" * 3000,
        "..",
        "%2e%2e%2f",
        "%E2%80%AEgpj.exe",
        "%ff%fe",
        "%F0%9F%98%80",
        "-1",
        "'%22%3E%3Cscript%3E",
        "%ED%A0%80",
        HUGE,
        "%0d%0aX-Evil:%201",
    ),
    "slug": ("x", "-1", "complaint", "x" * 3000),
    "discipline": ("D4", "D9", "d4", "x"),
    "path": ("%00", "../../etc/passwd", "%2e%2e/%2e%2e", "x" * 3000, "%ED%A0%80", "'%22%3E%3Cscript%3E"),
}


def odd_paths(pattern: str, town: Town) -> Iterator[str]:
    """The address with each odd value in each of its places, real values in the others."""
    places = [(m[1] or "str", m[2]) for m in PLACE.finditer(pattern)]
    for turn, (kind, _) in enumerate(places):
        for value in ODD[kind]:
            filled = iter(
                value if place == turn else _real(pattern, name, kind_, town)
                for place, (kind_, name) in enumerate(places)
            )
            yield "/" + PLACE.sub(lambda _m, filled=filled: next(filled), pattern)  # type: ignore[misc]


def real_paths(pattern: str, town: Town) -> Iterator[str]:
    """The address with real values, one choice in all places after the other."""
    places = [(m[1] or "str", m[2]) for m in PLACE.finditer(pattern)]
    most = max((len(town.real.get(name, ["1"])) for _, name in places), default=1)
    for turn in range(most):
        filled = iter(_real(pattern, name, kind, town, turn) for kind, name in places)
        yield "/" + PLACE.sub(lambda _m, filled=filled: next(filled), pattern)  # type: ignore[misc]


def _real(pattern: str, name: str, kind: str, town: Town, turn: int = 0) -> str:
    if kind == "discipline":
        return "D4"
    room = next((r for r in ("complaint", "customer", "contact") if pattern.startswith(r)), "")
    choices = town.real[room] if name == "number" and room else town.real.get(name, ["1" if kind == "int" else "x"])
    if kind == "slug":
        choices = [one for one in choices if SLUG.fullmatch(one)] or ["x"]
    return choices[turn % len(choices)]


def ask(client: Client, method: str, path: str, data: Any = None, **more: Any) -> Any:
    """One request whose writes are taken back, so that the next meets the same company; streams are read to the end."""
    with transaction.atomic():
        answer = getattr(client, method)(path, data or {}, **more)
        if answer.streaming:
            answer.body = b"".join(answer.streaming_content)
        transaction.set_rollback(True)
    return answer


def trouble(answer: Any) -> str | None:
    """What went wrong inside, if something did: the exception's last words."""
    if answer.status_code < 500:
        return None
    info = getattr(answer, "exc_info", None)
    return f"{info[0].__name__}: {str(info[1])[:120]}" if info else str(answer.status_code)
