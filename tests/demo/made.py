"""A demonstration company as ``huiyin demo`` makes it, gone again when it was looked at."""

from __future__ import annotations

import contextlib
import io
from argparse import Namespace
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from huiyin.demo import commands
from huiyin.procedure import versions
from huiyin.procedure.models import ProcedureVersion
from huiyin.procedure.schema import Procedure

AT = datetime(2026, 11, 18, 2, 30, tzinfo=UTC)  # a Wednesday morning at the site


def wish(**more: Any) -> Namespace:
    """The arguments of ``huiyin demo``."""
    return Namespace(**({"complaints": 5, "seed": 1, "pack": None, "at": AT, "language": "en"} | more))


@contextlib.contextmanager
def made(**more: Any) -> Iterator[tuple[Procedure, str]]:
    """The company that is wished for: its procedure, and what was printed while it was made."""
    with transaction.atomic():
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            assert commands.command(wish(**more)) == 0
        yield versions.procedure_of(ProcedureVersion.objects.get(state="effective").pk), printed.getvalue()
        transaction.set_rollback(True)
