"""The content of a procedure as plain data, and the digest by which it is known."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any


def canonical(content: Mapping[str, Any]) -> bytes:
    """Plain data as the one byte sequence that digests are made of: sorted keys, no spaces, UTF-8."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of plain data in its canonical form, as 64 hexadecimal digits."""
    return hashlib.sha256(canonical(content)).hexdigest()
