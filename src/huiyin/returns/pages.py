"""Which page takes which step: the noun in the address, the form, and the action it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.records.steps.pages import StepPage, StepPages
from huiyin.returns.actions import money, requesting, returning, shipping, stocktaking
from huiyin.returns.balance import balance_of
from huiyin.returns.forms import steps

PAGES: tuple[StepPage, ...] = (
    StepPage("sign", "signature", steps.SignForm, lambda r, f, s: requesting.sign(r, f.signed(), context=s)),
    StepPage(
        "sign_late", "late-signature", steps.SignForm, lambda r, f, s: requesting.sign_late(r, f.signed(), context=s)
    ),
    StepPage("ship", "shipment", steps.ShipForm, lambda r, f, s: shipping.ship(r, f.dispatch(), context=s)),
    StepPage(
        "ship_urgent",
        "urgent-shipment",
        steps.UrgentShipForm,
        lambda r, f, s: shipping.ship_urgent(r, f.dispatch(), f.cleaned_data["urgent_reason"], context=s),
        "plain",
    ),
    StepPage(
        "record_consent",
        "consent",
        steps.ConsentForm,
        lambda r, f, s: returning.record_consent(r, f.agreement(), context=s),
    ),
    StepPage("take_back", "return", steps.TakeBackForm, lambda r, f, s: returning.take_back(r, f.arrived(), context=s)),
    StepPage(
        "award",
        "compensation",
        steps.AwardForm,
        lambda r, f, s: money.award(r, f.cleaned_data["amount"], f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepPage(
        "record_loss", "loss", steps.LossForm, lambda r, f, s: money.record_loss(r, f.entered(), context=s), "plain"
    ),
    StepPage(
        "release_sending",
        "sending-release",
        steps.ReasonForm,
        lambda r, f, s: shipping.release_sending(r, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepPage(
        "release_return",
        "return-release",
        steps.ReasonForm,
        lambda r, f, s: returning.release_return(r, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepPage(
        "close", "closure", steps.NoteForm, lambda r, f, s: requesting.close(r, f.cleaned_data["note"], context=s)
    ),
    StepPage(
        "deny",
        "denial",
        steps.ReasonForm,
        lambda r, f, s: requesting.deny(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
    StepPage(
        "withdraw",
        "withdrawal",
        steps.ReasonForm,
        lambda r, f, s: requesting.withdraw(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)
SHIPMENT_PAGES = (
    StepPage("receive", "receipt", steps.ReceiveForm, lambda p, f, s: shipping.receive(p, f.receipt(), context=s)),
)
LOT_PAGES = (
    StepPage(
        "inspect",
        "inspection",
        steps.InspectForm,
        lambda p, f, s: returning.inspect(
            p, f.cleaned_data["good"], f.cleaned_data["bad"], f.cleaned_data["findings"], context=s
        ),
    ),
    StepPage("dispose", "disposal", steps.DisposeForm, lambda p, f, s: returning.dispose(p, f.disposed(), context=s)),
)
AWARD_PAGES = (
    StepPage(
        "approve", "approval", steps.NoteForm, lambda p, f, s: money.approve(p, f.cleaned_data["note"], context=s)
    ),
    StepPage(
        "endorse", "endorsement", steps.NoteForm, lambda p, f, s: money.endorse(p, f.cleaned_data["note"], context=s)
    ),
    StepPage(
        "deny", "denial", steps.ReasonForm, lambda p, f, s: money.deny(p, f.cleaned_data["reason"], context=s), "plain"
    ),
    StepPage(
        "promise",
        "promise",
        steps.PromiseForm,
        lambda p, f, s: money.promise(p, f.cleaned_data["who"], f.cleaned_data["told_on"], context=s),
    ),
    StepPage(
        "pay",
        "payment",
        steps.PayForm,
        lambda p, f, s: money.pay(p, f.cleaned_data["paid_on"], f.cleaned_data["note"], context=s),
    ),
    StepPage(
        "drop",
        "cancellation",
        steps.ReasonForm,
        lambda p, f, s: money.drop(p, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)


def _count(what: str) -> Any:
    return lambda r, f, s: stocktaking.count(r, what, f.cleaned_data["count"], context=s)


TAKE_PAGES = (
    StepPage("count_book", "account", steps.CountForm, _count("book")),
    StepPage("count_card", "card", steps.CountForm, _count("card")),
    StepPage("count_goods", "goods", steps.CountForm, _count("goods")),
    StepPage(
        "settle",
        "verdict",
        steps.SettleForm,
        lambda r, f, s: stocktaking.settle(r, f.cleaned_data["remark"], context=s),
    ),
    StepPage(
        "cancel",
        "cancellation",
        steps.ReasonForm,
        lambda r, f, s: stocktaking.cancel(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)


def _beside(request: Any, record: Any, part: Any, page: StepPage) -> Mapping[str, Any]:
    """What the template shows beside the form: the goods as they stand."""
    return {"replacement": record, "balance": balance_of(record), "awards": page in AWARD_PAGES and [part]}


TEMPLATE = "returns/step.html"
STEPS = StepPages("replacement", "replacement_step", PAGES, TEMPLATE, _beside, {"supplement": "replacement_supplement"})
PART_STEPS = {
    "shipment": StepPages("shipment", "shipment_step", SHIPMENT_PAGES, TEMPLATE, _beside),
    "lot": StepPages("lot", "lot_step", LOT_PAGES, TEMPLATE, _beside),
    "award": StepPages("award", "award_step", AWARD_PAGES, TEMPLATE, _beside),
}
TAKE_STEPS = StepPages("stock-take", "stock_take_step", TAKE_PAGES)
