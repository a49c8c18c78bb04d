"""What the packaged typeface can print, and what happens to the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from huiyin.records.print.engine import render
from huiyin.records.print.glyphs import FONTS, missing_glyphs, printable
from tests.records.print import pdf
from tests.records.print.examples import liaison

ROOT = Path(__file__).resolve().parents[3]


def test_all_of_gbk_can_be_printed() -> None:
    pairs = (bytes([lead, trail]) for lead in range(0x81, 0xFF) for trail in range(0x40, 0xFF))
    characters = "".join(pair.decode("gbk", "ignore") for pair in pairs)
    assert len(set(characters) - set(map(chr, range(128)))) == 21_791
    assert missing_glyphs(characters) == set()


def test_the_signs_of_controlled_forms_can_be_printed() -> None:
    signs = "☑☐☒✓✔⌀Øφ±≤≥≈×÷℃Ω㎡㎏CO₂H₂SO₄10⁻⁵m³①②⑳Ⅳ←→■□▲●★│┌─Ａ（）￥€«»Žščß αΩ Привет Łódź Şişli Việt Nam"
    assert missing_glyphs(signs) == set()


def test_rare_characters_of_names_can_be_printed() -> None:
    assert missing_glyphs("䶮㛃㳇䴖䲟㸆𫖮𬭎") == set()


def test_what_lacks_is_told() -> None:
    assert missing_glyphs("好😀的\U0002b740龘한") == {"😀", "\U0002b740", "한"}


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("a\tb", "a    b"),
        ("收\u202e入\u200b\ufeff", "收入"),
        ("响\x00\x07应", "响应"),
        ("e\u0301tude", "étude"),
        ("坏\ud800字", "坏〓字"),
    ],
)
def test_what_has_no_shape_is_tidied(typed: str, shown: str) -> None:
    assert printable(typed)[0] == shown


def test_lacking_characters_keep_their_order() -> None:
    assert printable("甲😀乙한丙😀") == ("甲〓乙〓丙〓", ["😀", "한", "😀"])


@pdf.needs_poppler
def test_a_stand_in_is_printed_and_the_characters_are_listed_at_the_end() -> None:
    printed = render("liaison-sheet", liaison(content="谢谢😀，\U0002b740先生 😀"))
    assert pdf.missing(printed, "谢谢〓，〓先生〓", "〓代替字库未收录的字符：U+1F600,U+2B740") == []


@pdf.needs_poppler
def test_no_note_when_nothing_lacks() -> None:
    assert "〓" not in pdf.words(render("liaison-sheet", liaison()))


def test_the_committed_typefaces_are_as_built_and_small_enough() -> None:
    checked = subprocess.run(
        [sys.executable, ROOT / "bin" / "fonts", "--check"], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout) == (0, "fonts are as built\n")
    assert [path.name for path in FONTS.glob("*.ttf") if path.stat().st_size > 8_000_000] == []
    assert "SIL OPEN FONT LICENSE" in (FONTS / "OFL-NotoSansSC.txt").read_text("utf-8")
