"""The time-line tells one stretch of writing once: what stood there before it, and what stands there after."""

from __future__ import annotations

import pytest

from huiyin.improvement.actions import content, moving
from huiyin.improvement.models import Problem
from huiyin.improvement.report.writings import merge_entries
from huiyin.journal.models import Entry
from huiyin.journal.queries import timeline
from tests.cast import Factory, day
from tests.improvement import cases
from tests.stage import stage

pytestmark = pytest.mark.django_db
works = stage("base")


def told(problem: Problem, language: str = "zh") -> list[tuple[str, str]]:
    """What the time-line says of writing, oldest first."""
    lines = merge_entries(timeline("problem", problem.pk))
    shown = [(one.text.show(language), one.more.show(language) if one.more else "") for one in lines]
    return [one for one in reversed(shown) if "改写" in one[0] or "wrote" in one[0]]


def write(works: Factory, problem: Problem, words: str, minute: str, by: str = "lin", name: str = "symptom") -> None:
    cases.text(works, problem, name, words, by=by, when=f"2026-11-16 {minute}")


def test_what_is_typed_with_pauses_is_one_line(works: Factory) -> None:
    problem = cases.case(works)
    for minute, words in (("12:00", "渗"), ("12:01", "渗油"), ("12:09", "接头渗油")):
        write(works, problem, words, minute)
    assert told(problem) == [("林志远改写了 D0 的症状（3 次保存）", "（空） → “接头渗油”")]
    assert told(problem, "en") == [("林志远 wrote in D0: Symptom (saved 3 times)", "(nothing) → “接头渗油”")]
    assert Entry.objects.filter(event="problem.written").count() == 3


def test_a_long_pause_begins_another_line(works: Factory) -> None:
    problem = cases.case(works)
    for minute, words in (("12:00", "渗"), ("12:10", "渗油"), ("12:21", "喷油")):
        write(works, problem, words, minute)
    assert [more for _, more in told(problem)] == ["（空） → “渗油”", "“渗油” → “喷油”"]


def test_what_others_write_in_between_does_not_split_it_and_a_step_does(works: Factory) -> None:
    problem = cases.described(works, cases.case(works))
    write(works, problem, "渗", "13:00")
    write(works, problem, "停发", "13:01", by="qian", name="emergency")
    write(works, problem, "渗油", "13:02")
    moving.contain(problem, "", context=works.context("lin", "2026-11-16 13:03"))
    write(works, problem, "渗", "13:04")
    assert [more for _, more in told(problem)][-3:] == [
        "（空） → “停发”",
        "“接头渗油” → “渗油”",
        "“渗油” → “渗”",
    ]


def test_who_puts_it_back_is_told_so_and_long_words_are_cut(works: Factory) -> None:
    problem = cases.case(works)
    write(works, problem, "渗油", "12:00")
    write(works, problem, "渗油 {x}", "12:20")
    write(works, problem, "渗油", "12:21")
    write(works, problem, "长" * 200, "12:50")
    first, back, long = (more for _, more in told(problem))
    assert (first, back, len(long)) == ("（空） → “渗油”", "改回了原样", len("“渗油” → “”") + 60)


def test_rows_tell_the_columns_that_changed_over_the_stretch(works: Factory) -> None:
    problem = cases.case(works)
    row = cases.row(works, problem, "containment", location="finished", suspect=100, when="2026-11-16 12:00")
    row = cases.changed(works, row, inspected=60, when="2026-11-16 12:01")
    row = cases.changed(works, row, suspect=120, when="2026-11-16 12:02")
    cases.changed(works, row, inspected=120, method="全检", when="2026-11-16 12:30")
    row.refresh_from_db()
    content.drop_row(
        problem, "containment", row.pk, version=row.version, context=works.context("lin", "2026-11-16 12:31")
    )
    assert told(problem) == [
        ("林志远改写了 D3 的遏制（3 次保存）", "地点；可疑 120；已检 60"),
        ("林志远改写了 D3 的遏制", "已检 60 → 120；检查方法 （空） → “全检”"),
        ("林志远改写了 D3 的删去一行遏制", ""),
    ]


def test_people_and_choices_are_named_by_their_column_alone(works: Factory) -> None:
    problem = cases.case(works)
    row = cases.row(works, problem, "document", document="pfmea", number="PF-1", when="2026-11-16 12:00")
    cases.changed(works, row, responsible=works.tao, number="PF-2", when="2026-11-16 12:30")
    assert told(problem)[1][1].count("“") == 2
    assert str(works.tao.pk) not in told(problem)[1][1]


def test_choices_are_told_in_words_and_measures_where_they_are_written(works: Factory) -> None:
    problem = cases.case(works)
    cases.row(works, problem, "action", measure="interim", text="全检库存", when="2026-11-16 12:00")
    one = cases.row(works, problem, "action", measure="corrective", text="加防错", when="2026-11-16 12:20")
    one = cases.changed(works, one, chosen=True, when="2026-11-16 12:40")
    one = cases.changed(works, one, done_on=day("2026-11-16"), when="2026-11-16 13:00")
    cases.changed(works, one, chosen=False, when="2026-11-16 13:20")
    cases.row(works, problem, "document", document="pfmea", number="PF-1", when="2026-11-16 13:40")
    lines = merge_entries(timeline("problem", problem.pk), works.procedure)
    said = [(one.text.show("zh"), one.more.show("zh") if one.more else "") for one in reversed(lines)]
    assert said[1:] == [
        ("林志远改写了 D3 的措施", "措施 “全检库存”"),
        ("林志远改写了 D5 的措施", "措施 “加防错”"),
        ("林志远改写了 D5 的措施", "是否选用 （空） → 选用"),
        ("林志远改写了 D6 的措施", "完成 （空） → “2026-11-16”"),
        ("林志远改写了 D5 的措施", "是否选用 选用 → 不选"),
        ("林志远改写了 D7 的文件更新", "文件 过程 FMEA；编号 “PF-1”"),
    ]
