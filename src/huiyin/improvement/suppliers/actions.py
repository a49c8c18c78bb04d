"""Everything that happens to a request to a supplier; each is a step of its procedure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.improvement.suppliers.links import digest_of, new_secret
from huiyin.improvement.suppliers.models import SupplierAnswer, SupplierDraft, SupplierRequest
from huiyin.kernel.text import Text, t
from huiyin.obligations.site_calendar import calendar_at_site
from huiyin.people.models import Person
from huiyin.records.facts import RecordFacts
from huiyin.records.files.files import StoredFile, attach_stored
from huiyin.records.models import Attachment, Record
from huiyin.records.relations.relations import link_records
from huiyin.records.steps.context import StepContext
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import StepRun, step

SERVES = "scar-for"
"""The relation of a request to the case or complaint it serves."""
BY_LINK = t("通过链接", "through the link")
BY_US = t("的答复由我方代录，", "in another way, entered by us,")


@dataclass(frozen=True, slots=True)
class SupplierRequestFacts(RecordFacts):
    """What a supplier is asked; ``owner`` None is the person who asks."""

    supplier: str
    defect: str
    contact: str = ""
    email: str = ""
    telephone: str = ""
    model: str = ""
    batch: str = ""
    quantity: Decimal | None = None
    unit: str = "piece"
    containment: str = ""
    answer_due: date | None = None
    owner: Person | None = None

    def apply_to(self, row: Any, *, but: Collection[str] = ()) -> None:
        """Write the facts onto a request; its owner only when one is named."""
        RecordFacts.apply_to(self, row, but=but if self.owner is not None else {*but, "owner"})


FACTS = tuple(name for name in SupplierRequestFacts.names() if name != "owner")


@dataclass(frozen=True, slots=True)
class SupplierAnswerInput:
    """What the supplier says, in the order of an 8D in short."""

    containment: str
    occurrence: str
    escape: str
    action: str
    action_on: date
    prevention: str
    name: str
    telephone: str
    stock: Decimal | None = None
    inspected: Decimal | None = None
    good: Decimal | None = None
    bad: Decimal | None = None


def open_request(
    facts: SupplierRequestFacts, *, procedure_id: int, context: StepContext, about: Record | None = None
) -> SupplierRequest:
    """Draft a request; ``about`` is the problem case (or complaint) it serves."""
    request = SupplierRequest(procedure_id=procedure_id, owner=context.actor)
    facts.apply_to(request)
    with step(request, "open", **context.step_kwargs) as run:
        if about is not None:
            link_records(request, about, SERVES, run=run)
        run.add_payload(
            supplier=request.supplier,
            model=" ".join(filter(None, (request.model, request.batch))),
            about=about.number if about else "",
        )
        if request.owner is not None and request.owner != context.actor:
            run.notify(request.owner)
    return request


def change(request: SupplierRequest, facts: SupplierRequestFacts, *, context: StepContext) -> SupplierRequest:
    """Correct a request that the supplier has not been sent yet."""
    with step(request, "change", **context.step_kwargs):
        facts.apply_to(request)
    return request


def issue(request: SupplierRequest, link_until: date, *, context: StepContext) -> str:
    """Send the request out; gives the secret of its link, which nobody can read again later."""
    with step(request, "issue", **context.step_kwargs) as run:
        secret = _link(request, link_until, run)
        request.issued_at = run.at
        run.add_payload(
            supplier=request.supplier,
            answer_due=request.answer_due,
            link_until=link_until,
            promised_at=_end_of(request.answer_due, run),
        )
    return secret


def renew_link(request: SupplierRequest, link_until: date, *, context: StepContext) -> str:
    """Another secret in place of the old one, which is dead from now on."""
    with step(request, "renew_link", **context.step_kwargs) as run:
        secret = _link(request, link_until, run)
        run.add_payload(link_until=link_until)
    return secret


def extend(request: SupplierRequest, answer_due: date, extend_reason: str, *, context: StepContext) -> SupplierRequest:
    """The supplier may answer until a later day; its link lives at least as long. A day missed stays missed."""
    with step(request, "extend", **context.step_kwargs) as run:
        _ahead(answer_due, "answer_due", run)
        before = request.answer_due
        if before is not None and answer_due <= before:
            raise Refused(
                fields={"answer_due": t("须晚于现在的期限 {day}", "It must be later than now, {day}", day=before)}
            )
        request.answer_due = answer_due
        if request.link_until is not None:
            request.link_until = max(request.link_until, answer_due)
        run.add_payload(
            before=_and_how_late(before, run),
            answer_due=answer_due,
            extend_reason=extend_reason,
            promised_at=_end_of(answer_due, run),
        )
        if request.owner is not None:
            run.notify(request.owner)
    return request


def _and_how_late(day: date | None, run: StepRun) -> Text | date | None:
    """A day, and by how many days it is missed already."""
    late = (run.at.astimezone(run.procedure.zone).date() - day).days if day else 0
    return t("{day}（已过 {n} 天）", "{day} ({n} d past)", day=day, n=late) if late > 0 else day


def _link(request: SupplierRequest, until: date, run: StepRun) -> str:
    if until < run.at.astimezone(run.procedure.zone).date():
        raise Refused(fields={"link_until": t("链接的有效期不能在过去", "The link cannot have ended already")})
    secret = new_secret()
    request.link_digest, request.link_made_at, request.link_until = digest_of(secret), run.at, until
    request.fresh_link = secret
    return secret


def _end_of(day: date | None, run: StepRun, department: str | None = None) -> datetime | None:
    """The end of work on a day, the moment by which something promised for that day is due."""
    return calendar_at_site(run.procedure, department).end_of_work(day) if day is not None else None


def answer(
    request: SupplierRequest, given: SupplierAnswerInput, *, context: StepContext, files: Sequence[StoredFile] = ()
) -> SupplierAnswer:
    """The supplier answered: by the link when nobody acts, else entered by one of us.

    Its draft is gone with this. Raises Refused when the request does not wait for an answer.
    """
    with step(request, "answer", **context.step_kwargs) as run:
        refused = _unfit(given)
        if refused:
            raise Refused(fields=refused)
        request.round += 1
        request.return_reason = ""
        row = SupplierAnswer.objects.create(
            request=request,
            round=request.round,
            sent_at=run.at,
            entered_by=context.actor,
            **{name: getattr(given, name) for name in ANSWER},
        )
        run.touched(row)
        for kept in files:
            run.touched(_filed(request, row, kept, run))
        SupplierDraft.objects.filter(request=request).delete()
        if context.actor is None:
            run.speaker = f"{given.name}（{request.supplier}）"[:60]
        run.add_payload(
            who=given.name,
            telephone=given.telephone,
            how=BY_US if context.actor else BY_LINK,
            round=row.round,
            action=given.action,
            files=[kept.name for kept in files],
        )
        if request.owner is not None:
            run.notify(request.owner)
    return row


ANSWER = tuple(SupplierAnswerInput.__dataclass_fields__)


def _filed(request: SupplierRequest, row: SupplierAnswer, kept: StoredFile, run: StepRun) -> Attachment:
    """A file whose bytes are in the store already, put on the request as a part of this answer."""
    return attach_stored(request, kept, actor=run.actor, at=run.at, part=row.part_key)


def _unfit(given: SupplierAnswerInput) -> dict[str, Text]:
    """Against which box what speaks: something missing, quantities that do not add up."""
    missing = t("请填写", "Fill this in")
    found = {name: missing for name in WANTED if not str(getattr(given, name) or "").strip()}
    stock, inspected = given.stock, given.inspected
    if stock is not None and inspected is not None and inspected > stock:
        found["inspected"] = t("已检不能多于可疑数", "More was inspected than was suspect")
    parts = (given.good, given.bad)
    if any(part is not None for part in parts):
        counted = sum((part for part in parts if part is not None), Decimal(0))
        if inspected is None or counted != inspected:
            found["bad"] = t("合格加不合格应等于已检", "Good and bad must add up to what was inspected")
    return found


WANTED = ("containment", "occurrence", "escape", "action", "action_on", "prevention", "name", "telephone")


def accept(request: SupplierRequest, effect_due: date, words: str, *, context: StepContext) -> SupplierRequest:
    """The answer convinces; its effect is checked by a day."""
    with step(request, "accept", **context.step_kwargs) as run:
        _ahead(effect_due, "effect_due", run)
        request.effect_due = effect_due
        run.add_payload(words=words, effect_due=effect_due, promised_at=_end_of(effect_due, run, "quality"))
        if request.owner is not None:
            run.notify(request.owner)
    return request


def return_answer(request: SupplierRequest, reason: str, answer_due: date, *, context: StepContext) -> SupplierRequest:
    """The answer does not convince; the same link takes another until a new day."""
    return _once_more(request, "return", reason, answer_due, context)


def fail(request: SupplierRequest, reason: str, answer_due: date, *, context: StepContext) -> SupplierRequest:
    """What was done has no effect; the supplier answers anew."""
    return _once_more(request, "fail", reason, answer_due, context)


def _once_more(
    request: SupplierRequest, verb: str, reason: str, answer_due: date, context: StepContext
) -> SupplierRequest:
    with step(request, verb, **context.step_kwargs) as run:
        _ahead(answer_due, "answer_due", run)
        request.return_reason, request.answer_due, request.effect_due = reason, answer_due, None
        if request.link_until is not None:  # what is asked for anew must still find the link alive
            request.link_until = max(request.link_until, answer_due)
        run.add_payload(reason=reason, answer_due=answer_due, promised_at=_end_of(answer_due, run))
        if request.owner is not None:
            run.notify(request.owner)
    return request


def _ahead(day: date, name: str, run: StepRun) -> None:
    if day <= run.at.astimezone(run.procedure.zone).date():
        raise Refused(fields={name: t("日期必须在今天以后", "The day must lie ahead")})


def verify(request: SupplierRequest, effect_result: str, *, context: StepContext) -> SupplierRequest:
    """The effect is there."""
    with step(request, "verify", **context.step_kwargs) as run:
        request.effect_result = effect_result
        run.add_payload(result=effect_result)
    return request


def close(request: SupplierRequest, words: str, *, context: StepContext) -> SupplierRequest:
    """Nothing is left to do; the link dies."""
    with step(request, "close", **context.step_kwargs) as run:
        request.closing_note, request.link_digest = words, ""
        run.add_payload(words=words)
    return request


def cancel(request: SupplierRequest, reason: str, *, context: StepContext) -> SupplierRequest:
    """The request was a mistake or is not needed any more; the link dies."""
    with step(request, "cancel", **context.step_kwargs) as run:
        request.cancel_reason, request.link_digest = reason, ""
        run.add_payload(reason=reason)
        SupplierDraft.objects.filter(request=request).delete()
    return request


def last_answer(request: SupplierRequest) -> Any:
    """The newest answer; None before the first."""
    return request.answers.order_by("-round").first()
