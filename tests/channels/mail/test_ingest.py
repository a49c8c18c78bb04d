"""A mail taken in: one contact, its message and files; entered once; automatic ones owe nothing (F7)."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyin.contacts.actions import convert
from huiyin.contacts.models import Contact, Message
from huiyin.customers.actions import retire_customer
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.obligations.models import Obligation
from huiyin.records.files.files import blob_path, check_store
from huiyin.records.models import Attachment
from huiyin.records.steps.context import StepContext
from tests.cast import at
from tests.channels.mail.conftest import Post
from tests.channels.mail.letters import EXE, PDF, PNG, attached, letter, mixed, part, tnef


def test_a_mail_becomes_a_contact(post: Post) -> None:
    raw = letter()
    found = post.take(raw)
    contact = Contact.objects.get()
    assert (found.contact, found.again) == (contact, False)
    assert (contact.number, contact.state, contact.phase) == ("LX202611-0001", "registered", "received")
    assert (contact.direction, contact.channel, contact.topic) == ("in", "email", "关于漏油")
    assert (contact.party_name, contact.party_email) == ("李工", "li@haichuan.example")
    assert contact.text == "接头处漏油，请尽快处理。"
    assert (contact.happened_at, contact.opened_at) == (at("2026-11-16 09:00"), at("2026-11-16 09:30"))
    assert (contact.customer, contact.owner, contact.opened_by) == (None, None, None)
    message = contact.message
    assert (message.message_id, message.raw_sha256, message.raw_size) == (
        "one@haichuan.example",
        sha256(raw).hexdigest(),
        len(raw),
    )
    assert blob_path(message.raw_sha256).read_bytes() == raw
    assert [e.event for e in Entry.objects.filter(kind="contact")] == ["contact.registered"]


def test_the_department_that_takes_calls_owes_the_sorting(post: Post) -> None:
    contact = post.take(letter()).contact
    row = Obligation.objects.get(kind="contact", record_id=contact.pk)
    assert (row.rule, row.owner_person) == ("contact-sorted", None)
    assert row.owner_department is not None
    assert "reception" in row.owner_department.functions
    assert row.due_at == at("2026-11-17 09:30")


def test_the_same_bytes_again_create_nothing(post: Post) -> None:
    first = post.take(letter())
    again = post.take(letter(), "2026-11-17 09:00")
    assert (again.contact, again.again) == (first.contact, True)
    assert (
        Contact.objects.count(),
        Message.objects.count(),
        Entry.objects.exclude(kind="procedure").count(),
    ) == (1, 1, 1)


def test_the_same_mail_by_another_way_creates_nothing(post: Post) -> None:
    first = post.take(b"Received: from a by b\r\n" + letter())
    again = post.take(b"Received: from c by d\r\n" + letter())
    assert (again.contact, again.again) == (first.contact, True)
    assert Contact.objects.count() == 1


def test_a_mail_without_an_id_is_known_by_its_bytes(post: Post) -> None:
    first = post.take(letter(message_id=None))
    assert first.message.message_id == f"sha256:{first.message.raw_sha256}"
    assert post.take(letter(message_id=None)).contact == first.contact
    other = post.take(letter("另一件事", message_id=None))
    assert (other.again, Contact.objects.count()) == (False, 2)


def test_another_mail_under_a_strangers_id_is_not_swallowed(post: Post) -> None:
    first = post.take(letter("第一封"))
    second = post.take(letter("第二封"))
    assert (second.again, second.contact == first.contact) == (False, False)
    assert post.take(letter("第二封") + b"\r\n").contact == second.contact
    assert post.take(letter("第一封")).contact == first.contact
    assert Contact.objects.count() == 2


def test_a_converted_mail_says_what_it_became(post: Post) -> None:
    contact = post.take(letter()).contact
    convert(contact, "complaint", "KS2026-0001", context=StepContext(post.factory.mei, at("2026-11-16 10:00")))
    again = post.take(letter())
    assert (again.again, again.contact.became) == (True, "complaint:KS2026-0001")


def test_the_sender_is_recognised_by_address(post: Post) -> None:
    customer = post.customer("宁波海川机电有限公司", "LI@haichuan.example")
    contact = post.take(letter()).contact
    assert contact.customer == customer
    assert contact.contact_person is not None
    assert contact.contact_person.name == "李工"
    assert contact.message.notes == []


def test_the_sender_is_recognised_by_domain_and_the_reader_is_told(post: Post) -> None:
    customer = post.customer("宁波海川机电有限公司", "wang@haichuan.example")
    contact = post.take(letter()).contact
    assert (contact.customer, contact.contact_person) == (customer, None)
    assert [n["en"] for n in contact.message.notes] == [
        "The customer was recognised by the address's domain; please check"
    ]


def test_a_domain_of_two_customers_or_of_everybody_names_none(post: Post) -> None:
    post.customer("宁波海川机电有限公司", "wang@haichuan.example")
    post.customer("台州海川泵业有限公司", "chen@haichuan.example")
    post.customer("杭州某某有限公司", "someone@qq.com")
    assert post.take(letter()).contact.customer is None
    assert post.take(letter(sender="other@qq.com", message_id="two@qq.com")).contact.customer is None


def test_inline_pictures_and_files_are_kept(post: Post) -> None:
    kind, body = mixed(
        part("text/html; charset=utf-8", '<p>看照片</p><img src="cid:p1">'),
        part("image/png", PNG, base64=True, Content_ID="<p1>", Content_Disposition="inline; filename=a.png"),
        attached("检验报告.pdf", PDF),
    )
    contact = post.take(letter(body, kind=kind)).contact
    rows = Attachment.objects.filter(kind="contact", record_id=contact.pk).order_by("id")
    assert [(r.name, r.mime, r.inline_id, r.sha256, r.is_image) for r in rows] == [
        ("a.png", "image/png", "p1", sha256(PNG).hexdigest(), True),
        ("检验报告.pdf", "application/pdf", "", sha256(PDF).hexdigest(), False),
    ]
    assert contact.message.html == '<p>看照片</p><img src="cid:p1">'


def test_files_that_are_not_taken_are_listed_and_the_mail_is_taken(post: Post) -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "见附件"),
        attached("setup.exe", EXE),
        attached("报价单.pdf", EXE),
        attached("好的.pdf", PDF),
    )
    contact = post.take(letter(body, kind=kind)).contact
    assert [r.name for r in Attachment.objects.all()] == ["好的.pdf"]
    assert [(name, size, why.en) for name, size, why in contact.message.kept_out] == [
        ("setup.exe", len(EXE), "setup.exe: .exe files are not taken, they can run programs"),
        ("报价单.pdf", len(EXE), "It is named 报价单.pdf, but it holds a program"),
    ]


def test_winmail_dat(post: Post) -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "见附件"),
        attached("winmail.dat", tnef(("检验报告.pdf", PDF), ("a.exe", EXE)), "application/ms-tnef"),
    )
    contact = post.take(letter(body, kind=kind)).contact
    rows = Attachment.objects.order_by("id")
    assert [(r.name, r.mime) for r in rows] == [
        ("winmail.dat", "application/vnd.ms-tnef"),
        ("检验报告.pdf", "application/pdf"),
    ]
    assert [name for name, _, _ in contact.message.kept_out] == ["a.exe"]


@pytest.mark.parametrize(
    ("more", "mark"), [({"Auto_Submitted": "auto-replied"}, "auto-reply"), ({"Return_Path": "<>"}, "bounce")]
)
def test_automatic_mails_are_filed_and_owe_nothing(post: Post, more: dict[str, str], mark: str) -> None:
    post.customer("宁波海川机电有限公司", "li@haichuan.example")
    contact = post.take(letter(**more)).contact  # type: ignore[arg-type]
    assert (contact.state, contact.phase, contact.filed_as) == ("filed", "closed", "automatic")
    assert contact.message.mark == mark
    assert Obligation.objects.count() == 0
    assert [e.event for e in Entry.objects.filter(kind="contact")] == ["contact.set_aside"]


def test_what_a_customers_own_system_sends_is_not_filed(post: Post) -> None:
    """A customer's quality portal sends its complaints as machine mail; nobody may miss them."""
    machine = letter(Auto_Submitted="auto-generated")
    assert post.take(machine).contact.state == "filed"
    post.customer("宁波海川机电有限公司", "li@haichuan.example")
    contact = post.take(letter(Auto_Submitted="auto-generated", message_id="two@x")).contact
    assert (contact.state, contact.message.mark) == ("registered", "auto-generated")
    assert Obligation.objects.count() == 1


def test_unreadable_bytes_wait_in_sight(post: Post) -> None:
    contact = post.take(b"\x00\x01\x02\x03 no mail at all").contact
    assert (contact.state, contact.message.mark) == ("registered", "unreadable")
    assert Obligation.objects.count() == 1
    assert blob_path(contact.message.raw_sha256).exists()


def test_an_answer_leads_to_what_it_answers(post: Post) -> None:
    first = post.take(letter())
    answer = post.take(letter("补充：共三台", message_id="two@x", In_Reply_To="<one@haichuan.example>"))
    assert answer.message.earlier == first.contact
    stranger = post.take(
        letter("冒充", message_id="three@x", sender="x@y.example", In_Reply_To="<one@haichuan.example>")
    )
    assert stranger.message.earlier is None


def test_a_date_in_the_future_is_not_believed(post: Post) -> None:
    contact = post.take(letter(date="Mon, 16 Nov 2037 09:00:00 +0800")).contact
    assert contact.happened_at == at("2026-11-16 09:30")


def test_a_mail_without_a_subject_is_named_by_its_first_words(post: Post) -> None:
    assert post.take(letter("\n减速机漏油\n第二行", subject=None)).contact.topic == "减速机漏油"


def test_raw_mails_count_as_needed_in_the_store(post: Post) -> None:
    message = post.take(letter()).message
    assert blob_path(message.raw_sha256) not in check_store().unreferenced


def test_a_full_disk_leaves_the_mail_where_it_came_from(post: Post, settings: Any, tmp_path: Path) -> None:
    settings.FILES = tmp_path / "file"
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(OSError, match="Not a directory"):
        post.take(letter())
    assert (Contact.objects.count(), Entry.objects.exclude(kind="procedure").count()) == (0, 0)


def test_the_journal_agrees(post: Post) -> None:
    kind, body = mixed(part("text/plain", b"see"), attached("a.pdf", PDF))
    post.take(letter(body, kind=kind))
    assert (verify().code, verify().fault) == (0, None)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=300),
        st.binary(max_size=200).map(lambda b: letter(b, subject=b[:40].replace(b"\n", b""))),
    )
)
def test_no_bytes_make_taking_in_fail(post: Post, raw: bytes) -> None:
    found = post.take(raw)
    assert blob_path(found.message.raw_sha256).read_bytes() == raw or found.again


def test_a_domain_names_nobody_with_whom_we_no_longer_deal(post: Post) -> None:
    gone = post.customer("宁波海川机电有限公司", "wang@haichuan.example")
    retire_customer(gone, "已注销", context=post.factory.context("song", "2026-11-16 09:00"))
    assert post.take(letter()).contact.customer is None
    heir = post.customer("宁波海川泵业有限公司", "chen@haichuan.example")
    assert post.take(letter("又漏了", message_id="two@haichuan.example")).contact.customer == heir
