"""How words become grams: folded text cut into overlapping pairs and triples, so that any fragment of it is found.

Pure functions. A *gram* is a pair of neighbouring characters, or a triple where all three are ASCII. A word that is
part of a text has only grams that the text has, so grams never miss; whether the word is really there is then read
in the text itself.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import add
from zlib import crc32

# Characters people cannot see and mail programs like to insert.
_INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\x7f\xad\u200b-\u200f\u2060\ufeff]")
_ASCII_STRETCH = re.compile(r"[\x21-\x7e]{3,}")
# Punctuation moves to private code points, so that a tokenizer that splits at ASCII punctuation keeps every gram.
_PUNCTUATION = re.compile(r"[\x00-\x1f!-/:-@\[-`{-\x7f]")
MOST_WORDS = 10
LONGEST_QUERY = 200


def storable(text: str) -> str:
    """``text`` as any database can hold it."""
    return text.encode("utf-8", "ignore").decode().replace("\x00", "")


def fold(text: str) -> str:
    """``text`` without what readers do not tell apart:
    full and half width, capitals and small letters, invisible signs.
    """
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFKC", text).casefold()).split())


def query_words(query: str) -> list[str]:
    """The folded words of what somebody typed, separated by spaces, each once; all of them must be found."""
    return list(dict.fromkeys(fold(storable(query)[:LONGEST_QUERY]).split()))[:MOST_WORDS]


def grams(folded: str) -> set[str]:
    """Every gram of a folded text."""
    pairs = {folded[i : i + 2] for i in range(len(folded) - 1)}
    pairs = {pair for pair in pairs if " " not in pair}
    for stretch in _ASCII_STRETCH.findall(folded):
        pairs.update(map(add, map(add, stretch, stretch[1:]), stretch[2:]))
    return pairs


def required_grams(word: str) -> list[str]:
    """The fewest grams that every text containing the folded ``word`` has; none for a single character."""
    starts = [i for i in range(len(word) - 2) if word[i : i + 3].isascii()]
    covered = {place for i in starts for place in (i, i + 1)}
    pairs = (word[i : i + 2] for i in range(len(word) - 1) if i not in covered)
    return list(dict.fromkeys([*(word[i : i + 3] for i in starts), *pairs]))


def distinctive_grams(folded: str) -> set[str]:
    """The grams by which texts resemble each other: pairs of ASCII letters alone say nothing."""
    return {gram for gram in grams(folded) if len(gram) == 3 or not gram.isascii()}


def kind_gram(kind: str) -> str:
    """The gram every text of one kind of record has; no typed word can contain it."""
    return f"\ue000{kind}"


def as_token(gram: str) -> str:
    """The gram as one word of SQLite's index."""
    return _PUNCTUATION.sub(lambda found: chr(0xE000 + ord(found[0])), gram)


def as_tokens(many: set[str]) -> str:
    """Grams as one line of words for SQLite's index."""
    return as_token(" ".join(many))


def as_number(gram: str) -> int:
    """The gram as a signed 32-bit number for PostgreSQL's index; two grams may share one, the text decides."""
    value = crc32(gram.encode())
    return value - (1 << 32) if value >= 1 << 31 else value


def excerpt(text: str, words: list[str], *, around: int = 30) -> list[tuple[str, bool]]:
    """The stretch of ``text`` about the first of the folded ``words``, in pieces; True marks what was looked for."""
    line = " ".join(text[:20000].split())
    start = max(0, _first(line, words) - around)
    window = line[start : start + around * 3]
    pieces: list[tuple[str, bool]] = [("…", False)] if start else []
    at = 0
    for first, last in _marks(window, words):
        pieces += [(window[at:first], False), (window[first:last], True)]
        at = last
    pieces.append((window[at:], False))
    if start + len(window) < len(line):
        pieces.append(("…", False))
    return [piece for piece in pieces if piece[0]]


def _first(line: str, words: list[str]) -> int:
    """Where in ``line`` the first of the words stands; 0 when none does."""
    lowered = line.casefold()
    if len(lowered) == len(line):
        places = [place for word in words if (place := lowered.find(word)) >= 0]
        if places:
            return min(places)
    folded, origin = _fold_with_origin(line)
    return min((origin[place] for word in words if (place := folded.find(word)) >= 0), default=0)


def _fold_with_origin(line: str) -> tuple[str, list[int]]:
    """The folded line, and for each of its characters where in ``line`` it came from."""
    folded: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(line):
        for one in _fold_one(character):
            folded.append(one)
            origin.append(place)
    return "".join(folded), origin


@lru_cache(maxsize=8192)
def _fold_one(character: str) -> str:
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", character).casefold())


def _marks(window: str, words: list[str]) -> list[tuple[int, int]]:
    """Where the words stand in ``window``, in order, overlapping ones joined."""
    folded, origin = _fold_with_origin(window)
    found: list[tuple[int, int]] = []
    for word in words:
        place = folded.find(word)
        while place >= 0:
            found.append((origin[place], origin[place + len(word) - 1] + 1))
            place = folded.find(word, place + len(word))
    joined: list[tuple[int, int]] = []
    for first, last in sorted(found):
        if joined and first < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
