"""The walk of ``bin/up --check`` through the main pages: signed in through the real form, as a browser would."""

from __future__ import annotations

import http.cookiejar
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass

NUMBER = re.compile(r'href="/complaints/([^"/?#]*\d[^"/?#]*)"')
LANGUAGE = "zh-CN,zh"


@dataclass(frozen=True)
class TourResponse:
    """What came back: status, final address after redirects, and the text."""

    status: int
    address: str
    text: str


class Visitor:
    """A browser without a screen: keeps cookies, follows redirects, carries the form's secret."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.jar = http.cookiejar.CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, path: str) -> TourResponse:
        """GET a path of the site; answers also for refusals."""
        return self._send(urllib.request.Request(self.address + path))

    def post(self, path: str, fields: dict[str, str]) -> TourResponse:
        """POST a form to a path of the site."""
        data = urllib.parse.urlencode(fields).encode()
        request = urllib.request.Request(self.address + path, data, {"Referer": self.address + path})
        return self._send(request)

    def sign_in(self, username: str, password: str) -> TourResponse:
        """Open the first page, be sent to the sign-in form, fill it in."""
        form = self.get("/")
        path = urllib.parse.urlsplit(form.address).path
        secret = re.search(r'name="csrfmiddlewaretoken"\s+value="([^"]+)"', form.text)
        fields = {"login": username, "password": password, "next": "/"}
        if secret:
            fields["csrfmiddlewaretoken"] = secret[1]
        return self.post(path, fields)

    def _send(self, request: urllib.request.Request) -> TourResponse:
        request.add_header("Accept-Language", LANGUAGE)
        try:
            with self.opener.open(request, timeout=30) as response:
                return TourResponse(response.status, response.url, response.read().decode("utf-8", "replace"))
        except urllib.error.HTTPError as refusal:
            return TourResponse(refusal.code, refusal.url or "", refusal.read().decode("utf-8", "replace"))


# By function: the paths such a person opens, each with a word they would look for there.
STOPS = {
    "reception": (
        ("/", "今日"),
        ("/complaints/", "投诉"),
        ("/complaints/new", "客户"),
        ("/customers/", "客户"),
        ("/replacements/", "补换退货"),
        ("/replacements/new", "申请原因"),
        ("/stock-takes/", "盘点"),
        ("/obligations/", "待办"),
    ),
    "quality": (
        ("/", "今日"),
        ("/problems/", "8D"),
        ("/problems/new", "题目"),
        ("/scars/", "供方整改"),
        ("/clauses/", "条款"),
        ("/assessments/", "考核"),
    ),
}


def faults(address: str, people: list[dict[str, str]]) -> list[str]:
    """Everything wrong on a walk through the site; [] when all is well."""
    stranger = Visitor(address)
    found = _health(stranger)
    shown = stranger.get("/complaints/")
    if 'name="password"' not in shown.text:
        found.append(f"/complaints/: shown to a stranger ({shown.status})")
    for function, stops in STOPS.items():
        person = next(p for p in people if function in p["functions"])
        visitor = Visitor(address)
        entered = visitor.sign_in(person["username"], person["password"])
        if entered.status != 200 or 'name="password"' in entered.text:
            return [*found, f"sign-in of {person['username']} failed ({entered.status} at {entered.address})"]
        for path, word in stops:
            found += _look(visitor, path, word)
        found += _record(visitor)
    return found


def _record(visitor: Visitor) -> list[str]:
    """The first complaint of the list, and the search that finds it."""
    listed = NUMBER.search(visitor.get("/complaints/").text)
    if not listed:
        return ["/complaints/: no complaint is listed"]
    number = urllib.parse.unquote(listed[1])
    found = _look(visitor, f"/complaints/{listed[1]}", number)
    return found + _look(visitor, "/search?q=" + urllib.parse.quote(number), f"/complaints/{listed[1]}")


def _health(visitor: Visitor) -> list[str]:
    answer = visitor.get("/healthz")
    wanted = {"status": "ok", "database": "ok", "worker": "ok"}
    return [] if answer.status == 200 and json.loads(answer.text) == wanted else [f"/healthz: {answer.text[:200]}"]


def _look(visitor: Visitor, path: str, word: str) -> list[str]:
    answer = visitor.get(path)
    if answer.status != 200:
        return [f"{path}: {answer.status}"]
    return [] if word in answer.text else [f"{path}: «{word}» is not on the page"]
