"""Pages of the contact register: fetch, call one action, render."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.contacts import actions, queries
from huiyin.contacts.access import contact_for, visible_to
from huiyin.contacts.cases import cases_seen, without_hidden
from huiyin.contacts.forms import FileForm, RegisterForm, RevertForm, SupplementForm, initial_of
from huiyin.contacts.lists import DIRECTIONS
from huiyin.contacts.markup import shown
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.values import FILED_AS, HEADERS, MARKS, SET_ASIDE
from huiyin.customers.access import visible_to as customers_visible_to
from huiyin.journal.links import kind_name, record_url
from huiyin.journal.queries import time_line
from huiyin.kernel.text import Text, t
from huiyin.obligations.queries import on_record
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.files.files import stored_at
from huiyin.records.models import Attachment, Comment
from huiyin.records.ownfields import facts_of
from huiyin.records.steps.conditions import Situation, against, offers, step_name
from huiyin.records.steps.context import context_from
from huiyin.records.steps.form_pages import take
from huiyin.ui.forms import Looked, StepForm
from huiyin.ui.htmx import render

form_page = require_http_methods(["GET", "POST"])
CONVERSION = "/complaints/new"
"""Where a complaint is registered; the room above takes the contact's facts over and calls ``actions.convert``."""


def _page_of(contact: Contact) -> str:
    return reverse("contact", args=[contact.number])


def _form_page(request: Any, template: str, form: Any, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=422 if form.is_bound else 200)


@form_page
def register(request: Any) -> HttpResponse:
    """Enter a call, letter, chat or visit."""
    channels = request.procedure.catalogue("channel")
    initial = {
        "happened_at": request.at,
        "direction": Contact.INCOMING,
        "channel": channels[0].key if channels else "",
    }
    initial |= _known(request)
    form = RegisterForm(
        request.POST or None,
        request.FILES or None,
        person=request.user,
        procedure=request.procedure,
        initial=initial,
    )
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.register(
                form.facts(),
                procedure_id=request.version,
                uploads=form.cleaned_data["photos"],
                context=context_from(request, form),
            ),
            to=_page_of,
            said=t("来往已登记", "The contact is registered"),
        )
        if answer is not None:
            return answer
    return _form_page(request, "contacts/new.html", form)


def _known(request: Any) -> dict[str, Any]:
    """What the address says already: a customer by number, a caller's name and telephone."""
    get = request.GET
    known: dict[str, Any] = {name: get[name][:120] for name in ("caller_name", "caller_phone") if name in get}
    customer = customers_visible_to(request.user).filter(number=get.get("customer", "")).first()
    if customer is not None:
        known["customer"] = Looked(customer.name, str(customer.pk))
    return known


@require_safe
def detail(request: Any, number: str) -> HttpResponse:
    """Everything about one contact: what was said, the files, what becomes of it, who owes what, time-line."""
    contact = contact_for(request.user, number)
    procedure = versions.procedure_of(contact.procedure_id)
    message = queries.message_of(contact)
    files = queries.files_of(contact)
    visible = visible_to(request.user, request.procedure)
    earlier = visible.filter(pk=message.earlier_id).first() if message and message.earlier_id else None
    offered = {offer.verb: offer for offer in offers(contact, request.user, at=request.at)}
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
        "mail": _mail(message, files),
        "files": files,
        "own_facts": facts_of(contact, procedure),
        "earlier": earlier,
        "earlier_case": _became(earlier, request.user) if earlier else None,
        "answers": queries.answers_to(contact, visible) if message else [],
        "owed": on_record("contact", contact.pk),
        "lines": without_hidden(time_line("contact", contact.pk), request.user),
        "comments": Comment.objects.filter(kind="contact", record_id=contact.pk)
        .select_related("author")
        .order_by("id"),
    }
    return render(request, "contacts/contact.html", context)


def _became(contact: Contact, person: Person) -> tuple[Text, str, str] | None:
    """What the contact became: its kind, number and address, the last two empty for who may not see it."""
    if not contact.became:
        return None
    kind, number = contact.became_kind, contact.became_number
    seen = cases_seen(person, {contact.became})
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


@form_page
def supplement(request: Any, number: str) -> HttpResponse:
    """Correct or complete the facts."""
    contact = contact_for(request.user, number)
    procedure = versions.procedure_of(contact.procedure_id)
    form = SupplementForm(
        request.POST or None,
        person=request.user,
        procedure=procedure,
        held=contact,
        initial=initial_of(contact),
        version=contact.version,
    )

    def theirs() -> tuple[Contact, int, dict[str, Any]]:
        fresh = contact_for(request.user, number)
        return fresh, fresh.version, initial_of(fresh)

    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.supplement(contact, form.facts(), context=context_from(request, form)),
            to=_page_of,
            said=t("资料已更正", "The facts are corrected"),
            theirs=theirs,
        )
        if answer is not None:
            return answer
    reasons = _reasons(request, contact, "supplement")
    return _form_page(request, "contacts/supplement.html", form, contact=contact, reasons=reasons)


@form_page
def file(request: Any, number: str) -> HttpResponse:
    """Nothing further comes of it."""
    contact = contact_for(request.user, number)
    form = FileForm(request.POST or None, version=contact.version)
    if form.is_valid():
        clean = form.cleaned_data
        answer = take(
            request,
            form,
            lambda: actions.file(contact, clean["filed_as"], clean["analysis"], context=context_from(request, form)),
            to=_page_of,
            said=t("已归档", "Filed"),
            theirs=lambda: _fresh(request, number),
        )
        if answer is not None:
            return answer
    return _step_page(request, form, contact, "file")


@form_page
def revert(request: Any, number: str) -> HttpResponse:
    """Take a conversion or a filing back."""
    contact = contact_for(request.user, number)
    form = RevertForm(request.POST or None, version=contact.version)
    if form.is_valid():
        answer = take(
            request,
            form,
            lambda: actions.revert(contact, form.cleaned_data["reason"], context=context_from(request, form)),
            to=_page_of,
            said=t("已撤销，请重新处理", "Taken back; it waits to be sorted again"),
            theirs=lambda: _fresh(request, number),
        )
        if answer is not None:
            return answer
    return _step_page(request, form, contact, "revert")


def _fresh(request: Any, number: str) -> tuple[Contact, int, dict[str, Any]]:
    """The newer version, when somebody was faster; nothing typed stands against it."""
    fresh = contact_for(request.user, number)
    return fresh, fresh.version, {}


def _reasons(request: Any, contact: Contact, verb: str) -> list[Text]:
    """Why the step cannot be taken now; empty when it can."""
    procedure = versions.procedure_of(contact.procedure_id)
    return against(Situation(contact, None, request.user, request.at, procedure), "contact", verb)


def _step_page(request: Any, form: StepForm, contact: Contact, verb: str) -> HttpResponse:
    procedure = versions.procedure_of(contact.procedure_id)
    name = step_name(procedure, "contact", verb)
    return _form_page(
        request,
        "contacts/step.html",
        form,
        contact=contact,
        name=name,
        verb=verb,
        reasons=_reasons(request, contact, verb),
    )


@require_safe
def raw(request: Any, number: str) -> FileResponse:
    """The mail exactly as it came, to be saved."""
    message = queries.message_of(contact_for(request.user, number))
    place = stored_at(message.raw_sha256) if message is not None else None
    if place is None or not place.exists():
        raise Http404(number)
    response = FileResponse(place.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(True, f"{number}.eml")
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
