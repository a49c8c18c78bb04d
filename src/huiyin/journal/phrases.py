"""One sentence per event in both languages; particulars fill the places when somebody reads it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime, tzinfo
from types import MappingProxyType
from typing import Any

from huiyin.journal.models import Entry
from huiyin.kernel.text import Text
from huiyin.procedure import versions, vocabulary

_phrases: dict[str, Text] = {}
SENTENCES: Mapping[str, Text] = MappingProxyType(_phrases)
"""The sentence of every event that has one."""
IN_BRACKETS = re.compile(r"\s*[（(]\{(\w+)\}[）)]")
NOTHING_AT_THE_END = re.compile(r"(?:[：:，,。.\s]\s*—|\s*[（(]—[）)])$")


REASON = "reason"
"""The particular that says why: every sentence of a declared kind tells it, whether it has a place for it or not."""
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?\+00:00")
"""A moment as particulars hold it; people read it in the time of the site, and as UTC where an entry knows no site."""


def register_sentence(event: str, text: Text) -> None:
    """Say ``event`` with ``text``; places name particulars, ``{actor}`` who did it, ``{number}`` the record."""
    vocabulary.reserve(event.partition(".")[0])
    _phrases[event] = text


def known_events() -> frozenset[str]:
    """Events that have a sentence."""
    return frozenset(_phrases)


def _shown(value: Any, language: str, zone: tzinfo | None = None) -> str:
    if isinstance(value, dict) and value.keys() == {"zh", "en"}:
        return str(value[language])
    if isinstance(value, list):
        return ("、" if language == "zh" else ", ").join(_shown(v, language, zone) for v in value)
    if isinstance(value, str) and MOMENT.fullmatch(value):
        said = f"{datetime.fromisoformat(value).astimezone(zone or UTC):%Y-%m-%d %H:%M}"
        return said if zone else f"{said} UTC"
    return "—" if value in (None, "") else str(value)


def sentence(entry: Entry, language: str) -> str:
    """What happened, in ``language``."""
    language = "en" if language.startswith("en") else "zh"
    text = _phrases.get(entry.event) or _with_reason(entry, _declared_sentence(entry))
    zone = versions.procedure_of(entry.procedure_id).zone if entry.procedure_id else None
    values = defaultdict(lambda: "—", {k: _shown(v, language, zone) for k, v in entry.particulars.items()})
    values["actor"] = entry.who.show(language)
    values["number"] = entry.number
    pattern = IN_BRACKETS.sub(
        lambda place: "" if values[place[1]] == "—" else place[0], text.zh if language == "zh" else text.en
    )
    said = pattern.format_map(values)
    return NOTHING_AT_THE_END.sub("", said)


def _declared_sentence(entry: Entry) -> Text:
    """The sentence of an event that the entry's own version declares; one of the event's label where it says none."""
    if entry.procedure_id is None:
        return Text(f"{{actor}} {entry.event}", f"{{actor}} {entry.event}")
    words = versions.procedure_of(entry.procedure_id).vocabulary
    said, event = words.sentences.get(entry.event), words.events.get(entry.event)
    if said is not None:
        return said
    label = event.label if event is not None else Text(entry.event, entry.event)
    return Text(f"{{actor}}：{_literal(label.zh)}", f"{{actor}}: {_literal(label.en)}")


def _with_reason(entry: Entry, said: Text) -> Text:
    """The sentence of a step that was taken for a reason, with a place for it where the pack gave it none."""
    if not entry.particulars.get(REASON) or f"{{{REASON}}}" in said.zh:
        return said
    zh, en = (words.rstrip("。.：:") for words in (said.zh, said.en))
    return Text(f"{zh}：{{{REASON}}}", f"{en}: {{{REASON}}}")


def _literal(words: str) -> str:
    return words.replace("{", "{{").replace("}", "}}")


class Sentence(Text):
    """What an entry says, put together in the language in which it is asked for: a page reads one of the two."""

    __slots__ = ("entry",)
    entry: Entry

    def __init__(self, entry: Entry) -> None:
        object.__setattr__(self, "entry", entry)

    @property
    def zh(self) -> str:  # type: ignore[override]
        """In Chinese."""
        return sentence(self.entry, "zh")

    @property
    def en(self) -> str:  # type: ignore[override]
        """In English."""
        return sentence(self.entry, "en")

    @property
    def values(self) -> dict[str, Any]:  # type: ignore[override]
        """No places are left to fill."""
        return {}
