"""``bin/bench``: fills folders with data, starts the real server on each,
asks for the pages and prints what it cost.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from bench import pages as what
from bench import server as serving
from bench.cold import first_visit
from bench.server import ROOT, Server, running, worker
from tools.tour import Visitor

FIRST = 120  # complaints made by real steps; the rest are copies of the closed ones
FIRST_INSPECTIONS = 60
PACK = "bench/packs/registers"  # the demonstration's procedure with one register of its own
KIND = "inspection"
WARM_UP = 40
Requests = Callable[[int], list[dict[str, Any]]]


@dataclass
class PageFigures:
    """What one page cost. Times in milliseconds; CPU is that of all server processes, for one request."""

    page: str
    p50: float
    p95: float
    cpu: float
    per_second: float
    per_second_at_4: float
    queries: int | None
    bytes: int
    compressed: int | None
    floor_cpu: float | None = None
    wrong: int = 0


def main() -> int:
    """Measure every size and print the tables, or JSON."""
    options = _options()
    results = []
    for size in options.sizes:
        folder = options.folder / f"{size}"
        environment = _environment(folder)
        people = _fill(folder, environment, size)
        result = _measure(environment, people, size, options)
        results.append(result)
        if not options.json:
            _print(result)
    if options.json:
        json.dump(results, sys.stdout, ensure_ascii=False, indent=2)
        print()
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/bench", description="测量页面 / measures the pages")
    parser.add_argument(
        "--sizes", type=_sizes, default=[10_000, 200_000], help="投诉件数，逗号分隔 / complaints, with commas"
    )
    parser.add_argument("--requests", type=int, default=300, help="每次测量的请求数 / requests of each measurement")
    parser.add_argument("--pages", default="", help="只测这些，逗号分隔 / only these, with commas")
    parser.add_argument("--floor", action="store_true", help="同时测每页的底线 / measure each page's floor too")
    parser.add_argument("--json", action="store_true", help="输出 JSON / print JSON")
    default = Path(tempfile.gettempdir()) / "huiyin-bench"
    parser.add_argument(
        "--folder",
        type=Path,
        default=default,
        help="数据放在哪里（会再次使用） / where the data lies (used again)",
    )
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


def _environment(folder: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("HUIYIN_") and k != "DATABASE_URL"}
    path = f"{ROOT / 'src'}{os.pathsep}{ROOT}"
    return {**kept, "HUIYIN_DATA": str(folder), "HUIYIN_TWO_FACTOR": "none", "PYTHONPATH": path}


def _fill(folder: Path, environment: dict[str, str], size: int) -> list[dict[str, str]]:
    """A company of ``size`` complaints in ``folder``, made now or by an earlier run; its sign-ins."""
    folder.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    said = _run(
        environment,
        "-m",
        "huiyin",
        "prepare",
        "--demo",
        "--json",
        "--complaints",
        str(min(size, FIRST)),
        "--pack",
        PACK,
    )
    _run(environment, "-m", "bench.data", str(size))
    _run(environment, "-m", "bench.inspections", str(FIRST_INSPECTIONS))
    _run(environment, "-m", "bench.data", str(size), KIND)
    _run(environment, "-m", "huiyin", "seal")
    print(f"{size} complaints in {folder} ({time.monotonic() - started:.0f} s)", file=sys.stderr)
    people: list[dict[str, str]] = json.loads(said.splitlines()[-1])["sign_ins"]
    return people


def _run(environment: dict[str, str], *words: str, feed: str = "") -> str:
    done = subprocess.run(
        [sys.executable, *words], env=environment, cwd=ROOT, input=feed, stdout=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} ended with {done.returncode}")
    return done.stdout


def _measure(
    environment: dict[str, str], people: list[dict[str, str]], size: int, options: argparse.Namespace
) -> dict[str, Any]:
    person = next((p for p in people if "reception" in p["functions"]), people[0])
    known = json.loads(_run(environment, "-m", "bench.numbers"))
    pages = what.pages(known)
    wanted = {name for name in options.pages.split(",") if name}
    plan = {"username": person["username"], "pages": {p.key: p.paths[0] for p in pages}}
    seen = json.loads(_run(environment, "-m", "bench.look", feed=json.dumps(plan)))
    rows: list[PageFigures] = []
    with _site(environment) as (server, worker_pid):
        visitor = Visitor(f"http://127.0.0.1:{server.port}")
        visitor.sign_in(person["username"], person["password"])
        cold = first_visit(visitor, "/complaints/")
        tasks: list[tuple[str, Requests, list[int]]] = [(p.key, p.requests, [200]) for p in pages]
        tasks.append(("register", lambda n: what.registrations(visitor, n), [302, 303]))
        tasks.append(("step", lambda n: what.comments(visitor, known["complaints"], n), [302, 303]))
        tasks.append(("d. opening", lambda n: what.openings(visitor, n), [302, 303]))
        tasks.append(("d. step", lambda n: what.checks(visitor, known["inspections"], n), [302, 303]))
        for key, requests, expected in tasks:
            if not wanted or key in wanted:
                rows.append(_page(server, visitor, key, requests, expected, seen.get(key), options.requests))
        memory = {
            "web": server.memory_bytes(),
            "worker": Server(server.port, worker_pid).memory_bytes(),
        }
    if options.floor:
        _floor(environment, {row.page: row for row in rows}, seen, options.requests)
    return {"complaints": size, "memory": memory, "first_visit": cold, "pages": [asdict(row) for row in rows]}


@contextmanager
def _site(environment: dict[str, str]) -> Iterator[tuple[Server, int]]:
    port = serving.free_port()
    command = ["-m", "huiyin", "serve", "--port", str(port)]
    with running(command, environment, port) as server, worker(environment) as pid:
        yield server, pid


def _page(
    server: Server,
    visitor: Visitor,
    key: str,
    requests: Requests,
    expected: list[int],
    seen: dict[str, Any] | None,
    count: int,
) -> PageFigures:
    cookie = "; ".join(f"{c.name}={c.value}" for c in visitor.jar)
    _load(server, cookie, requests(WARM_UP), 1, expected)
    prepared = requests(count)
    before = server.cpu_seconds()
    one = _load(server, cookie, prepared, 1, expected)
    cpu = (server.cpu_seconds() - before) / count
    four = _load(server, cookie, requests(count), 4, expected)
    return PageFigures(
        page=key,
        p50=one["p50"] * 1000,
        p95=one["p95"] * 1000,
        cpu=cpu * 1000,
        per_second=one["requests"] / one["elapsed"],
        per_second_at_4=four["requests"] / four["elapsed"],
        queries=seen["queries"] if seen else None,
        bytes=seen["bytes"] if seen else one["length"],
        compressed=seen["compressed"] if seen else None,
        wrong=len(one["wrong"]) + len(four["wrong"]),
    )


def _load(
    server: Server, cookie: str, requests: list[dict[str, Any]], connections: int, expected: list[int]
) -> dict[str, Any]:
    plan = {
        "host": "127.0.0.1",
        "port": server.port,
        "cookie": cookie,
        "requests": requests,
        "connections": connections,
        "expected": expected,
    }
    figures: dict[str, Any] = json.loads(_run(dict(os.environ), "-m", "bench.client", feed=json.dumps(plan)))
    return figures


def _floor(environment: dict[str, str], rows: dict[str, PageFigures], seen: dict[str, Any], count: int) -> None:
    """Fill in what each page's floor costs, on a server of its own of the same shape."""
    with tempfile.TemporaryDirectory() as folder:
        note = Path(folder) / "floor.json"
        note.write_text(json.dumps(seen), "utf-8")
        port = serving.free_port()
        command = [
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--port",
            str(port),
            "--workers",
            "2",
            "--blocking-threads",
            "4",
        ]
        command += ["--no-ws", "--log-level", "warning", "bench.floor:application"]
        with running(command, {**environment, "HUIYIN_FLOOR": str(note)}, port) as server:
            for key in seen:
                if key in rows:
                    requests = [{"method": "GET", "path": "/" + key.replace(" ", "%20")}] * count
                    _load(server, "", requests[:WARM_UP], 1, [200])
                    before = server.cpu_seconds()
                    _load(server, "", requests, 1, [200])
                    rows[key].floor_cpu = (server.cpu_seconds() - before) / count * 1000


def _print(result: dict[str, Any]) -> None:
    print(f"\n{result['complaints']:,} complaints")
    print(
        f"{'page':14} {'p50 ms':>8} {'p95 ms':>8} {'CPU ms':>8} {'floor':>8} {'×':>5} "
        f"{'/s':>7} {'/s at 4':>8} {'queries':>8} {'bytes':>9} {'gzip':>8}"
    )
    for row in result["pages"]:
        times = f"{row['cpu'] / row['floor_cpu']:5.1f}" if row["floor_cpu"] else "     "
        print(
            f"{row['page']:14} {row['p50']:8.1f} {row['p95']:8.1f} {row['cpu']:8.1f} "
            f"{_or_blank(row['floor_cpu'], '8.1f')} {times} "
            f"{row['per_second']:7.0f} {row['per_second_at_4']:8.0f} "
            f"{_or_blank(row['queries'], '8d')} {row['bytes']:9,} "
            f"{_or_blank(row['compressed'], '8,')}" + (f"  {row['wrong']} wrong answers" if row["wrong"] else "")
        )
    memory = result["memory"]
    print(
        f"memory: web {memory['web'] / 1e6:.0f} MB, worker {memory['worker'] / 1e6:.0f} MB (shared pages counted once)"
    )
    cold = result["first_visit"]
    print(f"first visit to the list: {cold['requests']} requests, {cold['bytes']:,} bytes as sent")


def _or_blank(value: Any, form: str) -> str:
    return format(value, form) if value is not None else " " * int(form.rstrip("fd,").split(".")[0])


if __name__ == "__main__":
    raise SystemExit(main())
