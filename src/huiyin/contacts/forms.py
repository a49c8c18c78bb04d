"""Forms of contacts: input becomes clean values; nothing is written here."""

from __future__ import annotations

from typing import Any

from huiyin.contacts.models import Contact
from huiyin.contacts.values import FILED_AS, ContactFacts
from huiyin.customers.access import visible_to
from huiyin.customers.models import ContactPerson, Customer
from huiyin.kernel.text import Text, t
from huiyin.records import ownfields
from huiyin.records.steps.pages import RecordForm
from huiyin.records.steps.record_forms import FactForm
from huiyin.ui import forms

DIRECTIONS: list[tuple[str, str | Text]] = [
    (Contact.INCOMING, t("客户找我们", "They came to us")),
    (Contact.OUTGOING, t("我们找客户", "We went to them")),
]
NOT_CHOSEN: tuple[str, str | Text] = ("", t("—", "—"))


class FactsForm(FactForm):
    """The facts of a contact; the names of the caller's fields are those that the customer look-up fills."""

    verb = "supplement"

    customer = forms.Lookup(
        label=t("客户", "Customer"),
        url="customer_lookup",
        required=False,
        autofocus=True,
        help=t("名称、拼音首字母、编号或电话", "Name, pinyin initials, code or telephone"),
    )
    contact_person = forms.Hidden(required=False)
    caller_name = forms.TextInput(label=t("对方姓名", "Their name"), required=False, max_length=120)
    caller_phone = forms.TextInput(label=t("电话", "Telephone"), required=False, max_length=40, kind="tel")
    party_email = forms.TextInput(label=t("邮箱", "E-mail"), required=False, max_length=254, kind="email")
    direction = forms.Segments(label=t("谁找谁", "Who turned to whom"), options=DIRECTIONS)
    channel = forms.Choice(label=t("渠道", "Channel"))
    happened_at = forms.Moment(label=t("时间", "When"))
    stage = forms.Choice(label=t("服务阶段", "Stage of service"), required=False)
    topic = forms.TextInput(
        label=t("事由", "Topic"),
        required=False,
        max_length=300,
        placeholder=t("一句话说明；不写则取内容的第一行", "In one line; otherwise the first line of what was said"),
    )
    text = forms.TextField(label=t("内容", "What was said"), rows=6, max_length=100_000)

    def prepare(self) -> None:
        """The procedure's channels and stages, its own fields, and what it requires."""
        procedure = self.procedure
        self.add_choices("channel", [(o.key, o.label) for o in procedure.catalogue("channel")])
        self.add_choices("stage", [NOT_CHOSEN, *((o.key, o.label) for o in procedure.catalogue("stage"))])
        ownfields.add_custom_fields(self, "contact", self.verb, procedure)
        step = procedure.step(f"contact.{self.verb}")
        for name in step.requires if step else ():
            if name in self.fields:
                self.fields[name].required = True

    def clean(self) -> dict[str, Any]:
        """The other party must be known somehow: a customer on file, or a name, number or address."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        looked = cleaned.get("customer")
        customer = self._customer(looked)
        if customer is None and looked and looked.text and not cleaned.get("caller_name"):
            cleaned["caller_name"] = looked.text[:120]
        if customer is None and not any(cleaned.get(name) for name in ("caller_name", "caller_phone", "party_email")):
            self.refuse_field(
                "customer",
                t(
                    "请选择客户，或写下对方姓名、电话或邮箱",
                    "Choose a customer, or enter a name, telephone or address",
                ),
            )
        cleaned["customer_row"] = customer
        key = str(cleaned.get("contact_person") or "")
        people = (
            ContactPerson.objects.filter(customer=customer) if customer is not None else ContactPerson.objects.none()
        )
        cleaned["contact_row"] = people.filter(pk=int(key)).first() if key.isdecimal() else None
        return cleaned

    def _customer(self, looked: Any) -> Customer | None:
        """The customer chosen, or the one whose whole name was typed, if the person may see the file."""
        if not looked:
            return None
        known = visible_to(self.person)
        held = self.record.customer if self.record is not None else None
        if looked.key.isdecimal():
            kept = held if held is not None and str(held.pk) == looked.key else None
            return kept or known.filter(pk=int(looked.key)).first()
        if held is not None and looked.text == held.name:
            return held
        return known.filter(name=looked.text).first()

    def values(self) -> dict[str, Any]:
        """What is known of the contact."""
        c = self.cleaned_data
        facts = ContactFacts(
            channel=c["channel"],
            happened_at=c["happened_at"],
            direction=c["direction"],
            stage=c["stage"],
            customer=c["customer_row"],
            contact_person=c["contact_row"],
            party_name=c["caller_name"],
            party_phone=c["caller_phone"],
            party_email=c["party_email"],
            topic=c["topic"],
            text=c["text"],
            promise_text=c.get("promise_text") or "",
            promised_at=c.get("promised_at"),
            extra=ownfields.custom_values(self),
        )
        return {"facts": facts}

    @classmethod
    def initial_of(cls, record: Contact) -> dict[str, Any]:
        """What the facts form shows of a contact as it stands."""
        values: dict[str, Any] = record.own_facts | {
            name: getattr(record, name)
            for name in ("direction", "channel", "happened_at", "stage", "topic", "text", "party_email")
        }
        values |= {"caller_name": record.party_name, "caller_phone": record.party_phone}
        if record.customer is not None:
            values["customer"] = forms.LookupValue(record.customer.name, str(record.customer_id))
        values["contact_person"] = str(record.contact_person_id or "")
        return values


class IntakeForm(FactForm):
    """What is asked besides the facts while somebody speaks: what they were promised until when, and their files."""

    promise_text = forms.TextInput(
        label=t("答应了什么", "What was promised"),
        required=False,
        max_length=300,
        placeholder=t("例如：下午发报价", "e.g. a quotation this afternoon"),
    )
    promised_at = forms.Moment(label=t("最迟何时", "By when"), required=False)
    photos = forms.Files(label=t("照片与文件", "Photographs and files"), required=False)

    def clean(self) -> dict[str, Any]:
        """A promise has its moment."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("promise_text") and not cleaned.get("promised_at"):
            self.refuse_field("promised_at", t("请写明最迟何时", "Say by when"))
        return cleaned


class RegisterForm(IntakeForm, FactsForm):
    """One screen for a call, letter, chat or visit."""

    verb = "register"

    def values(self) -> dict[str, Any]:
        """What is known of the contact, and the files that came with it."""
        return {**super().values(), "uploads": self.cleaned_data["photos"]}


class SupplementForm(FactsForm):
    """Correcting what is known; a mail's own words stay as they came."""

    def prepare(self) -> None:
        """Without the words of a mail."""
        super().prepare()
        if hasattr(self.record, "message"):
            del self.fields["text"]

    def clean(self) -> dict[str, Any]:
        """The words of a mail are kept."""
        cleaned = super().clean()
        if "text" not in self.fields:
            cleaned["text"] = self.record.text
        return cleaned


class FileForm(RecordForm):
    """What a contact was, when nothing further comes of it."""

    filed_as = forms.Choice(
        label=t("它是什么", "What it was"),
        options=[(key, label) for key, label in FILED_AS.items() if key != "automatic"],
    )
    analysis = forms.TextField(label=t("怎样处理的", "What was done"), required=False, rows=3, max_length=5000)


class RevertForm(RecordForm):
    """Why a conversion or filing is taken back."""

    reason = forms.TextField(label=t("为什么撤销", "Why it is taken back"), rows=2, max_length=500)
