"""Accounts are an administrator's: made, changed, closed; others do not even find the page."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.people.models import Department, Person
from tests.desk import Office, ParsedPage
from tests.people.conftest import with_password
from tests.stage import desks, stage

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks()


@pytest.fixture(autouse=True)
def no_second_factor(settings: Any) -> None:
    settings.TWO_FACTOR = "none"


def new(office: Office, **values: Any) -> Any:
    given = {
        "username": "xiao",
        "name": "小李",
        "password": "factory-gate-9",
        "department": str(office.works.mei.department_id),
    }
    return office.desk("root").send("/people/new", **(given | values))


def test_a_new_colleague_can_sign_in(office: Office) -> None:
    assert new(office, is_head="on").status_code == 302
    person = Person.objects.get(username="xiao")
    assert (person.name, person.department, person.is_head, person.check_password("factory-gate-9")) == (
        "小李",
        office.works.mei.department,
        True,
        True,
    )
    assert person.joined_at is not None


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"username": "MEI"}, "这个用户名已有人用"),
        ({"password": "short"}, "密码"),
        ({"password": ""}, "新账号需要密码"),
        ({"username": "mei "}, "这个用户名已有人用"),
        ({"password": "0123456789"}, "密码"),
        ({"name": ""}, "请填写姓名"),
        ({"is_head": "on", "department": ""}, "负责人须属于一个部门"),
    ],
)
def test_what_cannot_be_is_refused(office: Office, values: dict[str, str], said: str) -> None:
    page = ParsedPage(new(office, **values))
    assert (page.status, said in page.text, Person.objects.filter(name="小李").count()) == (422, True, 0)
    assert "factory-gate-9" not in page.html


def test_an_empty_password_leaves_the_old_one(office: Office) -> None:
    mei = with_password(office.works.mei, "factory-gate-7")
    path = f"/people/{mei.pk}"
    assert office.desk("root").send(path, mobile="13900000000").status_code == 302
    now = Person.objects.get(pk=mei.pk)
    assert (now.mobile, now.check_password("factory-gate-7"), now.department) == (
        "13900000000",
        True,
        mei.department,
    )


@pytest.mark.parametrize("field", ["is_active", "is_administrator"])
def test_nobody_shuts_themselves_out(office: Office, field: str) -> None:
    root = office.desk("root")
    path = f"/people/{office.works.root.pk}"
    values = {k: v for k, v in root.sheet(path).values.items() if k != field}
    page = ParsedPage(root.post(path, values))
    assert (page.status, "不能取消自己的这一项" in page.text) == (422, True)
    assert getattr(Person.objects.get(pk=office.works.root.pk), field) is True


def test_an_auditor_is_named_by_function(office: Office) -> None:
    path = f"/people/{office.works.fang.pk}"
    assert office.desk("root").send(path, extra_functions=["auditor"]).status_code == 302
    assert Person.objects.get(pk=office.works.fang.pk).own_functions == {"finance", "auditor"}


@pytest.mark.parametrize("name", ["mei", "song", "zong"])
@pytest.mark.parametrize("path", ["/people/new", "/people/1"])
def test_for_others_the_page_does_not_exist(office: Office, name: str, path: str) -> None:
    desk = office.desk(name)
    assert (desk.get(path).status, desk.post(path, {"username": "x"}).status_code) == (404, 404)


def test_everybody_finds_who_works_where(office: Office) -> None:
    text = office.desk("fang").get("/people/").text
    assert ["王晓梅" in text, "生产部" in text, "管理员" in text] == [True, True, True]


def test_who_has_left_is_listed_apart(office: Office) -> None:
    Person.objects.filter(pk=office.works.peng.pk).update(is_active=False)
    text = office.desk("root").get("/people/").text
    assert text.index("彭师傅") > text.index("沈主任")


def test_everybody_is_listed_once_in_one_place(office: Office) -> None:
    """Whoever has left is among the disabled alone: with a department, with none, and with one that is given up."""
    people = office.works.people
    given_up = people["ku"].department
    assert given_up is not None
    Department.objects.filter(pk=given_up.pk).update(active=False)
    Person.objects.filter(username="lin").update(department=None)
    for username, department in {"peng": people["peng"].department, "tao": None, "fang": given_up}.items():
        Person.objects.filter(username=username).update(is_active=False, department=department)

    text = office.desk("root").get("/people/").text
    apart, gone = text.index("不属任何部门"), text.index("已停用的账号")
    names = {person.username: person.name for person in Person.objects.all()}
    assert {name: text.count(f" {name} ") for name in names} == dict.fromkeys(names, 1) | {"root": 1}
    placed = {name: text.index(f" {name} ") for name in names}
    assert {name for name, at in placed.items() if apart < at < gone} == {"root", "lin", "ku"}
    assert {name for name, at in placed.items() if at > gone} == {"peng", "tao", "fang"}
    assert given_up.name.zh not in text
