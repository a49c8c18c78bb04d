"""What stands in quick-create of the kinds that a procedure declares."""

from __future__ import annotations

import re

import pytest

from huiyin.registers import menu
from tests.desk import Desk, Office
from tests.registers.works import PACK
from tests.stage import desks, stage

works = stage(PACK)
office = desks()


def offered(desk: Desk) -> list[str]:
    """The headings and addresses of quick-create behind what the product itself offers."""
    found = re.search(r"<details[^>]* data-create>.*?</details>", desk.get("/registers/").html, re.DOTALL)
    assert found
    every = re.findall(r'<p class="menu-label">(.*?)</p>|<a class="menu-link" href="(/registers/.*?)"', found.group())
    return [heading or address for heading, address in every]


def test_each_form_that_one_may_enter_stands_below_its_group(office: Office) -> None:
    shown = offered(office.desk("mei"))
    assert shown[0] == "客户往来"
    assert {"/registers/request/new/draft", "/registers/visit/new/plan"} <= set(shown[1:])
    assert shown.count("客户往来") == 1
    assert "/registers/request/new/draft" not in offered(office.desk("cai"))


def test_many_forms_are_offered_by_their_groups(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(menu, "MOST_NEW", 1)
    assert offered(office.desk("mei")) == ["/registers/group/customers"]
