"""The tools behind bin/: the supervisor and the reading of pages."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bench.client import percentile
from bench.forms import forms
from tools.processes import ManagedProcess, Supervisor
from tools.suite import browser_program
from tools.up import _width

ROOT = Path(__file__).resolve().parents[2]
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def until(condition: object, seconds: float = 10.0) -> bool:
    """Wait for a condition (a callable) to hold."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():  # type: ignore[operator]
            return True
        time.sleep(0.02)
    return False


def test_a_dead_child_comes_back_after_its_pause() -> None:
    child = ManagedProcess("sleeper", SLEEP, pause=0.05)
    watched = Supervisor([child], os.environ)
    watched.start()
    first = child.process
    assert first is not None
    first.kill()
    first.wait()
    watched.look()
    assert child.process is None
    assert child.pause == 0.1
    time.sleep(0.06)
    watched.look()
    assert child.process is not None
    assert child.process.pid != first.pid
    watched.stop()
    assert child.process.poll() == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_ended_by_force(monkeypatch: object) -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('ready', flush=True); time.sleep(60)"
    )
    child = ManagedProcess("deaf", [sys.executable, "-c", deaf])
    watched = Supervisor([child], os.environ)
    watched.start()
    assert child.process is not None
    time.sleep(0.5)
    monkeypatch.setattr("tools.processes.PATIENCE", 0.2)  # type: ignore[attr-defined]
    watched.stop()
    assert child.process.poll() == -signal.SIGKILL


def test_what_a_dead_child_had_started_ends_with_it(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import subprocess, time; p = subprocess.Popen(['sleep', '60']); "
        f"open({str(note)!r}, 'w').write(str(p.pid)); time.sleep(60)"
    )
    child = ManagedProcess("parent", [sys.executable, "-c", program], pause=60)
    watched = Supervisor([child], os.environ)
    watched.start()
    assert until(lambda: note.exists() and note.read_text())
    assert child.process is not None
    child.process.kill()
    child.process.wait()
    assert is_running(int(note.read_text()))
    watched.look()
    assert until(lambda: not is_running(int(note.read_text())))
    watched.stop()


def test_children_end_with_a_supervisor_that_was_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    program = (
        "import os, sys, time\n"
        "from tools.processes import ManagedProcess, Supervisor\n"
        "s = Supervisor([ManagedProcess('x', [sys.executable, '-c', 'import time; time.sleep(60)'])], os.environ)\n"
        "s.start()\n"
        f"open({str(note)!r}, 'w').write(str(s.children[0].process.pid))\n"
        "time.sleep(60)\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert until(lambda: note.exists() and note.read_text())
    pid = int(note.read_text())
    parent.kill()
    parent.wait()
    assert until(lambda: not is_running(pid))


def is_running(pid: int) -> bool:
    try:
        return (Path("/proc") / str(pid) / "stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_chinese_takes_two_columns() -> None:
    assert (_width("质量 QC"), _width("abc")) == (7, 3)


def test_percentiles_are_values_that_were_seen() -> None:
    seen = [1.0, 2.0, 3.0, 4.0]
    assert [percentile(seen, p) for p in (50, 75, 95, 100)] == [2.0, 3.0, 4.0, 4.0]
    assert percentile([], 50) == 0.0


def test_a_form_is_read_as_a_browser_would() -> None:
    page = """
    <form action="/x" method="post">
      <input type="hidden" name="csrfmiddlewaretoken" value="s">
      <input name="customer" required value="甲">
      <select name="channel"><option value="">-</option><option value="phone" selected>电话</option></select>
      <textarea name="problem">
漏油</textarea>
      <input type="radio" name="severity" value="a"><input type="radio" name="severity" value="b" checked>
      <input type="checkbox" name="copy"><input type="submit" name="go" value="Go">
    </form>"""
    form = forms(page)[0]
    assert (form.action, form.method, form.required) == ("/x", "post", {"customer"})
    assert form.values == {
        "csrfmiddlewaretoken": "s",
        "customer": "甲",
        "channel": "phone",
        "problem": "漏油",
        "severity": "b",
    }
    assert form.choices == {"channel": ["", "phone"], "severity": ["a", "b"], "copy": ["on"]}


def test_the_browser_without_windows_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    programs = [tmp_path / name for name in ("chromium-headless-shell", "chromium", "chromium-browser")]
    for program in programs:
        program.touch(mode=0o755)
    for program in programs:
        assert browser_program() == str(program)
        program.unlink()
    assert browser_program() is None
