"""A contact becomes a complaint: on one page, in one transaction, with what is known already."""

from __future__ import annotations

import re
from typing import Any

from huiyin.complaints.conversion import LONGEST_PROBLEM, problem_of
from huiyin.complaints.models import Complaint
from huiyin.contacts import actions
from huiyin.contacts.queries import files_of
from huiyin.journal.verification import verify
from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.files.files import remove_file
from huiyin.records.models import Attachment
from tests.cast import at
from tests.channels.mail.letters import PDF, PNG, attached, letter, mixed, part, tnef
from tests.contacts.conftest import ContactDesk
from tests.desk import ParsedPage

FILE_BOX = r'name="contact_file" value="(\d+)"'

TYPED = {
    "channel": "email",
    "received_at": "2026-11-16T09:30",
    "caller_name": "李工",
    "problem": "接头处漏油",
    "unit": "piece",
    "severity": "function",
}


def mail_with_files() -> bytes:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "三号机接头处漏油。"),
        attached("a.png", PNG),
        attached("检验报告.pdf", PDF),
    )
    return letter(body, kind=kind, subject="关于漏油")


def post(desk: ContactDesk, number: str, **more: Any) -> Any:
    return desk.browser().post(f"/complaints/new?contact={number}", TYPED | {"contact": number} | more)


def test_the_page_takes_over_what_is_known(desk: ContactDesk) -> None:
    customer = desk.customer()
    contact = desk.mail(mail_with_files())
    page = desk.browser().get(f"/complaints/new?contact={contact.number}").content.decode()
    assert f'value="{customer.name}"' in page
    assert 'value="2026-11-16T09:30"' in page
    assert "关于漏油\n三号机接头处漏油。" in page
    assert [f'value="{one.pk}" checked' in page for one in files_of(contact)] == [True, True]


def test_what_was_taken_out_of_a_package_goes_along_and_the_package_stays_behind(desk: ContactDesk) -> None:
    """It is offered all the same: who wants it ticks it."""
    kind, body = mixed(
        part("text/plain; charset=utf-8", "见附件"),
        attached("winmail.dat", tnef(("检验报告.pdf", PDF), ("a.png", PNG)), "application/ms-tnef"),
        attached("b.png", PNG),
    )
    contact = desk.mail(letter(body, kind=kind))
    page = ParsedPage(desk.browser().get(f"/complaints/new?contact={contact.number}"))
    names = {str(one.pk): one.name for one in files_of(contact)}
    offered = {names[pk]: f'value="{pk}" checked' in page.html for pk in re.findall(FILE_BOX, page.html)}
    assert offered == {"winmail.dat": False, "检验报告.pdf": True, "a.png": True, "b.png": True}
    sent = page.form("/complaints/new").values | TYPED
    assert desk.browser().post("/complaints/new", sent).status_code == 302
    copied = Attachment.objects.filter(kind="complaint").order_by("id").values_list("name", flat=True)
    assert list(copied) == ["检验报告.pdf", "a.png", "b.png"]


def test_a_promise_goes_along(desk: ContactDesk) -> None:
    contact = desk.call(promise_text="下午派人", promised_at=at("2026-11-16 15:00"))
    page = desk.browser().get(f"/complaints/new?contact={contact.number}").content.decode()
    assert 'value="下午派人"' in page
    assert 'value="2026-11-16T15:00"' in page
    more = {"promise_text": "下午派人", "promised_at": "2026-11-16T15:00"}
    assert post(desk, contact.number, **more).status_code == 302
    promised = Obligation.objects.filter(OPEN, due_at=at("2026-11-16 15:00"))
    assert [o.kind for o in promised] == ["complaint"]


def test_the_complaint_and_the_contact_are_tied_together(desk: ContactDesk) -> None:
    contact = desk.mail(mail_with_files())
    picture = files_of(contact)[0]
    answer = post(desk, contact.number, contact_file=[str(picture.pk)])
    complaint = Complaint.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/complaints/{complaint.number}")
    contact.refresh_from_db()
    assert (contact.state, contact.became, contact.owner) == (
        "converted",
        f"complaint:{complaint.number}",
        desk.factory.mei,
    )
    assert complaint.source == contact
    assert complaint.received_at == at("2026-11-16 09:30")
    copies = Attachment.objects.filter(kind="complaint", record_id=complaint.pk)
    assert [(c.name, c.sha256) for c in copies] == [(picture.name, picture.sha256)]
    assert not Obligation.objects.filter(OPEN, kind="contact").exists()
    assert (verify().code, verify().fault) == (0, None)
    assert complaint.number in desk.browser().get(f"/contacts/{contact.number}").content.decode()


def test_who_may_not_see_the_complaint_reads_no_number_of_it(desk: ContactDesk) -> None:
    """peng took the call and sees it; complaints are not his."""
    contact = desk.call("peng")
    assert post(desk, contact.number).status_code == 302
    number = Complaint.objects.get().number
    shown = {name: desk.browser(name).get(f"/contacts/{contact.number}").content.decode() for name in ("mei", "peng")}
    assert {name: number in page for name, page in shown.items()} == {"mei": True, "peng": False}
    assert "由同事处理" in shown["peng"]


def test_a_refused_form_keeps_what_was_ticked_and_converts_nothing(desk: ContactDesk) -> None:
    contact = desk.mail(mail_with_files())
    picture, report = files_of(contact)
    answer = post(desk, contact.number, problem="", contact_file=[str(report.pk)])
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'value="{report.pk}" checked' in page
    assert f'value="{picture.pk}" checked' not in page
    contact.refresh_from_db()
    assert (contact.state, Complaint.objects.count()) == ("registered", 0)


def test_what_has_become_a_case_already_opens_no_second_one(desk: ContactDesk) -> None:
    contact = desk.mail(mail_with_files())
    actions.convert(contact, "complaint", "KS2026-0009", context=desk.context())
    page = desk.browser().get(f"/complaints/new?contact={contact.number}").content.decode()
    assert "现在处于“已转单”" in page
    answer = post(desk, contact.number)
    assert (
        answer.status_code,
        Complaint.objects.count(),
        Attachment.objects.filter(kind="complaint").count(),
    ) == (422, 0, 0)


def test_files_of_other_records_do_not_go_along(desk: ContactDesk) -> None:
    contact, other = desk.mail(letter()), desk.mail(mail_with_files())
    stranger = next(file for file in files_of(other))
    assert post(desk, contact.number, contact_file=[str(stranger.pk), "x", "9" * 30]).status_code == 302
    assert Attachment.objects.filter(kind="complaint").count() == 0


def test_the_problem_is_the_customers_words_under_their_subject(desk: ContactDesk) -> None:
    assert problem_of(desk.mail(mail_with_files())) == "关于漏油\n三号机接头处漏油。"
    assert problem_of(desk.call()) == "接头处漏油，问何时来人。"
    assert len(problem_of(desk.call(text="长" * 30_000))) == LONGEST_PROBLEM


def test_a_file_taken_off_the_contact_does_not_go_along(desk: ContactDesk) -> None:
    """The page had it when it was opened; somebody took it off before the form was sent."""
    contact = desk.mail(mail_with_files())
    picture, report = files_of(contact)
    remove_file(contact, report, actor=desk.person("song"), at=at("2026-11-16 09:40"))
    assert post(desk, contact.number, contact_file=[str(picture.pk), str(report.pk)]).status_code == 302
    assert list(Attachment.objects.filter(kind="complaint").values_list("name", flat=True)) == [picture.name]
