"""A record on the pages that every kind may have: opened, listed, read, corrected, given up, all by its forms."""

from __future__ import annotations

import re

import pytest

from huiyin.returns.models import StockTake
from tests.desk import Office
from tests.stage import desks, stage

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.records.kind_addresses")]
works, office = stage("base"), desks()
FACTS = {"material": "双鱼座密封圈", "claimed": "3", "claim": "少发三件"}


def opened(office: Office) -> StockTake:
    """One that qian has opened."""
    assert office.desk("qian").send("/stock-takes/new", **FACTS).status_code == 302
    return StockTake.objects.get()


def test_who_opened_it_is_told_what_was_done_in_the_words_of_the_step(office: Office) -> None:
    take = opened(office)
    page = office.desk("qian").get(f"/stock-takes/{take.number}")
    assert f"发起三方盘点：{take.number}" in page.text
    assert re.search(r"发起三方盘点 \S+ (今天 |11-16 )?09:00", page.text)
    assert "差额 3 件" in page.text
    assert not re.search("登记人|登记时间", page.text)


def test_the_list_is_headed_by_the_facts_and_the_words_of_the_step(office: Office) -> None:
    opened(office)
    page = office.desk("qian").get("/stock-takes/")
    heads = re.findall(r"<th[^>]*>(.*?)</th>", page.html, re.DOTALL)
    assert [re.sub(r"<[^>]+>|\s", "", one) for one in heads] == [
        "编号",
        "物料",
        "差额（件）",
        "说法",
        "状态",
        "最急的期限",
        "发起三方盘点",
    ]


def test_its_correction_is_called_as_the_step_is(office: Office) -> None:
    take = opened(office)
    page = office.desk("fang").get(f"/stock-takes/{take.number}/facts")
    assert "填报账面数" in page.text
    assert page.form(f"/stock-takes/{take.number}/facts").values["material"] == ["双鱼座密封圈"]


def test_the_way_back_from_giving_it_up_is_no_second_cancel(office: Office) -> None:
    take = opened(office)
    address = f"/stock-takes/{take.number}/cancellation"
    actions = re.findall(r'<a class="button is-quiet" href="[^"]+">(.+?)</a>', office.desk("qian").get(address).html)
    assert actions == ["返回"]
    assert "这一步由" in office.desk("ku").get(address).text
    assert address not in [form.action for form in office.desk("ku").get(address).forms]


def test_a_cancelled_one_has_left_its_way(office: Office) -> None:
    take = opened(office)
    address = f"/stock-takes/{take.number}"
    office.desk("qian").send(f"{address}/cancellation", cancel_reason="找到了", reason="找到了")
    bar = re.findall(r'<li class="is-(\w+)"( aria-current="step")?', office.desk("qian").get(address).html)
    assert bar == [("done", ""), ("ended", "")]
