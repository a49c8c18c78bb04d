"""The main pages for everybody: no barriers an expert would report, one language at a time, nothing too wide."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.hashers import make_password

from huiyin.people.models import Person
from tests.browser import DESK, TELEPHONE
from tests.cast import PASSWORD
from tests.scenarios.browser.colleagues import BrowserStaff
from tests.scenarios.browser.furnished import LONG_MODEL, LONG_NAME, LONG_STORY, furnish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PACK = "feedback"
AXE = Path(__file__).resolve().parents[2] / "vendor" / "axe" / "axe.min.js"
GRAVE = """async () => (await axe.run(document, { resultTypes: ["violations"] })).violations
  .filter((one) => ["serious", "critical"].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(" | ")}`)"""
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture
def numbers(staff: BrowserStaff, settings: Any) -> dict[str, str]:
    settings.TWO_FACTOR = "none"
    made = furnish(staff.works)
    staff.clock.at("2026-11-20 17:00")
    Person.objects.update(password=make_password(PASSWORD))
    for person in staff.works.people.values():
        person.refresh_from_db()
    return made


def pages(numbers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Who opens what."""
    handling = f"/complaints/{numbers['handling']}"
    for path in (
        "/",
        "/complaints/",
        "/complaints/board",
        "/complaints/new",
        handling,
        f"{handling}/facts",
        f"{handling}/promise",
        f"/complaints/{numbers['registered']}",
        f"/complaints/{numbers['asking']}",
        f"/complaints/{numbers['closed']}",
        f"/complaints/{numbers['answered']}",
        f"/complaints/{numbers['withdrawn']}",
        "/customers/",
        "/contacts/",
        "/notices",
        "/obligations/",
        f"/obligations/{numbers['owed']}",
        "/people/me",
        "/accounts/2fa/",
        "/accounts/password/change/",
        "/search?q=HY",
    ):
        yield "mei", path
    for path in (
        handling,
        f"{handling}/tasks/{numbers['task-answered']}/approval",
        f"{handling}/judgement",
        "/clauses/",
        "/clauses/4.3-2",
        "/procedure/",
        "/people/",
    ):
        yield "lin", path
    yield from (
        ("cai", "/"),
        ("cai", f"{handling}/tasks/{numbers['task-asked']}/answer"),
        ("zong", f"{handling}/remedy-approval"),
    )
    yield from (("root", "/people/new"), ("root", "/procedure/versions/new"))


@pytest.mark.parametrize(("screen", "theme", "language"), [(DESK, "light", "zh-hans"), (TELEPHONE, "dark", "en")])
def test_no_grave_barrier_and_nothing_too_wide(
    staff: BrowserStaff, numbers: dict[str, str], screen: Any, theme: str, language: str
) -> None:
    Person.objects.update(language=language)
    axe = AXE.read_text("utf-8")
    found = {}
    for name, path in pages(numbers):
        page = staff(name, path, screen=screen, theme=theme).page
        page.evaluate(axe)
        faults = page.evaluate(GRAVE) + (["too wide"] if page.evaluate(TOO_WIDE) else [])
        if faults:
            found[f"{name} {path}"] = faults
    assert found == {}


# What stands on Chinese pages in Latin letters all the same: the product, keys, standards, formats, units, names of
# things.
LATIN = re.compile(
    r"service-process|KF-FR-\d+|Huiyin|Ctrl|Enter|Esc|Excel|CSV|ISO|IATF|GB/?T?|PDF|clauses\.toml"
    r"|English|HY-?\w*|XZ|ZQ\d+|[ABDS][-\d]\S*|FK\d\S*|SN-?\S*|KH\d+"
    r"|CNY|8D|D\d|VDA|QR|kB|MB|PCS|X1|feedback|base|communication|complaint-measures|property-services|service-desk"
    r"|root|mei|A 级|DFMEA|PFMEA|FMEA|g [a-z]|[jkceg/?]"
)
ENGLISH = re.compile(r"[A-Za-z][A-Za-z-]+")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
WRITTEN = (
    "Person",
    "Complaint",
    "Demand",
    "Task",
    "Measure",
    "Remedy",
    "Answer",
    "Promise",
    "Customer",
    "ContactPerson",
    "Comment",
)
LONG_WORDS = (
    LONG_NAME,
    LONG_MODEL,
    LONG_STORY,
    "请尽快看油封",
    "请补拍铭牌照片",
    "客户自己量错了",
    "明天出差",
)


def test_chinese_pages_speak_chinese(staff: BrowserStaff, numbers: dict[str, str]) -> None:
    found = {}
    for name, path in pages(numbers):
        said = staff(name, path).page.inner_text("body")
        left = ENGLISH.findall(LATIN.sub(" ", said))
        if left:
            found[f"{name} {path}"] = sorted(set(left))
    assert found == {}


def test_english_pages_speak_english(staff: BrowserStaff, numbers: dict[str, str]) -> None:
    """Beside what the company itself wrote: names of people, customers and products, and their words."""
    Person.objects.update(language="en")
    written = company_words()
    found = {}
    for name, path in pages(numbers):
        said = CHINESE.findall(staff(name, path).page.inner_text("body"))
        left = sorted({word for word in said if word not in written})
        if left:
            found[f"{name} {path}"] = left
    assert found == {}


def company_words() -> str:
    """Everything that people wrote or are called, in one string."""
    texts = ["回音中文管理员接头处漏油周厂长漏油接头一件", *LONG_WORDS]
    for model in apps.get_models():
        if model.__module__.startswith("huiyin.") and model.__name__ in WRITTEN:
            for row in model._default_manager.all().values():
                texts += [str(value) for value in row.values() if isinstance(value, str | dict | list)]
    return "\n".join(texts)
