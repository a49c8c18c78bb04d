"""The list of contacts: columns, filters, saved views and export are a declaration."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse
from django.urls import reverse

from huiyin.contacts.access import visible_to
from huiyin.contacts.cases import with_hidden_cases
from huiyin.contacts.models import Contact, Message
from huiyin.contacts.values import FILED_AS, MARKS
from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.text import Text, t
from huiyin.records.lists import usual
from huiyin.records.lists.labels import option_label
from huiyin.records.lists.listing import (
    ChoiceFilter,
    DateRangeFilter,
    ListColumn,
    ListPage,
    SearchFilter,
    TextFilter,
    YesNoFilter,
)

DIRECTIONS = {Contact.INCOMING: t("来", "In"), Contact.OUTGOING: t("往", "Out")}


def _rows(request: Any) -> QuerySet[Contact]:
    visible = visible_to(request.user, request.procedure).select_related("customer", "owner", "message")
    return with_hidden_cases(visible, request.user).defer("text", "analysis", "message__html", "message__headers")


def _page_of(row: Contact) -> str:
    return reverse("contact", args=[row.number])


def _outcome(row: Contact) -> Text | str:
    if row.became and _is_hidden(row):
        return kind_name(row.became_kind)
    if row.became:
        return t("{what} {number}", "{what} {number}", what=kind_name(row.became_kind), number=row.became_number)
    message = getattr(row, "message", None)
    mark = message.mark if message is not None else ""
    return FILED_AS.get(row.filed_as, MARKS.get(mark, ""))


def _case(row: Contact) -> str | None:
    return record_url(row.became_kind, row.became_number) if row.became and not _is_hidden(row) else None


def _is_hidden(row: Contact) -> bool:
    """Whether the reader may not see what the contact became."""
    return getattr(row, "case_hidden", False)


def _became(yes: bool, request: Any) -> Q:
    return ~Q(became="") if yes else Q(became="")


def _marked(keys: Any, request: Any) -> Q:
    return Q(Exists(Message.objects.filter(contact_id=OuterRef("pk"), mark__in=keys)))


def _with(typed: str, request: Any) -> Q:
    named = Q(party_name__icontains=typed) | Q(party_phone__icontains=typed) | Q(party_email__icontains=typed)
    return named | Q(customer__name__icontains=typed)


CONTACTS = ListPage(
    key="contacts",
    title=t("来往登记", "Contacts"),
    rows=_rows,
    steady=True,
    order="-happened_at",
    creates=(t("登记来往", "Register a contact"), "contact_new"),
    opens="contact.register",
    empty=(
        t("还没有来往记录", "No contacts yet"),
        t(
            "电话、来函、来访和走访从这里登记；收到的邮件自动列在这里。",
            "Register calls, letters and visits here; mails that arrive are listed by themselves.",
        ),
    ),
    columns=[
        ListColumn(key="number", label=t("编号", "Number"), link=_page_of, narrow=True),
        ListColumn(
            key="direction",
            label=t("来往", "In/out"),
            value=lambda r: DIRECTIONS.get(r.direction, r.direction),
            narrow=True,
        ),
        ListColumn(
            key="channel",
            label=t("渠道", "Channel"),
            value=lambda r: option_label(r, "channel", r.channel),
            narrow=True,
        ),
        ListColumn(key="who", label=t("对方", "Other party"), value=lambda r: r.who, main=True),
        ListColumn(key="topic", label=t("事由", "Topic"), shown=80, main=True),
        usual.state_column(),
        ListColumn(key="outcome", label=t("结果", "Outcome"), value=_outcome, link=_case),
        usual.owner_column(t("首问人", "First contact")),
        ListColumn(key="happened_at", label=t("时间", "When"), kind="moment", sort="happened_at"),
        usual.choice_column("stage", t("阶段", "Stage"), default=False),
        ListColumn(key="party_phone", label=t("电话", "Telephone"), default=False),
        ListColumn(key="party_email", label=t("邮箱", "E-mail"), default=False),
        ListColumn(key="promised_at", label=t("答应何时", "Promised by"), kind="moment", default=False),
    ],
    filters=[
        SearchFilter(key="q", label=t("在来往中查找", "Search contacts"), kind="contact"),
        usual.state_filter("contact"),
        ChoiceFilter(key="direction", label=t("来往", "In or out"), options=list(DIRECTIONS.items())),
        usual.choice_filter("channel", t("渠道", "Channel")),
        YesNoFilter(key="became", label=t("转为投诉", "Became a case"), condition=_became),
        ChoiceFilter(key="filed_as", label=t("归档为", "Filed as"), options=list(FILED_AS.items())),
        ChoiceFilter(
            key="mark", label=t("邮件标记", "Mark of the mail"), options=list(MARKS.items()), condition=_marked
        ),
        usual.choice_filter("stage", t("阶段", "Stage")),
        usual.owner_filter(t("首问人", "First contact")),
        DateRangeFilter(key="happened", label=t("日期", "Day"), field="happened_at"),
        TextFilter(key="party", label=t("对方", "Other party"), condition=_with),
        TextFilter(key="email", label=t("邮箱", "E-mail"), field="party_email", lookup="icontains"),
    ],
)


def contacts(request: Any) -> HttpResponse:
    """All contacts the reader may see."""
    return CONTACTS.respond(request)
