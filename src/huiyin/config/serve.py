"""The web server: granian with the WSGI application, after a look at the database."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from huiyin.kernel.text import Text


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
    """Serve until told to stop; refuse on a database that does not answer or lacks migrations.

    This process becomes the server, so that the memory spent on looking is given back.
    """
    if not args.prepared and (reason := _trouble()):
        sys.stderr.write(reason.show(args.language) + "\n")
        return 1
    call = arguments(host=args.host, port=args.port, workers=args.workers, threads=args.threads)
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *call])  # noqa: S606 - no shell, own arguments
    return 0


def _trouble() -> Text | None:
    import django

    django.setup()
    from huiyin.config.database import trouble

    return trouble()
