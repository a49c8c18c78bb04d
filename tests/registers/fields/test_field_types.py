"""Every type of field: asked, kept, shown again in the form, on the page, in the list, exported, printed."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from huiyin.procedure import versions
from huiyin.procedure.words import FIELD_TYPES
from huiyin.records.models import Attachment
from huiyin.records.print.forms import PrintJob
from huiyin.records.print.sheets import CheckBoxes, FactGrid, PrintSheet
from huiyin.registers.catalogue import slots_of
from huiyin.registers.kinds import kind_of
from huiyin.registers.models import FormRecord, FormRow
from huiyin.registers.printing.sheet import declared_sheet
from tests.cast import at
from tests.desk import Office, ParsedPage
from tests.registers.everything import OPEN, PACK, typed
from tests.registers.works import a_customer
from tests.stage import desks, stage

works = stage(PACK)
office = desks()

# type: field, what is kept, what stands in the box again, what people read
TYPES: dict[str, tuple[str, Any, str | None, str]] = {
    "text": ("title_line", "试压单", "试压单", "试压单"),
    "longtext": ("story", "接头渗油，换密封圈。", "接头渗油，换密封圈。", "接头渗油，换密封圈。"),
    "number": ("times", "3", "3", "3"),
    "date": ("day", "2026-11-18", "2026-11-18", "2026-11-18"),
    "choice": ("sort", "other:怪事", "other:", "其他：怪事"),
    "yesno": ("known", "yes", "yes", "是"),
    "time": ("clock", "14:05", "14:05", "14:05"),
    "moment": ("moment_at", "2026-11-18T01:30:00+00:00", "2026-11-18T09:30", "2026-11-18 09:30"),
    "duration": ("took", "90", "1 小时 30 分", "1 小时 30 分"),
    "period": ("span", "2026-11", "2026-11", "2026年11月"),
    "quantity": ("amount", "12", "12", "12"),
    "money": ("cost", "120.5", "120.5", "¥120.50"),
    "percent": ("share", "12.5", "12.5", "12.5%"),
    "measured": ("pressure", "1.5", "1.5", "超差"),
    "choices": ("parts", ["top", "bottom"], "top", "上部、下部"),
    "person": ("who", "林志远", None, "林志远"),
    "department": ("unit_of", None, None, ""),
    "customer": ("client", "宁波海川机电", "宁波海川机电", "宁波海川机电"),
    "record": ("case", "说过的投诉", "说过的投诉", "说过的投诉"),
    "score": ("mark", "4", "4", "4"),
    "telephone": ("phone", "0574-88881234", "0574-88881234", "0574-88881234"),
    "email": ("mail", "a@example.cn", "a@example.cn", "a@example.cn"),
    "link": ("site", "https://example.cn/a", "https://example.cn/a", "https://example.cn/a"),
    "file": ("papers", ["report.txt"], None, "report.txt"),
    "photo": ("shots", ["hose.png"], None, "hose.png"),
    "signature": ("signed", "陈大文", "陈大文", "陈大文"),
    "opinion": ("view", "同意", "同意", "同意"),
    "note": ("hint", None, None, "请如实填写"),
    "rows": ("lines", None, None, "软管"),
}
UNLISTED = ("file", "photo", "signature", "note", "rows")
UNPRINTED = ("file", "photo")
BOXES = ("choice", "choices", "yesno")


def test_the_table_knows_every_type() -> None:
    assert set(TYPES) == set(FIELD_TYPES)


@pytest.fixture
def sheet(office: Office) -> FormRecord:
    """The sheet, filled in by Mei."""
    works, mei = office.works, office.desk("mei")
    customer = a_customer(works)
    given = typed(works, client=customer.name, client_key=customer.number, case="说过的投诉")
    assert mei.get(OPEN).status == 200
    answer = mei.client.post(OPEN, {**mei.sheet(OPEN).values, **given})
    assert answer.status_code == 302, ParsedPage(answer).text[:900]
    return FormRecord.objects.get()


def test_each_is_kept_as_plain_json(sheet: FormRecord) -> None:
    for name, kept, _, _ in TYPES.values():
        found = sheet.extra.get(name)
        if isinstance(found, dict):
            found = found.get("text") or found.get("name")
        if kept is not None:
            assert found == kept, name
    assert sheet.extra["unit_of"]["key"]
    assert sheet.extra["client"]["kind"] == "customer"
    assert FormRow.objects.get(part_kind="sheet-line").extra["many"] == "2"
    assert FormRow.objects.filter(part_kind="sheet-point", extra__verdict="pass").count() == 1


def test_each_stands_in_its_box_again(office: Office, sheet: FormRecord) -> None:
    path = f"/registers/sheet/{sheet.number}/facts"
    form = office.desk("mei").sheet(path)
    for name, _, box, _ in TYPES.values():
        if box is not None:
            assert form.values[name][0] == box, name
    assert form.values["who"] == [str(office.works.lin.pk)]
    assert form.values["lines-0-what"] == ["软管"]
    before = dict(sheet.extra)
    answer = office.desk("mei").send(path)
    assert answer.status_code == 302
    sheet.refresh_from_db()
    assert sheet.extra == before, "a correction that changes nothing changes nothing"


def test_each_stands_on_the_page_and_on_paper(office: Office, sheet: FormRecord) -> None:
    page = office.desk("mei").get(f"/registers/sheet/{sheet.number}")
    printed = _printed(office, sheet)
    for kind, (_, _, _, words) in TYPES.items():
        if kind != "note":
            assert words in page.text, kind
        if kind not in (*UNPRINTED, *BOXES):
            assert words in printed, kind
    assert boxes(office, sheet, "部位") == "☑ 上部 ☐ 中部 ☑ 下部"
    assert boxes(office, sheet, "类别") == "☐ 小事 ☐ 大事 ☑ 其他： 怪事"
    assert boxes(office, sheet, "事先知道吗") == "☑ 是 ☐ 否"
    assert "cells=('1', '上部', '合格', '')" in printed
    assert "cells=('3', '下部', '', '')" in printed
    picture = Attachment.objects.get(part="field:signed")
    assert sheet.extra["signed"]["picture"] == picture.sha256
    assert 'class="signed-picture"' in page.html
    assert "drawing=b" in printed
    pdf = office.desk("mei").client.get(f"/sheets/sheet/{sheet.number}/sheet.pdf")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")


def _printed(office: Office, sheet: FormRecord) -> str:
    return str(_paper(office, sheet))


def boxes(office: Office, sheet: FormRecord, label: str) -> str:
    """The boxes to tick of a field on paper."""
    blocks = _paper(office, sheet).blocks
    facts = [fact for block in blocks if isinstance(block, FactGrid) for fact in block.facts]
    found = [*facts, *(block for block in blocks if isinstance(block, CheckBoxes))]
    return " ".join(option.plain for one in found if one.label == label for option in one.options)


def _paper(office: Office, sheet: FormRecord) -> PrintSheet:
    procedure = versions.procedure_of(sheet.procedure_id)
    form = procedure.forms_of("sheet")[0]
    job = PrintJob(sheet, procedure, form, office.works.mei, at("2026-11-19 09:00"), "zh")
    return declared_sheet(job)


def test_each_is_listed_and_exported(office: Office, sheet: FormRecord) -> None:
    mei = office.desk("mei")
    kind = kind_of(versions.procedure_of(sheet.procedure_id), "sheet")
    columns = ",".join(["number", *(f"f_{one.name}" for one in kind.fields if one.type not in UNLISTED)])
    page = mei.get("/registers/sheet/", cols=columns)
    export = mei.client.post(f"/registers/sheet/?cols={columns}", {"do": "export", "format": "csv"})
    written = b"".join(export.streaming_content) if export.streaming else export.content
    cells = "|".join(next(iter(list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))[1:])))
    for type_, (_, _, _, words) in TYPES.items():
        if type_ in UNLISTED:
            continue
        assert {"moment": "11-18 09:30", "percent": "12.5", "measured": "1.5"}.get(type_, words) in page.text, type_
        bare = {"money": "120.5", "percent": "12.5", "measured": "1.5"}.get(type_, words)
        assert bare in cells, (type_, cells)


@pytest.mark.parametrize(
    ("found", "missed"),
    [
        ("f_day_from=2026-11-18&f_day_to=2026-11-18", "f_day_from=2026-11-19"),
        ("f_known=yes", "f_known=no"),
        ("f_cost_from=100&f_cost_to=121", "f_cost_from=121"),
        ("f_took_from=1:00&f_took_to=90", "f_took_from=2 小时"),
        ("f_times_to=3", "f_times_from=4"),
        ("f_title_line=试压", "f_title_line=别的"),
        ("f_who={lin}", "f_who={mei}"),
        ("f_cost_from=abc", "f_day_from=2030-01-01"),
        ("q=渗油", "q=没有的词"),
    ],
)
def test_columns_filter(office: Office, sheet: FormRecord, found: str, missed: str) -> None:
    works, mei = office.works, office.desk("mei")
    ids = {"lin": works.lin.pk, "mei": works.mei.pk}
    assert slots_of("sheet")
    link = f"/registers/sheet/{sheet.number}"
    assert link in mei.get("/registers/sheet/?" + found.format(**ids)).links
    assert link not in mei.get("/registers/sheet/?" + missed.format(**ids)).links
