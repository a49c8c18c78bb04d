"""What is measured: the pages people open all day and the two things they do most."""

from __future__ import annotations

import random
import urllib.parse
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any

from bench.forms import HtmlForm, forms
from tools.tour import Visitor

REGISTER = "/registers/inspection/"
PROBLEM = "客户来电：3 号机运行两小时后左侧油封漏油，已更换两次仍然漏，要求本周内派人处理并说明原因。"


@dataclass(frozen=True)
class MeasuredPage:
    """A page that is opened: ``paths`` are visited in turn, so that no cache of one answer helps."""

    key: str
    paths: tuple[str, ...]

    def requests(self, count: int) -> list[dict[str, Any]]:
        """The requests of one measurement."""
        return [{"method": "GET", "path": path} for path in islice(cycle(self.paths), count)]


def pages(known: dict[str, Any]) -> list[MeasuredPage]:
    """The pages, given what ``bench.numbers`` knows of the records."""
    return [*_of_complaints(known), *_declared(known)]


def _records(base: str, numbers: list[str]) -> tuple[str, ...]:
    chosen = random.Random(7).sample(numbers, min(len(numbers), 50))
    return tuple(base + urllib.parse.quote(number, safe="~") for number in chosen)


def _declared(known: dict[str, Any]) -> list[MeasuredPage]:
    """The pages of a kind that the pack declares, to stand beside those of complaints."""
    ways = {
        "list": ("",),
        "choice": ("?f_outcome=grave", "?f_outcome=fine"),
        "days": ("?f_held_on_from=2025-03-01&f_held_on_to=2025-03-31", "?f_held_on_from=2023-06-01"),
        "person": (f"?f_inspector={known['inspector']}",),
        "numbers": ("?f_cost_from=200&f_cost_to=300",),
        "words": ("?f_finding=3 号机", "?f_finding=没有的词"),
        "by number": ("?sort=-f_cost", "?sort=f_cost"),
        "by day": ("?sort=-f_held_on", "?sort=f_held_on"),
        "both": ("?f_outcome=grave&sort=-f_held_on", f"?f_inspector={known['inspector']}&sort=f_cost"),
        "deep": (f"?after={known['deep_inspection']}",),
    }
    found = [
        MeasuredPage(f"d. {key}", tuple(REGISTER + urllib.parse.quote(path, safe="?&=") for path in paths))
        for key, paths in ways.items()
    ]
    return [MeasuredPage("d. record", _records(REGISTER, known["inspections"])), *found]


def _of_complaints(known: dict[str, Any]) -> list[MeasuredPage]:
    return [
        MeasuredPage("record", _records("/complaints/", known["complaints"])),
        MeasuredPage("list", ("/complaints/",)),
        MeasuredPage("deep", (f"/complaints/?after={known['deep_complaint']}",)),
        MeasuredPage("filtered list", ("/complaints/?phase=closed", "/complaints/?phase=handling")),
        MeasuredPage(
            "search",
            tuple("/search?q=" + urllib.parse.quote(word) for word in ("漏油", "异响", "开裂", "生锈")),
        ),
        MeasuredPage("home", ("/",)),
    ]


def registrations(visitor: Visitor, count: int) -> list[dict[str, Any]]:
    """So many filled-in registration forms, each with its own secret and submission number."""
    return [_filled(visitor, "/complaints/new", _registration, serial) for serial in range(count)]


def comments(visitor: Visitor, numbers: list[str], count: int) -> list[dict[str, Any]]:
    """So many steps on existing records: a comment each, which every procedure allows."""
    chosen = islice(cycle(numbers), count)
    return [_filled(visitor, f"/complaints/{number}", _comment, serial) for serial, number in enumerate(chosen)]


def openings(visitor: Visitor, count: int) -> list[dict[str, Any]]:
    """So many filled-in sheets of the declared kind."""
    return [_filled(visitor, f"{REGISTER}new/plan", _inspection, serial) for serial in range(count)]


def checks(visitor: Visitor, numbers: list[str], count: int) -> list[dict[str, Any]]:
    """So many steps on existing records of the declared kind."""
    chosen = islice(cycle(numbers), count)
    return [_filled(visitor, f"{REGISTER}{number}/check", _check, serial) for serial, number in enumerate(chosen)]


def _filled(visitor: Visitor, path: str, fill: Any, serial: int) -> dict[str, Any]:
    page = visitor.get(path)
    form = fill(list(_posts(page.text)), serial)
    return {"method": "POST", "path": urllib.parse.urljoin(path, form.action or path), "body": form.values}


def _posts(html: str) -> Iterator[HtmlForm]:
    return (form for form in forms(html) if form.method == "post")


def _registration(found: list[HtmlForm], serial: int) -> HtmlForm:
    form = next(form for form in found if "problem" in form.values)
    for name, options in form.choices.items():
        usable = [option for option in options if option]
        if usable and name in form.required and not form.values.get(name):
            form.values[name] = usable[0]
    form.values |= {
        "problem": f"{PROBLEM}（{serial}）",
        "caller_name": "张师傅",
        "caller_phone": "13800000000",
        "model": "XK-200",
    }
    return form


def _inspection(found: list[HtmlForm], serial: int) -> HtmlForm:
    form = next(form for form in found if "held_on" in form.values)
    inspector = next(option for option in form.choices["inspector"] if option)
    form.values |= {
        "held_on": "2026-11-20",
        "inspector": inspector,
        "outcome": "fine",
        "cost": f"{serial % 900}",
        "finding": f"第 {serial} 处",
        "story": PROBLEM,
    }
    return form


def _check(found: list[HtmlForm], serial: int) -> HtmlForm:
    form = next(form for form in found if "checked" in form.values)
    form.values["checked"] = f"复核无误（{serial}）。"
    return form


def _comment(found: list[HtmlForm], serial: int) -> HtmlForm:
    form = next(form for form in found if "comment" in form.action and "text" in form.values)
    form.values["text"] = f"已电话联系，客户同意明天上午派人（{serial}）。"
    return form
