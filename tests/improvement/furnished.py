"""A large report as factories really write them: long texts, thirty causes, twenty places of containment."""

from __future__ import annotations

from typing import Any

from huiyin.improvement.actions import moving, submitting
from huiyin.improvement.models import Action, Problem
from huiyin.improvement.report.sections import BONES, FIELDS
from tests.cast import Factory, day
from tests.improvement import cases
from tests.improvement.cases import row, text

LONG = (
    "第二批减速机在客户装机试运行约四十小时后，输出端油封处出现渗漏，油液沿法兰面流到地面，现场已停机处理；"
    "同批次另有三台空载噪声明显高于前一批，客户要求二十四小时内给出遏制措施，五个工作日内给出根本原因。"
)
TITLE = "HY-ZQ650 硬齿面圆柱齿轮减速机输出端油封渗油，客户产线停机两小时"
WHYS = (
    "油封唇口在压装时被导向套毛刺划伤",
    "导向套使用超过寿命仍在生产",
    "工装点检表没有列入导向套",
    "油封唇口硬度低于下限",
    "供应商更换了胶料配方没有通知我方",
    "压装压力设定值被调高后没有恢复",
    "换班时首件没有按规定检查",
    "轴颈表面粗糙度偏大",
    "车间冬季温度低，油封未预热",
    "气密检测的保压时间设定过短",
    "检测台漏率标准件超过校准周期",
)


def large(works: Factory, *, containments: int = 20, causes: int = 30) -> Problem:
    """A case as far as its actions are planned, full of everything."""
    problem = cases.case(
        works,
        title=TITLE,
        customer_name="西安秦川重型传动设备有限责任公司（高新区第二制造基地）",
        model="HY-ZQ650-31.5-Ⅱ-XZ",
        batch="B2611-07",
        customer_reference="QC-2026-1187",
    )
    for one in FIELDS.values():
        if one.name != "recognition":
            text(works, problem, one.name, LONG if one.lines > 2 else LONG[:60])
    _team(works, problem)
    _facts(works, problem, containments)
    moving.contain(problem, "已隔离", context=works.context("lin", "2026-11-16 15:00"))
    _tree(works, problem, causes)
    cases.analysed(works, problem)
    _actions(works, problem)
    moving.choose(problem, "夹具最省", context=works.context("lin", "2026-11-19 10:00"))
    _after(works, problem)
    return problem


def _team(works: Factory, problem: Problem) -> None:
    row(
        works,
        problem,
        "member",
        person=works.lin,
        role="leader",
        task="组织分析、对客户负责",
        joined_on=day("2026-11-16"),
    )
    row(works, problem, "member", person=works.tao, role="member", task="结构与公差分析")
    row(
        works,
        problem,
        "member",
        name="客户驻厂代表王工",
        role="member",
        contact="139 0000 1111",
        left_on=day("2026-11-18"),
    )


def _facts(works: Factory, problem: Problem, containments: int) -> None:
    for question in ("what", "where", "when", "how_big"):
        row(
            works,
            problem,
            "contrast",
            question=question,
            is_so=LONG[:50],
            is_not=LONG[50:90],
            difference="压装工位 B",
            change="11 月 3 日更换导向套",
        )
    places = [one.key for one in works.procedure.catalogue("containment_location")]
    for at in range(containments):
        row(
            works,
            problem,
            "containment",
            location=places[at % len(places)],
            place=f"三号库 {at + 1} 排",
            batch=f"B2611-{at:02}",
            suspect=120 + at,
            inspected=120 + at,
            ok=110 + at,
            ng=10,
            reworked=4,
            scrapped=3,
            returned=2,
            held=1,
            method="目视加气密 0.3 MPa 保压 5 min",
            responsible="库长青",
            done_on=day("2026-11-17"),
        )
    row(
        works,
        problem,
        "action",
        measure=Action.INTERIM,
        text="库存全部隔离，已发客户的由售后上门逐台检查并更换油封",
        responsible=works.ku,
        planned_on=day("2026-11-17"),
        done_on=day("2026-11-17"),
        proof="隔离标签照片",
    )


def _tree(works: Factory, problem: Problem, causes: int) -> None:
    bones, parent = list(BONES), None
    for at in range(causes):
        leg = ("occurrence", "escape", "system")[at % 3]
        top: Any = row(
            works,
            problem,
            "cause",
            leg=leg,
            text=WHYS[at % len(WHYS)],
            bone=bones[at % 6],
            evidence=LONG[:40],
            ruled_out=at % 7 == 6,
        )
        if at % 5 == 0:
            parent = row(works, problem, "cause", leg=leg, parent=top, text=WHYS[(at + 1) % len(WHYS)])
            row(works, problem, "cause", leg=leg, parent=parent, text=LONG[:70])


def _actions(works: Factory, problem: Problem) -> None:
    for root in problem.causes.filter(is_root=True).order_by("id"):
        cases.action(works, problem, root, f"防错夹具控制：{root.text[:10]}")
    row(
        works,
        problem,
        "action",
        measure=Action.CORRECTIVE,
        cause=root,
        text="只加强检验",
        pros="快",
        cons="治标不治本，漏检风险仍在",
        chosen=False,
    )


def _after(works: Factory, problem: Problem) -> None:
    cases.effect(works, problem)
    row(
        works,
        problem,
        "action",
        measure=Action.PREVENTIVE,
        text="导向套寿命纳入工装管理系统，到期自动锁机",
        responsible=works.shen,
        planned_on=day("2026-12-01"),
    )
    documents = [one.key for one in works.procedure.catalogue("document")]
    row(
        works,
        problem,
        "document",
        document=documents[0],
        number="PFMEA-ZQ650",
        before="A/3",
        after="A/4",
        change="新增失效模式：导向套毛刺",
        responsible=works.tao,
        done_on=day("2026-11-19"),
    )
    row(works, problem, "document", document=documents[-1], number="DWG-650-17", waiver="尺寸与公差不变")
    scopes = [one.key for one in works.procedure.catalogue("deployment_scope")]
    row(
        works,
        problem,
        "deployment",
        scope=scopes[0],
        name="ZQ500 装配线",
        applies=True,
        action="同样更换导向套并加入点检",
        responsible=works.shen,
        planned_on=day("2026-12-05"),
    )
    row(
        works,
        problem,
        "deployment",
        scope=scopes[-1],
        name="外购油封供应商",
        applies=False,
        reason="该供应商不做压装",
    )
    costs = [one.key for one in works.procedure.catalogue("cost")]
    row(works, problem, "cost", cost=costs[0], note="全检与返工工时", planned="12000.00", actual="13480.50")
    row(works, problem, "cost", cost=costs[1], note="客户停线", planned="8000", recover_from="胶料供应商")
    submitting.submit(problem, "秦川 SQE 张工", "D5", "请确认", context=works.context("lin", "2026-11-19 12:00"))
