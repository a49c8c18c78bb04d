"""Pages of the contact register: fetch, call one action, render."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from huiyin.contacts import actions, queries
from huiyin.contacts.access import contact_for, visible_to
from huiyin.contacts.cases import hide_cases, visible_cases
from huiyin.contacts.forms import RegisterForm, SupplementForm
from huiyin.contacts.lists import DIRECTIONS
from huiyin.contacts.markup import shown
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.steps import STEPS
from huiyin.contacts.values import FILED_AS, HEADERS, MARKS, SET_ASIDE
from huiyin.customers.access import visible_to as customers_visible_to
from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.text import Text, t
from huiyin.people.models import Person
from huiyin.records.files.files import blob_path
from huiyin.records.models import Attachment
from huiyin.records.ownfields import custom_facts
from huiyin.records.record_pages import RecordPage
from huiyin.records.step_views import step_view
from huiyin.records.steps.conditions import offered_steps
from huiyin.records.steps.record_forms import CorrectionPage, OpeningPage
from huiyin.ui.forms import LookupValue
from huiyin.ui.htmx import render

CONVERSION = "/complaints/new"
"""Where a complaint is registered; the room above takes the contact's facts over and calls ``actions.convert``."""


def _known(request: Any) -> dict[str, Any]:
    """What is known already: now, the usual channel;
    from the address a customer by number, a caller's name and telephone.
    """
    get, channels = request.GET, request.procedure.catalogue("channel")
    known: dict[str, Any] = {
        "happened_at": request.at,
        "direction": Contact.INCOMING,
        "channel": channels[0].key if channels else "",
    }
    known |= {name: get[name][:120] for name in ("caller_name", "caller_phone") if name in get}
    customer = customers_visible_to(request.user).filter(number=get.get("customer", "")).first()
    if customer is not None:
        known["customer"] = LookupValue(customer.name, str(customer.pk))
    return known


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one contact: what was said, the files, what becomes of it, who owes what, time-line."""
    contact = contact_for(request.user, number)
    page = RecordPage(request, contact)
    procedure = page.procedure
    message = queries.message_of(contact)
    visible = visible_to(request.user, request.procedure)
    earlier = visible.filter(pk=message.earlier_id).first() if message and message.earlier_id else None
    offered = {offer.verb: offer for offer in offered_steps(contact, request.user, at=request.at)}
    context = {
        "contact": contact,
        "procedure": procedure,
        "state": procedure.state("contact", contact.state),
        "channel": procedure.option("channel", contact.channel),
        "stage": procedure.option("stage", contact.stage),
        "direction": DIRECTIONS[contact.direction],
        "filed_as": FILED_AS.get(contact.filed_as),
        "offered": offered,
        "convert_url": f"{CONVERSION}?contact={contact.number}",
        "became": _became(contact, request.user),
        "message": message,
        "mail": _mail(message, page.files),
        "files": page.files,
        "own_facts": custom_facts(contact, procedure),
        "earlier": earlier,
        "earlier_case": _became(earlier, request.user) if earlier else None,
        "answers": queries.answers_to(contact, visible) if message else [],
        "owed": page.owed,
        "lines": hide_cases(page.lines, request.user),
        "comments": page.comments,
    }
    return render(request, "contacts/contact.html", context)


def _became(contact: Contact, person: Person) -> tuple[Text, str, str] | None:
    """What the contact became: its kind, number and address, the last two empty for who may not see it."""
    if not contact.became:
        return None
    kind, number = contact.became_kind, contact.became_number
    seen = visible_cases(person, {contact.became})
    return (kind_name(kind), number, record_url(kind, number)) if seen else (kind_name(kind), "", "")


def _mail(message: Message | None, files: list[Attachment]) -> dict[str, Any] | None:
    """What the page shows of a mail beside its text."""
    if message is None:
        return None
    pictures = {
        one.inline_id: reverse("file", args=[one.pk, one.name]) for one in files if one.inline_id and one.is_image
    }
    return {
        "html": shown(message.html, pictures) if message.html else "",
        "mark": MARKS.get(message.mark),
        "aside": message.mark in SET_ASIDE,
        "headers": [(name, message.headers[name]) for name in HEADERS if name in message.headers],
    }


register = OpeningPage(
    step="contact.register",
    form=RegisterForm,
    action=actions.register,
    template="contacts/new.html",
    said=lambda contact: t("来往已登记", "The contact is registered"),
    known=_known,
    matter=("topic", "text"),
)
supplement = CorrectionPage(
    step="contact.supplement", form=SupplementForm, action=actions.supplement, template="contacts/supplement.html"
)
step = step_view(STEPS, contact_for)


@require_safe
def raw(request: Any, number: str) -> FileResponse:
    """The mail exactly as it came, to be saved."""
    message = queries.message_of(contact_for(request.user, number))
    place = blob_path(message.raw_sha256) if message is not None else None
    if place is None or not place.exists():
        raise Http404(number)
    response = FileResponse(place.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, f"{number}.eml")
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
