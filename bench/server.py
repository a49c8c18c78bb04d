"""The real server on a folder of data, and what the kernel says of its processes."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE = 60.0


@dataclass(frozen=True)
class Server:
    """A running server: its port and the process that leads its group."""

    port: int
    leader: int

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far, in seconds (kernel ticks, 10 ms)."""
        return sum(_cpu(pid) for pid in self.processes())

    def memory_bytes(self) -> int:
        """Proportional set size of all its processes: shared pages are counted once."""
        return sum(_pss(pid) for pid in self.processes())

    def processes(self) -> list[int]:
        """The leader and everything it started."""
        parents: dict[int, list[int]] = {}
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and (fields := _stat(int(entry.name))):
                parents.setdefault(int(fields[1]), []).append(int(entry.name))
        family, at = [self.leader], 0
        while at < len(family):
            family += parents.get(family[at], [])
            at += 1
        return family


@contextmanager
def running(command: list[str], environment: Mapping[str, str], port: int) -> Iterator[Server]:
    """Start a server of our own, wait until it answers anything at all, stop it afterwards."""
    process = subprocess.Popen(
        [sys.executable, *command],
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(process, port)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def worker(environment: Mapping[str, str]) -> Iterator[int]:
    """Run the worker beside the server, as in real life."""
    process = subprocess.Popen([sys.executable, "-m", "huiyin", "work", "--prepared"], cwd=ROOT, env=dict(environment))
    try:
        yield process.pid
    finally:
        process.terminate()
        process.wait(30)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5).close()
        except urllib.error.HTTPError:
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server does not answer")


def _stat(pid: int) -> list[str] | None:
    """Fields of /proc/PID/stat from the state on (a name may hold spaces and brackets)."""
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None


def _cpu(pid: int) -> float:
    fields = _stat(pid)
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def _pss(pid: int) -> int:
    try:
        for line in (Path("/proc") / str(pid) / "smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
