"""A pack laid over the pack it extends: entries by key, tables deeply, removals, and the loops this could make."""

from __future__ import annotations

from pathlib import Path

from huiyin.kernel.text import Text
from huiyin.procedure.loader import load_pack
from tests.procedure.small import SMALL, mistakes_of, places_of, write

CHILD = """\
[pack]
key = "child"
extends = "small"
version = "2.0"
title = { zh = "子程序", en = "Child procedure" }
"""


def child(folder: Path, text: str = "", header: str = CHILD) -> Path:
    """A pack beside the small one, which it extends."""
    write(folder / "small", SMALL)
    return write(folder / "child", header + text)


def test_a_child_inherits_everything_it_does_not_say(tmp_path: Path) -> None:
    procedure = load_pack(child(tmp_path, header=f'{CHILD}adopts = ["small"]\n'))
    parent = load_pack(tmp_path / "small")
    own = {
        "key": "child",
        "version": "2.0",
        "title": {"zh": "子程序", "en": "Child procedure"},
        "extends": "small",
    }
    assert procedure.to_json() == {**parent.to_json(), **own}
    assert procedure.described() == {**parent.described(), **own}


def test_entries_of_the_same_key_override_single_fields(tmp_path: Path) -> None:
    text = '[[obligation]]\nkey = "measures"\nwithin = "2 workdays"\ncounts = "work"\nlabel = { en = "Plan" }\n'
    rule = load_pack(child(tmp_path, text)).rule("measures")
    assert (rule.within, rule.label, rule.opens) == ("2 workdays", Text("措施", "Plan"), "task.assigned")


def test_lists_within_an_entry_are_replaced(tmp_path: Path) -> None:
    text = '[[step]]\nkey = "complaint.assign"\nby = ["reception"]\n'
    assert load_pack(child(tmp_path, text)).step_table("complaint").transition("registered", "assign").by == {
        "reception"
    }


def test_a_new_entry_stands_where_the_child_writes_it(tmp_path: Path) -> None:
    lab = '[[department]]\nkey = "lab"\nname = { zh = "实验室", en = "Laboratory" }\n'
    desk = '[[department]]\nkey = "desk"\n'
    first = load_pack(child(tmp_path / "first", lab))
    after = load_pack(child(tmp_path / "after", desk + lab))
    assert [each.key for each in first.departments] == ["lab", "desk", "quality"]
    assert [each.key for each in after.departments] == ["desk", "lab", "quality"]


def test_tables_merge_deeply(tmp_path: Path) -> None:
    procedure = load_pack(child(tmp_path, '[calendar.week]\nsat = ["09:00-12:00"]\nfri = []\n'))
    week = procedure.calendar.week
    assert (week.thu, week.fri, week.sat) == (("08:00-12:00", "13:30-17:30"), (), ("09:00-12:00",))


def test_days_merge_by_date_and_department(tmp_path: Path) -> None:
    text = '[[calendar_day]]\ndate = 2026-12-31\nhours = []\n[[calendar_day]]\ndate = 2026-12-31\ndepartment = "desk"\n'
    days = load_pack(child(tmp_path, text)).calendar_days
    assert [(day.department, day.hours, day.label) for day in days] == [
        (None, (), Text("年终盘点", "Year-end stock-take")),
        ("desk", None, None),
    ]


def test_remove_takes_an_entry_away(tmp_path: Path) -> None:
    text = '[[pause]]\nkey = "waiting"\nremove = true\n[[clause]]\nkey = "1.3"\nremove = true\n'
    procedure = load_pack(child(tmp_path, text))
    assert (procedure.pauses, [clause.key for clause in procedure.clauses]) == ((), ["1", "1.1", "1.2"])


def test_what_cannot_be_removed(tmp_path: Path) -> None:
    text = '[[pause]]\nkey = "wating"\nremove = true\n[[clause]]\nkey = "1.3"\nremove = 1\n'
    found = mistakes_of(child(tmp_path, text))
    assert [(each.file, each.line, each.key, each.remedy.en) for each in found] == [
        (
            "child/pack.toml",
            8,
            "pause[wating].remove",
            "Did you mean waiting? Would be right: one of waiting.",
        ),
        ("child/pack.toml", 11, "clause[1.3].remove", "Would be right: true."),
    ]


def test_an_entry_both_changed_and_removed_is_a_mistake_and_no_crash(tmp_path: Path) -> None:
    text = (
        '[[pause]]\nkey = "waiting"\n[[pause]]\nkey = "waiting"\nremove = true\n'
        '[[pause]]\nkey = "new"\nstarts = "complaint.assigned"\nends = "complaint.closed"\n'
    )
    assert places_of(child(tmp_path, text)) == [("child/pack.toml", 9, "pause[waiting].key")]


def test_nothing_can_be_removed_from_a_pack_that_extends_none(tmp_path: Path) -> None:
    text = (
        SMALL
        + '[[clause]]\nkey = "2"\ntitle = { zh = "二", en = "Two" }\ngap = { zh = "无", en = "None" }\nremove = true\n'
    )
    assert [key for _, _, key in places_of(write(tmp_path / "small", text))] == ["clause[2].remove"]


def test_a_removal_that_leaves_others_in_the_air(tmp_path: Path) -> None:
    text = '[[step]]\nkey = "task.answer"\nremove = true\n'
    assert [(file, key) for file, _, key in places_of(child(tmp_path, text))] == [
        ("small/pack.toml", "state[task.assigned].key"),
        ("small/pack.toml", "state[task.answered].key"),
        ("small/pack.toml", "obligation[measures].closes"),
        ("small/pack.toml", "clause[1.1].evidence[1]"),
    ]


def test_a_mistake_of_the_child_stands_in_the_childs_file(tmp_path: Path) -> None:
    text = '[[obligation]]\nkey = "measures"\nladder = [{ at = "75%", to = "onwer" }]\n'
    assert places_of(child(tmp_path, text)) == [("child/pack.toml", 8, "obligation[measures].ladder[1].to")]


def test_a_child_must_say_its_own_version_and_title(tmp_path: Path) -> None:
    header = '[pack]\nkey = "child"\nextends = "small"\n'
    assert places_of(child(tmp_path, header=header)) == [
        ("child/pack.toml", 1, "pack.title"),
        ("child/pack.toml", 1, "pack.version"),
    ]


def test_an_unknown_parent(tmp_path: Path) -> None:
    folder = child(tmp_path, header=CHILD.replace('"small"', '"smal"'))
    (mistake,) = mistakes_of(folder)
    assert (mistake.file, mistake.line, mistake.key) == ("child/pack.toml", 3, "pack.extends")
    assert mistake.remedy.en.startswith("Did you mean small?")


def test_a_circle_of_packs(tmp_path: Path) -> None:
    write(tmp_path / "one", CHILD.replace('"child"', '"one"').replace('"small"', '"two"'))
    write(tmp_path / "two", CHILD.replace('"child"', '"two"').replace('"small"', '"one"'))
    (mistake,) = mistakes_of(tmp_path / "one")
    assert (mistake.file, mistake.line, mistake.key) == ("two/pack.toml", 3, "pack.extends")
    assert mistake.problem.en == "The pack extends itself in a circle."


def test_a_chain_of_three(tmp_path: Path) -> None:
    child(tmp_path, '[[pause]]\nkey = "waiting"\nends = ["complaint.assigned", "complaint.closed"]\n')
    header = CHILD.replace('"child"', '"grandchild"').replace('"small"', '"child"')
    procedure = load_pack(
        write(tmp_path / "grandchild", header + '[[pause]]\nkey = "waiting"\nstarts = "complaint.registered"\n')
    )
    (pause,) = procedure.pauses
    assert (procedure.extends, pause.starts, pause.ends) == (
        "child",
        "complaint.registered",
        ("complaint.assigned", "complaint.closed"),
    )
