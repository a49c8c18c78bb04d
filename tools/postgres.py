"""A PostgreSQL cluster for one test run: its own folder, its own Unix socket, gone afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

OWNER = "huiyin"
# A throwaway cluster need not survive a power cut; nothing here changes what SQL means.
FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "1h",
    "jit": "off",
    "autovacuum": "off",
}


def programs() -> Path | None:
    """The folder with initdb and postgres of the newest PostgreSQL on this machine (15 or later), or None."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if found and int(found[-1].parts[-3]) >= 15:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).resolve().parent if on_path else None


@contextmanager
def cluster() -> Iterator[str]:
    """Run a cluster and give its DATABASE_URL; as root the server runs as another user, since it refuses root."""
    bin_folder = programs()
    if bin_folder is None:
        raise FileNotFoundError("initdb")
    folder = Path(tempfile.mkdtemp(prefix="hy-pg-", dir="/tmp"))  # a socket needs a short path
    who = _other_user(folder)
    try:
        data = folder / "data"
        initdb = [str(bin_folder / "initdb"), "-D", str(data), "-U", OWNER, "-A", "trust", "-E", "UTF8"]
        made = subprocess.run(
            [*initdb, "--locale=C.UTF-8", "--no-sync"], cwd=folder, capture_output=True, text=True, **who
        )
        if made.returncode:
            raise RuntimeError(made.stdout + made.stderr)
        settings = [word for name, value in FAST.items() for word in ("-c", f"{name}={value}")]
        command = [str(bin_folder / "postgres"), "-D", str(data), "-k", str(folder), *settings]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                command,
                cwd=folder,
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                **who,
            )
            try:
                _create_database(bin_folder, folder, server)
                yield f"postgresql://{OWNER}@/{OWNER}?host={folder}"
            finally:
                server.send_signal(2)  # SIGINT: a fast shutdown that ends sessions
                server.wait(30)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _other_user(folder: Path) -> dict[str, Any]:
    """Arguments for subprocess that make a command run as an ordinary user when we are root; hands them the folder."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        os.chown(folder, user.pw_uid, user.pw_gid)
        folder.chmod(0o755)
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    return {}


def _create_database(bin_folder: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    createdb = [str(bin_folder / "createdb"), "-h", str(folder), "-U", OWNER, OWNER]
    for _ in range(300):
        if server.poll() is not None:
            raise RuntimeError((folder / "log").read_text("utf-8", "replace"))
        if subprocess.run(createdb, capture_output=True).returncode == 0:
            return
        time.sleep(0.1)
    raise RuntimeError((folder / "log").read_text("utf-8", "replace"))
