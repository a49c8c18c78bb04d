"""What a request cost stands on the sheet of the complaint it is made for; the next duty stands in the list."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from huiyin.obligations.models import OPEN, Obligation
from huiyin.records.lists.labels import with_next_due
from huiyin.returns.actions import money
from huiyin.returns.actions.values import LossEntry
from huiyin.returns.models import Replacement
from tests.cast import Factory
from tests.desk import Office
from tests.returns.goods import GoodsTale
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-18 11:00")


def test_the_sheet_of_a_complaint_lists_what_its_request_cost(works: Factory, office: Office) -> None:
    complaint = works.complaint()
    tale = GoodsTale(works, about=complaint)
    money.award(tale.record, Decimal("200"), "停线", context=tale.context("zong"))
    money.record_loss(tale.record, LossEntry("labour", Decimal("80.50"), "", "返工"), context=tale.context("mei"))
    answer = office.desk("lin").client.get(f"/sheets/complaint/{complaint.number}/complaint-costs.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0)
    rows = [[str(cell) for cell in row if cell != ""] for row in sheet.to_python()]
    assert [row[1:5] for row in rows if row and row[0] == tale.record.number] == [
        ["赔偿", "停线", "200.00", "CNY"],
        ["人工", "返工", "80.50", "CNY"],
    ]


def test_a_list_tells_the_most_urgent_of_the_open_duties(works: Factory) -> None:
    tale = GoodsTale(works)
    tale.sign()
    first, last = Obligation.objects.filter(OPEN, kind="replacement").order_by("due_at")[:2]
    assert with_next_due(Replacement.objects.all()).get().next_due_at == first.due_at
    Obligation.objects.filter(pk=first.pk).update(paused_at=tale.now)
    assert with_next_due(Replacement.objects.all()).get().next_due_at == last.due_at


def test_the_printed_request_holds_granted_compensation_only(works: Factory, office: Office) -> None:
    """What was denied, dropped or is still asked for is no money that anybody gets."""
    tale = GoodsTale(works)
    money.award(tale.record, Decimal("200"), "停线", context=tale.context("zong"))
    denied = money.award(tale.record, Decimal("30000"), "误工", context=tale.context("mei"))
    money.deny(denied, "不成立", context=tale.context("zong"))
    money.award(tale.record, Decimal("20000"), "差旅", context=tale.context("mei"))
    answer = office.desk("lin").client.get(f"/sheets/replacement/{tale.record.number}/replacement-request.xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.getvalue())).get_sheet_by_index(0)
    rows = [[str(cell) for cell in row if cell != ""] for row in sheet.to_python()]
    assert [row[1:3] for row in rows if row and row[0] == "赔偿"] == [["200.00", "停线"]]
