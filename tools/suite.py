"""``bin/test``: every check, one after another, with a plain summary at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools import postgres
from tools.environment import PYTHON, ROOT, CannotSetUp, apt_install, ensure
from tools.saying import say

LOCK = "requirements-dev.lock"
NOTHING_COLLECTED = 5  # pytest's exit code when the given arguments match no test
DJANGO = {"DJANGO_SETTINGS_MODULE": "huiyin.config.settings"}
PRODUCTION = {
    "HUIYIN_HTTPS": "1",
    "HUIYIN_HOSTS": "huiyin.example.com",
    "HUIYIN_DEBUG": "",
    "HUIYIN_SECRET_KEY": "a-key-for-the-check-alone-0123456789-abcdefghijklmnopqrstuvwxyz",
}


@dataclass(frozen=True)
class Check:
    """One line of the summary: its name and what answers whether it went well."""

    name: str
    run: Callable[[], bool]


@dataclass(frozen=True)
class Outcome:
    """What became of a check."""

    name: str
    passed: bool
    seconds: float


def main() -> int:
    """Run the checks; 0 when every one passed."""
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="运行全部检查；多余的参数交给 pytest / runs every check; further arguments go to pytest",
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="一分钟以内：只用 SQLite，不开浏览器 / under a minute: SQLite alone, no browser",
    )
    options, given = parser.parse_known_args()
    try:
        ensure(LOCK)
    except CannotSetUp as error:
        sys.stderr.write(f"{error}\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="huiyin-test-") as data:
        # Nothing of the caller's own installation may reach a test.
        inherited = {k: v for k, v in os.environ.items() if not k.startswith("HUIYIN_") and k != "DATABASE_URL"}
        environment = {**inherited, "HUIYIN_DATA": data, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        outcomes = [_carry_out(check) for check in _checks(options.quick, given, environment)]
    return _summarise(outcomes)


def _checks(quick: bool, given: list[str], environment: Mapping[str, str]) -> list[Check]:
    def tool(name: str, *command: str, **more: str) -> Check:
        return Check(name, lambda: _call(command, {**environment, **more}))

    def pytest(marks: str, *more: str, **settings: str) -> bool:
        accepted = {0, NOTHING_COLLECTED} if given else {0}
        return _call(("-m", "pytest", "-m", marks, *more, *given), {**environment, **settings}, accepted=accepted)

    def on_postgres() -> bool:
        if not _has_postgres():
            return False
        with postgres.cluster() as url:
            return pytest("not browser", "-n", "2", DATABASE_URL=url)

    style = [
        tool("ruff", "-m", "ruff", "check", "."),
        tool("ruff format", "-m", "ruff", "format", "--check", "."),
        Check("import contracts", lambda: _call_program("lint-imports", ["--no-cache"], environment)),
    ]
    on_sqlite = Check("pytest, SQLite", lambda: pytest("not browser", "-n", "2"))
    if quick:
        return [*style, Check("pytest, SQLite", lambda: pytest("not browser", "-n", "2", "--quick"))]
    return [
        *style,
        tool("mypy", "-m", "mypy"),
        Check("templates", lambda: _templates(environment)),
        tool("migrations", "-m", "django", "makemigrations", "--check", "--dry-run", **DJANGO),
        tool(
            "deployment",
            "-m",
            "django",
            "check",
            "--deploy",
            "--fail-level",
            "WARNING",
            **DJANGO,
            **PRODUCTION,
        ),
        on_sqlite,
        Check("pytest, PostgreSQL", on_postgres),
        Check("pytest, browser", lambda: _has_browser() and pytest("browser")),
        Check("bin/up --check", lambda: _up(environment)),
    ]


def _call(arguments: tuple[str, ...], environment: Mapping[str, str], *, accepted: set[int] | None = None) -> bool:
    done = subprocess.run([PYTHON, *arguments], cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL)
    return done.returncode in (accepted or {0})


def _call_program(name: str, arguments: list[str], environment: Mapping[str, str]) -> bool:
    command = [str(PYTHON.parent / name), *arguments]
    return subprocess.run(command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL).returncode == 0


def _up(environment: Mapping[str, str]) -> bool:
    """The way a newcomer starts, walked once through every main page."""
    return (
        subprocess.run([ROOT / "bin" / "up", "--check"], env=dict(environment), stdin=subprocess.DEVNULL).returncode
        == 0
    )


def _templates(environment: Mapping[str, str]) -> bool:
    """djlint over every page template."""
    folders = sorted(str(p) for p in (ROOT / "src" / "huiyin").glob("*/templates"))
    return _call_program("djlint", ["--lint", "--quiet", *folders], environment) if folders else True


def _has_postgres() -> bool:
    return postgres.programs() is not None or _fetch("PostgreSQL", ["postgresql"])


def _has_browser() -> bool:
    lacking = []
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
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


def _carry_out(check: Check) -> Outcome:
    print(f"\n── {check.name} ──", flush=True)
    started = time.monotonic()
    passed = check.run()
    return Outcome(check.name, passed, time.monotonic() - started)


def _summarise(outcomes: list[Outcome]) -> int:
    print("\n── 结果 summary ──")
    for outcome in outcomes:
        print(f"{'ok    ' if outcome.passed else 'FAILED'} {outcome.seconds:6.1f} s  {outcome.name}")
    failed = sum(not outcome.passed for outcome in outcomes)
    print(
        f"       {sum(o.seconds for o in outcomes):6.1f} s  {len(outcomes) - failed} of {len(outcomes)} checks passed",
        flush=True,
    )
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main())
