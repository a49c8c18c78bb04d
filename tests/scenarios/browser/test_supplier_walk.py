"""A supplier on a telephone: opens the link from a mail, photographs, saves, continues, sends.

Purchasing and quality at their desks.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from huiyin.improvement.suppliers.models import SupplierRequest
from huiyin.journal.verification import verify
from tests.browser import DESK, TELEPHONE
from tests.improvement import cases
from tests.improvement.suppliers.scars import TYPED
from tests.records.office import picture
from tests.scenarios.browser.colleagues import BrowserStaff

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "base"
SHOTS = os.environ.get("HUIYIN_SHOTS", "")


def shot(page: Any, name: str) -> None:
    """A picture of the page, when a folder is given for them; it never scrolls sideways."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, name
    if SHOTS:
        page.screenshot(path=Path(SHOTS) / f"supplier-{name}.png", full_page=True)


def fill(page: Any, **typed: str) -> None:
    for name, words in typed.items():
        page.locator(f"[name='{name}']").fill(words)


def press(page: Any, label: str) -> None:
    with page.expect_navigation():
        page.locator("main button", has_text=re.compile(f"^\\s*{label}\\s*$")).click()


def drafted_and_issued(staff: BrowserStaff) -> str:
    """Purchasing asks from the problem case and gets the link; the address of the supplier's page."""
    staff.clock.at("2026-11-16 10:00")
    case = cases.case(staff.works)
    lin = staff("lin", f"/problems/{case.number}")
    lin.presses("要求供方整改")
    lin.fills(
        supplier="永固铸造",
        contact="张三",
        email="zhang@yonggu.example",
        batch="C2610",
        quantity="30",
        defect="壳体沟槽深度超差 0.2 mm，装配后渗油",
        containment="库存与在途全检",
        answer_due="2026-11-23",
    )
    shot(lin.page, "new")
    lin.presses("拟定")
    lin.takes("发给供方", link_until="2027-01-22")
    shot(lin.page, "link")
    link: str = lin.page.locator("#scar-link").input_value()
    assert link in lin.page.locator("#scar-mail").input_value()
    return "/supplier/" + link.rsplit("/", 1)[1]


@pytest.mark.parametrize("scripts", [True, False], ids=["script", "without script"])
def test_a_supplier_answers_from_a_telephone(
    staff: BrowserStaff, open_page: Any, scripts: bool, tmp_path: Path
) -> None:
    path = drafted_and_issued(staff)
    staff.clock.at("2026-11-17 09:00")
    page = open_page(None, path, screen=TELEPHONE, scripts=scripts)
    shot(page, f"empty-{scripts}")
    photo = tmp_path / "壳体.png"
    photo.write_bytes(picture())
    page.locator("[name='photos']").set_input_files(photo)
    fill(page, occurrence="先写一半", name="张三")
    press(page, "存草稿")
    assert page.locator("[name='occurrence']").input_value() == "先写一半"
    assert "壳体.png" in page.locator("main").inner_text()
    shot(page, f"draft-{scripts}")
    page.complaints.expected.append("422")
    press(page, "提交答复")
    assert page.locator("[name='occurrence']").input_value() == "先写一半"
    shot(page, f"refused-{scripts}")
    fill(page, **TYPED)
    press(page, "提交答复")
    assert "答复已收到" in page.locator("main").inner_text()
    shot(page, f"sent-{scripts}")
    press(page, "English")
    assert "We have received your answer" in page.locator("main").inner_text()
    shot(page, f"english-{scripts}")
    judged(staff, page, path)


def judged(staff: BrowserStaff, supplier: Any, path: str) -> None:
    """Quality returns it, the supplier answers again by the same link, quality accepts."""
    number = SupplierRequest.objects.get().number
    staff.clock.at("2026-11-18 09:00")
    qian = staff("qian", f"/scars/{number}/return")
    shot(qian.page, "return")
    qian.fills(reason="流出原因太浅：控制计划里为什么没有深度？", answer_due="2026-11-27").presses("退回答复")
    supplier.goto(path)
    assert "控制计划里为什么没有深度" in supplier.locator("main").inner_text()
    fill(supplier, escape="控制计划漏写了深度")
    press(supplier, "Send the answer")
    qian.goes(f"/scars/{number}")
    shot(qian.page, "record")
    qian.takes("接受答复", effect_due="2026-12-10")
    telephone = staff._open(staff.works.people["cai"], f"/scars/{number}", screen=TELEPHONE)
    shot(telephone, "record-390")
    for place in ("/scars/", "/scars/new"):
        shot(staff._open(staff.works.people["cai"], place, screen=TELEPHONE), f"390{place.replace('/', '-')}")
        shot(staff._open(staff.works.people["cai"], place, screen=DESK), f"1440{place.replace('/', '-')}")
    found = verify()
    assert (found.code, found.fault) == (0, None)
