"""The supplier's page: by a secret, without an account, whatever somebody sends."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.improvement.suppliers import actions, drafts
from huiyin.improvement.suppliers.models import SupplierDraft, SupplierRequest
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.comments import comment
from huiyin.records.files.files import check_store
from huiyin.records.models import Attachment
from tests.cast import Factory, at, day
from tests.desk import BACKEND, stopped
from tests.improvement import cases
from tests.improvement.suppliers import scars
from tests.improvement.suppliers.scars import TYPED, Supplier
from tests.records.office import picture
from tests.stage import stage

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
works = stage("base")


@pytest.fixture(autouse=True)
def clock() -> Any:
    cache.clear()
    with stopped("2026-11-17 09:00") as one:
        yield one


def photo(name: str = "壳体.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else picture())


def state(scar: SupplierRequest) -> str:
    scar.refresh_from_db()
    return scar.state


def test_a_supplier_answers_without_an_account(works: Factory) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    page = supplier.get()
    assert (page.status, scar.number in page.text, "沟槽深度超差" in page.text) == (200, True, True)
    answer = supplier.send(photos=[photo(), photo("报告.pdf", PDF)])
    assert (answer.status_code, answer["Location"]) == (302, supplier.path)
    assert state(scar) == "answered"
    row = scar.answers.get()
    assert {name: str(getattr(row, name)) for name in ("occurrence", "action_on", "name")} == {
        name: TYPED[name] for name in ("occurrence", "action_on", "name")
    }
    assert [(f.name, f.part, f.author) for f in Attachment.objects.order_by("id")] == [
        ("壳体.png", row.part_key, None),
        ("报告.pdf", row.part_key, None),
    ]
    entry = Entry.objects.filter(kind="scar").latest("id")
    assert (entry.event, entry.actor_id, entry.actor_name) == ("scar.answered", None, "张三（永固铸造）")
    assert (SupplierDraft.objects.count(), verify().fault, check_store().missing) == (0, None, ())
    after = supplier.get()
    assert ("答复已收到" in after.text, "壳体.png" in after.text, after.forms[0].names) == (
        True,
        True,
        ["csrfmiddlewaretoken"],
    )


def test_the_page_says_nothing_beyond_the_request_and_is_guarded(works: Factory) -> None:
    case = cases.case(works, customer_name="周厂机密客户")
    scar, secret = scars.issued(works, case)
    comment(scar, "内部意见：别告诉他们", actor=works.cai, at=at(scars.NOON))
    answer = Supplier(secret).client.get(f"/supplier/{secret}")
    html = answer.content.decode()
    assert [word for word in ("周厂", "内部意见", case.number, "SCAR2611-002", "拟定了") if word in html] == []
    assert (answer["X-Robots-Tag"], 'content="noindex, nofollow"' in html) == ("noindex, nofollow", True)
    assert "no-store" in answer["Cache-Control"]
    assert "default-src 'self'" in answer["Content-Security-Policy"]
    assert answer["Referrer-Policy"] == "same-origin"
    assert "huiyin_session" not in answer.cookies


def test_a_wrong_and_a_dead_link_are_the_same_page(works: Factory) -> None:
    scar, old = scars.issued(works)
    actions.renew_link(scar, scars.UNTIL, context=works.context("cai", scars.NOON))
    gone, ended = scars.issued(works)
    actions.cancel(gone, "不要了", context=works.context("cai", scars.NOON))
    client = Client(raise_request_exception=False)
    wrong = ["x", "A" * 43, "A" * 42, "é" * 43, "..", "a%00b", "x" * 3000, old, ended, scar.link_digest]
    answers = [client.get(f"/supplier/{one}") for one in wrong]
    assert [one.status_code for one in answers] == [404] * len(wrong)
    assert len({one.content for one in answers}) == 1
    posts = [client.post(f"/supplier/{one}", {**TYPED, "go": "send"}) for one in (old, ended, "A" * 43)]
    assert [one.status_code for one in posts] == [404] * 3


def test_guessing_is_slowed_down(works: Factory) -> None:
    client = Client()
    found = [client.get(f"/supplier/{'B' * 42}{n % 10}").status_code for n in range(65)]
    assert found == [404] * 60 + [429] * 5


def test_a_draft_is_kept_continued_and_sent_by_another_browser(works: Factory) -> None:
    scar, secret = scars.issued(works)
    first = Supplier(secret)
    assert first.post(occurrence="先写一半", stock="abc", go="save", photos=[photo()]).status_code == 302
    assert first.post(occurrence="先写一半", stock="5", go="save").status_code == 302
    assert (state(scar), Entry.objects.filter(event="scar.answered").count()) == ("issued", 0)
    other = Supplier(secret)
    page = other.get()
    assert ("壳体.png" in page.text, page.form(other.path).values["occurrence"]) == (True, ["先写一半"])
    other.send()
    assert (state(scar), Attachment.objects.get().name) == ("answered", "壳体.png")


def test_what_was_typed_is_kept_when_something_is_missing(works: Factory) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    answer = supplier.send(escape="", bad="7", photos=[photo(), photo("坏.exe", b"MZ\x90\x00")])
    page = scars.ParsedPage(answer)
    values = page.form(supplier.path).values
    assert (answer.status_code, values["occurrence"], values["bad"]) == (422, [TYPED["occurrence"]], ["7"])
    assert "请填写为什么没有被发现" in page.text
    assert "坏.exe" in page.text
    draft = drafts.draft_of(scar)
    assert draft is not None
    assert [one["name"] for one in draft.files] == ["壳体.png"]
    answer = supplier.post(page, escape="只在首件检验", go="send")
    assert (answer.status_code, "合格加不合格应等于已检" in answer.content.decode()) == (422, True)
    assert supplier.post(scars.ParsedPage(answer), bad="20", go="send").status_code == 302
    assert state(scar) == "answered"


def test_a_file_is_taken_off_a_draft(works: Factory) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    supplier.post(go="save", photos=[photo(), photo("b.pdf", PDF)])
    draft = drafts.draft_of(scar)
    assert draft is not None
    supplier.post(drop=draft.files[0]["sha256"])
    supplier.send()
    assert [one.name for one in Attachment.objects.all()] == ["b.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("表.csv", b"a,b\n1,2\n", "只收照片和 PDF"),
        ("页.html", b"<script>alert(1)</script>", "页.html"),
        ("照片.png", b"<svg onload=alert(1)>", "照片.png"),
        ("空.pdf", b"", "空.pdf"),
    ],
)
def test_only_pictures_and_pdf_are_taken(works: Factory, name: str, content: bytes, reason: str) -> None:
    scar, secret = scars.issued(works)
    answer = Supplier(secret).send(photos=[photo(name, content)])
    assert (answer.status_code, reason in answer.content.decode(), state(scar)) == (422, True, "issued")
    assert Attachment.objects.count() == 0


def test_hostile_words_are_words(works: Factory) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    evil = "<script>alert(1)</script>{{7*7}}'\"]]>\u202e"
    assert supplier.send(occurrence=evil, name=evil, go="send").status_code == 302
    assert "<script>alert" not in supplier.get().html
    lin = Client()
    lin.force_login(works.lin, backend=BACKEND)
    assert "<script>alert" not in lin.get(f"/scars/{scar.number}").content.decode()
    other, secret = scars.issued(works)
    again = Supplier(secret)
    statuses = [
        again.send(**typed).status_code
        for typed in (
            {"name": "x" * 61},
            {"stock": "9" * 400},
            {"stock": "NaN"},
            {"stock": "1e999"},
            {"action_on": "9999999-1-1"},
            {"action_on": "0001-01-01"},
            {"occurrence": "x" * 4001},
            {"version": "9" * 12},
            {"submission": "'"},
            {"go": "drop"},
        )
    ]
    assert [one for one in statuses if one >= 500] == []
    assert again.client.post(again.path, {"go": "send"}).status_code == 403  # no secret of the form
    assert state(other) in ("issued", "answered")


def test_a_stranger_without_a_living_link_brings_nothing_large(works: Factory) -> None:
    _scar, secret = scars.issued(works)
    large = photo("大.png", picture() + b"\0" * 200_000)
    wrong = Client().post(f"/supplier/{'A' * 43}", {"photos": large})
    assert wrong.status_code == 413
    large.seek(0)
    assert Supplier(secret).post(go="save", photos=[large]).status_code in (302, 422)


def test_sent_twice_it_is_one_answer_and_other_words_are_not_lost(works: Factory) -> None:
    scar, secret = scars.issued(works)
    one, two = Supplier(secret), Supplier(secret)
    mine, theirs = one.get(), two.get()
    assert one.post(mine, **TYPED, go="send").status_code == 302
    assert one.post(mine, **TYPED, go="send").status_code == 302
    late = two.post(theirs, **{**TYPED, "occurrence": "另一种说法", "go": "send"})
    assert (late.status_code, "另一种说法" in late.content.decode()) == (409, True)
    assert [row.occurrence for row in scar.answers.all()] == [TYPED["occurrence"]]


def test_two_people_at_the_supplier_do_not_overwrite_each_other(works: Factory) -> None:
    scar, secret = scars.issued(works)
    one, two = Supplier(secret), Supplier(secret)
    mine, theirs = one.get(), two.get()
    one.post(mine, occurrence="甲写的", go="save")
    clash = two.post(theirs, occurrence="乙写的", go="send")
    page = scars.ParsedPage(clash)
    assert (clash.status_code, "甲写的" in page.text, page.form(two.path).values["occurrence"]) == (
        409,
        True,
        ["乙写的"],
    )
    assert two.post(page, go="save").status_code == 302
    draft = drafts.draft_of(scar)
    assert draft is not None
    assert draft.typed["occurrence"] == "乙写的"


def test_returned_it_is_answered_again_by_the_same_link(works: Factory, clock: Any) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    supplier.send()
    scar.refresh_from_db()
    actions.return_answer(scar, "流出原因太浅", day("2026-11-27"), context=works.context("lin", "2026-11-18 09:00"))
    clock.at("2026-11-18 10:00")
    page = supplier.get()
    assert "流出原因太浅" in page.text
    assert page.form(supplier.path).values["occurrence"] == [TYPED["occurrence"]]
    supplier.post(page, escape="深度不在控制计划里", go="send")
    assert [(row.round, row.escape) for row in scar.answers.order_by("round")] == [
        (1, TYPED["escape"]),
        (2, "深度不在控制计划里"),
    ]
    assert verify().fault is None


def test_both_languages_by_browser_and_by_switch(works: Factory) -> None:
    _scar, secret = scars.issued(works)
    english = Supplier(secret, **{"accept-language": "en-GB,en"})
    page = english.get()
    assert ("Why it occurred" in page.text, "为什么" in page.text) == (True, False)
    assert english.post(page, occurrence="half", go="zh").status_code == 302
    page = english.get()
    assert ("为什么会发生" in page.text, page.form(english.path).values["occurrence"]) == (True, ["half"])


def test_a_colleague_who_is_signed_in_does_not_answer_for_the_supplier(works: Factory) -> None:
    scar, secret = scars.issued(works)
    supplier = Supplier(secret)
    supplier.client.force_login(works.lin, backend=BACKEND)
    assert "您已登录" in supplier.get().text
    assert (supplier.send().status_code, state(scar)) == (409, "issued")
