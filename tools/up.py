"""``bin/up``: from a checkout to a running company with one command."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tools import tour
from tools.environment import ROOT, CannotSetUp, ensure
from tools.processes import ManagedProcess, Supervisor
from tools.saying import complain, say

LOCK = "requirements.lock"
PATIENCE = 60.0  # seconds in which the first page must answer


def main() -> int:
    """Set up, start and watch; or, with ``--check``, set up and look at every main page once."""
    options = _options()
    started = time.monotonic()
    try:
        python = ensure(LOCK)
    except CannotSetUp as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.check:
        return _check(python, started)
    environment = _environment(python)
    people = _prepare(python, environment, demo=not options.no_demo)
    if people is None:
        return 1
    if not _is_free(options.host, options.port):
        complain(
            f"端口 {options.port} 已被占用；可用 --port 另选",
            f"port {options.port} is taken; choose another with --port",
        )
        return 1
    site = _start(python, environment, options.host, options.port)
    address = f"http://{_for_browser(options.host)}:{options.port}/"
    if not _answers(address, site):
        site.stop()
        return 1
    _greet(address, people, time.monotonic() - started)
    site.run()
    say("已停止。", "Stopped.")
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/up", description="设置并启动回音 / sets Huiyin up and starts it")
    parser.add_argument("--host", default="127.0.0.1", help="监听地址 / address to listen on")
    parser.add_argument("--port", type=int, default=8000, help="端口 / port")
    parser.add_argument("--no-demo", action="store_true", help="不建演示公司 / no demonstration company")
    parser.add_argument("--check", action="store_true", help="启动、逐页查看、停止 / start, look at the pages, stop")
    return parser.parse_args()


def _environment(python: Path, **more: str) -> dict[str, str]:
    paths = [str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]
    cleaned = [p for p in os.pathsep.join(paths).split(os.pathsep) if p and p != str(ROOT)]
    own = {**os.environ, "PYTHONPATH": os.pathsep.join(cleaned), "PYTHONUNBUFFERED": "1", **more}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own


def _prepare(
    python: Path, environment: dict[str, str], *, demo: bool, complaints: int | None = None
) -> list[dict[str, str]] | None:
    """Upgrade the database, collect static files, make the demonstration; the sign-ins, or None when it failed.

    Without a number of ``complaints`` the demonstration has as many as it usually has.
    """
    command = [str(python), "-m", "huiyin", "prepare", "--json"]
    command += ["--complaints", str(complaints)] if complaints is not None else []
    command += ["--demo"] if demo else []
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as process:
        assert process.stdout is not None
        people: list[dict[str, str]] = []
        for line in process.stdout:
            if line.startswith("{"):
                people = json.loads(line)["sign_ins"]
            else:
                print(line, end="", flush=True)
    return people if process.returncode == 0 else None


def _start(python: Path, environment: dict[str, str], host: str, port: int) -> Supervisor:
    """The web server and the worker, started and watched."""
    huiyin = [str(python), "-m", "huiyin"]
    hosts = environment.get("HUIYIN_HOSTS") or ",".join(
        dict.fromkeys(["localhost", "127.0.0.1", "[::1]", *_names(host)])
    )
    web = ManagedProcess("web", [*huiyin, "serve", "--prepared", "--host", host, "--port", str(port)])
    site = Supervisor(
        [web, ManagedProcess("worker", [*huiyin, "work", "--prepared"])], {**environment, "HUIYIN_HOSTS": hosts}
    )
    site.start()
    return site


def _names(host: str) -> list[str]:
    """The names under which a server listening on ``host`` is called: its own, or this machine's when it hears all."""
    if host not in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return [host]
    name = socket.gethostname()
    try:
        return [name, *socket.gethostbyname_ex(name)[2]]
    except OSError:
        return [name]


def _answers(address: str, site: Supervisor) -> bool:
    """Wait until web and worker are both healthy; False when one of them died or time ran out."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(address + "healthz", timeout=5) as response:
                if response.status == 200:
                    return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            pass
        dead = [child for child in site.children if child.process and child.process.poll() is not None]
        if dead:
            complain(f"{dead[0].name} 没有启动成功", f"{dead[0].name} did not start")
            return False
        time.sleep(0.1)
    complain("等待超时，网站没有应答", "waited too long: the site does not answer")
    return False


def _is_free(host: str, port: int) -> bool:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _for_browser(host: str) -> str:
    if host in ("0.0.0.0", "::"):  # noqa: S104 - compared, not bound
        return "localhost"
    return f"[{host}]" if ":" in host else host


def _greet(address: str, people: list[dict[str, str]], seconds: float) -> None:
    print()
    say(f"回音已启动（{seconds:.1f} 秒）：{address}", f"Huiyin is running: {address}")
    if people:
        say("演示公司的登录：", "sign-ins of the demonstration company:")
        rows = [("用户名 user name", "密码 password", "姓名 name", "职能 functions")]
        rows += [(p["username"], p["password"], p["name"], p["functions"]) for p in people]
        widths = [max(_width(row[i]) for row in rows) for i in range(4)]
        for row in rows:
            print("  " + "  ".join(cell + " " * (widths[i] - _width(cell)) for i, cell in enumerate(row)).rstrip())
    say("按 Ctrl+C 停止。", "Ctrl+C stops it.")
    print(flush=True)


def _width(text: str) -> int:
    """Columns on a terminal: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _check(python: Path, started: float) -> int:
    """Set up a company in a folder of its own, sign in through the form, look at the main pages, stop,
    say the seconds.
    """
    folder = tempfile.mkdtemp(prefix="huiyin-check-")
    environment = _environment(python, HUIYIN_DATA=folder)
    for name in ("DATABASE_URL", "HUIYIN_HTTPS", "HUIYIN_HOSTS", "HUIYIN_TWO_FACTOR"):
        environment.pop(name, None)
    site: Supervisor | None = None
    try:
        people: Any = _prepare(python, environment, demo=True, complaints=8)
        if not people:
            complain("没有建成演示公司", "the demonstration company was not made")
            return 1
        port = _free_port()
        site = _start(python, environment, "127.0.0.1", port)
        address = f"http://127.0.0.1:{port}"
        if not _answers(address + "/", site):
            return 1
        faults = tour.faults(address, people)
    finally:
        if site is not None:
            site.stop()
        shutil.rmtree(folder, ignore_errors=True)
    for fault in faults:
        sys.stderr.write(f"{fault}\n")
    seconds = f"{time.monotonic() - started:.1f}"
    if faults:
        complain(f"{len(faults)} 处不对（{seconds} 秒）", f"{len(faults)} faults ({seconds} s)")
        return 1
    say(f"全部页面正常（{seconds} 秒）", f"every page is well ({seconds} s)")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main())
    except KeyboardInterrupt:  # before the children are watched; Linux ends them with us
        raise SystemExit(130) from None
