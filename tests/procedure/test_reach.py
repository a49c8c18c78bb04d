"""Lives of records by chance: no step that the walk calls impossible is ever taken in one of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.procedure.checks.contradictions import guards_as_conditions
from huiyin.procedure.checks.reach import Reach
from huiyin.procedure.checks.together import KnownField
from huiyin.procedure.computing import settled
from huiyin.procedure.conditions import NOTHING, all_hold
from huiyin.procedure.entries import StepEntry
from huiyin.procedure.kind_entries import FieldEntry

TODAY = date(2026, 1, 5)
LABEL = {"zh": "名", "en": "Name"}
VERBS = ("open", "check", "ask", "close", "correct")
STATES = ("one", "two", "three")
WORDS = {"choice": ("a", "b"), "yesno": ("yes", "no"), "text": ("x",)}
NAMES = ("first", "second", "third")


@st.composite
def fields(draw: st.DrawFn) -> list[FieldEntry]:
    """Three fields, each of which may hang on those before it."""
    made: list[FieldEntry] = []
    for name in NAMES:
        before = [one for one in made if one.type != "text"]
        shown = []
        if before and draw(st.booleans()):
            other = draw(st.sampled_from(before))
            shown = [{"field": other.name, "is": draw(st.sampled_from(WORDS[other.type]))}]
        entry: dict[str, Any] = {
            "key": f"sheet.{name}",
            "type": draw(st.sampled_from(sorted(WORDS))),
            "label": LABEL,
            "asked": draw(st.lists(st.sampled_from(VERBS[:4]), max_size=2, unique=True)),
            "shown": shown,
        }
        made.append(FieldEntry.model_validate(entry))
    return made


@st.composite
def steps(draw: st.DrawFn, of: list[FieldEntry]) -> list[StepEntry]:
    """An opening step and those after it, with guards on the fields."""

    def guard() -> str:
        one = draw(st.sampled_from(of))
        if one.type == "text" or draw(st.booleans()):
            return f"filled:{one.name}"
        return f"is:{one.name}={draw(st.sampled_from(WORDS[one.type]))}"

    made = []
    for verb in VERBS if draw(st.booleans()) else VERBS[:4]:
        from_ = [] if verb == "open" else draw(st.lists(st.sampled_from(STATES), min_size=1, unique=True))
        to = "one" if verb == "open" else None if verb == "correct" else draw(st.sampled_from((*STATES, None)))
        entry = {
            "key": f"sheet.{verb}",
            "label": LABEL,
            "from": from_,
            "to": to,
            "by": ["anyone"],
            "guards": [guard() for _ in range(draw(st.integers(0, 2)))] if verb != "correct" else [],
        }
        made.append(StepEntry.model_validate(entry))
    return made


@settings(max_examples=300)
@given(st.data())
def test_no_life_takes_a_step_that_is_called_impossible(data: st.DataObject) -> None:
    of = data.draw(fields())
    all_steps = data.draw(steps(of))
    reach = Reach(all_steps, {one.name: KnownField(one, _options(one)) for one in of})
    blocked = reach.blocked()
    state, kept = "", {}
    for _ in range(data.draw(st.integers(1, 8))):
        here = [one for one in all_steps if (state in one.from_ if state else not one.from_)]
        if not here:
            break
        step = data.draw(st.sampled_from(here))
        asked = reach.asked_by(step)
        sent = {one.name: data.draw(st.sampled_from(("", *WORDS[one.type]))) for one in of if one.name in asked}
        after = settled(of, {**kept, **sent}, {}, lambda one, facts: all_hold(one.shown, facts.get, today=TODAY))
        if not all_hold((one for _, one in guards_as_conditions(step.guards)), after.get, today=TODAY):
            continue
        assert step.key not in blocked
        standing = reach.walked[0][step.to or state]
        assert all((after.get(one.name) or "") in _words(standing[one.name], one) for one in of)
        state, kept = step.to or state, {name: value for name, value in after.items() if value not in NOTHING}


def _options(field: FieldEntry) -> frozenset[str] | None:
    return frozenset(WORDS[field.type]) if field.type != "text" else None


def _words(found: frozenset[str], field: FieldEntry) -> frozenset[str]:
    """What may stand in a field, the words of a text among them where something may."""
    return found | {"x"} if field.type == "text" and "*" in found else found
