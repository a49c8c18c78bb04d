"""What another process does for a large company: makes batches and hands them back. Imports nothing of Django before it is set up."""

from __future__ import annotations

import gc
import pickle
from typing import Any

_makers: list[Any] = []


def begin(spec: bytes, database: str) -> None:
    """Get ready: ``spec`` is a pickled ``making.Spec`` of our own parent, ``database`` the name it works on."""
    import django

    django.setup()
    from django.db import connection

    from huiyin.channels.demo.making import Maker

    connection.settings_dict["NAME"] = database
    _makers[:] = [Maker(pickle.loads(spec))]  # noqa: S301 - from our own parent process
    # What stands now stays; a batch makes half a million objects that all live until it is handed back.
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)


def make(batch: bytes) -> bytes:
    """Make a pickled batch; the rows pickled."""
    return pickle.dumps(_makers[0].make(pickle.loads(batch)), protocol=5)  # noqa: S301 - from our own parent process
