"""The clause pages and the procedure's own pages: for those who look over the whole, versions signed by several."""

from __future__ import annotations

import re
from datetime import datetime
from shutil import rmtree
from typing import Any

import pytest

from huiyin.complaints.actions import intake
from huiyin.obligations.models import Obligation
from huiyin.procedure.models import ProcedureVersion
from tests.cast import at
from tests.desk import Office, ParsedPage
from tests.improvement import cases
from tests.stage import desks, stage
from tests.story import told

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage("base")
office = desks("2026-11-20 10:00")


@pytest.mark.parametrize("path", ["/clauses/", "/clauses/B2.1", "/procedure/"])
def test_they_are_for_those_who_look_over_the_whole(office: Office, path: str) -> None:
    found = {name: office.desk(name).get(path).status for name in ("lin", "zong", "bai", "mei", "peng", "fang")}
    assert found == {"lin": 200, "zong": 200, "bai": 200, "mei": 404, "peng": 404, "fang": 404}


def test_the_tree_names_every_clause_and_leads_to_each(office: Office) -> None:
    page = office.desk("zong").get("/clauses/")
    for one in office.works.procedure.clauses:
        assert one.key in page.text
    assert any(link.startswith("/clauses/B2.1") for link in page.links)


def test_the_gaps_alone(office: Office) -> None:
    told(office.works, "closed")
    whole, gaps = (office.desk("zong").get("/clauses/", **query) for query in ({}, {"only": "gaps"}))
    assert "核实客户身份与投诉内容" in whole.text or "B2.1" in whole.text
    assert len(gaps.text) < len(whole.text)


def test_a_clause_leads_to_each_record_and_each_exception(office: Office) -> None:
    late = office.works.complaint(when="2026-11-16 09:00")
    page = office.desk("zong").get("/clauses/B2.1")
    assert f"/complaints/{late.number}" in page.links
    story = told(office.works, "verified")
    page = office.desk("zong").get("/clauses/B2.1")
    assert "王晓梅核实完毕：资料齐全，照片已收到" in page.text
    assert f"/complaints/{story.complaint.number}" in page.links


def test_a_clause_says_of_each_evidence_what_is_still_open(office: Office) -> None:
    office.works.complaint(when="2026-11-20 09:30")
    page = office.desk("zong").get("/clauses/B2.1")
    assert "迟 逾期 未到期" in page.text
    assert "核实客户身份与投诉内容 0 0 0 1" in page.text


def test_what_was_overdue_before_the_clock_stood_still_is_called_so(office: Office) -> None:
    late = office.works.complaint(when="2026-11-16 09:00")
    intake.ask_customer(late, "照片？", context=office.works.context("mei", "2026-11-20 09:00"))
    page = office.desk("zong").get("/clauses/B2.1")
    assert "逾期，现暂停计时" in page.text


def test_a_clause_says_of_each_duty_whose_it_was_until_when_and_when_it_was_done(office: Office) -> None:
    story = told(office.works, "verified")
    row = Obligation.objects.get(record_id=story.complaint.pk, rule="verify")
    assert row.fulfilled_at is not None
    zone = office.works.procedure.zone
    shown = office.desk("zong").get("/clauses/obligations?how=kept").html
    (line,) = [
        one
        for one in re.findall(r"<tr.*?</tr>", shown, re.DOTALL)
        if f"/obligations/{row.pk}" in one and row.label.show("zh") in one
    ]
    moments = re.findall(r'<time datetime="(.*?)"', line)
    assert [datetime.fromisoformat(one).astimezone(zone) for one in moments] == [row.due_at, row.fulfilled_at]


@pytest.mark.parametrize(
    "query",
    ["kind=fortnight", "day=yesterday", "day=9999-12-31", "day=0001-01-01", "kind=week&day=2026-11-16"],
)
def test_nonsense_in_the_period_does_no_harm(office: Office, query: str) -> None:
    assert office.desk("zong").get(f"/clauses/?{query}").status == 200


def test_a_clause_that_is_not_there_does_not_exist(office: Office) -> None:
    assert office.desk("zong").get("/clauses/99.9").status == 404


def test_a_new_version_is_drafted_reviewed_and_approved_by_different_people(office: Office) -> None:
    lin, qian, zong = (office.desk(name) for name in ("lin", "qian", "zong"))
    answer = lin.send("/procedure/versions/new", pack="communication", reason="换程序")
    row = ProcedureVersion.objects.latest("pk")
    assert (answer.headers["Location"], row.state, row.drafted_by) == (
        f"/procedure/versions/{row.pk}",
        "draft",
        "林志远",
    )
    path = f"/procedure/versions/{row.pk}"
    own = lin.client.post(f"{path}/review")
    assert (own.status_code, "审核人和批准人不能是起草人" in own.content.decode()) == (409, True)
    assert qian.client.post(f"{path}/review").status_code == 302
    assert zong.client.post(f"{path}/approval", {"effective_on": "2027-01-01"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.reviewed_by, row.approved_by) == ("approved", "钱卫东", "总经理赵")
    assert ProcedureVersion.objects.get(state="effective").key == "base"


def test_a_slip_in_the_day_brings_nothing_into_force(office: Office) -> None:
    lin, qian, zong = (office.desk(name) for name in ("lin", "qian", "zong"))
    lin.send("/procedure/versions/new", pack="communication", reason="换程序")
    row = ProcedureVersion.objects.latest("pk")
    qian.client.post(f"/procedure/versions/{row.pk}/review")
    assert zong.client.post(f"/procedure/versions/{row.pk}/approval", {"effective_on": "31 Feb"}).status_code == 409
    assert ProcedureVersion.objects.get(pk=row.pk).state == "reviewed"


@pytest.mark.parametrize("name", ["mei", "peng", "fang"])
def test_others_can_neither_write_nor_sign(office: Office, name: str) -> None:
    office.desk("lin").send("/procedure/versions/new", pack="communication", reason="换程序")
    row = ProcedureVersion.objects.latest("pk")
    desk = office.desk(name)
    paths = [f"/procedure/versions/{row.pk}/{verb}" for verb in ("review", "approval", "return")]
    assert [desk.post(path, {}).status_code for path in paths] == [404, 404, 404]
    assert desk.post("/procedure/versions/new", {"pack": "communication", "reason": "x"}).status_code == 404
    assert ProcedureVersion.objects.get(pk=row.pk).state == "draft"


def test_the_page_of_a_version_shows_what_differs(office: Office) -> None:
    office.desk("lin").send("/procedure/versions/new", pack="communication", reason="换程序")
    row = ProcedureVersion.objects.latest("pk")
    page = office.desk("zong").get(f"/procedure/versions/{row.pk}")
    assert (page.status, "供销部" in page.text) == (200, True)
    assert [name in page.text for name in ("改动（", "新增（", "不相容（")] == [True, True, True]


def test_a_pack_that_is_not_there_is_refused_on_its_field(office: Office) -> None:
    page = ParsedPage(office.desk("lin").send("/procedure/versions/new", pack="../../etc", reason="x"))
    assert (page.status, ProcedureVersion.objects.count()) == (422, 1)


def test_a_pack_of_the_companys_own_is_offered_and_drafted(office: Office, settings: Any) -> None:
    own = settings.DATA / "packs" / "own-one"
    own.mkdir(parents=True)
    header = '[pack]\nkey = "own-one"\nversion = "1.0"\nextends = "base"\ntitle = { zh = "本厂程序", en = "Our own" }\n'
    (own / "pack.toml").write_text(header, "utf-8")
    try:
        assert "本厂程序（own-one）" in office.desk("lin").get("/procedure/versions/new").text
        assert office.desk("lin").send("/procedure/versions/new", pack="own-one", reason="启用").status_code == 302
    finally:
        rmtree(own)
    assert ProcedureVersion.objects.latest("pk").key == "own-one"


def test_records_out_of_sight_are_spoken_of_only_where_there_can_be_any(office: Office) -> None:
    """The office sees every complaint and no problem case."""
    withheld = "您无权查看的记录只计入数字"
    bai = office.desk("bai")
    assert withheld not in bai.get("/clauses/B2.1").text
    assert withheld in bai.get("/clauses/B10.5").text
    assert withheld not in bai.get("/clauses/obligations", clause="B2.1", how="kept").text


def test_nothing_late_or_recorded_on_a_kind_out_of_sight_is_named(office: Office) -> None:
    """The office sees every complaint and no problem case, neither in the exceptions nor among what is recorded."""
    case = cases.case(office.works)
    late = Obligation.objects.filter(kind="problem", record_number=case.number, due_at__lt=at("2026-11-20 10:00"))
    paths = [f"/clauses/{late.earliest('due_at').clause}", "/clauses/obligations?how=overdue"]
    named = {
        name: [f"/problems/{case.number}" in office.desk(name).get(path).links for path in paths]
        for name in ("zong", "bai")
    }
    assert named == {"zong": [True, True], "bai": [False, False]}
