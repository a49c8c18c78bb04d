"""Pictures of every skeleton and component: ``python -m tests.ui.shots [folder] [part of a name]``.

Pages are made from sample values and given to headless Chromium without a server.
"""

from __future__ import annotations

import mimetypes
import re
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import django
from django.conf import settings

HERE = Path(__file__).resolve().parent
STATIC = HERE.parents[1] / "src" / "huiyin" / "ui" / "static"
ORIGIN = "http://huiyin.test"
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


def prepare() -> None:
    """Django with nothing but the ui room, for running this file alone."""
    if not settings.configured:
        settings.configure(
            DEBUG=False,
            STATIC_URL="/static/",
            USE_TZ=True,
            LANGUAGE_CODE="zh-hans",
            TIME_ZONE="UTC",
            INSTALLED_APPS=["django.contrib.staticfiles", "huiyin.ui"],
        )
        django.setup()


def make_environment() -> Any:
    """The product's environment, with the sample pages beside the rooms' templates."""
    from jinja2 import FileSystemLoader

    from huiyin.ui.jinja import environment, template_folders

    return environment(loader=FileSystemLoader([*map(str, template_folders()), str(HERE / "pages")]), auto_reload=False)


def contexts() -> dict[str, tuple[str, dict[str, Any]]]:
    """Sample pages by name: template and context."""
    from django import forms as django_forms

    from huiyin.kernel.text import t
    from tests.ui import sample

    at = sample.AT
    icons = re.findall(r'symbol id="([a-z0-9]+)"', (STATIC / "ui" / "icons.svg").read_text("utf-8"))

    class SignIn(django_forms.Form):
        login = django_forms.CharField(label="用户名")
        password = django_forms.CharField(label="密码", widget=django_forms.PasswordInput)

    rows = sample.rows()
    listing = {"rows": rows, "filters": sample.FILTERS, "tabs": sample.TABS, "at": at}
    record = {
        "customer": sample.LONG_CUSTOMER,
        "steps": sample.STEPS,
        "offers": sample.OFFERS,
        "facts": sample.FACTS,
        "at": at,
        "tasks": rows[:3],
        "due": at + timedelta(hours=3, minutes=20),
        "soon": at + timedelta(minutes=50),
        "late": at - timedelta(days=2, hours=1),
    }
    return {
        "list": ("list.html", listing),
        "list-empty": ("list.html", {**listing, "rows": [], "filters": sample.FILTERS[:1]}),
        "record": ("record.html", record),
        "form": ("form.html", {"form": sample.empty_form()}),
        "form-refused": ("form.html", {"form": sample.refused_form()}),
        "board": ("board.html", {"columns": sample.COLUMNS, "filters": sample.FILTERS, "at": at}),
        "report": (
            "report.html",
            {"rows": rows, "loop_share": {3: "0.2%", 1200: "96.9%", 1: "0.1%", 24: "1.9%", 10: "0.8%"}},
        ),
        "styleguide": (
            "ui/styleguide.html",
            {
                "steps": sample.STEPS,
                "reasons": sample.REASONS,
                "icons": icons,
                "people": ("王晓梅", "Hans Peter Müller", "欧阳建国"),
                "form": sample.refused_form(),
                "at": at,
                "phases": [(phase, t(zh, en)) for phase, zh, en in sample.STATES],
                "dues": [at + timedelta(hours=h) for h in (-52, -0.5, 0, 1.5, 9, 240)],
            },
        ),
        "signin": ("signin.html", {"form": SignIn()}),
        "refusal": (
            "ui/refusal.html",
            {
                "reasons": sample.REASONS,
                "back": "/x",
                "typed": [(t("结论", "Verdict"), "同意换货 24 件，费用由供应商承担。")],
            },
        ),
        "conflict": (
            "ui/conflict.html",
            {
                "differences": sample.DIFFERENCES,
                "action": "/x",
                "version": 4,
                "back": "/y",
                "who": "李强",
                "when": at,
                "csrf_input": "",
            },
        ),
        "404": ("404.html", {}),
        "500": ("500.html", {}),
    }


BARE = {"signin", "500", "404", "refusal", "conflict"}


def page(environment: Any, name: str, language: str = "zh", theme: str = "light") -> str:
    """The HTML of one sample page."""
    from django.utils import translation

    from tests.ui import sample

    template, context = contexts()[name]
    around = {} if name in BARE else {"shell": sample.shell(language, theme, empty=name == "list-empty")}
    with translation.override("en" if language == "en" else "zh-hans"):
        return str(environment.get_template(template).render({"csrf_input": "", **around, **context}))


def serve(route: Any, pages: dict[str, str]) -> None:
    """Answers the browser from memory and from the static folder, under the product's own content policy."""
    path = route.request.url.removeprefix(ORIGIN).split("?")[0]
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/")
        route.fulfill(body=file.read_bytes(), content_type=mimetypes.guess_type(file.name)[0] or "text/plain")
    elif path.strip("/") in pages:
        policy = "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'"
        route.fulfill(
            body=pages[path.strip("/")],
            headers={"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy},
        )
    elif path.startswith("/lookup"):
        route.fulfill(
            json={
                "items": [
                    {
                        "key": "7",
                        "label": "宁波海天液压件厂",
                        "hint": "NBHT · 浙江宁波",
                        "fill": {"model": "CYZ-65"},
                    }
                ]
            }
        )
    else:
        route.fulfill(body="", content_type="text/html")


def answering(pages: dict[str, str]) -> Callable[[Any], None]:
    """A handler of the browser's requests that knows ``pages``."""
    return lambda route: serve(route, pages)


def variants() -> Iterator[tuple[str, str, str]]:
    """Language, theme and size of every picture."""
    for language, theme in (("zh", "light"), ("en", "light"), ("zh", "dark")):
        for size in SIZES:
            yield language, theme, size


def main(folder: Path, part: str = "") -> None:
    """Takes the pictures; prints what the console said and what is wider than the screen."""
    from playwright.sync_api import sync_playwright

    prepare()
    environment = make_environment()
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"],
        )
        for language, theme, size in variants():
            names = [n for n in contexts() if part in f"{n}-{language}-{theme}-{size}"]
            pages = {n: page(environment, n, language, theme) for n in names}
            context = browser.new_context(viewport=SIZES[size], color_scheme=theme, device_scale_factor=1)
            context.route("**/*", answering(pages))
            tab = context.new_page()
            tab.on("console", lambda m: print("console:", m.text))  # noqa: T201
            tab.on("pageerror", lambda e: print("error:", e))  # noqa: T201
            for name in names:
                tab.goto(f"{ORIGIN}/{name}")
                wide = tab.evaluate("document.documentElement.scrollWidth - innerWidth")
                if wide > 0:
                    print(f"{name}-{language}-{theme}-{size}: {wide} px too wide")  # noqa: T201
                tab.screenshot(path=folder / f"{name}-{language}-{theme}-{size}.png", full_page=size == "desk")
            context.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "shots"), *sys.argv[2:3])
