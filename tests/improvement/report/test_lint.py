"""Weak 8Ds, named in sentences; a sound one has nothing to hear."""

from __future__ import annotations

from typing import Any

import pytest

from huiyin.improvement.models import Problem
from huiyin.improvement.queries import load_details
from huiyin.improvement.report.lint import BLAME, weaknesses
from tests.cast import Factory, day
from tests.improvement import cases
from tests.stage import stage

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_alone]  # what is said of a text is the same in both
works = stage("base")


def heard(problem: Problem, language: str = "zh") -> list[tuple[str, str]]:
    found = weaknesses(problem, load_details(problem))
    return [(weak.section, weak.text.show(language)) for weak in found]


def root(works: Factory, problem: Problem, text: str, leg: str = "occurrence", **more: Any) -> Any:
    """A root cause three whys deep."""
    first = cases.row(works, problem, "cause", leg=leg, text=f"{leg}：现象一层")
    second = cases.row(works, problem, "cause", leg=leg, text=f"{leg}：机理二层", parent=first)
    return cases.row(works, problem, "cause", leg=leg, text=text, parent=second, evidence="测量", is_root=True, **more)


def sound(works: Factory, problem: Problem) -> None:
    """Three legs, nothing to hear about causes."""
    root(works, problem, "沟槽刀具磨损后没有更换提示")
    root(works, problem, "试压机压力下限没有联锁", "escape")
    root(works, problem, "变更评审表没有刀具寿命一项", "system")


def test_a_sound_analysis_has_nothing_to_hear(works: Factory) -> None:
    problem = cases.case(works)
    assert heard(problem) == []
    sound(works, problem)
    assert heard(problem) == []


@pytest.mark.parametrize(
    "text",
    [
        "操作工粗心装反了垫片",
        "员工责任心不强导致漏装",
        "检验员疏忽没有发现漏装",
        "工人马虎没有拧紧螺栓",
        "Operator was careless",
        "human error during assembly",
        "The inspector made a mistake at final test",
    ],
)
def test_blame_is_no_cause(works: Factory, text: str) -> None:
    problem = cases.case(works)
    sound(works, problem)
    root(works, problem, text)
    assert heard(problem) == [("D4", f"“{text[:30]}”归咎于人：请追问为什么系统允许这样的失误")]
    assert heard(problem, "en") == [("D4", f"“{text[:30]}” blames a person: ask why the system let the mistake happen")]


@pytest.mark.parametrize("text", ["刀具磨损后没有更换提示", "The fixture accepts the part both ways round"])
def test_mechanisms_are_not_blame(text: str) -> None:
    assert BLAME.search(text) is None


def test_missing_training_is_no_root(works: Factory) -> None:
    problem = cases.case(works)
    sound(works, problem)
    root(works, problem, "新员工岗前培训不足")
    assert heard(problem) == [("D4", "“新员工岗前培训不足”把缺少培训当作根本原因：请追问为什么没有培训也能上岗")]


def test_shallow_vague_and_unfounded_causes(works: Factory) -> None:
    problem = cases.case(works)
    sound(works, problem)
    cases.row(works, problem, "cause", leg="system", text="管理问题", is_root=True)
    assert heard(problem) == [
        ("D4", "“管理问题”太笼统，看不出机理"),
        ("D4", "“管理问题”只追问了 1 层为什么"),
        ("D4", "“管理问题”没有证据"),
    ]


def test_a_leg_nobody_followed(works: Factory) -> None:
    problem = cases.case(works)
    root(works, problem, "沟槽刀具磨损后没有更换提示")
    assert heard(problem, "en") == [
        ("D4", "The Escape leg was not followed"),
        ("D4", "The System leg was not followed"),
    ]
    light = cases.case(works, path="statement")
    root(works, light, "沟槽刀具磨损后没有更换提示")
    assert heard(light) == []


def test_recycled_texts(works: Factory) -> None:
    problem = cases.case(works)
    same = "沟槽刀具磨损后没有更换提示"
    root(works, problem, same)
    root(works, problem, f"{same}。", "escape")
    system = root(works, problem, "变更评审表没有刀具寿命一项", "system")
    cases.changed(works, system.parent, text="变更评审表没有刀具寿命一项！")
    cases.text(works, problem, "statement", f" {same} ")
    assert heard(problem) == [
        ("D4", "根本原因只是重复了问题陈述"),
        ("D4", f"“{same}。”照抄了另一条线的原因"),
        ("D4", "“变更评审表没有刀具寿命一项”上下两层为什么是同一句话"),
    ]


def test_an_action_that_repeats_its_cause(works: Factory) -> None:
    problem = cases.case(works)
    sound(works, problem)
    cause = problem.causes.filter(is_root=True).earliest("id")
    cases.action(works, problem, cause, cause.text)
    cases.action(works, problem, cause, "刀具计数报警", chosen=False)
    assert heard(problem) == [("D5", f"措施“{cause.text}”只是重复了原因")]


@pytest.mark.parametrize(
    ("texts", "weak"),
    [
        (["加强员工培训"], True),
        (["再次培训并加强管理", "班前会提醒"], True),
        (["Retrain the operators"], True),
        (["remind staff, more inspection"], True),
        (["培训操作工使用新的防错夹具"], False),
        (["加强员工培训", "加装压力联锁"], False),
        (["Interlock on the test bench"], False),
    ],
)
def test_more_training_alone(works: Factory, texts: list[str], weak: bool) -> None:
    problem = cases.case(works)
    sound(works, problem)
    cause = problem.causes.filter(is_root=True).earliest("id")
    for text in texts:
        cases.action(works, problem, cause, text)
    cases.action(works, problem, cause, "更换供应商", chosen=False)
    said = [("D5", f"对“{cause.text}”只有培训、提醒或考核，没有防错")]
    assert heard(problem) == (said if weak else [])
    if weak:
        assert heard(problem, "en") == [
            (
                "D5",
                f"Against “{cause.text}” there is only training or reminding, nothing that prevents the mistake",
            )
        ]


def test_no_alternative_was_weighed(works: Factory) -> None:
    problem = cases.case(works)
    sound(works, problem)
    cases.action(works, problem, problem.causes.filter(is_root=True).earliest("id"), "防错夹具")
    assert heard(problem) == [("D5", "没有比较过备选措施")]


def done(works: Factory, problem: Problem) -> Problem:
    """A case with two actions in force from the 26th, prevention written, and nothing to hear but of its effect."""
    sound(works, problem)
    cause = problem.causes.filter(is_root=True).earliest("id")
    cases.action(
        works,
        problem,
        cause,
        "防错夹具",
        done_on=day("2026-11-25"),
        cut_in_on=day("2026-11-26"),
        proof="照片",
    )
    cases.action(works, problem, cause, "更换供应商", chosen=False)
    for document in ("pfmea", "control-plan"):
        cases.row(works, problem, "document", document=document, waiver="未变")
    cases.row(works, problem, "deployment", scope="line", name="二线", applies=False, reason="无此工序")
    cases.text(works, problem, "lessons", "刀具寿命要进控制计划")
    return problem


def planned_effect(works: Factory, problem: Problem, **more: Any) -> Any:
    from huiyin.improvement.models import EffectCheck

    given: dict[str, Any] = {
        "metric": "渗油率",
        "baseline": "30%",
        "target": "0%",
        "starts_on": day("2026-11-26"),
        "ends_on": day("2026-12-10"),
        "checker": works.qian,
    } | more
    return EffectCheck.objects.create(problem=problem, **given)


@pytest.mark.parametrize(
    ("more", "zh", "en"),
    [
        ({}, [], []),
        (
            {"starts_on": day("2026-11-20")},
            ["“渗油率”的观察期早于措施实施（2026-11-26）"],
            ["The window of “渗油率” begins before the actions were in force (2026-11-26)"],
        ),
        (
            {"checker": "lin"},
            ["“渗油率”由措施负责人自己验证"],
            ["“渗油率” is checked by somebody who owns the actions"],
        ),
        (
            {"checker": "tao"},
            ["“渗油率”由措施负责人自己验证"],
            ["“渗油率” is checked by somebody who owns the actions"],
        ),
        ({"target": "改善"}, ["“渗油率”的目标没有数字"], ["The target of “渗油率” has no figure"]),
    ],
)
def test_effects(works: Factory, more: dict[str, Any], zh: list[str], en: list[str]) -> None:
    problem = done(works, cases.case(works))
    if "checker" in more:
        more = {**more, "checker": works.people[more["checker"]]}
    planned_effect(works, problem, **more)
    assert heard(problem) == [("D6", said) for said in zh]
    assert heard(problem, "en") == [("D6", said) for said in en]


def test_judged_before_the_actions_were_in_force_or_the_window_ended(works: Factory) -> None:
    problem = done(works, cases.case(works))
    sent = works.context("qian", "2026-11-24 10:00")
    planned_effect(works, problem, verdict="proven", checked_by=works.qian, checked_at=sent.at)
    assert heard(problem) == [
        ("D6", "“渗油率”在措施实施之前就验证了"),
        ("D6", "“渗油率”在观察期结束之前就下了结论"),
    ]


def test_prevention_nobody_thought_of(works: Factory) -> None:
    problem = cases.case(works)
    sound(works, problem)
    cause = problem.causes.filter(is_root=True).earliest("id")
    cases.action(works, problem, cause, "防错夹具", done_on=day("2026-11-25"), proof="照片", cut_in_batch="B")
    cases.action(works, problem, cause, "更换供应商", chosen=False)
    assert heard(problem) == [
        ("D7", "没有说明 FMEA 是否更新"),
        ("D7", "没有说明控制计划是否更新"),
        ("D7", "没有考虑横向展开"),
        ("D7", "没有写经验教训"),
    ]
