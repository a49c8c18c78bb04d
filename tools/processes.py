"""Keeps child processes running: a dead one comes back with growing pauses,
all stop together and leave nobody behind.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

from tools.saying import complain

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0  # seconds of life after which the next death counts as the first again
PATIENCE = 15.0  # seconds between the friendly and the forced stop
_PARENT_DEATH = 1  # prctl's PR_SET_PDEATHSIG


@dataclass
class ManagedProcess:
    """One process that must be there: its name for messages and the command that starts it."""

    name: str
    command: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE
    due: float = 0.0  # the moment (monotonic) from which it may be started again


@dataclass
class Supervisor:
    """Starts the children, watches them, stops them on SIGTERM or SIGINT."""

    children: list[ManagedProcess]
    environment: Mapping[str, str]
    stopping: bool = field(default=False, init=False)

    def start(self) -> None:
        """Start every child once."""
        for child in self.children:
            self._launch(child)

    def run(self) -> None:
        """Watch until a signal asks to stop; then stop all."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, self._asked_to_stop)
        while not self.stopping:
            self.look()
            time.sleep(0.2)
        self.stop()

    def look(self) -> None:
        """Start again what has died, when its pause is over."""
        now = time.monotonic()
        for child in self.children:
            process = child.process
            if process is not None and process.poll() is not None:
                _end_group(process.pid)
                steady = now - child.started > STEADY_AFTER
                child.pause = FIRST_PAUSE if steady else child.pause
                child.process, child.due = None, now + child.pause
                complain(
                    f"{child.name} 意外结束（{process.returncode}），{child.pause:.0f} 秒后重新启动",
                    f"{child.name} ended ({process.returncode}); starting it again in {child.pause:.0f} s",
                )
                child.pause = min(child.pause * 2, LONGEST_PAUSE)
            elif process is None and now >= child.due:
                self._launch(child)

    def stop(self) -> None:
        """Ask every child to end, wait, and end by force what is left."""
        alive = [child.process for child in self.children if child.process and child.process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + PATIENCE
        for process in alive:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            _end_group(process.pid)

    def _launch(self, child: ManagedProcess) -> None:
        child.started = time.monotonic()
        child.process = subprocess.Popen(
            child.command,
            env=dict(self.environment),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # a Ctrl+C reaches us alone; we pass it on in order
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )

    def _asked_to_stop(self, _number: int, _frame: FrameType | None) -> None:
        self.stopping = True


def _end_group(pid: int) -> None:
    """End what a dead child left behind: processes it had started would go on holding its port."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def _end_with_parent() -> None:
    """Ask Linux to send SIGTERM to this process when its parent dies, even by SIGKILL."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGTERM)
