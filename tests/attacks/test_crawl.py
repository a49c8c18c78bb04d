"""Every address with values that nobody types: a clear answer, never a fault inside, and reading changes nothing."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session

from huiyin.complaints.steps import STEPS, TASK_STEPS
from tests.attacks.siege import HUGE, Town, addresses, ask, odd_paths, real_paths, trouble
from tests.desk import PageForm, ParsedPage

ROLES = ("song", "peng")
ODD_QUERY = ("\0", "²", "9" * 5000, "0001-01-01", "9999-12-31")
ODD_FIELD = (HUGE, "\U0001f600\u202e" * 200)
NARROW_FIELD = ("9" * 5000, "9999-12-31T23:59")
NAMES = [
    "q",
    "after",
    "before",
    "sort",
    "cols",
    "size",
    "count",
    "totals",
    "edit",
    "state",
    "owner",
    "department",
    "received_from",
    "received_to",
    "customer",
    "kind",
    "day",
    "language",
    "whose",
    "late",
    "mine",
    "customer_key",
    "contact_person",
    "caller_phone",
    "defect",
    "problem",
    "name",
    "telephone",
    "contact",
    "next",
    "tab",
]
SIGNING_OUT = "/accounts/logout/"
OF_PROGRAMS = re.compile(
    r"\b(?:None|True|False|Undefined|NaN|nan)\b|\{\w+\}|&(?:amp|lt|gt|quot|#39);|<[\w.]+ object|Text\("
)


@pytest.mark.parametrize("who", ROLES)
def test_odd_values_in_addresses_are_answered(town: Town, who: str) -> None:
    browser = town.browser(who)
    paths = [path for pattern in addresses() for path in odd_paths(pattern, town)]
    asked = [(("get", "post")[place % 2], path) for place, path in enumerate(paths)]
    found = {f"{method} {path[:80]}": trouble(ask(browser, method, path)) for method, path in asked}
    assert {path: why for path, why in found.items() if why} == {}


def test_odd_values_in_questions_are_answered(town: Town) -> None:
    """All parameters at once: each list, filter and lookup reads its own and leaves the others."""
    browser, found = town.browser("song"), {}
    for pattern in addresses():
        for path in {next(real_paths(pattern, town))} - {"/healthz"}:
            for value in ODD_QUERY:
                found[f"{path} {value[:20]!r}"] = trouble(ask(browser, "get", path, dict.fromkeys(NAMES, value)))
    assert {path: why for path, why in found.items() if why} == {}


@pytest.mark.parametrize("who", [*ROLES, "root"])
def test_no_page_says_what_only_programs_say(town: Town, who: str) -> None:
    """Where nothing stands there is nothing to read; no place of a sentence is left unfilled."""
    browser, found = town.browser(who), {}
    for path in sorted({path for pattern in addresses() for path in real_paths(pattern, town)}):
        answer = ask(browser, "get", path)
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            page = ParsedPage(answer)
            said = [page.text, *(value for form in page.forms for held in form.values.values() for value in held)]
            found[path] = [word for one in said for word in OF_PROGRAMS.findall(one)]
    assert len(found) > 10
    assert {path: words for path, words in found.items() if words} == {}


def forms_of(town: Town, who: str) -> dict[tuple[str, tuple[str, ...]], PageForm]:
    """Every form that one of the people can open, by where it is sent and what it asks."""
    browser = town.browser(who)
    number, task = town.story.complaint.number, town.real["task_id"][0]
    pages = {path for pattern in addresses() for path in real_paths(pattern, town)}
    pages |= {f"/complaints/{number}/{noun}" for noun in STEPS.by_noun}
    pages |= {f"/complaints/{number}/tasks/{task}/{noun}" for noun in TASK_STEPS.by_noun}
    forms = {}
    for path in sorted(pages):
        answer = ask(browser, "get", path)
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            forms |= {(f.action, tuple(f.names)): f for f in ParsedPage(answer).forms if f.method == "post"}
    return forms


def test_odd_values_in_forms_are_answered(town: Town) -> None:
    browser, found = town.browser("song"), {}
    forms = forms_of(town, "song")
    for (action, names), sheet in forms.items():
        if action == SIGNING_OUT:
            continue
        for value in ODD_FIELD:
            typed = dict.fromkeys([*names, "customer_key", "delivery_key", "into_key", "view", "contact_file"], value)
            found[f"{action} {value[:20]!r}"] = trouble(ask(browser, "post", action, typed))
        for name in NARROW & set(names):
            for value in NARROW_FIELD:
                typed = {**sheet.values, name: value}
                found[f"{action} {name} {value[:20]!r}"] = trouble(ask(browser, "post", action, typed))
    assert len(forms) > 10
    assert {where: why for where, why in found.items() if why} == {}


NARROW = frozenset(
    [
        "version",
        "contact_person",
        "promised_at",
        "received_at",
        "happened_at",
        "starts_at",
        "ends_at",
        "ship_date",
        "defect_quantity",
        "amount",
        "warranty_months",
    ]
)


def test_reading_changes_nothing(town: Town) -> None:
    browser, forms = town.browser("song"), forms_of(town, "song")
    paths = {path for pattern in addresses() for path in real_paths(pattern, town)}
    paths |= {f"{action}?{'&'.join(f'{name}=1' for name in names)}" for action, names in forms}
    before = contents()
    for path in sorted(paths - {"/healthz"}):
        browser.get(path)
        browser.head(path)
    assert contents() == before


def contents() -> dict[str, str]:
    """What stands in every table, but for sessions: those carry messages from page to page."""
    tables: dict[str, Any] = {}
    for model in apps.get_models():
        if model is not Session:
            rows = model._default_manager.order_by("pk").values_list()
            tables[model._meta.label] = sha256(repr(list(rows)).encode()).hexdigest()
    return tables
