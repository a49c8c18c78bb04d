"""What a browser keeps of a half-written form comes back in that form alone."""

from __future__ import annotations

import re

import pytest

from tests.doors.grown import Grown
from tests.kinds.matrix import PEOPLE

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # a page says the same, whichever database gave the rows


def test_no_two_forms_share_a_draft(seen: Grown) -> None:
    """A draft is kept under the key that its form says: of all pages that somebody may open, one form's or none's."""
    sent_to: dict[str, set[str]] = {}
    for name in sorted(PEOPLE):
        pages = seen.everything(name).items()
        for path, words in ((path, words) for path, words in pages if path.startswith("/")):
            for tag in re.findall(r"<form[^>]* data-draft-key=[^>]*>", words):
                key, action = (re.search(rf' {named}="([^"]*)"', tag) for named in ("data-draft-key", "action"))
                assert key is not None
                here = action[1] if action is not None and action[1] else path
                sent_to.setdefault(key[1], set()).add(here.split("?")[0])
    assert {key: places for key, places in sent_to.items() if len(places) > 1} == {}
    assert len(sent_to) > 40
