"""Printing is safe: nothing typed is ever markup, nothing leaves the machine, equal sheets give equal bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from huiyin.procedure.lexicon import FORM_LAYOUT
from huiyin.procedure.vocabulary import LAYOUTS
from huiyin.records.print.engine import SOURCES, PrintFailed, render
from huiyin.records.print.layouts import UnknownLayout, layout, layouts
from huiyin.records.print.sheets import (
    CheckBoxes,
    CheckOption,
    FactGrid,
    Issuer,
    LongText,
    PageBreak,
    Photo,
    Photos,
    PrintFact,
    SectionBar,
    SignaturePlace,
    Signatures,
    SmallPrint,
    TableBlock,
    TableColumn,
    TableRow,
)
from tests.records.print import pdf
from tests.records.print.examples import complaint, liaison, photograph

ROOT = Path(__file__).resolve().parents[3]
MARKUP = [
    '#eval("1+1")',
    '#read("/etc/passwd")',
    '#import "@preview/a:1.0.0": *',
    "*粗* _斜_ $x^2$ `raw`",
    "] ) } [ ( {",
    "\\u{41} \\# \\\\ </w:t> <label> @ref",
    "= 标题 - 项 + 项 / 词: 义 // 注 /* 注 */",
    "\"引\" 'q' -- --- ... ~ {page} {pages} {n} {{ x }} %s",
]


@pdf.needs_poppler
@pytest.mark.parametrize("typed", MARKUP)
def test_markup_is_printed_as_typed_wherever_it_stands(typed: str) -> None:
    places = replace(
        liaison(),
        company=Issuer(f"甲{typed}", (f"乙{typed}",)),
        title=f"丙{typed}",
        form_number=f"丁{typed}",
        record_number=f"戊{typed}",
        printed_by=f"己{typed}",
        state=f"庚{typed}",
        blocks=(
            SectionBar(f"辛{typed}"),
            FactGrid((PrintFact(f"壬{typed}", f"癸{typed}"),)),
            CheckBoxes(f"子{typed}", (CheckOption(f"丑{typed}", True),), f"寅{typed}"),
            LongText(f"卯{typed}", f"辰{typed}"),
            TableBlock(
                (TableColumn(f"巳{typed}"), TableColumn("")),
                (TableRow((f"午{typed}",)), TableRow((f"未{typed}",), heading=True)),
                f"申{typed}",
            ),
            PageBreak(),
            Photos((Photo(photograph(40, 30), f"酉{typed}"),), f"戌{typed}"),
            Signatures((SignaturePlace(f"亥{typed}", f"天{typed}", f"地{typed}", f"人{typed}"),), columns=1),
            SmallPrint(f"和{typed}"),
        ),
    )
    printed = render("liaison-sheet", places)
    places_of = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥天地人和"
    # A label is narrow: its line breaks are the paper's, so spaces do not count in the comparison.
    assert pdf.missing(printed, *[f"{place}{typed}" for place in places_of]) == []


def test_equal_sheets_give_equal_bytes_in_any_process() -> None:
    here = hashlib.sha256(render("complaint-register", complaint(photos=(Photo(photograph(), "一"),)))).hexdigest()
    program = (
        "import django, hashlib; django.setup(); "
        "from huiyin.records.print.engine import render; "
        "from huiyin.records.print.sheets import Photo; "
        "from tests.records.print.examples import complaint, photograph; "
        "sheet = complaint(photos=(Photo(photograph(), '一'),)); "
        "print(hashlib.sha256(render('complaint-register', sheet)).hexdigest())"
    )
    there = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}", "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
            text=True,
        ).stdout.strip()
        for seed, zone in (("1", "Asia/Shanghai"), ("2", "America/New_York"))
    }
    assert there == {here}


def test_another_moment_of_printing_gives_another_file() -> None:
    sheet = liaison()
    later = replace(sheet, printed_at=sheet.printed_at.replace(hour=15))
    assert render("liaison-sheet", sheet) != render("liaison-sheet", later)


def test_threads_print_at_the_same_time_what_they_print_alone() -> None:
    sheets = [replace(complaint(), record_number=f"202611-{n:03}") for n in range(8)]
    alone = [render("complaint-register", sheet) for sheet in sheets]
    together: dict[int, bytes] = {}

    def work(n: int) -> None:
        together[n] = render("complaint-register", sheets[n])

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[n] for n in range(8)] == alone


def test_the_private_folder_is_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    render("complaint-register", complaint(photos=(Photo(photograph(), "一"),)))
    assert list(tmp_path.iterdir()) == []


def test_the_sources_ask_for_no_package_and_no_other_file() -> None:
    texts = {path.name: path.read_text("utf-8") for path in SOURCES.glob("*.typ")}
    assert sorted(texts) == ["blocks.typ", "common.typ", "form.typ"]
    imports = {line for text in texts.values() for line in text.splitlines() if line.startswith("#import")}
    assert imports == {'#import "common.typ": *', '#import "blocks.typ": draw'}
    assert [name for name, text in texts.items() if "@preview" in text or "eval(" in text or "://" in text] == []


@pytest.mark.skipif(
    shutil.which("unshare") is None or subprocess.run(["unshare", "-rn", "true"], check=False).returncode != 0,
    reason="this machine lets nobody cut a process off the network",
)
def test_printing_needs_no_network() -> None:
    program = (
        "import django; django.setup(); "
        "from huiyin.records.print.engine import render; from tests.records.print.examples import complaint; "
        "print(render('complaint-register', complaint())[:5])"
    )
    told = subprocess.run(
        ["unshare", "-rn", sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        check=True,
        capture_output=True,
        text=True,
    )
    assert told.stdout.strip() == "b'%PDF-'"


def test_a_forked_child_is_told_instead_of_waiting_for_ever() -> None:
    render("liaison-sheet", liaison())
    child = os.fork()
    if child == 0:
        try:
            render("liaison-sheet", liaison("en"))
        except PrintFailed:
            os._exit(7)
        os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


def test_an_unknown_layout_is_refused() -> None:
    assert set(layouts()) == {*LAYOUTS, FORM_LAYOUT}
    assert layout("liaison-sheet").landscape is False
    with pytest.raises(UnknownLayout):
        render("no-such-form", liaison())


def test_a_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="aware"):
        render("liaison-sheet", replace(liaison(), printed_at=datetime(2026, 11, 21, 14, 30)))  # noqa: DTZ001
