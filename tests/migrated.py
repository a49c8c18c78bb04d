"""A migrated SQLite database: made once for the source as it stands, then copied by whoever needs one."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STORE = Path(tempfile.gettempdir()) / f"huiyin-tests-{os.getuid()}"
KEPT = 5
"""Databases of earlier states of the source that stay beside the newest, for whoever works on several branches."""


def copy_migrated(target: Path) -> None:
    """Put a copy of the migrated database at ``target``; CalledProcessError when the migrations fail."""
    STORE.mkdir(mode=0o700, exist_ok=True)
    made = STORE / f"{_state_of_the_source()}.sqlite3"
    with (STORE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # workers begin in the same moment, and one is enough to migrate
        if not made.exists():
            _migrate(made)
            for old in sorted(STORE.glob("*.sqlite3"), key=lambda one: one.stat().st_mtime)[: -1 - KEPT]:
                old.unlink()
        shutil.copyfile(made, target)


def _state_of_the_source() -> str:
    """A digest of all that migrating may depend on:
    our code, for migrations call it, and the versions of the libraries.
    """
    digest = hashlib.sha256(sys.version.encode())
    for path in [ROOT / "requirements-dev.lock", *sorted((ROOT / "src").rglob("*.py"))]:
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:32]


def _migrate(target: Path) -> None:
    """Migrate an empty database as a person would, and move it to ``target`` when it is whole."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith("HUIYIN_") and k != "DATABASE_URL"}
    with tempfile.TemporaryDirectory(dir=STORE) as data:
        subprocess.run(
            [sys.executable, "-m", "huiyin", "migrate"],
            env={**inherited, "HUIYIN_DATA": data, "PYTHONPATH": str(ROOT / "src")},
            check=True,
            capture_output=True,
        )
        os.replace(Path(data) / "huiyin.sqlite3", target)
