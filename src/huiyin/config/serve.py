"""The web server: granian with the WSGI application, after a look at the database."""

from __future__ import annotations

import os
import sys
from argparse import Namespace


def arguments(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """The call of granian: processes started afresh (no pool or engine crosses a fork), a dead one replaced."""
    return [
        "--interface", "wsgi",
        "--host", host,
        "--port", str(port),
        "--workers", str(workers),
        "--blocking-threads", str(threads),
        "--blocking-threads-idle-timeout", "600",
        "--respawn-failed-workers",
        "--respawn-interval", "1",
        "--workers-kill-timeout", "10",
        "--no-ws",
        "--log-level", "warning",
        "huiyin.config.wsgi:application",
    ]  # fmt: skip


def command(args: Namespace) -> int:
    """Serve until told to stop. The command line has looked at the database before: an old one never gets here.

    This process becomes the server, so that the memory spent on looking is given back.
    """
    call = arguments(host=args.host, port=args.port, workers=args.workers, threads=args.threads)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *call])  # noqa: S606 - no shell, own arguments
    return 0
