"""What the company calls its problem cases, on every page where the product has to say it."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import opening
from huiyin.improvement.values import ProblemFacts
from huiyin.journal.queries import timeline
from tests.cast import factory
from tests.desk import Office, ParsedPage, stopped

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # what is said of a text is the same in both

SAID = {
    "base": ("8D", "8D 与问题案例", "问题案例", "开 8D"),
    "feedback": ("8D", "8D 与问题案例", "问题案例", "开出 8D 报告"),
    "communication": ("八步法", "八步法与问题案例", "问题案例", "开出《质量问题“八步法”处理表》"),
    "complaint-measures": ("异常与对策", "异常与原因对策", "异常案例", "填报异常"),
    "service-process": ("纠正预防", "服务反馈与纠正预防", "服务反馈记录", "填写《顾客服务反馈记录表》"),
}
"""In the menu, above the list, one of them, and the step that opens one."""


def of_the_menu(page: ParsedPage) -> str:
    """The words of the link to the list in the navigation."""
    return page.html.split('href="/problems/"', 1)[1].split("</a>", 1)[0]


@pytest.mark.parametrize("key", SAID)
def test_menu_list_buttons_and_headings_say_what_the_procedure_says(key: str) -> None:
    works = factory(key)
    menu, many, one, opens = SAID[key]
    path = works.procedure.catalogue("path")[0].key
    with stopped("2026-11-16 12:00") as clock:
        lin = Office(works, clock).desk("lin")
        empty = lin.get("/problems/")
        assert (menu in of_the_menu(empty), f"还没有{many}" in empty.text, f"点“{opens}”" in empty.text) == (
            True,
            True,
            True,
        )
        assert (many in lin.get("/problems/new").text, opens in lin.get("/problems/new").text) == (True, True)
        complaint = works.complaint(when="2026-11-16 09:00")
        problem = opening.open_problem(
            ProblemFacts(title="漏油", path=path, severity="function", model="HY-40"),
            procedure_id=works.version,
            cases=[complaint],
            context=works.context("lin", "2026-11-16 10:00"),
        )
        shown = lin.get(f"/problems/{problem.number}")
        assert (many in shown.text, one in shown.text) == (True, True)
        assert f"{one} · {problem.number}" in lin.get(f"/complaints/{complaint.number}").text
        assert one in lin.get("/search?q=漏油").text
        told = [line.text.show("zh") for line in timeline("complaint", complaint.pk)]
        assert any(one in line for line in told)
        assert ("#eightd" in of_the_menu(empty)) is (menu == "8D")
        if menu != "8D":
            pages = (empty, shown, lin.get("/problems/new"))
            assert [page.path for page in pages if "8D" in page.text.replace("8D26", "")] == []


def test_english_pages_say_it_in_english() -> None:
    works = factory("service-process")
    works.lin.language = "en"
    works.lin.save()
    with stopped("2026-11-16 12:00") as clock:
        page = Office(works, clock).desk("lin").get("/problems/")
    assert ("CAPA" in of_the_menu(page), "Service feedback and CAPA" in page.text) == (True, True)
    assert ("8D" in page.text, "纠正" in page.text) == (False, False)
