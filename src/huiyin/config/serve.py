"""The processes that stay: granian with the WSGI application, and the worker; each after a look at the database."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from huiyin.kernel.text import Text


def arguments(*, host: str, port: int, workers: int, threads: int) -> list[str]:
    """The call of granian: processes started afresh (no pool or engine crosses a fork), a dead one replaced."""
    return [
        "--interface",
        "wsgi",
        "--host",
        host,
        "--port",
        str(port),
        "--workers",
        str(workers),
        "--blocking-threads",
        str(threads),
        "--blocking-threads-idle-timeout",
        "600",
        "--respawn-failed-workers",
        "--respawn-interval",
        "1",
        "--workers-kill-timeout",
        "10",
        "--no-ws",
        "--log-level",
        "warning",
        "huiyin.config.wsgi:application",
    ]


def command(args: Namespace) -> int:
    """Serve until told to stop; refuse on a database that does not answer or lacks migrations.

    This process becomes the server, so that the memory spent on looking is given back.
    """
    if not _fit(args):
        return 1
    call = arguments(host=args.host, port=args.port, workers=args.workers, threads=args.threads)
    return _become("granian", *call)


def work(args: Namespace) -> int:
    """Run the worker until told to stop; the same look at the database first, in a process that is then left behind."""
    if not args.prepared:
        return _become("huiyin", "work", "--prepared") if _fit(args) else 1
    import django

    django.setup()
    from huiyin.config.worker import run

    return run()


def _fit(args: Namespace) -> bool:
    """Whether the database can be worked with; says what is wrong with it."""
    if not args.prepared and (reason := _trouble()):
        sys.stderr.write(reason.show(args.language) + "\n")
        return False
    return True


def _become(module: str, *call: str) -> int:
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", module, *call])  # noqa: S606 - no shell, own arguments
    return 0


def _trouble() -> Text | None:
    import django

    django.setup()
    from huiyin.config.database import startup_problem

    return startup_problem()
