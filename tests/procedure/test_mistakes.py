"""Each kind of mistake in a pack is named once, with its file, line and key, and with what would be right."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from huiyin.procedure.merge import MOST_BYTES, MOST_ENTRIES
from tests.procedure.small import SMALL, changed, line_of, mistakes_of, places_of, write

SHAPES = [
    ('zh = "质量部"', f'zh = "{101 * "质"}"', "department[quality].name"),
    ('"{year}{month}-{seq:3}"', '"{year}{month}-{seq:12}-of-all-our-complaints"', "numbering[complaint].pattern"),
    ('"{year}{month}-{seq:3}"', '"{year}/{month}-{seq:3}"', "numbering[complaint].pattern"),
    ('"{year}{month}-{seq:3}"', '"<b>{year}{month}-{seq:3}"', "numbering[complaint].pattern"),
    ('zh = "质量部"', 'zh = "质\\u202e量部"', "department[quality].name"),
    ('zh = "质量部"', 'zh = "质\\u0000量部"', "department[quality].name"),
    (
        'within = "48h"',
        'witin = "48h"',
        'obligation[measures].within @[[obligation]]\nkey = "measures" + obligation[measures].witin',
    ),
    (
        'late = { fine = 10, per = "day"',
        'late = { fine = 10, pre = "day"',
        "obligation[measures].late.per + obligation[measures].late.pre",
    ),
    ("fine = 10", "fine = 10.5", "obligation[measures].late.fine"),
    ("fine = 10", 'fine = "-10"', "obligation[measures].late.fine"),
    ('per = "day"', 'per = "week"', "obligation[measures].late.per"),
    ('by = ["owner", "quality"]', 'by = "owner"', "step[complaint.close].by"),
    ('by = ["owner", "quality"]', "by = []", "step[complaint.close].by"),
    ('by = ["owner", "quality"]', 'by = ["owner", 7]', "step[complaint.close].by[2]"),
    ('phase = "handling"', 'phase = "handlung"', "state[complaint.handling].phase"),
    ('phase = "handling"', "phase = true", "state[complaint.handling].phase"),
    ('within = "48h"', 'within = "48 hous"', "obligation[measures].within"),
    ('within = "48h"', 'within = "75%"', "obligation[measures].within"),
    ('at = "+1 workday"', 'at = "1 workday"', "obligation[measures].ladder[3].at"),
    ('retention = "3 years"', 'retention = "3 lifetimes"', "form[sheet].retention"),
    ('retention = "3 years"', 'retention = "75%"', "form[sheet].retention"),
    ('retention = "3 years"', 'retention = "-2 workhours"', "form[sheet].retention"),
    ('retention = "3 years"', 'retention = "18 months"', ""),
    ('pattern = "{year}{month}-{seq:3}"', 'pattern = "{year}{month}-{sequence:3}"', "numbering[complaint].pattern"),
    ('restart = "month"', 'restart = "weekly"', "numbering[complaint].restart"),
    ('restart = "month"', 'restart = "day"', "numbering[complaint].restart"),
    ('wed = ["08:00-12:00", "13:30-17:30"]', 'wed = ["08:00-12:00", "11:30-17:30"]', "calendar.week.wed"),
    ('wed = ["08:00-12:00", "13:30-17:30"]', 'wed = ["08:00-12:00", "8h"]', "calendar.week.wed[2]"),
    ('wed = ["08', 'wednesday = ["08', "calendar.week.wednesday"),
    ('holidays = "CN"', 'holidays = "DE"', "calendar.holidays"),
    ("date = 2026-12-31", "date = 20261231", "calendar_day[20261231].date"),
    ('timezone = "Asia/Shanghai"', 'timezone = "Asia/Schanghai"', "pack.timezone"),
    ('currency = "CNY"', 'currency = "yuan"', "pack.currency"),
    ('zh = "客服科", en = "Service desk"', 'zh = "客服科"', "department[desk].name"),
    ('zh = "客服科", en = "Service desk"', 'zh = "客服科", en = " "', "department[desk].name"),
    ('name = { zh = "客服科", en = "Service desk" }', 'name = "客服科"', "department[desk].name"),
    ('number = "Q-01"', "number = 1", "form[sheet].number"),
    ('limit = "1000"', 'limit = "a lot"', "authority[compensation].levels[2].limit"),
    ('standards = ["ISO 10002:2018 7.5"]', 'standards = ["ISO 10002"]', "clause[1.1].standards[1]"),
    ('parent = "1"\ntitle = { zh = "纸面"', 'parnt = "1"\ntitle = { zh = "纸面"', "clause[1.3].parnt"),
    ('is = ["safety"]', "is = []", "obligation[measures].when[1].is"),
    (
        'starts = "complaint.assigned"',
        'start = "complaint.assigned"',
        "pause[waiting].starts @[[pause]] + pause[waiting].start",
    ),
]

NAMES = [
    ('{ key = "appearance"', '{ key = "an-option-with-much-too-long-a-key"', "catalogue[severity].options[2].key"),
    ('functions = ["quality"]', 'functions = ["quality", "qualty"]', "department[quality].functions[2]"),
    ('department = "quality"', 'department = "qualty"', "department_calendar[qualty].department"),
    ('record = "complaint"', 'record = "complain"', "form[sheet].record"),
    ('layout = "feedback-sheet"', 'layout = "feedback-shet"', "form[sheet].layout"),
    (
        'record = "complaint"\nlayout = "feedback-sheet"',
        'record = "complain"\nlayout = "feedback-shet"',
        'form[sheet].record + form[sheet].layout @layout = "feedback-shet"',
    ),
    ('clause = "1.2"', 'clause = "1.9"', 'form[sheet].clause + clause[1.2].key @key = "1.2"'),
    (
        'key = "complaint"\n',
        'key = "task"\n',
        'numbering[task].key + state[complaint.registered].key @key = "complaint.registered"',
    ),
    ('options = [{ key = "quality"', 'options = [{ key = "qualities"', "catalogue[cause_kind].options[1].key"),
    ('{ key = "appearance"', '{ parent = "look", key = "appearance"', "catalogue[severity].options[2].parent"),
    ('{ key = "appearance"', '{ parent = "appearance", key = "appearance"', "catalogue[severity].options[2].parent"),
    ('{ key = "appearance"', '{ key = "safety"', "catalogue[severity].options[2].key"),
    (
        'key = "task.answered"\nphase',
        'key = "tusk.answered"\nphase',
        'state[tusk.answered].key + step[task.answer].to @to = "answered"',
    ),
    (
        'key = "complaint.close"',
        'key = "complaint.clos"',
        'step[complaint.clos].key + field[complaint.line].required_for[1] @required_for = ["close"]'
        ' + obligation[closure].closes @closes = ["complaint.closed"]'
        ' + pause[waiting].ends[1] @ends = "complaint.closed"',
    ),
    (
        'key = "complaint.close"\nfrom = ["handling"]\nto = "closed"\nby = ["owner", "quality"]',
        'key = "complaint.clos"\nfrom = ["handling"]\nto = "closed"\nby = ["onwer"]',
        'step[complaint.clos].key + step[complaint.clos].by[1] @by = ["onwer"]'
        ' + field[complaint.line].required_for[1] @required_for = ["close"]'
        ' + obligation[closure].closes @closes = ["complaint.closed"]'
        ' + pause[waiting].ends[1] @ends = "complaint.closed"',
    ),
    ('from = ["registered", "handling"]', 'from = ["registred", "handling"]', "step[complaint.assign].from[1]"),
    ('to = "handling"', 'to = "handing"', "step[complaint.assign].to"),
    ('to = "registered"', 'to = "previous"', "step[complaint.register].to"),
    ('"quality.head"', '"quality.boss"', "step[complaint.assign].by[2]"),
    ('by = ["owner", "quality"]', 'by = ["task.department"]', "step[complaint.close].by[1]"),
    ('guards = ["has_customer"]', 'guards = ["has_costumer"]', "step[complaint.assign].guards[1]"),
    *(
        ('guards = ["has_customer"]', f'guards = ["is:{written}"]', "step[complaint.assign].guards[1]")
        for written in ("severty=safety", "severity=safty", "severity", "problem=oil", "line=saftey")
    ),
    ('guards = ["has_customer"]', 'guards = ["filled:severity"]', "step[complaint.assign].guards[1]"),
    ('guards = ["has_customer"]', 'guards = ["is:severity=safety", "is:line=appearance"]', ""),
    ('requires = ["problem", "severity"]', 'requires = ["problm", "severity"]', "step[complaint.register].requires[1]"),
    ('requires = ["problem", "severity"]', 'requires = ["problem", "verdict"]', "step[complaint.register].requires[2]"),
    ('tells = ["head:quality"]', 'tells = ["heads:quality"]', "step[complaint.assign].tells[1]"),
    ('key = "complaint.line"', 'key = "complaint.problem"', "field[complaint.problem].key"),
    (
        'key = "complaint.line"',
        'key = "task.line"',
        'field[task.line].key + field[task.line].required_for[1] @required_for = ["close"]',
    ),
    ('catalogue = "severity"', 'catalogue = "lines"', "field[complaint.line].catalogue"),
    ('type = "choice"', 'type = "text"', 'field[complaint.line].catalogue @catalogue = "severity"'),
    ('type = "choice"\ncatalogue = "severity"', 'type = "choice"', "field[complaint.line].catalogue @[[field]]"),
    ('required_for = ["close"]', 'required_for = ["closing"]', "field[complaint.line].required_for[1]"),
    ('complaint = ["reception", "quality"]', 'complaint = ["recepton"]', "visibility.complaint[1]"),
    ('complaint = ["reception", "quality"]', 'complaints = ["reception"]', "visibility.complaints"),
    ('complaint = ["reception", "quality"]', "complaint = 7", "visibility.complaint"),
    ('complaint = ["reception", "quality"]', "", 'state[complaint.registered].key @key = "complaint.registered"'),
    ('complaint = ["reception", "quality"]', "complaint = []", ""),
    ('layout = "feedback-sheet"\n', "", "form[sheet].layout @[[form]]"),
    ('layout = "feedback-sheet"', 'layout = ""', ""),
    ('parent = "1"\ntitle = { zh = "纸面"', 'parent = "2"\ntitle = { zh = "纸面"', "clause[1.3].parent"),
    ('"event:record.printed"', '"event:record.painted"', "clause[1.1].evidence[2]"),
    ('"step:task.answer"', '"step:task.accept"', "clause[1.1].evidence[1]"),
    ('"step:task.answer"', '"task.answer"', "clause[1.1].evidence[1]"),
]

MEANING = [
    ('opens = "task.assigned"', 'opens = "task.asigned"', "obligation[measures].opens"),
    ('opens = "task.assigned"', 'opens = "task.accepted"', "obligation[measures].opens"),
    ('closes = ["task.answered"]', 'closes = ["task.answerd"]', "obligation[measures].closes[1]"),
    ('closes = ["task.answered"]', 'closes = ["task.approved"]', "obligation[measures].closes"),
    ('closes = ["task.answered"]', "closes = []", "obligation[measures].closes"),
    ('closes = ["task.answered"]', 'closes = ["task.answered", "contact.filed"]', "obligation[measures].closes[2]"),
    ('cancels = ["complaint.closed"]', 'cancels = ["contact.filed"]', "obligation[measures].cancels[1]"),
    ('cancels = ["complaint.closed"]', 'cancels = ["task.assigned"]', "obligation[measures].cancels[1]"),
    ('cancels = ["complaint.closed"]', 'puts_off = ["complaint.closed"]', "obligation[measures].puts_off[1]"),
    ('cancels = ["complaint.closed"]', 'puts_off = ["task.assigned"]', ""),
    ('owner = "task.department"', 'owner = "task.departments"', "obligation[measures].owner"),
    ('owed_to = "function:quality"', 'owed_to = "function:qualty"', "obligation[measures].owed_to"),
    ('counts = "elapsed"', 'counts = "work"', "obligation[measures].counts"),
    ('within = "48h"\ncounts = "elapsed"', 'within = "promised"', "obligation[measures].within"),
    ('field = "severity"', 'field = "severty"', "obligation[measures].when[1].field"),
    ('is = ["safety"]', 'is = ["safety", "danger"]', "obligation[measures].when[1].is[2]"),
    ('to = "head" }', 'to = "boss" }', "obligation[measures].ladder[2].to"),
    ('at = "100%"', 'at = "50%"', "obligation[measures].ladder[2].at"),
    ('at = "100%"', 'at = "-2 workhours"', ""),
    (
        'at = "75%", to = "owner" },',
        'at = "+2 workdays", to = "owner" },',
        'obligation[measures].ladder[2].at @at = "100%"',
    ),
    ('starts = "complaint.assigned"', 'starts = "complaint.asigned"', "pause[waiting].starts"),
    ('starts = "complaint.assigned"', 'starts = "complaint.verified"', "pause[waiting].starts"),
    ('ends = "complaint.closed"', 'ends = "contact.filed"', "pause[waiting].ends[1]"),
    ('limit = "1000"', 'limit = "unlimited"', ""),
    (
        '{ who = "management", limit = "unlimited" }',
        '{ who = "management", limit = "5000" }',
        "authority[compensation].levels @levels = [",
    ),
    (
        '{ who = "reception", limit = "0" }',
        '{ who = "reception", limit = "2000" }',
        'authority[compensation].levels[2].limit @limit = "1000"',
    ),
    ('who = "head"', 'who = "boss"', "authority[compensation].levels[2].who"),
    ('gap = { zh = "只在纸上", en = "Kept on paper only" }', "", 'clause[1.3].key @key = "1.3"'),
    ('layout = "feedback-sheet"\nclause = "1.2"', 'layout = "feedback-sheet"', 'clause[1.2].key @key = "1.2"'),
]


def places(text: str, old: str, written: str) -> list[tuple[str, int, str]]:
    """File, line and key of "key + key @passage": the line of the passage, else of what was changed."""
    expected = []
    for each in written.split(" + ") if written else ():
        key, _, passage = each.partition(" @")
        line = line_of(text, passage) if passage else line_of(SMALL, old)
        expected.append(("small/pack.toml", line, key))
    return expected


@pytest.mark.parametrize(("old", "new", "expected"), [*SHAPES, *NAMES, *MEANING])
def test_a_mistake_is_named_where_it_stands(tmp_path: Path, old: str, new: str, expected: str) -> None:
    text = changed(old, new)
    assert places_of(write(tmp_path / "small", text)) == places(text, old, expected)


def test_the_small_pack_is_right(tmp_path: Path) -> None:
    assert places_of(write(tmp_path / "small", SMALL)) == []


def test_a_kind_that_nobody_was_said_to_see_is_told_where_to_say_it(tmp_path: Path) -> None:
    text = changed('complaint = ["reception", "quality"]', "")
    (mistake,) = mistakes_of(write(tmp_path / "small", text))
    for words in (mistake.problem, mistake.remedy):
        assert ("[visibility]" in words.zh, "[visibility]" in words.en) == (True, True)


def test_a_form_may_stand_without_a_layout_beside_one_that_is_printed(tmp_path: Path) -> None:
    """A call-back record that is only listed and numbered, beside the sheet that is printed."""
    beside = """
[[form]]
key = "call-back"
number = "Q-02"
title = { zh = "回访记录", en = "Call-back record" }
record = "complaint"
"""
    assert places_of(write(tmp_path / "small", SMALL + beside)) == []


@pytest.mark.parametrize("what", ["device", "pipe", "folder", "nothing", "itself", "large"])
def test_only_files_of_a_bearable_size_are_read(tmp_path: Path, what: str) -> None:
    folder = write(tmp_path / "small", SMALL)
    other = folder / "x.toml"
    match what:
        case "pipe":
            os.mkfifo(other)
        case "folder":
            other.mkdir()
        case "large":
            other.write_text("#" * MOST_BYTES)
        case _:
            other.symlink_to({"device": Path("/dev/zero"), "nothing": folder / "gone", "itself": other}[what])
    assert [(each.file, each.line, each.key) for each in mistakes_of(folder)] == [("small/x.toml", 1, "")]


def test_more_entries_than_any_company_has_are_one_mistake(tmp_path: Path) -> None:
    folder = write(tmp_path / "small", SMALL)
    (folder / "x.toml").write_text("[[noun]]\n" * (MOST_ENTRIES + 1))
    assert [(each.line, each.key) for each in mistakes_of(folder)] == [(MOST_ENTRIES + 1, "noun")]
