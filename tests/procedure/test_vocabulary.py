"""The words of packs: declared once, guards answer with reasons, and the document lists them all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from huiyin.kernel.hours import WEEKDAYS
from huiyin.kernel.numbering import FIELDS as NUMBER_FIELDS
from huiyin.kernel.periods import KINDS as PERIODS
from huiyin.kernel.text import Text, t
from huiyin.procedure import vocabulary, words
from huiyin.procedure.duty_entries import PERIOD_FROM
from huiyin.procedure.lexicon import PRODUCT
from huiyin.procedure.sections import SECTIONS, TABLES
from tests.procedure import small  # noqa: F401 - declares the rooms' words

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "procedure-packs.md").read_text("utf-8")
STEPLESS = [key for key in vocabulary.EVENTS if not vocabulary.verbs_writing(key)]
ANY_RECORD = ("record.", "obligation.")
LABEL, REFUSAL = t("甲", "A"), t("不行", "No")


@pytest.fixture
def loose() -> Iterator[None]:
    """Words a test declares are forgotten afterwards."""
    held = [vocabulary._guards, vocabulary._checks, vocabulary._verbs, vocabulary._events, vocabulary._kinds]
    kept = [dict(each) for each in held]
    yield
    for each, before in zip(held, kept, strict=True):
        each.clear()
        each.update(before)


@pytest.mark.usefixtures("loose")
@pytest.mark.parametrize(
    ("answer", "reasons"),
    [
        (None, []),
        (True, []),
        ([], []),
        (False, [REFUSAL]),
        (t("因为", "Because"), [t("因为", "Because")]),
        ((t("一", "1"), t("二", "2")), [t("一", "1"), t("二", "2")]),
    ],
)
def test_what_a_guard_may_answer(answer: object, reasons: list[Text]) -> None:
    vocabulary.guard("is_tested", kind="complaint", label=LABEL, refusal=REFUSAL)
    vocabulary.check("complaint", "is_tested")(lambda record, *, at: answer)
    assert vocabulary.guard_refusals("complaint", "is_tested", object(), at=None) == reasons


@pytest.mark.usefixtures("loose")
def test_a_guard_without_code_never_passes() -> None:
    vocabulary.guard("is_forgotten", kind="complaint", label=LABEL, refusal=REFUSAL)
    assert ("complaint", "is_forgotten") in vocabulary.guards_without_check()
    with pytest.raises(LookupError):
        vocabulary.guard_refusals("complaint", "is_forgotten")
    with pytest.raises(ValueError, match="not declared"):
        vocabulary.check("complaint", "is_unheard_of")


@pytest.mark.usefixtures("loose")
def test_words_are_declared_once_but_a_room_may_be_loaded_twice() -> None:
    for _ in range(2):
        vocabulary.kind("visit", label=LABEL)
        vocabulary.verb("visit.plan", event="visit.planned", label=LABEL)
    with pytest.raises(ValueError, match="twice"):
        vocabulary.verb("visit.plan", event="visit.arranged", label=LABEL)
    assert vocabulary.verbs_writing("visit.planned") == (vocabulary.VERBS["visit.plan"],)


def test_parts_know_the_fields_of_their_record() -> None:
    found = vocabulary.field_of("task", "severity")
    assert found is not None
    assert (found.kind, vocabulary.field_of("contact", "severity")) == ("complaint", None)


def section(heading: str) -> str:
    return PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]


def words_in(heading: str) -> list[str]:
    """The first cells of the tables of a section."""
    return re.findall(r"(?m)^\| `([^`]+)` \|", section(heading))


def listed(heading: str, name: str) -> list[str]:
    """The code words on the line of a section that begins with a name; none where there is no such line."""
    lines = re.findall(rf"(?m)^- {re.escape(name)}: (.+)$", section(heading))
    return re.findall(r"`([^`]+)`", lines[0]) if lines else []


def of_kinds(words: Iterable[tuple[str, str]], what: str) -> list[tuple[str, list[str]]]:
    """Guards or fields, a line for each kind that has any."""
    found: dict[str, list[str]] = {}
    for kind, name in words:
        found.setdefault(f"{kind} {what}", []).append(name)
    return list(found.items())


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("functions", vocabulary.FUNCTIONS),
        ("phases", vocabulary.PHASES),
        ("kinds", vocabulary.KINDS),
        ("layouts", vocabulary.LAYOUTS),
        ("catalogues", vocabulary.CATALOGUES),
        *of_kinds(vocabulary.GUARDS, "guards"),
        *of_kinds(vocabulary.FIELDS, "fields"),
        ("events of any record", [key for key in STEPLESS if key.startswith(ANY_RECORD)]),
        ("events without a step", [key for key in STEPLESS if not key.startswith(ANY_RECORD)]),
        ("events that carry a promised time", [e.key for e in vocabulary.EVENTS.values() if e.promises]),
        ("events that tell a period", vocabulary.PERIOD_EVENTS),
        ("periods", PERIODS),
        ("counted from with every", PERIOD_FROM),
        ("who may take a step", PRODUCT.step_roles()),
        ("who owes, is owed or is told", PRODUCT.owner_roles()),
        ("who is alarmed", words.LADDER),
        ("types of fields", words.FIELD_TYPES),
        ("rows taken from", words.ROW_SOURCES),
        ("late, per", words.LATE_PER),
        ("late, payer", words.LATE_PAYERS),
        ("counted from", words.FROM),
        ("counts", words.COUNTS),
        ("evidence", words.EVIDENCE_KINDS),
        ("fields of a number", NUMBER_FIELDS),
        ("weekdays", WEEKDAYS),
    ],
)
def test_the_document_lists_every_word(name: str, known: Iterable[str]) -> None:
    assert sorted(listed("Words", name)) == sorted(known), f"docs/procedure-packs.md, “Words”, the line “- {name}:”"


@pytest.mark.parametrize("kind", vocabulary.KINDS)
def test_the_document_lists_every_verb_with_its_event(kind: str) -> None:
    rows = re.findall(r"(?m)^\| `([^`]+)` \| `([^`]+)` \|", section("Verbs and events"))
    written = [row for row in rows if row[0].startswith(f"{kind}.")]
    verbs = [(verb.key, verb.event) for verb in vocabulary.VERBS.values() if verb.kind == kind]
    assert written == verbs, f"docs/procedure-packs.md, “Verbs and events”, the table of {kind}"


def test_the_document_describes_every_table_and_key() -> None:
    described = {
        re.sub(r"[\[\]]", "", heading): re.findall(r"(?m)^\| `([^`]+)` \|", text)
        for heading, text in re.findall(r"(?ms)^### `(\[+\w+\]+)`\n(.*?)(?=^###? |\Z)", PAGE)
    }
    declared = {
        name: [info.alias or key for key, info in model.model_fields.items()] for name, (_, model) in SECTIONS.items()
    }
    tables = {name: keys for name, keys in described.items() if name in SECTIONS}
    assert {name: sorted(keys) for name, keys in tables.items()} == {k: sorted(v) for k, v in declared.items()}
    assert set(described) == {*SECTIONS, *TABLES}


def test_the_document_says_when_each_guard_holds() -> None:
    assert sorted(words_in("Guards")) == sorted(name for _, name in vocabulary.GUARDS)
