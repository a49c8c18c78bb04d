"""Approvals: who must sign at which level, and that no sequence of moves approves without them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel import approval
from huiyin.kernel.approval import ALL, IN_TURN, ONE, Level, NotPossible, Round
from tests.kernel.calendars import PROPERTY

MAY = frozenset({"transfer", "add-signer", "return"})
PEOPLE = ["a", "b", "c", "d", "e", "f"]
STAFF = {"first": ["a", "b"], "second": ["c", "d", "e"], "third": ["f"]}


def staff(key: str) -> Sequence[str]:
    return STAFF[key]


def levels(*needs: str | int, refusal: str = "returns") -> list[Level]:
    return [Level(key, need, refusal, MAY) for key, need in zip(STAFF, needs, strict=False)]


def signed(found: Round, *people: str) -> Round:
    for one in people:
        place = next(each for each in found.awaited if each.asked == one)
        found = approval.sign(found, place.number, staff, by=one, hand=one)
    return found


def awaited(found: Round) -> list[str]:
    return [one.asked for one in found.awaited]


def number(found: Round, person: str) -> int:
    return next(one.number for one in found.awaited if one.asked == person)


def test_all_of_a_level_sign_before_the_next_is_asked() -> None:
    found = approval.begin(levels(ALL, ONE), staff)
    assert awaited(found) == ["a", "b"]
    found = signed(found, "a")
    assert (found.at, awaited(found)) == ("first", ["b"])
    found = signed(found, "b")
    assert (found.at, awaited(found)) == ("second", ["c", "d", "e"])
    found = signed(found, "d")
    assert found.standing == "approved"
    assert [one.state for one in found.places[2:]] == ["excused", "signed", "excused"]


def test_in_turn_one_after_the_other_and_an_added_signer_before_the_next() -> None:
    found = signed(approval.begin(levels(IN_TURN), staff), "a")
    assert awaited(found) == ["b"]
    found = approval.begin(levels(IN_TURN, IN_TURN), staff)
    found = signed(found, "a", "b")
    found = approval.add_signer(found, number(found, "c"), "f")
    assert awaited(found) == ["c"]
    found = signed(found, "c")
    assert awaited(found) == ["f"]
    assert signed(found, "f", "d", "e").standing == "approved"


def test_a_number_means_so_many_different_people() -> None:
    found = signed(approval.begin(levels(ONE, 2), staff), "a", "c")
    with pytest.raises(NotPossible, match="已经签过"):
        approval.sign(found, number(found, "d"), staff, by="d", hand="c")
    assert signed(found, "e").standing == "approved"
    with pytest.raises(NotPossible, match="要 4 人签"):
        signed(approval.begin(levels(ONE, 4), staff), "a")


def test_an_added_signer_counts() -> None:
    found = approval.begin(levels(ONE), staff)
    found = approval.add_signer(found, number(found, "a"), "f")
    assert signed(found, "a").standing == "running"
    assert signed(found, "a", "f").standing == "approved"


def test_returned_to_a_level_the_signatures_between_are_given_again_or_not() -> None:
    found = signed(approval.begin(levels(ONE, ONE, ONE), staff), "a", "c")
    again = approval.refuse(found, number(found, "f"), staff, by="f", hand="f", to="first")
    assert (again.at, again.lap, awaited(again)) == ("first", 2, ["a", "b"])
    assert awaited(signed(again, "b")) == ["c", "d", "e"]
    straight = approval.refuse(found, number(found, "f"), staff, by="f", hand="f", to="first", straight=True)
    back = signed(straight, "b")
    assert (back.at, awaited(back)) == ("third", ["f"])
    assert signed(back, "f").standing == "approved"
    assert back.places[:5] == straight.places[:5]


def test_returned_to_the_author_and_resumed_where_it_was() -> None:
    found = signed(approval.begin(levels(ONE, ONE), staff), "a")
    back = approval.refuse(found, number(found, "c"), staff, by="c", hand="c", straight=True)
    assert (back.standing, awaited(back)) == ("returned", [])
    assert awaited(approval.resume(back, staff)) == ["c", "d", "e"]
    anew = approval.refuse(found, number(found, "c"), staff, by="c", hand="c")
    assert awaited(approval.resume(anew, staff)) == ["a", "b"]


def test_a_refusal_may_end_it() -> None:
    found = approval.begin(levels(ONE, refusal="ends"), staff)
    ended = approval.refuse(found, number(found, "a"), staff, by="a", hand="a")
    assert (ended.standing, awaited(ended)) == ("ended", [])
    with pytest.raises(NotPossible):
        approval.sign(ended, 2, staff, by="b", hand="b")


def test_withdrawn_and_taken_back_until_somebody_acted() -> None:
    found = approval.begin(levels(ALL, ALL), staff)
    assert approval.withdraw(found).standing == "withdrawn"
    once = signed(found, "a")
    with pytest.raises(NotPossible):
        approval.withdraw(once)
    both = signed(once, "b")
    back = approval.take_back(both, 1, hand="a")
    assert (back.at, awaited(back)) == ("first", ["a"])
    assert awaited(signed(back, "a")) == ["c", "d", "e"]
    with pytest.raises(NotPossible):
        approval.take_back(signed(both, "c"), 1, hand="a")


def test_somebody_asked_at_two_levels_signs_once_or_again() -> None:
    both = {"first": ["a", "b"], "second": ["a"]}

    def asks(key: str) -> Sequence[str]:
        return both[key]

    found = approval.begin(levels(ALL, ALL), asks)
    for one in ("b", "a"):
        found = approval.sign(found, number(found, one), asks, by=one, hand=one)
    assert found.standing == "approved"
    assert [(one.by, one.carried) for one in found.places] == [("a", False), ("b", False), ("a", True)]
    found = approval.begin(levels(ALL, ALL), asks, again=True)
    for one in ("b", "a"):
        found = approval.sign(found, number(found, one), asks, by=one, hand=one)
    assert awaited(found) == ["a"]


def test_nobody_is_never_enough() -> None:
    with pytest.raises(NotPossible, match="没有人"):
        approval.begin(levels(ALL), lambda key: [])
    with pytest.raises(NotPossible, match="没有一级"):
        approval.begin([], staff)


def a_move(found: Round, chance: Random) -> Round:
    """Some move by somebody; most cannot be made."""
    place = chance.choice(found.places)
    hand = chance.choice([place.asked, chance.choice(PEOPLE)])
    moves = [
        lambda: approval.sign(found, place.number, staff, by=place.asked, hand=hand),
        lambda: approval.sign(found, place.number, staff, by=place.asked, hand=place.asked),
        lambda: approval.refuse(
            found,
            place.number,
            staff,
            by=place.asked,
            hand=hand,
            to=chance.choice(["", "first", "second"]),
            straight=chance.random() < 0.5,
        ),
        lambda: approval.transfer(found, place.number, chance.choice(PEOPLE)),
        lambda: approval.add_signer(found, place.number, chance.choice(PEOPLE)),
        lambda: approval.take_back(found, place.number, hand=hand),
        lambda: approval.reassign(found, place.number, chance.choice(PEOPLE)),
        lambda: approval.withdraw(found),
        lambda: approval.resume(found, staff),
    ]
    return chance.choices(moves, [4, 8, 1, 1, 1, 1, 1, 1, 2])[0]()


def enough(found: Round, key: str) -> bool:
    """Counted anew and plainly: whether the last signatures of a level are those it needs."""
    last = max(one.lap for one in found.places if one.level == key)
    rows = [one for one in found.places if (one.level, one.lap) == (key, last)]
    rows = [one for one in rows if one.state in ("waiting", "asked", "signed", "refused")]
    hands = {one.hand or one.by for one in rows if one.state == "signed"}
    added = all(one.state == "signed" for one in rows if one.added)
    need = found.level(key).need
    wanted = {ONE: 1}.get(str(need)) or (need if isinstance(need, int) else len({one.asked for one in rows}))
    full = need not in (ALL, IN_TURN) or all(one.state == "signed" for one in rows)
    return bool(hands) and added and full and (len(hands) >= int(wanted) or need in (ALL, IN_TURN))


@PROPERTY
@given(
    needs=st.tuples(*[st.sampled_from([ALL, ONE, IN_TURN, 1])] * 3),
    second=st.sampled_from([ALL, ONE, IN_TURN, 2, 3]),
    seed=st.integers(0, 10**6),
    again=st.booleans(),
)
def test_no_moves_approve_without_enough_signatures(
    needs: tuple[str | int, ...], second: str | int, seed: int, again: bool
) -> None:
    chance = Random(seed)
    found = approval.begin(levels(needs[0], second, needs[2]), staff, again=again)
    for _ in range(60):
        try:
            after = a_move(found, chance)
        except NotPossible:
            continue
        assert len(after.places) >= len(found.places)
        for old, new in zip(found.places, after.places, strict=False):
            assert (old.level, old.lap, old.turn) == (new.level, new.lap, new.turn)
            assert old.asked == new.asked or old.state in approval.OWED
            settled = old.state in ("refused", "passed-on", "excused")
            assert not settled or old.state == new.state
        if after.standing == "running":
            assert after.awaited
            assert {one.level for one in after.awaited} == {after.at}
        else:
            assert not [one for one in after.places if one.state in ("asked", "waiting")]
        if after.standing == "approved":
            assert all(enough(after, one.key) for one in after.levels)
        found = after


def _returned() -> Round:
    found = signed(approval.begin(levels(ONE, ONE), staff), "a")
    return approval.refuse(found, number(found, "c"), staff, by="c", hand="c")


def _second(found: Round) -> int:
    return number(found, "c")


@pytest.mark.parametrize(
    ("move", "said"),
    [
        (lambda: approval.begin([], staff), "没有一级会签适用"),
        (lambda: approval.begin(levels(ONE), lambda _key: []), "这一级没有人可以签署"),
        (lambda: approval.begin(levels(3), staff), "这一级要 3 人签，只找到 2 人"),
        (lambda: approval.resume(approval.begin(levels(ONE), staff), staff), "会签没有退回"),
        (lambda: approval.sign(_returned(), 2, staff, by="c", hand="c"), "现在没有轮到这里签署"),
        (lambda: approval.withdraw(_returned()), "已经有人签署，不能撤回"),
        (lambda: approval.take_back(_returned(), 1, hand="a"), "没有可以撤回的签署"),
    ],
)
def test_moves_that_are_not_possible_say_why(move: Callable[[], object], said: str) -> None:
    with pytest.raises(NotPossible) as refused:
        move()
    assert refused.value.reason.show("zh") == said


@pytest.mark.parametrize("to", ["second", "third", "nowhere"])
def test_a_round_goes_back_to_an_earlier_level_only(to: str) -> None:
    found = signed(approval.begin(levels(ONE, ONE, ONE), staff), "a")
    with pytest.raises(NotPossible, match="不能退回到这一级"):
        approval.refuse(found, _second(found), staff, by="c", hand="c", to=to)


def test_a_level_that_may_not_return_or_ends_all_goes_back_to_no_level() -> None:
    for asked in (levels(ONE, ONE, refusal="ends"), [Level(key, ONE, "returns", frozenset()) for key in STAFF]):
        found = signed(approval.begin(asked, staff), "a")
        with pytest.raises(NotPossible, match="不能退回到这一级"):
            approval.refuse(found, _second(found), staff, by="c", hand="c", to="first")


def test_a_level_allows_only_what_it_may() -> None:
    found = approval.begin([Level("first", ONE, "returns", frozenset())], staff)
    for move in (approval.transfer, approval.add_signer):
        with pytest.raises(NotPossible, match="这一级不允许这样做"):
            move(found, number(found, "a"), "f")


def test_nobody_is_asked_twice_at_a_level() -> None:
    found = approval.begin(levels(ALL), staff)
    for move in (approval.transfer, approval.add_signer, approval.reassign):
        with pytest.raises(NotPossible, match="这一级已经请此人签署"):
            move(found, number(found, "a"), "b")


def test_somebody_else_is_asked_in_the_same_place_whatever_the_level_allows() -> None:
    found = approval.begin([Level("first", ALL, "returns", frozenset())], staff)
    after = approval.reassign(found, number(found, "a"), "f")
    assert (awaited(after), len(after.places)) == (["f", "b"], len(found.places))
    with pytest.raises(NotPossible, match="现在没有轮到这里签署"):
        approval.reassign(signed(after, "f"), number(after, "f"), "e")


def test_a_signature_is_taken_back_by_its_own_hand() -> None:
    found = signed(approval.begin(levels(ALL), staff), "a")
    with pytest.raises(NotPossible, match="没有可以撤回的签署"):
        approval.take_back(found, 1, hand="b")
    with pytest.raises(NotPossible, match="没有可以撤回的签署"):
        approval.take_back(found, 2, hand="b")
    assert awaited(approval.take_back(found, 1, hand="a")) == ["a", "b"]
