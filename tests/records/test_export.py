"""Exports: exactly the rows and columns shown, in their order, harmless in a spreadsheet,
and entered in the journal.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from python_calamine import CalamineWorkbook

from huiyin.complaints.models import Complaint
from huiyin.journal.models import Entry
from huiyin.journal.verification import verify
from huiyin.records.lists import export
from tests.cast import Factory, factory
from tests.records.office import browser_of

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.records.addresses")]
COLUMNS = "number,problem,phase,quantity,owner,received,due,lighter,shipped,mark"


@pytest.fixture
def company() -> Factory:
    company = factory()
    company.complaint(when="2026-11-16 09:00", problem="=1+1", batch="B1", defect_quantity=3)
    company.complaint(when="2026-11-17 09:00", problem="外壳,“开裂”\n两行", batch="B2", defect_quantity=1)
    company.complaint(when="2026-11-18 09:00", problem="异响", batch="C3", defect_quantity=2)
    return company


def exported(company: Factory, query: str, form: str) -> Any:
    return browser_of(company.mei).post(f"/sample?{query}", {"do": "export", "format": form})


def test_csv_holds_what_is_shown(company: Factory) -> None:
    answer = exported(company, f"batch=B&sort=quantity&cols={COLUMNS}&size=25", "csv")
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert unquote(answer["Content-Disposition"]).startswith("attachment; filename*=utf-8''样例 20")
    first, second = Complaint.objects.order_by("received_at")[:2]
    assert b"".join(answer.streaming_content).decode() == (
        "\ufeff编号,问题,阶段,数量,负责人,接到,期限,简易,发货日,标记\r\n"
        f'{second.number},"外壳,“开裂”\n两行",受理,1,王晓梅,2026-11-17 09:00,2026-11-17 09:00,否,2026-10-10,急\r\n'
        f"{first.number},'=1+1,受理,3,王晓梅,2026-11-16 09:00,2026-11-16 09:00,否,2026-10-10,急\r\n"
    )


def test_a_workbook_holds_the_same(company: Factory) -> None:
    answer = exported(company, "cols=number,problem,quantity", "xlsx")
    assert answer["Content-Type"] == export.XLSX
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert [row[1:] for row in rows] == [["问题", "数量"], ["异响", 2], ["外壳,“开裂”\n两行", 1], ["=1+1", 3]]


def test_an_export_is_entered_in_the_journal(company: Factory) -> None:
    exported(company, "batch=B&lighter=maybe", "csv")
    exported(company, "", "xlsx")
    first, second = Entry.objects.filter(event="list.exported").order_by("sequence")
    assert (first.kind, first.record_id, first.actor_name, first.sequence) == (
        "export",
        company.mei.pk,
        "王晓梅",
        1,
    )
    assert first.particulars == {
        "list": {"zh": "样例", "en": "Sample"},
        "key": "sample",
        "format": "CSV",
        "count": 2,
        "query": "batch=B",
        "filters": [{"zh": "批次含“B”", "en": "Batch with “B”"}],
        "columns": ["number", "problem", "phase", "quantity", "owner", "received"],
    }
    assert (second.sequence, second.previous, second.particulars["count"]) == (2, first.hash, 3)
    assert verify().code == 0


def test_too_many_rows_are_refused_instead_of_cut_off(company: Factory, monkeypatch: Any) -> None:
    monkeypatch.setattr(export, "MAX_ROWS", 2)
    assert exported(company, "", "csv").status_code == 409
    assert exported(company, "batch=B", "csv").status_code == 200
    assert Entry.objects.filter(event="list.exported").count() == 1


def test_get_exports_nothing_and_other_forms_are_unknown(company: Factory) -> None:
    assert "text/html" in browser_of(company.mei).get("/sample?do=export&format=csv")["Content-Type"]
    assert exported(company, "", "pdf").status_code == 404
    assert Entry.objects.filter(event="list.exported").count() == 0


def test_english(company: Factory) -> None:
    company.mei.language = "en"
    company.mei.save()
    answer = exported(company, "cols=mark,lighter&batch=B1", "csv")
    assert b"".join(answer.streaming_content).decode() == "\ufeffMark,Simplified\r\nurgent,No\r\n"
