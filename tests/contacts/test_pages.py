"""The pages of the register, as people use them."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.contacts.models import Contact
from huiyin.contacts.queries import files_of
from huiyin.records.files.files import blob_path
from tests.cast import at
from tests.channels.mail.letters import EXE, PDF, PNG, attached, letter, mixed, part
from tests.contacts.conftest import ContactDesk, picture

TYPED = {
    "direction": "in",
    "channel": "telephone",
    "happened_at": "2026-11-16T09:25",
    "caller_name": "周厂长",
    "caller_phone": "13900001111",
    "text": "接头处漏油",
    "stage": "",
    "topic": "",
    "party_email": "",
}


def formatted() -> bytes:
    """A mail with a picture, an attachment, a program and things that must not run."""
    kind, body = mixed(
        part(
            "text/html; charset=gb2312",
            (
                '<p onclick="alert(1)">请看<b>照片</b></p><script>alert(1)</script>'
                '<img src="cid:p1"><img src="http://evil.example/1.png">'
            ).encode("gbk"),
        ),
        part("image/png", PNG, base64=True, Content_ID="<p1>", Content_Disposition="inline; filename=a.png"),
        attached("检验报告.pdf", PDF),
        attached("setup.exe", EXE),
    )
    return letter(
        body, kind=kind, subject="<script>alert(1)</script>漏油", sender='"<img src=x>" <li@haichuan.example>'
    )


def test_a_call_is_registered_on_one_page(desk: ContactDesk) -> None:
    browser = desk.browser()
    assert browser.get("/contacts/new").status_code == 200
    answer = browser.post("/contacts/new", TYPED | {"photos": [picture()]})
    contact = Contact.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/contacts/{contact.number}")
    assert (contact.party_name, contact.happened_at, contact.topic) == (
        "周厂长",
        at("2026-11-16 09:25"),
        "接头处漏油",
    )
    assert [one.name for one in files_of(contact)] == ["a.png"]
    page = browser.get(answer["Location"]).content.decode()
    assert "接头处漏油" in page
    assert f"/complaints/new?contact={contact.number}" in page


def test_a_customer_chosen_is_kept(desk: ContactDesk) -> None:
    customer = desk.customer()
    person = customer.contact_people.get()
    typed = TYPED | {
        "customer": customer.name,
        "customer_key": str(customer.pk),
        "contact_person": str(person.pk),
    }
    assert desk.browser().post("/contacts/new", typed).status_code == 302
    contact = Contact.objects.get()
    assert (contact.customer, contact.contact_person) == (customer, person)


def test_a_customer_one_may_not_see_is_not_taken(desk: ContactDesk) -> None:
    customer = desk.customer()
    typed = TYPED | {"customer": "x", "customer_key": str(customer.pk)}
    assert desk.browser("peng").post("/contacts/new", typed).status_code == 302
    assert Contact.objects.get().customer is None


def test_nobody_named_is_refused_and_nothing_typed_is_lost(desk: ContactDesk) -> None:
    answer = desk.browser().post("/contacts/new", TYPED | {"caller_name": "", "caller_phone": ""})
    assert (answer.status_code, Contact.objects.count()) == (422, 0)
    page = answer.content.decode()
    assert "请选择客户，或写下对方姓名、电话或邮箱" in page
    assert "接头处漏油" in page


def test_a_promise_needs_its_moment(desk: ContactDesk) -> None:
    answer = desk.browser().post("/contacts/new", TYPED | {"promise_text": "发报价"})
    assert (answer.status_code, Contact.objects.count()) == (422, 0)


def test_the_address_fills_what_is_known(desk: ContactDesk) -> None:
    customer = desk.customer()
    page = desk.browser().get(f"/contacts/new?customer={customer.number}&caller_name=李工").content.decode()
    assert f'value="{customer.name}"' in page
    assert 'value="李工"' in page


def test_a_mail_is_shown_harmless_with_its_pictures(desk: ContactDesk) -> None:
    contact = desk.mail(formatted())
    file = files_of(contact)[0]
    answer = desk.browser().get(f"/contacts/{contact.number}")
    page = answer.content.decode()
    assert f'<p>请看<b>照片</b></p><img src="/files/{file.pk}/a.png">' in page
    for attack in ("<script>alert", "onclick=", "evil.example/1.png", "<img src=x>"):
        assert attack not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;漏油" in page
    assert "setup.exe：不接受 .exe 文件" in page
    assert "1 张外部网站上的图片没有载入" in page
    assert desk.browser().get(f"/files/{file.pk}/a.png").status_code == 200


def test_the_original_can_be_saved_and_runs_nowhere(desk: ContactDesk) -> None:
    raw = formatted()
    contact = desk.mail(raw)
    answer: Any = desk.browser().get(f"/contacts/{contact.number}/original")
    assert b"".join(answer.streaming_content) == raw
    assert answer["Content-Disposition"] == f'attachment; filename="{contact.number}.eml"'
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    call = desk.call()
    assert desk.browser().get(f"/contacts/{call.number}/original").status_code == 404


def test_an_original_that_is_gone_says_so(desk: ContactDesk) -> None:
    contact = desk.mail(letter())
    blob_path(contact.message.raw_sha256).unlink()
    assert desk.browser().get(f"/contacts/{contact.number}").status_code == 200
    assert desk.browser().get(f"/contacts/{contact.number}/original").status_code == 404


def test_filing_and_taking_up_again(desk: ContactDesk) -> None:
    contact = desk.call()
    browser = desk.browser()
    typed = {"filed_as": "enquiry", "analysis": "已报价", "version": str(contact.version)}
    assert browser.post(f"/contacts/{contact.number}/filing", typed).status_code == 302
    page = browser.get(f"/contacts/{contact.number}").content.decode()
    assert "已归档：询价或咨询" in page
    contact.refresh_from_db()
    answer = browser.post(f"/contacts/{contact.number}/reversal", {"reason": "还有事", "version": str(contact.version)})
    assert answer.status_code == 302
    contact.refresh_from_db()
    assert (contact.state, contact.filed_as) == ("registered", "")


def test_filing_what_is_filed_says_why_not(desk: ContactDesk) -> None:
    contact = desk.mail(letter(Auto_Submitted="auto-replied"))
    answer = desk.browser().post(
        f"/contacts/{contact.number}/filing", {"filed_as": "enquiry", "version": str(contact.version)}
    )
    assert answer.status_code == 422
    assert "现在处于“已归档”" in answer.content.decode()


def test_correcting_facts_shows_both_texts_when_somebody_was_faster(desk: ContactDesk) -> None:
    contact = desk.call()
    typed = TYPED | {"topic": "甲", "version": str(contact.version)}
    assert desk.browser().post(f"/contacts/{contact.number}/facts", typed).status_code == 302
    answer = desk.browser("song").post(f"/contacts/{contact.number}/facts", typed | {"topic": "乙"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "甲" in page
    assert "乙" in page
    contact.refresh_from_db()
    assert contact.topic == "甲"


def test_the_words_of_a_mail_stay_as_they_came(desk: ContactDesk) -> None:
    contact = desk.mail(letter())
    page = desk.browser().get(f"/contacts/{contact.number}/facts").content.decode()
    assert 'name="text"' not in page
    typed = TYPED | {"text": "改写", "topic": "更正", "version": str(contact.version)}
    assert desk.browser().post(f"/contacts/{contact.number}/facts", typed).status_code == 302
    contact.refresh_from_db()
    assert (contact.topic, contact.text) == ("更正", "接头处漏油，请尽快处理。")


def test_the_list_and_its_filters(desk: ContactDesk) -> None:
    call, mail = desk.call(), desk.mail(letter())
    auto = desk.mail(letter(message_id="two@x", Auto_Submitted="auto-replied", subject="自动回复"))

    def listed(query: str) -> set[str]:
        page = desk.browser().get(f"/contacts/{query}").content.decode()
        return {c.number for c in (call, mail, auto) if c.number in page}

    assert listed("") == {call.number, mail.number, auto.number}
    assert listed("?channel=telephone") == {call.number}
    assert listed("?state=filed") == {auto.number}
    assert listed("?mark=auto-reply") == {auto.number}
    assert listed("?filed_as=automatic") == {auto.number}
    assert listed("?q=何时来人") == {call.number}
    assert listed("?party=haichuan") == {mail.number, auto.number}
    assert listed("?became=1") == set()
    assert listed("?happened_from=2026-11-17") == set()
    assert listed("?owner=me") == {call.number}


def test_an_answer_and_what_it_answers_lead_to_each_other(desk: ContactDesk) -> None:
    first = desk.mail(letter())
    answer = desk.mail(letter("补充", message_id="two@x", In_Reply_To="<one@haichuan.example>"))
    assert f'/contacts/{answer.number}"' in desk.browser().get(f"/contacts/{first.number}").content.decode()
    assert f'/contacts/{first.number}"' in desk.browser().get(f"/contacts/{answer.number}").content.decode()


def test_the_customers_card_shows_the_latest_contacts(desk: ContactDesk) -> None:
    customer = desk.customer()
    contacts = [desk.call(customer=customer, topic=f"第 {n} 次") for n in range(7)]
    page = desk.browser().get(f"/customers/{customer.number}/card").content.decode()
    assert {c.number for c in contacts if c.number in page} == {c.number for c in contacts[2:]}


def test_english_pages(desk: ContactDesk) -> None:
    contact = desk.mail(formatted())
    desk.factory.mei.language = "en"
    desk.factory.mei.save()
    browser = desk.browser()
    for address in (
        "/contacts/",
        "/contacts/new",
        f"/contacts/{contact.number}",
        f"/contacts/{contact.number}/filing",
    ):
        assert browser.get(address).status_code == 200
    assert "Attachments not taken" in browser.get(f"/contacts/{contact.number}").content.decode()


def test_pages_ask_no_more_for_many_than_for_few(desk: ContactDesk) -> None:
    browser = desk.browser()
    first = desk.mail(letter())

    def asked(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        return len(queries)

    asked("/contacts/")
    few = (asked("/contacts/"), asked(f"/contacts/{first.number}"))
    for n in range(12):
        desk.mail(letter("补充", message_id=f"{n}@x", In_Reply_To="<one@haichuan.example>"))
        desk.call()
    assert (asked("/contacts/"), asked(f"/contacts/{first.number}")) == few
