"""The conditions that packs may put before the steps of this room; each answers with nothing or with reasons."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from huiyin.kernel.quantities import LabelledQuantity, Quantity, at_most, conservation_errors
from huiyin.kernel.text import Text, t
from huiyin.procedure.vocabulary import LAST_PHASES, check
from huiyin.records.models import Link
from huiyin.records.relations.relations import ids_linked_from, ids_linked_to
from huiyin.records.signatures import Signature, changes_since
from huiyin.records.steps.authority import above_limit, deciding_role
from huiyin.records.steps.conditions import GuardContext, applicability
from huiyin.returns import vocabulary  # noqa: F401 - the guards whose code stands here are declared there
from huiyin.returns.balance import Balance, balance_of, units_of
from huiyin.returns.levels import decides_at
from huiyin.returns.models import Award, Line, Replacement, StockTake

Reasons = Iterable[Text] | bool
SIGNERS = ("finance", "quality", "warehouse")
"""The three who count together and sign (P2 4.5-4)."""


def _balance(s: GuardContext) -> Balance:
    found: Balance = s.once("balance", lambda: balance_of(s.record))
    return found


@check("replacement", "has_lines")
def has_lines(s: GuardContext) -> Reasons:
    return bool(_balance(s).lines) or Award.objects.filter(replacement_id=s.record.pk).exists()


@check("replacement", "quantities_add_up")
@check("shipment", "quantities_add_up")
@check("lot", "quantities_add_up")
def quantities_add_up(s: GuardContext) -> Reasons:
    """Asked ≥ signed ≥ sent ≥ received; consented ≥ taken back; inspected = good + bad = what became of it."""
    return _balance(s).mistakes(units_of(s.procedure))


@check("replacement", "within_complaint")
def within_complaint(s: GuardContext) -> Reasons:
    """All requests for one complaint together ask for no more than it speaks of, in the same unit."""
    record = s.record
    if record.claimable is None:
        return True
    lines = Line.objects.filter(replacement_id__in=_siblings(record), unit=record.claimable_unit)
    rows = lines.exclude(replacement__phase="void").select_related("replacement")
    asked = sum((_counted(row) for row in rows), Decimal(0))
    whole = LabelledQuantity(
        t("投诉涉及数量", "quantity complained of"), Quantity(record.claimable, record.claimable_unit)
    )
    part = LabelledQuantity(t("申请数量", "requested"), Quantity(asked, record.claimable_unit))
    return conservation_errors([at_most(whole, part)], units=units_of(s.procedure))


def _counted(line: Line) -> Decimal:
    """What a line takes of the complaint's quantity: what was signed, before that what is asked for."""
    return line.quantity if line.signed_quantity is None else line.signed_quantity


def _siblings(record: Any) -> set[int]:
    """Ids of all requests made for the complaint that this one is made for, itself among them."""
    complaints = ids_linked_to(record, "replacement-for", "complaint")
    links = Link.objects.filter(
        kind="replacement",
        relation="replacement-for",
        to_kind="complaint",
        to_id__in=complaints,
        ended_at=None,
    )
    return {record.pk, *links.values_list("record_id", flat=True)}


@check("complaint", "no_unsigned_replacement")
def no_unsigned_replacement(s: GuardContext) -> Reasons:
    """A complaint is not closed over goods that nobody has decided on; which, only who sees them is told elsewhere."""
    return not s.once("unsigned_replacements", lambda: _is_unsigned(s.record))


def _is_unsigned(complaint: Any) -> bool:
    made = Replacement.objects.filter(pk__in=ids_linked_from("replacement", "replacement-for", complaint))
    return made.filter(responsible=None).exclude(phase__in=LAST_PHASES).exists()


@check("replacement", "is_signed")
def is_signed(s: GuardContext) -> Reasons:
    return s.record.responsible_id is not None


@check("replacement", "nothing_moved")
def nothing_moved(s: GuardContext) -> Reasons:
    return not _balance(s).moved


@check("replacement", "no_remainder")
def no_remainder(s: GuardContext) -> Reasons:
    return _balance(s).remainders(units_of(s.procedure))


@check("replacement", "awards_settled")
def awards_settled(s: GuardContext) -> Reasons:
    rows = Award.objects.filter(replacement_id=s.record.pk)
    waiting: list[Award] = s.once("awards", lambda: list(rows.exclude(state__in=Award.SETTLED)))
    sentence = t("赔偿 {amount} {currency} 还没有了结", "The compensation of {amount} {currency} is not settled yet")
    return [
        sentence.with_values(amount=f"{a.amount:,.2f}", currency=a.currency)
        for a in waiting
        if a.state not in Award.SETTLED
    ]


@check("lot", "inspector_differs")
def inspector_differs(s: GuardContext) -> Reasons:
    return s.actor is None or s.part.arrived_by_id != s.actor.pk


@check("award", "within_authority")
def within_authority(s: GuardContext) -> Reasons:
    refusal = above_limit(s.actor, s.part.amount, s.procedure) if s.actor else None
    if refusal is None:
        return True
    return [
        t(
            "{why}，须由{who}批准",
            "{why}; {who} must approve it",
            why=_own(s),
            who=deciding_role(s.part.amount, s.procedure),
        )
    ]


def _own(s: GuardContext) -> Text:
    return t("金额超过您的权限", "The sum is above your authority")


@check("award", "is_next_level")
def is_next_level(s: GuardContext) -> Reasons:
    """A request goes up level by level; a level above the one it waits for may take it up at once."""
    if s.actor is None or decides_at(s.actor, s.part.waits_for, s.procedure):
        return True
    who = s.procedure.role_label(s.part.waits_for)
    return [t("现在由{who}审批", "It waits for {who} now", who=who)]


@check("award", "decider_differs")
def decider_differs(s: GuardContext) -> Reasons:
    return s.actor is None or s.part.asked_by_id != s.actor.pk


@check("award", "is_approved")
def is_approved(s: GuardContext) -> Reasons:
    if s.part.state != "requested":
        return True
    who = s.procedure.role_label(s.part.waits_for)
    return [t("还没有{who}的批准，不能答应客户", "Without the approval of {who} nothing can be promised", who=who)]


@check("stock-take", "has_claim")
def has_claim(s: GuardContext) -> Reasons:
    return s.record.claimed != 0


@check("stock-take", "all_counted")
def all_counted(s: GuardContext) -> Reasons:
    names = (
        ("book", t("账面数还没有填报", "The book figure is not entered yet")),
        ("card", t("卡片数还没有填报", "The bin card figure is not entered yet")),
        ("goods", t("实物数还没有填报", "The physical count is not entered yet")),
    )
    return [sentence for name, sentence in names if getattr(s.record, name) is None]


@check("stock-take", "signed_by_three")
def signed_by_three(s: GuardContext) -> Reasons:
    """Each of the three signed, on the figures as they are now; three people, not one with three offices."""
    rows = s.once("signatures", lambda: _signatures(s.record))
    standing = {row.role: row for row in rows if row.role in SIGNERS and not changes_since(row)}
    missing = t("{who}还没有在现在的数字上签字", "{who} has not signed the figures as they are now")
    reasons = [missing.with_values(who=s.procedure.role_label(role)) for role in SIGNERS if role not in standing]
    if not reasons and len({row.author_id for row in standing.values()}) < len(SIGNERS):
        reasons = [t("三方签字须是三个人", "The three signatures must be of three people")]
    return reasons


def _signatures(record: StockTake) -> list[Signature]:
    return list(Signature.objects.filter(kind=record.kind, record_id=record.pk).order_by("id"))


def _needs(name: str, zh: str, en: str) -> Any:
    def not_applicable(s: GuardContext) -> Text | None:
        return None if getattr(_balance(s), name) > 0 else t(zh, en)

    return not_applicable


applicability("replacement.ship", "replacement.ship_part", "replacement.ship_urgent", "replacement.release_sending")(
    _needs("to_ship", "没有要发的货", "There is nothing to send")
)
applicability("replacement.record_consent")(_needs("to_consent", "没有要退回的货", "Nothing is to come back"))
applicability("replacement.release_return")(_needs("to_return", "没有待退的货", "Nothing is left to come back"))


@applicability("replacement.take_back")
def has_consent(s: GuardContext) -> Text | None:
    balance = _balance(s)
    if balance.may_return > 0:
        return None
    return t("客户还没有同意退货，或已收齐", "The customer has not agreed to it, or everything came back")


@applicability("award.endorse")
def goes_further_up(s: GuardContext) -> Text | None:
    if s.actor is None or above_limit(s.actor, s.part.amount, s.procedure) is not None:
        return None
    return t("在您的权限之内，可以直接批准", "It is within your authority; approve it yourself")
