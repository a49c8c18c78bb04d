"""``huiyin journal verify`` and ``huiyin seal``."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from huiyin.journal.sealing import seal_new
from huiyin.journal.verification import verify_with_derived
from huiyin.kernel.text import Text, t


def verify(args: Namespace) -> int:
    """Verify the whole journal; exit code 0 clean, 1 chain or row, 2 seal, 3 obligations that it does not give."""
    found = verify_with_derived()
    whole = t(
        "流水完好：{entries} 条，{seals} 道封印",
        "The journal is whole: {entries} entries, {seals} seals",
        entries=found.entries,
        seals=found.seals,
    )
    fault = found.fault.show(args.language) if found.fault is not None else None
    body = {"code": found.code, "entries": found.entries, "seals": found.seals, "fault": fault}
    _say(found.fault or whole, body, args)
    return found.code


def seal(args: Namespace) -> int:
    """Seal what is not yet sealed."""
    seals = seal_new(at=args.at)
    body = {
        "seals": [
            {"id": one.pk, "first_entry": one.first_entry, "last_entry": one.last_entry, "hash": one.hash}
            for one in seals
        ]
    }
    _say(t("新封印 {n} 道", "{n} new seals", n=len(seals)), body, args)
    return 0


def _say(words: Text, body: dict[str, Any], args: Namespace) -> None:
    said = json.dumps(body, ensure_ascii=False, indent=2) if args.json else words.show(args.language)
    sys.stdout.write(said + "\n")
