"""Reads a form out of a page as a browser would: its address, and the fields with what stands in them."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser


@dataclass
class HtmlForm:
    """A form's action, method and the values it would send untouched; ``choices`` are the options of each selection."""

    action: str
    method: str
    values: dict[str, str] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    required: set[str] = field(default_factory=set)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[HtmlForm] = []
        self.form: HtmlForm | None = None
        self.select = ""
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form":
            self.form = HtmlForm(given.get("action", ""), given.get("method", "get").lower())
            self.forms.append(self.form)
        elif self.form is None:
            return
        elif tag == "option" and self.select:
            self._option(self.form, given)
        elif name:
            if "required" in given:
                self.form.required.add(name)
            if tag == "input":
                self._input(self.form, name, given)
            elif tag == "textarea":
                self.area = name
                self.form.values[name] = ""
            elif tag == "select":
                self.select = name
                self.form.choices[name] = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None
        elif tag == "select":
            self.select = ""
        elif tag == "textarea" and self.form is not None:
            self.form.values[self.area] = self.form.values[self.area].removeprefix("\n")  # as browsers do
            self.area = ""

    def handle_data(self, data: str) -> None:
        if self.form is not None and self.area:
            self.form.values[self.area] += data

    def _option(self, form: HtmlForm, given: dict[str, str]) -> None:
        value = given.get("value", "")
        form.choices[self.select].append(value)
        if "selected" in given or self.select not in form.values:
            form.values[self.select] = value

    @staticmethod
    def _input(form: HtmlForm, name: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text")
        if kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.values[name] = given.get("value", "on")
        elif kind not in ("submit", "button", "file", "image", "reset"):
            form.values[name] = given.get("value", "")


def forms(html: str) -> list[HtmlForm]:
    """Every form of the page, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.forms
