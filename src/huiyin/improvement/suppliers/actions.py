"""Everything that happens to a request to a supplier; each is a step of its procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from huiyin.improvement.suppliers.links import digest_of, new_secret
from huiyin.improvement.suppliers.models import SupplierAnswer, SupplierDraft, SupplierRequest
from huiyin.improvement.suppliers.phrases import BY_LINK, BY_US, SERVES
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.files.files import Kept
from huiyin.records.models import Attachment, Record
from huiyin.records.relations.relations import tie
from huiyin.records.steps.context import Sent
from huiyin.records.steps.refusals import Refused
from huiyin.records.steps.stepping import Taken, step


@dataclass(frozen=True, slots=True)
class RequestFacts:
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

    def lay_on(self, request: SupplierRequest) -> None:
        """Set the request's columns; its owner only when one is named."""
        for name in FACTS:
            setattr(request, name, getattr(self, name))
        if self.owner is not None:
            request.owner = self.owner


FACTS = (
    "supplier",
    "contact",
    "email",
    "telephone",
    "model",
    "batch",
    "defect",
    "quantity",
    "unit",
    "containment",
    "answer_due",
)


@dataclass(frozen=True, slots=True)
class AnswerGiven:
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


def open_request(facts: RequestFacts, *, procedure_id: int, sent: Sent, about: Record | None = None) -> SupplierRequest:
    """Draft a request; ``about`` is the problem case (or complaint) it serves."""
    request = SupplierRequest(procedure_id=procedure_id, owner=sent.actor)
    facts.lay_on(request)
    with step(request, "open", **sent.how) as taken:
        if about is not None:
            tie(request, about, SERVES, taken=taken)
        taken.particulars(
            supplier=request.supplier,
            model=" ".join(filter(None, (request.model, request.batch))),
            about=about.number if about else "",
        )
        if request.owner is not None and request.owner != sent.actor:
            taken.tells(request.owner)
    return request


def change(request: SupplierRequest, facts: RequestFacts, *, sent: Sent) -> SupplierRequest:
    """Correct a request that the supplier has not been sent yet."""
    with step(request, "change", **sent.how):
        facts.lay_on(request)
    return request


def issue(request: SupplierRequest, link_until: date, *, sent: Sent) -> str:
    """Send the request out; gives the secret of its link, which nobody can read again later."""
    with step(request, "issue", **sent.how) as taken:
        secret = _link(request, link_until, taken)
        request.issued_at = taken.at
        taken.particulars(
            supplier=request.supplier,
            answer_due=request.answer_due,
            link_until=link_until,
            promised_at=_end_of(request.answer_due, taken),
        )
    return secret


def renew_link(request: SupplierRequest, link_until: date, *, sent: Sent) -> str:
    """Another secret in place of the old one, which is dead from now on."""
    with step(request, "renew_link", **sent.how) as taken:
        secret = _link(request, link_until, taken)
        taken.particulars(link_until=link_until)
    return secret


def extend(request: SupplierRequest, answer_due: date, reason: str, *, sent: Sent) -> SupplierRequest:
    """The supplier gets until a later day to answer; its link lives at least as long. A day missed already stays missed."""
    with step(request, "extend", **sent.how) as taken:
        _ahead(answer_due, "answer_due", taken)
        before = request.answer_due
        if before is not None and answer_due <= before:
            raise Refused(
                fields={"answer_due": t("须晚于现在的期限 {day}", "It must be later than now, {day}", day=before)}
            )
        request.answer_due = answer_due
        if request.link_until is not None:
            request.link_until = max(request.link_until, answer_due)
        taken.particulars(
            before=_and_how_late(before, taken),
            answer_due=answer_due,
            extend_reason=reason,
            promised_at=_end_of(answer_due, taken),
        )
        if request.owner is not None:
            taken.tells(request.owner)
    return request


def _and_how_late(day: date | None, taken: Taken) -> Text | date | None:
    """A day, and by how many days it is missed already."""
    late = (taken.at.astimezone(taken.procedure.zone).date() - day).days if day else 0
    return t("{day}（已过 {n} 天）", "{day} ({n} d past)", day=day, n=late) if late > 0 else day


def _link(request: SupplierRequest, until: date, taken: Taken) -> str:
    if until < taken.at.astimezone(taken.procedure.zone).date():
        raise Refused(fields={"link_until": t("链接的有效期不能在过去", "The link cannot have ended already")})
    secret = new_secret()
    request.link_digest, request.link_made_at, request.link_until = digest_of(secret), taken.at, until
    request.fresh_link = secret
    return secret


def _end_of(day: date | None, taken: Taken, department: str | None = None) -> datetime | None:
    """The end of work on a day, the moment by which something promised for that day is due."""
    return taken.procedure.calendar_for(department).end_of_work(day) if day is not None else None


def answer(request: SupplierRequest, given: AnswerGiven, *, sent: Sent, files: Sequence[Kept] = ()) -> SupplierAnswer:
    """The supplier answered: by the link when nobody acts, else entered by one of us.

    Its draft is gone with this. Raises Refused when the request does not wait for an answer.
    """
    with step(request, "answer", **sent.how) as taken:
        refused = _unfit(given)
        if refused:
            raise Refused(fields=refused)
        request.round += 1
        request.return_reason = ""
        row = SupplierAnswer.objects.create(
            request=request,
            round=request.round,
            sent_at=taken.at,
            entered_by=sent.actor,
            **{name: getattr(given, name) for name in ANSWER},
        )
        taken.touched(row)
        for kept in files:
            taken.touched(_filed(request, row, kept, taken))
        SupplierDraft.objects.filter(request=request).delete()
        if sent.actor is None:
            taken.speaker = f"{given.name}（{request.supplier}）"[:60]
        taken.particulars(
            who=given.name,
            telephone=given.telephone,
            how=BY_US if sent.actor else BY_LINK,
            round=row.round,
            action=given.action,
            files=[kept.name for kept in files],
        )
        if request.owner is not None:
            taken.tells(request.owner)
    return row


ANSWER = tuple(AnswerGiven.__dataclass_fields__)


def _filed(request: SupplierRequest, row: SupplierAnswer, kept: Kept, taken: Taken) -> Attachment:
    """A file whose bytes are in the store already, put on the request as a part of this answer."""
    return Attachment.objects.create(
        kind=request.kind,
        record_id=request.pk,
        part=row.part_key,
        author=taken.actor,
        at=taken.at,
        name=kept.name,
        sha256=kept.sha256,
        size=kept.size,
        mime=kept.mime,
        width=kept.width,
        height=kept.height,
    )


def _unfit(given: AnswerGiven) -> dict[str, Text]:
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


def accept(request: SupplierRequest, effect_due: date, words: str, *, sent: Sent) -> SupplierRequest:
    """The answer convinces; its effect is checked by a day."""
    with step(request, "accept", **sent.how) as taken:
        _ahead(effect_due, "effect_due", taken)
        request.effect_due = effect_due
        taken.particulars(words=words, effect_due=effect_due, promised_at=_end_of(effect_due, taken, "quality"))
        if request.owner is not None:
            taken.tells(request.owner)
    return request


def return_answer(request: SupplierRequest, reason: str, answer_due: date, *, sent: Sent) -> SupplierRequest:
    """The answer does not convince; the same link takes another until a new day."""
    return _once_more(request, "return", reason, answer_due, sent)


def fail(request: SupplierRequest, reason: str, answer_due: date, *, sent: Sent) -> SupplierRequest:
    """What was done has no effect; the supplier answers anew."""
    return _once_more(request, "fail", reason, answer_due, sent)


def _once_more(request: SupplierRequest, verb: str, reason: str, answer_due: date, sent: Sent) -> SupplierRequest:
    with step(request, verb, **sent.how) as taken:
        _ahead(answer_due, "answer_due", taken)
        request.return_reason, request.answer_due, request.effect_due = reason, answer_due, None
        if request.link_until is not None:  # what is asked for anew must still find the link alive
            request.link_until = max(request.link_until, answer_due)
        taken.particulars(reason=reason, answer_due=answer_due, promised_at=_end_of(answer_due, taken))
        if request.owner is not None:
            taken.tells(request.owner)
    return request


def _ahead(day: date, name: str, taken: Taken) -> None:
    if day <= taken.at.astimezone(taken.procedure.zone).date():
        raise Refused(fields={name: t("日期必须在今天以后", "The day must lie ahead")})


def verify(request: SupplierRequest, result: str, *, sent: Sent) -> SupplierRequest:
    """The effect is there."""
    with step(request, "verify", **sent.how) as taken:
        request.effect_result = result
        taken.particulars(result=result)
    return request


def close(request: SupplierRequest, words: str, *, sent: Sent) -> SupplierRequest:
    """Nothing is left to do; the link dies."""
    with step(request, "close", **sent.how) as taken:
        request.closing_note, request.link_digest = words, ""
        taken.particulars(words=words)
    return request


def cancel(request: SupplierRequest, reason: str, *, sent: Sent) -> SupplierRequest:
    """The request was a mistake or is not needed any more; the link dies."""
    with step(request, "cancel", **sent.how) as taken:
        request.cancel_reason, request.link_digest = reason, ""
        taken.particulars(reason=reason)
        SupplierDraft.objects.filter(request=request).delete()
    return request


def last_answer(request: SupplierRequest) -> Any:
    """The newest answer; None before the first."""
    return request.answers.order_by("-round").first()
