"""What every answer carries: a strict policy, no frame, safe cookies, no secrets;
and forms that only our pages can send.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as product
from django.test import Client

from tests.attacks.siege import Town, addresses, ask, real_paths
from tests.config.test_doors import listed

ROOT = Path(__file__).resolve().parents[2]
INLINE = re.compile(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=\"|javascript:", re.IGNORECASE)


def guarded(answer: Any) -> tuple[bool, str, str]:
    policy = answer.headers.get("Content-Security-Policy", "")
    strict = "unsafe" not in policy and "default-src 'self'" in policy and "frame-ancestors 'none'" in policy
    sealed = "default-src 'none'" in policy and "sandbox" in policy and "script" not in policy
    return (
        strict or sealed,
        answer.headers.get("X-Frame-Options", ""),
        answer.headers.get("X-Content-Type-Options", ""),
    )


def test_every_page_has_a_strict_policy_and_nothing_inline(town: Town) -> None:
    browser, bare, inline = town.browser("song"), {}, []
    for path in {p for pattern in addresses() for p in real_paths(pattern, town)}:
        answer = ask(browser, "get", path)
        bare[path] = guarded(answer)
        if (
            not answer.streaming
            and "html" in answer.headers.get("Content-Type", "")
            and INLINE.search(answer.content.decode())
        ):
            inline.append(path)
    assert {path: found for path, found in bare.items() if found != (True, "DENY", "nosniff")} == {}
    assert inline == []


@pytest.mark.parametrize(
    ("status", "path", "sent"),
    [
        (404, "/nowhere", {}),
        (400, "/", {"headers": {"host": "evil.example"}}),
        (400, "/search?q=a%00b", {}),
        (405, "/comments/complaint/x", {}),
        (302, "/people/", {"anonymous": True}),
    ],
)
def test_what_is_refused_is_guarded_too(town: Town, status: int, path: str, sent: dict[str, Any]) -> None:
    browser = Client() if sent.pop("anonymous", False) else town.browser("mei")
    answer = browser.get(path, **sent)
    assert (answer.status_code, *guarded(answer)) == (status, True, "DENY", "nosniff")


def test_every_form_must_come_from_our_pages(town: Town) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = town.browser("root").cookies
    open_ones = {f"/{path}" for path in listed()}
    found = {}
    for path in {next(real_paths(pattern, town)) for pattern in addresses()} - {"/healthz"}:
        if path not in open_ones:
            found[path] = ask(browser, "post", path, {"language": "en", "text": "x"}).status_code
    assert {path: status for path, status in found.items() if status != 403} == {}


@pytest.fixture(scope="module")
def online(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a site with HTTPS says of itself: Django's own check, doctor's report, its cookies."""
    secret = "a-secret-that-nobody-may-read-0123456789-abcdefgh-ijklmnop"
    env = {
        **os.environ,
        "HUIYIN_HTTPS": "1",
        "HUIYIN_HOSTS": "huiyin.example",
        "HUIYIN_SECRET_KEY": secret,
        "HUIYIN_DATA": str(tmp_path_factory.mktemp("data")),
        "DJANGO_SETTINGS_MODULE": "huiyin.config.settings",
        "PYTHONPATH": str(ROOT / "src"),
    }
    env.pop("DATABASE_URL", None)
    script = (
        "import django, json; django.setup()\n"
        "from django.conf import settings as s\n"
        "names = ['SESSION_COOKIE_NAME','CSRF_COOKIE_NAME','SESSION_COOKIE_SECURE','CSRF_COOKIE_SECURE',"
        "'SESSION_COOKIE_HTTPONLY','CSRF_COOKIE_HTTPONLY','SESSION_COOKIE_SAMESITE','SECURE_SSL_REDIRECT',"
        "'SESSION_COOKIE_DOMAIN','CSRF_COOKIE_DOMAIN','SESSION_COOKIE_PATH']\n"
        "print(json.dumps({n: getattr(s, n) for n in names}))\n"
    )

    def run(*call):
        return subprocess.run([sys.executable, *call], env=env, capture_output=True, text=True, timeout=120)

    return {
        "secret": secret,
        "check": run("-m", "django", "check", "--deploy", "--fail-level", "WARNING"),
        "doctor": run("-m", "huiyin", "doctor", "--json"),
        "settings": json.loads(run("-c", script).stdout),
    }


def test_deployment_has_no_warning(online: dict[str, Any]) -> None:
    assert (online["check"].returncode, online["check"].stderr) == (0, "")


def test_cookies_are_for_this_host_over_https_alone(online: dict[str, Any]) -> None:
    assert online["settings"] == {
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
        "SESSION_COOKIE_SECURE": True,
        "CSRF_COOKIE_SECURE": True,
        "SESSION_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SECURE_SSL_REDIRECT": True,
        "SESSION_COOKIE_DOMAIN": None,
        "CSRF_COOKIE_DOMAIN": None,
        "SESSION_COOKIE_PATH": "/",
    }


def test_the_doctor_tells_no_secret(online: dict[str, Any]) -> None:
    said = online["doctor"].stdout + online["doctor"].stderr
    assert online["doctor"].stdout.startswith("[")
    assert online["secret"] not in said


def test_a_fault_inside_shows_nothing_of_the_inside(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    from huiyin.complaints import lists

    def broken(*_: Any) -> None:
        raise RuntimeError("password=hunter2")

    monkeypatch.setattr(type(lists.COMPLAINTS), "shown", broken)
    answer = town.browser("mei").get("/complaints/")
    assert answer.status_code == 500
    said = answer.content.decode()
    assert [
        word for word in ("hunter2", "RuntimeError", "Traceback", product.SECRET_KEY, "/src/") if word in said
    ] == []


RISKY = re.compile(
    r"^\s*(?:import|from) (?:pickle|marshal|shelve|yaml|dill)\b|\byaml\.load|(?<![\w.])(?:eval|exec)\(",
    re.MULTILINE,
)


def test_nothing_of_ours_unpickles_or_runs_what_it_reads() -> None:
    home = ROOT / "src" / "huiyin"
    found = {path.relative_to(home).as_posix() for path in home.rglob("*.py") if RISKY.search(path.read_text("utf-8"))}
    assert found == set()
