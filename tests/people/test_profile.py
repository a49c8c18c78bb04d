"""The person's own page: functions, leave with a deputy, coming back early."""

from __future__ import annotations

import pytest
from django.test import Client

from huiyin.people.models import Delegation, Person
from tests.cast import at
from tests.desk import BACKEND, Desk, Office, ParsedPage
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows

works = stage("base")
office = desks("2026-11-16 09:00")
LEAVE = {"starts_at": "2026-11-17T08:00", "ends_at": "2026-11-19T18:00", "reason": "休假"}


def test_it_says_what_one_does(office: Office) -> None:
    page = office.desk("song").get("/people/me")
    assert (page.status, "客户受理" in page.text) == (200, True)


def test_leave_is_entered_with_a_deputy(office: Office) -> None:
    answer = office.desk("mei").send("/people/me", deputy=str(office.works.song.pk), **LEAVE)
    assert answer.status_code == 302
    row = Delegation.objects.get()
    assert (row.person, row.deputy, row.starts_at, row.ends_at, row.reason) == (
        office.works.mei,
        office.works.song,
        at("2026-11-17 08:00"),
        at("2026-11-19 18:00"),
        "休假",
    )
    assert "宋建国" in office.desk("mei").get("/people/me").text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"ends_at": "2026-11-17T08:00"}, "结束须晚于开始"),
        ({"starts_at": "明天"}, "请写成 2026-11-21 14:05 的样子"),
        ({"deputy": ""}, "请选择代理人"),
    ],
)
def test_leave_that_cannot_be_is_refused_and_what_was_typed_stays(
    office: Office, wrong: dict[str, str], said: str
) -> None:
    page = ParsedPage(office.desk("mei").send("/people/me", **({"deputy": str(office.works.song.pk)} | LEAVE | wrong)))
    assert (page.status, said in page.text, Delegation.objects.count()) == (422, True, 0)
    assert page.form("/people/me").values["reason"] == ["休假"]


def test_one_does_not_stand_in_for_oneself(office: Office) -> None:
    answer = office.desk("mei").send("/people/me", deputy=str(office.works.mei.pk), **LEAVE)
    assert (answer.status_code, Delegation.objects.count()) == (422, 0)


def test_back_early_the_rest_falls_away(office: Office) -> None:
    mei = office.desk("mei")
    mei.send("/people/me", deputy=str(office.works.song.pk), **LEAVE)
    row = Delegation.objects.get()
    office.clock.at("2026-11-18 08:30")
    assert mei.client.post(f"/people/me/leave/{row.pk}/end").status_code == 302
    assert Delegation.objects.get().ends_at == at("2026-11-18 08:30")


def test_nobody_ends_somebody_elses_leave(office: Office) -> None:
    office.desk("mei").send("/people/me", deputy=str(office.works.song.pk), **LEAVE)
    row = Delegation.objects.get()
    assert office.desk("song").client.post(f"/people/me/leave/{row.pk}/end").status_code == 404
    assert Delegation.objects.get().ends_at == at("2026-11-19 18:00")


@pytest.mark.parametrize(
    ("language", "title", "first", "short"),
    [
        ("zh-hans", "设定密码", "至少十个字符", "密码太短，至少要 10 个字符"),
        ("en", "Set a password", "Ten characters at least", "it needs 10 characters at least"),
    ],
)
def test_who_has_no_password_yet_sets_one(office: Office, language: str, title: str, first: str, short: str) -> None:
    person = Person.objects.get(pk=office.works.song.pk)
    person.set_unusable_password()
    person.language = language
    person.save()
    client = Client()
    client.force_login(person, backend=BACKEND)
    desk = Desk(client, person)
    assert desk.client.get("/accounts/password/change/").headers["Location"] == "/accounts/password/set/"
    page = desk.get("/accounts/password/set/")
    assert (page.status, title in page.text, first in page.text) == (200, True, True)
    refused = ParsedPage(desk.post("/accounts/password/set/", {"password1": "short", "password2": "short"}))
    assert (refused.status, Person.objects.get(pk=person.pk).has_usable_password()) == (200, False)
    assert short in refused.text
    new = {"password1": "factory-gate-31", "password2": "factory-gate-31"}
    assert desk.post("/accounts/password/set/", new).status_code == 302
    assert Person.objects.get(pk=person.pk).check_password("factory-gate-31")
    again = desk.client.get("/accounts/password/set/")
    assert (again.status_code, again.headers["Location"]) == (302, "/accounts/password/change/")


def test_ended_in_the_moment_in_which_it_begins_it_never_was(office: Office) -> None:
    mei = office.desk("mei")
    mei.send("/people/me", deputy=str(office.works.song.pk), **LEAVE)
    row = Delegation.objects.get()
    Delegation.objects.filter(pk=row.pk).update(starts_at=at("2026-11-18 08:30"))
    office.clock.at("2026-11-18 08:30")
    assert mei.client.post(f"/people/me/leave/{row.pk}/end").status_code == 302
    assert Delegation.objects.count() == 0
