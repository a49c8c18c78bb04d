"""The paper of a letter that goes by steps: who took them, rows to fill in by hand, boxes with words beside them, and
what stands on it in English and in both languages.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure import versions
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import FactGrid, Language, PrintSheet, Signatures
from huiyin.registers.models import FormRecord
from huiyin.registers.printing.sheet import declared_sheet
from tests.cast import at
from tests.desk import Desk, Office, ParsedPage
from tests.records.print.pdf import missing, needs_poppler, printed_sizes, words
from tests.registers.everything import drawing
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db
works = stage(str(Path(__file__).parents[1] / "packs" / "letters"))
office = desks("2026-11-16 09:00")
DRAFT = {"weight": "urgent", "heading": "停机通知", "points-0-what": "三号线停机", "points-1-what": "恢复时间"}


def taken(answer: object) -> None:
    assert answer.status_code == 302, ParsedPage(answer).text[-900:]  # type: ignore[attr-defined]


def drafted(office: Office, **more: str) -> str:
    """A letter that Mei drafted; its address."""
    taken(office.desk("mei").send("/registers/letter/new/draft", **{**DRAFT, **more}))
    return f"/registers/letter/{FormRecord.objects.filter(kind='letter').latest('pk').number}"


def sheet(office: Office, kind: str = "letter", language: Language = "zh") -> PrintSheet:
    """What is printed of the last record of a kind."""
    record = FormRecord.objects.filter(kind=kind).latest("pk")
    procedure = versions.procedure_of(record.procedure_id)
    form = procedure.forms_of(kind)[0]
    return declared_sheet(PrintJob(record, procedure, form, office.works.mei, at("2026-11-19 09:00"), language))


def pdf(desk: Desk, here: str, language: str = "zh") -> bytes:
    kind, number = here.split("/")[2:]
    answer = desk.client.get(f"/sheets/{kind}/{number}/{kind}.pdf?language={language}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return bytes(answer.content)


def values(made: PrintSheet) -> list[str]:
    """What stands in the cells of the form."""
    return [fact.value for block in made.blocks if isinstance(block, FactGrid) for fact in block.facts]


def signed(made: PrintSheet) -> list[tuple[str, str, str]]:
    """Each place to sign: whose part, who signed, when."""
    return [
        (one.role, one.name, one.date) for block in made.blocks if isinstance(block, Signatures) for one in block.places
    ]


def test_who_took_a_step_stands_on_the_paper_and_of_steps_to_come_the_places_are_left(office: Office) -> None:
    here, lin, zong = drafted(office), office.desk("lin"), office.desk("zong")
    mei = ("登记", "王晓梅", "2026-11-16")
    by_hand = ("收件人签字", "", "")
    assert signed(sheet(office)) == [mei, ("审核", "", ""), ("签发", "", ""), by_hand]
    office.clock.at("2026-11-17 10:00")
    taken(lin.send(f"{here}/check"))
    checked = ("审核", "林志远", "2026-11-17")
    assert signed(sheet(office)) == [mei, checked, ("签发", "", ""), by_hand]
    taken(lin.send(f"{here}/send_back", reason="数字不对"))
    assert signed(sheet(office)) == [mei, ("审核", "", ""), ("签发", "", ""), by_hand]
    office.clock.at("2026-11-18 10:00")
    taken(lin.send(f"{here}/check"))
    taken(zong.send(f"{here}/sign"))
    assert signed(sheet(office))[1:] == [("审核", "林志远", "2026-11-18"), ("签发", "总经理赵", "2026-11-18"), by_hand]


@needs_poppler
def test_a_receiver_signs_large_and_whoever_delivered_stands_beside(office: Office) -> None:
    here = drafted(office)
    taken(office.desk("lin").send(f"{here}/check"))
    taken(office.desk("zong").send(f"{here}/sign"))
    mei = office.desk("mei")
    taken(mei.send(f"{here}/receive", received_by="王客户", received_by_drawn=drawing()))
    assert signed(sheet(office))[-2:] == [
        ("送达", "王晓梅", "2026-11-16"),
        ("收件人签字", "王客户", "2026-11-16"),
    ]
    (_, height), *others = printed_sizes(pdf(mei, here))
    assert (14 <= height <= 18, others) == (True, [])


def test_whoever_signs_a_form_by_their_own_name_is_not_printed_twice(office: Office) -> None:
    here = drafted(office)
    taken(office.desk("lin").send(f"{here}/check"))
    taken(office.desk("zong").send(f"{here}/sign"))
    mei = office.desk("mei")
    taken(mei.send(f"{here}/receive", received_by="王晓梅"))
    assert [role for role, *_ in signed(sheet(office))] == ["登记", "审核", "签发", "收件人签字"]


@needs_poppler
def test_rows_that_are_filled_are_numbered_and_rows_by_hand_are_not(office: Office) -> None:
    here, mei = drafted(office), office.desk("mei")
    table = next(block for block in sheet(office).blocks if hasattr(block, "rows"))
    assert ([row.cells for row in table.rows], table.least_rows) == ([("1", "三号线停机"), ("2", "恢复时间")], 3)
    assert missing(pdf(mei, here), "1三号线停机2恢复时间") == []
    assert "恢复时间3" not in words(pdf(mei, here))
    taken(mei.send(f"{here}/void", reason="写错"))
    assert next(block for block in sheet(office).blocks if hasattr(block, "rows")).least_rows == 0


@needs_poppler
@pytest.mark.parametrize(
    ("given", "zh", "en"),
    [
        ({}, "☐通知☐请示☐不适用（/）☐其他：", "☐Notice☐Request☐Notapplicable(/)☐Other:"),
        ({"sort": "notice"}, "☑通知☐请示☐不适用（/）☐其他：", "☑Notice☐Request☐Notapplicable(/)☐Other:"),
        ({"sort": "/"}, "☐通知☐请示☑不适用（/）☐其他：", "☐Notice☐Request☑Notapplicable(/)☐Other:"),
        (
            {"sort": "other:", "sort_other": "函"},
            "☐通知☐请示☐不适用（/）☑其他：函",
            "☐Notice☐Request☐Notapplicable(/)☑Other:函",
        ),
    ],
)
def test_every_box_is_printed_and_words_beside_it(office: Office, given: dict[str, str], zh: str, en: str) -> None:
    here, mei = drafted(office, **given), office.desk("mei")
    assert (missing(pdf(mei, here), zh), missing(pdf(mei, here, "en"), en)) == ([], [])


def test_what_a_record_is_about_is_named_in_the_language_of_the_paper(office: Office) -> None:
    here, mei = drafted(office), office.desk("mei")
    number = here.rpartition("/")[2]
    start = f"/registers/reply/new/take?letter={number}"
    taken(mei.send("/registers/reply/new/take", at_page=start))
    assert values(sheet(office, "reply")) == [
        f"加急 · 停机通知 {number}",
        "王晓梅",
        "2026-11-16 09:00",
        "加急 · 停机通知",
    ]
    in_english = [f"Urgent · 停机通知 {number}", "王晓梅", "2026-11-16 09:00", "Urgent · 停机通知"]
    assert values(sheet(office, "reply", "en")) == in_english


@needs_poppler
def test_a_form_without_a_number_prints_none(office: Office) -> None:
    here, mei = drafted(office), office.desk("mei")
    assert missing(pdf(mei, here), "编号：LETTER") == []
    taken(mei.send("/registers/reply/new/take", at_page=f"/registers/reply/new/take?letter={here.rpartition('/')[2]}"))
    reply = FormRecord.objects.get(kind="reply")
    printed = words(pdf(mei, f"/registers/reply/{reply.number}"))
    assert (printed.startswith("第1页共1页"), "复文登记单" in printed) == (True, True)
