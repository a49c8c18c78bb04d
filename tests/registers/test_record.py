"""The page of a record: what waits there, the steps of its rows, handing over, voiding, taking up again."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.registers.actions import FormInput, take
from huiyin.registers.models import FormRecord, FormRow
from huiyin.registers.rows.input import RowInput
from tests.desk import Office
from tests.registers.lists.test_lists import visits
from tests.registers.works import PACK
from tests.stage import desks, stage

works = stage(PACK)
office = desks("2026-11-18 09:00")


def reported(office: Office, rows: int) -> FormRecord:
    """A visit with so many findings, each Tao's."""
    (visit,) = visits(office, 1)
    tao = office.works.people["tao"]
    findings = [RowInput({"what": f"问题{n}"}, owner=tao, due_on=None) for n in range(rows)]
    given = FormInput({"summary": "顺利"}, {"findings": findings})
    return take(visit, "report", given, context=office.works.context("mei", "2026-11-18 08:30"))


def open_rows(visit: FormRecord) -> list[FormRow]:
    return list(visit.rows.order_by("pk"))


def test_whoever_may_takes_the_steps_of_a_row(office: Office) -> None:
    visit = reported(office, 3)
    here = f"/registers/visit/{visit.number}"
    first, second, third = open_rows(visit)
    tao, mei = office.desk("tao"), office.desk("mei")
    page = tao.get(here)
    assert page.status == 200
    assert f"{here}/rows/{first.pk}/answer" in page.links
    assert f"{here}/rows/{first.pk}/drop" in mei.get(here).links
    assert tao.send(f"{here}/rows/{first.pk}/answer", answer="换密封圈").status_code == 302
    assert mei.send(f"{here}/rows/{second.pk}/drop", reason="重复").status_code == 302
    passed = tao.send(f"{here}/rows/{third.pk}/pass-on", to=str(office.works.lin.pk))
    assert passed.status_code == 302
    states = [(row.state, row.owner_id) for row in open_rows(visit)]
    assert states == [
        ("answered", tao.person.pk),
        ("dropped", tao.person.pk),
        ("open", office.works.lin.pk),
    ]
    page = office.desk("lin").get(here)
    assert "换密封圈" in page.text
    assert f"{here}/rows/{third.pk}/answer" in page.links
    assert tao.post(f"{here}/rows/{first.pk}/answer", {"answer": "再来"}).status_code in (403, 409, 422)


def test_rows_of_another_record_are_not_there(office: Office) -> None:
    one, other = reported(office, 1), reported(office, 1)
    row = open_rows(other)[0]
    tao = office.desk("tao")
    for path in (f"rows/{row.pk}/answer", "rows/0/answer", "rows/99999999/answer", f"rows/{row.pk}/nothing"):
        assert tao.client.get(f"/registers/visit/{one.number}/{path}").status_code == 404
    assert tao.client.get(f"/registers/visit/{one.number}/rows/-1/answer").status_code == 404
    assert tao.client.get(f"/registers/visit/{one.number}/rows/9999999999999999999999/answer").status_code == 404


def test_hand_over_void_and_take_up_again(office: Office) -> None:
    visit = reported(office, 1)
    here = f"/registers/visit/{visit.number}"
    mei = office.desk("mei")
    assert mei.send(f"{here}/hand_over", to=str(office.works.lin.pk), reason="换人").status_code == 302
    visit.refresh_from_db()
    assert visit.owner_id == office.works.lin.pk
    lin = office.desk("lin")
    assert lin.send(f"{here}/void", reason="").status_code == 422
    assert lin.send(f"{here}/void", reason="重复登记").status_code == 302
    page = lin.get(here)
    assert "作废" in page.text
    assert f"{here}/facts" not in page.links


def test_the_page_asks_the_same_with_one_row_and_with_twenty(office: Office) -> None:
    few, many = reported(office, 1), reported(office, 20)
    assert abs(questions(office, many) - questions(office, few)) <= 1


def questions(office: Office, visit: Any) -> int:
    client = office.desk("mei").client
    path = f"/registers/visit/{visit.number}"
    for _ in range(2):
        client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    return len(asked)
