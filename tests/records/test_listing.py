"""List pages: what the address asks for is shown, whatever it holds; three queries; the page's own links work."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from huiyin.complaints.models import Complaint
from huiyin.people.actions import go_on_leave
from huiyin.people.models import SavedView
from huiyin.records.lists import listing
from huiyin.records.lists import query as question
from huiyin.records.lists import request as wanted
from tests.cast import Factory
from tests.records.addresses import SAMPLE
from tests.records.office import browser_of
from tests.stage import stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.records.addresses")]
company = stage("feedback")


def shown(page: Any) -> list[str]:
    """The numbers of the rows on a page, in order."""
    return re.findall(r'<td[^>]*><a href="/complaints/([^"]+)">', page.content.decode())


def links(page: Any, what: str) -> list[str]:
    return [unescape(one) for one in re.findall(rf'{what}[^>]*href="([^"]+)"', page.content.decode())]


def three(company: Factory) -> list[Complaint]:
    made = [
        company.complaint(when="2026-11-16 09:00", problem="接头处漏油", batch="B1", defect_quantity=3),
        company.complaint(when="2026-11-17 09:00", problem="外壳开裂", batch="B2", defect_quantity=1),
        company.complaint(when="2026-11-18 09:00", problem="异响", batch="B12", defect_quantity=2),
    ]
    Complaint.objects.filter(pk=made[1].pk).update(owner=company.lin, lighter=True, state="closed")
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [2, 1, 0]),
        ("sort=received", [0, 1, 2]),
        ("sort=-received", [2, 1, 0]),
        ("sort=quantity", [1, 2, 0]),
        ("sort=-quantity", [0, 2, 1]),
        ("sort=problem", [2, 1, 0]),
        ("sort=password", [2, 1, 0]),
        ("sort=--received", [2, 1, 0]),
        ("q=漏油", [0]),
        ("q=漏油+开裂", []),
        ("state=registered", [2, 0]),
        ("state=registered&state=closed", [2, 1, 0]),
        ("state=registered,closed", [2, 1, 0]),
        ("state=nonsense", [2, 1, 0]),
        ("batch=b1", [2, 0]),
        ("batch=%25", []),
        ("batch=B1' OR 1=1 --", []),
        ("lighter=1", [1]),
        ("lighter=0", [2, 0]),
        ("lighter=maybe", [2, 1, 0]),
        ("received_from=2026-11-17", [2, 1]),
        ("received_to=2026-11-17", [1, 0]),
        ("received_from=2026-11-17&received_to=2026-11-17", [1]),
        ("received_from=2026年11月17日&received_to=２０２６-11-17", [1]),
        ("received_from=soon", [2, 1, 0]),
        ("received_from=2026-11-18&received_to=2026-11-01", [2, 1, 0]),
        ("shipped_from=2026-10-10&shipped_to=2026-10-10", [2, 1, 0]),
        ("shipped_from=2026-10-11", []),
        ("owner=me", [2, 0]),
        ("owner=0", [2, 1, 0]),
        ("owner=99999999999999999999", [2, 1, 0]),
        ("department=mine", [2, 0]),
        ("department=nowhere", [2, 1, 0]),
        ("mine=0", [1]),
        ("unknown=1&__proto__=2&owner__password=x", [2, 1, 0]),
        ("after=nonsense", [2, 1, 0]),
        ("size=7&cols=nonsense", [2, 1, 0]),
        ("state=registered&batch=b12&owner=me", [2]),
    ],
)
def test_the_address_decides_what_is_shown(company: Factory, query: str, expected: list[int]) -> None:
    made = three(company)
    page = browser_of(company.mei).get(f"/sample?{query}")
    assert page.status_code == 200
    assert shown(page) == [made[place].number for place in expected]


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("state=nonsense", "状态：“nonsense”不在可选之列，没有起作用"),
        ("lighter=maybe", "简易处理：“maybe”看不懂，没有起作用"),
        ("received_from=soon", "接到日期：“soon”不是日期，没有起作用"),
        ("received_from=2026-11-18&received_to=2026-11-01", "接到日期：“2026-11-18–2026-11-01”首尾颠倒，没有起作用"),
        ("owner=9999", "负责人：“9999”查无此人，没有起作用"),
        ("department=nowhere", "部门：“nowhere”没有这个部门，没有起作用"),
        ("batch=<script>", "批次含“<script>”"),
    ],
)
def test_a_value_not_understood_is_said_on_a_chip_that_takes_it_away(
    company: Factory, query: str, sentence: str
) -> None:
    three(company)
    page = browser_of(company.mei).get(f"/sample?{query}&sort=quantity")
    assert sentence in unescape(page.content.decode())
    assert "<script>" not in page.content.decode()
    assert links(page, 'class="chip"') == ["/sample?sort=quantity"]


def test_a_list_page_asks_three_queries_however_many_rows(company: Factory) -> None:
    browser = browser_of(company.mei)
    counted = []
    for _ in range(2):
        for _ in range(26):
            company.complaint()
        browser.get("/sample")
        with CaptureQueriesContext(connection) as queries:
            browser.get("/sample?size=50")
        counted.append(len(queries))
    # Session, person, rows and views; the count only when the page does not show them all.
    assert counted == [4, 5]


def test_the_pages_of_a_list_lead_to_one_another(company: Factory, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "SIZES", (2, 50, 100))
    monkeypatch.setattr(wanted, "SIZES", (2, 50, 100))
    numbers = [company.complaint(when=f"2026-11-16 09:0{n}").number for n in range(5)][::-1]
    browser = browser_of(company.mei)
    first = browser.get("/sample?size=2")
    second = browser.get(links(first, 'rel="next"')[0])
    third = browser.get(links(second, 'rel="next"')[0])
    assert [shown(first), shown(second), shown(third)] == [numbers[:2], numbers[2:4], numbers[4:]]
    assert links(third, 'rel="next"') == []
    assert links(first, 'rel="prev"') == []
    back = browser.get(links(third, 'rel="prev"')[0])
    assert shown(back) == numbers[2:4]
    assert shown(browser.get(links(back, 'rel="prev"')[0])) == numbers[:2]


def test_counts_stop_at_a_thousand_unless_asked(company: Factory, monkeypatch: Any) -> None:
    monkeypatch.setattr(question, "COUNTED", 30)
    for _ in range(32):
        company.complaint()
    browser = browser_of(company.mei)
    page = browser.get("/sample").content.decode()
    assert '<span class="count">30+</span>' in page
    assert "/sample?count=all" in page
    exact = browser.get("/sample?count=all").content.decode()
    assert '<span class="count">32</span>' in exact
    assert '<span class="count">30+' not in exact


def test_columns_are_chosen_in_the_order_asked_for(company: Factory) -> None:
    three(company)
    page = browser_of(company.mei).get(
        "/sample?cols=batch,problem,number,problem,mark,due,lighter,shipped,owner_name,late_by"
    )
    heads = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]+)', page.content.decode())
    assert heads == ["问题", "编号", "标记", "期限", "简易", "发货日", "负责人姓名", "迟"]


def test_totals_are_shown_when_asked_for(company: Factory) -> None:
    three(company)
    page = browser_of(company.mei).get("/sample?totals=1&cols=number,quantity&lighter=0").content.decode()
    assert re.search(r'<tfoot><tr><td>合计</td><td class="number">5</td></tr>', page)


def test_the_form_of_filters_holds_what_is_chosen(company: Factory) -> None:
    three(company)
    page = browser_of(company.mei).get("/sample?edit=filters&state=closed&batch=B2&received_from=2026-11-17&lighter=1")
    words = page.content.decode()
    assert 'name="batch" aria-describedby' in words or 'value="B2"' in words
    assert re.search(r'value="closed" checked', words)
    assert re.search(r'name="received_from"[^>]*value="2026-11-17"', words)
    assert re.search(r'<option value="1" selected>是</option>', words)
    assert company.qian.name in words


def test_a_preset_adds_to_what_is_chosen_and_takes_it_away_again(company: Factory) -> None:
    three(company)
    browser = browser_of(company.mei)
    page = browser.get("/sample?state=closed").content.decode()
    assert "/sample?state=closed&amp;state=registered" in page
    assert 'href="/sample" aria-current="true"><span>已结案' in page
    assert "/sample?received_from=" in browser.get("/sample").content.decode()


def test_a_fragment_is_the_results_alone(company: Factory) -> None:
    made = three(company)
    page = browser_of(company.mei).get("/sample?q=漏油", headers={"HX-Request": "true"})
    assert shown(page) == [made[0].number]
    assert "<html" not in page.content.decode()


def test_an_empty_list_says_what_belongs_there(company: Factory) -> None:
    browser = browser_of(company.mei)
    assert "这里还没有记录" in browser.get("/sample").content.decode()
    assert "没有符合条件的记录" in browser.get("/sample?batch=X").content.decode()


def test_english(company: Factory) -> None:
    three(company)
    company.mei.language = "en"
    company.mei.save()
    page = browser_of(company.mei).get("/sample?lighter=maybe").content.decode()
    assert "Simplified handling: “maybe” is not understood and was left out" in unescape(page)
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"<td.*?</td>", "", page.split('id="results"')[1]))


def test_only_get_and_post(company: Factory) -> None:
    assert browser_of(company.mei).put("/sample").status_code == 405
    assert browser_of(company.mei).post("/sample", {"do": "nonsense"}).status_code == 404


# ---- saved views


def test_a_view_is_kept_opened_replaced_and_deleted(company: Factory) -> None:
    three(company)
    browser = browser_of(company.mei)
    browser.post(
        "/sample?state=closed&sort=quantity&lighter=maybe&after=x",
        {"do": "save-view", "name": " 我的  结案 "},
    )
    view = SavedView.objects.get()
    assert (view.name, view.query, view.shared, view.list_key) == (
        "我的 结案",
        "state=closed&sort=quantity",
        False,
        "sample",
    )
    page = browser.get(f"/sample?{view.query}").content.decode()
    assert re.search(r'href="/sample\?state=closed&amp;sort=quantity" aria-current="page">我的 结案', page)
    assert "删除视图" in page
    browser.post("/sample?state=registered", {"do": "save-view", "name": "我的 结案", "shared": "1"})
    view.refresh_from_db()
    assert (view.query, view.shared) == ("state=registered", True)
    assert "我的 结案" in browser_of(company.lin).get("/sample").content.decode()
    assert browser_of(company.lin).post("/sample", {"do": "delete-view", "view": view.pk}).status_code == 404
    assert browser.post("/sample", {"do": "delete-view", "view": view.pk}).status_code == 302
    assert SavedView.objects.count() == 0


def test_own_views_are_nobody_elses(company: Factory) -> None:
    browser_of(company.mei).post("/sample?state=closed", {"do": "save-view", "name": "私"})
    assert "私" not in browser_of(company.lin).get("/sample").content.decode()


def test_a_view_needs_a_name_and_there_is_a_limit(company: Factory) -> None:
    browser = browser_of(company.mei)
    assert browser.post("/sample?state=closed", {"do": "save-view", "name": "  "}).status_code == 409
    SavedView.objects.bulk_create(
        SavedView(person=company.mei, list_key=SAMPLE.key, name=str(n), query="") for n in range(40)
    )
    assert browser.post("/sample?state=closed", {"do": "save-view", "name": "又一个"}).status_code == 409
    assert browser.post("/sample?state=closed", {"do": "delete-view", "view": "x"}).status_code == 404


def test_a_view_is_deleted_on_its_own_list_only(company: Factory) -> None:
    view = SavedView.objects.create(person=company.mei, list_key="other", name="别处", query="state=closed")
    assert browser_of(company.mei).post("/sample", {"do": "delete-view", "view": view.pk}).status_code == 404
    assert SavedView.objects.filter(pk=view.pk).exists()


def test_mine_is_also_what_belongs_to_whom_one_stands_in_for(company: Factory) -> None:
    made = three(company)
    now = timezone.now()
    hour = timedelta(hours=1)
    go_on_leave(company.mei, company.lin, starts_at=now - hour, ends_at=now + hour, reason="")
    page = browser_of(company.lin).get("/sample?owner=me")
    assert shown(page) == [made[n].number for n in (2, 1, 0)]
