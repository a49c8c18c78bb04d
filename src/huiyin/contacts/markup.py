"""The formatted text of a mail, made harmless: a few plain tags, no styles, no scripts, pictures from our own store
only.

``harmless`` bounds what strangers wrote before any parser builds a tree of it (nested tags make parsers slow), then
leaves the judgement to nh3. What is stored is cleaned again each time it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html import escape, unescape

import nh3
from markupsafe import Markup

LONGEST = 400_000
DEEPEST = 60
_BLOCKS = "p div blockquote pre ul ol li table thead tbody tfoot tr td th h1 h2 h3 h4 h5 h6 dl dt dd"
_WORDS = "b strong i em u s del ins sub sup small code a"
EMPTY = frozenset({"br", "hr", "img"})
TAGS = frozenset(_BLOCKS.split()) | frozenset(_WORDS.split()) | EMPTY
OTHER_NAMES = {
    "center": "div",
    "section": "div",
    "article": "div",
    "strike": "s",
    "tt": "code",
    "address": "div",
}
# What stands between these is not for readers.
_SILENT = "script style title head template textarea select noscript iframe object svg math xmp noembed"
SILENT = frozenset(_SILENT.split())
ATTRIBUTES = {
    "a": {"href"},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
LINKS = ("http://", "https://", "mailto:", "tel:")
_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,15}(?:[:-][a-zA-Z0-9]{1,15}){0,3})(?=[\s/>]|$)")
_ATTRIBUTE = re.compile(r"""(?<![\w-])([a-zA-Z]{3,7})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_IN_ATTRIBUTE = {"<": "%3C", ">": "%3E", '"': "%22"}
_SPACES = re.compile(r"[ \t\xa0]+")
_BLOCK = re.compile(r"</?(?:p|div|blockquote|pre|ul|ol|table|tr|h[1-6]|dl|dt|dd)(?:\s[^>]*)?>|<hr>")
_TAG = re.compile(r"<[^>]*>")
_NO_PICTURE = re.compile(r"<img(?: alt=\"[^\"]*\")?>")

Picture = Callable[[str], str]


@dataclass(slots=True)
class SanitisedHtml:
    """A mail's formatted text as it may be stored; what was left out is counted."""

    html: str
    remote_pictures: int = 0
    cut: bool = False


def sanitise_html(html: str, *, embedded: Picture | None = None) -> SanitisedHtml:
    """``html`` without anything active; pictures stay when they came with the mail (``cid:``).

    ``embedded`` takes a picture written into the text itself (``data:image/…``) and gives the id under which it is
    kept.
    """
    writer = _Writer(embedded)
    for is_tag, piece in _pieces(html):
        if writer.length > LONGEST:
            writer.cut = True
            break
        if is_tag:
            writer.tag(piece)
        else:
            writer.text(piece)
    body = _cleaned(writer.finish(), lambda source: source if source.startswith("cid:") else "")
    return SanitisedHtml(body, writer.remote, writer.cut)


def shown(html: str, pictures: Mapping[str, str]) -> Markup:
    """Stored formatted text for a page; ``pictures`` gives the address of each picture by its id."""
    return Markup(_cleaned(html, lambda source: pictures.get(source.removeprefix("cid:"), "")))  # noqa: S704 - cleaned


def as_text(html: str) -> str:
    """The words of harmless html, in lines as a reader sees them."""
    text = re.sub(r"\s+", " ", html)
    text = re.sub(r"<li(?:\s[^>]*)?>", "\0· ", text)
    text = re.sub(r"</t[dh]>", "\t", text).replace("</li>", "\0").replace("<br>", "\n")
    text = unescape(_TAG.sub("", _BLOCK.sub("\0", text)))
    lines: list[str] = []
    for block in text.split("\0"):
        if "\n" in block or block.strip():
            lines += (_SPACES.sub(" ", line).strip() for line in block.rstrip(" ").removesuffix("\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _cleaned(html: str, picture: Picture) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if (tag, name) == ("img", "src"):
            return picture(value) or None
        return value if name == "rel" or name in ATTRIBUTES.get(tag, ()) else None

    clean = nh3.clean(
        html,
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        attribute_filter=attribute,
        url_schemes={"http", "https", "mailto", "tel", "cid"},
        link_rel="noopener noreferrer nofollow",
    )
    return _NO_PICTURE.sub("", clean)


def _pieces(html: str) -> Iterator[tuple[bool, str]]:
    """Tags (True) and the text between them, in order; comments and what is not for readers left out.

    Linear in length.
    """
    at, end = 0, len(html)
    endless: set[str] = set()
    while at < end:
        opening = html.find("<", at)
        if opening < 0:
            yield False, html[at:]
            return
        if opening > at:
            yield False, html[at:opening]
        name = _NAME.match(html, opening)
        if name is None and not html.startswith(("<!", "<?", "</"), opening):  # "a < b"
            yield False, "<"
            at = opening + 1
            continue
        if html.startswith("<!--", opening):
            ending = html.find("-->", opening + 4)
            at = ending + 3 if ending >= 0 else end
            continue
        close = _tag_end(html, opening)
        if close < 0:
            yield False, html[opening:]
            return
        at = close + 1
        if name is not None and name[1].lower() in SILENT and html[opening + 1] != "/":
            at = _after(html, name[1].lower(), at, endless)
        elif name is not None:
            yield True, html[opening:at]


def _tag_end(html: str, opening: int) -> int:
    """The place of the ``>`` that ends the tag; one in quotes does not, unless the quotes never end."""
    close = html.find(">", opening)
    if close < 0 or html.count('"', opening, close) % 2 == 0:
        return close
    quote = html.find('"', close)
    later = html.find(">", quote) if quote >= 0 else -1
    return later if 0 <= later < opening + 200_000 else close


def _after(html: str, name: str, at: int, endless: set[str]) -> int:
    """Where the reader's text goes on behind a silent element; ``endless`` remembers what is closed nowhere."""
    if name not in endless:
        closing = re.compile(rf"</{name}\b[^>]*>", re.IGNORECASE).search(html, at)
        if closing is not None:
            return closing.end()
        endless.add(name)
    return at if name in ("head", "title", "svg", "math", "object", "select") else len(html)


@dataclass(slots=True)
class _Writer:
    """Puts known tags out again, well nested and not too deep."""

    embedded: Picture | None
    out: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    length: int = 0
    remote: int = 0
    cut: bool = False

    def put(self, text: str) -> None:
        """One more piece of the result."""
        self.out.append(text)
        self.length += len(text)

    def text(self, piece: str) -> None:
        """Words; entities are read, then everything special is written as an entity."""
        room = max(LONGEST - self.length, 0) + 1
        self.put(escape(unescape(piece[:room]), quote=False)[: 2 * room])

    def tag(self, piece: str) -> None:
        """A tag, if it is one of ours; closing tags close what they opened and all within."""
        match = _NAME.match(piece)
        name = match[1].lower() if match else ""
        name = OTHER_NAMES.get(name, name)
        if name not in TAGS:
            return
        if piece[1] == "/":
            if name in self.opened:
                while self._close() != name:
                    pass
        elif name in EMPTY:
            its = self._attributes(name, piece)
            if name != "img" or " src=" in its:
                self.put(f"<{name}{its}>")
        elif len(self.opened) < DEEPEST:
            self._end_sister(name)
            self.put(f"<{name}{self._attributes(name, piece)}>")
            self.opened.append(name)

    def _end_sister(self, name: str) -> None:
        """Lines and cells that senders leave open end where the next begins."""
        if self.opened and name in ("p", "li", "td", "th", "tr", "dt", "dd") and self.opened[-1] == name:
            self._close()

    def _close(self) -> str:
        name = self.opened.pop()
        self.put(f"</{name}>")
        return name

    def _attributes(self, name: str, piece: str) -> str:
        wanted = ATTRIBUTES.get(name)
        if not wanted:
            return ""
        values: dict[str, str] = {}
        for match in _ATTRIBUTE.finditer(piece):
            key = match[1].lower()
            if key in wanted and key not in values:
                values[key] = unescape(match[2].strip("\"'")).strip()
        return "".join(
            f' {key}="{escape(value)}"' for key, raw in values.items() if (value := self._value(key, raw)) is not None
        )

    def _value(self, key: str, value: str) -> str | None:
        """An attribute's value as it may stay; None when it goes."""
        if key in ("colspan", "rowspan"):
            return value if value.isdecimal() and len(value) <= 2 else None
        if key == "href":
            plain = "".join(_IN_ATTRIBUTE.get(char, char) for char in value[:2000])
            return plain if value.lower().startswith(LINKS) else None
        if key == "alt":
            return re.sub(r"[<>\"&=]", " ", value[:200])
        if value.lower().startswith("cid:"):
            return "cid:" + value[4:].strip()[:200]
        if value.lower().startswith("data:image/") and self.embedded is not None:
            kept = self.embedded(value)
            return f"cid:{kept}" if kept else None
        self.remote += 1
        return None

    def finish(self) -> str:
        """The whole, everything closed."""
        while self.opened:
            self._close()
        return "".join(self.out)
