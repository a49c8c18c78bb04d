"""Requests that live at random: whatever people do, somebody owes what is asked, and nothing is released unsigned."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from huiyin.journal.models import Entry
from huiyin.journal.phrases import sentence
from huiyin.journal.verification import verify
from huiyin.kernel.approval import is_complete
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Delegation, Person
from huiyin.procedure import versions
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.registers.actions import FormInput, correct, end, open_record, take
from huiyin.registers.approvals import approvals
from huiyin.registers.approvals.rounds import LiveRound
from huiyin.registers.models import ApprovalRound, ApprovalSigner, FormRecord
from tests.cast import Factory, at
from tests.registers.works import PACK
from tests.stage import stage

works = stage(PACK)
pytestmark = pytest.mark.django_db
START = at("2026-11-16 09:00")
NAMES = ["mei", "song", "lin", "qian", "tao", "peng", "shen", "cai", "fang", "bai", "zong"]


class Life:
    """One request and the people around it."""

    def __init__(self, works: Factory, seed: int) -> None:
        self.works, self.chance, self.minute = works, Random(seed), 0
        person = works.lin
        facts = {"what": "换一批", "amount": "800", "reviewer": {"person": person.pk, "name": person.name}}
        given = FormInput(facts)
        self.record = open_record("request", "draft", given, procedure_id=works.version, context=self.context("mei"))

    def context(self, name: str) -> StepContext:
        self.minute += 7
        when = START + timedelta(minutes=self.minute)
        return self.works.context(name, (when + timedelta(hours=8)).strftime("%Y-%m-%d %H:%M"))

    def signer(self) -> ApprovalSigner | None:
        rows = list(ApprovalSigner.objects.filter(record=self.record).select_related("person", "department", "round"))
        rows = [one for one in rows if one.state in ("asked", "signed")] or rows
        found = self.chance.choice(rows) if rows else None
        if found is not None:
            found.record = self.record
        return found

    def fitting(self, signer: ApprovalSigner) -> str:
        """Somebody who may sign here, mostly."""
        if self.chance.random() < 0.15:
            return self.chance.choice(NAMES)
        for name in self.chance.sample(NAMES, len(NAMES)):
            person = self.works.people[name]
            mine = person.pk == signer.person_id if signer.person_id else person.department_id == signer.department_id
            if mine and (person.is_head or not signer.heads_only):
                return name
        return "zong"

    def move(self) -> None:
        chance, record = self.chance, self.record
        signer = self.signer()
        moves: list[Any] = [
            lambda: take(record, "submit", FormInput(), context=self.context("mei")),
            lambda: end(record, "withdraw", "再想想", context=self.context("mei")),
            lambda: correct(
                record,
                FormInput({**record.extra, "amount": chance.choice(["800", "5000"])}),
                context=self.context("mei"),
            ),
        ]
        weights = [3, 1, 1]
        if signer is not None:
            name = self.fitting(signer)
            other: Person = self.works.people[chance.choice(NAMES)]
            moves += [
                lambda: approvals.sign(signer, "可以", context=self.context(name)),
                lambda: approvals.refuse(
                    signer,
                    "不行",
                    chance.choice(["", "", "request.review"]),
                    chance.random() < 0.5,
                    context=self.context(name),
                ),
                lambda: approvals.transfer(signer, other, context=self.context(name)),
                lambda: approvals.add_signer(signer, other, context=self.context(name)),
                lambda: approvals.take_back(signer, "看错", context=self.context(name)),
            ]
            weights += [14, 2, 2, 2, 1]
        with suppress(Refused):
            chance.choices(moves, weights)[0]()
        self.record = FormRecord.objects.get(pk=record.pk)

    def check(self) -> None:
        record = self.record
        asked = {
            f"request-signer:{pk}" for pk in ApprovalSigner.objects.filter(state="asked").values_list("pk", flat=True)
        }
        owed = Obligation.objects.filter(OPEN, kind="request", record_id=record.pk).exclude(part="")
        assert sorted(owed.values_list("part", flat=True)) == sorted(asked)
        running = ApprovalRound.objects.filter(record=record, standing="running")
        assert running.count() == (record.state == "in-approval")
        assert bool(asked) == (record.state == "in-approval")
        if record.state == "released":
            row = ApprovalRound.objects.filter(record=record).latest("number")
            row.record = record
            live = LiveRound(row, versions.procedure_of(record.procedure_id))
            state = live.state
            assert row.content == approvals.content_of(record, live.entry)
            assert state.standing == "approved"
            assert all(is_complete(state, level.key) for level in state.levels)
            signed = [one for one in live.signers if one.state == "signed"]
            assert all(one.content == row.content and one.signed_by is not None for one in signed)
            amount = record.extra["amount"]
            assert ("request.release" in row.skipped) == (amount == "800")


@pytest.mark.parametrize("seed", range(4))
def test_whatever_people_do_it_is_owed_and_never_released_unsigned(works: Factory, seed: int) -> None:
    Delegation.objects.create(
        person=works.shen, deputy=works.peng, starts_at=START - timedelta(days=1), ends_at=START + timedelta(days=9)
    )
    life = Life(works, seed)
    for _ in range(40):
        life.move()
        life.check()
    for entry in Entry.objects.filter(kind="request"):
        for language in ("zh", "en"):
            words = sentence(entry, language)
            assert words
            assert "{" not in words
    assert (verify().code, verify().fault) == (0, None)
    happened = set(Entry.objects.filter(kind="request").values_list("event", flat=True))
    assert {"request.submit", "request-signer.sign"} <= happened
