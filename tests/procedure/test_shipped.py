"""Nothing that a shipped pack says changes unseen: no entry, no guard, no limit, no day."""

from __future__ import annotations

import json
import os
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import huiyin.packs
from huiyin.procedure.content import digest_of
from huiyin.procedure.loader import load_pack

KEPT = Path(__file__).with_name("shipped.json")
REFRESH = "HUIYIN_REFRESH_SHIPPED"
HOW = f"{REFRESH}=1 .venv/bin/python -m pytest tests/procedure/test_shipped.py"
PACKS = Path(huiyin.packs.__path__[0])
SHIPPED = sorted(one.parent.name for one in PACKS.glob("*/pack.toml"))


def without_words(value: Any) -> Any:
    """The same without what is only read by people: texts in two languages may be put better at any time."""
    if isinstance(value, dict):
        return {name: without_words(one) for name, one in value.items() if not is_text(one)}
    return [without_words(one) for one in value] if isinstance(value, list) else value


def is_text(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"zh", "en"}


@cache
def said(pack: str) -> dict[str, str]:
    """What a pack and those below it say: each entry by section and key, with its digest; without keys by its place."""
    content = without_words(load_pack(PACKS / pack).to_json())
    found = {}
    for section, entries in content.items():
        for place, one in enumerate(entries if isinstance(entries, list) else [entries]):
            key = one.get("key", place) if isinstance(one, dict) else place
            found[f"{section} {key}"] = digest_of({"said": one})[:8]
    return found


def _extends(pack: str) -> str | None:
    return tomllib.loads((PACKS / pack / "pack.toml").read_text("utf-8"))["pack"].get("extends")


def of_its_own(pack: str) -> dict[str, str]:
    """What a pack says otherwise than the one below it; "-" what it takes away."""
    below, here = _extends(pack), said(pack)
    inherited = said(below) if below else {}
    taken = dict.fromkeys(inherited.keys() - here.keys(), "-")
    return {name: digest for name, digest in here.items() if inherited.get(name) != digest} | taken


@pytest.mark.parametrize("pack", SHIPPED)
def test_a_pack_says_what_was_reviewed(pack: str) -> None:
    """Whoever meant a change renews the file and finds the entries that changed in its lines."""
    kept, now = json.loads(KEPT.read_text("utf-8")), of_its_own(pack)
    if os.environ.get(REFRESH):
        kept = {one: said for one, said in (kept | {pack: now}).items() if one in SHIPPED}
        KEPT.write_text(json.dumps(kept, ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")
    changed = {name for name, _ in now.items() ^ kept.get(pack, {}).items()}
    assert changed == set(), f"if it was meant: {HOW}"


def test_no_other_pack_is_kept() -> None:
    assert sorted(json.loads(KEPT.read_text("utf-8"))) == SHIPPED
