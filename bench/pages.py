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

PROBLEM = "客户来电：3 号机运行两小时后左侧油封漏油，已更换两次仍然漏，要求本周内派人处理并说明原因。"


@dataclass(frozen=True)
class MeasuredPage:
    """A page that is opened: ``paths`` are visited in turn, so that no cache of one answer helps."""

    key: str
    paths: tuple[str, ...]

    def requests(self, count: int) -> list[dict[str, Any]]:
        """The requests of one measurement."""
        return [{"method": "GET", "path": path} for path in islice(cycle(self.paths), count)]


def pages(numbers: list[str]) -> list[MeasuredPage]:
    """The pages, given numbers of existing complaints."""
    chosen = random.Random(7).sample(numbers, min(len(numbers), 50))
    records = tuple(f"/complaints/{urllib.parse.quote(number, safe='~')}" for number in chosen)
    return [
        MeasuredPage("record", records),
        MeasuredPage("list", ("/complaints/",)),
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


def _comment(found: list[HtmlForm], serial: int) -> HtmlForm:
    form = next(form for form in found if "comment" in form.action and "text" in form.values)
    form.values["text"] = f"已电话联系，客户同意明天上午派人（{serial}）。"
    return form
