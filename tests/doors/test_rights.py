"""Every address for every kind of person: each is answered as ``tests/rights.py`` says, and no address is left out."""

from __future__ import annotations

import pytest

from tests.attacks.siege import addresses, ask
from tests.doors.grown import Grown, answered
from tests.kinds.matrix import PEOPLE, Door
from tests.rights import DOORS, SEES

pytestmark = pytest.mark.django_db


def given(name: str, door: Door, grown: Grown, *, sends: bool) -> tuple[str, str]:
    """What is answered to reading, and to sending a form in which nothing is filled in; "" to what is not sent."""
    path = door.path.format(**grown.company.real)
    sent = answered(ask(grown.company.browser(name), "post", path, {"nothing": "1"})) if sends else ""
    return grown.read(name, path).answered, sent


def test_every_address_is_in_the_table() -> None:
    new, old = set(addresses()) - set(DOORS), set(DOORS) - set(addresses())
    assert new == set(), (
        f"say who may open {sorted(new)}: add them to the kind's file in tests/kinds or to tests/rights.py"
    )
    assert old == set(), (
        f"{sorted(old)} are no longer there: take them out of the kind's file in tests/kinds or of tests/rights.py"
    )


@pytest.mark.parametrize("pattern", sorted(DOORS))
def test_everybody_is_answered_as_the_table_says(pattern: str, seen: Grown) -> None:
    """Who may only read, or not even that, sends as well; of those who are shown a form one sends it empty."""
    wrong = {}
    for door in DOORS[pattern]:
        shown_again = 0
        for name in ("", *PEOPLE):
            expected = tuple(one.format(**seen.company.real) for one in door.expected(name))
            shown_again += expected == ("200", "200")
            sends = shown_again <= 1 or expected != ("200", "200")
            found = given(name, door, seen, sends=sends)
            if found != (expected if sends else (expected[0], "")):
                wrong[f"{name or 'a stranger'}: {door.path}"] = {"answered": found, "the table": expected}
    assert wrong == {}


@pytest.mark.parametrize("method", ["put", "delete"])
def test_an_address_is_read_and_sent_to_and_nothing_else(seen: Grown, method: str) -> None:
    answers = {}
    for pattern, (door, *_) in DOORS.items():
        name = min(door.who, default="root")
        answers[pattern] = ask(seen.company.browser(name), method, door.path.format(**seen.company.real)).status_code
    assert {pattern: status for pattern, status in answers.items() if status != 405} == {}


def test_the_table_tells_people_apart() -> None:
    """Each of the people has a right that somebody else does not have,
    or the matrix would prove less than it seems to.
    """
    rights = {
        name: frozenset((door.path, door.expected(name)) for doors in DOORS.values() for door in doors)
        for name in ("", *PEOPLE)
    }
    same = {(a, b) for a in rights for b in rights if a < b and rights[a] == rights[b]}
    assert same == set()
    assert all(who < set(PEOPLE) for who in SEES.values())
