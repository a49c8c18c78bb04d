"""Whether conditions can hold together: those on one fact, and those on which it hangs that the fact is there. Pure.

Nothing is said of what cannot be known: several answers to one field may hold at once, and a field of the product may
hold several.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from itertools import islice

from huiyin.procedure.kind_entries import Condition, FieldEntry

MOST_WAYS = 512
"""So many ways in which conditions with ``any`` may hold are looked at; of more nothing is said."""
SEVERAL = ("choices", "person", "department", "customer", "record", "rows", "file", "photo", "signature", "opinion")
"""Types whose values are several words, or are known by several."""
NO_NUMBER = (
    *(name for name in SEVERAL if name != "rows"),
    "yesno",
    "date",
    "moment",
    "time",
    "period",
    "email",
    "link",
    "note",
)
"""Types whose values lie neither over nor under a number; of rows their count does."""
NO_DAY = (
    *SEVERAL,
    "yesno",
    "choice",
    "number",
    "quantity",
    "money",
    "percent",
    "measured",
    "score",
    "time",
    "duration",
    "telephone",
    "email",
    "link",
    "note",
)
"""Types whose values are no day that could be old enough."""
USUAL_DECIMALS = {"number": 3, "quantity": 3, "percent": 3, "measured": 3, "money": 2, "score": 0}
"""How many decimals the form of a field takes that says nothing of it."""


@dataclass(frozen=True)
class KnownField:
    """A field of which conditions speak: its entry, None of a field of the product, and its options where it has any.

    ``is_read``: whether conditions that stand there find what is in it.
    """

    entry: FieldEntry | None = None
    options: frozenset[str] | None = None
    is_read: bool = True

    @property
    def holds_one(self) -> bool:
        """Whether it surely holds one word at most."""
        return self.entry is not None and self.entry.type not in SEVERAL

    @property
    def is_never_kept(self) -> bool:
        """Whether no condition ever finds anything in it: a note, or what is read live from another record."""
        return not self.is_read or (self.entry is not None and (self.entry.type == "note" or bool(self.entry.shows)))


Fields = Callable[[str], KnownField | None]
"""The field of a name; None where nothing is known of it."""


@dataclass(frozen=True)
class Conflict:
    """Conditions that can never all hold: on which field they meet, and whether that is certain."""

    field: str
    is_certain: bool


def wants(one: Condition) -> bool:
    """Whether a condition holds only where something is written."""
    number = one.over is not None or one.under is not None
    return bool(one.is_) or number or one.older_than is not None or one.filled is True


def conflict(conditions: Iterable[Condition], fields: Fields) -> Conflict | None:
    """Why the conditions can never all hold, with those on which their fields are shown; None where they may."""
    found: list[Conflict] = []
    ways = list(islice(_ways(tuple(conditions), (), frozenset(), fields), MOST_WAYS + 1))
    if len(ways) > MOST_WAYS:
        return None
    for way in ways:
        here = next((one for one in (_met(name, way, fields) for name in _names(way)) if one is not None), None)
        if here is None:
            return None
        found.append(here)
    return next((one for one in found if not one.is_certain), found[0]) if found else None


def _ways(
    todo: tuple[Condition, ...], done: tuple[Condition, ...], asked: frozenset[str], fields: Fields
) -> Iterator[tuple[Condition, ...]]:
    """The ways in which all may hold: of those in ``any`` one, and with each fact what lets its field be shown."""
    if not todo:
        yield done
        return
    first, *rest = todo
    if first.any:
        for one in first.any:
            yield from _ways((one, *rest), done, asked, fields)
        return
    more: Sequence[Condition] = ()
    known = fields(first.field)
    if known is not None and known.entry is not None and wants(first) and first.field not in asked:
        more, asked = known.entry.shown, asked | {first.field}
    yield from _ways((*rest, *more), (*done, first), asked, fields)


def _names(way: Iterable[Condition]) -> list[str]:
    return list(dict.fromkeys(one.field for one in way))


def _met(name: str, way: Iterable[Condition], fields: Fields) -> Conflict | None:
    """The conflict on one field of a way; None where something may stand there that all like."""
    here = [one for one in way if one.field == name]
    known = fields(name) or KnownField()
    wanted = any(map(wants, here))
    if wanted and (known.is_never_kept or any(one.filled is False for one in here)):
        return Conflict(name, is_certain=True)
    if not _is_of_the_sort(here, known) or not _is_between(here, known):
        return Conflict(name, is_certain=True)
    return None if _has_a_word(here, known) else Conflict(name, is_certain=known.entry is not None)


def _is_of_the_sort(here: Iterable[Condition], known: KnownField) -> bool:
    """Whether numbers are asked of numbers and ages of days."""
    if known.entry is None:
        return True
    numbers = any(one.over is not None or one.under is not None for one in here)
    ages = any(one.older_than is not None for one in here)
    return not (numbers and known.entry.type in NO_NUMBER) and not (ages and known.entry.type in NO_DAY)


# ---- words


def _has_a_word(here: Sequence[Condition], known: KnownField) -> bool:
    """Whether some word, or some words, may stand in the field that all these conditions like."""
    barred = {word for one in here for word in one.not_}
    wanted = [set(one.is_) - barred for one in here if one.is_]
    if known.holds_one or known.entry is None:
        alike = set.intersection(*wanted) if wanted else None
        if alike is None:
            return not any(map(wants, here)) or _options_left(known, barred)
        return any(_is_liked(word, here) for word in alike)
    return all(wanted)


def _options_left(known: KnownField, barred: set[str]) -> bool:
    """Whether there is a word beside those barred; of a field without options there always is."""
    if known.options is None or (known.entry is not None and (known.entry.other or known.entry.may_skip)):
        return True
    return not known.holds_one or bool(known.options - barred)


def _is_liked(word: str, here: Iterable[Condition]) -> bool:
    """Whether a word lies where the conditions on numbers want it; words are no numbers, and lie nowhere."""
    low, high = _bounds(here)
    if low is None and high is None:
        return True
    number = _number(word)
    return number is not None and (low is None or number > low) and (high is None or number < high)


# ---- numbers


def _bounds(here: Iterable[Condition]) -> tuple[Decimal | None, Decimal | None]:
    """Over the first and under the second."""
    over = [Decimal(one.over) for one in here if one.over is not None]
    under = [Decimal(one.under) for one in here if one.under is not None]
    return max(over, default=None), min(under, default=None)


def _is_between(here: Sequence[Condition], known: KnownField) -> bool:
    """Whether a number may stand in the field that lies over and under all that is asked."""
    low, high = _bounds(here)
    if low is None and high is None:
        return True
    least, most = _limits(known)
    step = _step(known)
    if step is None:
        floor = max((one for one in (low, least) if one is not None), default=None)
        above = min((one for one in (high, most) if one is not None), default=None)
        if floor is None or above is None:
            return True
        return floor < above or (floor == above and floor not in (low, high))
    first = _first(low, least, step)
    return first is None or ((high is None or first < high) and (most is None or first <= most))


def _first(low: Decimal | None, least: Decimal | None, step: Decimal) -> Decimal | None:
    """The smallest number in steps that lies over ``low`` and not below ``least``; None where there is none such."""
    above = [] if low is None else [(low // step + 1) * step]
    above += [] if least is None else [(least / step).to_integral_value(ROUND_CEILING) * step]
    return max(above, default=None)


def _limits(known: KnownField) -> tuple[Decimal | None, Decimal | None]:
    """Between which numbers the form of a field lets through; what is measured or computed may lie anywhere."""
    entry = known.entry
    if entry is None or entry.type == "measured" or not entry.is_written:
        return None, None
    if entry.type == "score":
        return Decimal(1), Decimal(5)
    return _number(entry.least), _number(entry.most)


def _step(known: KnownField) -> Decimal | None:
    """How far apart two numbers in the field are at least; None where nothing says so."""
    entry = known.entry
    if entry is None or not entry.is_written or entry.type not in USUAL_DECIMALS:
        return None
    usual = USUAL_DECIMALS[entry.type]
    decimals = usual if entry.decimals is None or entry.type in ("money", "score") else entry.decimals
    return Decimal(1).scaleb(-decimals)


def _number(written: str | None) -> Decimal | None:
    try:
        return Decimal(written) if written is not None else None
    except InvalidOperation:
        return None
