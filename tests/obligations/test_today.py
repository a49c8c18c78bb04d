"""Today, the department's and the company's obligations, and the bell, as pages."""

from __future__ import annotations

import pytest

from huiyin.obligations import queries, views
from huiyin.obligations.ladder import sweep
from huiyin.obligations.models import Notice, Obligation
from huiyin.people.models import Person
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-18 10:00")


def test_the_home_page_sorts_what_one_owes_by_urgency(office: Office) -> None:
    office.works.complaint(when="2026-11-16 09:00", caller_name="迟了的")
    office.works.complaint(when="2026-11-18 09:00", caller_name="今天的")
    text = office.desk("mei").get("/").text
    places = [text.index(words) for words in ("已逾期", "迟了的", "今天到期", "今天的", "七天之内")]
    assert places == sorted(places)
    assert text.count("核实客户身份与投诉内容") == 2


def test_what_others_owe_is_not_on_it(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    song = office.desk("song").get("/").text
    assert ("核实客户身份与投诉内容" in song, f"{complaint.number} 11-16 09:00 王晓梅登记了" in song) == (
        False,
        True,
    )
    assert complaint.number not in office.desk("fang").get("/").text


def test_the_most_urgent_are_the_first_of_all_one_owes(office: Office) -> None:
    for hour in range(4):
        office.works.complaint(when=f"2026-11-16 09:{hour}0")
    story = told(office.works, "judged")
    story.assign("production")
    Person.objects.filter(pk=office.works.shen.pk).update(department=None)
    found = {}
    for who in Person.objects.filter(is_active=True).select_related("department"):
        who.standing_for = ()
        whole = list(queries.open_for(who))
        found[who.username] = len(whole)
        assert [queries.first_open_for(who, most) for most in (2, 51)] == [whole[:2], whole]
    assert max(found.values()) >= 4
    song = office.works.song
    song.standing_for = (office.works.peng,)
    assert queries.first_open_for(song, 51) == list(queries.open_for(song))
    assert len(queries.open_for(song)) > found["song"]


def test_the_departments_list_holds_what_is_its_and_its_peoples(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    assert complaint.number in office.desk("song").get("/obligations/").text
    assert complaint.number not in office.desk("fang").get("/obligations/").text


@pytest.mark.parametrize(
    ("name", "sees"),
    [("mei", True), ("lin", True), ("zong", True), ("bai", True), ("peng", False), ("fang", False)],
)
def test_the_companys_list_is_for_those_who_see_all_complaints(office: Office, name: str, sees: bool) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    page = office.desk(name).get("/obligations/", whose="all")
    assert (page.status, complaint.number in page.text) == (200, sees)


def test_the_late_ones_alone(office: Office) -> None:
    late = office.works.complaint(when="2026-11-16 09:00")
    fresh = office.works.complaint(when="2026-11-18 09:30")
    text = office.desk("song").get("/obligations/", late="1").text
    assert (late.number in text, fresh.number in text) == (True, False)


def test_by_department(office: Office) -> None:
    story = told(office.works, "judged")
    story.assign("production")
    zong = office.desk("zong")
    ids = {d.key: d.pk for d in type(story.works.mei.department).objects.all()}  # type: ignore[union-attr]
    made = zong.get("/obligations/", whose="all", department=ids["production"]).text
    assert ("三个工作日内提交原因与措施" in made, "登记后五个工作日内答复客户" in made) == (True, False)


def test_the_bell_shows_what_happened_and_is_read(office: Office) -> None:
    complaint = office.works.complaint(when="2026-11-16 09:00")
    sweep(at=at("2026-11-16 11:00"))
    song = office.desk("song")
    page = song.get("/notices")
    assert "已到期，已提醒：宋建国" in page.text
    assert f"/complaints/{complaint.number}" in page.links
    assert song.client.post("/notices/read").status_code == 302
    assert not Notice.objects.filter(person=song.person, read_at=None).exists()
    assert office.desk("fang").get("/notices").text.count(complaint.number) == 0


def test_reading_happens_by_post_alone(office: Office) -> None:
    office.works.complaint(when="2026-11-16 09:00")
    assert office.desk("song").client.get("/notices/read").status_code == 405
    assert Notice.objects.filter(read_at=None).exists()


@pytest.mark.parametrize(
    "query", [{"department": "x"}, {"department": "9" * 30}, {"whose": "nobody"}, {"late": "maybe"}]
)
def test_nonsense_in_the_address_does_no_harm(office: Office, query: dict[str, str]) -> None:
    assert office.desk("mei").get("/obligations/", **({"whose": "all"} | query)).status == 200


def test_who_sees_every_complaint_is_led_to_what_the_whole_company_owes(office: Office) -> None:
    led = {who: "全公司" in office.desk(who).get("/obligations/").text for who in ("lin", "zong", "peng")}
    assert led == {"lin": True, "zong": True, "peng": False}


@pytest.mark.parametrize(
    ("due", "paused", "group"),
    [
        ("2026-11-18 09:59", False, "已逾期"),
        ("2026-11-18 10:00", False, "今天到期"),
        ("2026-11-18 23:59", False, "今天到期"),
        ("2026-11-19 00:00", False, "七天之内"),
        ("2026-11-25 23:59", False, "七天之内"),
        ("2026-11-26 00:00", False, "更晚"),
        ("2026-11-18 09:59", True, "等待中，暂停计时"),
    ],
)
def test_each_urgency_begins_and_ends_with_its_moment(works: Factory, due: str, paused: bool, group: str) -> None:
    now = at("2026-11-18 10:00")
    row = Obligation(due_at=at(due), paused_at=now if paused else None)
    found = views.by_urgency([row], now, works.procedure.zone)
    assert [(one.title.zh, one.rows) for one in found] == [(group, [row])]
