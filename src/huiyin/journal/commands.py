"""``huiyin journal verify`` and ``huiyin seal``."""

from __future__ import annotations

import sys
from argparse import Namespace

from huiyin.journal.sealing import seal_new
from huiyin.journal.verification import verify as verify_journal
from huiyin.kernel.text import t


def verify(args: Namespace) -> int:
    """Verify the whole journal; exit code 0 clean, 1 chain or row, 2 seal."""
    found = verify_journal()
    language = getattr(args, "language", "zh")
    if found.fault is not None:
        sys.stdout.write(found.fault.show(language) + "\n")
    else:
        said = t(
            "流水完好：{entries} 条，{seals} 道封印", "The journal is whole: {entries} entries, {seals} seals",
            entries=found.entries, seals=found.seals,
        )  # fmt: skip
        sys.stdout.write(said.show(language) + "\n")
    return found.code


def seal(args: Namespace) -> int:
    """Seal what is not yet sealed."""
    seals = seal_new(at=args.at)
    said = t("新封印 {n} 道", "{n} new seals", n=len(seals))
    sys.stdout.write(said.show(getattr(args, "language", "zh")) + "\n")
    return 0
