"""What strangers and colleagues write stays words: on pages, in mails, in exports."""

from __future__ import annotations

import re
from typing import Any

import pytest

from huiyin.channels.mails.ingest import ingest
from huiyin.customers.actions import register_customer
from huiyin.customers.values import ContactPersonFacts, CustomerFacts
from huiyin.records.comments import comment
from huiyin.records.steps.context import StepContext
from tests.attacks.siege import Town
from tests.cast import at
from tests.channels.mail.letters import attached, letter, mixed, part

EVIL = "\"'><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}"
RAW = re.compile(r"<script>alert|<img src=x|<svg[^>]*onload|<iframe|<form[^>]*evil|javascript:", re.IGNORECASE)


def text_of(answer: Any) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return str(body.decode())


def test_words_of_a_complaint_stay_words_wherever_they_are_shown(town: Town) -> None:
    works = town.works
    customer = register_customer(
        CustomerFacts(name=EVIL[:60]),
        procedure_id=works.version,
        contact=ContactPersonFacts(name=EVIL[:60]),
        context=StepContext(works.mei, at("2026-11-16 10:00")),
    )
    made = works.complaint(
        problem=EVIL,
        model=EVIL[:80],
        batch=EVIL[:60],
        caller_name=EVIL[:60],
        customer=customer,
        sample=EVIL,
        order_number=EVIL[:60],
    )
    comment(made, EVIL, actor=works.mei, at=at("2026-11-16 10:30"))
    pages = [
        f"/complaints/{made.number}",
        f"/complaints/{made.number}/facts",
        "/complaints/",
        "/complaints/board",
        "/search?q=script",
        "/search/suggest?q=script",
        f"/customers/{customer.number}",
        "/customers/lookup?q=script",
        "/customers/",
        f"/customers/{customer.number}/card",
        "/complaints/lookup?q=KS",
        "/notices",
        "/",
        "/obligations/?whose=all",
        f"/complaints/resembling?problem={'script alert'}&customer_key={customer.pk}&batch=x",
    ]
    answers = {path: town.browser("song").get(path) for path in pages}
    said = {path: text_of(one) for path, one in answers.items() if one["Content-Type"] != "application/json"}
    assert len(said) == len(pages) - 2  # the two type-ahead lists: never shown as a page, and put into it as text
    assert {path: RAW.findall(text) for path, text in said.items() if RAW.search(text)} == {}
    assert [path for path, text in said.items() if "49}" in text] == []
    assert "&lt;script&gt;" in said[f"/complaints/{made.number}"]


@pytest.mark.parametrize(
    "body",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<a href='javascript:alert(1)'>x</a>",
        "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
        "<p style='background:url(//evil)'>x</p>",
        "<form action=//evil><input name=password></form>",
        "<scr<script>ipt>alert(1)</script>",
        "<math><mi xlink:href='javascript:alert(1)'>",
        "<a href='jAvAsCrIpT&#58;alert(1)'>x</a>",
        "<meta http-equiv=refresh content='0;url=//evil'>",
        "<base href=//evil>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
        "<img src='https://evil.example/pixel.gif'>",
    ],
)
def test_a_mail_shows_words_and_nothing_else(town: Town, body: str) -> None:
    taken = ingest(
        letter(
            f"<p>接头处漏油</p>{body}",
            subject='<b>x</b> & "y"',
            sender='"<img src=x onerror=alert(1)>" <li@haichuan.example>',
            message_id=f"{abs(hash(body))}@x",
            kind="text/html; charset=utf-8",
        ),
        procedure_id=town.works.version,
        at=at("2026-11-16 10:45"),
    )
    assert taken.contact is not None
    page = text_of(town.browser("song").get(f"/contacts/{taken.contact.number}"))
    shown = page.split("<main")[1].split("</main>")[0]
    active = (
        r"<script|<svg[^>]*onload|<iframe|<math|<meta|<base|<img[^>]*(?:onerror|//evil|src=x)"
        r"|<[^>]+\son\w+=|href=\"javascript|style=|action=\"?//evil"
    )
    assert re.findall(active, shown, re.IGNORECASE) == []
    assert "接头处漏油" in shown


def test_a_mail_brings_no_active_files_and_no_new_headers(town: Town) -> None:
    kind, body = mixed(
        part("text/plain; charset=utf-8", "漏油"),
        attached(b"../../x.svg", b"<svg onload=alert(1)>"),
        attached(b"a.html", b"<script>x</script>"),
    )
    raw = letter(body, subject="漏油\r\n\tBcc: all@factory.example", kind=kind, message_id="headers@x")
    taken = ingest(raw, procedure_id=town.works.version, at=at("2026-11-16 10:50"))
    assert taken.contact is not None
    assert "\n" not in taken.contact.topic
    from huiyin.records.models import Attachment

    names = Attachment.objects.filter(kind="contact", record_id=taken.contact.pk).values_list("name", "mime")
    assert [row for row in names if "svg" in row[1] or "html" in row[1] or "/" in row[0]] == []


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_holds_no_formula(town: Town, form: str) -> None:
    from io import BytesIO

    from python_calamine import CalamineWorkbook

    formula = '=HYPERLINK("https://evil.example","x")'
    town.works.complaint(model=formula[:80], batch="-5", caller_name="@SUM(A1)")
    answer = town.browser("song").post(
        "/complaints/?cols=number,model,batch,customer", {"do": "export", "format": form}
    )
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if form == "csv":
        cells = [cell for line in body.decode("utf-8-sig").splitlines() for cell in line.split(",")]
        assert [cell for cell in cells if cell.lstrip('"').startswith(("=", "@", "+"))] == []
    else:
        book = CalamineWorkbook.from_filelike(BytesIO(body))
        rows = book.get_sheet_by_index(0).to_python()
        assert any(formula in map(str, row) for row in rows)
        assert b"<f>" not in body


def test_a_mistake_in_an_import_is_told_as_words(town: Town) -> None:
    from tests.records.office import upload

    sheet = "编号,客户名称,质保月数\nC-9,<script>alert(1)</script>,<img src=x onerror=alert(1)>\n".encode()
    browser = town.browser("song")
    went = browser.post("/imports/", {"kind": "customers", "file": upload("<svg onload=alert(1)>.csv", sheet)})
    matched = {"header_row": "1", "column_0": "code", "column_1": "name", "column_2": "warranty_months"}
    browser.post(went["Location"] + "/columns", matched)
    page = text_of(browser.get(went["Location"]))
    assert "&lt;img src=x" in page
    assert RAW.findall(page) == []
