"""The documents say what is there, no more and no less."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from huiyin.config.command_line import COMMANDS, _parser
from huiyin.config.settings import ENVIRONMENT

ROOT = Path(__file__).resolve().parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def section(text: str, heading: str) -> str:
    """The part of a page below a heading, up to the next of the same level."""
    return text.split(f"## {heading}\n", 1)[1].split("\n## ", 1)[0]


def first_cells(text: str) -> list[str]:
    """The first cell, set as code, of each row of the tables in a text."""
    return re.findall(r"(?m)^\| `([^`]+)` \|", text)


def test_operations_lists_every_command() -> None:
    assert first_cells(section(OPERATIONS, "Command line")) == sorted_as_written([c.words for c in COMMANDS])


def sorted_as_written(words: list[str]) -> list[str]:
    """The order of the document counts as given; only what is listed is compared."""
    order = first_cells(section(OPERATIONS, "Command line"))
    return sorted(words, key=lambda word: order.index(word) if word in order else len(order))


CALLS = sorted(
    {
        call.strip()
        for page in PAGES
        for call in re.findall(r"(?m)bin/huiyin ([a-z][^`\"\n]*?)(?=[`\"]|  |$)", page.read_text("utf-8"))
        if "…" not in call
    }
)


@pytest.mark.parametrize("call", CALLS)
def test_a_call_that_is_written_down_is_understood(call: str) -> None:
    assert call in {c.words for c in COMMANDS} or _parser().parse_args(shlex.split(call))


def test_operations_lists_every_setting() -> None:
    assert first_cells(section(OPERATIONS, "Settings")) == list(ENVIRONMENT)


def test_settings_are_read_nowhere_else() -> None:
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\[)\s*[\"'](\w+)", path.read_text("utf-8"))
    }
    assert read - {*ENVIRONMENT, "DJANGO_SETTINGS_MODULE"} == set()


@pytest.mark.parametrize(("folder", "besides"), [("bin", {"python"}), ("docs", {"structure"})])
def test_the_structure_names_what_stands_in_a_folder(folder: str, besides: set[str]) -> None:
    page = (ROOT / "docs" / "structure.md").read_text("utf-8")
    line = next(line for line in page.splitlines() if line.startswith(f"{folder}/ "))
    found = {path.stem for path in (ROOT / folder).iterdir() if not path.name.startswith(".")} - besides
    assert {name for name in found if not re.search(rf"\b{name}\b", line)} == set()


def test_dependencies_are_each_explained() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    for heading, asked in (
        ("To run", project["dependencies"]),
        ("To develop", project["optional-dependencies"]["dev"]),
    ):
        names = [re.split(r"[\[=;]", line)[0] for line in asked]
        assert first_cells(section(page, heading)) == names


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_commands_in_the_documents_exist(page: Path) -> None:
    known = {c.words for c in COMMANDS}
    written = re.findall(r"(?m)(?:^|`)bin/huiyin ([a-z][a-z-]*(?: [a-z][a-z-]*)?)", page.read_text("utf-8"))
    unknown = [words for words in written if words not in known and words.split()[0] not in known]
    assert unknown == []


def test_decisions_say_since_when_they_hold() -> None:
    pages = {path.name: path.read_text("utf-8") for path in (ROOT / "docs" / "decisions").glob("*.md")}
    dated = re.compile(r"# \d{4} [^\n]+\n\n20\d\d-\d\d-\d\d, (in force|superseded by \d{4})")
    assert sorted(name for name, text in pages.items() if not dated.match(text)) == []


def test_decisions_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_every_decision_says_when_to_revisit_it() -> None:
    parts = ("**Context.**", "**Choice.**", "**Price.**", "**Revisit**")
    lacking = [
        (path.name, part)
        for path in sorted((ROOT / "docs" / "decisions").glob("*.md"))
        for part in parts
        if part not in path.read_text("utf-8")
    ]
    assert lacking == []


def test_both_readmes_name_the_same_commands() -> None:
    def commands(name: str) -> set[str]:
        return set(re.findall(r"bin/\w+", (ROOT / name).read_text("utf-8")))

    assert commands("README.md") == commands("README.zh-CN.md")


def test_the_glossary_names_things_that_exist() -> None:
    """Every code name of the glossary is a word of the source or of the packs."""
    rows = [
        line.split("|")
        for line in (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
        if line.startswith("| ")
    ]
    names = [name for row in rows[2:] for name in re.findall(r"`([A-Za-z_]+)(?:\(\))?`", row[3])]
    source = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "src" / "huiyin").rglob("*.py")))
    assert [name for name in names if not re.search(rf"\b{name}\b", source)] == []
    assert len(names) > 40
