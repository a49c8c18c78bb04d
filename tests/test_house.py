"""The house rules that a machine can see: sizes, names, words, clocks, locks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PARTS = ("src", "tests", "tools", "bench", "bin", "docs", ".ci")
TEXT = {".py", ".html", ".css", ".js", ".toml", ".md", ".sh", ".typ", ".lock", ""}
LONGEST = 400
WIDEST = 120

# Spelled in pieces, or this very file would break the rule.
UNWELCOME = re.compile(
    "|".join(
        [
            r"\bTO" + r"DO\b",
            r"\bFIX" + r"ME\b",
            r"# *XX" + r"X\b",
            r"\braise NotImplemented" + r"Error\b",
            "coming " + "soon",
            "敬请" + "期待",
            "待" + "实现",
            r"/work" + r"/(main|shared)",
            r"(?i:\bchat" + r"gpt\b|\blang" + r"uage model\b|\bco" + r"pilot\b|\bcl" + r"aude\b)",
        ]
    )
)
# The only places that may look at the clock: the request (and the sign-in that precedes it), the worker, the command
# line.
CLOCKS = {
    "people/middleware.py",
    "people/backends.py",
    "people/sessions.py",
    "config/command_line.py",
    "config/worker.py",
}
CLOCK = re.compile(r"datetime\.now\(|timezone\.now\(|datetime\.utcnow\(|date\.today\(|\btime\.time\(")
JOINED = {"app.css", "app.js"}  # made from their parts by huiyin.ui.bundle
DRAWERS = {"services.py", "utils.py", "helpers.py", "signals.py", "misc.py", "common.py"}


def files(*parts: str) -> Iterator[Path]:
    """Our own text files below the given folders."""
    for part in parts:
        for path in sorted((ROOT / part).rglob("*")):
            ours = "vendor" not in path.parts and "__pycache__" not in path.parts
            if path.is_file() and path.suffix in TEXT and ours and not path.name.startswith("OFL"):
                yield path


def named(paths: Iterator[Path] | list[Path]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in paths]


def code() -> list[Path]:
    """What people write and review: no migrations, and nothing that is made from its parts."""
    written = (p for p in files("src", "tests", "tools", "bench") if p.suffix in {".py", ".css", ".js", ".html"})
    return [p for p in written if p.name not in JOINED and "migrations" not in p.parts]


def test_files_are_short() -> None:
    assert named([p for p in code() if len(p.read_text("utf-8").splitlines()) >= LONGEST]) == []


def test_lines_are_short() -> None:
    """A line fits the window of whoever reviews it; the demonstration's texts are data."""
    data = ROOT / "src" / "huiyin" / "demo" / "texts"
    wide = [
        f"{path.relative_to(ROOT)}:{number}: {len(line)}"
        for path in code()
        if not path.is_relative_to(data)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if len(line) > WIDEST
    ]
    assert wide == []


def test_no_junk_drawers() -> None:
    assert named([p for p in files("src") if p.name in DRAWERS]) == []


def test_nothing_unwelcome_is_written_anywhere() -> None:
    tops = [p for p in ROOT.iterdir() if p.is_file() and p.suffix in {".md", ".toml"}]
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}"
        for path in [*files(*PARTS), *tops]
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNWELCOME.search(line)
    ]
    assert found == []


def test_only_the_doors_look_at_the_clock() -> None:
    home = ROOT / "src" / "huiyin"
    lookers = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*.py")
        if CLOCK.search(path.read_text("utf-8")) and "migrations" not in path.parts
    }
    assert lookers - CLOCKS == set()


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_a_lock_names_no_address_and_hashes_everything(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    assert "index" not in re.sub(r"(?m)^\s*#.*$", "", text)
    pins = re.findall(r"(?m)^[A-Za-z0-9_.\[\],-]+==[^\s;\\]+[^\n]*\n(.*)", text)
    assert pins
    assert [following for following in pins if "--hash=sha256:" not in following] == []


def test_the_locks_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    run, develop = project["dependencies"], project["optional-dependencies"]["dev"]
    assert asked(run) - locked("requirements.lock") == set()
    assert asked([*run, *develop]) - locked("requirements-dev.lock") == set()


def asked(requirements: list[str]) -> set[str]:
    """``name==version`` of each requirement, without extras and conditions."""
    return {normal(re.sub(r"\[.*?\]", "", line.split(";")[0])) for line in requirements}


def locked(name: str) -> set[str]:
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"(?m)^([A-Za-z0-9_.-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text)
    return {normal(f"{package}=={version}") for package, version in pins}


def normal(pin: str) -> str:
    return re.sub(r"[-_.]+", "-", pin.split("==")[0].strip().lower()) + "==" + pin.split("==")[1].strip()


def test_the_structure_names_every_room() -> None:
    """docs/structure.md lists the rooms that exist."""
    found = {p.name for p in (ROOT / "src" / "huiyin").iterdir() if p.is_dir() and p.name != "__pycache__"}
    table = re.findall(r"(?m)^\| `(\w+)` \|", (ROOT / "docs" / "structure.md").read_text("utf-8"))
    assert set(table) - found == set(), "docs/structure.md, “Rooms, lowest first”, names a room that is not there"
    assert found - set(table) == set(), (
        "docs/structure.md, “Rooms, lowest first”: say what lives there and why it stands there"
    )


def test_migrations_import_nothing_that_lives() -> None:
    """A migration written once must do the same in every later version."""
    living = re.compile(r"(?m)^\s*(?:from|import) (?:huiyin|tests)\b")
    pages = (ROOT / "src" / "huiyin").glob("*/migrations/*.py")
    assert [str(page.relative_to(ROOT)) for page in pages if living.search(page.read_text("utf-8"))] == []
