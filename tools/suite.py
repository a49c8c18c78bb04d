"""``bin/test``: every check, two at a time, with a plain summary at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Container, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tools import postgres
from tools.environment import PYTHON, ROOT, CannotSetUp, apt_install, ensure
from tools.saying import say

LOCK = "requirements-dev.lock"
NOTHING_COLLECTED = 5  # pytest's exit code when the given arguments match no test
HEADLESS = "chromium-headless-shell"
LACKING = ("false",)  # what a check runs when the machine has not what it needs: it fails
DJANGO = {"DJANGO_SETTINGS_MODULE": "huiyin.config.settings"}
PRODUCTION = {
    "HUIYIN_HTTPS": "1",
    "HUIYIN_HOSTS": "huiyin.example.com",
    "HUIYIN_DEBUG": "",
    "HUIYIN_SECRET_KEY": "a-key-for-the-check-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
}


@dataclass(frozen=True)
class SuiteCheck:
    """One line of the summary: a command, what its environment tells it,
    and with which codes it ends when all is well.
    """

    name: str
    command: Sequence[str | Path]
    settings: Mapping[str, str] = field(default_factory=dict)
    accepted: Container[int] = (0,)


AT_A_TIME = 2


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    name: str
    passed: bool
    seconds: float


def main() -> int:
    """Run the checks; 0 when every one passed."""
    options, given = _options()
    try:
        ensure(LOCK)
    except CannotSetUp as error:
        sys.stderr.write(f"{error}\n")
        return 1
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="huiyin-test-") as data:
        environment = _environment(data)
        if options.measure:
            outcomes = _run([_on_sqlite(given, "--measure")], environment)
        elif options.quick:
            outcomes = _run([_on_sqlite(given, "--quick", *_workers(2)), *_style()], environment)
        else:
            with _postgres() as url:
                outcomes = _run(_whole(given, url), environment)
    return _summarise(outcomes, time.monotonic() - started)


def _options() -> tuple[argparse.Namespace, list[str]]:
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="运行全部检查；多余的参数交给 pytest / runs every check; further arguments go to pytest",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="一分钟以内：只用 SQLite，不开浏览器 / under a minute: SQLite alone, no browser",
    )
    parser.add_argument(
        "--measure",
        action="store_true",
        help="只量各测试文件用时，--quick 据此取舍 / only measure what each file takes, from which --quick chooses",
    )
    return parser.parse_known_args()


def _environment(data: str) -> dict[str, str]:
    """What every check inherits: nothing of the caller's own installation; and compiled modules are kept."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("HUIYIN_")}
    for name in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE"):
        own.pop(name, None)
    return {**own, "HUIYIN_DATA": data, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}


# ---- the checks


def _whole(given: Sequence[str], url: str | None) -> list[SuiteCheck]:
    """Everything, what takes longest first, so that both halves of the cores are busy to the end."""
    workers = _workers((os.cpu_count() or 2) // AT_A_TIME)
    templates = sorted((ROOT / "src" / "huiyin").glob("*/templates"))
    static = [
        *_style(),
        SuiteCheck("mypy", [PYTHON, "-m", "mypy"]),
        SuiteCheck("templates", [PYTHON.parent / "djlint", "--lint", "--quiet", *templates]),
        _django("migrations", "makemigrations", "--check", "--dry-run"),
        _django("deployment", "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION),
    ]
    on_postgres = _pytest("pytest, PostgreSQL", "not browser", given, *workers, DATABASE_URL=url or "")
    places = [] if given else _with_browser_tests()
    browser = _pytest("pytest, browser", "browser", given, *workers, *places)
    # The way a newcomer starts, walked once through every main page.
    up = SuiteCheck("bin/up --check", [ROOT / "bin" / "up", "--check"])
    return [
        on_postgres if url else SuiteCheck(on_postgres.name, LACKING),
        _on_sqlite(given, *workers),
        browser if _has_browser() else SuiteCheck(browser.name, LACKING),
        up,
        *static,
    ]


def _style() -> list[SuiteCheck]:
    return [
        SuiteCheck("ruff", [PYTHON, "-m", "ruff", "check", "."]),
        SuiteCheck("ruff format", [PYTHON, "-m", "ruff", "format", "--check", "."]),
        SuiteCheck("import contracts", [PYTHON.parent / "lint-imports", "--no-cache"]),
    ]


def _django(name: str, *arguments: str, **settings: str) -> SuiteCheck:
    return SuiteCheck(name, [PYTHON, "-m", "django", *arguments], {**DJANGO, **settings})


def _on_sqlite(given: Sequence[str], *arguments: str) -> SuiteCheck:
    return _pytest("pytest, SQLite", "not browser", given, *arguments)


def _pytest(name: str, marks: str, given: Sequence[str], *arguments: str, **settings: str) -> SuiteCheck:
    """Tests with these marks; ``given`` are arguments of the caller,
    who may have chosen tests that have other marks.
    """
    command: list[str | Path] = [PYTHON, "-m", "pytest", "-m", marks, *arguments, *given]
    return SuiteCheck(name, command, settings, (0, NOTHING_COLLECTED) if given else (0,))


def _with_browser_tests() -> list[str]:
    """Files of tests in which the mark can stand; the others need not be loaded to be left out."""
    return [str(path) for path in sorted((ROOT / "tests").rglob("test_*.py")) if names_the_browser(path)]


def names_the_browser(path: Path) -> bool:
    """Whether a file of tests names the mark by which its tests run in the browser."""
    return "mark.browser" in path.read_text("utf-8")


def _workers(count: int) -> list[str]:
    """Arguments for so many processes; a file stays in one of them, for its tests share what is set up for them."""
    return ["-n", str(count), "--dist", "loadfile"] if count > 1 else []


@contextmanager
def _postgres() -> Iterator[str | None]:
    """The address of a running PostgreSQL; None when there is none to be had."""
    if postgres.programs() is None and not _fetch("PostgreSQL", ["postgresql"]):
        yield None
        return
    with postgres.cluster() as url:
        yield url


def browser_program() -> str | None:
    """Where Chromium is, best the one without windows: it needs half the processor's time."""
    found = (shutil.which(name) for name in (HEADLESS, "chromium", "chromium-browser"))
    return next((path for path in found if path), None)


def _has_browser() -> bool:
    lacking = []
    if shutil.which(HEADLESS) is None and not apt_install([HEADLESS], needed=False) and browser_program() is None:
        lacking.append("chromium")
    if not shutil.which("pdftoppm"):
        lacking.append("poppler-utils")
    if not list(Path("/usr/share/fonts").glob("**/NotoSansCJK*")):
        lacking.append("fonts-noto-cjk")
    return _fetch("Chromium", lacking)


def _fetch(what: str, packages: list[str]) -> bool:
    """Install what is lacking, or say the one line that does."""
    if apt_install(packages):
        return True
    line = f"sudo apt-get install -y {' '.join(packages)}"
    say(f"缺少 {what}，请运行：{line}", f"{what} is missing; run: {line}")
    return False


# ---- running them


def _run(checks: Sequence[SuiteCheck], environment: Mapping[str, str]) -> list[Outcome]:
    """Run the checks, each as soon as there is room; what one says is shown when it is done, so that no two speak at
    once.
    """
    speaking = threading.Lock()
    with ThreadPoolExecutor(AT_A_TIME) as pool:
        return list(pool.map(lambda check: _carry_out(check, environment, speaking), checks))


def _carry_out(check: SuiteCheck, environment: Mapping[str, str], speaking: threading.Lock) -> Outcome:
    started = time.monotonic()
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(
            check.command,
            cwd=ROOT,
            env={**environment, **check.settings},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        passed = done.returncode in check.accepted
        outcome = Outcome(check.name, passed, time.monotonic() - started)
        with speaking:
            print(f"\n── {_line(outcome)} ──", flush=True)
            said.seek(0)
            shutil.copyfileobj(said, sys.stdout.buffer)
            sys.stdout.flush()
    return outcome


def _summarise(outcomes: Sequence[Outcome], seconds: float) -> int:
    """Print a line for each check; 1 when one failed."""
    print("\n── 结果 summary ──")
    for outcome in outcomes:
        print(_line(outcome))
    failed = sum(not outcome.passed for outcome in outcomes)
    print(f"       {seconds:6.1f} s  {len(outcomes) - failed} of {len(outcomes)} checks passed", flush=True)
    return 1 if failed else 0


def _line(outcome: Outcome) -> str:
    return f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.seconds:6.1f} s  {outcome.name}"


if __name__ == "__main__":
    raise SystemExit(main())
