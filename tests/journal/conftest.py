"""What tests of the journal share: seals and keys of their own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Path) -> Path:
    """Each test signs with a key of its own and exports its seals to a folder of its own."""
    settings.KEYS, settings.SEALS = tmp_path / "keys", tmp_path / "seals"
    return tmp_path
