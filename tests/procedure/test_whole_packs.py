"""Mistakes that only the whole pack shows: tables that lead nowhere, functions nobody holds, doubles, loops."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from huiyin.kernel.text import Text
from huiyin.procedure.checks import check
from huiyin.procedure.loader import load_pack
from huiyin.procedure.locate import TomlArray, TomlTable, read_toml
from huiyin.procedure.sheet import read
from tests.procedure.small import SMALL, changed, line_of, mistakes_of, places_of, write

PACK = "small/pack.toml"
LOST = """
[[state]]
key = "complaint.lost"
phase = "handling"
label = { zh = "丢失", en = "Lost" }
"""
WAITING = """
[[state]]
key = "complaint.waiting"
phase = "handling"
label = { zh = "等待", en = "Waiting" }

[[step]]
key = "complaint.ask_customer"
from = ["registered", "waiting"]
to = "waiting"
by = ["owner"]
label = { zh = "询问", en = "Ask" }
"""


def test_a_state_nothing_leads_to_and_nothing_leaves(tmp_path: Path) -> None:
    text = SMALL + LOST
    found = mistakes_of(write(tmp_path / "small", text))
    line = line_of(text, 'key = "complaint.lost"')
    assert [(each.file, each.line, each.key, each.problem.en) for each in found] == [
        (PACK, line, "state[complaint.lost].key", "No step leads out of the state “lost”."),
        (PACK, line, "state[complaint.lost].key", "No step leads to the state “lost”."),
    ]


def test_a_state_that_only_leads_to_itself(tmp_path: Path) -> None:
    text = SMALL + WAITING
    found = mistakes_of(write(tmp_path / "small", text))
    assert [(each.line, each.problem.en) for each in found] == [
        (line_of(text, 'key = "complaint.waiting"'), "No step leads out of the state “waiting”.")
    ]


def test_states_that_lead_round_in_a_circle(tmp_path: Path) -> None:
    back = (
        WAITING.replace('"complaint.ask_customer"', '"complaint.supplement"')
        .replace('from = ["registered", "waiting"]\nto = "waiting"', 'from = ["waiting"]\nto = "lost"')
        .replace("complaint.waiting", "complaint.forgotten", 1)
    )
    again = back.split("[[step]]")[1].replace("complaint.supplement", "complaint.record_reply")
    again = "[[step]]" + again.replace('from = ["waiting"]\nto = "lost"', 'from = ["lost"]\nto = "waiting"')
    text = SMALL + LOST + WAITING + "[[step]]" + back.split("[[step]]")[1] + again
    found = mistakes_of(write(tmp_path / "small", text))
    assert [each.key for each in found] == ["state[complaint.lost].key", "state[complaint.waiting].key"]


def test_a_way_back_leads_out(tmp_path: Path) -> None:
    reply = WAITING.split("[[step]]")[1].replace("complaint.ask_customer", "complaint.record_reply")
    reply = reply.replace('from = ["registered", "waiting"]\nto = "waiting"', 'from = ["waiting"]\nto = "previous"')
    assert places_of(write(tmp_path / "small", SMALL + WAITING + "[[step]]" + reply)) == []


def test_a_kind_that_no_step_opens(tmp_path: Path) -> None:
    text = changed('key = "task.assign"\nto = "assigned"', 'key = "task.assign"\nfrom = ["assigned"]\nto = "assigned"')
    found = mistakes_of(write(tmp_path / "small", text))
    assert [(each.line, each.problem.en, each.remedy.en) for each in found] == [
        (
            line_of(text, 'key = "task.assigned"'),
            "No step opens a “task”.",
            "Add a step without from, such as task.assign.",
        )
    ]


def test_a_function_nobody_holds_is_named_once(tmp_path: Path) -> None:
    text = changed('functions = ["reception", "management"]', 'functions = ["reception"]')
    found = mistakes_of(write(tmp_path / "small", text))
    assert [(each.file, each.line, each.key, each.problem.en) for each in found] == [
        (
            PACK,
            line_of(text, '"+1 workday"'),
            "obligation[measures].ladder[3].to",
            "No department holds the function “management” (named 2 times).",
        )
    ]


def test_doubles_within_a_file_and_between_files(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", SMALL + SMALL[SMALL.index("[[pause]]") : SMALL.index("[[authority]]")])
    more = '[[department]]\nkey = "desk"\nname = { zh = "甲", en = "A" }\n\n[pack]\nversion = "2"\nkey = "small"\n'
    write(folder, more, "more.toml")
    text = (folder / "pack.toml").read_text("utf-8")
    last = text[: text.rindex('key = "waiting"')].count("\n") + 1
    # Files are read in the order of their names, so what pack.toml says again is the second time.
    assert places_of(folder) == [
        (PACK, 2, "pack.key"),
        (PACK, 3, "pack.version"),
        (PACK, line_of(SMALL, 'key = "desk"'), "department[desk].key"),
        (PACK, last, "pause[waiting].key"),
    ]


def test_unknown_tables_and_tables_written_the_wrong_way(tmp_path: Path) -> None:
    text = SMALL.replace("[visibility]", "[visibilty]") + '[states]\n[currency]\nname = "yuan"\n'
    text = text.replace('[[pause]]\nkey = "waiting"', '[pause]\nkey = "waiting"')
    assert places_of(write(tmp_path / "small", text)) == [
        (PACK, line_of(text, "[visibilty]"), "visibilty"),
        (PACK, line_of(text, 'key = "complaint.registered"'), "state[complaint.registered].key"),
        (PACK, line_of(text, "[pause]"), "pause"),
        (PACK, line_of(text, "[states]"), "states"),
        (PACK, line_of(text, "[currency]"), "currency"),
    ]


def test_missing_tables(tmp_path: Path) -> None:
    start, end = SMALL.index("[calendar]"), SMALL.index("[[calendar_day]]")
    assert places_of(write(tmp_path / "small", SMALL[:start] + SMALL[end:])) == [(PACK, 1, "calendar")]
    assert places_of(write(tmp_path / "empty", "")) == [
        ("empty/pack.toml", 1, "calendar"),
        ("empty/pack.toml", 1, "pack"),
    ]


def test_a_week_without_work(tmp_path: Path) -> None:
    start, end = SMALL.index("[calendar.week]"), SMALL.index("[[calendar_day]]")
    text = SMALL[:start] + "[calendar.week]\nsat = []\n\n" + SMALL[end:]
    assert places_of(write(tmp_path / "small", text)) == [(PACK, line_of(text, "[calendar.week]"), "calendar.week")]


def test_clauses_above_themselves(tmp_path: Path) -> None:
    text = changed('key = "1"\n', 'key = "1"\nparent = "1.3"\n')
    found = mistakes_of(write(tmp_path / "small", text))
    assert [(each.line, each.key, each.problem.en) for each in found] == [
        (line_of(text, 'parent = "1.3"'), "clause[1].parent", "The clause stands above itself."),
        (line_of(text, 'key = "1.3"') + 1, "clause[1.3].parent", "The clause stands above itself."),
    ]


def test_the_key_of_a_pack_is_its_folder(tmp_path: Path) -> None:
    assert places_of(write(tmp_path / "other", SMALL)) == [("other/pack.toml", 2, "pack.key")]


def test_a_broken_file_stops_before_anything_else_is_blamed(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", changed('within = "48h"', 'within = "soon"'))
    write(folder, "[[state]\n", "states.toml")
    write(folder, "x = = 1\n", "steps.toml")
    assert places_of(folder) == [("small/states.toml", 1, ""), ("small/steps.toml", 1, "")]


def test_all_mistakes_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    folder = tmp_path / "small"
    cut = SMALL.index("[[obligation]]")
    write(
        folder,
        SMALL[:cut].replace("has_customer", "has_costumer").replace('phase = "closed"', 'phase = "shut"', 1),
    )
    write(
        folder,
        SMALL[cut:].replace('within = "48h"', 'within = "soon"').replace("task.answered", "task.answerd"),
        "rest.toml",
    )
    assert [(each.file, each.key, each.remedy.en) for each in mistakes_of(folder)] == [
        (
            "small/pack.toml",
            "state[complaint.closed].phase",
            "Would be right: one of received, verification, handling, answer, acceptance, follow-up, closed, void.",
        ),
        ("small/pack.toml", "step[complaint.assign].guards[1]", "Did you mean has_customer, has_answer?"),
        (
            "small/rest.toml",
            "obligation[measures].closes[1]",
            "Did you mean task.answered, task.assigned, scar.answered?",
        ),
        (
            "small/rest.toml",
            "obligation[measures].within",
            "Write for example 0.5 workdays, 2 workhours, 48h, 2 days, 1 month or 75%.",
        ),
    ]


def test_a_mistake_says_in_both_languages_where_what_and_how(tmp_path: Path) -> None:
    (mistake,) = mistakes_of(write(tmp_path / "small", changed('phase = "handling"', 'phase = "handlin"')))
    assert mistake.problem == Text("没有「handlin」这个词", "There is no “handlin” here.")
    line = line_of(SMALL, 'phase = "handling"')
    words = "handling, received, verification, answer, acceptance, follow-up, closed, void"
    assert mistake.show("en") == (
        f"small/pack.toml:{line} state[complaint.handling].phase: There is no “handlin” here.\n"
        f"    → Did you mean handling? Would be right: one of {words}."
    )
    assert mistake.as_json("zh") == {
        "file": "small/pack.toml",
        "line": line,
        "key": "state[complaint.handling].phase",
        "problem": "没有「handlin」这个词",
        "remedy": f"是不是想写 handling？正确的写法是其中之一：{words}",
    }


def test_nothing_is_loaded_but_a_right_pack_is(tmp_path: Path) -> None:
    assert load_pack(write(tmp_path / "small", SMALL)).key == "small"


def values_in(node: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value below a table or array."""
    inner = node.items() if isinstance(node, TomlTable) else enumerate(node) if isinstance(node, TomlArray) else ()
    for part, value in inner:
        yield (*path, part)
        yield from values_in(value, (*path, part))


def test_whatever_is_written_the_check_answers_with_mistakes() -> None:
    """A seven in the place of each value in turn: always a mistake, never a crash, save where a number is right."""
    source = read_toml(SMALL.encode(), PACK)
    unnoticed = []
    for path in values_in(source):
        if len(path) < 2 or (len(path) == 2 and isinstance(path[1], int)):
            continue  # what is no table at all is sorted out while the files are gathered
        document = copy.deepcopy(source)
        node: Any = document
        for part in path[:-1]:
            node = node[part]
        node[path[-1]] = 7
        sheet = read(document)
        check(sheet)
        if not sheet.mistakes:
            unnoticed.append(path)
    assert unnoticed == [
        ("obligation", 0, "late", "fine"),
        ("authority", 0, "levels", 0, "limit"),
        ("authority", 0, "levels", 1, "limit"),
    ]
