"""The content of a procedure as plain data, and the digest by which it is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> bytes:
    """Plain data as the one byte sequence that digests are made of: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


GONE: Mapping[str, tuple[str, ...]] = {"fields": ("private",)}
"""Keys that packs know no more, by section: stored versions may still hold them, and nothing ever read them."""


def without_gone(content: Mapping[str, Any]) -> dict[str, Any]:
    """Stored content without the keys that packs know no more."""
    kept = {
        section: [{name: value for name, value in one.items() if name not in names} for one in content[section]]
        for section, names in GONE.items()
        if section in content
    }
    return {**content, **kept}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of plain data in its canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()
