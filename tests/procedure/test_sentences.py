"""Sentences of the time-line: a place that nothing fills is named where it stands, with what would be right."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.procedure.small import line_of, mistakes_of
from tests.registers.works import PACK

VISIT = (Path(PACK) / "visit.toml").read_text("utf-8")
ZH, EN = "{actor} 计划 {planned_on} 走访，由 {visitor} 前往", "{actor} planned a visit on {planned_on} by {visitor}"


def packed(folder: Path, visit: str) -> Path:
    """The pack with this text for its visits."""
    shutil.copytree(PACK, folder)
    (folder / "visit.toml").write_text(visit, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("old", "new", "key", "problem", "remedy"),
    [
        (ZH, ZH.replace("{visitor}", "{visiter}"), "zh", "这一步没有写下「visiter」", "是不是想写 visitor？"),
        (EN, EN.replace("{visitor}", "{visiter}"), "en", "这一步没有写下「visiter」", "是不是想写 visitor？"),
        (ZH, ZH.replace("{visitor}", "{summary}"), "zh", "这一步没有写下「summary」", "正确的写法是其中之一：actor"),
        (ZH, ZH.replace("{visitor}", "{telephone}"), "zh", "这一步没有写下「telephone」", "正确的写法"),
        (ZH, ZH.replace("{visitor}", "{reason}"), "zh", "这一步没有写下「reason」", "正确的写法"),
        (ZH, ZH.replace("{visitor}", "{visitor"), "zh", "花括号不成对，或里面不只是一个名称", "请写成 {actor}"),
        (EN, EN.replace("{visitor}", "{visitor.name}"), "en", "花括号不成对，或里面不只是一个名称", "请写成 {actor}"),
        (EN, EN.replace("{visitor}", "{}"), "en", "花括号不成对，或里面不只是一个名称", "请写成 {actor}"),
    ],
)
def test_a_place_that_the_step_does_not_fill_is_named(
    tmp_path: Path, old: str, new: str, key: str, problem: str, remedy: str
) -> None:
    assert VISIT.count(old) == 1
    (found,) = mistakes_of(packed(tmp_path / "works", VISIT.replace(old, new)))
    assert (found.file, found.line) == ("works/visit.toml", line_of(VISIT, f'said = {{ zh = "{ZH}"'))
    assert (found.key, found.problem.show("zh")) == (f"step[visit.plan].said.{key}", problem)
    assert found.remedy.show("zh").startswith(remedy)


@pytest.mark.parametrize(
    ("verb", "said"),
    [
        ("void", "{actor} {number} {reason}"),
        ("hand_over", "{to}: {reason}"),
        ("correct", "{actor} {summary} {{braces}}"),
    ],
)
def test_what_steps_tell_that_come_by_themselves_may_be_said(tmp_path: Path, verb: str, said: str) -> None:
    origin = 'from = ["planned"]' + ('\nto = "void"' if verb == "void" else "\naside = true")
    step = f'\n[[step]]\nkey = "visit.{verb}"\n{origin}\nby = ["owner", "head"]\nlabel = {{ zh = "某", en = "It" }}\n'
    written = VISIT + step + f'said = {{ zh = "{said}", en = "{said}" }}\n'
    assert mistakes_of(packed(tmp_path / "works", written)) == []


def test_rows_say_what_their_own_steps_tell(tmp_path: Path) -> None:
    step = '\n[[step]]\nkey = "visit-finding.answer"\nfrom = ["open"]\nto = "answered"\nby = ["visit-finding.owner"]\n'
    step += 'label = { zh = "答", en = "Answer" }\nsaid = { zh = "{what}：{answer}", en = "{what}: {reason}" }\n'
    (found,) = mistakes_of(packed(tmp_path / "works", VISIT + step))
    assert (found.key, found.problem.en) == ("step[visit-finding.answer].said.en", "This step writes no “reason”.")
