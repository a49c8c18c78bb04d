"""``huiyin evidence``: what it refuses, and that it says the same as the page."""

from __future__ import annotations

import json
import re
from argparse import Namespace
from datetime import date
from typing import Any

import pytest

from huiyin.review import commands
from tests.desk import Office
from tests.stage import desks, stage
from tests.story import told

pytestmark = pytest.mark.django_db

works = stage("base")
office = desks("2026-11-20 10:00")


def asked(office: Office, **more: Any) -> Namespace:
    given = {
        "from_": date(2026, 10, 1),
        "to": date(2026, 12, 31),
        "pack": None,
        "json": True,
        "language": "zh",
    }
    return Namespace(at=office.clock.now, **(given | more))


def test_a_pack_that_was_never_in_force_is_named(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.evidence(asked(office, pack="nope")) == 2
    assert capsys.readouterr().err == "程序包 nope 从未生效；生效过的：base\n"


def test_the_command_counts_what_the_page_counts(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    told(office.works, "closed")
    assert commands.evidence(asked(office)) == 0
    tree = json.loads(capsys.readouterr().out)["clauses"]
    found = {one["clause"]: one for top in tree for one in (top, *top["clauses"])}
    for key in ("B2.1", "B4.1", "B5.2"):
        page = office.desk("zong").get(f"/clauses/{key}").text
        figures = re.search(r"记录 (\d+) 按时履行 (\d+) 迟办 (\d+) 逾期未了 (\d+) 未到期 (\d+)", page)
        assert figures is not None
        owed = found[key]["obligations"]
        assert [int(each) for each in figures.groups()] == [
            found[key]["records"],
            owed["kept"],
            owed["late"],
            owed["overdue"],
            owed["open"],
        ]
