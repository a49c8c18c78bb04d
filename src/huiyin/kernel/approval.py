"""A round of approval: levels in their order, places to sign at each, and the moves by which it goes on or ends.

A round never changes: every move gives the next one. Places stay where they are for ever, so that a round tells its
whole history; those of a level count as long as the level is not begun anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from huiyin.kernel.text import Text, t

Standing = Literal["running", "approved", "returned", "ended", "withdrawn", "void"]
PlaceState = Literal["waiting", "asked", "signed", "refused", "passed-on", "excused"]
ALL, ONE, IN_TURN = "all", "one", "in-turn"
RETURNS, ENDS = "returns", "ends"
TRANSFER, ADD, RETURN = "transfer", "add-signer", "return"
AUTHOR = ""
"""Where a round goes that is returned to whoever submitted it."""
OWED: tuple[PlaceState, ...] = ("waiting", "asked")
"""States of a place that somebody still has to fill."""
Who = Callable[[str], Sequence[str]]
"""Gives whom a level asks, by its key: each a word that stands for one person, department or head."""


class NotPossible(Exception):
    """The move cannot be made now; ``reason`` says why."""

    def __init__(self, reason: Text) -> None:
        self.reason = reason
        super().__init__(reason.show("zh"))


@dataclass(frozen=True, slots=True)
class Level:
    """One level: how many of those asked must sign, what a refusal does, and what a signer may do beside."""

    key: str
    need: str | int = ALL
    refusal: str = RETURNS
    may: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """A place to sign: who is asked, and who signed for them.

    ``lap`` counts how often the round went back before; ``by`` is for whom the signature counts, ``hand`` who gave it,
    ``carried`` that it was given at an earlier level already.
    """

    number: int
    level: str
    lap: int
    turn: int
    asked: str
    state: PlaceState = "waiting"
    by: str = ""
    hand: str = ""
    added: bool = False
    carried: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """Where an approval stands: ``at`` names the level that is asked, empty when none is.

    ``straight_to`` is the level to which a returned round goes back without asking those between again. ``again``:
    somebody who is asked at two levels signs at both.
    """

    levels: tuple[Level, ...]
    places: tuple[Place, ...] = ()
    standing: Standing = "running"
    at: str = ""
    lap: int = 1
    straight_to: str = ""
    again: bool = False

    def level(self, key: str) -> Level:
        """The level of this key."""
        return next(one for one in self.levels if one.key == key)

    def order(self, key: str) -> int:
        """Which level it is, counted from 0."""
        return [one.key for one in self.levels].index(key)

    def place(self, number: int) -> Place:
        """The place of this number."""
        return self.places[number - 1]

    def counting(self, key: str) -> tuple[Place, ...]:
        """The places of a level since it was last begun, those who are out of it left out."""
        of_level = [one for one in self.places if one.level == key]
        lap = max((one.lap for one in of_level), default=0)
        return tuple(one for one in of_level if one.lap == lap and one.state not in ("passed-on", "excused"))

    @property
    def awaited(self) -> tuple[Place, ...]:
        """The places whose turn it is."""
        return tuple(one for one in self.places if one.state == "asked")

    @property
    def acted(self) -> bool:
        """Whether anybody signed or refused since the round was last begun or returned."""
        return any(one.lap == self.lap and one.state in ("signed", "refused") and one.hand for one in self.places)


def begin(levels: Iterable[Level], who: Who, *, again: bool = False) -> Round:
    """A round that asks the first level; NotPossible where no level asks anybody."""
    found = Round(tuple(levels), again=again)
    if not found.levels:
        raise NotPossible(t("没有一级会签适用", "No level of approval applies"))
    return _go_on(_enter(found, found.levels[0].key, who), who)


def resume(was: Round, who: Who) -> Round:
    """A round returned to its author goes on: at the level that returned it if this was wished, else at the first."""
    if was.standing != "returned":
        raise NotPossible(t("会签没有退回", "The approval was not returned"))
    to = was.straight_to or was.levels[0].key
    going = replace(was, standing="running", lap=was.lap + 1, straight_to="")
    return _go_on(_enter(going, to, who), who)


def is_complete(found: Round, key: str) -> bool:
    """Whether enough have signed at a level: nobody is never enough, and an added signer is always needed."""
    level, places = found.level(key), found.counting(key)
    signed = [one for one in places if one.state == "signed"]
    missing = [one for one in places if one.state != "signed"]
    if not signed or any(one.added for one in missing):
        return False
    match level.need:
        case "one":
            return True
        case int(number):
            return len({one.hand or one.by for one in signed}) >= number
    return not missing


def sign(found: Round, number: int, who: Who, *, by: str, hand: str) -> Round:
    """``hand`` signs at a place, for ``by``; the level, the round may be complete with it."""
    place = _asked(found, number)
    level = found.level(place.level)
    mine = [one for one in found.counting(place.level) if one.state == "signed" and hand in (one.hand, one.by)]
    if isinstance(level.need, int) and mine:
        reason = t("这一级要几个人分别签，您已经签过", "This level needs several people, and you have signed already")
        raise NotPossible(reason)
    return _go_on(_with(found, replace(place, state="signed", by=by, hand=hand)), who)


def refuse(
    found: Round, number: int, who: Who, *, by: str, hand: str, to: str = AUTHOR, straight: bool = False
) -> Round:
    """``hand`` refuses at a place: the round ends, or goes back to its author or to an earlier level.

    With ``straight`` it comes from there straight back to this level.
    """
    place = _asked(found, number)
    level = found.level(place.level)
    known = [one.key for one in found.levels[: found.order(place.level)]]
    if to != AUTHOR and (to not in known or RETURN not in level.may or level.refusal == ENDS):
        raise NotPossible(t("不能退回到这一级", "It cannot be returned to this level"))
    after = _excused(_with(found, replace(place, state="refused", by=by, hand=hand)), OWED)
    if level.refusal == ENDS:
        return replace(after, standing="ended", at="", straight_to="")
    back_to = place.level if straight else ""
    if to == AUTHOR:
        return replace(after, standing="returned", at="", straight_to=back_to)
    after = replace(after, lap=after.lap + 1, straight_to=back_to)
    return _go_on(_enter(after, to, who), who)


def transfer(found: Round, number: int, to: str) -> Round:
    """Somebody else is asked in this place's stead."""
    place = _asked(found, number)
    _may(found, place, TRANSFER)
    after = _with(found, replace(place, state="passed-on"))
    return _asking(after, place, to, state="asked", added=place.added)


def add_signer(found: Round, number: int, to: str) -> Round:
    """One more is asked at this level, and the level needs their signature; in turn, before those who still wait."""
    place = _asked(found, number)
    _may(found, place, ADD)
    in_turn = found.level(place.level).need == IN_TURN
    return _asking(found, place, to, state="waiting" if in_turn else "asked", added=True)


def reassign(found: Round, number: int, to: str) -> Round:
    """Whoever was asked at a place can sign no more: somebody else is, who is not asked at the level yet."""
    place = found.place(number)
    if found.standing != "running" or place.state not in OWED:
        raise NotPossible(t("现在没有轮到这里签署", "This signature is not asked for now"))
    _check_is_new(found, place, to)
    return _with(found, replace(place, asked=to))


def withdraw(found: Round) -> Round:
    """The author takes the round back; only until somebody acted."""
    if found.standing != "running" or found.acted:
        raise NotPossible(t("已经有人签署，不能撤回", "Somebody has acted already; it cannot be withdrawn"))
    return replace(_excused(found, OWED), standing="withdrawn", at="", straight_to="")


def take_back(found: Round, number: int, *, hand: str) -> Round:
    """Whoever signed takes the signature back; only until the next level acted.

    What the next level was asked meanwhile is asked no more.
    """
    place = found.place(number)
    if place.state != "signed" or hand != place.hand or found.standing != "running":
        raise NotPossible(t("没有可以撤回的签署", "There is no signature of yours to take back"))
    if place not in found.counting(place.level) or found.order(found.at) - found.order(place.level) not in (0, 1):
        raise NotPossible(_ACTED)
    later = found.counting(found.at) if found.at != place.level else ()
    if any(one.hand and one.state in ("signed", "refused") for one in later):
        raise NotPossible(_ACTED)
    after = found
    for one in later:
        after = _with(after, replace(one, state="excused"))
    if later:
        after = _wanted_again(replace(after, at=place.level), place)
    if after.level(place.level).need == IN_TURN:
        after = _behind(after, place)
    return _with(after, replace(place, state="asked", by="", hand=""))


def void(found: Round) -> Round:
    """What was to be signed has changed, or is not wanted any more: no signature of this round holds."""
    return replace(_excused(found, OWED), standing="void", at="", straight_to="")


_ACTED = t("下一级已经办理，不能撤回", "The next level has acted already; it cannot be taken back")


def _wanted_again(found: Round, place: Place) -> Round:
    """Those of the level who had been excused because others signed are asked again, in new places."""
    lap = place.lap
    excused = [one for one in found.places if (one.level, one.lap, one.state) == (place.level, lap, "excused")]
    for one in excused:
        found = _asking(found, one, one.asked, state="asked", added=one.added)
    return found


def _behind(found: Round, place: Place) -> Round:
    """Whoever is asked after a place in turn waits again, in a new place."""
    for one in found.counting(place.level):
        if one.state == "asked":
            found = _with(found, replace(one, state="excused"))
            found = _asking(found, one, one.asked, state="waiting", added=one.added)
    return found


def _enter(found: Round, key: str, who: Who) -> Round:
    """Begin a level: a place for each whom it asks, all asked at once or one after the other."""
    level, asked = found.level(key), list(dict.fromkeys(who(key)))
    if not asked:
        raise NotPossible(t("这一级没有人可以签署", "Nobody can sign at this level"))
    if isinstance(level.need, int) and len(asked) < level.need:
        reason = t(
            "这一级要 {n} 人签，只找到 {m} 人",
            "This level needs {n} to sign, there are {m}",
            n=level.need,
            m=len(asked),
        )
        raise NotPossible(reason)
    before = _signed_before(found, key)
    places = list(found.places)
    for turn, one in enumerate(asked):
        place = Place(len(places) + 1, key, found.lap, turn, one)
        if one in before:
            place = replace(place, state="signed", by=one, carried=True)
        elif level.need != IN_TURN:
            place = replace(place, state="asked")
        places.append(place)
    return replace(found, places=tuple(places), at=key)


def _signed_before(found: Round, key: str) -> set[str]:
    """Those who signed at an earlier level for themselves, where once is enough."""
    if found.again:
        return set()
    earlier = found.levels[: found.order(key)]
    return {
        one.by for level in earlier for one in found.counting(level.key) if one.state == "signed" and one.hand == one.by
    }


def _go_on(found: Round, who: Who) -> Round:
    """Ask whoever is next: in the level, at the next level, or nobody for it is approved."""
    while found.standing == "running":
        if not is_complete(found, found.at):
            return _next_in_turn(found)
        found = _excused(found, OWED)
        following = found.straight_to or _after(found, found.at)
        if not following:
            return replace(found, standing="approved", at="", straight_to="")
        found = _enter(replace(found, straight_to=""), following, who)
    return found


def _after(found: Round, key: str) -> str:
    rest = found.levels[found.order(key) + 1 :]
    return rest[0].key if rest else ""


def _next_in_turn(found: Round) -> Round:
    places = found.counting(found.at)
    waiting = sorted((one for one in places if one.state == "waiting"), key=lambda one: (one.turn, one.number))
    if not waiting or any(one.state == "asked" for one in places):
        return found
    return _with(found, replace(waiting[0], state="asked"))


def _asked(found: Round, number: int) -> Place:
    place = found.place(number)
    if found.standing != "running" or place.state != "asked":
        raise NotPossible(t("现在没有轮到这里签署", "This signature is not asked for now"))
    return place


def _may(found: Round, place: Place, what: str) -> None:
    if what not in found.level(place.level).may:
        raise NotPossible(t("这一级不允许这样做", "This level does not allow it"))


def _asking(found: Round, beside: Place, who: str, *, state: PlaceState, added: bool) -> Round:
    _check_is_new(found, beside, who)
    place = Place(len(found.places) + 1, beside.level, beside.lap, beside.turn, who, state, added=added)
    return replace(found, places=(*found.places, place))


def _check_is_new(found: Round, beside: Place, who: str) -> None:
    there = found.counting(beside.level)
    if any(one.asked == who and one.state in (*OWED, "signed") for one in there):
        raise NotPossible(t("这一级已经请此人签署", "They are asked at this level already"))


def _with(found: Round, place: Place) -> Round:
    places = list(found.places)
    places[place.number - 1] = place
    return replace(found, places=tuple(places))


def _excused(found: Round, states: tuple[PlaceState, ...]) -> Round:
    places = tuple(replace(one, state="excused") if one.state in states else one for one in found.places)
    return replace(found, places=places)
