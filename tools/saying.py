"""How the tools speak: each sentence in Chinese and English, one line each way."""

from __future__ import annotations

import sys


def say(zh: str, en: str) -> None:
    """Print a sentence in both languages at once, so that output in files and pipes is never late."""
    print(f"{zh} / {en}", flush=True)


def complain(zh: str, en: str) -> None:
    """The same on standard error."""
    print(f"{zh} / {en}", file=sys.stderr, flush=True)
