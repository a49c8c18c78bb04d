"""Reading contacts: who writes from an address, what a mail answers, what is shown of one contact; no writes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from huiyin.contacts.models import Contact, Message
from huiyin.customers.models import ContactPerson, Customer
from huiyin.people.models import Person
from huiyin.procedure import versions
from huiyin.records.models import Attachment

# Everybody may have an address there, so the domain says nothing of the customer.
_PUBLIC = (
    "qq.com vip.qq.com foxmail.com 163.com 126.com yeah.net vip.163.com vip.126.com 188.com sina.com sina.cn"
    " vip.sina.com sohu.com 139.com 189.cn wo.cn 21cn.com aliyun.com tom.com 263.net gmail.com googlemail.com"
    " outlook.com hotmail.com"
    " live.com live.cn msn.com yahoo.com yahoo.cn yahoo.com.cn icloud.com me.com mac.com aol.com mail.ru yandex.com"
    " yandex.ru gmx.com gmx.de web.de proton.me protonmail.com zoho.com naver.com daum.net"
)
PUBLIC_DOMAINS = frozenset(_PUBLIC.split())


@dataclass(frozen=True, slots=True)
class Party:
    """Who an address belongs to; ``certain`` when it is a contact person's own, not only the customer's domain."""

    customer: Customer | None = None
    person: ContactPerson | None = None
    certain: bool = False


def party_of(address: str) -> Party:
    """The customer who writes from an e-mail address:
    by a contact person's address, else by a domain of one customer only.
    """
    address = address.strip()
    domain = address.rpartition("@")[2].lower()
    if not domain or "@" not in address:
        return Party()
    person = (
        ContactPerson.objects.filter(email__iexact=address, left_on=None, customer__closed_at=None)
        .select_related("customer")
        .order_by("id")
        .first()
    )
    if person is not None:
        return Party(person.customer, person, certain=True)
    at_domain = f"@{domain}"
    if domain in PUBLIC_DOMAINS or Person.objects.filter(email__iendswith=at_domain).exists():
        return Party()
    people = ContactPerson.objects.filter(email__iendswith=at_domain, customer__closed_at=None)
    ids = list(people.values_list("customer_id", flat=True).distinct()[:2])
    return Party(Customer.objects.get(pk=ids[0])) if len(ids) == 1 else Party()


def replied_contact(answers: Sequence[str], sender: str, customer: Customer | None) -> Contact | None:
    """The contact whose mail this one answers, if it came from the same address or customer
    (headers are easily forged).
    """
    found = {
        row.message_id: row
        for row in Message.objects.filter(message_id__in=list(answers)[:20]).select_related("contact")
    }
    for one in answers:
        row = found.get(one)
        if row is None:
            continue
        same_customer = customer is not None and row.contact.customer_id == customer.pk
        if same_customer or row.sender.lower() == sender.lower():
            return row.contact
    return None


def files_of(contact: Contact) -> list[Attachment]:
    """The files on a contact, in the order in which they came."""
    return list(Attachment.objects.filter(kind="contact", record_id=contact.pk, removed_at=None).order_by("id"))


def message_of(contact: Contact) -> Message | None:
    """The mail the contact came as; None for a call, a letter, a visit."""
    return Message.objects.filter(contact=contact).first()


def answers_to(contact: Contact, visible: QuerySet[Contact]) -> list[Contact]:
    """Those of the ``visible`` contacts whose mails answer this one's, oldest first; at most twenty."""
    return list(visible.filter(message__earlier=contact).order_by("happened_at", "id")[:20])


def mail_channel(procedure_id: int) -> str:
    """The key of the procedure's channel for e-mail; its last one (usually “other”) where it has none."""
    keys: Iterable[str] = [option.key for option in versions.procedure_of(procedure_id).catalogue("channel")]
    known = list(keys)
    return "email" if "email" in known or not known else known[-1]
