"""Places to sign as colleagues find them on the page of a record."""

from __future__ import annotations

import re
from typing import Any

from tests.desk import Desk, ParsedPage


def place_to(desk: Desk, here: str, noun: str = "sign") -> str:
    """Where the page of the record leads the reader for a step at their place to sign."""
    found = [link for link in desk.get(here).links if re.fullmatch(rf"{here}/signers/\d+/{noun}", link)]
    assert found, f"{desk.person.name} is not offered {noun}"
    return found[0]


def is_asked(desk: Desk, here: str, noun: str = "sign") -> bool:
    """Whether the page of the record offers the reader this at a place to sign."""
    return any(re.fullmatch(rf"{here}/signers/\d+/{noun}", link) for link in desk.get(here).links)


def signs(desk: Desk, here: str, noun: str = "sign", **values: Any) -> None:
    """Sign, refuse, pass on or add a signer on the page that the record leads to; it is done."""
    answer = desk.send(place_to(desk, here, noun), **values)
    assert answer.status_code == 302, ParsedPage(answer).text[-800:]
