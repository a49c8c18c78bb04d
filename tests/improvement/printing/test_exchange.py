"""A case as a document for other systems: complete, readable by machines, for those who see the case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from huiyin.improvement.report.sections import SECTIONS
from tests.cast import factory
from tests.desk import Office, stopped
from tests.improvement.furnished import TITLE, large

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # paper says the same, whichever database gave the rows
GUIDE = Path(__file__).resolve().parents[3] / "docs" / "exchange.md"


def test_the_document_holds_the_whole_case() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        problem = large(works, containments=2, causes=6)
        office = Office(works, clock)
        path = f"/problems/{problem.number}/exchange.json"
        answer = office.desk("lin").client.get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
        held = answer.json()
        assert (held["format"], held["version"], held["header"]["title"]) == ("huiyin-8d", 1, TITLE)
        assert list(held["sections"]) == [section.key for section in SECTIONS]
        causes = held["sections"]["D4"]["rows"]["cause"]
        known = {cause["id"] for cause in causes}
        assert len(causes) >= 6
        assert {cause["parent"] for cause in causes if cause["parent"]} <= known
        place = held["sections"]["D3"]["rows"]["containment"][0]
        assert (place["suspect"], place["location_label"]["en"]) == ("120.000", "At the customer")
        assert office.desk("fang").client.get(path).status_code == 404


def test_the_description_names_only_what_the_document_has() -> None:
    with stopped("2026-11-20 10:00") as clock:
        works = factory("base")
        problem = large(works, containments=1, causes=3)
        held = Office(works, clock).desk("lin").client.get(f"/problems/{problem.number}/exchange.json").json()
        named = re.findall(r"`sections\.(D\d)\.(texts|rows)\.(\w+)`", GUIDE.read_text("utf-8"))
        assert len(named) > 10
        fields = {section.key: {f.name for f in section.fields} for section in SECTIONS}
        unknown = [
            one
            for one in named
            if one[2] not in (fields[one[0]] if one[1] == "texts" else held["sections"][one[0]]["rows"])
        ]
        assert unknown == []
