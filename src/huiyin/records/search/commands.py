"""``huiyin search``: everything that is found, as an administrator sees it."""

from __future__ import annotations

import json
import sys
from argparse import Namespace

from huiyin.journal.record_urls import kind_name, record_url
from huiyin.kernel.text import t
from huiyin.records.search.search import search as find

MOST = 50


def search(args: Namespace) -> int:
    """Print what is found, newest first; exit code 1 when nothing is."""
    hits = find(None, " ".join(args.text), limit=MOST)
    if args.json:
        rows = [
            {
                "kind": hit.kind,
                "number": hit.number,
                "title": hit.title,
                "snippet": hit.snippet,
                "at": hit.at.isoformat(),
                "url": record_url(hit.kind, hit.number),
            }
            for hit in hits
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return 0 if hits else 1
    for hit in hits:
        kind = kind_name(hit.kind).show(args.language)
        sys.stdout.write(f"{hit.number}  {kind}  {hit.title}\n    {hit.snippet}\n")
    if not hits:
        sys.stdout.write(t("没有找到", "Nothing found").show(args.language) + "\n")
    return 0 if hits else 1
