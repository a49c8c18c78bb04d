"""Guards and conditions that can never hold are found: certain ones as mistakes, likely ones as warnings, in place."""

from __future__ import annotations

from pathlib import Path

import pytest

from huiyin.procedure.loader import PackInvalid, load_pack, warnings_of
from tests.procedure.small import write

SHEET = """
[pack]
key = "sheets"
version = "1.0"
title = { zh = "表单程序", en = "Sheets" }
extends = "base"

[[kind]]
key = "sheet"
label = { zh = "单子", en = "Sheet" }
about = ["customer"]

[[kind]]
key = "sheet-row"
label = { zh = "明细", en = "Row" }
part_of = "sheet"
rows = "plain"

[[catalogue]]
key = "sorts"
label = { zh = "类别", en = "Sorts" }
options = [{ key = "a", label = { zh = "甲", en = "A" } }, { key = "b", label = { zh = "乙", en = "B" } }]

[[state]]
key = "sheet.written"
phase = "received"
label = { zh = "已写", en = "Written" }

[[state]]
key = "sheet.checked"
phase = "handling"
label = { zh = "已核", en = "Checked" }

[[state]]
key = "sheet.closed"
phase = "closed"
label = { zh = "已结", en = "Closed" }

[[step]]
key = "sheet.write"
to = "written"
by = ["quality"]
guards = [WRITE]
label = { zh = "写", en = "Write" }

[[step]]
key = "sheet.check"
from = ["written"]
to = "checked"
by = ["quality"]
guards = [CHECK]
label = { zh = "核", en = "Check" }

[[step]]
key = "sheet.close"
from = ["checked"]
to = "closed"
by = ["quality"]
guards = [CLOSE]
label = { zh = "结", en = "Close" }

[[field]]
key = "sheet.text"
type = "text"
label = { zh = "内容", en = "Text" }

[[field]]
key = "sheet.sort"
type = "choice"
catalogue = "sorts"
label = { zh = "类别", en = "Sort" }

[[field]]
key = "sheet.result"
type = "text"
label = { zh = "结果", en = "Result" }
asked = ["close"]

[[field]]
key = "sheet.cost"
type = "money"
label = { zh = "费用", en = "Cost" }
asked = ["check"]
shown = [{ field = "sort", is = ["a"] }]

[[field]]
key = "sheet.lines"
type = "rows"
of = "sheet-row"
label = { zh = "明细", en = "Lines" }
asked = ["close"]

[[field]]
key = "sheet-row.what"
type = "text"
label = { zh = "内容", en = "What" }

[[field]]
key = "sheet.phone"
type = "text"
shows = "customer.telephone"
label = { zh = "电话", en = "Telephone" }

[[obligation]]
key = "go-on"
label = { zh = "办完", en = "Go on" }
opens = "sheet.write"
closes = ["sheet.close"]
cancels = ["sheet.void"]
owner = "function:quality"
within = "1 workday"
when = [WHEN]
"""
NO_CORRECTION = """
[[step]]
key = "sheet.correct"
from = ["checked"]
by = ["quality"]
aside = true
label = { zh = "更正", en = "Correct" }
"""


def sheets(more: str = "", **passages: str) -> str:
    text = SHEET + more
    for name in ("WRITE", "CHECK", "CLOSE", "WHEN"):
        text = text.replace(f"[{name}]", f"[{passages.get(name, '')}]")
    return text


def found(folder: Path, text: str) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """Mistakes and warnings, each with its key and what is wrong; of warnings those on steps, states and fields."""
    write(folder / "sheets", text)
    try:
        load_pack(folder / "sheets")
    except PackInvalid as error:
        return [(one.key, one.problem.show("en")) for one in error.mistakes], []
    warned = [one for one in warnings_of(folder / "sheets") if "department" not in one.key]
    return [], [(one.key, one.problem.show("en")) for one in warned]


def test_a_sheet_that_can_be_filled_in_passes(tmp_path: Path) -> None:
    guards = {"WRITE": '"filled:text", "is:sort=a"', "CHECK": '"filled:cost"', "CLOSE": '"filled:result", "rows:lines"'}
    assert found(tmp_path, sheets(**guards)) == ([], [])


@pytest.mark.parametrize(
    ("guards", "key", "said"),
    [
        (
            {"WRITE": '"filled:result"'},
            "write",
            "nobody can have filled in “result” by then (it is asked by close only)",
        ),
        ({"WRITE": '"rows:lines"'}, "write", "nobody can have filled in “lines” by then (it is asked by close only)"),
        ({"WRITE": '"is:sort=a", "filled:cost"'}, "write", "filled in “cost” by then (it is asked by check only)"),
        ({"CLOSE": '"filled:phone"'}, "close", "conditions here never find anything in “phone” (type text)"),
        ({"CHECK": '"is:sort=a", "is:sort=b"'}, "check", "what is asked of “sort” cannot come together"),
        ({"CHECK": '"filled:cost", "is:sort=b"'}, "check", "what is asked of “sort” cannot come together"),
    ],
)
def test_a_step_that_nobody_can_ever_take_is_a_mistake(
    tmp_path: Path, guards: dict[str, str], key: str, said: str
) -> None:
    mistakes, _ = found(tmp_path, sheets(**guards))
    index = len(next(iter(guards.values())).split(", "))
    assert [one for one, _ in mistakes] == [f"step[sheet.{key}].guards[{index}]"]
    assert mistakes[0][1].startswith("Nobody can ever take this step: ")
    assert said in mistakes[0][1]


@pytest.mark.parametrize(
    ("guard", "said"),
    [
        ('"filled:result"', "nobody can have filled in “result” by then (it is asked by close only)"),
        ('"rows:lines"', "nobody can have filled in “lines” by then (it is asked by close only)"),
    ],
)
def test_what_a_correction_alone_could_bring_is_a_warning(tmp_path: Path, guard: str, said: str) -> None:
    text = sheets(CHECK=guard)
    assert found(tmp_path, text) == (
        [],
        [("step[sheet.check].guards[1]", f"But for a correction nobody can take this step: {said}.")],
    )
    mistakes, _ = found(tmp_path / "without", sheets(NO_CORRECTION, CHECK=guard))
    assert mistakes == [("step[sheet.check].guards[1]", f"Nobody can ever take this step: {said}.")]


def test_the_remedy_names_the_field_and_the_step(tmp_path: Path) -> None:
    write(tmp_path / "sheets", sheets(WRITE='"filled:result"'))
    with pytest.raises(PackInvalid) as refused:
        load_pack(tmp_path / "sheets")
    (one,) = refused.value.mistakes
    said = 'Add "write", or a step before it, to asked of the field result, or leave the guard out.'
    assert one.remedy.show("en") == said
    assert one.remedy.show("zh") == '请在字段 result 的 asked 加上 "write" 或它之前的步骤，或去掉这个条件'
    assert one.line == sheets(WRITE='"filled:result"').partition('guards = ["filled')[0].count("\n") + 1


def test_what_was_settled_on_the_way_here_stays_so(tmp_path: Path) -> None:
    text = sheets(CHECK='"is:sort=a"', CLOSE='"is:sort=b"')
    said = "by then “sort” has been settled otherwise"
    mistakes, warned = found(tmp_path, text)
    assert (mistakes, [one for one in warned if one[0].startswith("step[")]) == (
        [],
        [("step[sheet.close].guards[1]", f"But for a correction nobody can take this step: {said}.")],
    )
    asked = text.replace('catalogue = "sorts"\nlabel', 'catalogue = "sorts"\nasked = ["write", "close"]\nlabel')
    warned = found(tmp_path / "asked", asked)[1]
    assert [key for key, _ in warned] == ["state[sheet.written]", "state[sheet.checked]"]


def test_a_needed_field_that_is_asked_only_later(tmp_path: Path) -> None:
    text = sheets().replace('to = "checked"\nby', 'to = "checked"\nrequires = ["result"]\nby')
    (one,) = found(tmp_path, text)[1]
    assert one[0] == "step[sheet.check].requires[1]"
    mistakes, _ = found(tmp_path / "without", text + NO_CORRECTION)
    assert [key for key, _ in mistakes] == ["step[sheet.check].requires[1]"]


@pytest.mark.parametrize("guard", ["linked", "closed"])
def test_a_record_that_cannot_be_made_for_this_one(tmp_path: Path, guard: str) -> None:
    other = """
[[kind]]
key = "order"
label = { zh = "派工单", en = "Order" }

[[state]]
key = "order.given"
phase = "handling"
label = { zh = "已派", en = "Given" }

[[state]]
key = "order.done"
phase = "closed"
label = { zh = "已办", en = "Done" }

[[step]]
key = "order.give"
to = "given"
by = ["quality"]
label = { zh = "派", en = "Give" }

[[step]]
key = "order.do"
from = ["given"]
to = "done"
by = ["quality"]
label = { zh = "办", en = "Do" }

[[obligation]]
key = "do"
label = { zh = "办", en = "Do it" }
opens = "order.give"
closes = ["order.do"]
cancels = ["order.void"]
owner = "function:quality"
within = "1 workday"
"""
    text = sheets(other, CLOSE=f'"{guard}:order"')
    said = "Nobody can ever take this step: no “order” can be made for a “sheet”."
    assert found(tmp_path, text)[0] == [("step[sheet.close].guards[1]", said)]
    tied = text.replace('key = "order"\n', 'key = "order"\nopens_from = ["sheet"]\n')
    assert found(tmp_path / "tied", tied) == ([], [])
    effect = text + '\n[[effect]]\nkey = "order-it"\nstep = "sheet.check"\nopens = "order.give"\n'
    assert found(tmp_path / "effect", effect) == ([], [])


def test_somebody_else_than_the_only_one_who_may(tmp_path: Path) -> None:
    text = sheets(CLOSE='"other:owner"').replace('to = "closed"\nby = ["quality"]', 'to = "closed"\nby = ["owner"]')
    text = text.replace('owner = "function:quality"', 'owner = "record.owner"')
    text = text.replace('to = "checked"\nby = ["quality"]', 'to = "checked"\nby = ["owner", "quality"]')
    warned = found(tmp_path, text)[1]
    assert (
        "step[sheet.close].guards[1]",
        "Only “owner” may take this step, and the guard wants somebody else.",
    ) in warned
    assert found(tmp_path / "several", sheets(CLOSE='"other:owner"')) == ([], [])


@pytest.mark.parametrize(
    ("when", "index"),
    [
        ('{ field = "sort", is = ["a"] }, { field = "sort", is = ["b"] }', 2),
        ('{ field = "cost", over = "10" }, { field = "cost", under = "5" }', 2),
        ('{ field = "result", is = ["x"] }, { field = "result", filled = false }', 2),
        ('{ field = "text", filled = true }, { field = "cost", over = "1" }, { field = "sort", not = ["a"] }', 3),
        ('{ field = "phone", filled = true }', 1),
    ],
)
def test_a_duty_whose_conditions_contradict_one_another(tmp_path: Path, when: str, index: int) -> None:
    mistakes, _ = found(tmp_path, sheets(WHEN=when))
    assert [(key, said.partition(":")[0]) for key, said in mistakes] == [
        (f"obligation[go-on].when[{index}]", "This is never owed")
    ]


def test_a_field_of_the_product_may_hold_several_words_so_it_is_a_warning(tmp_path: Path) -> None:
    twice = '{ field = "customer.tier", is = ["A"] }, { field = "customer.tier", is = ["B"] }'
    mistakes, warned = found(tmp_path, sheets(WHEN=twice))
    assert mistakes == []
    assert "obligation[go-on].when[2]" in [key for key, _ in warned]


@pytest.mark.parametrize(
    ("shown", "index"),
    [
        ('{ field = "sort", is = ["a"] }, { field = "sort", is = ["b"] }', 2),
        ('{ field = "cost", filled = true }, { field = "sort", is = ["b"] }', 2),
        ('{ field = "lines", filled = true }', 1),
    ],
)
def test_a_field_that_is_never_shown_and_those_that_hang_on_it_are_said_once(
    tmp_path: Path, shown: str, index: int
) -> None:
    more = f"""
[[field]]
key = "sheet.hidden"
type = "text"
label = {{ zh = "不显示", en = "Hidden" }}
shown = [{shown}]

[[field]]
key = "sheet.behind"
type = "text"
label = {{ zh = "随它显示", en = "Behind" }}
shown = [{{ field = "hidden", filled = true }}]
"""
    mistakes, _ = found(tmp_path, sheets(more))
    assert [(key, said.partition(":")[0]) for key, said in mistakes] == [
        (f"field[sheet.hidden].shown[{index}]", "This field is never shown")
    ]


def test_conditions_on_levels_effects_targets_and_evidence(tmp_path: Path) -> None:
    never = '[{ field = "sort", is = ["a"] }, { field = "sort", is = ["b"] }]'
    more = f"""
[[effect]]
key = "again"
step = "sheet.close"
opens = "sheet.write"
when = {never}

[[target]]
key = "many"
label = {{ zh = "数量", en = "Many" }}
measure = "records"
of = "sheet"
at_least = "1"
where = {never}

[[clause]]
key = "S1"
title = {{ zh = "单子", en = "Sheets" }}

[[evidence]]
key = "S1/a"
clause = "S1"
of = "step:sheet.close"
where = {never}
"""
    mistakes, _ = found(tmp_path, sheets(more))
    assert sorted(key for key, _ in mistakes) == [
        "effect[again].when[2]",
        "evidence[S1/a].where[2]",
        "target[many].where[2]",
    ]
