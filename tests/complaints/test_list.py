"""The list of complaints, its filters, its export, the search and the board: the same rows for the same reader."""

from __future__ import annotations

import csv
from io import StringIO
from typing import Any

import pytest

from huiyin.complaints.lists import COMPLAINTS
from huiyin.complaints.models import Complaint, Task
from huiyin.journal.models import Entry
from huiyin.obligations.models import OPEN, Obligation
from huiyin.people.models import Delegation, Person
from tests.cast import Factory, at
from tests.desk import Office
from tests.stage import desks, prepared, stage
from tests.story import Story, told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-20 10:00")


def listed(office: Office, name: str, path: str = "/complaints/", **query: Any) -> list[str]:
    """The numbers of the complaints to which a page links, in its order."""
    page = office.desk(name).get(path, **query)
    assert page.status == 200
    known = set(Complaint.objects.values_list("number", flat=True))
    return list(dict.fromkeys(n for link in page.links if (n := link.split("/")[-1].split("?")[0]) in known))


Three = tuple[Complaint, Complaint, Complaint]


def three_complaints(works: Factory) -> Three:
    """A closed one, one in production's hands, and one registered by quality, the newest."""
    given = Story(works, "2026-11-17 09:00", model="HY-20", problem="标签贴反", caller_name="李经理")
    closed = told(works, "closed", model="HY-10", problem="油封唇口划伤").complaint
    for chapter in (given.verify, given.judge, given.assign):
        chapter()
    newest = works.complaint("lin", "2026-11-18 09:00", model="HY-30", problem="异响", severity="safety")
    return closed, given.complaint, newest


three = prepared(three_complaints)


def numbers(complaints: tuple[Complaint, ...]) -> list[str]:
    return [c.number for c in complaints]


def test_the_newest_come_first(office: Office, three: Three) -> None:
    assert listed(office, "mei") == numbers(three[::-1])


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ({"phase": "closed"}, [0]),
        ({"state": "handling"}, [1]),
        ({"state": ["handling", "registered"]}, [2, 1]),
        ({"open": "1"}, [2, 1]),
        ({"open": "0"}, [0]),
        ({"severity": "safety"}, [2]),
        ({"late": "1"}, [2, 1]),
        ({"late": "0"}, [0]),
        ({"owner": "me"}, [1, 0]),
        ({"department": "production"}, [1, 0]),
        ({"received_from": "2026-11-17", "received_to": "2026-11-17"}, [1]),
        ({"model": "hy-3"}, [2]),
        ({"q": "标签"}, [1]),
        ({"q": "HY 油封"}, [0]),
        ({"cause_kind": "quality"}, [1, 0]),
        ({"verdict": "justified"}, [0]),
        ({"open": "1", "department": "production"}, [1]),
        ({"model": "不存在"}, []),
        ({"severity": "nonsense"}, [2, 1, 0]),
    ],
)
def test_each_filter_keeps_what_it_says(office: Office, three: Three, query: dict[str, Any], which: list[int]) -> None:
    assert listed(office, "mei", **query) == [numbers(three)[i] for i in which]


def test_departments_see_what_is_theirs_and_others_nothing(office: Office, three: Three) -> None:
    closed, given, _ = numbers(three)
    assert listed(office, "peng") == [given, closed]
    assert listed(office, "fang") == []
    assert listed(office, "fang", q="油封") == []


def test_the_export_holds_exactly_the_rows_of_the_page(office: Office, three: Three) -> None:
    for name, expected in (("mei", numbers(three[::-1])), ("peng", numbers(three[1::-1])), ("fang", [])):
        answer = office.desk(name).client.post("/complaints/", {"do": "export", "format": "csv"})
        text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
        rows = list(csv.reader(StringIO(text)))
        assert [row[0] for row in rows[1:]] == expected
    said = Entry.objects.filter(event="list.exported").values_list("actor_name", "particulars__count")
    assert dict(said) == {"王晓梅": 3, "彭师傅": 2, "方会计": 0}


def test_the_export_keeps_to_the_filter(office: Office, three: Three) -> None:
    answer = office.desk("mei").client.post("/complaints/?state=handling", {"do": "export", "format": "csv"})
    rows = list(csv.reader(StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[arg-type]
    assert [row[0] for row in rows[1:]] == numbers(three)[1:2]


def test_a_long_problem_is_cut_on_the_page_with_a_sign_and_exported_whole(works: Factory, office: Office) -> None:
    problem = "第二批减速机装机试运行约四十小时后，输出端油封处出现渗漏，油液沿法兰面流到地面，现场已停机处理"
    works.complaint(problem=problem)
    desk = office.desk("mei")
    page = desk.client.get("/complaints/").content.decode()
    assert (page.count(f">{problem[:39]}…<"), page.count(f">{problem}<")) == (1, 0)
    assert f'title="{problem}"' in page
    answer = desk.client.post("/complaints/", {"do": "export", "format": "csv"})
    assert problem in b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]


def test_the_search_finds_and_hides_alike(office: Office, three: Three) -> None:
    assert listed(office, "mei", "/search", q="油封") == numbers(three)[:1]
    assert listed(office, "peng", "/search", q="油封") == numbers(three)[:1]
    assert listed(office, "peng", "/search", q="异响") == []
    assert listed(office, "fang", "/search", q="油封") == []


def test_a_number_leads_straight_to_its_record_for_who_may_see_it(office: Office, three: Three) -> None:
    number = numbers(three)[0]
    answer = office.desk("mei").client.get("/search", {"q": number.lower()})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/complaints/{number}")
    assert office.desk("fang").client.get("/search", {"q": number}).status_code == 200


def test_the_board_shows_the_open_ones_by_step(office: Office, three: Three) -> None:
    assert listed(office, "mei", "/complaints/board") == [numbers(three)[2], numbers(three)[1]]
    assert listed(office, "mei", "/complaints/board", mine="1") == numbers(three)[1:2]
    assert listed(office, "peng", "/complaints/board") == numbers(three)[1:2]
    assert listed(office, "fang", "/complaints/board") == []


def test_the_most_urgent_deadline_of_each_is_shown(office: Office, three: Three) -> None:
    page = office.desk("mei").get("/complaints/", cols="number,due", state="handling")
    first = Obligation.objects.filter(OPEN, record_id=three[1].pk).order_by("due_at")[0]
    assert (first.rule, first.due_at) == ("task-acceptance", at("2026-11-17 15:00"))
    assert "迟 2 天 19 小时" in page.text


def test_the_list_tells_how_many_there_are(office: Office, three: Three) -> None:
    assert "显示 3，共 3" in office.desk("mei").get("/complaints/").text
    assert "显示 2，共 2" in office.desk("peng").get("/complaints/").text


def test_asked_again_the_list_follows_what_has_happened_since(office: Office, three: Three, works: Factory) -> None:
    closed, given, newest = numbers(three)
    assert listed(office, "peng", phase="handling") == [given]
    assert listed(office, "mei", late="1") == [newest, given]
    assert listed(office, "fang") == []
    Task.objects.filter(complaint=three[1]).update(department=works.lin.department)
    Person.objects.filter(pk=works.fang.pk).update(department=works.mei.department)
    office.clock.at("2026-11-18 09:01")
    assert listed(office, "peng", phase="handling") == []
    assert listed(office, "mei", late="1") == [given]
    assert listed(office, "fang") == [newest, given, closed]


def test_asked_again_the_list_follows_who_stands_in_for_whom(office: Office, three: Three, works: Factory) -> None:
    closed, given, _ = numbers(three)
    assert listed(office, "fang") == []
    Delegation.objects.create(
        person=works.peng, deputy=works.fang, starts_at=at("2026-11-20 09:00"), ends_at=at("2026-11-21 09:00")
    )
    assert listed(office, "fang") == [given, closed]
    office.clock.at("2026-11-21 10:00")
    assert listed(office, "fang") == []


def test_filters_that_ask_the_clock_or_the_index_are_asked_anew_each_time() -> None:
    anew = [one.key for one in COMPLAINTS.filters if not one.is_steady]
    assert anew == ["q", "late", "customer", "model", "batch"]
