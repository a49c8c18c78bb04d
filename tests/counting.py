"""How many questions each page asks the database, in a company with one of everything and in one with fifty."""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.actions import remedies
from huiyin.complaints.actions.intake import keep_promise, promise
from huiyin.complaints.actions.values import PromiseInput, RemedyInput
from huiyin.contacts import actions as contacts
from huiyin.contacts.models import Contact
from huiyin.contacts.values import ContactFacts
from huiyin.customers.actions import add_contact_person, record_delivery, register_customer
from huiyin.customers.models import Customer
from huiyin.customers.values import ContactPersonFacts as PersonFacts
from huiyin.customers.values import CustomerFacts, DeliveryFacts
from huiyin.records.comments import comment
from huiyin.records.files.files import attach
from huiyin.records.signatures import sign
from huiyin.records.steps.context import StepContext
from tests.cast import Factory, at
from tests.desk import BACKEND
from tests.records.office import picture, upload
from tests.story import Story

START = "2026-11-16 09:00"
SHOWN_AT = "2026-11-18 09:00"
RECORD = re.compile(r'href="/((?:complaints|contacts|customers|obligations)/[^"/?]*\d)"')


@dataclass(frozen=True)
class PageCount:
    """What one page cost: questions asked of the database, bytes sent compressed; and how many records it leads to."""

    queries: int
    sent: int
    records: int


class Busy:
    """A company by the pack ``base`` whose lists and records grow at once: ``size`` rows in each list, of each part."""

    def __init__(self, works: Factory) -> None:
        self.works, self.size = works, 0
        self.picture = picture()
        self.customer = self._customer()
        self.story = Story(works, START, customer=self.customer, problem="接头处漏油")
        self.story.until("judged")
        self.whole = self._whole()
        self.contact = self._call()
        self._call("shen")
        self._parts()
        self.size = 1

    def grow(self, size: int) -> None:
        """Until there are ``size`` of everything."""
        while self.size < size:
            self._customer()
            self._call()
            self._call("shen")
            self.works.complaint(when=START, customer=self.customer, problem="接头处漏油")
            self._parts()
            self.size += 1

    def _whole(self) -> Story:
        """A closed complaint with one of every kind of part that there is."""
        story = Story(self.works, START, customer=self.customer, problem="外壳开裂")
        story.until("approved_tasks")
        self._given(story)
        for _, chapter in story.WAY[4:]:
            getattr(story, chapter)()
        lin = self.works.context("lin", SHOWN_AT).actor
        assert lin is not None
        sign(story.complaint, "quality", actor=lin, at=at(SHOWN_AT))
        return story

    def _given(self, story: Story) -> None:
        """What is granted and promised to the customer, what colleagues say and attach."""
        kind, when = self.works.procedure.catalogue("remedy")[0].key, at(SHOWN_AT)
        remedies.grant(story.complaint, RemedyInput(kind), context=story.context("mei"))
        made = PromiseInput("下周给报告", at("2026-11-25 10:00"))
        keep_promise(
            story.complaint,
            promise(story.complaint, made, context=story.context("mei")),
            "",
            context=story.context("mei"),
        )
        self._said(story.complaint, when)

    def _said(self, record: Any, when: datetime) -> None:
        comment(record, "请尽快", actor=self.works.mei, at=when)
        attach(record, upload(f"{self.size}.png", self.picture), actor=self.works.mei, at=when)

    def _customer(self) -> Customer:
        facts = CustomerFacts(name=f"海川机电{self.size}", telephone=f"0571-8000{self.size:04}")
        return register_customer(facts, procedure_id=self.works.version, context=StepContext(self.works.mei, at(START)))

    def _call(self, name: str = "mei") -> Contact:
        facts = ContactFacts(channel="telephone", happened_at=at(START), customer=self.customer, text="接头处漏油")
        sent = StepContext(self.works.context(name, START).actor, at(START))
        return contacts.register(facts, procedure_id=self.works.version, context=sent)

    def _parts(self) -> None:
        """One more of each part of the complaint, the contact and the customer's file that all this is about."""
        story, when = self.story, at(SHOWN_AT)
        task = story.assign()[0]
        story.accept_task(task)
        story.answer_task(task)
        self._given(story)
        for record in (self.contact, self.customer):
            self._said(record, when)
        add_contact_person(
            self.customer, PersonFacts(name=f"李工{self.size}"), context=StepContext(self.works.mei, when)
        )
        goods = DeliveryFacts(model="HY-40", batch=f"B{self.size}")
        record_delivery(self.customer, goods, context=StepContext(self.works.mei, when))

    def pages(self) -> dict[str, tuple[str, str]]:
        """Each page by what it is: who reads it, and where it is."""
        clause = next(c.key for c in self.works.procedure.clauses if c.parent)
        return {
            "home": ("mei", "/"),
            "complaint": ("lin", f"/complaints/{self.story.complaint.number}"),
            "complaint with every part": ("lin", f"/complaints/{self.whole.complaint.number}"),
            "complaint, by the department": ("shen", f"/complaints/{self.story.complaint.number}"),
            "complaints": ("lin", "/complaints/"),
            "complaints, filtered": ("lin", "/complaints/?open=1&model=HY&customer=海川&received_from=2026-11-01"),
            "complaints, a hundred": ("lin", "/complaints/?size=100"),
            "complaints, words": ("lin", "/complaints/?q=漏油"),
            "complaints, those of a department": ("shen", "/complaints/"),
            "board": ("lin", "/complaints/board"),
            "search": ("lin", "/search?q=漏油"),
            "suggestions": ("lin", "/search/suggest?q=漏油"),
            "contacts": ("lin", "/contacts/"),
            "contacts, own": ("shen", "/contacts/"),
            "contact": ("mei", f"/contacts/{self.contact.number}"),
            "customers": ("lin", "/customers/"),
            "customer": ("mei", f"/customers/{self.customer.number}"),
            "obligations": ("lin", "/obligations/?whose=all"),
            "notices": ("mei", "/notices"),
            "evidence": ("lin", "/clauses/"),
            "evidence of a clause": ("lin", f"/clauses/{clause}"),
        }

    def seen(self) -> dict[str, PageCount]:
        """Every page opened a third time, when what is kept in memory is there."""
        return {name: self._seen(who, path) for name, (who, path) in self.pages().items()}

    def _seen(self, who: str, path: str) -> PageCount:
        browser = Client()
        browser.force_login(self.works.people[who], backend=BACKEND)
        for _ in range(2):
            browser.get(path)
        with CaptureQueriesContext(connection) as asked:
            answer: Any = browser.get(path)
        assert answer.status_code == 200, (path, answer.status_code)
        linked = set(RECORD.findall(answer.content.decode()))
        return PageCount(len(asked), len(gzip.compress(answer.content, 6)), len(linked))
