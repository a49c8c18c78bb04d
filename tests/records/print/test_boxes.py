"""Boxes to tick with what is written beside them, and places that are signed by hand."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageChops, ImageDraw

from huiyin.records.print.engine import render
from huiyin.records.print.pictures import cut_to_ink
from huiyin.records.print.sheets import (
    Block,
    CheckBoxes,
    CheckOption,
    FactGrid,
    PrintFact,
    SignaturePlace,
    Signatures,
)
from tests.records.print import pdf
from tests.records.print.examples import liaison

pytestmark = pdf.needs_poppler


def printed(*blocks: Block) -> bytes:
    return render("liaison-sheet", replace(liaison(), blocks=blocks))


def frame(made: bytes) -> int:
    """Where the frame around the form ends, in points from the top."""
    page = pdf.drawn(made).crop((60, 0, 540, 720)).point(lambda grey: 255 * (grey < 220))
    return max(y for y in range(page.height) if page.crop((0, y, page.width, y + 1)).getextrema() == (255, 255))


def drawn_on_a_pad() -> bytes:
    """A small signature in the middle of the pad, as the browser sends it."""
    pad = Image.new("RGBA", (840, 280), (0, 0, 0, 0))
    ImageDraw.Draw(pad).line([(300, 150), (360, 110), (420, 170), (520, 120)], fill=(17, 17, 17, 255), width=5)
    made = BytesIO()
    pad.save(made, "PNG")
    return made.getvalue()


def test_a_box_and_its_word_stay_together_in_a_narrow_cell() -> None:
    options = tuple(CheckOption(words) for words in ("很满意", "满意", "基本满意", "不太满意", "不满意"))
    facts = FactGrid((PrintFact("满意程度", options=options), PrintFact("备注", "无")))
    lines = pdf.lines(printed(facts))
    assert [one.label for one in options if not any(f"☐{one.label}" in line for line in lines)] == []


def test_what_is_written_beside_a_box_stands_there_and_a_box_that_waits_for_words_has_its_line() -> None:
    said = CheckOption("其他：", True, "客户自己提出的情形")
    filled, blank = printed(CheckBoxes("类别", (CheckOption("小事"), said))), CheckOption("其他：", written="")
    assert pdf.missing(filled, "☐小事☑其他：客户自己提出的情形") == []
    with_line, without = printed(CheckBoxes("类别", (blank,))), printed(CheckBoxes("类别", (CheckOption("其他："),)))
    assert pdf.missing(with_line, "☐其他：") == []
    differs = ImageChops.difference(pdf.drawn(with_line), pdf.drawn(without)).point(lambda grey: 255 * (grey > 60))
    left, top, right, bottom = differs.getbbox() or (0, 0, 0, 0)
    assert (70 < right - left < 78, bottom - top <= 2) == (True, True), "a line of 26 mm, and nothing else"
    sentence = "客户说是运输途中受潮，" * 12
    assert pdf.missing(printed(CheckBoxes("类别", (replace(said, written=sentence),))), sentence) == []


def test_a_drawn_signature_is_cut_out_of_its_pad() -> None:
    with Image.open(BytesIO(cut_to_ink(drawn_on_a_pad()))) as cut:
        assert (220 < cut.width < 240, 60 < cut.height < 80) == (True, True)
    made = BytesIO()
    Image.new("RGBA", (840, 280), (0, 0, 0, 0)).save(made, "PNG")
    assert cut_to_ink(made.getvalue()) == made.getvalue(), "nothing is drawn on it"
    assert cut_to_ink(b"no picture") == b"no picture"


def test_a_drawn_signature_is_large_enough_to_be_read() -> None:
    place = SignaturePlace("客户签字", "陈大文", "2026-11-18", drawing=cut_to_ink(drawn_on_a_pad()), by_hand=True)
    width, height = pdf.printed_sizes(printed(Signatures((place, *[SignaturePlace("登记")] * 3))))[0]
    assert (14 <= height <= 18, 40 <= width <= 50) == (True, True), (width, height)


def test_a_place_for_a_signature_by_hand_is_as_high_before_it_is_signed() -> None:
    empty = printed(Signatures((SignaturePlace("客户签字", by_hand=True),)))
    typed = printed(Signatures((SignaturePlace("客户签字"),)))
    assert frame(empty) - frame(typed) > 7 / 25.4 * 72
