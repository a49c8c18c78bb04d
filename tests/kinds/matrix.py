"""What is said of each kind of record, once, for the tests that look at all kinds:
who sees it, by which words, at which doors.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

PEOPLE = {
    "mei": "takes complaints in (reception)",
    "song": "heads reception",
    "cai": "heads purchasing, which asks suppliers to correct and sees no other record",
    "ke": "is in no department and has nothing to do with any record",
    "peng": "works in production, which has a task on the complaint",
    "tao": "heads engineering, which sees all complaints but neither contacts nor customers",
    "lin": "quality",
    "bai": "keeps the documents (office): oversees, yet sees no record here",
    "zong": "general manager",
    "jian": "auditor",
    "root": "administrator of the system",
}
ADDED = {"ke": [], "bai": ["office"], "jian": ["auditor"]}
"""People beyond those of the cast, with the functions they hold by themselves; bai is in no department here."""

EVERYBODY = frozenset(PEOPLE)
NOBODY: frozenset[str] = frozenset()
OVERSEE = frozenset({"lin", "zong", "jian", "root"})

SIGN_IN = "302 /accounts/login/"
GONE = "404"
FORBIDDEN = "405"

SEARCHED = "kept so that it is found, never shown"
A_KEY = "a key or a digest, for machines"
NO_MAIL = "the demonstration company gets no mail"
IN_ITS_FORM = "stands in the form that changes the row, nowhere else"
BESIDE_OTHERS = "shown only beside a value, or in a state, that the newest such row has not"
IN_TIME_LINE = "when, and by whom, stands in the time-line"
RECKONED_ANEW = "kept for lists and conditions; the page reckons it from the rows"
NO_FORM_ASKS = "no form of the procedure asks for it"


@dataclass(frozen=True)
class Door:
    """One address: who may open it, what they are answered when they read and when they send an empty form.

    Everybody else signed in is answered 404 (where a method is 405 for all, 405). Strangers are sent to sign in, unless
    ``stranger`` says otherwise. ``but`` are those who may open it and are still refused (409) what is sent.
    """

    path: str
    who: frozenset[str]
    read: str
    send: str
    stranger: tuple[str, str] = (SIGN_IN, SIGN_IN)
    but: frozenset[str] = NOBODY

    def expected(self, name: str) -> tuple[str, str]:
        """The answers to reading and sending for one of the people; "" is somebody not signed in."""
        if not name:
            return self.stranger
        if name in self.who:
            return self.read, "409" if name in self.but else self.send
        doors = (self.read, self.send)
        return tuple(FORBIDDEN if one == FORBIDDEN else GONE for one in doors)  # type: ignore[return-value]


Doors = Mapping[str, Sequence[Door]]


def doors(who: frozenset[str], read: str, send: str, paths: Iterable[str]) -> list[Door]:
    """The same door at several addresses."""
    return [Door(path, who, read, send) for path in paths]


def own(path: str, read: str = "200", send: str = FORBIDDEN) -> list[Door]:
    """A page of everybody's, on which each sees what is theirs."""
    return [Door(path, EVERYBODY, read, send)]


@dataclass(frozen=True, kw_only=True)
class KindMatrix:
    """One kind of record. ``sees`` are those of PEOPLE who see the sample under the pack ``feedback``.

    ``sample(company)`` makes one record (and its parts) and gives what fills the places of addresses, its number under
    the kind; ``after`` are kinds whose samples it needs. ``marks`` are words that stand only on it. ``room`` is the
    first part of the addresses of its list and its records; ``questions`` are addresses whose answers tell of it.
    ``seen_by`` are the relations to people and departments (of the record, or ``part.relation``) by each of which alone
    somebody sees the record who does not see all. ``not_shown`` and ``not_printed`` are columns of text that no page or
    no sheet shows, ``facts_not_shown`` days, people and numbers that no page shows, each with the reason.
    """

    kind: str
    room: str
    sees: frozenset[str]
    number: str
    sample: Callable[[Any], dict[str, str]]
    marks: frozenset[str]
    questions: Sequence[str]
    seen_by: frozenset[str]
    doors: Doors
    after: Sequence[str] = ()
    complete: Callable[[Any], None] = lambda record: None
    not_shown: Mapping[str, str] = field(default_factory=dict)
    facts_not_shown: Mapping[str, str] = field(default_factory=dict)
    not_printed: Mapping[str, str] = field(default_factory=dict)


def usual_doors(kind: str, room: str, sees: frozenset[str], *, corrects: bool = True) -> dict[str, list[Door]]:
    """The list, the page that opens a record, the record, its correction and its steps, as most kinds have them."""
    from huiyin.records.kinds import declared

    record = f"/{room}/{{{kind}}}"
    nouns = sorted(declared[kind].steps.by_noun)
    found = {
        f"{room}/": own(f"/{room}/", "200", GONE),
        f"{room}/new": own(f"/{room}/new", "200", "422"),
        f"{room}/<str:number>": doors(sees, "200", FORBIDDEN, [record]),
        f"{room}/<str:number>/<str:noun>": [
            *doors(sees, "200", "422", [f"{record}/{noun}" for noun in nouns]),
            *doors(NOBODY, GONE, GONE, [f"{record}/none"]),
        ],
    }
    if corrects:
        found[f"{room}/<str:number>/facts"] = doors(sees, "200", "422", [f"{record}/facts"])
    return found


def part_doors(kind: str, part: str, pattern: str, place: str, sees: frozenset[str]) -> dict[str, list[Door]]:
    """The steps of a kind of parts; ``place`` is where the sample's part stands (``/replacements/{…}/lots/{lot}``)."""
    from huiyin.records.kinds import declared

    steps = next(one.steps for one in declared[kind].parts if one.model.part_kind == part)
    assert steps is not None
    return {f"{pattern}/<str:noun>": doors(sees, "200", "422", [f"{place}/{noun}" for noun in sorted(steps.by_noun)])}


@cache
def matrices() -> tuple[KindMatrix, ...]:
    """Every kind's matrix, those that others need before them."""
    files = sorted(path.stem for path in Path(__file__).parent.glob("*.py"))
    named = [name for name in files if name not in ("__init__", "matrix")]
    found: dict[str, KindMatrix] = {}
    for name in named:
        one = getattr(import_module(f"tests.kinds.{name}"), "MATRIX", None)
        if one is not None:
            found[one.kind] = one
    ordered: dict[str, KindMatrix] = {}

    def put(one: KindMatrix) -> None:
        for kind in one.after:
            put(found[kind])
        ordered.setdefault(one.kind, one)

    for one in found.values():
        put(one)
    return tuple(ordered.values())
