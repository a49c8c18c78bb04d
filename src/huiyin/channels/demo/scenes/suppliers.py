"""Requests to suppliers: one answered and closed, one answered twice by its link, one whose link still waits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

from huiyin.channels.demo.scenes.stage import DAY, Scene, Script
from huiyin.improvement.models import Problem
from huiyin.improvement.suppliers import actions
from huiyin.improvement.suppliers.actions import AnswerGiven, RequestFacts
from huiyin.improvement.suppliers.links import PREFIX
from huiyin.records.steps.context import StepContext

BUYERS = ("luogang", "purchasing")


def _open(scene: Scene, facts: RequestFacts, about: Problem | None = None) -> Any:
    sent = scene.context("scar.open", by=BUYERS)
    return actions.open_request(facts, procedure_id=scene.stage.version, context=sent, about=about)


def _issue(scene: Scene, request: Any) -> str:
    sent = scene.context("scar.issue", request, by=BUYERS)
    return actions.issue(request, scene.day() + timedelta(days=60), context=sent)


def finished(scene: Scene) -> Script:
    """Answered by telephone, accepted, its effect confirmed, closed."""
    request = _open(
        scene,
        RequestFacts(
            supplier="宁海恒力橡胶密封件厂",
            contact="柯厂长",
            email="ke@hengli-seal.example",
            telephone="0574-6555 0131",
            model="O 形圈 25×2.4 NBR70",
            batch="HL2608",
            quantity=Decimal(1200),
            unit="piece",
            defect="硬度 62 HA，要求 70±5；压缩永久变形 41 %，要求不大于 30 %",
            containment="本批 1200 件封存，在途 3000 件停发",
            answer_due=scene.day(6),
            owner=scene.person(*BUYERS),
        ),
    )
    yield 60
    _issue(scene, request)
    yield 4 * DAY
    given = AnswerGiven(
        containment="库存 8 600 件逐箱抽测硬度，2 100 件报废",
        stock=Decimal(8600),
        inspected=Decimal(8600),
        good=Decimal(6500),
        bad=Decimal(2100),
        occurrence="一段硫化时间由 8 分钟误设为 6 分钟，硫化不足",
        escape="出厂只抽测首模，没有按箱抽测",
        action="硫化参数上锁，改动须两人确认",
        action_on=scene.day(2),
        prevention="每班三次测硬度并记录，随货附报告",
        name="柯厂长",
        telephone="0574-6555 0131",
    )
    actions.answer(request, given, context=scene.context("scar.answer", request, by=BUYERS))
    yield 200
    words = "原因可信，先按三批确认效果"
    actions.accept(
        request, scene.day(14), words, context=scene.context("scar.accept", request, by=("xukai", "quality"))
    )
    yield 13 * DAY
    result = "三批各抽 32 件，硬度 68–72 HA，压缩永久变形最大 24 %"
    actions.verify(request, result, context=scene.context("scar.verify", request, by=("xukai", "quality")))
    yield 120
    actions.close(request, "整改有效，恢复正常供货", context=scene.context("scar.close", request, by=("purchasing",)))
    yield 1


def once_more(scene: Scene) -> Script:
    """The supplier answers by the link; the answer is returned, the second one waits for quality."""
    request = _open(
        scene,
        RequestFacts(
            supplier="Rheinwerk Feinguss GmbH",
            contact="Ms Brandt",
            email="brandt@rheinwerk.example",
            telephone="+49 211 5550 142",
            model="Pump housing F25, casting",
            batch="RW-2609",
            quantity=Decimal(48),
            unit="piece",
            defect="Porosity at the inlet bore, found after machining: 6 of 48",
            containment="42 castings X-rayed here, 6 scrapped",
            answer_due=scene.day(5),
            owner=scene.person(*BUYERS),
        ),
    )
    yield 90
    _issue(scene, request)
    yield 3 * DAY
    first = AnswerGiven(
        containment="Stock of 120 castings blocked",
        occurrence="Operator error",
        escape="Overlooked at final inspection",
        action="Operators were instructed",
        action_on=scene.day(1),
        prevention="Regular instruction",
        name="K. Brandt",
        telephone="+49 211 5550 142",
        stock=Decimal(120),
        inspected=Decimal(0),
        good=Decimal(0),
        bad=Decimal(0),
    )
    actions.answer(request, first, context=StepContext(None, scene.at))
    yield 150
    reason = "“Operator error” is no root cause: please say why the process allowed it and why inspection missed it."
    sent = scene.context("scar.return", request, by=("quality",))
    actions.return_answer(request, reason, scene.day(6), context=sent)
    yield 4.5 * DAY
    second = AnswerGiven(
        containment="120 castings X-rayed, 9 scrapped",
        stock=Decimal(120),
        inspected=Decimal(120),
        good=Decimal(111),
        bad=Decimal(9),
        occurrence="Melt was poured 40 °C too cold after the thermocouple had drifted; it had no calibration date.",
        escape="X-ray samples were taken from the upper gate only; the pores lie at the lower one.",
        action="Thermocouple replaced, two sensors compared before each pour",
        action_on=scene.day(2),
        prevention="Calibration every quarter; X-ray position changed in the inspection plan",
        name="K. Brandt",
        telephone="+49 211 5550 142",
    )
    actions.answer(request, second, context=StepContext(None, scene.at))
    yield 1


def asked(scene: Scene) -> Script:
    """Sent out for the case of the peeling chrome; its link is alive and nobody has answered yet."""
    problem = Problem.objects.filter(model__startswith="WSG").exclude(phase="void").order_by("-opened_at").first()
    request = _open(
        scene,
        RequestFacts(
            supplier="昆山精铬表面处理有限公司",
            contact="童经理",
            email="tong@jingge.example",
            telephone="0512-5555 0178",
            model="活塞杆 φ45",
            batch=problem.batch if problem else "2610-3",
            quantity=Decimal(17),
            unit="piece",
            defect="镀铬层片状起皮，划格法 3 级，要求 0 级；位置均在二次上挂处",
            containment="同炉号 9 支隔离，其余停用",
            answer_due=scene.day(5),
            owner=scene.person(*BUYERS),
        ),
        problem,
    )
    yield 70
    scene.shown.append(PREFIX + _issue(scene, request))
    yield 1
