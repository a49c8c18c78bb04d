"""Which page takes which step: the noun in the address, the form, and the action it calls."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from huiyin.records.steps.pages import StepPages, StepView
from huiyin.returns.actions import money, requesting, returning, shipping, stocktaking
from huiyin.returns.balance import balance_of
from huiyin.returns.forms import steps

PAGES: tuple[StepView, ...] = (
    StepView("sign", "signature", steps.SignForm, lambda r, f, s: requesting.sign(r, f.signed(), context=s)),
    StepView(
        "sign_late", "late-signature", steps.SignForm, lambda r, f, s: requesting.sign_late(r, f.signed(), context=s)
    ),
    StepView("ship", "shipment", steps.ShipForm, lambda r, f, s: shipping.ship(r, f.dispatch(), context=s)),
    StepView(
        "ship_urgent",
        "urgent-shipment",
        steps.UrgentShipForm,
        lambda r, f, s: shipping.ship_urgent(r, f.dispatch(), f.cleaned_data["urgent_reason"], context=s),
        "plain",
    ),
    StepView(
        "record_consent",
        "consent",
        steps.ConsentForm,
        lambda r, f, s: returning.record_consent(r, f.agreement(), context=s),
    ),
    StepView("take_back", "return", steps.TakeBackForm, lambda r, f, s: returning.take_back(r, f.arrived(), context=s)),
    StepView(
        "award",
        "compensation",
        steps.AwardForm,
        lambda r, f, s: money.award(r, f.cleaned_data["amount"], f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "record_loss", "loss", steps.LossForm, lambda r, f, s: money.record_loss(r, f.entered(), context=s), "plain"
    ),
    StepView(
        "release_sending",
        "sending-release",
        steps.ReasonForm,
        lambda r, f, s: shipping.release_sending(r, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "release_return",
        "return-release",
        steps.ReasonForm,
        lambda r, f, s: returning.release_return(r, f.cleaned_data["reason"], context=s),
        "plain",
    ),
    StepView(
        "close", "closure", steps.NoteForm, lambda r, f, s: requesting.close(r, f.cleaned_data["note"], context=s)
    ),
    StepView(
        "deny",
        "denial",
        steps.ReasonForm,
        lambda r, f, s: requesting.deny(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
    StepView(
        "withdraw",
        "withdrawal",
        steps.ReasonForm,
        lambda r, f, s: requesting.withdraw(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)
SHIPMENT_PAGES = (
    StepView("receive", "receipt", steps.ReceiveForm, lambda p, f, s: shipping.receive(p, f.receipt(), context=s)),
)
LOT_PAGES = (
    StepView(
        "inspect",
        "inspection",
        steps.InspectForm,
        lambda p, f, s: returning.inspect(
            p, f.cleaned_data["good"], f.cleaned_data["bad"], f.cleaned_data["findings"], context=s
        ),
    ),
    StepView("dispose", "disposal", steps.DisposeForm, lambda p, f, s: returning.dispose(p, f.disposed(), context=s)),
)
AWARD_PAGES = (
    StepView(
        "approve", "approval", steps.NoteForm, lambda p, f, s: money.approve(p, f.cleaned_data["note"], context=s)
    ),
    StepView(
        "endorse", "endorsement", steps.NoteForm, lambda p, f, s: money.endorse(p, f.cleaned_data["note"], context=s)
    ),
    StepView(
        "deny", "denial", steps.ReasonForm, lambda p, f, s: money.deny(p, f.cleaned_data["reason"], context=s), "plain"
    ),
    StepView(
        "promise",
        "promise",
        steps.PromiseForm,
        lambda p, f, s: money.promise(p, f.cleaned_data["who"], f.cleaned_data["told_on"], context=s),
    ),
    StepView(
        "pay",
        "payment",
        steps.PayForm,
        lambda p, f, s: money.pay(p, f.cleaned_data["paid_on"], f.cleaned_data["note"], context=s),
    ),
    StepView(
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
    StepView("count_book", "account", steps.CountForm, _count("book")),
    StepView("count_card", "card", steps.CountForm, _count("card")),
    StepView("count_goods", "goods", steps.CountForm, _count("goods")),
    StepView(
        "settle",
        "verdict",
        steps.SettleForm,
        lambda r, f, s: stocktaking.settle(r, f.cleaned_data["remark"], context=s),
    ),
    StepView(
        "cancel",
        "cancellation",
        steps.ReasonForm,
        lambda r, f, s: stocktaking.cancel(r, f.cleaned_data["reason"], context=s),
        "danger",
    ),
)


def _beside(request: Any, record: Any, part: Any, page: StepView) -> Mapping[str, Any]:
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
