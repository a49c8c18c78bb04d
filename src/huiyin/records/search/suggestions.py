"""What the search box offers while somebody types: the record with that number, records, and what other rooms add."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from huiyin.journal.record_urls import kind_name, record_url, subject_label
from huiyin.kernel.text import Text
from huiyin.people.models import Person
from huiyin.procedure.schema import Procedure
from huiyin.records.search import search

FEW = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One thing to open: where it is, its words, a second line, and what it is called."""

    url: str
    label: str | Text
    hint: str | Text = ""
    group: str | Text = ""


Suggester = Callable[[Person, str, int], Sequence[Suggestion]]
_suggesters: list[Suggester] = []


def register_suggester(suggest: Suggester) -> None:
    """``suggest(person, text, limit)`` adds what words alone do not find,
    such as customers by the initials of their pinyin.
    """
    if suggest not in _suggesters:
        _suggesters.append(suggest)


def suggestions(person: Person, text: str, *, procedure: Procedure | None = None, limit: int = FEW) -> list[Suggestion]:
    """What ``text`` may mean to ``person``: the record with that number, then what the rooms add,
    then other records.
    """
    typed = search.fold(text)
    if len(typed) < 2:
        return []
    hits = [_of(hit, procedure) for hit in search.search(person, text, limit=limit)]
    exact = [one for one in hits if search.fold(str(one.hint)) == typed]
    found = [*exact, *others(person, text, {one.url for one in exact}, limit=limit)]
    met = {one.url for one in found}
    return [*found, *(one for one in hits if one.url not in met)][: 2 * limit]


def others(person: Person, text: str, met: set[str], *, limit: int = FEW) -> list[Suggestion]:
    """What the rooms above add to the records found, without the pages already ``met``."""
    found = [one for suggest in _suggesters for one in suggest(person, text, limit)] if text.strip() else []
    return [one for one in {one.url: one for one in found}.values() if one.url not in met]


def _of(hit: search.SearchHit, procedure: Procedure | None) -> Suggestion:
    name = subject_label(hit.kind, hit.title, procedure) or hit.number
    return Suggestion(record_url(hit.kind, hit.number), name, hit.number, kind_name(hit.kind, procedure))


def the_one(hits: Sequence[search.SearchHit], text: str) -> str | None:
    """The address of the one record among ``hits`` whose very number was typed."""
    same = [hit for hit in hits if search.fold(hit.number) == search.fold(text)]
    return record_url(same[0].kind, same[0].number) if len(same) == 1 else None
