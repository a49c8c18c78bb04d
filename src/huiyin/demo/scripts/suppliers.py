"""Requests to suppliers: from a draft to one that is closed, one answered twice, one whose link still waits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from huiyin.demo.script import DAY, Script, WorkMinutes
from huiyin.demo.texts.supplier_requests import (
    CASTING,
    CASTING_AT_FIRST,
    CASTING_RETURNED,
    CHROME,
    SupplierMatter,
)
from huiyin.improvement.models import Problem
from huiyin.improvement.suppliers import actions
from huiyin.improvement.suppliers.actions import SupplierAnswerInput, SupplierRequestFacts
from huiyin.improvement.suppliers.links import PREFIX
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.records.steps.context import StepContext

BUYERS, QUALITY = ("luogang", "purchasing"), ("xukai", "quality")


def _open(script: Script, matter: SupplierMatter, about: Problem | None = None) -> SupplierRequest:
    given = {**matter.request, "quantity": Decimal(matter.request["quantity"])}
    facts = SupplierRequestFacts(**given, answer_due=script.day(6), owner=script.person(*BUYERS))
    sent = script.context("scar.open", by=BUYERS)
    return actions.open_request(facts, procedure_id=script.company.version, context=sent, about=about)


def _issue(script: Script, request: SupplierRequest) -> str:
    """Send it; returns the secret of the supplier's link."""
    sent = script.context("scar.issue", request, by=BUYERS)
    return actions.issue(request, script.day() + timedelta(days=60), context=sent)


def _answer(script: Script, request: SupplierRequest, said: dict[str, Any], context: StepContext) -> None:
    given: dict[str, Any] = {name: Decimal(value) if isinstance(value, int) else value for name, value in said.items()}
    actions.answer(request, SupplierAnswerInput(**given, action_on=script.day(2)), context=context)


def asked(script: Script, matter: SupplierMatter, *, until: str) -> WorkMinutes:
    """A request up to the state ``until``; the answer comes by telephone and the buyer enters it."""
    request = _open(script, matter)
    if until == "draft":
        return
    yield 60
    _issue(script, request)
    if until == "cancelled":
        yield DAY
        reason = "换由另一供方供货，旧批已退，不再要求答复"
        actions.cancel(request, reason, context=script.context("scar.cancel", request, by=("purchasing",)))
        return
    yield 4 * DAY
    _answer(script, request, matter.answer, script.context("scar.answer", request, by=BUYERS))
    yield 200
    if until == "returned":
        reason = "没有说明为什么没有测出来，请补充流出原因"
        sent = script.context("scar.return", request, by=QUALITY)
        actions.return_answer(request, reason, script.day(4), context=sent)
        return
    words = "原因可信，先按三批确认效果"
    actions.accept(request, script.day(14), words, context=script.context("scar.accept", request, by=QUALITY))
    if until == "accepted":
        return
    yield 13 * DAY
    result = "三批各抽 32 件，全部在要求以内"
    actions.verify(request, result, context=script.context("scar.verify", request, by=QUALITY))
    if until == "verified":
        return
    yield 120
    words = "整改有效，恢复正常供货"
    actions.close(request, words, context=script.context("scar.close", request, by=("purchasing",)))


def answered_twice(script: Script) -> WorkMinutes:
    """The supplier answers by the link; the answer is returned, the second one waits for quality."""
    request = _open(script, CASTING)
    yield 90
    _issue(script, request)
    yield 3 * DAY
    _answer(script, request, CASTING_AT_FIRST, StepContext(None, script.at))
    yield 150
    sent = script.context("scar.return", request, by=("quality",))
    actions.return_answer(request, CASTING_RETURNED, script.day(6), context=sent)
    yield 4.5 * DAY
    _answer(script, request, CASTING.answer, StepContext(None, script.at))


def link_waits(script: Script) -> WorkMinutes:
    """Sent out for the case of the peeling chrome; its link is alive and nobody has answered yet."""
    problems = Problem.objects.filter(model__startswith="WSG").exclude(phase="void")
    request = _open(script, CHROME, problems.order_by("-opened_at").first())
    yield 70
    script.company.links.append(PREFIX + _issue(script, request))
