"""Step tables: what may be done where, where it leads, and which mistakes a pack can make."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.steptable import PREVIOUS, StepTable, StepTableInvalid, Transition
from tests.kernel.calendars import PROPERTY


def row(verb: str, origins: list[str | None], to: str | None = None) -> Transition:
    return Transition(verb, frozenset(origins), to)


STATES = ("registered", "verified", "asking", "handling", "answered", "closed", "withdrawn")
COMPLAINT = StepTable(
    STATES,
    [
        row("register", [None], "registered"),
        row("supplement", ["registered", "verified"]),
        row("verify", ["registered"], "verified"),
        row("ask_customer", ["registered", "verified"], "asking"),
        row("record_reply", ["asking"], PREVIOUS),
        row("assign", ["verified", "handling"], "handling"),
        row("answer", ["handling"], "answered"),
        row("refuse", ["answered"], "handling"),
        row("close", ["answered"], "closed"),
        row("reopen", ["closed"], "handling"),
        row("withdraw", ["registered", "asking"], "withdrawn"),
    ],
    final=["closed", "withdrawn"],
)


def test_a_step_is_found_by_state_and_verb() -> None:
    verify = COMPLAINT.transition("registered", "verify")
    assert verify == row("verify", ["registered"], "verified")
    assert COMPLAINT.transition("verified", "verify") is None
    assert COMPLAINT.transition(None, "register") == row("register", [None], "registered")
    assert COMPLAINT.transition("registered", "unheard of") is None


def test_the_verbs_of_a_state_come_in_the_order_of_the_table() -> None:
    assert COMPLAINT.verbs_from("registered") == ("supplement", "verify", "ask_customer", "withdraw")
    assert COMPLAINT.verbs_from(None) == ("register",)
    assert COMPLAINT.verbs_from("withdrawn") == ()
    assert COMPLAINT.verbs_from("no such state") == ()


def test_the_origins_of_a_verb() -> None:
    assert COMPLAINT.origins_of("assign") == ("verified", "handling")
    assert COMPLAINT.origins_of("register") == (None,)
    assert COMPLAINT.origins_of("unheard of") == ()


def test_where_a_step_leads() -> None:
    assert COMPLAINT.target(None, "register") == "registered"
    assert COMPLAINT.target("registered", "supplement") == "registered"
    assert COMPLAINT.target("verified", "assign") == "handling"
    assert COMPLAINT.target("asking", "record_reply", previous="verified") == "verified"


def test_a_step_that_leads_back_needs_to_know_where_to() -> None:
    with pytest.raises(LookupError, match="no previous state"):
        COMPLAINT.target("asking", "record_reply")
    with pytest.raises(LookupError, match="no step 'close'"):
        COMPLAINT.target("registered", "close")


def test_steps_that_stay_and_steps_that_open() -> None:
    assert [each.verb for each in COMPLAINT.transitions if each.stays] == ["supplement"]
    assert [each.verb for each in COMPLAINT.transitions if each.opens] == ["register"]


def test_a_sound_table_has_neither_unreachable_states_nor_dead_ends() -> None:
    assert COMPLAINT.unreachable() == ()
    assert COMPLAINT.reachable() == frozenset(STATES)
    assert COMPLAINT.dead_ends() == ()


def test_states_no_record_comes_into_are_found() -> None:
    table = StepTable(
        ("a", "b", "c", "d", "e"),
        [
            row("open", [None], "a"),
            row("go", ["a"], "b"),
            row("on", ["c"], "d"),
            row("back", ["d"], PREVIOUS),
        ],
    )
    assert table.unreachable() == ("c", "d", "e")


def test_states_that_are_entered_only_by_leading_back_are_reached() -> None:
    table = StepTable(("a", "b"), [row("open", [None], "b"), row("go", ["a"], "b"), row("back", ["b"], PREVIOUS)])
    assert table.unreachable() == ()


def test_a_step_back_leads_only_to_where_its_origin_was_entered_from() -> None:
    rows = [
        row("open", [None], "a"),
        row("go", ["a"], "b"),
        row("back", ["b"], PREVIOUS),
        row("on", ["c"], "d"),
    ]
    assert StepTable("abcd", rows).unreachable() == ("c", "d")


def test_states_without_a_way_out_are_found() -> None:
    rows = [
        row("open", [None], "a"),
        row("go", ["a"], "b"),
        row("note", ["b"]),
        row("stray", ["a"], "c"),
        row("circle", ["c"], "d"),
        row("circle back", ["d"], "c"),
        row("end", ["a"], "z"),
    ]
    assert StepTable("abcdz", rows, final="z").dead_ends() == ("b", "c", "d")
    assert StepTable("abcdz", rows).dead_ends() == ("b", "z")


def test_a_state_that_only_leads_back_is_no_dead_end() -> None:
    rows = [
        row("open", [None], "a"),
        row("ask", ["a"], "b"),
        row("reply", ["b"], PREVIOUS),
        row("end", ["a"], "z"),
    ]
    assert StepTable("abz", rows, final="z").dead_ends() == ()


@pytest.mark.parametrize(
    ("states", "rows", "final", "problems"),
    [
        (["a"], [row("go", ["a"], "x")], (), ["步骤「go」引用了不存在的状态「x」"]),
        (["a"], [row("go", ["x"], "a")], (), ["步骤「go」引用了不存在的状态「x」"]),
        (["a"], [row("go", [], "a")], (), ["步骤「go」没有起始状态"]),
        (["a"], [row("open", [None])], (), ["步骤「open」新建记录，却没有写明到达的状态"]),
        (["a"], [row("open", [None], PREVIOUS)], (), ["步骤「open」新建记录，却没有写明到达的状态"]),
        (["a", "a"], [], (), ["状态有重复"]),
        (["a"], [], ["z"], ["没有终止状态「z」"]),
        (["a"], [row("go", ["a"], "a"), row("go", ["a"])], (), ["步骤「go」在状态「a」下规定了两次"]),
        (["a"], [row("open", [None], "a"), row("open", [None], "a")], (), ["步骤「open」两次规定如何新建"]),
        (
            ["a"],
            [row("go", ["x"], "y"), row("open", [None])],
            ["z"],
            [
                "没有终止状态「z」",
                "步骤「go」引用了不存在的状态「x」",
                "步骤「go」引用了不存在的状态「y」",
                "步骤「open」新建记录，却没有写明到达的状态",
            ],
        ),
    ],
)
def test_all_mistakes_of_a_table_are_told_at_once(
    states: list[str], rows: list[Transition], final: list[str], problems: list[str]
) -> None:
    with pytest.raises(StepTableInvalid) as refused:
        StepTable(states, rows, final=final)
    assert [problem.show("zh") for problem in refused.value.problems] == problems
    assert all(problem.show("en").endswith(".") for problem in refused.value.problems)


def test_one_verb_may_lead_from_different_states_to_different_ones() -> None:
    table = StepTable("abc", [row("open", [None], "a"), row("go", ["a"], "b"), row("go", ["b"], "c")])
    assert (table.target("a", "go"), table.target("b", "go")) == ("b", "c")


edges = st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=12, unique=True)


@PROPERTY
@given(edges)
def test_reachable_is_what_walking_finds(pairs: list[tuple[str, str]]) -> None:
    rows = [row("open", [None], "a"), *(row(f"{one}{to}", [one], to) for one, to in pairs)]
    table = StepTable("abcdef", rows, final="f")
    walked, ends = {"a"}, {"f"}
    for _ in range(6):
        walked |= {to for one, to in pairs if one in walked}
        ends |= {one for one, to in pairs if to in ends}
    assert table.reachable() == walked
    assert set(table.dead_ends()) == set("abcdef") - ends


def test_the_way_to_a_state_is_the_shortest_and_never_through_an_end() -> None:
    table = StepTable(
        ["new", "judged", "handling", "answered", "rejected", "lost"],
        [
            row("register", [None], "new"),
            row("judge", ["new"], "judged"),
            row("reject", ["new"], "rejected"),
            row("reopen", ["rejected"], "handling"),
            row("supplement", ["new"], None),
            row("assign", ["judged"], "handling"),
            row("settle", ["judged"], "handling"),
            row("answer", ["handling"], "answered"),
        ],
        final=["rejected"],
    )
    assert [table.way_to(state) for state in ("new", "handling", "answered", "rejected", "lost")] == [
        ("register",),
        ("register", "judge", "assign"),
        ("register", "judge", "assign", "answer"),
        ("register", "reject"),
        (),
    ]
