"""Pages of requests to suppliers for the people of the company."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.suppliers import actions
from huiyin.improvement.suppliers.links import digest_of
from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.obligations.models import Obligation
from tests.cast import Factory, day
from tests.desk import Office, stopped
from tests.improvement import cases
from tests.improvement.suppliers import scars
from tests.stage import stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows
works = stage("base")


@pytest.fixture
def office(works: Factory) -> Any:
    with stopped("2026-11-16 12:00") as clock:
        yield Office(works, clock)


def test_from_a_problem_case_to_the_link(works: Factory, office: Office) -> None:
    case = cases.case(works)
    lin = office.desk("lin")
    assert f"/scars/new?problem={case.number}" in lin.get(f"/problems/{case.number}").links
    page = lin.get(f"/scars/new?problem={case.number}")
    assert page.form("/scars/new").values["model"] == ["HY-40"]
    assert "周厂" not in page.html
    sent = {"supplier": "永固铸造", "defect": "超差", "answer_due": "2026-11-23"}
    values = {**page.form("/scars/new").values, **sent}
    assert lin.post("/scars/new", values).status_code == 302
    scar = SupplierRequest.objects.get()
    assert f"/scars/{scar.number}" in lin.get(f"/problems/{case.number}").links
    answer = lin.client.post(f"/scars/{scar.number}/issue", {"link_until": "2027-01-22", "version": scar.version})
    secret = scars.secret_on(scars.ParsedPage(answer))
    scar.refresh_from_db()
    assert (answer.status_code, scar.state, scar.link_digest) == (200, "issued", digest_of(secret))
    assert "no-store" in answer["Cache-Control"]
    assert secret not in lin.get(f"/scars/{scar.number}").html


def test_every_step_has_its_page(works: Factory, office: Office) -> None:
    scar = scars.accepted(works)
    lin, cai = office.desk("lin"), office.desk("cai")
    nouns = (
        "issue",
        "acceptance",
        "return",
        "effect",
        "failure",
        "closure",
        "answer",
        "link",
        "cancellation",
    )
    for desk in (lin, cai):
        assert [desk.get(f"/scars/{scar.number}/{noun}").status for noun in nouns] == [200] * len(nouns)
    assert [cai.get(path).status for path in ("/scars/", "/scars/new", f"/scars/{scar.number}")] == [200] * 3
    assert office.desk("peng").get(f"/scars/{scar.number}").status == 404


def test_purchasing_enters_an_answer_and_quality_judges_it(works: Factory, office: Office) -> None:
    scar, _ = scars.issued(works)
    cai, lin = office.desk("cai"), office.desk("lin")
    here = f"/scars/{scar.number}"
    wrong = {**scars.TYPED, "bad": "7"}
    said = cai.client.post(f"{here}/answer", {**wrong, "version": scar.version})
    assert (said.status_code, "合格加不合格应等于已检" in said.content.decode()) == (422, True)
    cai.client.post(f"{here}/answer", {**scars.TYPED, "version": scar.version})
    page = lin.get(here)
    assert ("刀具磨损后没有补偿" in page.text, "由 蔡采购 代录" in page.text) == (True, True)
    scar.refresh_from_db()
    lin.client.post(
        f"{here}/return",
        {"reason": "流出原因太浅", "answer_due": "2026-11-27", "version": scar.version},
    )
    scar.refresh_from_db()
    assert (scar.state, scar.answer_due) == ("returned", day("2026-11-27"))
    assert "流出原因太浅" in cai.get(here).text


def test_the_sheet_is_printed(works: Factory, office: Office) -> None:
    scar = scars.answered(works)
    answer = office.desk("cai").client.get(f"/sheets/scar/{scar.number}/scar.pdf")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")


def test_many_requests_cost_as_many_questions_as_one(works: Factory, office: Office) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    cai = office.desk("cai")

    def counted(path: str) -> int:
        cai.get(path)
        with CaptureQueriesContext(connection) as asked:
            cai.get(path)
        return len(asked)

    scar = scars.answered(works)
    one = counted("/scars/")
    for _ in range(12):
        scars.issued(works)
    assert (counted("/scars/"), counted("/scars/") <= 7, counted(f"/scars/{scar.number}") <= 14) == (
        one,
        True,
        True,
    )


def test_the_owner_extends_the_suppliers_time(works: Factory, office: Office) -> None:
    scar, secret = scars.issued(works)
    page = office.desk("cai").get(f"/scars/{scar.number}")
    assert "延长答复期限" in page.text
    cai = office.desk("cai")
    sent = cai.send(f"/scars/{scar.number}/extension", answer_due="2026-12-01", extend_reason="等第三方检测")
    assert sent.status_code in (200, 302, 303)
    assert "2026-12-01" in cai.get(f"/scars/{scar.number}").text
    assert "请在 2026-12-01 前答复" in scars.Supplier(secret).get().text


def test_the_record_shows_by_how_much_the_extended_day_was_missed(works: Factory, office: Office) -> None:
    scar, _ = scars.issued(works)
    actions.extend(scar, day("2026-12-04"), "模具在修", context=works.context("cai", "2026-11-25 17:30"))
    office.clock.at("2026-11-26 09:00")
    cai = office.desk("cai")
    page = cai.get(f"/scars/{scar.number}")
    assert ("已改期" in page.text, "改期时迟 2 天" in page.text) == (True, True)
    first = Obligation.objects.get(rule="scar-answer")
    shown = cai.get(f"/obligations/{first.pk}").text
    assert ("改期 2026-11-25" in shown or "改期 11-25" in shown, "迟 2 天" in shown, "免除" in shown) == (
        True,
        True,
        False,
    )
